"""A metric compared between groups."""

import plotly.graph_objects as go
import polars as pl

from ecodash.charts.base import nothing
from ecodash.charts.frame import Measured
from ecodash.i18n import Reader


def ranked(frame: pl.DataFrame, *, metric: Measured, reader: Reader, top: int = 12) -> go.Figure:
    """Horizontal bars of GROUPS from zero, largest first, each with its number written on it."""
    return nothing(reader.language, title=metric.name.to(reader.language))
