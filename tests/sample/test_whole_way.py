"""From the committed files to the numbers: what ecodash computes is what was planted before any file was written."""

import narwhals as nw
import pytest

from ecodash.metrics.query import Query
from ecodash.sample import COMMITTED, truths
from ecodash.sample.plan import Plan
from ecodash.sample.shop import Shop
from ecodash.session import Session

IDENTIFIED = ("jd", "shopify", "store", "taobao_tmall", "youzan")
ABROAD = "shopify"  # in dollars, converted at the loaded rates


def _found(session: Session, metric: str) -> dict[str, tuple[float | None, int, int | None]]:
    """Platform → value, sample and successes."""
    answers = session.compute([metric], Query(by="platform"))
    return {answer.by["platform"]: (answer.value, answer.n, answer.successes) for answer in answers}


def _name(platform: str) -> str:
    return {"taobao": "taobao_tmall"}.get(platform, platform)


def test_paid_orders_and_buyers_are_those_planted(session: Session, imagined: Shop) -> None:
    orders, buyers = _found(session, "orders"), _found(session, "active_buyers")
    for row in truths.totals(imagined).iter_rows(named=True):
        platform = _name(row["platform"])
        assert orders[platform][0] == row["paid_orders"]
        assert buyers[platform][0] == (row["buyers"] if platform in IDENTIFIED else 0)


@pytest.mark.parametrize(("metric", "column"), [("paid_amount", "paid"), ("refund_amount", "refund")])
def test_money_at_home_is_right_to_the_cent(session: Session, imagined: Shop, metric: str, column: str) -> None:
    found = _found(session, metric)
    for row in truths.totals(imagined).iter_rows(named=True):
        if row["platform"] != ABROAD:
            assert found[_name(row["platform"])][0] == pytest.approx(row[column] / 100, abs=1e-6)


@pytest.mark.parametrize("days", [30, 90, 180])
def test_the_matured_repurchase_rate_counts_the_planted_buyers(session: Session, imagined: Shop, days: int) -> None:
    found = _found(session, f"repurchase_{days}d")
    for row in truths.repurchase(imagined, days).iter_rows(named=True):
        platform = _name(row["platform"])
        if platform in IDENTIFIED:
            assert found[platform][1:] == (row["eligible"], row["again"])
        else:
            assert found.get(platform, (None, 0, None))[0] is None


def test_the_bottle_is_out_of_stock_in_all_warehouses_while_it_is_planted_so(session: Session) -> None:
    stock = (
        session.workspace.table("inventory").filter(nw.col("sku_id") == "HF-BOTTLE-750").collect("polars").to_native()
    )
    assert set(stock["location_id"]) == {"杭州主仓", "广州南仓", "成都西仓", "Oakland"}
    gone = stock.filter(stock["on_hand_qty"] == 0)["snapshot_date"]
    out = Plan(**COMMITTED).stock_out
    assert set(stock.filter(stock["snapshot_date"].is_between(out.start, out.end))["on_hand_qty"]) == {0}
    assert gone.is_between(out.start, out.end).all()
    assert gone.n_unique() == 4  # three Sundays and the day of the second export
