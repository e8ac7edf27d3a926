"""From one number called sales to the next, step by step: each step is a sum over the same rows, so they add up exactly."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import narwhals as nw

from ecodash.core.decimals import SCALE
from ecodash.core.errors import MissingData
from ecodash.core.text import Text
from ecodash.metrics import caveats
from ecodash.metrics.collect import collected, named, total
from ecodash.metrics.query import Query
from ecodash.metrics.registry import find
from ecodash.metrics.scope import Scope, rows_of, scope, supports
from ecodash.metrics.source import Source

MONEY = ("placed", "paid", "gross", "discount", "shipping", "tax", "gift_cards", "base", "net")
NEVER_PAID = {
    "unpaid": Text("未付款的订单", "orders never paid"),
    "cancelled": Text("付款前关闭的订单", "orders closed before payment"),
    "unknown": Text("状态无法识别的订单", "orders of unreadable status"),
    "zero": Text("没有付钱的订单", "orders for which nothing was paid"),
}
REST = Text("其他（四舍五入、文件另有所说的金额）", "rest (rounding, amounts the files state otherwise)")


@dataclass(frozen=True, kw_only=True)
class BridgeStep:
    """One row: a ``level`` that the rows before come to, or what is added; ``amount`` in ten-thousandths of the currency."""

    name: Text
    amount: int
    level: bool = False

    @property
    def value(self) -> float:
        """The amount in the currency."""
        return self.amount / SCALE


def sales_bridge(source: Source, query: Query) -> tuple[BridgeStep, ...]:
    """Ordered → paid → net with refunds on the order's day → net with refunds on their own day.

    Raises MissingData without orders, and where a filter is about order lines.
    """
    here = _scope(source, query)
    sums = _sums(here)
    return _shown([*_to_paid(sums), *_to_net(sums, here), *_redated(sums, here)])


def price_bridge(source: Source, query: Query) -> tuple[BridgeStep, ...]:
    """Goods before discounts → what was paid for them, shipping and tax included. Raises as ``sales_bridge``."""
    sums = _sums(_scope(source, query))
    paid, gross = _all(sums, "paid"), _all(sums, "gross")
    discount, shipping, tax = (_all(sums, name) for name in ("discount", "shipping", "tax"))
    return _shown(
        [
            BridgeStep(name=find("gross_sales").name, amount=gross, level=True),
            BridgeStep(name=find("discount_amount").name, amount=-discount),
            BridgeStep(name=Text("买家付的运费", "shipping charged"), amount=shipping),
            BridgeStep(name=Text("税", "tax"), amount=tax),
            BridgeStep(name=REST, amount=paid - (gross - discount + shipping + tax)),
            BridgeStep(name=find("paid_amount").name, amount=paid, level=True),
        ]
    )


def _scope(source: Source, query: Query) -> Scope:
    span = source.data_end(as_of=query.as_of)
    if span is None:
        raise MissingData(caveats.no_orders())
    here = scope(source, replace(query, by=None), span)
    wrong = next((dim for dim in here.dimensions if not supports("orders", dim)), None)
    if wrong is not None:
        raise MissingData(caveats.no_split(find("net_sales"), wrong))
    return here


def _shown(steps: Iterable[BridgeStep]) -> tuple[BridgeStep, ...]:
    """Without the steps that add nothing."""
    return tuple(step for step in steps if step.level or step.amount)


Sums = Mapping[str, Mapping[str, int]]


def _sums(here: Scope) -> Sums:
    """Sums of every amount per kind of document."""
    rows = rows_of(here, "orders", (), keep=named("kind", *MONEY))
    found = collected(rows.group_by("kind").agg(**{name: total(name) for name in MONEY}))
    return {str(row.pop("kind")): {name: int(value or 0) for name, value in row.items()} for row in found.to_dicts()}


def _all(sums: Sums, name: str) -> int:
    return sum(of_kind[name] for of_kind in sums.values())


def _of(sums: Sums, kind: str, name: str) -> int:
    return sums.get(kind, {}).get(name, 0)


def _to_paid(sums: Sums) -> list[BridgeStep]:
    ordered, paid = _all(sums, "placed"), _all(sums, "paid")
    never = [BridgeStep(name=words, amount=-_of(sums, kind, "placed")) for kind, words in NEVER_PAID.items()]
    changed = paid - ordered - sum(step.amount for step in never)
    return [
        BridgeStep(name=find("gmv").name, amount=ordered, level=True),
        *never,
        BridgeStep(name=Text("下单后改价或未付清", "price changed or not paid in full after ordering"), amount=changed),
        BridgeStep(name=find("paid_amount").name, amount=paid, level=True),
    ]


def _to_net(sums: Sums, here: Scope) -> list[BridgeStep]:
    policy, net = here.source.settings.policy, _all(sums, "net")
    left_out = {
        "shipping": (Text("口径不计的运费", "shipping the policy leaves out"), policy.include_shipping),
        "tax": (Text("口径不计的税", "tax the policy leaves out"), policy.include_tax),
        "gift_cards": (Text("口径不计的礼品卡", "gift cards the policy leaves out"), policy.include_gift_cards),
    }
    parts = [
        BridgeStep(name=words, amount=0 if counted else -_all(sums, name))
        for name, (words, counted) in left_out.items()
    ]
    sold, kept = _of(sums, "sale", "base"), _of(sums, "sale", "net")
    rest = sold - _all(sums, "paid") - sum(part.amount for part in parts)
    credit = _of(sums, "credit", "net")
    name = Text("净销售额（退款记在订单日）", "Net sales, refunds on the order's day")
    return [
        *parts,
        BridgeStep(name=REST, amount=rest),
        BridgeStep(name=Text("这些订单的退款", "refunds of these orders"), amount=kept - sold),
        BridgeStep(name=Text("红字单", "credits"), amount=credit),
        BridgeStep(name=Text("调整单", "adjustments"), amount=net - kept - credit),
        BridgeStep(name=name, amount=net, level=True),
    ]


def _redated(sums: Sums, here: Scope) -> list[BridgeStep]:
    """The same with refunds on the day the money went back, whenever the order was."""
    rows = rows_of(here, "refunds", (), keep=named("net_refund"))
    booked = int(collected(rows.select(booked=nw.col("net_refund").sum())).item() or 0)
    back = _of(sums, "sale", "base") - _of(sums, "sale", "net") - _of(sums, "credit", "net")
    return [
        BridgeStep(name=Text("这些订单的退款先加回", "refunds of these orders put back"), amount=back),
        BridgeStep(name=Text("这些天里退出去的钱", "money given back in these days"), amount=-booked),
        BridgeStep(
            name=Text("净销售额（退款记在退款日）", "Net sales, refunds on their own day"),
            amount=_all(sums, "net") + back - booked,
            level=True,
        ),
    ]
