"""How long until the next purchase."""

import plotly.graph_objects as go
import polars as pl

from ecodash.charts.base import nothing
from ecodash.i18n import Reader


def curve(frame: pl.DataFrame, *, reader: Reader, horizon: int | None = None) -> go.Figure:
    """Steps of CURVE: share who have bought again by each day, with band and the number still being watched."""
    return nothing(reader.language, title="")
