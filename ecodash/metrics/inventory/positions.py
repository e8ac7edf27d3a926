"""Where every product stands on the evening of a day: stock, money in it, demand, cover, age, classes."""

from dataclasses import dataclass

import narwhals as nw
import numpy as np
import polars as pl

from ecodash.analysis.abc_xyz import abc, intermittent, xyz
from ecodash.analysis.stock_ageing import BOUNDS, by_last_sale, by_receipts
from ecodash.core.period import Period, day_number
from ecodash.metrics.collect import collected
from ecodash.metrics.inventory import ledgers
from ecodash.metrics.inventory.demand import Known, known
from ecodash.metrics.inventory.remembered import remembered
from ecodash.metrics.reading import Reading

SLOW_COVER = 90
DEAD_DAYS = 90
NEW_DAYS = 30
AGES = tuple(f"age_{bound}" for bound in (*BOUNDS, "over"))


@dataclass(frozen=True, kw_only=True)
class Positions:
    """One row per product in ``frame``; ``counted`` the last day with a count, None without any by then.

    Columns: sku_id, name, category, on_hand, available, inbound, unit_cost, value, price, margin, rate (+ low, high),
    cover (days; null without demand or stock), last_sale, idle (days since), is_new, dead, slow, abc, xyz, intermittent,
    lost (+ low, high), lost_money, and units by age in ``AGES``.
    """

    frame: pl.DataFrame
    demand: Known | None
    counted: int | None
    by_receipts: bool
    rows: int
    negative: int

    def held(self) -> pl.DataFrame:
        """The products there is stock of."""
        return self.frame.filter(pl.col("on_hand") > 0)

    def share(self, which: str) -> float | None:
        """The share of stock money in products for which the column ``which`` holds; None without known costs."""
        rows = self.held().drop_nulls("value")
        total = float(rows["value"].sum())
        return float(rows.filter(pl.col(which))["value"].sum()) / total if total else None

    def money(self, which: str) -> float:
        """Stock at cost of products for which the column ``which`` holds; unknown costs count nothing."""
        return float(self.held().filter(pl.col(which))["value"].sum())


def positions(reading: Reading, until: Period, *, velocity: int = 90, level: float = 0.95) -> Positions:
    """The products on the evening of the last day of ``until``; demand is that of the last ``velocity`` days."""
    key = (until.end, velocity, level)
    return remembered(reading, "positions", key, lambda: _positions(reading, until, velocity, level))


def _positions(reading: Reading, until: Period, velocity: int, level: float) -> Positions:
    last = day_number(until.end)
    found = known(reading, until, velocity=velocity, level=level)
    stock, counted, counted_rows, negative = latest(reading, until)
    rows = _joined(reading, stock, found)
    rows = _valued(rows, _sold(reading, until))
    rows = _aged(reading, rows, today=counted if counted is not None else last)
    rows = _classed(rows, found)
    received = reading.loaded(["purchase_orders"])
    return Positions(
        frame=rows, demand=found, counted=counted, by_receipts=received, rows=counted_rows, negative=negative
    )


def latest(reading: Reading, until: Period) -> tuple[pl.DataFrame, int | None, int, int]:
    """The last count of each place by the end of ``until``, added up per product; its day; rows; rows below zero."""
    rows = ledgers.last_counts(reading, until)
    if rows.is_empty():
        return (
            rows.group_by("sku_id").agg(pl.col(*("on_hand", "available", "inbound", "unit_cost", "value")).first()),
            None,
            0,
            0,
        )
    negative = rows.filter(pl.col("on_hand") < 0).height
    whole = rows.group_by("sku_id").agg(
        on_hand=pl.col("on_hand").clip(lower_bound=0).sum(),
        available=pl.col("available").sum(),
        inbound=pl.col("inbound").sum(),
        unit_cost=pl.col("unit_cost").mean(),
        value=pl.when(pl.col("value").count() > 0).then(pl.col("value").sum()),
    )
    return whole, int(rows["day"].max()), rows.height, negative  # type: ignore[arg-type]


def _joined(reading: Reading, stock: pl.DataFrame, found: Known | None) -> pl.DataFrame:
    demand = found.frame() if found else pl.DataFrame(schema=dict.fromkeys(("rate", "rate_low", "rate_high", "plain", "out_days", "lost", "lost_low", "lost_high"), pl.Float64) | {"sku_id": pl.String})  # fmt: skip
    terms = ledgers.product_terms(reading).unique("sku_id", keep="last")
    rows = stock.join(demand, on="sku_id", how="full", coalesce=True).join(
        terms.rename({"unit_cost": "listed_cost"}), on="sku_id", how="left"
    )
    return rows.with_columns(unit_cost=pl.coalesce("unit_cost", "listed_cost")).drop("listed_cost").sort("sku_id")


def _sold(reading: Reading, until: Period) -> pl.DataFrame:
    """Last sale of each product ever, and its sales and margin of the last year."""
    last = day_number(until.end)
    ever = reading.fact("product_days").filter(nw.col("qty") > 0, nw.col("day") <= last)
    days = collected(ever.group_by("sku_id").agg(last_sale=nw.col("day").max(), first_sale=nw.col("day").min()))
    year = ledgers.sales(reading, ledgers.days_of(last - 364, last))
    sums = year.group_by("sku_id").agg(
        pl.col("category").max().alias("sold_category"),
        *(pl.col(name).sum() for name in ("qty", "paid", "cost", "costed")),
    )
    return days.with_columns(pl.col("last_sale", "first_sale").cast(pl.Int64)).join(sums, on="sku_id", how="left")


def _valued(rows: pl.DataFrame, sold: pl.DataFrame) -> pl.DataFrame:
    price = pl.coalesce(pl.col("paid") / pl.col("qty"), "list_price")
    sellable = pl.col("available").clip(lower_bound=0.0)
    return rows.join(sold, on="sku_id", how="left", maintain_order="left").with_columns(
        category=pl.coalesce("category", "sold_category"),
        name=pl.coalesce("name", "sku_id"),
        price=price,
        margin=price - pl.col("unit_cost"),
        revenue=pl.col("paid").fill_null(0.0),
        cover=pl.when(pl.col("rate") > 0).then(sellable / pl.col("rate")),
        cover_low=pl.when(pl.col("rate_high") > 0).then(sellable / pl.col("rate_high")),
        cover_high=pl.when(pl.col("rate_low") > 0).then(sellable / pl.col("rate_low")),
        lost_money=pl.col("lost") * price,
        lost_money_low=pl.col("lost_low") * price,
        lost_money_high=pl.col("lost_high") * price,
    )


def _aged(reading: Reading, rows: pl.DataFrame, *, today: int) -> pl.DataFrame:
    """Age of the stock and how long it has not sold; a product that came less than 30 days ago is new, not dead."""
    held = rows["on_hand"].fill_null(0.0).to_numpy()
    bought = ledgers.receipts(reading, until=today).filter(pl.col("sku_id").is_in(rows["sku_id"].implode()))
    if bought.is_empty():
        ages = by_last_sale(held, rows["last_sale"].cast(pl.Float64).to_numpy(), today=today)
    else:
        place = np.searchsorted(rows["sku_id"].to_numpy().astype(str), bought["sku_id"].to_numpy().astype(str))
        ages = by_receipts(held, (place, bought["received"].to_numpy(), bought["units"].to_numpy()), today=today)
    came = bought.group_by("sku_id").agg(came=pl.col("received").max())
    idle = today - pl.coalesce("last_sale", pl.lit(None, dtype=pl.Int64))
    arrived = pl.max_horizontal("launched", pl.when(pl.col("last_sale").is_null()).then("came"))
    return (
        rows.with_columns(**{name: pl.Series(ages[:, i]) for i, name in enumerate(AGES)})
        .join(came, on="sku_id", how="left", maintain_order="left")
        .with_columns(idle=idle, is_new=(today - arrived < NEW_DAYS).fill_null(value=False))
        .with_columns(dead=~pl.col("is_new") & (pl.col("idle").is_null() | (pl.col("idle") > DEAD_DAYS)))
        .with_columns(slow=~pl.col("is_new") & (pl.col("dead") | (pl.col("cover") > SLOW_COVER).fill_null(value=True)))
    )


def _classed(rows: pl.DataFrame, found: Known | None) -> pl.DataFrame:
    classes = pl.Series("abc", abc(rows["sku_id"].to_list(), rows["revenue"].to_numpy()), dtype=pl.String)
    empty = pl.DataFrame(schema={"sku_id": pl.String, "xyz": pl.String, "intermittent": pl.Boolean})
    even = empty if found is None else pl.DataFrame(
        {
            "sku_id": list(found.history.keys),
            "xyz": xyz(found.whole.filled).tolist(),
            "intermittent": intermittent(found.whole.filled).tolist(),
        }
    )  # fmt: skip
    return (
        rows.with_columns(classes)
        .join(even, on="sku_id", how="left", maintain_order="left")
        .with_columns(pl.col("xyz").fill_null("Z"))
    )
