"""A metric over time in steps that fit the period: what sparks and trends draw."""

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from ecodash import charts
from ecodash.core.estimate import Estimate
from ecodash.core.period import Period
from ecodash.metrics.query import Query
from ecodash.ui import periods
from ecodash.ui.view import View


def over(view: View, metric: str, query: Query) -> pl.DataFrame:
    """POINTS by day, week or month; a first step that the period cuts is left out, a last one is marked unfinished."""
    return _points(view, query, view.ask(metric, query=by_step(view, query)))


def courses(view: View, ids: Sequence[str], query: Query) -> dict[str, pl.DataFrame]:
    """The same for several metrics at once, without intervals: what the sparks of a row of tiles draw."""
    found = view.ask(*ids, query=replace(by_step(view, query), intervals=False))
    return {one: _points(view, query, [e for e in found if e.metric == one]) for one in ids}


def by_step(view: View, query: Query) -> Query:
    """The question split by the step that fits its days."""
    window = query.window or view.whole
    return replace(query, by=periods.step_for(window)) if window else query


def _points(view: View, query: Query, found: list[Estimate]) -> pl.DataFrame:
    window = query.window or view.whole
    if window is None:
        return charts.points([])
    step = periods.step_for(window)
    frame = charts.points(found, by=step, open_from=periods.closes(window, step))
    return frame if cut(window) is None else frame.slice(1)


def cut(window: Period) -> str | None:
    """The step whose first span the period cuts: drawing half a week would look like a dip; None when it cuts none."""
    step = periods.step_for(window)
    return step if periods.begins(window, step) != window.start else None
