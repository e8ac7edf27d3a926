"""Customers a question is about: those whose first purchase lies in the window, filtered by what it was like."""

import narwhals as nw

from ecodash.core.estimate import Caveat
from ecodash.core.period import day_number
from ecodash.facts import Frame
from ecodash.metrics import caveats
from ecodash.metrics.collect import extended
from ecodash.metrics.dimensions import DimensionKind
from ecodash.metrics.scope import Scope, matches


def members(scope: Scope, *, opening_days: int = 0) -> Frame:
    """One row per customer who first bought in the window and passes the filters, with the group columns.

    ``opening_days`` leaves out those who first appear in that many opening days of the data.
    """
    opening = max(opening_days, scope.query.opening_days)
    earliest = max(day_number(scope.window.start), day_number(scope.span.start) + opening)
    rows = scope.fact("customers").filter(
        (nw.col("first_day") >= earliest) & (nw.col("first_day") <= day_number(scope.window.end))
    )
    for dimension, values in scope.filters:
        rows = rows.filter(matches(dimension, dimension.code("customers"), values))
    return extended(rows, {f"g{i}": dim.code("customers") for i, dim in enumerate(scope.by)})


def remarks(scope: Scope) -> list[Caveat]:
    """One remark per order property that stands for the first purchase here."""
    stands_in = {DimensionKind.ORDER, DimensionKind.LINE}
    return [caveats.on_first_purchase(dim) for dim in dict.fromkeys(scope.dimensions) if dim.kind in stands_in]
