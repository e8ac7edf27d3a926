"""The sales page: how far the month is on the way to its goal, and the goals themselves."""

from datetime import date
from decimal import Decimal

import polars as pl
import streamlit as st

from ecodash import charts
from ecodash.charts.pacing import PACE, Aim
from ecodash.core.errors import EcodashError
from ecodash.core.notebook import Goal
from ecodash.core.period import Period
from ecodash.export import Column, Table
from ecodash.i18n import ratio, unit_text, value_text
from ecodash.metrics.goals import Pace
from ecodash.metrics.query import Query
from ecodash.metrics.registry import METRICS, find
from ecodash.ui import cache, filters, panel, sales, shell, state
from ecodash.ui.panel import Block
from ecodash.ui.view import View
from ecodash.ui.words import language, md, month, say, t

IGNORED = ("channel", "domain", "category", "store", "province", "country", "member", "cohort")
STEP = 1000.0
SHOWN = 6


def pacing(view: View) -> None:
    """The goal for the number of this page in the month the period ends in; how to set one where there is none."""
    if view.window is None:
        return
    chosen, last = sales.metric(), view.window.end
    goals = [one for one in view.shop.notebook.goals(last) if one.metric == chosen.id]
    if not goals:
        with st.container(border=True, horizontal=True, vertical_alignment="center", key="empty.pacing"):
            when = month(Period(last, last))
            st.markdown(say("goals.none", metric=chosen.name, month=when), width="stretch")
            with st.popover(say("goals.set"), icon=":material/flag:"):
                form(view, key="first")
        return
    for goal in goals:
        _paced(view, cache.pace(view.shop, goal, as_of_day=last))


def _paced(view: View, found: Pace) -> None:
    goal, metric = found.goal, find(found.goal.metric)
    query = Query(window=goal.days, as_of=view.shop.moment)
    title = _title(view, found)
    rows = [(one.day, one.expected, one.actual) for one in found.line]
    frame = pl.DataFrame(rows, schema=PACE, orient="row")
    if frame.is_empty():
        with st.container(border=True, key=f"empty.pacing.{goal.owner}"):
            st.header(md(title), anchor=False)
            st.caption(md(found.reason.to(language())) if found.reason else say("empty.nothing.what"))
        return
    aim = Aim(goal=float(goal.value), ends=found.ends, low=found.low, high=found.high)
    columns = [
        Column(name="day", heading=t("step.day")),
        Column(name="expected", heading=t("goals.expected"), unit=metric.unit),
        Column(name="actual", heading=t("goals.actual"), unit=metric.unit),
    ]
    notes = panel.notes(view, metric.id, query=query)
    panel.show(
        view,
        Block(
            key=f"pacing.{goal.owner or 'all'}",
            title=title,
            figure=charts.pacing.cumulative(frame, metric=metric, reader=view.reader, aim=aim, title=title),
            table=Table(title=title, frame=frame, columns=columns, notes=notes),
            metric=metric.id,
            query=query,
            ignores=[one for one in IGNORED if state.values(one)],
            remark=_remark(view, found),
        ),
    )


def _title(view: View, found: Pace) -> str:
    goal, metric = found.goal, find(found.goal.metric)
    said = {"month": month(goal.days), "metric": metric.name, "goal": _written(view, float(goal.value), goal.metric)}
    if found.actual is None or found.reached is None:
        return t("goals.title", **said)
    said |= {"actual": _written(view, found.actual, goal.metric), "reached": ratio(found.reached, language())}
    if found.expected is None or found.ahead is None:
        return t("goals.title_level", **said)
    key = "goals.title_ahead" if found.ahead >= 0 else "goals.title_behind"
    return t(key, **said, ahead=_written(view, abs(found.ahead), goal.metric))


def _remark(view: View, found: Pace) -> str:
    said = [t("goals.basis", basis=found.basis)] if found.basis else []
    if found.ends is not None and found.as_of < found.goal.days.end:
        ends = _written(view, found.ends, found.goal.metric)
        low, high = (
            _written(view, one, found.goal.metric) if one is not None else "" for one in (found.low, found.high)
        )
        key = "goals.ends" if low else "goals.ends_alone"
        said.insert(
            0, t(key, ends=ends, low=low, high=high, months=found.months, level=ratio(found.level or 0, language(), 0))
        )
    return t("sales.sentence_separator").join(said)


def _written(view: View, value: float, metric: str) -> str:
    return value_text(value, find(metric).unit, language(), view.currency)


def form(view: View, *, key: str) -> None:
    """Month, number and value of a goal; the same month and number replace the earlier goal."""
    last = view.whole.end if view.whole else date.today()  # noqa: DTZ011 - only a proposal in an empty shop
    with st.form(f"goal.{key}", border=False):
        day = st.date_input(t("goals.month"), value=last, format="YYYY-MM-DD", help=say("goals.month_help"))
        metric = st.selectbox(
            t("sales.metric"),
            filters.SALES_METRICS,
            index=filters.SALES_METRICS.index(sales.metric().id),
            format_func={one: _with_unit(view, one) for one in filters.SALES_METRICS}.__getitem__,
        )
        value = st.number_input(t("goals.value"), min_value=0.0, step=STEP, format="%.2f", help=say("goals.value_help"))
        owner = st.text_input(t("goals.owner"), placeholder=t("goals.owner_hint"))
        if st.form_submit_button(t("goals.keep"), type="primary"):
            _keep(view, day, metric, Decimal(str(value)), owner=owner)


def _with_unit(view: View, metric: str) -> str:
    known = METRICS[metric]
    return t("goals.with_unit", metric=known.name, unit=unit_text(known.unit, language(), view.currency))


def _keep(view: View, day: date, metric: str, value: Decimal, *, owner: str) -> None:
    try:
        view.shop.notebook.set_goal(day, metric, value, owner=owner)
    except EcodashError as error:
        shell.problem(error)
        return
    state.leave_message(t("goals.kept"))
    st.rerun()


def goals(view: View) -> None:
    """Every goal with a way to take it off, and the form for another one."""
    with st.container(border=True, height="stretch", key="goals"):
        st.header(say("goals.all"), anchor=False)
        found = view.shop.notebook.goals()
        if not found:
            st.caption(say("goals.nothing"))
        newest = list(reversed(found))
        for goal in newest[:SHOWN]:
            _line(view, goal)
        if len(newest) > SHOWN:
            with st.expander(say("card.more", n=len(newest) - SHOWN)):
                for goal in newest[SHOWN:]:
                    _line(view, goal)
        with st.popover(say("goals.set"), icon=":material/add:"):
            form(view, key="all")


def _line(view: View, goal: Goal) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        value = _written(view, float(goal.value), goal.metric)
        said = say("goals.line", month=month(goal.days), metric=find(goal.metric).name, goal=value)
        about = say("goals.uploaded") if goal.uploaded else md(goal.owner)
        st.markdown(" · ".join(part for part in (said, about) if part), width="stretch")
        if not goal.uploaded:
            key = f"goal.off.{goal.month}.{goal.metric}.{goal.owner}"
            if st.button(say("goals.remove"), icon=":material/close:", type="tertiary", key=key):
                view.shop.notebook.remove_goal(goal.month, goal.metric, owner=goal.owner)
                st.rerun()
