"""The sales policy and the history of customers once more, as slow plain Python loops over rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from ecodash.core.settings import SalesPolicy, Settings
from tests.facts.canonical import Row, Rows
from tests.facts.shops import day_of

ZERO = Decimal(0)
GRAIN = Decimal("0.0001")


@dataclass
class Document:
    """What is expected of one order document; amounts in base currency units."""

    order_id: str
    customer_id: str | None
    channel_id: str | None
    at: datetime | None
    kind: str = ""
    fx_missing: bool = False
    paid: Decimal = ZERO
    base: Decimal = ZERO
    refund: Decimal = ZERO
    net: Decimal = ZERO
    units: Decimal = ZERO
    lines: int = 0

    @property
    def day(self) -> int | None:
        return None if self.at is None else day_of(self.at)

    @property
    def is_sale(self) -> bool:
        return self.kind == "sale"


def number(value: object) -> Decimal:
    """A cell as a number, 0 when empty."""
    return ZERO if value is None else Decimal(str(value))


def product(price: object, qty: object) -> Decimal | None:
    """Price × quantity, None when one of them is missing."""
    if price is None or qty is None:
        return None
    return (number(price) * number(qty)).quantize(GRAIN, rounding=ROUND_HALF_UP)


def first(*values: object) -> Decimal | None:
    """The first value that is there."""
    return next((number(value) for value in values if value is not None), None)


def documents(rows: Rows, settings: Settings) -> list[Document]:
    """One document per order row, judged and booked."""
    return [_document(order, rows, settings) for order in rows.get("orders", ())]


def _document(order: Row, rows: Rows, settings: Settings) -> Document:
    policy = settings.policy
    items = [row for row in rows.get("order_items", ()) if row["order_id"] == order["order_id"]]
    sums = _sums(items, policy)
    moment = _moment(order, policy)
    made = Document(str(order["order_id"]), _text(order, "customer_id"), _text(order, "channel_id"), moment)
    rate = _rate(order, moment, rows, settings)
    made.fx_missing = rate is None
    value, lines_back = _value(order, sums)
    made.kind = _kind(order, value, sums, made.day, policy)
    if made.kind in ("credit", "adjustment"):
        booked = _converted(value, rate)
        made.refund = abs(booked) if made.kind == "credit" else ZERO
        made.net = -made.refund if made.kind == "credit" else booked if policy.include_adjustments else ZERO
    if made.is_sale:
        returns = [row for row in rows.get("returns", ()) if row["order_id"] == order["order_id"]]
        _book_sale(made, Reading(order, returns, sums, rate, value, lines_back), policy)
    return made


@dataclass
class Reading:
    """What the loop has read of one order so far."""

    order: Row
    returns: list[Row]
    sums: Mapping[str, Decimal]
    rate: Decimal | None
    value: Decimal
    lines_back: Decimal


def _book_sale(made: Document, read: Reading, policy: SalesPolicy) -> None:
    order, sums, rate, value = read.order, read.sums, read.rate, read.value
    made.paid = _converted(value, rate)
    made.units, made.lines = sums["units"], int(sums["count"])
    shipping, tax = (_converted(number(order.get(name)), rate) for name in ("shipping_amount", "tax_amount"))
    gift = _converted(first(order.get("gift_card_amount"), sums["gift"]) or ZERO, rate)
    stated = order.get("paid_amount") is not None
    made.base = made.paid
    for part, included in ((shipping, policy.include_shipping), (tax, policy.include_tax)):
        if stated and not included:
            made.base -= part
        if not stated and included:
            made.base += part
    if not policy.include_gift_cards:
        made.base -= gift
    made.base = max(made.base, ZERO)
    back = sum((number(r.get("refund_amount")) for r in read.returns if r.get("accepted") is not False), ZERO)
    known = _converted(max(number(order.get("refund_amount")), back, sums["refund"], read.lines_back), rate)
    closed = order.get("status") == "refunded" or (order.get("status") == "cancelled" and order.get("paid_at"))
    made.refund = made.paid if closed and known == 0 else min(known, made.paid)
    made.net = max(made.base - made.refund, ZERO)


def _sums(items: Sequence[Row], policy: SalesPolicy) -> dict[str, Decimal]:
    total = dict.fromkeys(("some", "count", "priced", "paid", "units", "gift", "refund", "back", "total"), ZERO)
    for line in items:
        qty, gift = line.get("qty"), bool(line.get("is_gift_card"))
        prices = (product(line.get("unit_price"), qty), product(line.get("list_price"), qty))
        amount = first(line.get("paid_amount"), line.get("gross_amount"), *prices)
        enough = amount is None or amount > 0 or (amount == 0 and policy.include_zero_amount)
        sold = (qty is None or number(qty) > 0) and enough
        goods = sold and (policy.include_gift_cards or not gift)
        total["some"] += 1
        total["count"] += goods
        total["priced"] += sold and amount is not None
        total["paid"] += number(amount) if sold else 0
        total["units"] += number(qty) if goods else 0
        total["gift"] += number(amount) if sold and gift else 0
        total["refund"] += number(line.get("refund_amount"))
        total["back"] += abs(number(amount)) if number(qty) < 0 or number(amount) < 0 else 0
        total["total"] += number(amount)
    return total


def _value(order: Row, sums: Mapping[str, Decimal]) -> tuple[Decimal, Decimal]:
    """Value of the document, and what its return lines take back."""
    stated = order.get("paid_amount")
    fallback = first(stated, order.get("order_amount"), order.get("goods_amount")) or ZERO
    if order.get("document") in ("credit", "adjustment"):
        return (sums["total"] if stated is None and sums["some"] else fallback), ZERO
    netted = stated is not None and number(stated) == sums["total"] and sums["back"] > 0 and sums["paid"] > 0
    if netted or (stated is None and sums["priced"]):
        return sums["paid"], sums["back"]
    if stated is None and sums["back"] > 0:
        return sums["total"], ZERO
    return fallback, ZERO


def _kind(order: Row, value: Decimal, sums: Mapping[str, Decimal], day: int | None, policy: SalesPolicy) -> str:
    status, paid_at, document = order.get("status"), order.get("paid_at"), order.get("document") or "sale"
    if order.get("is_test") and not policy.include_test_orders:
        return "test"
    if day is None:
        return "undated"
    if document in {"adjustment", "credit"} or value < 0:
        return "adjustment" if document == "adjustment" else "credit"
    if status == "cancelled" and paid_at is None:
        return "cancelled"
    if paid_at is None and status not in {"paid", "shipped", "completed", "refunded"}:
        told = status or order.get("source_status")
        if told is not None:
            return {"cancelled": "cancelled", None: "unknown"}.get(status, "unpaid")
    stated = first(order.get("paid_amount"), order.get("order_amount"), order.get("goods_amount"))
    silent = stated is None and sums["priced"] == 0 and sums["back"] == 0
    free = (policy.include_zero_amount or silent) and value == 0 and (sums["some"] == 0 or sums["units"] > 0)
    return "sale" if value > 0 or free else "zero"


def _moment(order: Row, policy: SalesPolicy) -> datetime | None:
    pair = ("created_at", "paid_at") if policy.order_day == "created" else ("paid_at", "created_at")
    for name in pair:
        moment = order.get(name)
        if isinstance(moment, datetime):
            return moment
    return None


def _rate(order: Row, moment: datetime | None, rows: Rows, settings: Settings) -> Decimal | None:
    currency = order.get("currency")
    if currency is None or currency == settings.base_currency:
        return Decimal(1)
    offers = [row for row in rows.get("exchange_rates", ()) if row["currency"] == currency]
    usable = [row for row in offers if moment is not None and row["valid_from"] <= moment.date()]
    latest = max(usable, key=lambda row: row["valid_from"], default=None)
    return None if latest is None else Decimal(latest["rate"])


def _converted(amount: Decimal, rate: Decimal | None) -> Decimal:
    return ZERO if rate is None else (amount * rate).quantize(GRAIN, rounding=ROUND_HALF_UP)


def _text(row: Row, name: str) -> str | None:
    value = row.get(name)
    return None if value is None else str(value)


def purchases(made: Sequence[Document]) -> dict[str, list[Document]]:
    """Sales of each identified customer in order of time, then order id."""
    found: dict[str, list[Document]] = {}
    for document in made:
        if document.is_sale and document.customer_id is not None:
            found.setdefault(document.customer_id, []).append(document)
    for own in found.values():
        own.sort(key=lambda document: (document.at, document.order_id))
    return found
