"""What an order costs in the private domain and in the public one: running costs or advertising, and discounts given.

Private: costs booked as ``private_ops`` and discounts on orders of private channels; public: ad spend and discounts on
orders of public channels. Monthly costs count by the days of the month that lie in the window and in the data.
"""

from calendar import monthrange
from dataclasses import dataclass

import narwhals as nw

from ecodash.core.decimals import SCALE
from ecodash.core.estimate import Caveat, Status
from ecodash.core.period import Period, day_number
from ecodash.core.text import Text
from ecodash.facts.calendar import day_number as day_of_column
from ecodash.metrics.answered import Analysed, Answered, Window
from ecodash.metrics.collect import collected
from ecodash.metrics.reading import Reading

PRIVATE, PUBLIC = "private", "public"
UNBOOKED = Text(
    "没有私域运营费用。请在“月度费用”里按 private_ops 登记（人工、社群、工具），否则单均成本会被低估。",
    "No running costs of the private domain are booked. Book them as private_ops in the monthly costs (staff, community, "
    "tools); without them the cost per order would be too low.",
)
NO_ORDERS = Text("这段时间私域渠道没有订单。", "There are no orders in private channels in this window.")


@dataclass(frozen=True, kw_only=True)
class OrderCost:
    """One domain: ``running`` costs (None: not booked) and ``discounts`` in money, ``orders``, and cost per order."""

    domain: str
    running: float | None
    discounts: float
    orders: int

    @property
    def each(self) -> float | None:
        """Cost per order; None without orders or without booked costs."""
        return None if self.running is None or not self.orders else (self.running + self.discounts) / self.orders


def order_costs(reading: Reading, days: Period) -> tuple[OrderCost, OrderCost]:
    """Private and public domain over the days."""
    first, last = day_number(days.start), day_number(days.end)
    sales = reading.fact("orders").filter(nw.col("is_sale"), nw.col("day") >= first, nw.col("day") <= last)
    sums = collected(sales.group_by("domain").agg(orders=nw.len(), discount=nw.col("discount").sum()))
    found = {row["domain"]: row for row in sums.to_dicts()}
    running = {PRIVATE: _booked(reading, days), PUBLIC: _advertising(reading, days)}
    private, public = (
        OrderCost(
            domain=domain,
            running=running[domain],
            discounts=(found[domain]["discount"] or 0) / SCALE if domain in found else 0.0,
            orders=int(found[domain]["orders"]) if domain in found else 0,
        )
        for domain in (PRIVATE, PUBLIC)
    )
    return private, public


def _booked(reading: Reading, days: Period) -> float | None:
    rows = reading.table("costs_monthly").filter(nw.col("type") == "private_ops")
    costs = collected(rows.select("month", "amount"))
    parts = []
    for month, amount in costs.iter_rows():
        whole = Period.month(month.year, month.month)
        shared = whole.clip(days)
        if shared is not None and amount is not None:
            parts.append(amount / SCALE * shared.days / monthrange(month.year, month.month)[1])
    return sum(parts) if parts else None


def _advertising(reading: Reading, days: Period) -> float | None:
    day = day_of_column(nw.col("date"))
    rows = reading.table("ad_spend").filter(day >= day_number(days.start), day <= day_number(days.end))
    spend = collected(rows.select(n=nw.len(), spend=nw.col("spend").sum())).row(0)
    return (spend[1] or 0) / SCALE if spend[0] else None


def _answer(reading: Reading, window: Window) -> Answered:
    private, public = order_costs(reading, window.days.clip(window.data) or window.days)
    if private.running is None:
        return Answered(value=None, n=0, status=Status.MISSING, reason=UNBOOKED)
    if private.each is None:
        return Answered(value=None, n=0, status=Status.EMPTY, reason=NO_ORDERS)
    caveats: tuple[Caveat, ...] = ()
    if public.each is not None:
        words = Text(
            f"公域同期每单 {public.each:,.2f}（广告费加优惠）。",
            f"Public domain: {public.each:,.2f} per order (ads and discounts).",
        )
        caveats = (Caveat("public_cost", words),)
    return Answered(value=private.each, n=private.orders, caveats=caveats)


COST = Analysed(answer=_answer)
