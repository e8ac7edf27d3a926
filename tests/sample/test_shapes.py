"""The two other shops, through the importer: few large buyers on credit, and many sellers of single things."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from ecodash.cli import main
from ecodash.metrics.query import Query
from ecodash.sample import sample_files, write_sample
from ecodash.sample.shapes import c2c
from ecodash.session import Session
from tests.sample.test_lists import table

END = date(2026, 6, 30)


def loaded(folder: Path, shape: str, *, orders: int = 1200) -> Session:
    written = write_sample(folder / shape, orders=orders, seed=5, end=END, shape=shape)
    assert sample_files(folder / shape) == sorted(written)
    session = Session.open(folder / "workspace")
    for path in written:
        for card in session.inspect(path):
            assert card.ready, (path.name, card.trouble)
            assert not card.problems, (path.name, card.problems)
            assert session.load(card).rejected == 0
    return session


def test_a_wholesaler_has_few_large_buyers_who_pay_weeks_after_delivery(tmp_path: Path) -> None:
    with loaded(tmp_path, "b2b") as session:
        orders = table(session, "orders")
        assert set(table(session, "customers")["buyer_type"]) == {"company"}
        assert orders["customer_id"].n_unique() == 24
        largest = orders.group_by("customer_id").agg(pl.col("order_amount").sum())["order_amount"]
        assert largest.max() > 0.2 * largest.sum()  # type: ignore[operator]
        terms = pl.col("payment_method").str.strip_prefix("credit_").cast(pl.Int64)
        late = (pl.col("paid_at") - pl.col("delivered_at")).dt.total_days() - terms
        waits = orders.filter(pl.col("paid_at").is_not_null()).select(late.alias("late"))["late"]
        assert waits.median() == pytest.approx(0, abs=1)
        assert (waits >= 20).mean() == pytest.approx(0.08, abs=0.03)
        units = table(session, "order_items")["qty"].mean() / 10_000  # type: ignore[operator]
        assert units > 100
        (aov,) = session.compute(["aov"], Query())
        assert (aov.value or 0) > 10_000


def test_bulk_is_cheaper_by_the_piece(tmp_path: Path) -> None:
    with loaded(tmp_path, "b2b", orders=400) as session:
        lines = table(session, "order_items").with_columns(off=1 - pl.col("unit_price") / pl.col("list_price"))
        bulk, few = lines.filter(pl.col("qty") >= 200 * 10_000), lines.filter(pl.col("qty") < 200 * 10_000)
        assert bulk["off"].min() > few["off"].mean()  # type: ignore[operator]


def test_a_market_has_many_sellers_single_things_lots_and_commissions(tmp_path: Path) -> None:
    with loaded(tmp_path, "c2c") as session:
        orders, items, fees = (table(session, name) for name in ("orders", "order_items", "platform_fees"))
        assert table(session, "sellers").height == 100
        assert items["sku_id"].n_unique() == items.height == orders.height == 1200
        assert set(table(session, "products")["kind"]) == {"second_hand"}
        lots = table(session, "auctions")
        assert lots["order_id"].null_count() == lots.filter(pl.col("bidders") == 0).height > 50
        assert lots["order_id"].drop_nulls().is_in(orders["order_id"].implode()).all()
        share = fees.join(orders, on="order_id").select(pl.col("amount").sum() / pl.col("paid_amount").sum()).item()
        assert share == pytest.approx(c2c.COMMISSION / 10_000, abs=0.001)
        done = orders.filter(pl.col("settled_at").is_not_null())
        assert (done["settled_at"] >= done["completed_at"]).all()


@pytest.mark.parametrize("shape", ["b2b", "c2c"])
@pytest.mark.parametrize("orders", [0, 1])
def test_an_empty_shop_of_another_shape_still_has_its_files(tmp_path: Path, shape: str, orders: int) -> None:
    assert len(write_sample(tmp_path, orders=orders, seed=1, end=END, shape=shape)) >= 5


def test_the_command_line_writes_another_shape(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sample", str(tmp_path), "--shape", "c2c", "--orders", "30"]) == 0
    assert capsys.readouterr().out.split() == [str(path) for path in _in_order(tmp_path)]


def _in_order(folder: Path) -> list[Path]:
    order = ("orders", "order_items", "products", "sellers", "auctions", "fees", "reviews")
    return [folder / f"c2c_{name}.csv" for name in order]
