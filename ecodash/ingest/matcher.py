"""Headers no format knows → a proposal: which canonical field each column answers, and what one row is."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache

import polars as pl

from ecodash.ingest.catalogue import FIELD_ORDER, SYNONYMS
from ecodash.ingest.headers import header_key, split_unit, without_number
from ecodash.ingest.period import has_dates

MONEY_FIELDS = frozenset(
    "unit_price list_price line_amount goods_amount order_amount paid_amount receivable_amount discount "
    "platform_discount shipping shipping_cost tax cost refund_amount total_spent stored_value spend conversion_value "
    "amount amount_in amount_out balance platform_fee affiliate_cost".split()
)
DATE_FIELDS = frozenset(
    "ordered_at paid_at shipped_at delivered_at completed_at cancelled_at date refunded_at refund_requested_at "
    "joined_at last_order_at txn_at".split()
)
MINIMUM_SHARE = 0.6
_WEAK_ORDER_ID = frozenset({"name", "reference", "order", "pedido", "commande"})
_SEPARATORS = re.compile(r"[\s_-]+")
_NUMBER = r"^[-+(]?[^\d\s]{0,4}\s?[-+]?\d[\d.,' ]*(?:e[-+]?\d+)?\s?(?:%|元|万|亿|\p{L}{1,3})?\)?-?$"
_PROVINCE = (
    r"^(?:北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|"
    r"贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门)(?:省|市|.{0,3}自治区|特别行政区)?$"
)
_LEAST_LATIN, _LEAST_HANZI = 4, 2

Entity = str
Found = Mapping[str, tuple[str, ...]]


@cache
def _synonyms(field: str) -> tuple[tuple[str, str], ...]:
    """Synonyms of a field as (key, compact key), best first."""
    keys = dict.fromkeys(header_key(word) for word in (field, *SYNONYMS.get(field, ())))
    return tuple((key, _compact(key)) for key in keys)


def _compact(key: str) -> str:
    return _SEPARATORS.sub("", key)


@lru_cache(maxsize=10_000)
def closeness(field: str, header: str) -> tuple[int, int] | None:
    """How well a header says a field, smaller is better; None when it does not.

    First number: 0 the very synonym, 1 without blanks or a unit, 2 the header contains the synonym. Second number:
    the place among the synonyms, or minus the length of the contained one (longer wins).
    """
    key = without_number(header_key(header))
    bare = split_unit(key)[0]
    for rank, options in ((0, {key}), (1, {_compact(key), _compact(bare)})):
        for place, (word, compact) in enumerate(_synonyms(field)):
            if (compact if rank else word) in options:
                return rank, place
    contained = [len(word) for word, _ in _synonyms(field) if _contains(key, word)]
    return (2, -max(contained)) if contained else None


def _contains(key: str, word: str) -> bool:
    if word.isascii():
        at = key.find(word) if len(word) >= _LEAST_LATIN else -1
        sides = (key[max(at - 1, 0) : at], key[at + len(word) : at + len(word) + 1])
        return at >= 0 and not any(side.isalnum() for side in sides)
    return len(word) >= _LEAST_HANZI and word in key


def propose(sample: pl.DataFrame) -> tuple[Entity | None, dict[str, tuple[str, ...]]]:
    """Entity and mapping for a frame of texts, columns named by header; (None, {}) when nothing fits.

    The entity is decided first, from the fields any column could answer; then the fields of that entity take
    columns in the catalogue's order, each column once, the closest first. A money field takes only a column of
    which at least 60 % of the values are numbers, a date field only one of dates.
    """
    possible = {field: found for field in SYNONYMS if (found := _candidates(field, sample))}
    entity = _entity(possible)
    if entity is None:
        return None, {}
    columns = _assign(FIELD_ORDER[entity], possible)
    return entity, columns | _province_from_address(columns, sample)


def _candidates(field: str, sample: pl.DataFrame) -> tuple[str, ...]:
    """Columns that can answer a field, closest first."""
    ranked = [(found, name) for name in sample.columns if (found := closeness(field, name)) is not None]
    return tuple(name for _, name in sorted(ranked, key=lambda pair: pair[0]) if fits(field, sample[name]))


def fits(field: str, values: pl.Series) -> bool:
    """Whether the values of a column can be those of a field; an empty column fits everything."""
    filled = values.drop_nulls().str.strip_chars()
    filled = filled.filter(filled != "")
    if filled.is_empty():
        return True
    if field in MONEY_FIELDS or field == "quantity":
        return number_share(filled) >= MINIMUM_SHARE
    if field in DATE_FIELDS:
        return has_dates(filled) >= MINIMUM_SHARE
    return True


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
    mine = closeness(field, name)
    others = [found for other in order if other != field and (found := closeness(other, name)) is not None]
    return mine is not None and any(found[0] < mine[0] for found in others)


def _province_from_address(columns: Found, sample: pl.DataFrame) -> dict[str, tuple[str, ...]]:
    """An address column that holds nothing but provinces is the province."""
    if "province" in columns:
        return {}
    for name in sample.columns:
        values = sample[name].drop_nulls().str.strip_chars()
        values = values.filter(values != "")
        share = values.str.contains(_PROVINCE).mean()
        if closeness("address", name) is not None and isinstance(share, float) and share >= MINIMUM_SHARE:
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
    ("order_lines", lambda has, order: order and has(*_GOODS) and has("quantity")),
    ("orders", lambda has, order: order and has("ordered_at", "paid_at", *_ORDER_MONEY)),
    ("ads_daily", lambda has, _: has("spend") and has("impressions", "clicks", "campaign")),
    ("inventory", lambda has, order: has(*_GOODS) and has("on_hand", "available") and not order),
    ("customers", lambda has, order: _is_customers(has) and not order),
    ("products", lambda has, order: has(*_GOODS) and has("unit_price", "list_price", "cost") and not has("date", "ordered_at") and not order),
    ("traffic_daily", lambda has, order: has("visitors", "visits", "page_views") and not order),
)  # fmt: skip


def _is_customers(has: Has) -> bool:
    person = has("customer_key", "member_id", "phone", "email", "customer_name")
    return person and has("joined_at", "member_level", "total_spent", "order_count")
