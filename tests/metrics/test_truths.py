"""The open reference sets through facts and engine give the figures of TRUTHS.md, part A."""

import gzip
from datetime import date, timedelta

import polars as pl
import pytest

from ecodash.analysis.customer_value import fit_value
from ecodash.analysis.purchase_history import purchase_histories
from ecodash.analysis.refused import Refused
from ecodash.core.estimate import Status
from ecodash.core.period import Period, day_number
from ecodash.core.settings import SalesPolicy, Settings
from ecodash.metrics.query import Query
from ecodash.metrics.value.predicted import predicted
from ecodash.metrics.value.purchases import looking_back, purchase_days
from ecodash.metrics.value.segments import scored
from tests.facts.canonical import INPUTS, table
from tests.metrics.shop import Shop
from tests.shared import SHARED, needs_shared

pytestmark = needs_shared
DATA = SHARED / "data"


def canonical(orders: pl.DataFrame, items: pl.DataFrame | None = None) -> dict[str, pl.DataFrame]:
    """Canonical tables with the given columns filled; amounts must be ten-thousandths already."""
    given = {"orders": orders, "order_items": items}
    found = {}
    for name in INPUTS:
        empty, frame = table(name, ()), given.get(name)
        if frame is None:
            found[name] = empty
            continue
        rows = frame.with_columns(load_id=pl.lit(1, pl.Int64)).with_row_index("row_no", 1)
        missing = [pl.lit(None, kind).alias(c) for c, kind in empty.schema.items() if c not in rows.columns]
        found[name] = rows.with_columns(missing).select(pl.col(c).cast(kind) for c, kind in empty.schema.items())
    return found


@pytest.fixture(scope="module")
def uci() -> Shop:
    """Identified and anonymous sales: no credits, no adjustments, quantity and price above zero."""
    with gzip.open(DATA / "uci_online_retail/online_retail.csv.gz") as file:
        raw = pl.read_csv(file.read(), infer_schema=False)
    lines = raw.select(
        order_id="InvoiceNo",
        customer_id=pl.col("CustomerID").replace("", None),
        at=pl.col("InvoiceDate").str.to_datetime(time_unit="us"),
        qty=pl.col("Quantity").cast(pl.Int64) * 10_000,
        amount=(pl.col("Quantity").cast(pl.Float64) * pl.col("UnitPrice").cast(pl.Float64) * 10_000)
        .round()
        .cast(pl.Int64),
        price=pl.col("UnitPrice").cast(pl.Float64),
        sku_id="StockCode",
        country="Country",
    ).filter(~pl.col("order_id").str.contains("^[CA]"), pl.col("qty") > 0, pl.col("price") > 0)
    orders = (
        lines.group_by("order_id")
        .agg(
            pl.col("customer_id").first(),
            paid_at=pl.col("at").min(),
            paid_amount=pl.col("amount").sum(),
            ship_country=pl.col("country").first(),
        )
        .sort("order_id")
    )
    items = lines.select(
        "order_id", "sku_id", "qty", paid_amount="amount", line_key=pl.int_range(pl.len()).cast(pl.String)
    )
    return Shop(
        tables=canonical(orders.with_columns(status=pl.lit("completed")), items), settings=Settings(minimum_sample=1)
    )


@pytest.fixture(scope="module")
def cdnow() -> Shop:
    """One row, one order; amount = dollars; the eight free orders count, as in the reference."""
    text = (DATA / "cdnow_sample/CDNOW_sample.txt").read_text()
    fields = [line.split() for line in text.splitlines() if line.strip()]
    orders = pl.DataFrame(
        {
            "order_id": [f"{i:05}" for i in range(len(fields))],
            "customer_id": [f[0] for f in fields],
            "paid_at": [date.fromisoformat(f[2]) for f in fields],
            "paid_amount": [round(float(f[4]) * 10_000) for f in fields],
        }
    ).with_columns(pl.col("paid_at").cast(pl.Datetime("us")), status=pl.lit("completed"))
    policy = SalesPolicy(include_zero_amount=True)
    return Shop(tables=canonical(orders), settings=Settings(minimum_sample=1, policy=policy), end=date(1998, 6, 30))


REPURCHASE = {
    "uci": {
        "day": {30: (778, 4086), 60: (1314, 3741), 90: (1533, 3370), 180: (1853, 2821)},
        "order": {30: (922, 4086), 60: (1417, 3741), 90: (1607, 3370), 180: (1884, 2821)},
    },
    "cdnow": {
        "day": {30: (410, 2357), 60: (601, 2357), 90: (687, 2357), 180: (887, 2357)},
        "order": {30: (436, 2357), 60: (621, 2357), 90: (705, 2357), 180: (901, 2357)},
    },
}


@pytest.mark.parametrize("name", ["uci", "cdnow"])
@pytest.mark.parametrize("grain", ["day", "order"])
def test_repurchase_tables_are_those_of_the_reference(name: str, grain: str, request: pytest.FixtureRequest) -> None:
    store: Shop = request.getfixturevalue(name)
    for days, (successes, n) in REPURCHASE[name][grain].items():
        [estimate] = store.ask(f"repurchase_{days}d:{grain}")
        assert (estimate.successes, estimate.n, estimate.status) == (successes, n, Status.OK)


def test_the_naive_reading_is_the_naive_one(uci: Shop) -> None:
    assert uci.value("repurchase_90d:unwatched") == pytest.approx(0.42208, abs=5e-6)


def test_uci_customers_orders_and_averages(uci: Shop) -> None:
    assert uci.value("active_buyers") == 4338
    assert uci.ask("returning_order_share")[0].n == 18532  # orders of identified customers
    assert uci.ask("repurchase_rate:person")[0].successes == 2845
    assert uci.ask("repurchase_rate:person_day")[0].successes == 2790
    assert uci.value("repurchase_rate:person") == pytest.approx(0.655832, abs=5e-7)
    assert uci.value("repurchase_rate:person_day") == pytest.approx(0.643154, abs=5e-7)
    assert uci.value("orders_per_buyer") == pytest.approx(4.272, abs=5e-4)
    assert uci.value("spend_per_buyer") == pytest.approx(2054.2665, abs=5e-5)
    assert uci.value("paid_amount") == pytest.approx(10655622.484, abs=0.05)


def test_uci_gross_sales_by_month(uci: Shop) -> None:
    found = uci.by("paid_amount", "month")
    assert found["2010-12"] == pytest.approx(823746.14, abs=0.01)
    assert found["2011-11"] == pytest.approx(1509496.33, abs=0.01)
    assert found["2011-12"] == pytest.approx(638792.68, abs=0.01)


COHORTS = """
2010-12 885 324 286 340 321 352 321 309 313 350 331 445 235
2011-01 417 92 111 96 134 120 103 101 125 136 152 49
2011-02 380 71 71 108 103 94 96 106 94 116 26
2011-03 452 68 114 90 101 76 121 104 126 39
2011-04 300 64 61 63 59 68 65 78 22
2011-05 284 54 49 49 59 66 75 27
2011-06 242 42 38 64 56 81 23
2011-07 188 34 39 42 51 21
2011-08 169 35 42 41 21
2011-09 299 70 90 34
2011-10 358 86 41
2011-11 323 36
2011-12 41
"""


def test_the_uci_cohort_triangle_and_its_open_last_month(uci: Shop) -> None:
    found = {(e.by["first_month"], int(e.by["offset"])): e for e in uci.ask("cohort_retention_curve")}
    expected = {}
    for line in COHORTS.strip().splitlines():
        month, *cells = line.split()
        expected |= {(month, k): int(cell) for k, cell in enumerate(cells)}
    assert {key: e.successes for key, e in found.items() if key[0] != "all"} == expected
    last = date(2011, 12, 1)
    for (month, k), e in found.items():
        if month == "all":
            continue
        first = date.fromisoformat(f"{month}-01")
        months = (last.year - first.year) * 12 + last.month - first.month
        assert (e.status is Status.IMMATURE) == (k == months)  # December 2011 is not over


def test_cdnow_month_of_activity_and_sales(cdnow: Shop) -> None:
    assert cdnow.by("active_buyers", "month")["1997-03"] == 948
    assert cdnow.by("active_buyers", "month")["1998-06"] == 138
    assert cdnow.value("paid_amount") == pytest.approx(244091.94)
    assert cdnow.value("aov") == pytest.approx(35.2785, abs=5e-5)
    assert cdnow.ask("repurchase_rate:person")[0].successes == 1152
    cells = {(e.by["first_month"], e.by["offset"]): e.successes for e in cdnow.ask("cohort_retention_curve")}
    assert [cells["1997-01", str(k)] for k in (0, 1, 17)] == [781, 124, 33]
    assert [cells["1997-03", str(k)] for k in (0, 1, 15)] == [719, 87, 45]


def test_cdnow_curve_agrees_with_the_published_one_of_the_full_file(cdnow: Shop) -> None:
    # methods.md §3: 23,570 customers, of which this is a tenth
    for days, share in ((30, 0.1746), (60, 0.2515), (90, 0.2922), (180, 0.3745), (365, 0.4586)):
        [estimate] = cdnow.ask(f"repurchase_{days}d:curve")
        assert estimate.low is not None
        assert estimate.high is not None
        assert estimate.low <= share <= estimate.high


def test_truncating_the_uci_file_keeps_every_mature_month(uci: Shop) -> None:
    cut = date(2011, 8, 17)
    orders = uci.tables["orders"].filter(pl.col("paid_at") < cut + timedelta(days=1))
    early = Shop(tables=uci.tables | {"orders": orders}, settings=uci.settings, end=cut)
    now = uci.by("repurchase_90d", "month")
    mature = {month: value for month, value in early.by("repurchase_90d", "month").items() if value is not None}
    assert sorted(mature) == ["2010-12", "2011-01", "2011-02", "2011-03", "2011-04"]
    assert all(now[month] == value for month, value in mature.items())


RFM = {
    "uci": (51, 4.272, 2054.2665, {1: 1493, 2: 835, 3: 508, 4: 388, 5: 242}, ("14646", 280206.02)),
    "cdnow": (474, 2.9355, 103.5604, {1: 1205, 2: 406, 3: 208, 4: 150, 5: 98}, ("19339", 6552.7)),
}


@pytest.mark.parametrize("name", RFM)
def test_recency_frequency_and_money_are_those_of_the_reference(name: str, request: pytest.FixtureRequest) -> None:
    store: Shop = request.getfixturevalue(name)
    here = looking_back(store, Query())
    assert here is not None
    table = scored(here)
    recency, frequency, money, often, (best, most) = RFM[name]
    assert table["recency"].median() == recency
    assert table["frequency"].mean() == pytest.approx(frequency, abs=5e-5)
    assert table["money"].mean() == pytest.approx(money, abs=5e-5)
    counts = dict(table.group_by("frequency").len().rows())
    assert {k: counts[k] for k in often} == often
    top = table.sort("money", descending=True).row(0, named=True)
    assert (top["customer"].removesuffix(".0"), round(top["money"], 2)) == (best, most)


def test_cdnow_purchases_give_the_published_model(cdnow: Shop) -> None:
    """39 weeks of calibration: Pareto/NBD .553, 10.578, .606, 11.669, LL −9595.0 (Fader, Hardie, Lee 2005)."""
    here = looking_back(cdnow, Query(window=Period(date(1997, 1, 1), date(1997, 9, 30))))
    assert here is not None
    found = fit_value(purchase_histories(purchase_days(here), last_day=day_number(date(1997, 9, 30))))
    assert not isinstance(found, Refused)
    assert found.purchases.values.tolist() == pytest.approx([0.5533, 10.578, 0.6062, 11.668], rel=2e-3)
    assert found.purchases.log_likelihood == pytest.approx(-9594.98, abs=0.05)


def test_uci_forecast_says_that_nobody_is_seen_to_leave(uci: Shop) -> None:
    here = looking_back(uci, Query(window=Period(date(2010, 12, 1), date(2011, 8, 31))))
    assert here is not None
    found = predicted(here)
    assert not isinstance(found, Refused)
    assert not found.dropout_found
