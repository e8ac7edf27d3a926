"""Open sales data as panels: one row of numbers per key, one column per day or week."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from ecodash.analysis.forecast.panel import DAILY, WEEKLY, Floats, Panel, Rhythm

FAMILIES = 30
LEAST_DAYS, LEAST_SALES = 90, 30


@dataclass(frozen=True, kw_only=True)
class Sales:
    """Rows (keys) by steps, missing before the first sale; ``first`` is the day number of the first step."""

    name: str
    keys: tuple[str, ...]
    values: Floats
    rhythm: Rhythm = DAILY
    first: int = 0

    def panel(self, horizon: int) -> Panel:
        """The whole of it, as what is known before a horizon."""
        phases = np.zeros(self.values.shape[1] + horizon, dtype=np.int64)
        groups = np.zeros(len(self.keys), dtype=np.int64)
        return Panel(
            keys=self.keys, values=self.values, phases=phases, groups=groups, first=self.first, rhythm=self.rhythm
        )


def sets(data: Path) -> tuple[Sales, ...]:
    """Every set there is under ``data``."""
    lines = _uci_lines(data / "uci_online_retail" / "online_retail.csv.gz")
    return (
        _daily("UCI by SKU", lines, "StockCode", least=LEAST_SALES),
        _daily("UCI families and total", _families(lines), "family", least=0),
        _weekly_of(_daily("UCI by SKU, weekly", lines, "StockCode", least=LEAST_SALES)),
        _uci_weekly(data / "uci_sales_weekly" / "Sales_Transactions_Dataset_Weekly.csv"),
        _frepple(data / "frepple_tennis_shop" / "sales_orders.csv"),
    )


def _uci_lines(path: Path) -> pl.DataFrame:
    """Sold lines of goods; a cancellation takes away one sale of the same customer, product and quantity."""
    rows = pl.read_csv(path, infer_schema_length=0).with_columns(
        pl.col("Quantity").cast(pl.Int64),
        pl.col("UnitPrice").cast(pl.Float64),
        day=pl.col("InvoiceDate").str.slice(0, 10).str.to_date(),
    )
    rows = rows.filter(pl.col("StockCode").str.contains(r"^\d{5}"))
    key = ["CustomerID", "StockCode", "size"]
    rows = rows.with_columns(size=pl.col("Quantity").abs(), back=pl.col("InvoiceNo").str.starts_with("C"))
    taken = rows.filter("back", pl.col("CustomerID").is_not_null()).group_by(key).agg(taken=pl.len())
    sales = rows.filter(~pl.col("back"), pl.col("Quantity") > 0, pl.col("UnitPrice") > 0)
    sales = sales.sort("InvoiceDate").with_columns(nth=pl.int_range(pl.len()).over(key))
    sales = sales.join(taken, on=key, how="left").filter(pl.col("nth") >= pl.col("taken").fill_null(0))
    return sales.select("day", "StockCode", "Description", qty="Quantity")


def _families(lines: pl.DataFrame) -> pl.DataFrame:
    """The thirty most frequent last words of descriptions, and the total."""
    named = lines.with_columns(family=pl.col("Description").str.strip_chars().str.split(" ").list.last())
    most = named.group_by("family").agg(pl.col("qty").sum()).sort("qty", descending=True)["family"].head(FAMILIES)
    return pl.concat([named.filter(pl.col("family").is_in(most.to_list())), named.with_columns(family=pl.lit("total"))])


def _daily(name: str, lines: pl.DataFrame, key: str, *, least: int) -> Sales:
    first, last = lines["day"].min(), lines["day"].max()
    sums = lines.group_by(key, "day").agg(pl.col("qty").sum())
    start = pl.lit(first)
    sums = sums.with_columns(step=(pl.col("day") - start).dt.total_days())
    length = int((pl.Series([last]) - pl.Series([first])).dt.total_days()[0]) + 1
    found = _filled(sums.select(key=pl.col(key), step="step", qty="qty"), length)
    sold = (np.nan_to_num(found[1]) > 0).sum(axis=1)
    age = (~np.isnan(found[1])).sum(axis=1)
    kept = (sold >= least) & (age >= LEAST_DAYS)
    number = int(pl.Series([first]).cast(pl.Int32)[0])
    return Sales(name=name, keys=tuple(np.array(found[0])[kept]), values=found[1][kept], first=number)


def _filled(sums: pl.DataFrame, length: int) -> tuple[list[str], Floats]:
    """Zeros from the first sale on, missing before."""
    keys = sorted(sums["key"].unique().to_list())
    place = {key: i for i, key in enumerate(keys)}
    values = np.zeros((len(keys), length))
    rows = [place[key] for key in sums["key"]]
    values[rows, sums["step"].to_numpy()] = sums["qty"].to_numpy()
    started = np.cumsum(values > 0, axis=1) > 0
    return keys, np.where(started, values, np.nan)


def _weekly_of(sales: Sales) -> Sales:
    """Whole weeks of seven days, counted back from the last day."""
    weeks = sales.values.shape[1] // 7
    parts = sales.values[:, -weeks * 7 :].reshape(len(sales.keys), weeks, 7)
    values = np.where(np.isnan(parts).any(axis=2), np.nan, np.nansum(parts, axis=2))
    return Sales(name=sales.name, keys=sales.keys, values=values, rhythm=WEEKLY)


def _uci_weekly(path: Path) -> Sales:
    rows = pl.read_csv(path)
    weeks = [f"W{i}" for i in range(52)]
    values = rows.select(pl.col(weeks).cast(pl.Float64)).to_numpy()
    started = np.cumsum(values > 0, axis=1) > 0
    keys = tuple(rows["Product_Code"].to_list())
    return Sales(name="UCI weekly", keys=keys, values=np.where(started, values, np.nan), rhythm=WEEKLY)


def _frepple(path: Path) -> Sales:
    rows = pl.read_csv(path, infer_schema_length=0).with_columns(
        day=pl.col("due").str.slice(0, 10).str.to_date(), qty=pl.col("quantity").cast(pl.Float64)
    )
    rows = rows.with_columns(
        key=pl.col("item_id") + " @ " + pl.col("location_id"), week=pl.col("day").dt.truncate("1w")
    )
    first, last = pl.Series([rows["week"].min()]), pl.Series([rows["week"].max()])
    sums = rows.group_by("key", "week").agg(pl.col("qty").sum())
    sums = sums.with_columns(step=(pl.col("week") - pl.lit(first[0])).dt.total_days() // 7)
    keys, values = _filled(sums.select("key", "step", "qty"), int((last - first).dt.total_days()[0]) // 7 + 1)
    return Sales(name="frePPLe", keys=tuple(keys), values=values, rhythm=WEEKLY)
