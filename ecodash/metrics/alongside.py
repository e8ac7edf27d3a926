"""The period of comparison laid under the steps of a chart, day upon day.

A week of the window is compared with the seven days that lie under it, whatever weekday the comparison begins with;
the unfinished last step only with as many days as it has had.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from ecodash.core.estimate import Estimate, Status
from ecodash.core.period import Period
from ecodash.metrics.comparison import Comparison
from ecodash.metrics.computing import compute
from ecodash.metrics.exact_sums import Sums, group_sums, scale_of
from ecodash.metrics.metric import Computation, Ratio, Sum
from ecodash.metrics.query import Query
from ecodash.metrics.registry import resolve
from ecodash.metrics.source import Source


def alongside(
    source: Source, metric: str, query: Query, *, comparison: Comparison, spans: Sequence[Period]
) -> list[tuple[Period, Estimate]]:
    """Each span of the window with the estimate over the days of comparison that lie under it; its ``window`` are those.

    What adds up over days, and ratios of it, is read once by day; what does not (buyers) is computed span by span.
    A span without any day of comparison is left out.
    """
    under = [(span, shared) for span in spans if (shared := _under(span, comparison)) is not None]
    plain = replace(query, by=None, intervals=False)
    known, definition = resolve(metric, query.definition)
    amounts = _amounts(definition.how)
    by_day = group_sums(source, replace(plain, by="day", window=comparison.before), amounts) if amounts else None
    if by_day is None or not by_day.additive:
        return [(span, compute(source, [metric], replace(plain, window=days))[0]) for span, days in under]
    blank = Estimate(metric=known.id, definition=definition.id, unit=known.unit, status=Status.OK)
    return [(span, _added(replace(blank, window=days), by_day.groups, amounts)) for span, days in under]


def _under(span: Period, comparison: Comparison) -> Period | None:
    shift = timedelta(days=comparison.shift_days)
    return Period(span.start - shift, span.end - shift).clip(comparison.before)


def _amounts(how: Computation) -> tuple[str, ...]:
    """What a sum adds up, or the two parts of a ratio; nothing for methods of analysis."""
    if isinstance(how, Ratio):
        return (how.top, how.bottom)
    return (how.amount,) if isinstance(how, Sum) else ()


def _added(blank: Estimate, by_day: Mapping[str, Sums], amounts: Sequence[str]) -> Estimate:
    """The days of a span added up, then divided; nothing to divide by gives no value."""
    days = [sums for code, sums in by_day.items() if blank.window and _inside(code, blank.window)]
    top, *below = (sum(sums[amount] for sums in days) / scale_of(amount) for amount in amounts)
    if not below:
        return replace(blank, value=top)
    if below[0] == 0:
        return replace(blank, status=Status.EMPTY)
    return replace(blank, value=top / below[0], n=int(below[0]))


def _inside(code: str, span: Period) -> bool:
    return code[:1].isdigit() and span.contains(date.fromisoformat(code))
