"""The open real files through the product itself, from file to number, against independently computed results."""

import json
from pathlib import Path

import pytest

from tests.cli.terminal import answer, load, value, values
from tests.shared import SHARED, needs_shared

pytestmark = needs_shared
DATA = SHARED / "data"


def truth(name: str) -> dict[str, object]:
    return json.loads((DATA / "truths" / f"{name}.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def uci(tmp_path_factory: pytest.TempPathFactory) -> Path:
    workspace = tmp_path_factory.mktemp("uci")
    answer("settings", "--workspace", workspace, "--set", "base_currency=GBP", "--set", "business_zone=Europe/London")
    file = DATA / "uci_online_retail" / "online_retail.csv.gz"
    (report,) = load(workspace, file, "--accept", "--set", "credit_prefix=C", "--set", "adjustment_prefix=A")
    assert (report["rows"], report["kept"], report["rejected"]) == (541_909, 541_909, 0)
    return workspace


GROSS = {
    "2010-12": 823746.14, "2011-01": 691364.56, "2011-02": 523631.89, "2011-03": 717639.36, "2011-04": 537808.62,
    "2011-05": 770536.02, "2011-06": 761739.90, "2011-07": 719221.19, "2011-08": 748076.32, "2011-09": 1058590.17,
    "2011-10": 1154979.30, "2011-11": 1509496.33, "2011-12": 638792.68,
}  # fmt: skip
NET = {
    "2010-12": 748957.02, "2011-01": 560000.26, "2011-02": 498062.65, "2011-03": 683267.08, "2011-04": 493207.12,
    "2011-05": 723333.51, "2011-06": 691123.12, "2011-07": 681300.11, "2011-08": 693742.57, "2011-09": 1019687.62,
    "2011-10": 1070704.67, "2011-11": 1461756.25, "2011-12": 433668.01,
}  # fmt: skip


def test_uci_gross_sales_by_month(uci: Path) -> None:
    assert values(uci, "paid_amount", "month") == pytest.approx(GROSS, abs=0.006)


def test_uci_net_sales_by_month_leave_out_adjustments(uci: Path) -> None:
    assert values(uci, "net_sales", "month") == pytest.approx(NET, abs=0.006)


def test_uci_totals_are_exact(uci: Path) -> None:
    assert value(uci, "paid_amount")["value"] == pytest.approx(10655622.484, abs=1e-6)
    assert value(uci, "net_sales")["value"] == pytest.approx(9758809.994, abs=1e-6)


def test_uci_net_sales_with_adjustments_is_the_sum_of_every_row(uci: Path) -> None:
    answer("settings", "--workspace", uci, "--set", "policy.include_adjustments=yes")
    try:
        assert value(uci, "net_sales")["value"] == pytest.approx(9747747.934, abs=1e-6)
        assert values(uci, "net_sales", "month")["2011-08"] == pytest.approx(682680.51, abs=0.006)
    finally:
        answer("settings", "--workspace", uci, "--set", "policy.include_adjustments=no")


def test_uci_identified_orders_and_customers(uci: Path) -> None:
    identified = ("--where", "new_returning=new", "--where", "new_returning=returning")
    assert value(uci, "active_buyers")["value"] == 4338
    assert value(uci, "orders", *identified)["value"] == 18532
    assert value(uci, "paid_amount", *identified)["value"] == pytest.approx(8911407.904, abs=1e-6)


@pytest.mark.parametrize(
    ("definition", "days", "eligible", "repurchased"),
    [
        ("day", 30, 4086, 778), ("day", 60, 3741, 1314), ("day", 90, 3370, 1533), ("day", 180, 2821, 1853),
        ("order", 30, 4086, 922), ("order", 60, 3741, 1417), ("order", 90, 3370, 1607), ("order", 180, 2821, 1884),
    ],
)  # fmt: skip
def test_uci_repurchase(uci: Path, definition: str, days: int, eligible: int, repurchased: int) -> None:
    estimate = value(uci, f"repurchase_{days}d", "--definition", definition)
    assert (estimate["n"], estimate["successes"]) == (eligible, repurchased)
    assert estimate["value"] == pytest.approx(repurchased / eligible)


def test_uci_share_of_customers_with_several_orders(uci: Path) -> None:
    assert value(uci, "repurchase_rate", "--definition", "person")["successes"] == 2845
    assert value(uci, "repurchase_rate", "--definition", "person_day")["successes"] == 2790


def test_uci_same_file_again_is_the_same_load(uci: Path) -> None:
    file = DATA / "uci_online_retail" / "online_retail.csv.gz"
    (report,) = load(uci, file, "--accept", "--set", "credit_prefix=C", "--set", "adjustment_prefix=A")
    assert report["already_loaded"] is True
    assert len(answer("loads", "--workspace", uci)) == 1


@pytest.fixture(scope="module", params=["tmall_order_report.csv", "tmall_order_report.gb18030.csv"])
def tmall(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    workspace = tmp_path_factory.mktemp("tmall")
    load(workspace, DATA / "tmall_orders_2020" / request.param, "--accept")
    return workspace


def test_tmall_refunds_are_not_taken_off_twice(tmall: Path) -> None:
    assert value(tmall, "net_sales")["value"] == pytest.approx(1902487.15, abs=1e-6)
    assert value(tmall, "paid_amount")["value"] == pytest.approx(2474823.07, abs=1e-6)
    assert value(tmall, "refund_amount")["value"] == pytest.approx(572335.92, abs=1e-6)
    assert value(tmall, "gmv")["value"] == pytest.approx(2995760.61, abs=1e-6)


def test_tmall_orders_and_refund_rates(tmall: Path) -> None:
    assert value(tmall, "orders")["value"] == 24087
    assert value(tmall, "refund_rate_orders")["value"] == pytest.approx(5646 / 24087)
    assert value(tmall, "refund_rate_amount")["value"] == pytest.approx(0.231263, abs=1e-6)


def test_tmall_without_buyers_says_that_repurchase_is_not_available(tmall: Path) -> None:
    estimate = value(tmall, "repurchase_90d")
    assert estimate["value"] is None
    assert estimate["status"] in ("not_applicable", "missing")
    assert estimate["reason"]


def test_tmall_regions(tmall: Path) -> None:
    assert values(tmall, "net_sales", "province")["上海"] == pytest.approx(264039.78, abs=0.006)


@pytest.fixture(scope="module")
def cdnow(tmp_path_factory: pytest.TempPathFactory) -> Path:
    workspace = tmp_path_factory.mktemp("cdnow")
    answer(
        "settings", "--workspace", workspace, "--set", "base_currency=USD", "--set", "policy.include_zero_amount=yes"
    )
    load(
        workspace, DATA / "cdnow_sample" / "CDNOW_sample.txt",
        "--set", "no_header=yes", "--set", "row_is_order=yes",
        "--map", "entity=orders", "--map", "customer_key=column_2", "--map", "ordered_at=column_3",
        "--map", "quantity=column_4", "--map", "paid_amount=column_5",
    )  # fmt: skip
    return workspace


def test_cdnow_sales_and_orders(cdnow: Path) -> None:
    assert value(cdnow, "paid_amount")["value"] == pytest.approx(244091.94, abs=1e-6)
    assert value(cdnow, "orders")["value"] == 6919
    assert value(cdnow, "active_buyers")["value"] == 2357


@pytest.mark.parametrize(
    ("definition", "days", "repurchased"),
    [("day", 30, 410), ("day", 60, 601), ("day", 90, 687), ("day", 180, 887), ("order", 90, 705), ("order", 180, 901)],
)
def test_cdnow_repurchase(cdnow: Path, definition: str, days: int, repurchased: int) -> None:
    estimate = value(cdnow, f"repurchase_{days}d", "--definition", definition)
    assert (estimate["n"], estimate["successes"]) == (2357, repurchased)
