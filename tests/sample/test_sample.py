"""The sample shop: the same seed gives the same files, in the platforms' own shape, with what was planted in them."""

import re
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import fastexcel
import polars as pl
import pytest

from ecodash.ingest.catalogue import FORMATS
from ecodash.sample import COMMITTED, load_options, sample_files, truths, write_sample
from ecodash.sample.brand import PLATFORMS, PRODUCTS
from ecodash.sample.headers import HEADERS
from ecodash.sample.plan import Plan
from ecodash.sample.shop import Shop, imagine

ROOT = Path(__file__).parents[2]
END = date(2026, 6, 30)
COLUMN = {product.sku: i for i, product in enumerate(PRODUCTS)}


@pytest.fixture(scope="module")
def shop() -> Shop:
    """Big enough for what was planted to stand out of the noise."""
    return imagine(Plan(orders=40_000, seed=1, end=END))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("sample")
    write_sample(directory, orders=600, seed=3, end=END)
    return directory


def _bytes(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in directory.iterdir()}


def test_the_same_seed_gives_the_same_bytes_and_another_seed_does_not(folder: Path, tmp_path: Path) -> None:
    write_sample(tmp_path / "again", orders=600, seed=3, end=END)
    write_sample(tmp_path / "other", orders=600, seed=4, end=END)
    assert _bytes(tmp_path / "again") == _bytes(folder)
    assert _bytes(tmp_path / "other")["jd_orders.csv"] != _bytes(folder)["jd_orders.csv"]


def test_the_written_files_are_all_exports_and_the_readme_is_none(tmp_path: Path) -> None:
    written = write_sample(tmp_path, orders=60, seed=1, end=END)
    assert sample_files(tmp_path) == sorted(written)
    assert (tmp_path / "README.md").exists()


@pytest.mark.parametrize("orders", [0, 1, 7])
def test_a_tiny_shop_still_has_every_file_with_its_header(tmp_path: Path, orders: int) -> None:
    written = write_sample(tmp_path, orders=orders, seed=1, end=END)
    assert len(written) == len(sample_files(ROOT / "sample_data"))
    assert all(path.stat().st_size > 30 for path in written)


@pytest.mark.parametrize("form", HEADERS)
def test_headers_are_those_of_the_catalogue(form: str) -> None:
    known = FORMATS[form]
    own = [header for header in HEADERS[form] if header in known.headers]
    extra = [header for header in HEADERS[form] if header not in known.headers]
    assert own == list(known.headers)
    assert all(any(header.startswith(alt) for alt in known.alt_headers) for header in extra)


def test_every_person_is_obviously_invented(folder: Path) -> None:
    for path in sample_files(folder):
        text = _text(path)
        assert set(re.findall(r"(?<!\d)1\d{10}(?!\d)", text)) == set(re.findall(r"(?<!\d)100\d{8}(?!\d)", text)), path
        assert set(re.findall(r"@[\w.]+", text)) <= {"@example.com"}, path


def _text(path: Path) -> str:
    if path.suffix == ".xlsx":
        return "\n".join(str(row) for row in _workbook(path).rows())
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            encoding = "gb18030" if path.name.startswith("wanxiangtai") else "utf-8"
            return archive.read(archive.namelist()[0]).decode(encoding)
    return path.read_bytes().decode(
        "gb18030" if path.name.startswith(("taobao", "jd", "youzan")) else "utf-8-sig", "replace"
    )


def _workbook(path: Path) -> pl.DataFrame:
    return fastexcel.read_excel(path).load_sheet(0, header_row=None, dtypes="string").to_polars()


def test_a_stock_export_says_its_day_in_its_name_only(folder: Path) -> None:
    days = [load_options(path) for path in sample_files(folder) if path.name.startswith("wangdiantong_stock_")]
    assert [day["snapshot_date"] for day in days] == [str(day) for day in Plan(orders=0, seed=0, end=END).snapshots]
    assert load_options(folder / "shopify_inventory_20260630.csv") == {"snapshot_date": str(END)}
    assert load_options(folder / "jd_orders.csv") == {}


def test_the_shop_has_the_orders_asked_for_in_three_years(shop: Shop) -> None:
    assert shop.orders.height == 40_000
    assert shop.plan.period.start == date(2023, 7, 1)
    assert shop.orders.select(pl.col("created").dt.date().is_between(date(2023, 7, 1), END).all()).item()


def test_what_the_lines_cost_is_what_the_order_costs(shop: Shop) -> None:
    lines = shop.lines.group_by("order").agg(pl.col("due", "gross", "discount", "platform_discount").sum())
    both = shop.orders.join(lines, on="order", suffix="_of_lines")
    assert both.height == shop.orders.height
    assert (both["due"] == both["due_of_lines"] + both["shipping"]).all()
    assert (both["due_of_lines"] == both["gross"] - both["discount"] - both["platform_discount"]).all()
    assert shop.lines.select((pl.col("due") > 0).all()).item()


def test_nothing_happens_after_the_last_day_or_before_what_it_follows(shop: Shop) -> None:
    steps = ["created", "paid_at", "sent_at", "delivered_at", "done_at"]
    for before, after in pairwise(steps):
        known = shop.orders.filter(pl.col(after).is_not_null())
        assert (known[before] <= known[after]).all(), after
    assert all((shop.orders[step].drop_nulls().dt.date() <= END).all() for step in [*steps, "refunded_at"])


def test_nobody_gets_back_more_than_was_paid(shop: Shop) -> None:
    assert shop.orders.select((pl.col("refund") <= pl.col("paid").fill_null(0)).all()).item()
    full = shop.orders.filter(pl.col("fate").is_in(["cancelled", "returned"]))
    assert full.height > 100
    assert (full["refund"] == full["paid"]).all()


def _sold(shop: Shop, sku: str) -> pl.Series:
    """Days on which ``sku`` was ordered."""
    days = shop.orders.select("order", pl.col("created").dt.date().alias("day"))
    return shop.lines.filter(pl.col("product") == COLUMN[sku]).join(days, on="order")["day"].sort()


def test_the_bottle_sells_before_and_after_but_not_while_it_is_out_of_stock(shop: Shop) -> None:
    gone = shop.plan.stock_out
    days = _sold(shop, shop.plan.stock_out_sku)
    assert days.is_between(gone.start, gone.end).sum() == 0
    assert days.is_between(gone.start - timedelta(days=21), gone.start - timedelta(days=1)).sum() > 50
    assert days.is_between(gone.end + timedelta(days=1), gone.end + timedelta(days=21)).sum() > 50


def test_the_dead_product_stops_and_the_new_one_starts(shop: Shop) -> None:
    dead, new = _sold(shop, shop.plan.dead_sku), _sold(shop, shop.plan.new_sku)
    assert len(dead) > 100
    assert len(new) > 100
    assert max(dead.to_list()) <= shop.plan.dead_after
    assert min(new.to_list()) >= shop.plan.launched


def test_most_tees_of_the_wave_come_back_and_few_others_do(shop: Shop) -> None:
    sold, back = truths.wave(shop)
    jd = next(platform.share for platform in PLATFORMS if not platform.refunds_shown)
    assert back / sold == pytest.approx(0.6 * (1 - jd), abs=0.1)
    refunded = shop.lines.select((pl.col("refund") > 0).mean()).item()
    assert 0.03 < refunded < 0.08


@pytest.mark.parametrize(("feast", "times"), [(date(2025, 11, 11), 4), (date(2026, 6, 18), 2.5)])
def test_festivals_stand_out(shop: Shop, feast: date, times: float) -> None:
    days = shop.orders.filter(pl.col("platform") != "shopify")["created"].dt.date()
    usual = days.is_between(feast - timedelta(days=60), feast - timedelta(days=30)).sum() / 31
    assert (days == feast).sum() > times * usual


def test_orders_rest_around_lunar_new_year(shop: Shop) -> None:
    days = shop.orders.filter(pl.col("platform") != "shopify")["created"].dt.date()
    rest = days.is_between(date(2026, 2, 14), date(2026, 2, 23)).sum() / 10
    assert rest < 0.8 * days.is_between(date(2026, 3, 5), date(2026, 4, 4)).sum() / 31


def test_buyers_come_back_as_often_as_planted(shop: Shop) -> None:
    """A chance of 0.48 and a lognormal gap of median 40 days leave 0.48 · Φ(ln(90/40)/0.85) ≈ 0.40 within 90 days."""
    youzan = next(row for row in truths.repurchase(shop, 90).iter_rows(named=True) if row["platform"] == "youzan")
    assert youzan["eligible"] > 1500
    assert youzan["again"] / youzan["eligible"] == pytest.approx(0.40, abs=0.04)


def test_a_longer_window_never_loses_a_repurchase(shop: Shop) -> None:
    rates = [truths.repurchase(shop, days).filter(pl.col("eligible") > 0) for days in (30, 60, 90)]
    shares = [(r["again"] / r["eligible"]).to_list() for r in rates]
    assert all(a <= b <= c for a, b, c in zip(*shares, strict=True))


def test_the_committed_sample_is_what_the_generator_writes(tmp_path: Path) -> None:
    """Text byte for byte; workbooks and archives by content, since the packing may differ between machines."""
    write_sample(tmp_path, **COMMITTED)
    committed = ROOT / "sample_data"
    assert {path.name for path in committed.iterdir()} == {path.name for path in tmp_path.iterdir()}
    for path in sorted(committed.iterdir()):
        content: Callable[[Path], object] = _text if path.suffix in {".xlsx", ".zip"} else Path.read_bytes
        assert content(path) == content(tmp_path / path.name), path.name
    assert sum(path.stat().st_size for path in committed.iterdir()) <= 6_000_000
