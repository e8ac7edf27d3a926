"""The blocks of the overview: how far the data reach, the tiles, the answer, the course of sales, the channels."""

from dataclasses import replace

import polars as pl

from ecodash import charts
from ecodash.core.estimate import Estimate
from ecodash.export import Column, Table
from ecodash.i18n import value_text
from ecodash.metrics.registry import METRICS
from ecodash.ui import ahead, beside, cache, panel, periods, report, series, tiles
from ecodash.ui.labels import label
from ecodash.ui.panel import Block
from ecodash.ui.tiles import Tile
from ecodash.ui.view import View
from ecodash.ui.words import count, language, say, span, t

TILES = ("net_sales", "active_buyers", "spend_per_buyer", "repurchase_90d", "orders", "refund_rate_amount")
COHORT_TILE = "repurchase_90d"
WINDOWED = tuple(one for one in TILES if one != COHORT_TILE)
BY_CHANNEL = ("net_sales", "orders", "active_buyers", "spend_per_buyer", "refund_rate_amount")


def ahead_of(view: View) -> None:
    """Asks at once what the blocks below will ask one after another."""
    query = view.query()
    course = series.by_step(view, query)
    ahead.ask(
        ahead.numbers(view, *WINDOWED, query=query),
        ahead.before(view, *WINDOWED, query=query),
        ahead.numbers(view, *WINDOWED, query=replace(course, intervals=False)),
        ahead.numbers(view, COHORT_TILE, query=tiles.by_birth(view)),
        ahead.numbers(view, "net_sales", query=course),
        ahead.numbers(view, *BY_CHANNEL, query=view.query(by="channel")),
    )


def kpis(view: View) -> dict[str, Tile]:
    """Draws the tiles; gives them by metric."""
    shown = {tile.metric.id: tile for tile in tiles.over_window(view, *WINDOWED)}
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
    moved = {one: tiles.moved(view, shown[one]) for one in ("net_sales", "orders")}
    if view.compared is not None and all(moved.values()):
        change, of_orders = moved["net_sales"], moved["orders"]
        said.append(say("overview.answer_change", span=span(view.compared), change=change, orders=of_orders))
    report.answer("".join(said))


def trend(view: View) -> None:
    """Net sales over the period, the period of comparison behind it."""
    if view.window is None:
        return
    step, metric, query = periods.step_for(view.window), METRICS["net_sales"], view.query()
    frame = series.over(view, metric.id, query)
    behind = beside.behind(view, metric.id, query, frame, step=step)
    figure = charts.trend.line(frame, metric=metric, reader=view.reader, comparison=behind)
    columns = (
        Column(name="start", heading=t(f"step.{step}")),
        Column(name="value", heading=metric.name.to(language()), unit=metric.unit),
    )
    notes, title = panel.notes(view, metric.id, query=query), t(f"overview.trend_{step}")
    table = Table(title=title, frame=frame, columns=columns, notes=notes)
    remark = t(f"overview.cut_{step}") if series.cut(view.window) else ""
    panel.show(
        view,
        Block(key="trend", title=title, figure=figure, table=table, metric=metric.id, query=query, remark=remark),
    )


def channels(view: View) -> None:
    """Every channel with its numbers: the largest as bars, all of them in the table."""
    query = view.query(by="channel")
    found = [one for one in view.ask(*BY_CHANNEL, query=query) if "channel" in one.by]
    sales = [one for one in found if one.metric == "net_sales"]
    colors = charts.series_colors(cache.codes(view.shop, "channel"))
    figure = charts.bars.ranked(
        _named(sales),
        metric=METRICS["net_sales"],
        reader=view.reader,
        colors={label("channel", code): color for code, color in colors.items()},
    )
    wide = _named(found).with_columns(metric=_metrics_of(found))
    wide = wide.pivot("metric", index="name", values="value", aggregate_function="first")
    unknown = [one for one in BY_CHANNEL if one not in wide.columns]  # such as buyers, where nobody knows them
    wide = wide.with_columns(pl.lit(None, pl.Float64).alias(one) for one in unknown)
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
        Block(key="channels", figure=figure, table=table, metric="net_sales", query=query, remark=remark),
    )


def _value(view: View, estimate: Estimate) -> str:
    return value_text(estimate.value, estimate.unit, language(), view.currency) if estimate.value is not None else "—"


def _named(found: list[Estimate]) -> pl.DataFrame:
    return charts.groups(
        [replace(one, by={"channel": label("channel", one.by["channel"])}) for one in found], by="channel"
    )


def _metrics_of(found: list[Estimate]) -> pl.Series:
    return pl.Series("metric", [one.metric for one in found], dtype=pl.String)
