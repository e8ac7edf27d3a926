"""How many orders of either group have a known buyer: where that differs, repurchase rates are not comparable.

Whoever has the status is known. An order without a buyer can only belong to the other group as far as anybody can see,
and its buyer seems never to come back. So the coverage of the other group is known ÷ (known + anonymous) of its orders.
"""

from dataclasses import dataclass

import narwhals as nw

from ecodash.core.estimate import Caveat
from ecodash.core.text import Text
from ecodash.metrics.collect import collected
from ecodash.metrics.comparable.contrast import Contrast
from ecodash.metrics.comparable.exposure import BEGAN
from ecodash.metrics.identity import Coverage
from ecodash.metrics.scope import inside, matches

BOUND = 0.2
"""Coverage of the groups may differ by so much before the page warns."""
LEAST_COMPARABLE = 0.5
"""A channel in which fewer of the orders have a known buyer cannot be compared."""


@dataclass(frozen=True, kw_only=True)
class Arms:
    """Share of orders with a known buyer in either group, 0–1; None without orders. ``anonymous`` orders have no buyer."""

    having: float | None
    without: float | None
    anonymous: int

    @property
    def apart(self) -> bool:
        """Whether the two differ by more than the bound."""
        return self.having is not None and self.without is not None and self.having - self.without > BOUND

    def warning(self) -> Caveat | None:
        """The words to show with the comparison; None while the groups are covered alike."""
        if not self.apart or self.having is None or self.without is None:
            return None
        words = Text(
            f"两组的买家识别率相差较大：有身份的一组 {self.having:.0%}，另一组 {self.without:.0%}（{self.anonymous} 笔订单"
            "不知道买家是谁）。这些顾客会不会再来无从知道，不能当作没有复购。",
            f"Identity coverage differs: {self.having:.0%} of the orders of those with the status have a known buyer, "
            f"{self.without:.0%} of the others ({self.anonymous} orders have none). Whether those buyers came back is "
            "not known; it does not mean that they did not.",
        )
        return Caveat("identity_apart", words)


def arms(contrast: Contrast) -> Arms:
    """Coverage of both groups over the sales of the window that pass the filters an order carries."""
    scope = contrast.scope
    passes = [matches(dim, dim.code("orders"), values) for dim, values in scope.filters if "orders" in dim.columns]
    sales = scope.fact("orders").filter(nw.col("is_sale"), inside(scope.window, "day"), *passes)
    people = contrast.exposure.people(scope).filter(~nw.col(BEGAN).is_null()).select("customer_id", has=nw.lit(1))
    rows = sales.select("customer_id").join(people, on="customer_id", how="left")
    known = ~nw.col("customer_id").is_null()
    has = ~nw.col("has").is_null()
    marks = {"anonymous": ~known, "having": known & has, "without": known & ~has}
    counted = rows.select(**{name: mark.cast(nw.Int64) for name, mark in marks.items()})
    row = collected(counted.select(*(nw.col(name).sum() for name in marks))).row(0, named=True)
    anonymous, having, without = (int(row[name] or 0) for name in marks)
    others = without + anonymous
    return Arms(having=1.0 if having else None, without=without / others if others else None, anonymous=anonymous)


def comparable(channel: Coverage) -> bool:
    """Whether enough orders of a channel have a known buyer for its repurchase to be compared."""
    return channel.share is not None and channel.share >= LEAST_COMPARABLE
