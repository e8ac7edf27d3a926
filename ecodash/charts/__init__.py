"""Frame + metric → figure. The only user of Plotly.

>>> frame = charts.points(estimates, by="month", open_from=date(2024, 3, 1))
>>> figure = charts.trend.line(frame, metric=METRICS["paid_amount"], reader=Reader(language="zh"))
>>> charts.title_text(figure), charts.alt_text(figure)
"""

from plotly.graph_objects import Figure

from ecodash.charts import bars, funnel, histogram, matrix, rate, spark, survival, trend, waterfall
from ecodash.charts.base import CONFIG, alt_text, title_text
from ecodash.charts.frame import Measured, cells, curve, groups, points
from ecodash.charts.paint import html, painted
from ecodash.charts.roles import series_colors
from ecodash.charts.trend import Mark
from ecodash.charts.waterfall import Step, StepKind

__all__ = [
    "CONFIG",
    "Figure",
    "Mark",
    "Measured",
    "Step",
    "StepKind",
    "alt_text",
    "bars",
    "cells",
    "curve",
    "funnel",
    "groups",
    "histogram",
    "html",
    "matrix",
    "painted",
    "points",
    "rate",
    "series_colors",
    "spark",
    "survival",
    "title_text",
    "trend",
    "waterfall",
]
