"""Stores and online, worked out by hand on shops of at most eight rows per table."""

import pytest

from ecodash.core.estimate import Status
from ecodash.core.schema import TABLES
from ecodash.metrics.indicators.channel_mix import CHANNEL_MIX
from ecodash.metrics.indicators.omni_value import OMNI_VALUE
from ecodash.metrics.indicators.omnichannel import OMNICHANNEL
from ecodash.metrics.indicators.pickup import PICKUP
from ecodash.metrics.indicators.points import POINTS
from ecodash.metrics.indicators.price_parity import PRICE_PARITY
from tests.metrics.indicators.small import Small, ask, line, sheet, sold

BY_ID = {m.id: m for m in (*OMNICHANNEL, *CHANNEL_MIX, *OMNI_VALUE, *PICKUP, *POINTS, *PRICE_PARITY)}

CHANNELS = sheet("channel_id kind", ("web", "web"), ("shop", "store"), ("app", "app"))
SHOP = Small(
    {
        "channels": CHANNELS,
        "orders": sold(
            "channel_id fulfilment store_id ship_city",
            ("1", "a", "2026-01-01 10:00", 10, "web", "delivery", None, "杭州市"),
            ("2", "a", "2026-01-03 10:00", 20, "shop", "instore", "S1", None),
            ("3", "a", "2026-01-05 10:00", 30, "web", "pickup", None, "杭州"),
            ("4", "b", "2026-01-01 10:00", 10, "web", "delivery", None, None),
            ("5", "b", "2026-01-04 10:00", 10, "web", "instant", "S1", None),
            ("6", None, "2026-01-02 10:00", 40, "shop", "instore", "S1", None),
            ("7", "e", "2026-01-01 10:00", 10, "web", "delivery", None, None),
            ("8", "e", "2026-01-06 10:00", 20, "app", "delivery", None, None),
        ),
        "order_items": line(
            ("1", "x", 1, 10, 12), ("2", "x", 4, 20, 12), ("4", "y", 1, 10, 12), ("6", "y", 4, 40, 12),
            ("5", "x", 1, 10, 12), more="list_price",
        ),
        "customers": sheet("customer_id city", ("a", "杭州"), ("b", "上海市"), ("e", "上海市")),
        "locations": sheet("location_id kind city", ("S1", "store", "杭州市"), ("W", "warehouse", "上海市")),
        "inventory": sheet("snapshot_date location_id sku_id on_hand_qty", ("2026-01-03", "S1", "x", 5), ("2026-01-03", "W", "y", 5)),
        "reviews": sheet(
            "review_id order_id rating reviewed_at",
            ("1", "1", 5, "2026-01-03 10:00"), ("2", "4", 4, "2026-01-03 10:00"), ("3", "2", 3, "2026-01-05 10:00"), ("4", "8", 5, "2026-01-06 10:00"),
        ),
        "points_ledger": sheet(
            "customer_id at channel_id points",
            ("a", "2026-01-01 10:00", "web", 100), ("a", "2026-01-02 10:00", "shop", 50), ("a", "2026-01-03 10:00", "shop", -120), ("b", "2026-01-03 10:00", "web", -30),
        ),
        "shipments": sheet(
            "shipment_id order_id shipped_at delivered_at",
            ("p1", "1", "2026-01-02 10:00", "2026-01-03 10:00"), ("p3", "3", "2026-01-05 12:00", "2026-01-05 14:00"),
        ),
    }
)  # fmt: skip
VOUCHERS = Small(
    {
        "orders": sold(
            "order_type completed_at",
            ("1", "a", "2025-10-01 10:00", 9, "voucher", "2025-12-01 10:00"),
            ("2", "b", "2025-10-01 10:00", 9, "voucher", None),
            ("3", "c", "2026-01-01 10:00", 9, "voucher", None),
            ("4", "d", "2026-01-05 10:00", 9, "normal", None),
        )
    }
)
TWICE = Small(
    {
        "channels": CHANNELS,
        "orders": sold(
            "channel_id",
            ("1", "a", "2026-01-01", 10, "web"), ("2", "a", "2026-01-02", 20, "shop"), ("3", "b", "2026-01-01", 20, "web"), ("4", "b", "2026-01-02", 30, "app"),
            ("5", "c", "2026-01-01", 10, "web"), ("6", "c", "2026-01-02", 10, "web"), ("7", "d", "2026-01-01", 5, "web"), ("8", "d", "2026-01-02", 15, "web"),
        ),
    }
)  # fmt: skip

CASES = [
    ("omni_buyer_share", None, SHOP, 2 / 3),  # a and e of a, b, e
    ("omni_buyer_share", "store_and_online", SHOP, 1 / 3),  # only a
    ("pickup_share", None, SHOP, 1 / 6),
    ("store_to_online_share", None, SHOP, 1 / 6),  # order 3, two days after order 2
    ("id_link_rate", None, SHOP, 1 / 2),
    ("store_stock_visibility", None, SHOP, 1 / 2),  # x of x, y
    ("o2o_order_share", None, SHOP, 4 / 8),
    ("cross_scene_buyer_share", None, SHOP, 1 / 3),
    ("voucher_redemption_rate", None, VOUCHERS, 1 / 2),  # the third is too young
    ("local_buyer_share", None, SHOP, 1 / 2),  # order 2 from Hangzhou, order 5 from Shanghai
    ("channel_hhi", None, SHOP, (70**2 + 60**2 + 20**2) / 150**2),
    ("channel_rating_gap", None, SHOP, 2),  # app 5, web 4.5, store 3
    ("price_parity_gap", None, SHOP, 6 / 11),  # x: 10 online, 5 in store, 6 units; y: the same, 5 units
    ("price_parity_gap", "list_price", SHOP, 0),
    ("points_cross_use_share", None, SHOP, 100 / 120),  # 100 of web, then 20 of the store
    ("pickup_time_saving", None, SHOP, 48 - 4),
    ("omni_value_ratio", None, TWICE, 40 / 20),
]


@pytest.mark.parametrize(("name", "definition", "here", "expected"), CASES)
def test_by_hand(name: str, definition: str | None, here: Small, expected: float) -> None:
    [estimate] = ask(here, BY_ID[name], definition)
    assert (estimate.value, estimate.status) == (pytest.approx(expected), Status.OK)


def test_every_indicator_is_worked_out() -> None:
    assert {name for name, *_ in CASES} == set(BY_ID)


@pytest.mark.parametrize(("name", "table"), [(m.id, t) for m in BY_ID.values() for t, _ in m.requires])
def test_without_a_table_it_needs_an_indicator_is_missing_and_names_it(name: str, table: str) -> None:
    here = next(case[2] for case in CASES if case[0] == name)
    [estimate] = ask(here.without(table), BY_ID[name])
    assert (estimate.value, estimate.status) == (None, Status.MISSING)
    assert estimate.reason is not None
    assert TABLES[table].label.zh in estimate.reason.zh


def test_a_use_of_points_never_earned_in_the_data_is_left_out() -> None:
    [estimate] = ask(SHOP, BY_ID["points_cross_use_share"])
    assert estimate.n == 2  # the two parts of the one use of customer a


def test_splits() -> None:
    by = {e.by["channel"]: e.value for e in ask(SHOP, BY_ID["pickup_share"], by="channel")}
    assert by == {"web": 0.2, "app": 0}
