"""The period of comparison laid under the steps of a chart, day upon day.

A week of the window is compared with the seven days that lie under it, whatever weekday the comparison begins with;
the unfinished last step only with as many days as it has had.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from ecodash.core.estimate import Estimate
from ecodash.core.period import Period
from ecodash.metrics.comparison import Comparison
from ecodash.metrics.computing import compute
from ecodash.metrics.query import Query
from ecodash.metrics.ranking import adds_up
from ecodash.metrics.source import Source


def alongside(
    source: Source, metric: str, query: Query, *, comparison: Comparison, spans: Sequence[Period]
) -> list[tuple[Period, Estimate]]:
    """Each span of the window with the estimate over the days of comparison that lie under it; its ``window`` are those.

    Sums that add up over days are read once by day; whatever does not add up (buyers, rates) is computed span by
    span. A span without any day of comparison is left out.
    """
    under = [(span, shared) for span in spans if (shared := _under(span, comparison)) is not None]
    plain = replace(query, by=None, intervals=False)
    if not adds_up(metric, query.definition):
        return [(span, compute(source, [metric], replace(plain, window=days))[0]) for span, days in under]
    by_day = compute(source, [metric], replace(plain, by="day", window=comparison.before))
    return [(span, _summed(by_day, days)) for span, days in under] if by_day else []


def _under(span: Period, comparison: Comparison) -> Period | None:
    shift = timedelta(days=comparison.shift_days)
    return Period(span.start - shift, span.end - shift).clip(comparison.before)


def _summed(by_day: Sequence[Estimate], span: Period) -> Estimate:
    inside = [one for one in by_day if "day" in one.by and span.contains(_day(one))]
    values = [one.value for one in inside if one.value is not None]
    value = float(sum(values)) if values or inside else 0.0
    return replace(by_day[0], value=value, n=sum(one.n for one in inside), window=span, by={}, warnings=())


def _day(one: Estimate) -> date:
    return date.fromisoformat(one.by["day"])
