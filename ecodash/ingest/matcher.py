"""Headers no format knows → a proposal: which canonical field each column answers, and what one row is."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

import polars as pl

from ecodash.ingest.catalogue import FIELD_ORDER, SYNONYMS
from ecodash.ingest.header_words import CONTAINED, said
from ecodash.ingest.headers import header_key
from ecodash.ingest.period import has_dates

MONEY_FIELDS = frozenset(
    [
        "unit_price",
        "list_price",
        "line_amount",
        "goods_amount",
        "order_amount",
        "paid_amount",
        "receivable_amount",
        "discount",
        "platform_discount",
        "shipping",
        "shipping_cost",
        "tax",
        "cost",
        "refund_amount",
        "total_spent",
        "stored_value",
        "spend",
        "conversion_value",
        "amount",
        "amount_in",
        "amount_out",
        "balance",
        "platform_fee",
        "affiliate_cost",
    ]
)
DATE_FIELDS = frozenset(
    [
        "ordered_at",
        "paid_at",
        "shipped_at",
        "delivered_at",
        "completed_at",
        "cancelled_at",
        "date",
        "refunded_at",
        "refund_requested_at",
        "joined_at",
        "last_order_at",
        "txn_at",
    ]
)
MINIMUM_SHARE = 0.6
_DISTINCT_FIELDS = frozenset({"line_id", "refund_id"})
_WEAK_ORDER_ID = frozenset({"name", "reference", "order", "pedido", "commande"})
_SIGN = r"(?:[^\w\s]|us|nt|hk|au ?|c ?|r|rp|rs|eur|usd|gbp|cny|rmb|brl|ars|idr)"
_NUMBER = rf"^[-+(]?{_SIGN}{{0,3}}\s?[-+]?\d[\d.,' ]*(?:e[-+]?\d+)?\s?(?:%|元|万|亿|k|m|{_SIGN}{{1,2}})?\)?-?$"
_PLANNED = re.compile(r"schedul|plan|estimat|expect|latest|due|limit|deadline|预计|预约|承诺|最晚", re.IGNORECASE)
_PROVINCE = (
    r"^(?:北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|"
    r"贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门)(?:省|市|.{0,3}自治区|特别行政区)?$"
)

Entity = str
Found = Mapping[str, tuple[str, ...]]


class _Column:
    """The values of one column, asked only what is needed and only once."""

    def __init__(self, values: pl.Series) -> None:
        self._values = values

    @cached_property
    def _filled(self) -> pl.Series:
        stripped = self._values.drop_nulls().str.strip_chars()
        return stripped.filter(stripped != "")

    @cached_property
    def numbers(self) -> float:
        return number_share(self._filled)

    @cached_property
    def dates(self) -> float:
        return has_dates(self._filled)

    @cached_property
    def distinct(self) -> float:
        return self._filled.n_unique() / len(self._filled)

    def fits(self, field: str) -> bool:
        """Whether the values can be those of a field; an empty column fits everything."""
        if field in MONEY_FIELDS or field == "quantity":
            return self._filled.is_empty() or self.numbers >= MINIMUM_SHARE
        if field in DATE_FIELDS:
            return self._filled.is_empty() or self.dates >= MINIMUM_SHARE
        return field not in _DISTINCT_FIELDS or self._filled.is_empty() or self.distinct >= MINIMUM_SHARE


def propose(sample: pl.DataFrame) -> tuple[Entity | None, dict[str, tuple[str, ...]]]:
    """Entity and mapping for a frame of texts, columns named by header; (None, {}) when nothing fits.

    The entity is decided first, from the fields any column could answer; then the fields of that entity take
    columns in the catalogue's order, each column once, the closest first. A money field takes only a column of
    which at least 60 % of the values are numbers, a date field only one of dates, a line id one of distinct values.
    """
    columns = {name: _Column(sample[name]) for name in sample.columns}
    possible = {field: found for field in SYNONYMS if (found := _candidates(field, columns))}
    entity = _entity(possible)
    if entity is None:
        return None, {}
    taken = _assign(FIELD_ORDER[entity], possible)
    return entity, taken | _province_from_address(taken, sample)


def _candidates(field: str, columns: Mapping[str, _Column]) -> tuple[str, ...]:
    """Columns that can answer a field, closest first. A planned time is no time at which something happened."""
    ranked = [(found, name) for name in columns if (found := said(name).get(field)) is not None]
    happened = [
        (found, name)
        for found, name in ranked
        if found[0] < CONTAINED or not (field.endswith("_at") and _PLANNED.search(name))
    ]
    return tuple(name for _, name in sorted(happened, key=lambda pair: pair[0]) if columns[name].fits(field))


def number_share(values: pl.Series) -> float:
    """Share of non-blank texts that are written as a number, 0 … 1."""
    shares = values.str.to_lowercase().str.contains(_NUMBER).mean()
    return float(shares) if isinstance(shares, float) else 0.0


def _assign(order: Sequence[str], possible: Found) -> dict[str, tuple[str, ...]]:
    """Fields take columns in order; a later field that says the column better keeps it."""
    columns: dict[str, tuple[str, ...]] = {}
    used: set[str] = set()
    for field in order:
        free = [name for name in possible.get(field, ()) if name not in used]
        own = [name for name in free if not _better_elsewhere(name, field, order)]
        if own:
            columns[field] = (own[0],)
            used.add(own[0])
    return columns


def _better_elsewhere(name: str, field: str, order: Sequence[str]) -> bool:
    found = said(name)
    return any(found[other][0] < found[field][0] for other in order if other in found)


def _province_from_address(columns: Found, sample: pl.DataFrame) -> dict[str, tuple[str, ...]]:
    """An address column that holds nothing but provinces is the province."""
    if "province" in columns:
        return {}
    for name in sample.columns:
        values = sample[name].drop_nulls().str.strip_chars()
        values = values.filter(values != "")
        share = values.str.contains(_PROVINCE).mean()
        if "address" in said(name) and isinstance(share, float) and share >= MINIMUM_SHARE:
            return {"province": (name,)}
    return {}


def _entity(found: Found) -> Entity | None:
    """The first entity whose rule holds for the fields at hand."""

    def has(*fields: str) -> bool:
        return any(field in found for field in fields)

    return next((entity for entity, rule in _RULES if rule(has, _has_order_id(found))), None)


def _has_order_id(found: Found) -> bool:
    """An order number, or a weak word for one (Name, Reference) with something sold beside it."""
    names = {header_key(name) for name in found.get("order_id", ())}
    weak = names <= _WEAK_ORDER_ID
    return bool(names) and (not weak or "ordered_at" in found or "quantity" in found)


Has = Callable[..., bool]
_GOODS = ("sku", "product_id", "product_name")
_ORDER_MONEY = ("paid_amount", "order_amount", "line_amount")

_RULES: tuple[tuple[Entity, Callable[[Has, bool], bool]], ...] = (
    ("settlement", lambda has, _: (has("amount_in") and has("amount_out")) or (has("txn_type") and has("balance"))),
    ("refunds", lambda has, order: has("refund_id") and not (order and has("quantity", "paid_amount", "order_amount"))),
    ("refunds", lambda has, _: has("refund_reason") and has("refund_amount") and not has("quantity", *_ORDER_MONEY)),
    ("shipments", lambda has, _: has("tracking_no") and has("shipped_at") and not has(*_ORDER_MONEY)),
    ("order_lines", lambda has, order: order and has(*_GOODS) and has("quantity", "unit_price", "line_amount")),
    ("orders", lambda has, order: order and has("ordered_at", "paid_at", *_ORDER_MONEY)),
    ("ads_daily", lambda has, _: has("spend") and has("impressions", "clicks", "campaign")),
    ("inventory", lambda has, order: has(*_GOODS) and has("on_hand", "available") and not order),
    ("customers", lambda has, order: _is_customers(has) and not order),
    ("products", lambda has, order: has(*_GOODS) and has("unit_price", "list_price", "cost") and not has("date", "ordered_at") and not order),
    ("traffic_daily", lambda has, order: has("visitors", "visits", "page_views") and not order),
    ("shop_daily", lambda has, order: has("date") and has("paid_amount", "orders", "buyers") and not order),
)  # fmt: skip


def _is_customers(has: Has) -> bool:
    person = has("customer_key", "member_id", "phone", "email", "customer_name")
    return person and has("joined_at", "member_level", "total_spent", "order_count", "person_id")


def entity_of(columns: Mapping[str, tuple[str, ...]]) -> Entity | None:
    """What one row is when a file answers these fields; None when no rule holds."""
    return _entity(columns)
