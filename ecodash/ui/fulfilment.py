"""The fulfilment page, first half: the tiles, the answer, promises kept over time and by carrier, place or event."""

from dataclasses import replace

import polars as pl
import streamlit as st

from ecodash import charts
from ecodash.charts import stock
from ecodash.core.estimate import Estimate, Status
from ecodash.core.unit import Unit
from ecodash.export import Column, Table
from ecodash.framework.verdict import benchmark
from ecodash.i18n import interval_text, value_text
from ecodash.metrics.dimensions import DIMENSIONS, UNKNOWN
from ecodash.metrics.query import Query
from ecodash.metrics.registry import METRICS
from ecodash.ui import ahead, empty, panel, periods, report, series, state, stated_figures, tiles
from ecodash.ui.fulfilment_params import CARE, SPLITS
from ecodash.ui.labels import label
from ecodash.ui.panel import Block
from ecodash.ui.view import View
from ecodash.ui.words import count, language, say, span, t

TILES = ("on_time_rate", "delivery_days", "handling_hours", "otif", "next_day_rate", "return_rate")
FIGURES = (
    *("jd_618_on_time_rate", "jd_next_day_same_day", "o2o_30min_delivery", "jd_7day_returns"),
    *("meituan_rating_floor", "shangpin_production_days", "amazon_fba_delivery_days"),
)
STATED = "jd_618_on_time_rate"
BY = ("on_time_rate", "delivery_days", "delivery_days:p90", "handling_hours", "next_day_rate")
JOINT = ("otif:otif", "otif:on_time", "otif:in_full")
FEWEST = 30
UNKNOWN_BY = (Status.MISSING, Status.NOT_APPLICABLE)


def ahead_of(view: View) -> None:
    """Asks at once what the blocks below will ask one after another; together, what reads the same parcels."""
    query = view.query()
    ahead.ask(
        ahead.numbers(view, *TILES, query=query),
        ahead.before(view, *TILES, query=query),
        ahead.numbers(view, *TILES, query=replace(series.by_step(view, query), intervals=False)),
        ahead.numbers(view, *BY, query=_split(view)),
        ahead.numbers(view, "on_time_rate", query=series.by_step(view, query)),
        ahead.numbers(view, *JOINT, query=query),
        ahead.numbers(view, *CARE, query=query),
        ahead.numbers(view, *stated_figures.indicators(FIGURES), query=query),
    )


def _tiled(view: View) -> dict[str, Estimate]:
    return {one.metric: one for one in view.ask(*TILES)}


def measured(view: View) -> bool:
    """Draws the tiles of what can be measured, and says what is missing; whether anything is known of parcels."""
    found = _tiled(view)
    known = [name for name, one in found.items() if one.status not in UNKNOWN_BY]
    if known:
        tiles.draw(view, tiles.over_window(view, *known))
    promised, delivered = found["on_time_rate"], found["delivery_days"]
    if promised.status in UNKNOWN_BY:
        empty.block(promised, "fulfilment")
    if promised.status is Status.MISSING:
        st.caption(say("fulfilment.would_add"))
    return any(one.status not in UNKNOWN_BY for one in (promised, delivered))


def answer(view: View) -> None:
    """Promises kept, the time half of the parcels take, and who keeps them least."""
    found = _tiled(view)
    rate, days = found["on_time_rate"], found["delivery_days"]
    if rate.value is None or view.window is None:
        return
    said = [
        say(
            "fulfilment.answer",
            span=span(view.window),
            share=_text(rate),
            interval=interval_text(rate, language()),
            n=count(rate.n),
        )
    ]
    if days.value is not None:
        said.append(say("fulfilment.answer_days", days=_text(days)))
    worst = _worst(view, rate)
    if worst is not None:
        name = label(_by(), worst.by[_by()])
        said.append(say("fulfilment.answer_worst", name=name, share=_text(worst), n=count(worst.n)))
    report.answer(t("sales.sentence_separator").join(said))


def _worst(view: View, whole: Estimate) -> Estimate | None:
    """The group whose whole interval lies below the shop's number; None when chance could explain every one."""
    groups = [one for one in _groups(view, "on_time_rate") if one.value is not None and one.n >= FEWEST]
    low = [one for one in groups if one.high is not None and one.high < (whole.low or 0) and one.by[_by()] != UNKNOWN]
    return min(low, key=lambda one: one.value or 0.0, default=None)


def course(view: View) -> None:
    """On-time delivery over the period, with the documents' figure as a line."""
    if view.window is None:
        return
    metric, query = METRICS["on_time_rate"], view.query()
    frame = series.over(view, metric.id, query)
    stated = t("fulfilment.stated", value=value_text(benchmark(STATED).value, metric.unit, language()))
    figure = charts.trend.line(frame, metric=metric, reader=view.reader)
    figure = stock.lined(figure, [(benchmark(STATED).value, stated)])
    step = periods.step_for(view.window)
    columns = [
        Column(name="start", heading=t(f"step.{step}")),
        Column(name="value", heading=metric.name.to(language()), unit=metric.unit),
        Column(name="low", heading=t("column.low"), unit=metric.unit),
        Column(name="high", heading=t("column.high"), unit=metric.unit),
        Column(name="n", heading=t("fulfilment.parcels"), unit=Unit.COUNT),
    ]
    remark = t("fulfilment.course_remark", ambiguity=benchmark(STATED).ambiguity)
    notes = panel.notes(view, metric.id, query=query, remarks=[remark])
    table = Table(title=metric.name.to(language()), frame=frame, columns=columns, notes=notes)
    panel.show(view, Block(key="on_time", figure=figure, table=table, metric=metric.id, query=query, remark=remark))


def split_field() -> None:
    """By what the parcels are split."""
    key, store = state.widget("parcels_by")
    names = {one: DIMENSIONS[one].name.to(language()) for one in SPLITS}
    st.pills(t("fulfilment.by"), SPLITS, key=key, on_change=store, required=True, format_func=names.__getitem__)


def promises_by(view: View) -> None:
    """On-time delivery of every carrier, warehouse, region … with its interval."""
    _ranked(view, "on_time_rate", key="on_time_by")


def days_by(view: View) -> None:
    """Days to delivery of the same groups."""
    _ranked(view, "delivery_days", key="days_by")


def _ranked(view: View, name: str, *, key: str) -> None:
    metric, query = METRICS[name], _split(view)
    found = [_named(one) for one in _groups(view, name)]
    frame = charts.groups(found, by="name")
    figure = charts.bars.ranked(frame, metric=metric, reader=view.reader)
    title = t("fulfilment.ranked", metric=metric.name, by=DIMENSIONS[_by()].name)
    notes = panel.notes(view, *BY[:2], query=query)
    table = Table(title=title, frame=_table(view), columns=_columns(), notes=notes)
    panel.show(view, Block(key=key, title=title, figure=figure, table=table, metric=metric.id, query=query))


def _table(view: View) -> pl.DataFrame:
    """One row per group: parcels, promises kept, days (half and nine of ten), hours to dispatch, next-day share."""
    found = {name: {one.by[_by()]: one for one in _groups(view, name)} for name in BY}
    groups = list(dict.fromkeys(group for one in found.values() for group in one))
    rows = [
        {"name": label(_by(), group), "parcels": max(found[name][group].n for name in BY if group in found[name])}
        | {_column(name): found[name][group].value if group in found[name] else None for name in BY}
        for group in groups
    ]
    kinds = dict.fromkeys((_column(name) for name in BY), pl.Float64)
    frame = pl.DataFrame(rows, schema={"name": pl.String, "parcels": pl.Int64, **kinds})
    return frame.sort("parcels", "name", descending=[True, False])


def _columns() -> list[Column]:
    numbers = []
    for name in BY:
        metric, _, reading = name.partition(":")
        title = METRICS[metric].name.to(language())
        heading = t("fulfilment.nine_of_ten", metric=title) if reading else title
        numbers.append(Column(name=_column(name), heading=heading, unit=METRICS[metric].unit))
    return [
        Column(name="name", heading=DIMENSIONS[_by()].name.to(language())),
        Column(name="parcels", heading=t("fulfilment.parcels"), unit=Unit.COUNT),
        *numbers,
    ]


def _column(name: str) -> str:
    return name.replace(":", "_")


def joint(view: View) -> None:
    """On time and in full together, beside each alone: multiplying the two would assume they have nothing in common."""
    query, metric = view.query(), METRICS["otif"]
    found = view.ask(*JOINT, query=query)
    if found[0].value is None:
        empty.block(found[0], "otif")
        return
    names = {one.id: one.name.to(language()) for one in metric.definitions}
    frame = charts.groups([replace(one, by={"name": names[one.definition]}) for one in found], by="name")
    figure = charts.bars.ranked(frame, metric=metric, reader=view.reader)
    columns = [
        Column(name="name", heading=t("fulfilment.counted")),
        Column(name="value", heading=t("fulfilment.share"), unit=metric.unit),
        Column(name="low", heading=t("column.low"), unit=metric.unit),
        Column(name="high", heading=t("column.high"), unit=metric.unit),
        Column(name="n", heading=t("fulfilment.orders"), unit=Unit.COUNT),
    ]
    product = replace(found[0], value=(found[1].value or 0.0) * (found[2].value or 0.0))
    remark = t("fulfilment.joint_remark", product=_text(product), joint=_text(found[0]))
    notes = panel.notes(view, metric.id, query=query, remarks=[remark])
    table = Table(title=metric.name.to(language()), frame=frame, columns=columns, notes=notes)
    title = t("fulfilment.joint")
    panel.show(
        view,
        Block(key="otif", title=title, figure=figure, table=table, metric=metric.id, query=query, remark=remark),
    )


def _by() -> str:
    return state.value("parcels_by")


def _split(view: View) -> Query:
    return view.query(by=_by())


def _groups(view: View, name: str) -> list[Estimate]:
    metric, _, reading = name.partition(":")
    wanted = (metric, reading or METRICS[metric].default.id)
    found = view.ask(*BY, query=_split(view))
    return [one for one in found if (one.metric, one.definition) == wanted and _by() in one.by]


def _named(one: Estimate) -> Estimate:
    return replace(one, by={"name": label(_by(), one.by[_by()])})


def _text(one: Estimate) -> str:
    return "—" if one.value is None else value_text(one.value, one.unit, language())
