"""The monitoring page, first half: what changed, every number beside what was expected, the course of one of them."""

from typing import cast

import polars as pl
import streamlit as st

from ecodash.charts import watch as drawn
from ecodash.core.unit import Unit
from ecodash.core.watch import WatchRule
from ecodash.export import Column, Table
from ecodash.i18n import number, value_text
from ecodash.metrics.decomposed import Decomposition, PartKind
from ecodash.metrics.monitoring.watch import Watch, WatchReport
from ecodash.metrics.query import Query
from ecodash.metrics.registry import resolve
from ecodash.ui import cache, panel, report, state, tables
from ecodash.ui.labels import label
from ecodash.ui.monitoring_params import DAYS
from ecodash.ui.panel import Block
from ecodash.ui.view import View
from ecodash.ui.words import day, language, md, say, span, t, word

SHOWN_DAYS = 120
PARTS = 4
ALERTS = 30


def found(view: View) -> WatchReport | None:
    """The report over the days chosen."""
    rules = tuple(view.shop.watching.rules())
    shown = int(state.value("watch_days"))
    return cast("WatchReport | None", cache.answer(view.shop, "monitoring.watch", rules, shown, view.shop.moment))


def days_field() -> None:
    """How many of the last days are judged together."""
    key, store = state.widget("watch_days")
    names = {one: t("monitoring.last_days", n=one) for one in DAYS}
    st.pills(t("monitoring.days"), DAYS, key=key, on_change=store, required=True, format_func=names.__getitem__)


def answer(made: WatchReport) -> None:
    """Which numbers changed, in one sentence; and which day was left out."""
    changed = made.changed
    judged = sum(one.course is not None for one in made.watches)
    if changed:
        names = t("panel.and").join(name(one.rule) for one in changed)
        said = [say("monitoring.answer_changed", span=span(made.days), n=len(changed), judged=judged, names=names)]
    else:
        said = [say("monitoring.answer_quiet", span=span(made.days), judged=judged)]
    said.append(say("monitoring.answer_rate"))
    if made.left_out is not None:
        said.append(say("monitoring.left_out", day=day(made.left_out)))
    report.answer(t("sales.sentence_separator").join(said))


def changes(view: View, made: WatchReport) -> None:
    """Everything that changed or rang in these days, with the change taken apart."""
    rung = [one for one in made.watches if one.changed or any(made.days.contains(a.day) for a in one.alerts)]
    for one in rung:
        with st.container(border=True, key=f"rung.{one.rule.metric}.{hash(one.rule.where)}"):
            lines = [_headline(view, one), *_parts(view, one.why)]
            st.markdown("  \n".join(lines))
        report.lines(f"rung.{one.rule.metric}", name(one.rule), lines)


def _headline(view: View, one: Watch) -> str:
    key = "monitoring.changed" if one.changed else "monitoring.rang"
    icon = ":material/trending_up:" if one.up else ":material/trending_down:"
    value, expected = _written(view, one, one.value), _written(view, one, one.expected)
    rings = number(one.false_alarms or 0.0, language(), 2)
    return f"{icon} **{md(name(one.rule))}** {say(key, value=value, expected=expected, rings=rings)}"


def _parts(view: View, why: Decomposition | None) -> list[str]:
    if why is None:
        return [say("monitoring.no_parts")]
    written = (why.at(100) if why.unit is Unit.MONEY else why).gathered(PARTS)
    said = [say("monitoring.against", span=span(why.before))]
    for part in (one for one in written.parts if one.exact):
        change = value_text(part.value, why.unit, language(), view.currency)
        title = part.words.to(language())
        if part.group is not None and why.dimension is not None:
            title = label(why.dimension, part.group)
        if part.kind in {PartKind.MIX, PartKind.RATE}:
            title = t(f"monitoring.part_{part.kind.value}", name=title)
        said.append(f"- {md(title)} {'+' if part.value > 0 else ''}{md(change)}")
    return said


def numbers(view: View, made: WatchReport) -> None:
    """Every number that is watched: what it is, what was expected, how far apart, and how often chance rings."""
    rows = [_row(view, one) for one in made.watches if one.course is not None]
    columns = [
        *(Column(name=part, heading=t(f"monitoring.{part}")) for part in ("number", "now", "expected")),
        Column(name="score", heading=t("monitoring.score")),
        Column(name="verdict", heading=t("monitoring.verdict")),
        Column(name="last", heading=t("monitoring.last_alarm")),
        Column(name="rings", heading=t("monitoring.rings")),
    ]
    schema = {one.name: pl.Date if one.name == "last" else pl.String for one in columns}
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    remark = t("monitoring.numbers_remark")
    title = t("monitoring.numbers")
    notes = panel.notes(view, query=_query(made), remarks=[remark])
    tables.show(view, "numbers", Table(title=title, frame=frame, columns=columns, notes=notes), remark=remark)


def _row(view: View, one: Watch) -> tuple[object, ...]:
    verdict = "none" if one.tested.p is None else "changed" if one.changed else "normal"
    return (
        name(one.rule),
        _written(view, one, one.value),
        _written(view, one, one.expected),
        "—" if one.tested.score is None else number(one.tested.score, language(), 1),
        t(f"monitoring.verdict_{verdict}"),
        one.alerts[-1].day if one.alerts else None,
        "—" if one.false_alarms is None else number(one.false_alarms, language(), 2),
    )


def course(view: View, made: WatchReport) -> None:
    """One number day by day inside its band; days outside are marked."""
    known = {_code(one.rule): one for one in made.watches if one.course is not None}
    if not known:
        return
    key, store = state.widget("watched")
    chosen = state.value("watched")
    options = list(known)
    if chosen not in known:
        state.put("watched", [options[0]])
    names = {code: name(one.rule) for code, one in known.items()}
    st.selectbox(t("monitoring.watched"), options, key=key, on_change=store, format_func=names.__getitem__, width=320)
    _drawn(view, known[chosen if chosen in known else options[0]], made)


def _drawn(view: View, one: Watch, made: WatchReport) -> None:
    if one.course is None:
        return
    metric, title = one.course.metric, name(one.rule)
    frame = one.course.frame.tail(SHOWN_DAYS)
    alarms = [alert.day for alert in one.alerts]
    figure = drawn.banded(frame, alarms=alarms, metric=metric, title=title, reader=view.reader)
    columns = [
        Column(name="day", heading=t("step.day")),
        Column(name="value", heading=metric.name.to(language()), unit=metric.unit),
        Column(name="expected", heading=t("monitoring.expected"), unit=metric.unit),
        Column(name="low", heading=t("monitoring.band_low"), unit=metric.unit),
        Column(name="high", heading=t("monitoring.band_high"), unit=metric.unit),
        Column(name="z", heading=t("monitoring.score")),
    ]
    remark = t("monitoring.course_remark", threshold=number(one.rule.threshold, language(), 1))
    query = _query(made)
    notes = panel.notes(view, metric.id, query=query, remarks=[remark])
    table = Table(title=title, frame=frame, columns=columns, notes=notes)
    panel.show(
        view,
        Block(key="watched", title=title, figure=figure, table=table, metric=metric.id, query=query, remark=remark),
    )


def alarms(view: View, made: WatchReport) -> None:
    """The newest alarms of all numbers."""
    rows = sorted(
        ((a.day, name(one.rule), _written(view, one, a.value), _written(view, one, a.expected), a.z, a.drift)
         for one in made.watches for a in one.alerts),
        key=lambda row: (row[0], row[1]), reverse=True,
    )  # fmt: skip
    said = [(*row[:4], number(row[4], language(), 1), t("monitoring.drift") if row[5] else "") for row in rows[:ALERTS]]
    names = ("day", "number", "value", "expected", "score", "about")
    schema = {one: pl.Date if one == "day" else pl.String for one in names}
    columns = [Column(name=one, heading=t(f"monitoring.alarm_{one}")) for one in names]
    title, remark = t("monitoring.alarms"), t("monitoring.alarms_remark")
    frame = pl.DataFrame(said, schema=schema, orient="row")
    notes = panel.notes(view, query=_query(made), remarks=[remark])
    tables.show(view, "alarms", Table(title=title, frame=frame, columns=columns, notes=notes), remark=remark)


def silent(made: WatchReport) -> None:
    """What is not watched, and what would be needed."""
    lines = [f"- {word(one.reason.metric.name)}: {word(one.reason.reason)}" for one in made.watches if one.reason]
    if lines:
        with st.expander(say("monitoring.silent", n=len(lines))):
            st.markdown("\n".join(lines))


def name(rule: WatchRule) -> str:
    """A watched number by its name, with what it is restricted to."""
    metric = resolve(rule.metric)[0].name.to(language())
    where = "; ".join(label(dimension, value) for dimension, values in rule.where for value in values)
    return t("monitoring.with_filter", metric=metric, where=where) if where else metric


def _code(rule: WatchRule) -> str:
    return "|".join([rule.metric, *(f"{dimension}={','.join(values)}" for dimension, values in rule.where)])


def _query(made: WatchReport) -> Query:
    return Query(window=made.days)


def _written(view: View, one: Watch, value: float | None) -> str:
    unit = one.course.metric.unit if one.course else Unit.COUNT
    return "—" if value is None else value_text(value, unit, language(), view.currency)
