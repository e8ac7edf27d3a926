"""Service after the sale: tickets, reviews, refunds."""

import narwhals as nw

from ecodash.metrics.indicators.rows import Of, mean, median_wait
from ecodash.metrics.indicators.words import indicator
from ecodash.metrics.parcels import MINUTES_A_DAY, last_day
from ecodash.metrics.reading import Reading

_TICKETS = Of(table="tickets", day="opened_at", by={"ticket": "category"})
_TECHNICAL = Of(table="tickets", day="opened_at", only=(nw.col("category") == "technical",))
_RETURNS = Of(
    table="returns",
    day="requested_at",
    by={"reason": "reason", "platform": "platform"},
    only=(nw.col("accepted").fill_null(value=True),),
)


def _last_ticket(reading: Reading) -> int | None:
    return last_day(reading.table("tickets"), "opened_at", "first_reply_at", "resolved_at")


def _last_return(reading: Reading) -> int | None:
    return last_day(reading.table("returns"), "requested_at", "refunded_at")


AFTER_SALE = (
    indicator(
        "first_reply_minutes",
        median_wait(_TICKETS, "opened_at", "first_reply_at", unit_minutes=1, latest=_last_ticket),
    ),
    indicator(
        "resolution_hours",
        median_wait(_TICKETS, "opened_at", "resolved_at", unit_minutes=60, latest=_last_ticket),
    ),
    indicator(
        "technical_resolution_hours",
        median_wait(_TECHNICAL, "opened_at", "resolved_at", unit_minutes=60, latest=_last_ticket),
    ),
    indicator(
        "refund_cycle_days",
        median_wait(_RETURNS, "requested_at", "refunded_at", unit_minutes=MINUTES_A_DAY, latest=_last_return),
    ),
    indicator("csat_mean", mean(_TICKETS, "csat")),
)
