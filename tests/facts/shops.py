"""Small random shops: canonical rows with everything that facts must survive."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from tests.facts.canonical import Row, Rows

START = datetime(2024, 1, 30)
CUSTOMERS = ("3fa0", "77b1", "c04e", "09ff")
CHANNELS = ("shop", "live", "group")
SKUS = ("a", "b", "c")

moments = st.integers(0, 60 * 24 * 40).map(lambda minutes: START + timedelta(minutes=minutes * 7))
days = st.integers(0, 60).map(lambda n: (START + timedelta(days=n)).date())
amounts = st.integers(0, 40_000).map(lambda n: Decimal(n) / 100)
signed = st.one_of(amounts, amounts.map(lambda amount: -amount))


def maybe(values: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    """The value or nothing."""
    return st.none() | values


orders = st.fixed_dictionaries(
    {
        "customer_id": maybe(st.sampled_from(CUSTOMERS)),
        "channel_id": maybe(st.sampled_from(CHANNELS)),
        "created_at": maybe(moments),
        "paid_at": maybe(moments),
        "status": maybe(st.sampled_from(("created", "paid", "shipped", "completed", "cancelled", "refunded"))),
        "source_status": maybe(st.just("?")),
        "paid_amount": maybe(signed),
        "order_amount": maybe(amounts),
        "goods_amount": maybe(amounts),
        "shipping_amount": maybe(amounts),
        "tax_amount": maybe(amounts),
        "gift_card_amount": maybe(amounts),
        "discount_amount": maybe(amounts),
        "refund_amount": maybe(amounts),
        "refunded_at": maybe(moments),
        "cancelled_at": maybe(moments),
        "document": maybe(st.sampled_from(("sale", "sale", "sale", "credit", "adjustment"))),
        "is_test": maybe(st.booleans()),
        "currency": maybe(st.sampled_from(("CNY", "USD", "EUR"))),
        "platform": maybe(st.sampled_from(("taobao", "shopify"))),
        "ship_province": maybe(st.sampled_from(("浙江", "广东"))),
        "coupon": maybe(st.just("C")),
    }
)
plain_orders = st.fixed_dictionaries(
    {
        "customer_id": maybe(st.sampled_from(CUSTOMERS[:2])),
        "channel_id": st.sampled_from(CHANNELS),
        "created_at": moments,
        "paid_amount": amounts,
        "shipping_amount": maybe(amounts),
        "refund_amount": maybe(amounts),
        "refunded_at": maybe(moments),
    }
)
lines = st.fixed_dictionaries(
    {
        "line_id": maybe(st.sampled_from(("1", "2"))),
        "sku_id": maybe(st.sampled_from(SKUS)),
        "qty": maybe(st.integers(-2, 5)),
        "list_price": maybe(amounts),
        "unit_price": maybe(amounts),
        "gross_amount": maybe(signed),
        "paid_amount": maybe(signed),
        "cost_amount": maybe(amounts),
        "refund_amount": maybe(amounts),
        "category_l1": maybe(st.sampled_from(("茶", "咖啡"))),
        "is_gift_card": maybe(st.booleans()),
    }
)
returns = st.fixed_dictionaries(
    {
        "line_id": maybe(st.sampled_from(("1", "2"))),
        "sku_id": maybe(st.sampled_from(SKUS)),
        "accepted": maybe(st.booleans()),
        "refunded_at": maybe(moments),
        "refund_amount": maybe(amounts),
    }
)
members = st.fixed_dictionaries(
    {
        "registered_at": maybe(days),
        "member_since": maybe(days),
        "is_member": maybe(st.booleans()),
        "private_joined_at": maybe(days),
        "private_left_at": maybe(days),
        "buyer_type": maybe(st.sampled_from(("person", "company"))),
    }
)


@st.composite
def shops(draw: st.DrawFn, *, order: st.SearchStrategy[Row] = orders, least: int = 0, most: int = 8) -> Rows:
    """Canonical rows of a shop with ``least`` to ``most`` orders of four people, and all that belongs to them."""
    rows: dict[str, list[Row]] = {"orders": [], "order_items": [], "returns": []}
    for number, head in enumerate(draw(st.lists(order, min_size=least, max_size=most))):
        order_id = f"o{number}"
        rows["orders"].append({"order_id": order_id, **head})
        for place, line in enumerate(draw(st.lists(lines, max_size=3))):
            rows["order_items"].append({"order_id": order_id, "line_key": f"k{place}", **line})
        for place, back in enumerate(draw(st.lists(returns, max_size=2))):
            rows["returns"].append({"order_id": order_id, "return_id": f"r{number}-{place}", **back})
    people = draw(st.dictionaries(st.sampled_from(CUSTOMERS), members, max_size=4))
    rows["customers"] = [{"customer_id": name, **member} for name, member in people.items()]
    rows["products"] = [
        {"sku_id": sku, "category_l1": draw(maybe(st.sampled_from(("酒", "茶")))), "unit_cost": draw(maybe(amounts))}
        for sku in draw(st.sets(st.sampled_from(SKUS)))
    ]
    rows["channels"] = [
        {"channel_id": channel, "domain": draw(maybe(st.sampled_from(("public", "private"))))}
        for channel in draw(st.sets(st.sampled_from(CHANNELS)))
    ]
    rates = draw(st.dictionaries(st.tuples(st.sampled_from(("USD", "EUR")), days), st.floats(0.1, 9), max_size=3))
    rows["exchange_rates"] = [
        {"currency": currency, "valid_from": day, "rate": rate} for (currency, day), rate in rates.items()
    ]
    rows["inventory"] = draw(
        st.lists(_stock(), max_size=3, unique_by=lambda row: (row["snapshot_date"], row["sku_id"]))
    )
    return rows


def _stock() -> st.SearchStrategy[Row]:
    return st.fixed_dictionaries(
        {
            "snapshot_date": days,
            "sku_id": st.sampled_from(SKUS),
            "on_hand_qty": st.integers(-3, 50),
            "reserved_qty": maybe(st.integers(0, 5)),
            "available_qty": maybe(st.integers(0, 50)),
            "unit_cost": maybe(amounts),
        }
    )


def day_of(moment: datetime | date) -> int:
    """Days since 1970-01-01, the way Python counts them."""
    return (date(moment.year, moment.month, moment.day) - date(1970, 1, 1)).days
