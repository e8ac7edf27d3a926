"""The acquisition page, second part: cost by channel, payback, and what ads return."""

import polars as pl
import streamlit as st

from ecodash import charts
from ecodash.core.text import Text
from ecodash.core.unit import Unit
from ecodash.export import Column, Table
from ecodash.metrics.acquisition.payback import Payback
from ecodash.ui import panel, state
from ecodash.ui.acquisition import Acquisition, ignored, money, payback_words, times
from ecodash.ui.customers_segments import Named
from ecodash.ui.customers_value import basis
from ecodash.ui.labels import label
from ecodash.ui.panel import Block
from ecodash.ui.view import View
from ecodash.ui.words import count, say, t

CAC = Named(name=Text("获客成本", "Cost per new customer"), unit=Unit.MONEY_PER_BUYER)
ROAS = Named(name=Text("广告投产比", "Return on ad spend"), unit=Unit.TIMES)
MONTHS = ("6", "12")


def _place(code: str) -> str:
    return label("channel", code) if code else t("acquisition.whole")


def by_channel(view: View, found: Acquisition) -> None:
    """Cost per new customer by channel, with both denominators in the table."""
    rows = [_row(view, one) for one in found.paybacks.all]
    frame = pl.DataFrame(rows, infer_schema_length=None)
    least = view.shop.settings.minimum_sample
    few = (
        pl.when(pl.col("value").is_null())
        .then(pl.lit("not_applicable"))
        .when(pl.col("n") < least)
        .then(pl.lit("too_few"))
    )
    shown = frame.with_columns(status=few.otherwise(pl.lit("ok")))
    colors = charts.series_colors(frame["name"].to_list())
    figure = charts.bars.ranked(shown, metric=CAC, reader=view.reader, colors=colors)
    remark = t("acquisition.cost_remark")
    columns = [
        Column(name="name", heading=t("acquisition.channel")),
        Column(name="spend", heading=t("acquisition.spend"), unit=Unit.MONEY),
        Column(name="n", heading=t("acquisition.new_customers"), unit=Unit.BUYERS),
        Column(name="value", heading=t("acquisition.cac"), unit=Unit.MONEY_PER_BUYER),
        Column(name="low", heading=t("column.low"), unit=Unit.MONEY_PER_BUYER),
        Column(name="high", heading=t("column.high"), unit=Unit.MONEY_PER_BUYER),
        Column(name="claimed", heading=t("acquisition.claimed"), unit=Unit.BUYERS),
        Column(name="cac_claimed", heading=t("acquisition.cac_claimed"), unit=Unit.MONEY_PER_BUYER),
        Column(
            name="worth", heading=t("acquisition.worth", months=found.paybacks.whole.months), unit=Unit.MONEY_PER_BUYER
        ),
        Column(name="ratio", heading=t("acquisition.ratio"), unit=Unit.TIMES),
        Column(name="payback", heading=t("acquisition.payback")),
    ]
    notes = panel.notes(view, "cac", query=found.query, remarks=[remark, basis(found.paybacks.margins)])
    table = Table(title=t("acquisition.cost"), frame=frame, columns=columns, notes=notes)
    title = t("acquisition.cost")
    block = Block(
        key="cac",
        title=title,
        figure=figure,
        table=table,
        remark=remark,
        ignores=ignored(),
        metric="cac",
        query=found.query,
    )
    panel.show(view, block)


def _row(view: View, one: Payback) -> dict[str, object]:
    return {
        "name": _place(one.cost.place),
        "spend": one.cost.spend,
        "n": one.cost.customers,
        "value": one.cost.cac,
        "low": one.cost.low,
        "high": one.cost.high,
        "claimed": one.cost.claimed,
        "cac_claimed": one.cost.cac_claimed,
        "worth": one.value,
        "ratio": one.ratio,
        "payback": payback_words(one),
        "note": _note(view, one),
    }


def _note(view: View, one: Payback) -> str:
    """How many came; where our data see nobody, what the ad reports claim."""
    said = t("acquisition.of_customers", n=count(one.cost.customers))
    if one.cost.customers or one.cost.cac_claimed is None:
        return said
    cac, n = money(view, one.cost.cac_claimed), count(one.cost.claimed or 0)
    return said + t("acquisition.only_claimed", n=n, cac=cac)


def payback(view: View, found: Acquisition) -> None:
    """What a customer has brought by each month against what he cost, for the whole shop or one channel."""
    known = {one.cost.place: one for one in found.paybacks.all if not one.curve.is_empty()}
    if not known:
        with st.container(border=True, height="stretch", key="payback.none"):
            st.header(say("acquisition.payback_curve"), anchor=False)
            st.caption(say("acquisition.payback_none", months=found.paybacks.whole.months))
            _months()
        return
    chosen = state.value("pay_place")
    one = known.get(chosen) or next(iter(known.values()))
    frame = one.curve.with_columns(group=pl.lit(_place(one.cost.place)))
    title = t("acquisition.payback_curve")
    remark = t(
        "acquisition.payback_remark",
        place=_place(one.cost.place),
        payback=payback_words(one),
        n=count(one.customers),
        months=one.months,
        ratio=times(one.ratio),
        basis=basis(found.paybacks.margins),
    )
    figure = charts.value_curve.curve(frame, reader=view.reader, title=title, cost=one.cost.cac)
    columns = [
        Column(name="group", heading=t("acquisition.channel")),
        Column(name="days", heading=t("customers.days"), unit=Unit.DAYS),
        Column(name="customers", heading=t("customers.customers"), unit=Unit.BUYERS),
        Column(name="value", heading=t("customers.value"), unit=Unit.MONEY_PER_BUYER),
        Column(name="low", heading=t("column.low"), unit=Unit.MONEY_PER_BUYER),
        Column(name="high", heading=t("column.high"), unit=Unit.MONEY_PER_BUYER),
    ]
    notes = panel.notes(view, "cac_payback_months", query=found.query, remarks=[remark])
    table = Table(title=title, frame=frame, columns=columns, notes=notes)
    panel.show(view, Block(key="payback", title=title, figure=figure, table=table, remark=remark, ignores=ignored(), metric="cac_payback_months", query=found.query, controls=lambda: _controls(tuple(known))))  # fmt: skip


def _controls(places: tuple[str, ...]) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if len(places) > 1:
            key, store = state.widget("pay_place")
            names = {place: _place(place) for place in places}
            st.selectbox(
                t("acquisition.channel"),
                places,
                key=key,
                on_change=store,
                format_func=lambda code: names.get(code, code),
                width=240,
                placeholder=names[places[0]],
            )
        _months()


def _months() -> None:
    key, store = state.widget("pay_months")
    names = {one: t("acquisition.watched", n=one) for one in MONTHS}
    st.segmented_control(
        t("acquisition.watched_for"), MONTHS, key=key, on_change=store, required=True, format_func=names.__getitem__
    )


def returned(view: View, found: Acquisition) -> None:
    """ROAS by ad channel as the platforms count it, beside the shop's own MER."""
    table = found.returns.by_channel
    named = table.with_columns(name=pl.Series([label("channel", code) for code in table["channel"]], dtype=pl.String))
    columns = [
        Column(name="name", heading=t("acquisition.ad_channel")),
        Column(name="spend", heading=t("acquisition.spend"), unit=Unit.MONEY),
        Column(name="gmv", heading=t("acquisition.claimed_sales"), unit=Unit.MONEY),
        Column(name="roas", heading=t("acquisition.roas"), unit=Unit.TIMES),
        Column(name="impressions", heading=t("acquisition.impressions"), unit=Unit.COUNT),
        Column(name="clicks", heading=t("acquisition.clicks"), unit=Unit.COUNT),
        Column(name="orders", heading=t("acquisition.claimed_orders"), unit=Unit.ORDERS),
    ]
    remark = t(
        "acquisition.roas_remark",
        mer=times(found.returns.revenue_per_spend),
        net=money(view, found.returns.net_sales),
        spend=money(view, found.returns.spent.total),
    )
    title, notes = t("acquisition.returns"), panel.notes(view, query=found.query, remarks=[remark])
    shown = Table(title=title, frame=named, columns=columns, notes=notes)
    figure = _roas_bars(view, named)
    panel.show(view, Block(key="roas", title=title, figure=figure, table=shown, remark=remark, ignores=ignored()))


def _roas_bars(view: View, named: pl.DataFrame) -> charts.Figure:
    none = pl.lit(None, pl.Float64)
    status = pl.when(pl.col("roas").is_null()).then(pl.lit("missing")).otherwise(pl.lit("ok"))
    n = pl.col("orders").fill_null(0)
    shown = named.select("name", value="roas", low=none, high=none, n=n, status=status)
    colors = charts.series_colors(named["name"].to_list())
    return charts.bars.ranked(shown, metric=ROAS, reader=view.reader, colors=colors)
