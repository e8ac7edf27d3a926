"""What sales can be split by, on both engines, and that the groups add up to the whole."""

import pytest

from ecodash.core.estimate import Status
from ecodash.metrics.query import Query
from tests.metrics.shop import Shop, day, shop

SALES = ("net_sales", "paid_amount", "units")
OF_ORDERS = (
    "channel", "domain", "province", "region", "city", "store", "platform", "new_returning", "member", "weekday", "hour",
)  # fmt: skip
OF_LINES = ("category", "product", "sku")
PROVINCES = ("浙江省", "浙江", "北京市", "内蒙古自治区", "California", None)


def small(engine: str) -> Shop:
    orders = [
        {"order_id": str(i), "customer_id": f"c{i % 3}", "created_at": f"{day(i)}T{9 + i:02}:00:00",
         "paid_at": f"{day(i)}T{9 + i:02}:00:00", "status": "completed", "paid_amount": 10 + i, "order_amount": 10 + i,
         "platform": "taobao", "channel_id": "taobao", "ship_province": province, "ship_city": "x", "store_id": "s"}
        for i, province in enumerate(PROVINCES)
    ]  # fmt: skip
    items = [
        {"order_id": str(i), "line_key": "1", "sku_id": f"k{i % 2}", "product_name": "p", "category_l1": "c", "qty": 1,
         "paid_amount": 10 + i}
        for i in range(len(PROVINCES))
    ]  # fmt: skip
    return shop({"orders": orders, "order_items": items}, engine=engine)


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
@pytest.mark.parametrize("by", [*OF_ORDERS, *OF_LINES])
def test_sales_split_by_it_and_the_groups_add_up(engine: str, by: str) -> None:
    here = small(engine)
    for metric in SALES:
        groups = here.ask(metric, by=by)
        assert all(one.status in {Status.OK, Status.TOO_FEW} for one in groups)
        assert sum(one.value or 0 for one in groups) == pytest.approx(here.value(metric))


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_a_province_lies_in_a_region_however_it_is_written(engine: str) -> None:
    assert small(engine).by("orders", "region") == {"east": 2, "north": 2, "elsewhere": 1, "(unknown)": 1}
    assert small(engine).value("orders", where=(("region", ("east",)),)) == 2


def test_without_a_table_of_members_nobody_is_called_no_member() -> None:
    assert small("polars").by("orders", "member") == {"(unknown)": 6}


def test_a_member_is_one_from_the_day_he_joined() -> None:
    sold = [
        {"order_id": str(i), "customer_id": "a", "created_at": f"{day(i)}T10:00:00", "paid_at": f"{day(i)}T10:00:00",
         "status": "completed", "paid_amount": 10}
        for i in range(4)
    ]  # fmt: skip
    people = [{"customer_id": "a", "is_member": True, "member_since": f"{day(2)}"}]
    assert shop({"orders": sold, "customers": people}).by("orders", "member") == {"no": 2, "yes": 2}


def test_new_and_returning_are_as_of_the_order() -> None:
    early = small("polars").ask("orders", by="new_returning")
    assert {one.by["new_returning"]: one.value for one in early} == {"new": 3, "returning": 3}
    assert Query(by="new_returning").dimensions[0].id == "new_returning"
