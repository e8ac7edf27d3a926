"""Days of sale events and ordinary days, as a split: what the calendar says, the shop's own one over the built-in."""

from collections.abc import Iterator
from datetime import timedelta

import narwhals as nw

from ecodash.core.period import Period, day_number
from ecodash.metrics.events import EventCalendar, EventKind, Occurrence, calendar_of
from ecodash.metrics.reading import Reading

SALE, ORDINARY = "sale", "ordinary"
AFTER = "hangover"  # the days after a sale belong to the event of the calendar, not to the sale


def sale_or_ordinary(reading: Reading, day: nw.Expr) -> nw.Expr:
    """``sale`` on a day of a sale event, ``ordinary`` on any other; null without a day."""
    span = reading.source.data_end(as_of=reading.as_of)
    days = sorted(sale_days(calendar_of(reading.source), span)) if span else []
    kind = nw.when(day.is_in(days)).then(nw.lit(SALE)).otherwise(nw.lit(ORDINARY))
    return nw.when(day.is_null()).then(nw.lit(None)).otherwise(kind)


def sale_days(calendar: EventCalendar, span: Period) -> set[int]:
    """Day numbers within ``span`` of the events the shop uploaded; without any, of the built-in promotions."""
    found = calendar.within(span)
    own = [one for one in found if one.uploaded]
    chosen = own or [one for one in found if one.kind is EventKind.PROMOTION]
    return {day for one in chosen for day in _days(one) if day_number(span.start) <= day <= day_number(span.end)}


def _days(one: Occurrence) -> Iterator[int]:
    for phase in one.phases:
        if phase.id != AFTER:
            for i in range(phase.days.days):
                yield day_number(phase.days.start + timedelta(days=i))
