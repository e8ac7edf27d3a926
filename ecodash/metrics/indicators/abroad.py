"""What is different abroad: compliance incidents, payments that go through, what each region prefers."""

import narwhals as nw

from ecodash.analysis.random_groups import Sums
from ecodash.core.text import Text
from ecodash.facts import Frame
from ecodash.facts.calendar import day_number
from ecodash.metrics.answered import Window
from ecodash.metrics.indicators.cells import CLUSTER, of_cells
from ecodash.metrics.indicators.cross_border import abroad_orders
from ecodash.metrics.indicators.sold import LINE_ORIGIN, ORIGIN, at_home, lines, with_product
from ecodash.metrics.indicators.words import indicator
from ecodash.metrics.metric import Definition, Measured, Spread, Summary
from ecodash.metrics.reading import Reading
from ecodash.metrics.scope import inside

THOUSAND = 1000
COMPLIANCE = ("ip_claim", "customs", "tax")
SOUTH_EAST_ASIA = ("SG", "MY", "TH", "VN", "ID", "PH", "KH", "LA", "MM", "BN", "TL")
EUROPE = (
    *("GB", "DE", "FR", "IT", "ES", "NL", "BE", "LU", "IE", "PT", "AT", "CH", "DK", "SE", "NO", "FI", "IS"),
    *("PL", "CZ", "SK", "HU", "RO", "BG", "GR", "HR", "SI", "EE", "LV", "LT", "MT", "CY"),
)
NO_REGION = Text(
    "没有卖到这个地区，或整体没有这类商品，无从比较。",
    "Nothing was sold to the region, or there are no such goods at all: nothing to compare.",
)


def _incidents(reading: Reading) -> Frame:
    """Compliance incidents abroad (1000 above the line) and orders shipped abroad (1 below it)."""
    found = reading.table("incidents").filter(~nw.col("started_at").is_null())
    abroad = ~at_home("country", reading).fill_null(value=True) & nw.col("type").is_in(COMPLIANCE)
    theirs = found.filter(abroad).select(
        *("load_id", "row_no"),
        day=day_number(nw.col("started_at")),
        by_country=nw.col("country"),
        above=nw.lit(THOUSAND),
        below=nw.lit(0),
    )
    orders = abroad_orders(reading).select("load_id", "row_no", "day", "by_country", above=nw.lit(0), below=nw.lit(1))
    return nw.concat([theirs, orders])


def _created(reading: Reading) -> Frame:
    """Orders of a known country that were created; ``above`` 1 when paid, whatever became of them."""
    rows = reading.fact("orders").filter(
        ~nw.col("country").is_null(), nw.col("kind").is_in(("sale", "unpaid", "cancelled", "zero"))
    )
    times = reading.table("orders").select("order_id", "created_at", "paid_at")
    known = rows.join(times, on="order_id", how="inner").filter(~nw.col("created_at").is_null())
    return known.with_columns(
        day=day_number(nw.col("created_at")),
        paid_one=(~nw.col("paid_at").is_null()).cast(nw.Int64),
        home=at_home("country", reading),
        by_country=nw.col("country"),
        by_payment=nw.col("payment_method"),
        by_channel=nw.col("channel_id"),
        by_platform=nw.col("platform"),
    )


def _paid_abroad(reading: Reading) -> Frame:
    rows = _created(reading).filter(~nw.col("home"))
    names = ("by_country", "by_payment", "by_channel", "by_platform")
    return rows.select(*ORIGIN, *names, above=nw.col("paid_one"), below=nw.lit(1))


def _home_and_abroad(reading: Reading, window: Window) -> Frame:
    cell = nw.when(nw.col("home")).then(nw.lit("home")).otherwise(nw.lit("abroad"))
    rows = _created(reading).filter(inside(window.days, "day"))
    return rows.select(*ORIGIN, cell=cell, amount=nw.col("paid_one"), **CLUSTER)


def _gap(sums: Sums) -> float | None:
    """Mean of the cell ``abroad`` − mean of the cell ``home``; None where one has no case."""
    means = {cell: amount / cases for cell, (amount, cases) in sums.items() if cases > 0}
    return means["abroad"] - means["home"] if {"abroad", "home"} <= set(means) else None


def _to_regions(reading: Reading, window: Window, region: tuple[str, ...]) -> Frame:
    """Lines to a known country; ``cell`` says whether it lies in the region."""
    orders = reading.fact("orders").select("order_id", "bucket", country=nw.col("country").str.to_uppercase())
    rows = lines(reading, window).join(orders, on="order_id", how="inner").filter(~nw.col("country").is_null())
    there = nw.when(nw.col("country").is_in(region)).then(nw.lit("region")).otherwise(nw.lit("elsewhere"))
    return rows.with_columns(cell=there)


def _green(reading: Reading, window: Window) -> Frame:
    rows = with_product(_to_regions(reading, window, EUROPE), reading, "is_green")
    known = rows.filter(~nw.col("is_green").is_null())
    return _parts(known, nw.col("is_green"))


def _cheap(reading: Reading, window: Window) -> Frame:
    """Goods whose mean price per unit lies in the lowest third of their category."""
    rows = _to_regions(reading, window, SOUTH_EAST_ASIA).filter(nw.col("qty") > 0, nw.col("paid") > 0)
    known = rows.filter(~nw.col("category").is_null(), ~nw.col("sku_id").is_null())
    sums = known.group_by("category", "sku_id").agg(amount=nw.col("paid").sum(), units=nw.col("qty").sum())
    price = nw.col("amount").cast(nw.Float64) / nw.col("units").cast(nw.Float64)
    ranked = sums.with_columns(price=price, one=nw.lit(1)).with_columns(
        place=nw.col("one").cum_sum().over("category", order_by=("price", "sku_id")),
        all=nw.col("one").sum().over("category"),
    )
    cheap = ranked.select("category", "sku_id", cheap=nw.col("place") * 3 <= nw.col("all"))
    return _parts(known.join(cheap, on=["category", "sku_id"], how="inner"), nw.col("cheap"))


def _parts(rows: Frame, chosen: nw.Expr) -> Frame:
    """Paid for the chosen goods, weighted by what was paid for all."""
    amount = nw.when(chosen).then(nw.col("paid")).otherwise(0)
    return rows.select(*LINE_ORIGIN, "cell", amount=amount, weight=nw.col("paid"), **CLUSTER)


def index(sums: Sums) -> float | None:
    """Share in the region ÷ share over all; None where one of them does not exist."""
    amount, weight = sums.get("region", (0.0, 0.0))
    every = [sum(part[i] for part in sums.values()) for i in (0, 1)]
    return (amount / weight) / (every[0] / every[1]) if weight > 0 and min(every) > 0 else None


PAYMENT_GAP = Definition(
    id="gap_to_home",
    name=Text("与本国之差", "Gap to the home country"),
    meaning=Text("境外支付成功率 − 本国支付成功率。", "Payment success abroad − payment success at home."),
    how=of_cells(_home_and_abroad, _gap, scale=1),
    source="Doc A, A2.7",
)
GREEN_EUROPE = Definition(
    id="green_europe",
    name=Text("欧洲 · 环保品", "Europe · green goods"),
    meaning=Text(
        "环保品在欧洲的成交占比 ÷ 在全部国家的成交占比。",
        "Share of green goods in Europe ÷ their share in all countries.",
    ),
    how=of_cells(_green, index, reason=NO_REGION),
    source="Doc A, A2.7",
)

ABROAD = (
    indicator("compliance_incident_rate", Measured(rows=_incidents, summary=Summary.RATIO, spread=Spread.CUSTOMERS)),
    indicator(
        "local_payment_success", Measured(rows=_paid_abroad, summary=Summary.RATIO, spread=Spread.CASES), PAYMENT_GAP
    ),
    indicator("region_preference_index", of_cells(_cheap, index, reason=NO_REGION), GREEN_EUROPE),
)
