"""The repurchase page, first half: number of days and definition, the N-day rate, the answer, rates in a window."""

from dataclasses import replace

import polars as pl
import streamlit as st

from ecodash import charts
from ecodash.core.estimate import Estimate
from ecodash.core.unit import Unit
from ecodash.export import Column, Table
from ecodash.i18n import estimate_text, interval_text, value_text
from ecodash.metrics.metric import Metric
from ecodash.metrics.query import Query
from ecodash.metrics.registry import METRICS, find
from ecodash.metrics.repurchase import PRESETS
from ecodash.ui import panel, report, state
from ecodash.ui.panel import Block
from ecodash.ui.view import View
from ecodash.ui.words import count, language, month, say, t

READINGS = ("day", "order", "curve")
IGNORED = ("period", "compare")
MOST_DAYS = 3650
IN_WINDOW = (
    *(f"repurchase_rate:{one.id}" for one in METRICS["repurchase_rate"].definitions),
    "cross_window_rate",
    "returning_customer_rate",
)


def days() -> int:
    """The number of days chosen; 90 when the address holds no number."""
    chosen = state.value("days")
    return max(1, min(int(chosen), MOST_DAYS)) if chosen.isdigit() else 90


def controls() -> None:
    """Number of days and definition: what the page's numbers depend on besides the filters."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        key, store = state.widget("days")
        presets = [str(one) for one in PRESETS]
        options = presets if str(days()) in presets else [*presets, str(days())]
        st.pills(
            t("repurchase.days"),
            options,
            key=key,
            on_change=store,
            required=True,
            format_func={one: t("repurchase.days_option", n=one) for one in options}.__getitem__,
        )
        own = st.number_input(t("repurchase.days_own"), 1, MOST_DAYS, value=days(), key=f"days.own.{days()}", width=130)
        if own != days():
            state.put("days", [str(own)])
            st.rerun()
        key, store = state.widget("reading")
        st.selectbox(
            t("repurchase.definition"),
            READINGS,
            key=key,
            on_change=store,
            width=260,
            format_func={one: _reading(one) for one in READINGS}.__getitem__,
        )


def standing(view: View) -> Estimate:
    """The estimate that says whether there is anything to say about coming back."""
    return view.ask("repurchase_90d:unwatched", query=over_all(view))[0]


def months(view: View) -> list[Estimate]:
    """The N-day rate of every month of first purchases."""
    return [one for one in view.ask(nday().id, query=by_month(view)) if "month" in one.by]


def rate(view: View, found: list[Estimate]) -> None:
    """The N-day rate over the months of first purchases, with intervals; months not due yet are hollow."""
    metric, query = nday(), by_month(view)
    frame = charts.points(found, by="month")
    figure = charts.rate.over_time(frame, metric=metric, reader=view.reader)
    columns = [
        Column(name="start", heading=t("step.month")),
        Column(name="value", heading=metric.name.to(language()), unit=metric.unit),
        Column(name="low", heading=t("column.low"), unit=metric.unit),
        Column(name="high", heading=t("column.high"), unit=metric.unit),
        Column(name="n", heading=t("column.n"), unit=Unit.BUYERS),
    ]
    notes = panel.notes(view, metric.id, query=query)
    table = Table(title=metric.name.to(language()), frame=frame, columns=columns, notes=notes)
    panel.show(view, Block(key="rate", figure=figure, table=table, metric=metric.id, query=query, ignores=IGNORED))


def answer(found: list[Estimate]) -> None:
    """The newest month with its days in full, and the one before it, as a sentence."""
    known = [one for one in found if one.value is not None]
    if not known:
        report.answer(say("repurchase.answer_none", days=days()))
        return
    newest = known[-1]
    said = [
        say(
            "repurchase.answer",
            month=month(newest.window),
            n=count(newest.n),
            days=days(),
            value=value_text(newest.value or 0.0, newest.unit, language()),
            interval=interval_text(newest, language()),
        )
    ]
    if len(known) > 1:
        before = estimate_text(known[-2], language(), interval=True)
        said.append(say("repurchase.answer_change", month=month(known[-2].window), value=before))
    report.answer("".join(said))


def in_window(view: View) -> None:
    """The rates people call repurchase rate, side by side on the same days: each with its definition."""
    query, metric = view.query(), METRICS["repurchase_rate"]
    found = view.ask(*IN_WINDOW, query=query)
    frame = charts.groups([replace(one, by={"name": _named(one)[0]}) for one in found], by="name")
    figure = charts.bars.ranked(frame, metric=metric, reader=view.reader)
    title, remark = t("repurchase.in_window"), t("repurchase.in_window_remark")
    said = pl.Series("meaning", [_named(one)[1] for one in found], dtype=pl.String)
    notes = panel.notes(view, metric.id, query=query, remarks=[remark])
    table = Table(title=title, frame=frame.with_columns(said), columns=_in_window_columns(), notes=notes)
    panel.show(
        view,
        Block(
            key="in_window",
            title=title,
            figure=figure,
            table=table,
            metric=metric.id,
            query=query,
            remark=remark,
        ),
    )


def _in_window_columns() -> list[Column]:
    return [
        Column(name="name", heading=t("repurchase.definition_name")),
        Column(name="value", heading=t("repurchase.value"), unit=Unit.RATIO),
        Column(name="low", heading=t("column.low"), unit=Unit.RATIO),
        Column(name="high", heading=t("column.high"), unit=Unit.RATIO),
        Column(name="n", heading=t("repurchase.n"), unit=Unit.COUNT),
        Column(name="meaning", heading=t("repurchase.meaning")),
    ]


def over_all(view: View) -> Query:
    """The question over every first purchase in the data: cohorts do not follow the period of the page."""
    return replace(view.query(), window=view.whole)


def by_month(view: View) -> Query:
    """The same by month of the first purchase, in the definition chosen."""
    return replace(over_all(view), by="month", definition=state.value("reading"))


def nday() -> Metric:
    """The N-day rate for the number of days chosen."""
    return find(f"repurchase_{days()}d")


def _reading(code: str) -> str:
    return next(one.name.to(language()) for one in nday().definitions if one.id == code)


def _named(one: Estimate) -> tuple[str, str]:
    """How a rate is called beside the others, and how it is counted."""
    metric = METRICS[one.metric]
    reading = next(known for known in metric.definitions if known.id == one.definition)
    name = reading.name if one.metric == "repurchase_rate" else metric.name
    return name.to(language()), reading.meaning.to(language())
