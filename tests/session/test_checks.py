"""Every check of data health: a shop in which the defect was planted is found, to the row and the cent; a clean one is not."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from ecodash.session import Session
from ecodash.session.checks import CHECKS, Ground
from ecodash.session.checks.traps import TRAPS
from ecodash.session.health import examine, findings, rows_of
from ecodash.session.places import sample_directory
from tests.metrics.shop import day, shop

Row = dict[str, object]
Rows = dict[str, list[Row]]
TODAY = date(2026, 6, 1)
LOADS = {
    "load_id": [1, 2],
    "file": ["orders.csv", "erp.csv"],
    "entity": ["orders", "orders"],
    "active": [True, True],
    "changed": [0, 0],
    "duplicates": [0, 0],
    "rejected": [0, 0],
    "zone": ["Asia/Shanghai", "Asia/Shanghai"],
}


def clean() -> Rows:
    """Forty days, one order of 100 each by one of ten buyers; stock, costs, members and one refund, all in order."""
    orders: list[Row] = [
        {
            "order_id": f"o{n}",
            "customer_id": f"c{n % 10}",
            "paid_at": f"{day(n)}T10:{n % 60:02}:07",
            "created_at": f"{day(n)}T10:{n % 60:02}:01",
            "status": "completed",
            "paid_amount": 100,
            "channel_id": "tb",
            "platform": "taobao",
            "ship_city": f"city {n % 7}",
        }
        for n in range(40)
    ]
    lines: list[Row] = [
        {"order_id": f"o{n}", "line_key": "1", "sku_id": f"s{n % 4}", "qty": 1, "unit_price": 100, "paid_amount": 100}
        for n in range(40)
    ]
    return {
        "orders": orders,
        "order_items": [line | {"product_name": f"毛巾 {line['sku_id']}"} for line in lines],
        "returns": [{"return_id": "r1", "order_id": "o3", "refund_amount": 20, "refunded_at": "2026-01-09T08:00:00"}],
        "customers": [{"customer_id": f"c{n}", "member_since": "2025-12-01", "is_member": True} for n in range(10)],
        "products": [{"sku_id": f"s{n}", "name": f"毛巾 {n}", "unit_cost": 40} for n in range(4)],
        "inventory": [
            {"snapshot_date": "2026-02-01", "location_id": "hz", "sku_id": f"s{n}", "on_hand_qty": 9} for n in range(4)
        ],
    }


def ground(rows: Rows, *, loads: dict[str, list[object]] | None = None, rejects: pl.DataFrame | None = None) -> Ground:
    return Ground(
        source=shop(rows),  # type: ignore[arg-type]
        loads=pl.DataFrame(LOADS | (loads or {})),
        rejects=lambda: pl.DataFrame() if rejects is None else rejects,
        today=TODAY,
    )


def more(**changes: list[Row]) -> Callable[[Rows], None]:
    """Rows added to tables."""

    def plant(rows: Rows) -> None:
        for table, added in changes.items():
            rows[table] = [*rows[table], *added] if table in rows else added

    return plant


def change(table: str, places: range, **values: object) -> Callable[[Rows], None]:
    """Cells of some rows changed."""

    def plant(rows: Rows) -> None:
        for place in places:
            rows[table][place] = rows[table][place] | values

    return plant


def order(order_id: str, **values: object) -> Row:
    usual: Row = {"customer_id": "c1", "paid_at": "2026-01-20T11:00:09", "status": "completed", "paid_amount": 30}
    return {"order_id": order_id, "channel_id": "tb", **usual, **values}


def line(order_id: str, key: str, **values: object) -> Row:
    return {"order_id": order_id, "line_key": key, "sku_id": "s1", "qty": 1, **values}


TOTALS = [line("x", str(n), paid_amount=90, unit_price=30, sku_id=f"s{n}") for n in range(3)]
BURST = [
    order(f"b{n}", customer_id=f"new{n}", ship_city="一城", paid_at=f"2026-01-20T23:2{n}:00", paid_amount=10 + n)
    for n in range(7)
]
PLANTED: list[tuple[str, Callable[[Rows], None], int, float | None]] = [
    # 3 lines of 90 each for an order of 90: 180 too much.
    ("repeated_total", more(orders=[order("x", paid_amount=90)], order_items=TOTALS), 1, 180.0),
    # The same where the order states nothing and the lines are worth 90 together.
    ("repeated_total", more(orders=[order("x", paid_amount=None)], order_items=TOTALS), 1, 180.0),
    ("filled_prices", change("order_items", range(24), unit_price="33.3333"), 24, 2400.0),
    ("unit_slip", change("order_items", range(1), paid_amount=10000), 1, 10000.0),
    ("no_amount", more(orders=[order("x", paid_amount=None)]), 1, None),
    ("missing_rate", more(orders=[order("x", currency="USD")]), 1, None),
    ("shipping_paid", change("orders", range(3), shipping_amount=8), 3, 24.0),
    ("tax_paid", change("orders", range(2), tax_amount=5), 2, 10.0),
    ("gift_cards_sold", change("orders", range(2), gift_card_amount=50), 2, 100.0),
    # 30 back, then all 100: 30 too much if added up.
    (
        "refund_double",
        more(
            returns=[
                {"return_id": "p", "order_id": "o5", "refund_amount": 30, "refunded_at": "2026-02-01T08:00"},
                {"return_id": "q", "order_id": "o5", "refund_amount": 100, "refunded_at": "2026-02-03T08:00"},
            ]
        ),
        1,
        30.0,
    ),
    ("refund_above_order", more(returns=[{"return_id": "p", "order_id": "o5", "refund_amount": 130}]), 1, 30.0),
    ("guest_refunds", more(orders=[order("x", customer_id=None, refund_amount=12)]), 1, 12.0),
    ("orphan_refunds", more(returns=[{"return_id": "p", "order_id": "nowhere", "refund_amount": 17}]), 1, 17.0),
    ("closed_after_payment", more(orders=[order("x", status="refunded", refund_amount=30)]), 1, 30.0),
    ("refund_assumed", more(orders=[order("x", status="cancelled")]), 1, 30.0),
    ("undated_orders", more(orders=[order("x", paid_at=None)]), 1, 30.0),
    (
        "unknown_status",
        more(orders=[order("x", status=None, source_status="???", paid_at=None, created_at="2026-01-20T11:00")]),
        1,
        30.0,
    ),
    ("test_orders", more(orders=[order("x", is_test=True)]), 1, 30.0),
    ("adjustment_orders", more(orders=[order("x", document="adjustment")]), 1, 30.0),
    ("zero_orders", more(orders=[order("x", paid_amount=0, order_amount=30)]), 1, 30.0),
    (
        "unpaid_orders",
        more(orders=[order("x", paid_at=None, created_at="2026-01-20T11:00", status="created")]),
        1,
        30.0,
    ),
    (
        "cancelled_orders",
        more(orders=[order("x", paid_at=None, created_at="2026-01-20T11:00", status="cancelled")]),
        1,
        30.0,
    ),
    ("suspected_tests", more(orders=[order("x", paid_amount="0.01")]), 1, 0.01),
    ("suspected_tests", change("order_items", range(1), product_name="测试商品勿拍"), 1, 100.0),
    # The order of o4 once more from the second file, under another id.
    (
        "twin_orders",
        more(
            orders=[order("erp-4", customer_id="c4", paid_at=f"{day(4)}T10:04:30", paid_amount=100, load_id=2)],
            order_items=[line("erp-4", "1", paid_amount=100, unit_price=100)],
        ),
        1,
        100.0,
    ),
    ("bursts", more(orders=BURST, order_items=[line(f"b{n}", "1", paid_amount=10 + n) for n in range(7)]), 7, 91.0),
    ("damaged_ids", more(orders=[order("2.02603E+17")]), 1, 30.0),
    ("future_orders", more(orders=[order("x", paid_at="2027-01-01T10:00:01")]), 1, 30.0),
    ("ancient_orders", more(orders=[order("x", paid_at="1970-01-01T10:00:01")]), 1, 30.0),
    ("anonymous_orders", more(orders=[order("x", customer_id=None)]), 1, 30.0),
    (
        "nameless_channels",
        more(
            orders=[order(f"p{n}", customer_id=None, channel_id="pdd", paid_at=f"{day(n)}T09:00:03") for n in range(25)]
        ),
        1,
        750.0,
    ),
    ("placeholder_buyer", change("orders", range(35), customer_id="散客"), 35, 3500.0),
    # c0 bought on day 0, 10, 20, 30; a member from day 15 on.
    ("late_members", change("customers", range(1), member_since=day(15)), 1, 200.0),
    ("undated_members", change("customers", range(1), member_since=None), 1, 400.0),
    ("cut_history", change("customers", range(1), order_count=9, total_spent=950), 1, 550.0),
    ("negative_stock", change("inventory", range(1), on_hand_qty=-3), 1, 120.0),
    ("negative_stock", change("inventory", range(1), reserved_qty=11), 1, 80.0),
    ("stock_outs", change("inventory", range(1), on_hand_qty=0), 1, None),
    ("no_cost", change("products", range(1), unit_cost=None), 1, 1000.0),
    ("unlisted_products", change("order_items", range(2), sku_id="??"), 1, 200.0),
    ("garbled_text", change("order_items", range(2), product_name="锟斤拷锟斤拷"), 2, 200.0),
    ("garbled_text", change("order_items", range(1), product_name="ÃÂ°×É«"), 1, 100.0),
    ("dates_only", change("orders", range(40), paid_at="2026-01-20T00:00:00"), 40, None),
    # Without days 15 to 24: at one order a day ten are missing, which may be chance; with a busier channel it is not.
    (
        "missing_days",
        more(
            orders=[
                order(f"m{n}.{k}", channel_id="jd", paid_at=f"{day(n)}T09:0{k}:03", paid_amount=20 + k)
                for n in range(40)
                for k in range(3)
                if not 15 <= n <= 24
            ]
        ),
        10,
        None,
    ),
]


@pytest.mark.parametrize(("code", "plant", "count", "money"), PLANTED)
def test_what_was_planted_is_found_to_the_cent(
    code: str, plant: Callable[[Rows], None], count: int, money: float | None
) -> None:
    rows = clean()
    plant(rows)
    planted = ground(rows)
    [found] = [one for one in examine(planted) if one.code == code]
    assert (found.count, found.money) == (count, money)
    behind = rows_of(code, planted)
    counted = found.check.counted
    assert (behind[counted].sum() if counted else behind.height) == count
    if money is not None:
        assert round(behind["money"].sum(), 4) == money


def test_a_clean_shop_has_no_findings() -> None:
    assert findings(ground(clean())) == []


def test_an_empty_workspace_has_nothing_to_check() -> None:
    assert examine(ground({})) == []


def test_every_check_has_a_planted_fixture() -> None:
    elsewhere = {"rejected_rows", "duplicate_keys", "other_zones", "contradictions"}
    assert {code for code, *_ in PLANTED} | elsewhere == {check.code for check in CHECKS}


def test_a_large_customer_of_a_large_shop_is_no_placeholder() -> None:
    rows = clean()
    rows["orders"] = [row | {"customer_id": f"c{n}"} for n, row in enumerate(rows["orders"])]
    assert not [one for one in findings(ground(rows)) if one.code == "placeholder_buyer"]


def test_equal_lines_of_a_bundle_are_no_repeated_total() -> None:
    rows = clean()
    bundle = [line("x", str(n), paid_amount=33, unit_price=40, sku_id=f"s{n}") for n in range(3)]
    more(orders=[order("x", paid_amount=99)], order_items=bundle)(rows)
    assert not [one for one in findings(ground(rows)) if one.code == "repeated_total"]


def test_a_quiet_channel_is_not_missing_days() -> None:
    rows = clean()
    more(orders=[order(f"q{n}", channel_id="quiet", paid_at=f"{day(n * 9)}T09:00:03") for n in range(5)])(rows)
    assert not [one for one in findings(ground(rows)) if one.code == "missing_days"]


def test_files_that_refused_or_repeated_rows_are_found() -> None:
    rejects = pl.DataFrame(
        {"file": ["a", "a"], "row_no": [3, 4], "column": ["x", "y"], "raw": ["?", "!"], "whole_row": [True, False]}
    )
    found = {
        one.code: one.count
        for one in findings(ground(clean(), loads={"duplicates": [2, 1], "rejected": [1, 0]}, rejects=rejects))
    }
    assert found == {"rejected_rows": 1, "duplicate_keys": 3}


def test_orders_near_midnight_of_a_file_in_another_zone_are_found() -> None:
    rows = clean()
    # 07:30 in Shanghai is 23:30 of the day before in London (winter: 8 hours; on 1 June 7).
    more(
        orders=[
            order("x", paid_at="2026-01-20T06:30:00", load_id=2),
            order("y", paid_at="2026-01-20T07:30:00", load_id=2),
        ]
    )(rows)
    other = ground(rows, loads={"zone": ["Asia/Shanghai", "Europe/London"]})
    found = {one.code: (one.count, one.money) for one in findings(other)}
    assert found == {"other_zones": (1, 30.0)}
    assert rows_of("other_zones", other)["file"].to_list() == ["erp.csv"]


HEADER = "order_id,platform,customer_id,channel_id,created_at,paid_at,status,paid_amount,currency\n"


def exported(folder: Path, name: str, amounts: list[int]) -> Path:
    lines = [
        f"A{n},shop,c{n},shop,2026-03-01 10:0{n}:00,2026-03-01 10:0{n}:05,completed,{a},CNY"
        for n, a in enumerate(amounts)
    ]
    path = folder / name
    path.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_later_file_that_states_another_payment_is_found(tmp_path: Path) -> None:
    with Session.open(tmp_path / "w") as session:
        for name, amounts in (("a.csv", [10, 20, 30]), ("b.csv", [10, 25, 30, 40])):
            for card in session.inspect(exported(tmp_path, name, amounts)):
                session.load(card)
        [found] = [one for one in session.check() if one.code == "contradictions"]
        assert (found.count, found.money) == (1, 5.0)
        assert rows_of("contradictions", session.ground()).select("order_id", "earlier", "amount", "file").rows() == [
            ("A1", 20.0, 25.0, "b.csv")
        ]


def test_every_check_runs_on_a_real_workspace(tmp_path: Path) -> None:
    with Session.open(tmp_path / "w") as session:
        for name in ("youzan_orders.csv", "jd_orders.csv", "products.csv"):
            for card in session.inspect(sample_directory() / name):
                session.load(card)
        given = session.ground()
        examined = examine(given)
        assert {one.code for one in examined} >= {check.code for check in CHECKS if set(check.needs) <= {"orders"}}
        for one in examined:
            rows = rows_of(one.code, given, limit=50)
            assert rows.height <= 50
            assert (rows.height > 0) == (one.count > 0)


def test_all_26_traps_are_checked_or_said_to_be_impossible() -> None:
    assert [trap.code for trap in TRAPS] == [f"T{n}" for n in range(1, 27)]
    assert [trap.code for trap in TRAPS if bool(trap.checks) == bool(trap.prevented)] == []
