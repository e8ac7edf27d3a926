"""The customers page, third part: what customers were worth, what they will probably be worth, how good that forecast is."""

from dataclasses import replace
from typing import cast

import polars as pl
import streamlit as st

from ecodash import charts
from ecodash.analysis.refused import Refused
from ecodash.core.unit import Unit
from ecodash.export import Column, Table
from ecodash.i18n import number, ratio, value_text
from ecodash.metrics.query import Query
from ecodash.metrics.value.costs import Costs
from ecodash.metrics.value.observed import ObservedValue
from ecodash.metrics.value.predicted import Past, Predicted
from ecodash.ui import cache, panel, report, state
from ecodash.ui.customers import Customers
from ecodash.ui.customers_params import GROUPINGS, HORIZONS
from ecodash.ui.labels import label
from ecodash.ui.panel import Block
from ecodash.ui.view import View
from ecodash.ui.words import count, day, language, md, named, say, t

YEAR, MOST_GROUPS, MANY = 365, 5, 20_000
IGNORED = ("period", "compare")
SHOWN = ("value", "low", "high", "customers")


def cohorts(view: View, by: str = "none") -> Query:
    """Everybody's first purchases: value at a horizon does not follow the period of the page."""
    split = by if by not in {"none", "discount"} else None
    return replace(view.query(by=split), window=view.whole)


def year_value(view: View) -> dict[str, float] | None:
    """Mean value of a customer in the first year (value, low, high, customers); None when nobody was watched that long."""
    found = _observed(view, "none", YEAR)
    known = None if found is None else found.table.drop_nulls(["value", "low"])
    return None if known is None or known.is_empty() else known.select(SHOWN).row(-1, named=True)


def basis(costs: Costs) -> str:
    """What value is counted on, with the coverage of costs."""
    return t(f"customers.basis_{costs.basis}", coverage=ratio(costs.coverage, language()))


def curve(view: View) -> None:
    """What customers were worth the longer they were customers: the same people along the whole line."""
    by, watched = state.value("value_by"), int(state.value("horizon"))
    found = _observed(view, by, watched)
    if found is None:
        return
    frame = _named(found.table, by)
    title, remark = t("customers.value_curve", days=watched), f"{basis(found.costs)} {t('customers.value_remark')}"
    colors = charts.series_colors(frame["group"].unique().to_list()) if by != "none" else {}
    figure = charts.value_curve.curve(frame, reader=view.reader, title=title, colors=colors)
    columns = [
        Column(name="group", heading=t("customers.group")),
        Column(name="days", heading=t("customers.days"), unit=Unit.DAYS),
        Column(name="customers", heading=t("customers.customers"), unit=Unit.BUYERS),
        Column(name="value", heading=t("customers.value"), unit=Unit.MONEY_PER_BUYER),
        Column(name="low", heading=t("column.low"), unit=Unit.MONEY_PER_BUYER),
        Column(name="high", heading=t("column.high"), unit=Unit.MONEY_PER_BUYER),
    ]
    notes = panel.notes(view, query=cohorts(view), remarks=[remark])
    table = Table(title=title, frame=frame, columns=columns if by != "none" else columns[1:], notes=notes)
    panel.show(
        view,
        Block(key="value", title=title, figure=figure, table=table, remark=remark, ignores=IGNORED, controls=_controls),
    )


def _observed(view: View, by: str, watched: int) -> ObservedValue | None:
    asked = cohorts(view, by)
    return cast("ObservedValue | None", cache.answer(view.shop, "value.curve", asked, by, watched))


def _named(table: pl.DataFrame, by: str) -> pl.DataFrame:
    """The largest groups with their names; groups nobody was watched in are left out."""
    known = table.drop_nulls("value")
    largest = (
        known.group_by("group").agg(pl.col("customers").max()).sort(["customers", "group"], descending=[True, False])
    )
    kept = known.join(largest.head(MOST_GROUPS).select("group"), on="group", how="semi", maintain_order="left")
    return kept.with_columns(group=pl.Series([_group(by, code) for code in kept["group"]], dtype=pl.String))


def _group(by: str, code: str) -> str:
    if by == "none":
        return ""
    return t(f"customers.group_{code}") if by == "discount" else label(by, code) if code else t("dimension.unknown")


def _controls() -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        key, store = state.widget("value_by")
        st.selectbox(
            t("customers.value_by"),
            GROUPINGS,
            key=key,
            on_change=store,
            format_func=named("customers.by_", GROUPINGS),
            width=220,
        )
        key, store = state.widget("horizon")
        st.segmented_control(
            t("customers.horizon"),
            HORIZONS,
            key=key,
            on_change=store,
            required=True,
            format_func={one: t("customers.horizon_days", n=one) for one in HORIZONS}.__getitem__,
        )


def predicted_value(view: View, found: Customers) -> float | None:
    """What a customer is expected to be worth in the year ahead; None where it is not known or not asked for yet."""
    ahead = _predicted(view, found)
    return ahead.value if isinstance(ahead, Predicted) else None


def wanted(found: Customers) -> bool:
    """Whether what takes longer is worked out: in shops of usual size at once, in larger ones when asked."""
    return found.segments.customers <= MANY or state.value("deep") == "on"


def _predicted(view: View, found: Customers) -> Predicted | Refused | None:
    if not wanted(found):
        return None
    answer = cache.answer(view.shop, "value.predicted", found.query, YEAR)
    return cast("Predicted | Refused | None", answer)


def offer(found: Customers) -> None:
    """In a large shop, the switch that asks for what takes longer."""
    if found.segments.customers > MANY:
        key, store = state.switch("deep")
        st.toggle(t("customers.deep"), key=key, on_change=store, help=say("customers.deep_help"))


def put_off(key: str, title: str) -> None:
    """The place of a block that is not worked out yet."""
    with st.container(border=True, height="stretch", key=f"off.{key}"):
        st.header(md(title), anchor=False)
        st.caption(say("customers.deep_off"))


def forecast(view: View, found: Customers) -> None:
    """The year ahead, and beside it how good such forecasts were."""
    left, right = st.columns(2)
    with left:
        ahead(view, found)
    with right:
        record(view, found)


def ahead(view: View, found: Customers) -> None:
    """The year ahead in numbers, what they rest on, and the forecast's own track record."""
    answer = _predicted(view, found)
    if answer is None:
        put_off("ahead", t("customers.ahead"))
        return
    with st.container(border=True, height="stretch", key="value.ahead"):
        st.header(say("customers.ahead"), anchor=False)
        if isinstance(answer, Refused):
            st.caption(md(answer.text.to(language())))
            report.lines("ahead", t("customers.ahead"), [md(answer.text.to(language()))])
        else:
            _ahead(view, answer)


def _ahead(view: View, found: Predicted) -> None:
    value = "—" if found.value is None else value_text(found.value, Unit.MONEY, language(), view.currency)
    with st.container(horizontal=True):
        report.metric("ahead", say("customers.ahead_value"), md(value))
        report.metric("ahead", say("customers.ahead_purchases"), md(count(round(found.purchases.purchases))))
        alive = "—" if found.alive is None else ratio(found.alive, language())
        report.metric("ahead", say("customers.ahead_alive"), md(alive))
    said = [
        say("customers.ahead_said", n=count(found.customers), day=day(found.as_of), model=found.model),
        *([say("customers.ahead_between", low=_money(view, found.interval.low), high=_money(view, found.interval.high))] if found.interval else []),
        md(basis(found.costs)),
        *([] if found.dropout_found else [say("customers.no_dropout")]),
        *([say("customers.dependent")] if found.dependent else []),
    ]  # fmt: skip
    st.caption("  \n".join(said))
    report.lines("ahead_said", t("customers.ahead"), said)


def _money(view: View, value: float) -> str:
    return value_text(value, Unit.MONEY, language(), view.currency)


def record(view: View, found: Customers) -> None:
    """How the forecast would have done on this shop: learnt from the past, compared with what then came."""
    answer = _predicted(view, found)
    if not isinstance(answer, Predicted):
        return
    past, title = answer.record, t("customers.record")
    if isinstance(past, Refused):
        with st.container(border=True, height="stretch", key="record.none"):
            st.header(md(title), anchor=False)
            st.caption(md(past.text.to(language())))
        return
    remark = _record_words(past)
    figure = charts.track_record.calibration(past.tenths, reader=view.reader, title=title)
    columns = [
        Column(name="customers", heading=t("customers.customers"), unit=Unit.BUYERS),
        Column(name="forecast", heading=t("customers.forecast"), unit=Unit.ORDERS_PER_BUYER),
        Column(name="actual", heading=t("customers.actual"), unit=Unit.ORDERS_PER_BUYER),
        Column(name="low", heading=t("column.low"), unit=Unit.ORDERS_PER_BUYER),
        Column(name="high", heading=t("column.high"), unit=Unit.ORDERS_PER_BUYER),
    ]
    notes = panel.notes(view, query=found.query, remarks=[remark])
    table = Table(title=title, frame=past.tenths, columns=columns, notes=notes)
    panel.show(view, Block(key="record", title=title, figure=figure, table=table, remark=remark))


def _record_words(past: Past) -> str:
    return t(
        "customers.record_better" if past.better else "customers.record_worse",
        days=past.days,
        n=count(past.customers),
        actual=count(past.actual),
        forecast=count(round(past.model.forecast)),
        bias=ratio(past.model.bias, language()),
        mae=number(past.model.mae, language(), 2),
        average=number(past.average.mae, language(), 2),
        own=number(past.own_rate.mae, language(), 2),
    )
