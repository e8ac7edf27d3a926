"""A metric over time in steps that fit the period: what sparks and trends draw."""

from dataclasses import replace

import polars as pl

from ecodash import charts
from ecodash.core.period import Period
from ecodash.metrics.query import Query
from ecodash.ui import periods
from ecodash.ui.view import View


def over(view: View, metric: str, query: Query) -> pl.DataFrame:
    """POINTS by day, week or month; a first step that the period cuts is left out, a last one is marked unfinished."""
    window = query.window or view.whole
    if window is None:
        return charts.points([])
    step = periods.step_for(window)
    frame = charts.points(
        view.ask(metric, query=replace(query, by=step)), by=step, open_from=periods.closes(window, step)
    )
    return frame if cut(window) is None else frame.slice(1)


def cut(window: Period) -> str | None:
    """The step whose first span the period cuts: drawing half a week would look like a dip; None when it cuts none."""
    step = periods.step_for(window)
    return step if periods.begins(window, step) != window.start else None
