"""Stock per place against the demand it serves: which regions are over- and under-stocked, and what to move.

A place serves its own region (of its city's province) and the regions most of whose parcels it sends. Orders placed in
a store are the store's own demand. Regions no place can be given to are said, not spread over the others.
"""

from dataclasses import dataclass, replace

import narwhals as nw
import numpy as np
import polars as pl

from ecodash.analysis.rebalancing import Transfer, match, transfers
from ecodash.core.decimals import SCALE
from ecodash.core.period import Period, day_number
from ecodash.metrics.collect import collected
from ecodash.metrics.inventory import ledgers
from ecodash.metrics.reading import Reading
from ecodash.metrics.regions import ELSEWHERE, region

DAYS = 90


@dataclass(frozen=True, kw_only=True)
class Places:
    """``frame``: one row per place: location_id, name, region, on_hand, rate (units a day), shares, cover (days).

    ``detail``: one row per product and place. ``moves``: one row per proposed transfer: sku_id, name, source, target, units. ``matched``: 1 when stock lies where
    demand is, None when it cannot be said. ``unserved``: units a day of regions without a place; ``regions`` their codes.
    """

    frame: pl.DataFrame
    detail: pl.DataFrame
    moves: pl.DataFrame
    matched: float | None
    unserved: float
    regions: tuple[str, ...]


def places(reading: Reading, until: Period, *, days: int = DAYS) -> Places | None:
    """The places on the last day of ``until`` against the demand of the ``days`` days before; None without stock."""
    stock = ledgers.last_counts(reading, until)
    if stock.is_empty() or stock.filter(pl.col("location_id") != "").is_empty():
        return None
    known = _located(reading)
    demand = _demand(reading, until, stock, days)
    open_part = demand.filter(pl.col("location_id").is_null())
    names = ledgers.product_terms(reading).select("sku_id", "name").unique("sku_id")
    frame = _frame(stock, demand, known)
    stocks, rates, keys, columns = _grids(stock, demand)
    abroad = set(known.filter(pl.col("region") == ELSEWHERE)["location_id"])
    moves = [
        {"sku_id": keys[one.row], "source": columns[one.source], "target": columns[one.target], "units": one.units}
        for side in ([i for i, name in enumerate(columns) if (name in abroad) == out] for out in (False, True))
        for one in _within(stocks, rates, side)
    ]
    schema = {"sku_id": pl.String, "source": pl.String, "target": pl.String, "units": pl.Float64}
    return Places(
        frame=frame,
        detail=_detail(stock, demand, names),
        moves=pl.DataFrame(moves, schema=schema).join(names, on="sku_id", how="left").sort("units", descending=True),
        matched=match(stocks.sum(axis=0), rates.sum(axis=0)) if rates.any() else None,
        unserved=float(open_part["rate"].sum()),
        regions=tuple(sorted(open_part["region"].drop_nulls().unique())),
    )


def cover_by_place(reading: Reading, until: Period, *, days: int = DAYS) -> pl.DataFrame:
    """One row per product and place with stock or demand: location_id, sku_id, on_hand, rate, cover (days of that rate).

    No rate, no cover: null, never infinite.
    """
    stock = ledgers.last_counts(reading, until)
    names = ledgers.product_terms(reading).select("sku_id", "name").unique("sku_id")
    return _detail(stock, _demand(reading, until, stock, days), names)


def _demand(reading: Reading, until: Period, stock: pl.DataFrame, days: int) -> pl.DataFrame:
    """What is wanted by SKU and region, with the place that serves it; null where none does."""
    own = set(stock["location_id"])
    served = _served(reading, until, _located(reading), own)
    target = pl.when(pl.col("store_id").is_in(sorted(own))).then("store_id").otherwise(pl.col("served"))
    return _wanted(reading, until, days).join(served, on="region", how="left").with_columns(location_id=target)


def _detail(stock: pl.DataFrame, demand: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    keys = ["location_id", "sku_id"]
    held = stock.group_by(keys).agg(on_hand=pl.col("on_hand").clip(lower_bound=0).sum())
    wanted = demand.drop_nulls("location_id").group_by(keys).agg(rate=pl.col("rate").sum())
    both = held.join(wanted, on=keys, how="full", coalesce=True).join(names, on="sku_id", how="left")
    cover = pl.when(pl.col("rate") > 0).then(pl.col("on_hand").fill_null(0.0) / pl.col("rate"))
    return both.with_columns(cover=cover, name=pl.coalesce("name", "sku_id")).sort("cover", *keys, nulls_last=True)


def regional_match(reading: Reading, until: Period, *, days: int = DAYS) -> tuple[float, int] | None:
    """1 − ½ Σ |demand share − stock share| over regions, per category, weighted by demand; and how many counts it uses.

    None without a place whose region is known.
    """
    stock = ledgers.last_counts(reading, until).join(_located(reading), on="location_id", how="inner")
    held = stock.filter(pl.col("region").is_not_null()).with_columns(pl.col("category").fill_null(""))
    wanted = _wanted(reading, until, days).filter(pl.col("region").is_not_null())
    kinds = held.select("sku_id", "category").unique("sku_id")
    sides = {
        "stock": held.group_by("category", "region").agg(units=pl.col("on_hand").clip(lower_bound=0).sum()),
        "demand": wanted.join(kinds, on="sku_id").group_by("category", "region").agg(units=pl.col("rate").sum()),
    }
    both = sides["stock"].join(sides["demand"], on=["category", "region"], how="full", coalesce=True, suffix="_wanted")
    total, weight = 0.0, 0.0
    for part in both.fill_null(0.0).partition_by("category"):
        found = match(part["units"].to_numpy(), part["units_wanted"].to_numpy())
        if found is not None:
            demanded = float(part["units_wanted"].sum())
            total, weight = total + found * demanded, weight + demanded
    return (total / weight, held.height) if weight > 0 else None


def _located(reading: Reading) -> pl.DataFrame:
    """One row per declared place: location_id, name, region; a place abroad lies ``elsewhere``."""
    cities = reading.table("cities").select("city", "province")
    rows = reading.table("locations").select("location_id", "name", "city", "country")
    found = collected(rows.join(cities, on="city", how="left").with_columns(region=region("province")))
    abroad = (pl.col("country") != reading.settings.home_country).fill_null(value=False)
    return found.with_columns(region=pl.coalesce("region", pl.when(abroad).then(pl.lit(ELSEWHERE)))).select(
        "location_id", "name", "region"
    )


def _wanted(reading: Reading, until: Period, days: int) -> pl.DataFrame:
    """Units a day by SKU, region and store: sku_id, region, store_id, rate."""
    last = day_number(until.end)
    orders = reading.fact("orders").select("order_id", "store_id", "province", "country")
    lines = reading.fact("order_lines").filter(
        nw.col("is_sale"), nw.col("day") <= last, nw.col("day") > last - days, ~nw.col("sku_id").is_null()
    )
    rows = lines.select("order_id", "sku_id", "qty").join(orders, on="order_id", how="inner")
    grouped = rows.group_by("sku_id", "store_id", "province", "country").agg(qty=nw.col("qty").sum().cast(nw.Int64))
    found = collected(grouped.with_columns(region=region("province")))
    abroad = (pl.col("country") != reading.settings.home_country).fill_null(value=False)
    return found.select(
        *("sku_id", "store_id"),
        region=pl.when(abroad).then(pl.lit(ELSEWHERE)).otherwise(pl.col("region")),
        rate=pl.col("qty") / SCALE / days,
    )


def _served(reading: Reading, until: Period, known: pl.DataFrame, stocked: set[str]) -> pl.DataFrame:
    """The place that serves each region: the one most parcels come from, else the one that lies in it."""
    here = known.filter(pl.col("region").is_not_null(), pl.col("location_id").is_in(sorted(stocked)))
    lying = here.sort("location_id").group_by("region").agg(lying=pl.col("location_id").first())
    sent = reading.table("shipments").select("order_id", "from_location_id")
    orders = (
        reading.fact("orders").filter(nw.col("day") <= day_number(until.end)).select("order_id", "province", "country")
    )
    parcels = sent.join(orders, on="order_id", how="inner").group_by("from_location_id", "province", "country")
    rows = collected(parcels.agg(n=nw.len()).with_columns(region=region("province")))
    abroad = (pl.col("country") != reading.settings.home_country).fill_null(value=False)
    counted = rows.with_columns(region=pl.when(abroad).then(pl.lit(ELSEWHERE)).otherwise(pl.col("region")))
    counted = counted.filter(pl.col("from_location_id").is_in(sorted(stocked)), pl.col("region").is_not_null())
    sums = counted.group_by("region", "from_location_id").agg(pl.col("n").sum()).sort("n", descending=True)
    sending = sums.group_by("region", maintain_order=True).agg(sending=pl.col("from_location_id").first())
    both = lying.join(sending, on="region", how="full", coalesce=True)
    return both.select("region", served=pl.coalesce("sending", "lying"))


def _frame(stock: pl.DataFrame, demand: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    held = stock.group_by("location_id").agg(
        on_hand=pl.col("on_hand").clip(lower_bound=0).sum(), value=pl.col("value").sum()
    )
    wanted = demand.drop_nulls("location_id").group_by("location_id").agg(rate=pl.col("rate").sum())
    rows = held.join(wanted, on="location_id", how="left").join(known, on="location_id", how="left")
    rows = rows.with_columns(pl.col("rate").fill_null(0.0), name=pl.coalesce("name", "location_id"))
    return rows.with_columns(
        stock_share=pl.col("on_hand") / pl.col("on_hand").sum(),
        demand_share=pl.col("rate") / pl.col("rate").sum(),
        cover=pl.when(pl.col("rate") > 0).then(pl.col("on_hand") / pl.col("rate")),
    ).sort("on_hand", descending=True)


def _within(stocks: np.ndarray, rates: np.ndarray, side: list[int]) -> list[Transfer]:
    """Transfers between the places in columns ``side`` only: nothing is moved across a border."""
    found = transfers(stocks[:, side], rates[:, side]) if side else []
    return [replace(one, source=side[one.source], target=side[one.target]) for one in found]


def _grids(stock: pl.DataFrame, demand: pl.DataFrame) -> tuple[np.ndarray, np.ndarray, list[str], list[str]]:
    """Stock and demand as product × place, with the names of rows and columns; only places that someone buys from."""
    served = sorted(set(demand["location_id"].drop_nulls()) & set(stock["location_id"]))
    keys = sorted(stock["sku_id"].unique())
    row, column = {key: i for i, key in enumerate(keys)}, {name: i for i, name in enumerate(served)}
    stocks, rates = np.zeros((len(keys), len(served))), np.zeros((len(keys), len(served)))
    for frame, name, into in ((stock, "on_hand", stocks), (demand, "rate", rates)):
        for sku, place, units in frame.select("sku_id", "location_id", name).iter_rows():
            if sku in row and place in column:
                into[row[sku], column[place]] += max(units, 0.0)
    return stocks, rates, keys, served
