"""The blocks of the overview: how far the data reach, the tiles, the answer, the course of sales, the channels."""

import streamlit as st

from ecodash import charts
from ecodash.core.estimate import Estimate
from ecodash.export import Column, Table
from ecodash.i18n import change_text, value_text
from ecodash.metrics.registry import METRICS
from ecodash.ui import panel, periods, tiles
from ecodash.ui.tiles import Tile
from ecodash.ui.view import View
from ecodash.ui.words import count, language, md, say, span, t, word

TILES = ("net_sales", "active_buyers", "spend_per_buyer", "repurchase_90d", "orders", "refund_rate_amount")
COHORT_TILE = "repurchase_90d"
BY_CHANNEL = ("net_sales", "orders", "active_buyers", "spend_per_buyer", "refund_rate_amount")


def kpis(view: View) -> dict[str, Tile]:
    """Draws the tiles; gives them by metric."""
    shown = {tile.metric.id: tile for tile in tiles.over_window(view, *(one for one in TILES if one != COHORT_TILE))}
    matured = tiles.matured_cohort(view, COHORT_TILE)
    shown |= {COHORT_TILE: matured} if matured else {}
    tiles.draw(view, [shown[one] for one in TILES if one in shown])
    return shown


def answer(view: View, shown: dict[str, Tile]) -> None:
    """The period in one sentence, made of the numbers on the tiles."""
    sales, orders, buyers = shown["net_sales"].now, shown["orders"].now, shown["active_buyers"].now
    if sales.value is None or orders.value is None or sales.window is None:
        return
    said = [
        say(
            "overview.answer",
            span=span(sales.window),
            value=_value(view, sales),
            orders=count(orders.value),
            buyers="—" if buyers.value is None else count(buyers.value),
        )
    ]
    before, orders_before = shown["net_sales"].before, shown["orders"].before
    if before is not None and orders_before is not None and before.window is not None:
        change, of_orders = _change(view, sales, before), _change(view, orders, orders_before)
        if change and of_orders:
            said.append(say("overview.answer_change", span=span(before.window), change=change, orders=of_orders))
    with st.container(border=True, key="answer"):
        st.markdown(" ".join(said))


def trend(view: View) -> None:
    """Net sales over the period, the period of comparison behind it."""
    if view.window is None:
        return
    step, metric = periods.step_for(view.window), METRICS["net_sales"]
    query = view.query(by=step)
    found = [one for one in view.ask(metric.id, query=query) if step in one.by]
    frame = charts.points(found, by=step, open_from=periods.closes(view.window, step))
    figure = charts.trend.line(frame, metric=metric, reader=view.reader, comparison=_behind(view, step))
    heading = word(metric.name)
    columns = (Column(name="start", heading=t(f"step.{step}")), Column(name="value", heading=heading, unit=metric.unit))
    table = Table(
        title=t("overview.trend"), frame=frame, columns=columns, notes=panel.notes(view, metric.id, query=query)
    )
    panel.show(view, panel.Block(key="trend", figure=figure, table=table, metric=metric.id, query=query))


def channels(view: View) -> None:
    """Every channel with its numbers: the largest as bars, all of them in the table."""
    query = view.query(by="channel")
    found = [one for one in view.ask(*BY_CHANNEL, query=query) if "channel" in one.by]
    sales = [one for one in found if one.metric == "net_sales"]
    frame = charts.groups(sales, by="channel").sort("value", descending=True, nulls_last=True)
    figure = charts.bars.ranked(frame, metric=METRICS["net_sales"], reader=view.reader)
    wide = charts.groups(found, by="channel").with_columns(metric=_metrics_of(found))
    wide = wide.pivot("metric", index="name", values="value", aggregate_function="first")
    wide = wide.sort("net_sales", descending=True, nulls_last=True)
    columns = [Column(name="name", heading=t("overview.channel"))]
    columns += [
        Column(name=one, heading=METRICS[one].name.to(language()), unit=METRICS[one].unit) for one in BY_CHANNEL
    ]
    remark = t("overview.by_channel_remark")
    notes = panel.notes(view, *BY_CHANNEL, query=query, remarks=[remark])
    table = Table(title=t("overview.by_channel"), frame=wide, columns=columns, notes=notes)
    panel.show(
        view,
        panel.Block(key="channels", figure=figure, table=table, metric="net_sales", query=query, remark=remark),
    )
