"""How many buyers go on to a second, third … order."""

import plotly.graph_objects as go
import polars as pl

from ecodash.charts.base import nothing
from ecodash.i18n import Reader


def sequence(frame: pl.DataFrame, *, reader: Reader) -> go.Figure:
    """A bar per step of STEPS, with the share who took it among those who took the one before."""
    return nothing(reader.language, title="")
