"""The period of comparison beside the course of a number, day upon day."""

import polars as pl

from ecodash import charts
from ecodash.metrics.comparison import Comparison
from ecodash.metrics.query import Query
from ecodash.ui import cache, periods
from ecodash.ui.view import View


def behind(view: View, metric: str, query: Query, frame: pl.DataFrame, *, step: str) -> pl.DataFrame | None:
    """What lies under each step of ``frame`` (POINTS over the window); None when nothing is compared.

    POINTS with the ``place`` each row lies under and the ``end`` of its days; see ``metrics.alongside``.
    """
    found, window = view.comparison, query.window
    if not isinstance(found, Comparison) or window is None:
        return None
    spans = [periods.span_of(start, step).clip(window) for start in frame["start"]]
    known = [one for one in spans if one is not None]
    return charts.aligned(cache.behind(view.shop, metric, query, comparison=found, spans=known))
