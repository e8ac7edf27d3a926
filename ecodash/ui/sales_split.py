"""The sales page: by channel, category, product, region and so on; shares over time; weekday by hour."""

from dataclasses import replace

import polars as pl
import streamlit as st

from ecodash import charts, i18n
from ecodash.charts.roles import MUTED
from ecodash.core.estimate import Estimate, Status
from ecodash.core.text import Text
from ecodash.core.unit import Unit
from ecodash.export import Column, Table
from ecodash.i18n import change_text, ratio
from ecodash.metrics.dimensions import DIMENSIONS, UNKNOWN
from ecodash.metrics.metric import Metric
from ecodash.metrics.query import Query
from ecodash.metrics.ranking import REST, adds_up, ranking
from ecodash.ui import cache, empty, panel, periods, sales, state
from ecodash.ui.labels import label
from ecodash.ui.panel import Block
from ecodash.ui.view import View
from ecodash.ui.words import language, t

MANY = frozenset({"product", "sku", "city"})
EVERYWHERE = frozenset({"channel", "platform", "domain"})
TOP = 7
NEEDS = {
    **dict.fromkeys(("province", "city", "country"), "address"),
    **dict.fromkeys(("product", "sku"), "lines"),
    "category": "category",
    "store": "store",
    "member": "member",
    "private": "private",
    "hour": "hour",
    "new_returning": "buyers",
}
"""Which upload would say something about a dimension."""


def split(view: View) -> None:
    """The groups now, their shares over time where they add up, and when people buy."""
    drawn = ranked(view)
    if not drawn or not adds_up(sales.metric().id):
        hours(view)
        return
    left, right = st.columns(2)
    with left:
        shares(view)
    with right:
        hours(view)


def question(view: View, by: str) -> Query:
    """What the groups are asked; without intervals where there are thousands of them."""
    return replace(view.query(by=by), intervals=by not in MANY)


def slots(view: View) -> Query:
    """What weekdays and hours are asked."""
    return replace(view.query(by="weekday,hour"), intervals=False)


def ranked(view: View) -> bool:
    """The groups side by side: number, share, change; what each had before as a stroke. False when there are none."""
    chosen, by = sales.metric(), state.value("by")
    query = question(view, by)
    found = view.ask(chosen.id, query=query)
    if _says_nothing(view, found, by):
        return False
    before = view.ask(chosen.id, query=replace(query, window=view.compared)) if view.compared else []
    frame = ranking(found, before, by=by, whole=view.ask(chosen.id)[0])
    frame = frame.with_columns(name=pl.Series([label(by, code) for code in frame["code"]], dtype=pl.String))
    title = t("sales.ranked", dimension=DIMENSIONS[by].name, metric=chosen.name)
    colors = _colors(view, by, frame["code"].to_list())
    shown = frame.with_columns(note=pl.Series(_notes(view, chosen, frame), dtype=pl.String))
    figure = charts.bars.ranked(
        shown if view.compared else shown.drop("before"), metric=chosen, reader=view.reader, colors=colors
    )
    notes = panel.notes(view, chosen.id, query=query)
    table = Table(title=title, frame=frame, columns=_columns(view, chosen, by), notes=notes)
    remark = "" if adds_up(chosen.id) else t("sales.no_share")
    panel.show(
        view,
        Block(
            key="ranked",
            title=title,
            figure=figure,
            table=table,
            metric=chosen.id,
            query=query,
            remark=remark,
        ),
    )
    return True


def shares(view: View) -> None:
    """How the whole divides among the largest groups over time."""
    chosen, by, window = sales.metric(), state.value("by"), view.window
    if window is None:
        return
    step, query = periods.step_for(window), view.query()
    largest = view.ask(chosen.id, query=replace(query, by=by, intervals=False, limit=TOP + 1))
    top = [one.by[by] for one in largest if one.by.get(by, UNKNOWN) != UNKNOWN]
    found = cache.division(view.shop, chosen.id, replace(query, by=step), by=by, top=top)
    frame = _over_time(found, by, step=step)
    frame = frame.with_columns(partial=pl.col("start") >= periods.closes(window, step))
    title = t("sales.shares", dimension=DIMENSIONS[by].name, metric=chosen.name)
    figure = charts.shares.over_time(frame, metric=chosen, reader=view.reader, colors=_colors(view, by, top))
    columns = [
        Column(name="start", heading=t(f"step.{step}")),
        Column(name="name", heading=DIMENSIONS[by].name.to(language())),
        Column(name="value", heading=chosen.name.to(language()), unit=chosen.unit),
    ]
    notes = panel.notes(view, chosen.id, query=query)
    table = Table(title=title, frame=frame, columns=columns, notes=notes)
    panel.show(view, Block(key="shares", title=title, figure=figure, table=table, metric=chosen.id, query=query))


def hours(view: View) -> None:
    """When people buy: weekday by hour."""
    chosen, query = sales.metric(), slots(view)
    found = view.ask(chosen.id, query=query)
    known = [one for one in found if UNKNOWN not in one.by.values() and "hour" in one.by]
    if not known:
        blank = found[0] if found and not found[0].by else None
        empty.block(blank or _without(found[0], "hour") if found else None, "hours")
        return
    summed = adds_up(chosen.id)
    sure = [one for one in known if summed or one.status is Status.OK]
    rows = [(int(one.by["weekday"]), int(one.by["hour"]), one.value) for one in sure]
    frame = pl.DataFrame(rows, schema=charts.hours.SLOTS, orient="row").sort("weekday", "hour")
    figure = charts.hours.heatmap(frame, metric=chosen, reader=view.reader)
    named = frame.with_columns(
        weekday=pl.Series([label("weekday", str(code)) for code in frame["weekday"]], dtype=pl.String)
    )
    columns = [
        Column(name="weekday", heading=DIMENSIONS["weekday"].name.to(language())),
        Column(name="hour", heading=DIMENSIONS["hour"].name.to(language()), unit=Unit.COUNT),
        Column(name="value", heading=chosen.name.to(language()), unit=chosen.unit),
    ]
    notes = panel.notes(view, chosen.id, query=query)
    table = Table(title=t("sales.hours", metric=chosen.name), frame=named, columns=columns, notes=notes)
    remark = t("sales.hours_remark" if summed else "sales.hours_each")
    panel.show(view, Block(key="hours", figure=figure, table=table, metric=chosen.id, query=query, remark=remark))


def _says_nothing(view: View, found: list[Estimate], by: str) -> bool:
    """Draws why there is nothing to split: not possible for this metric, or nothing known about the dimension."""
    refused = next((one for one in found if one.status is Status.NOT_APPLICABLE), None)
    if refused is not None:
        return empty.block(refused, "ranked")
    if all(one.by.get(by, UNKNOWN) == UNKNOWN for one in found):
        return empty.block(_without(view.ask(sales.metric().id)[0], by), "ranked")
    return False


def _without(one: Estimate, by: str) -> Estimate:
    """The answer where the data say nothing about a dimension: which upload would."""
    key = f"sales.needs_{NEEDS.get(by, 'other')}"
    said = Text(
        zh=i18n.t(key, "zh", dimension=DIMENSIONS[by].name), en=i18n.t(key, "en", dimension=DIMENSIONS[by].name)
    )
    return replace(one, value=None, status=Status.MISSING, reason=said)


def _notes(view: View, chosen: Metric, frame: pl.DataFrame) -> list[str]:
    """Share and change of each group as they are written behind its bar."""
    said = []
    for row in frame.iter_rows(named=True):
        if row["status"] == Status.TOO_FEW.value:
            said.append("")
            continue
        share = "" if row["share"] is None else ratio(row["share"], language())
        moved = change_text(row["value"], row["before"], chosen.unit, language(), view.currency)
        said.append(" · ".join(one for one in (share, moved or "") if one))
    return said


def _columns(view: View, chosen: Metric, by: str) -> list[Column]:
    own = [
        Column(name="name", heading=DIMENSIONS[by].name.to(language())),
        Column(name="value", heading=chosen.name.to(language()), unit=chosen.unit),
    ]
    share = [Column(name="share", heading=t("sales.share"), unit=Unit.RATIO)] if adds_up(chosen.id) else []
    if view.compared is None:
        return [*own, *share]
    return [
        *own,
        *share,
        Column(name="before", heading=t("sales.before"), unit=chosen.unit),
        Column(name="difference", heading=t("sales.difference"), unit=chosen.unit),
        Column(name="change", heading=t("sales.change"), unit=Unit.RATIO),
    ]


def _over_time(found: list[Estimate], by: str, *, step: str) -> pl.DataFrame:
    frames = [
        charts.points([one for one in found if one.by.get(by) == code], by=step).with_columns(
            name=pl.lit(t("chart.shares.rest") if code == REST else label(by, code))
        )
        for code in dict.fromkeys(one.by[by] for one in found if by in one.by)
    ]
    return pl.concat(frames) if frames else charts.points([]).with_columns(name=pl.lit(""))


def _colors(view: View, by: str, codes: list[str]) -> dict[str, str]:
    """The colour of each of ``codes``, largest first; a channel has the same on every page."""
    known = [code for code in codes if code != UNKNOWN]
    shown = cache.codes(view.shop, by) if by in EVERYWHERE else known[: TOP + 1]
    colors = charts.series_colors(shown)
    return {label(by, code): colors.get(code, MUTED) for code in codes}
