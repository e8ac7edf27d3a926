"""The calendar spans of a question whose number is computed anew in each of them."""

from ecodash.core.period import Period
from ecodash.metrics.dimensions import Dimension, DimensionKind
from ecodash.metrics.groups import codes_between, span
from ecodash.metrics.scope import Scope

SPAN = "span"
"""The column of rows chosen per span that holds the span's code."""
MOST = 130
"""So many spans are worth computing anew: ten years of months, two and a half years of weeks."""


def spans(scope: Scope) -> list[tuple[int, Period]] | Dimension:
    """Code and days of each span in the window, one span of code 0 when not split by time; else what forbids it.

    Forbidden are two calendars at once, a filter by calendar and more than ``MOST`` spans.
    """
    times = [dim for dim in scope.by if dim.kind is DimensionKind.TIME]
    filtered = [dim for dim, _ in scope.filters if dim.kind is DimensionKind.TIME]
    if filtered or len(times) > 1:
        return [*filtered, *times][-1]
    if not times:
        return [(0, scope.window)]
    there = scope.window.clip(scope.span)
    found = [
        (code, own)
        for code in (codes_between(times[0], there) if there else ())
        if there and (whole := span(times[0], code)) and (own := whole.clip(there))
    ]
    return found if len(found) <= MOST else times[0]
