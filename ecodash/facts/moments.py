"""When a document counts: its moment by policy, and the days that matter beside it."""

import narwhals as nw

from ecodash.core.settings import SalesPolicy
from ecodash.facts.calendar import day_number, month_number
from ecodash.facts.fact import Frame


def dated(orders: Frame, policy: SalesPolicy) -> Frame:
    """The orders with ``at``, ``day``, ``month``, ``hour``, ``created_day``, ``paid_day`` and ``closed_day`` added.

    The moment is the payment (``order_day = "paid"``) or the creation (``"created"``), the other one where it is
    missing, then completion, dispatch or settlement; all null when the document carries no date at all.
    ``closed_day`` is the day of the refund stated on the order, else of the cancellation.
    """
    first, second = ("created_at", "paid_at") if policy.order_day == "created" else ("paid_at", "created_at")
    moment = orders.with_columns(at=nw.coalesce(first, second, "completed_at", "shipped_at", "settled_at"))
    at = nw.col("at")
    return moment.with_columns(
        day=day_number(at),
        month=month_number(at),
        hour=at.dt.hour().cast(nw.Int32),
        created_day=day_number(nw.col("created_at")),
        paid_day=day_number(nw.col("paid_at")),
        closed_day=day_number(nw.coalesce("refunded_at", "cancelled_at")),
    )
