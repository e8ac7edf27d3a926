"""The acquisition page, third part: from visitor to buyer, and customers won with a discount beside the others."""

from dataclasses import replace
from typing import cast

import polars as pl
import streamlit as st

from ecodash import charts
from ecodash.core.unit import Unit
from ecodash.export import Column, Table
from ecodash.i18n import points, ratio
from ecodash.metrics.acquisition.discounts import Cohort, DiscountCohorts, value_at
from ecodash.metrics.acquisition.funnel import Funnel, Step
from ecodash.ui import cache, empty, panel, tables
from ecodash.ui.acquisition import ignored, question
from ecodash.ui.customers_value import basis, cohorts
from ecodash.ui.labels import label
from ecodash.ui.panel import Block
from ecodash.ui.view import View
from ecodash.ui.words import count, language, say, t

VALUE_DAYS = (90, 180, 365)
PEOPLE = ("visitors", "product_viewers", "cart_users", "buyers")


def funnel(view: View) -> None:
    """The steps from visitor to buyer, and every channel's own."""
    query = question(view)
    if empty.block(view.ask("conversion_rate", query=replace(query, window=None))[0], "funnel"):
        return
    found = cast("Funnel", cache.answer(view.shop, "acquisition.funnel", query))
    steps = [*found.steps, found.through]
    frame = pl.DataFrame([_step(one) for one in steps], infer_schema_length=None)
    title, remark = t("acquisition.funnel"), t("acquisition.funnel_remark")
    figure = charts.stages.steps(frame, reader=view.reader, title=title)
    columns = [
        Column(name="name", heading=t("acquisition.step")),
        Column(name="came", heading=t("acquisition.came"), unit=Unit.COUNT),
        Column(name="done", heading=t("acquisition.done"), unit=Unit.COUNT),
        Column(name="rate", heading=t("acquisition.rate"), unit=Unit.RATIO),
        Column(name="low", heading=t("column.low"), unit=Unit.RATIO),
        Column(name="high", heading=t("column.high"), unit=Unit.RATIO),
    ]
    notes = panel.notes(view, "conversion_rate", query=query, remarks=[remark])
    left, right = st.columns(2)
    with left:
        table = Table(title=title, frame=frame, columns=columns, notes=notes)
        panel.show(view, Block(key="funnel", title=title, figure=figure, table=table, remark=remark, ignores=ignored(), metric="conversion_rate", query=query))  # fmt: skip
    with right:
        _channels(view, found)


def _step(one: Step) -> dict[str, object]:
    inside = one.interval
    return {
        "name": t("acquisition.step_name", start=t(f"acquisition.{one.start}"), end=t(f"acquisition.{one.end}")),
        "came": one.came,
        "done": one.done,
        "rate": one.rate,
        "low": inside.low if inside else None,
        "high": inside.high if inside else None,
    }


def _channels(view: View, found: Funnel) -> None:
    frame = found.channels.with_columns(
        name=pl.Series([label("channel", code) if code else t("dimension.unknown") for code in found.channels["channel"]], dtype=pl.String)
    )  # fmt: skip
    columns = [
        Column(name="name", heading=t("acquisition.channel")),
        *(Column(name=one, heading=t(f"acquisition.{one}"), unit=Unit.COUNT) for one in PEOPLE),
        Column(name="rate", heading=t("acquisition.through"), unit=Unit.RATIO),
    ]
    notes = panel.notes(view, "conversion_rate", query=question(view))
    table = Table(title=t("acquisition.traffic"), frame=frame, columns=columns, notes=notes)
    tables.show(view, "traffic", table, remark=t("acquisition.traffic_remark"))


def discounts(view: View) -> None:
    """Who was won with a discount and who paid the full price: back within 90 days, value at equal horizons."""
    query = cohorts(view)
    found = cast("DiscountCohorts | None", cache.answer(view.shop, "acquisition.discounts", query))
    if found is None or not all(one.customers for one in found.cohorts):
        with st.container(border=True, key="discounts.none"):
            st.header(say("acquisition.discounts"), anchor=False)
            st.caption(say("acquisition.discounts_none"))
        return
    frame = pl.DataFrame([_cohort(one, found) for one in found.cohorts], infer_schema_length=None)
    columns = [
        Column(name="name", heading=t("customers.group")),
        Column(name="customers", heading=t("acquisition.new_customers"), unit=Unit.BUYERS),
        Column(name="first_paid", heading=t("acquisition.first_paid"), unit=Unit.MONEY),
        Column(name="rate", heading=t("acquisition.back", days=found.days), unit=Unit.RATIO),
        Column(name="low", heading=t("column.low"), unit=Unit.RATIO),
        Column(name="high", heading=t("column.high"), unit=Unit.RATIO),
        Column(name="watched", heading=t("acquisition.watched_people"), unit=Unit.BUYERS),
        *(
            Column(name=f"v{one}", heading=t("acquisition.value_in", n=one), unit=Unit.MONEY_PER_BUYER)
            for one in VALUE_DAYS
        ),
    ]
    remark = f"{_difference(found)} {t('acquisition.discounts_remark')} {basis(found.values.costs)}"
    notes = panel.notes(view, query=query, remarks=[remark])
    table = Table(title=t("acquisition.discounts"), frame=frame, columns=columns, notes=notes)
    tables.show(view, "discounts", table, remark=remark)


def _cohort(one: Cohort, found: DiscountCohorts) -> dict[str, object]:
    inside = one.interval
    return {
        "name": t(f"customers.group_{one.group}"),
        "customers": one.customers,
        "first_paid": one.first_paid,
        "rate": one.rate,
        "low": inside.low if inside else None,
        "high": inside.high if inside else None,
        "watched": one.watched,
        **{f"v{days}": value_at(found.values.table, one.group, days) for days in VALUE_DAYS},
    }


def _difference(found: DiscountCohorts) -> str:
    gap = found.difference
    if gap is None:
        return t("acquisition.difference_none", days=found.days)
    key = "acquisition.difference" if gap.interval.low > 0 or gap.interval.high < 0 else "acquisition.difference_chance"
    with_discount = found.cohorts[0].rate or 0.0
    return t(
        key,
        days=found.days,
        rate=ratio(with_discount, language()),
        gap=points(gap.value, language()),
        low=points(gap.interval.low, language()),
        high=points(gap.interval.high, language()),
        n=count(found.cohorts[0].watched),
    )
