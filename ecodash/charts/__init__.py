"""Frame + metric → figure. The only user of Plotly.

>>> frame = charts.points(estimates, by="month", open_from=date(2024, 3, 1))
>>> figure = charts.trend.line(frame, metric=METRICS["paid_amount"], reader=Reader(language="zh"))
>>> charts.title_text(figure), charts.alt_text(figure)
"""

from plotly.graph_objects import Figure

from ecodash.charts import (
    bars,
    crosstab,
    funnel,
    histogram,
    hours,
    matrix,
    pacing,
    rate,
    shares,
    simulation,
    spark,
    stages,
    standing,
    survival,
    track_record,
    trend,
    value_curve,
    waterfall,
)
from ecodash.charts.base import CONFIG, alt_text, title_text
from ecodash.charts.flags import Mark, flagged, marks_on
from ecodash.charts.frame import Measured, aligned, cells, curve, groups, points
from ecodash.charts.paint import html, painted
from ecodash.charts.roles import series_colors
from ecodash.charts.waterfall import Step, StepKind

__all__ = [
    "CONFIG",
    "Figure",
    "Mark",
    "Measured",
    "Step",
    "StepKind",
    "aligned",
    "alt_text",
    "bars",
    "cells",
    "crosstab",
    "curve",
    "flagged",
    "funnel",
    "groups",
    "histogram",
    "hours",
    "html",
    "marks_on",
    "matrix",
    "pacing",
    "painted",
    "points",
    "rate",
    "series_colors",
    "shares",
    "simulation",
    "spark",
    "stages",
    "standing",
    "survival",
    "title_text",
    "track_record",
    "trend",
    "value_curve",
    "waterfall",
]
