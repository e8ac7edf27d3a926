"""Shops that give a customer a new id with every order and say elsewhere who is behind it."""

from pathlib import Path

from tests.cli.terminal import answer, load, value

ORDERS = """order_id,customer_id,order_status,order_purchase_timestamp,order_approved_at
o1,c1,delivered,2017-10-02 10:56:33,2017-10-02 11:07:15
o2,c2,delivered,2017-10-24 20:41:37,2017-10-26 03:24:27
o3,c3,shipped,2017-12-08 08:38:49,2017-12-08 08:55:23
o4,c4,delivered,2018-03-08 08:38:49,2018-03-08 08:55:23
"""
ITEMS = """order_id,order_item_id,product_id,shipping_limit_date,price,freight_value
o1,1,p1,2017-10-06 11:07:15,29.99,8.72
o1,2,p2,2017-10-06 11:07:15,10.00,8.72
o2,1,p1,2017-10-30 03:24:27,118.70,22.76
o3,1,p3,2017-12-13 08:55:23,159.90,19.22
o4,1,p3,2018-03-13 08:55:23,45.00,27.20
"""
PEOPLE = """customer_id,customer_unique_id,customer_city
c1,u1,franca
c2,u2,santos
c3,u1,franca
c4,u3,santos
"""


def shop(folder: Path, *names: str) -> Path:
    files = {"orders": ORDERS, "items": ITEMS, "people": PEOPLE}
    for name in names:
        (folder / f"{name}.csv").write_text(files[name], encoding="utf-8")
        load(folder / "w", folder / f"{name}.csv", "--accept")
    return folder / "w"


def test_without_the_customer_file_every_order_is_somebody_new(tmp_path: Path) -> None:
    workspace = shop(tmp_path, "orders", "items")
    assert value(workspace, "active_buyers")["value"] == 4
    assert value(workspace, "repurchase_90d")["successes"] == 0


def test_the_customer_file_brings_the_persons_together_in_any_order_of_loading(tmp_path: Path) -> None:
    for number, names in enumerate((("orders", "items", "people"), ("people", "items", "orders"))):
        folder = tmp_path / str(number)
        folder.mkdir()
        workspace = shop(folder, *names)
        assert value(workspace, "active_buyers")["value"] == 3
        estimate = value(workspace, "repurchase_90d")
        assert (estimate["n"], estimate["successes"]) == (2, 1)
        assert value(workspace, "units")["value"] == 5


def test_taking_the_customer_file_back_parts_them_again(tmp_path: Path) -> None:
    workspace = shop(tmp_path, "orders", "items", "people")
    answer("undo", 3, "--workspace", workspace)
    assert value(workspace, "active_buyers")["value"] == 4
