"""The dimensions a metric can be broken down by in a given question; found from declarations, without reading data."""

from dataclasses import replace

from ecodash.core.period import Period
from ecodash.metrics.answered import Analysed, Window
from ecodash.metrics.dimensions import DIMENSIONS, Dimension
from ecodash.metrics.metric import Computation, Measured, OfWindow, Ratio, Sum
from ecodash.metrics.query import Query
from ecodash.metrics.reading import Reading
from ecodash.metrics.registry import resolve
from ecodash.metrics.scope import scope
from ecodash.metrics.source import Source
from ecodash.metrics.splitting import unsplittable
from ecodash.metrics.windowed import fact_for


def breakdowns(source: Source, name: str, query: Query, span: Period) -> tuple[Dimension, ...]:
    """The dimensions in the order they are declared; ``span`` is what the data cover. Raises UnknownName."""
    how = resolve(name, query.definition)[1].how
    reading, window = Reading(source=source, as_of=query.as_of), Window(days=query.window or span, data=span)
    if isinstance(how, Analysed):
        return tuple(dim for dim in DIMENSIONS.values() if dim.id in how.groups)
    if isinstance(how, Measured | OfWindow):
        rows = how.rows(reading) if isinstance(how, Measured) else how.rows(reading, window)
        columns = set(rows.collect_schema().names())
        return tuple(dim for dim in DIMENSIONS.values() if f"by_{dim.id}" in columns)
    return tuple(dim for dim in DIMENSIONS.values() if _splits(source, how, replace(query, by=dim.id), span))


def _splits(source: Source, how: Computation, query: Query, span: Period) -> bool:
    here = scope(source, query, span)
    if not isinstance(how, Sum | Ratio):
        return unsplittable(here, how) is None
    amounts = (how.amount,) if isinstance(how, Sum) else (how.top, how.bottom)
    return fact_for(here, amounts, rows=isinstance(how, Ratio)) is not None
