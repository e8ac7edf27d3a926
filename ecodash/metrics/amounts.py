"""What can be summed over rows of a fact: the atoms of all metrics that look at a window.

Each amount says, per fact, what one row adds. Some need to know the place of an order in its window or group
(``places``): the first order of each buyer counts him once, so that distinct counts become sums over rows, and the
rows behind a number can be listed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import narwhals as nw

from ecodash.core.text import Text
from ecodash.core.unit import Unit
from ecodash.metrics.places import Places

Column = nw.Expr | Callable[[Places], nw.Expr]


@dataclass(frozen=True, kw_only=True, eq=False)
class Amount:
    """One thing to sum. ``columns``: per fact the expression, or how it is made of places; ``places``: which ones."""

    id: str
    name: Text
    unit: Unit
    columns: Mapping[str, Column]
    places: tuple[str, ...] = ()

    @property
    def scaled(self) -> bool:
        """Whether sums are ten-thousandths and must be divided by 10,000 to be shown."""
        return self.unit in {Unit.MONEY, Unit.ITEMS}

    def needs(self, fact: str) -> tuple[str, ...]:
        """The places it reads on a fact."""
        return () if isinstance(self.columns[fact], nw.Expr) else self.places

    def of(self, fact: str, places: Places) -> nw.Expr:
        """What one row of a fact adds."""
        column = self.columns[fact]
        return column if isinstance(column, nw.Expr) else column(places)


def _one(condition: nw.Expr) -> nw.Expr:
    """1 where the condition holds, 0 where it does not or is unknown."""
    return condition.fill_null(False).cast(nw.Int64)


RETAINED_DAYS = 90
_SALE = nw.col("is_sale")
_KNOWN = ~nw.col("seq").is_null()  # on orders: a sale whose buyer is known
_KNOWN_LINE = _SALE & ~nw.col("customer_id").is_null()


def _money(name: str, label: Text, *, column: str | None = None, lines: str | None = None) -> Amount:
    columns: dict[str, Column] = {"orders": nw.col(column or name), "daily": nw.col(column or name)}
    if lines:
        columns |= {"order_lines": nw.col(lines), "product_days": nw.col(lines)}
    return Amount(id=name, name=label, unit=Unit.MONEY, columns=columns)


def _orders(name: str, label: Text, orders: nw.Expr, daily: str) -> Amount:
    columns: dict[str, Column] = {"orders": _one(orders), "daily": nw.col(daily)}
    return Amount(id=name, name=label, unit=Unit.ORDERS, columns=columns)


def _placed(name: str, label: Text, unit: Unit, rule: Callable[[Places], nw.Expr], *places: str) -> Amount:
    def one(found: Places) -> nw.Expr:
        return _one(rule(found))

    columns: dict[str, Column] = {"orders": one, "order_lines": one}
    return Amount(id=name, name=label, unit=unit, columns=columns, places=places)


def _buyers(name: str, label: Text, place: str) -> Amount:
    return _placed(name, label, Unit.BUYERS, lambda places: places[place], place)


_ALL = (
    _money("placed", Text("下单金额", "amount ordered")),
    _money("paid", Text("支付金额", "amount paid"), lines="paid"),
    Amount(
        id="known_paid",
        name=Text("已识别买家的支付金额", "amount paid by identified buyers"),
        unit=Unit.MONEY,
        columns={
            "orders": nw.when(_KNOWN).then(nw.col("paid")).otherwise(nw.lit(0)),
            "daily": nw.col("identified_paid"),
            "order_lines": nw.when(_KNOWN_LINE).then(nw.col("paid")).otherwise(nw.lit(0)),
        },
    ),
    _money("gross", Text("优惠前金额", "amount before discounts"), lines="gross"),
    _money("net", Text("净销售额", "net sales"), lines="net"),
    Amount(
        id="discount",
        name=Text("优惠金额", "discounts"),
        unit=Unit.MONEY,
        columns={"orders": nw.col("discount"), "daily": nw.col("discount"), "order_lines": nw.col("discount")},
    ),
    Amount(
        id="listed",
        name=Text("支付金额加优惠", "amount paid plus discounts"),
        unit=Unit.MONEY,
        columns={fact: nw.col("paid") + nw.col("discount") for fact in ("orders", "daily", "order_lines")},
    ),
    Amount(
        id="refund",
        name=Text("退款金额", "refunds"),
        unit=Unit.MONEY,
        columns={
            "orders": nw.col("refund"),
            "daily": nw.col("refund") + nw.col("credits"),
            "order_lines": nw.col("refund"),
            "product_days": nw.col("refund"),
        },
    ),
    Amount(
        id="refund_booked",
        name=Text("当期退回的金额", "money that went back in the period"),
        unit=Unit.MONEY,
        columns={"daily": nw.col("refund_booked"), "refunds": nw.col("refund")},
    ),
    Amount(
        id="units",
        name=Text("件数", "units"),
        unit=Unit.ITEMS,
        columns={
            "orders": nw.col("units"),
            "daily": nw.col("units"),
            "order_lines": nw.when(_SALE).then(nw.col("qty")).otherwise(nw.lit(0)),
            "product_days": nw.col("qty"),
        },
    ),
    Amount(
        id="orders",
        name=Text("订单数", "orders"),
        unit=Unit.ORDERS,
        columns={
            "orders": _one(_SALE),
            "daily": nw.col("orders"),
            "order_lines": lambda places: _one(places["order_first"]),
        },
        places=("order_first",),
    ),
    _orders(
        "priced_orders",
        Text("有金额的订单数", "orders with a known amount"),
        _SALE & ~nw.col("fx_missing"),
        "priced_orders",
    ),
    _orders("known_orders", Text("已识别买家的订单数", "orders of identified buyers"), _KNOWN, "identified_orders"),
    _orders(
        "refunded_orders",
        Text("有退款的订单数", "orders with a refund"),
        _SALE & (nw.col("refund") > 0),
        "refunded_orders",
    ),
    _orders(
        "fx_missing", Text("缺汇率的单据数", "documents without an exchange rate"), nw.col("fx_missing"), "fx_missing"
    ),
    _buyers("buyers", Text("买家数", "buyers"), "first"),
    Amount(
        id="new_buyers",
        name=Text("新客数", "new buyers"),
        unit=Unit.BUYERS,
        columns={
            "daily": nw.col("new_buyers"),
            "orders": _one(nw.col("is_first").fill_null(False)),
            "order_lines": lambda places: _one(places["first"] & nw.col("is_first")),
        },
        places=("first",),
    ),
    _placed(
        "old_buyers",
        Text("老客数", "buyers from before"),
        Unit.BUYERS,
        lambda places: places["first"] & ~nw.col("is_first"),
        "first",
    ),
    _buyers("twice", Text("买过两单及以上的买家数", "buyers with two orders or more"), "second"),
    _buyers("two_days", Text("在两天及以上购买的买家数", "buyers on two days or more"), "second_day"),
    _buyers("earlier", Text("下单前已买过的买家数", "buyers who had bought on an earlier day"), "earlier"),
    _placed("repeats", Text("重复购买的订单数", "repeat orders"), Unit.ORDERS, lambda places: places["later"], "later"),
    _placed(
        "ever_twice",
        Text("至今买过两单及以上的买家数", "buyers with two orders or more by now"),
        Unit.BUYERS,
        lambda places: places["first"] & places["ever_twice"],
        "first",
        "ever_twice",
    ),
    Amount(
        id="returning_orders",
        name=Text("老客订单数", "orders of returning buyers"),
        unit=Unit.ORDERS,
        columns={"orders": _one((nw.col("seq") > 1).fill_null(False))},
    ),
    Amount(
        id="retained_orders",
        name=Text("上一单在 90 天内的订单数", "orders at most 90 days after the one before"),
        unit=Unit.ORDERS,
        columns={"orders": _one((nw.col("day") - nw.col("prev_order_day") <= RETAINED_DAYS).fill_null(False))},
    ),
    Amount(
        id="buyer_days",
        name=Text("各日买家数之和", "sum of the buyers of each day"),
        unit=Unit.BUYERS,
        columns={"orders": _one(nw.col("opens_day").fill_null(False))},
    ),
)

AMOUNTS: dict[str, Amount] = {amount.id: amount for amount in _ALL}
