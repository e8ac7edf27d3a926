"""How often each interval between purchases occurs."""

import plotly.graph_objects as go
import polars as pl

from ecodash.charts.base import nothing
from ecodash.i18n import Reader


def intervals(frame: pl.DataFrame, *, reader: Reader, median: float | None = None) -> go.Figure:
    """A bar per bin of BINS (days ``start`` up to but not including ``end``); ``median`` a marked line."""
    return nothing(reader.language, title="")
