"""The forecast page, second half: the parts, the track record, the events."""

from dataclasses import replace

import polars as pl
import streamlit as st

from ecodash.analysis.forecast import NAIVE, LevelForecast
from ecodash.core.unit import Unit
from ecodash.export import Column, Notes, Table
from ecodash.i18n import ratio
from ecodash.metrics.forecasting import By, Forecast
from ecodash.metrics.forecasting.frames import parts, record
from ecodash.ui import panel, tables
from ecodash.ui.forecast import METRIC, key_name, technical
from ecodash.ui.view import View
from ecodash.ui.words import language, say, span, t

SIMPLE = ("wape_sum", "bias", "sum_80")
TECHNICAL = (
    *("wape", "wape_sum", "mase", "rmsse", "wrmsse", "bias", "pinball"),
    *("day_80", "day_95", "sum_80", "sum_95"),
)
SCALED = frozenset({"mase", "rmsse", "wrmsse", "pinball"})


def split(view: View, found: Forecast) -> None:
    """Every key with its sum, interval, what was sold before, and how far its past forecasts were off."""
    if found.question.by is By.TOTAL:
        return
    frame = parts(found)
    names = [key_name(found, key) for key in frame["key"]]
    kinds = {one: t(f"forecast.kind_{one}") for one in KINDS}
    frame = frame.with_columns(
        pl.Series("shown", names, dtype=pl.String), pl.col("kind").replace_strict(kinds, return_dtype=pl.String)
    )
    unit = found.question.measure.unit
    columns = [Column(name="shown", heading=t(f"forecast.fc_by_{found.question.by.value}"))]
    columns += [
        Column(name=name, heading=t(f"forecast.part_{name}"), unit=unit)
        for name in ("expected", "low", "high", "before")
    ]
    columns += [Column(name="error", heading=t("forecast.part_error"), unit=Unit.RATIO)]
    if technical():
        columns.append(Column(name="bias", heading=t("forecast.record_bias"), unit=Unit.RATIO))
    columns.append(Column(name="kind", heading=t("forecast.part_kind")))
    remark = t("forecast.parts_remark")
    table = Table(title=t("forecast.parts_title"), frame=frame, columns=columns, notes=_notes(view, remark))
    tables.show(view, "forecast.parts", table, remark=remark)


KINDS = ("regular", "intermittent", "stockout", "short", "new", "dead", "empty")


def track_record(view: View, found: Forecast) -> None:
    """How every method compared would have done from past days, of the total and of the parts."""
    levels = [("total", found.total)]
    if found.question.by is not By.TOTAL:
        levels.append(("parts", found.parts))
    for name, level in levels:
        if level.records:
            remark = t(f"forecast.record_remark_{name}", n=len(level.origins), days=found.question.horizon)
            title = t(f"forecast.record_{name}_title")
            table = replace(_compared(level), title=title, notes=_notes(view, remark))
            tables.show(view, f"forecast.record.{name}", table, remark=remark)
        else:
            with st.container(border=True, key=f"record.none.{name}"):
                st.header(say("forecast.record"), anchor=False)
                st.caption(say("forecast.worth_unknown"))


def _compared(level: LevelForecast) -> Table:
    """The method used and those it was compared with: three numbers for most readers, all of them for some."""
    frame = record(level)
    if not technical():
        frame = frame.filter(pl.col("used") | pl.col("method").is_in(NAIVE))
    methods = {one: t(f"forecast.method_{one}") for one in frame["method"]}
    used = pl.when("used").then(pl.lit(" ✓")).otherwise(pl.lit(""))
    shown = frame.with_columns(method=pl.col("method").replace_strict(methods, return_dtype=pl.String) + used)
    columns = [Column(name="method", heading=t("forecast.record_method"))]
    for one in TECHNICAL if technical() else SIMPLE:
        unit = Unit.TIMES if one in SCALED else Unit.RATIO
        columns.append(Column(name=one, heading=t(f"forecast.record_{one}"), unit=unit))
    return Table(title="", frame=shown, columns=columns)


def events(view: View, found: Forecast) -> None:
    """The events that touch the horizon, and what they brought before."""
    with st.container(border=True, height="stretch", key="forecast.events"):
        st.header(say("forecast.events"), anchor=False)
        if not found.events:
            st.caption(say("forecast.no_events", span=span(found.days)))
        for one in found.events:
            if not one.days_seen:
                said = say("forecast.event_unseen", name=one.name, span=span(one.days))
            else:
                said = say(
                    "forecast.event",
                    name=one.name,
                    span=span(one.days),
                    change=_change(one.uplift),
                    low=_change(one.low),
                    high=_change(one.high),
                    n=one.days_seen,
                )
            st.markdown(said)
        st.caption(say("forecast.events_remark"))
    del view


def _change(times: float) -> str:
    less = times - 1
    return f"{'+' if less >= 0 else ''}{ratio(less, language(), 0)}"


def _notes(view: View, remark: str) -> Notes:
    return panel.notes(view, METRIC, query=view.query(), remarks=[remark])
