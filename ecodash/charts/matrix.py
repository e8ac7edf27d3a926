"""The cohort matrix."""

import plotly.graph_objects as go
import polars as pl

from ecodash.charts.base import nothing
from ecodash.charts.frame import Measured
from ecodash.i18n import Reader


def heatmap(frame: pl.DataFrame, *, metric: Measured, reader: Reader) -> go.Figure:
    """A row per cohort of CELLS and a column per month; immature cells hatched; the weighted summary row last."""
    return nothing(reader.language, title=metric.name.to(reader.language))
