"""A rate by cohort over time, with its uncertainty."""

import plotly.graph_objects as go
import polars as pl

from ecodash.charts.base import nothing
from ecodash.charts.frame import Measured
from ecodash.i18n import Reader


def over_time(frame: pl.DataFrame, *, metric: Measured, reader: Reader, target: float | None = None) -> go.Figure:
    """A point per cohort of POINTS with its interval as an error bar; immature cohorts hollow; ``target`` a line."""
    return nothing(reader.language, title=metric.name.to(reader.language))
