"""The demand of every product up to a day: what sold, the days stock-outs hid, and the mean behind them."""

from dataclasses import dataclass
from enum import StrEnum

import narwhals as nw
import numpy as np
import polars as pl

from ecodash.analysis.censored_demand import Demand, demand
from ecodash.analysis.demand_history import DemandHistory, history_of
from ecodash.analysis.stock_spells import inferred, recorded
from ecodash.core.period import Period, day_number
from ecodash.metrics.collect import collected
from ecodash.metrics.inventory import ledgers
from ecodash.metrics.reading import Reading

HISTORY = 365
VELOCITY = 90


class Spells(StrEnum):
    """Where stock-outs come from: stock counts, runs of days without sales, or both for different products."""

    RECORDED = "recorded"
    INFERRED = "inferred"
    BOTH = "both"


@dataclass(frozen=True, kw_only=True)
class Known:
    """Demand per product: the whole ``history`` (up to a year), and the mean of the last ``velocity`` days.

    ``whole`` is the same estimate over the whole history. ``counted`` says of which products stock was ever counted.
    """

    history: DemandHistory
    whole: Demand
    recent: Demand
    velocity: int
    spells: Spells
    counted: np.ndarray

    def frame(self) -> pl.DataFrame:
        """One row per product: sku_id, rate with low and high (units a day), plain, and of the whole history: out_days, lost.

        ``plain`` is what sold per day, stock-outs taken for no demand; ``lost`` are units with low and high.
        """
        columns = {
            "rate": self.recent.mean,
            "rate_low": self.recent.low,
            "rate_high": self.recent.high,
            "plain": self.recent.plain,
            "out_days": self.whole.out_days,
            "lost": self.whole.lost,
            "lost_low": self.whole.lost_low,
            "lost_high": self.whole.lost_high,
        }
        rows = pl.DataFrame({"sku_id": list(self.history.keys), **columns}, schema_overrides={"sku_id": pl.String})
        return rows.with_columns(pl.col(list(columns)).fill_nan(None))


def known(reading: Reading, until: Period, *, velocity: int = VELOCITY, level: float = 0.95) -> Known | None:
    """What is known of demand by the end of ``until``; None when nothing sold in the year before."""
    last = day_number(until.end)
    span = ledgers.days_of(last - HISTORY + 1, last)
    sold, counted = ledgers.sales(reading, span), ledgers.counts(reading, span)
    if sold.is_empty():
        return None
    seen_in = counted["sku_id"].unique()
    keys = tuple(sorted({*sold["sku_id"].unique(), *seen_in}))
    born = _born(reading, keys, counted, last)
    first = max(last - HISTORY + 1, int(born.min()))
    rows = _rows(sold["sku_id"], keys)
    raw = history_of(
        (rows, sold["day"].to_numpy(), sold["qty"].to_numpy()),
        keys=keys,
        first=first,
        days=last - first + 1,
        born=born,
    )
    seen = pl.Series(keys, dtype=pl.String).is_in(seen_in.implode()).to_numpy()
    history = inferred(recorded(raw, _levels(counted, keys)), only=~seen)
    spells = Spells.RECORDED if seen.all() else Spells.BOTH if seen.any() else Spells.INFERRED
    return Known(
        history=history,
        whole=demand(history, level=level),
        recent=demand(history.last(velocity), level=level),
        velocity=velocity,
        spells=spells,
        counted=seen,
    )


def _rows(names: pl.Series, keys: tuple[str, ...]) -> np.ndarray:
    place = pl.DataFrame({"key": keys, "row": np.arange(len(keys))}, schema_overrides={"key": pl.String})
    found = names.rename("key").to_frame().join(place, on="key", how="left", maintain_order="left")
    return found["row"].to_numpy().astype(np.int64)


def _born(reading: Reading, keys: tuple[str, ...], counted: pl.DataFrame, last: int) -> np.ndarray:
    """The first day a product sold or was seen in stock; for those that never were, the day after ``last``."""
    sold = reading.fact("product_days").filter(nw.col("qty") > 0).group_by("sku_id").agg(day=nw.col("day").min())
    first = pl.concat(
        [
            collected(sold).select("sku_id", pl.col("day").cast(pl.Int64)),
            counted.filter(pl.col("on_hand") > 0).group_by("sku_id").agg(day=pl.col("day").min()),
        ]
    )
    earliest = first.drop_nulls("sku_id").group_by("sku_id").agg(day=pl.col("day").min())
    rows = pl.DataFrame({"sku_id": list(keys)}).join(earliest, on="sku_id", how="left", maintain_order="left")
    return rows["day"].fill_null(last + 1).to_numpy()


def _levels(counted: pl.DataFrame, keys: tuple[str, ...]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Sellable units of all places per product and counted day; a place not counted that day keeps its last count."""
    if counted.is_empty():
        empty = np.zeros(0, dtype=np.int64)
        return empty, empty, np.zeros(0)
    rows = _rows(counted["sku_id"], keys)
    places, place = np.unique(counted["location_id"].rank("dense").to_numpy(), return_inverse=True)
    days, day = np.unique(counted["day"].to_numpy(), return_inverse=True)
    cells = (rows * len(places) + place) * len(days) + day
    units, known = np.zeros((2, len(keys) * len(places) * len(days)))
    np.add.at(units, cells, counted["available"].fill_null(0.0).to_numpy())
    known[cells] = 1
    shape = (len(keys), len(places), len(days))
    newest = np.maximum.accumulate(np.where(known.reshape(shape) > 0, np.arange(len(days)), -1), axis=2)
    carried = np.take_along_axis(np.maximum(units.reshape(shape), 0.0), np.maximum(newest, 0), axis=2)
    level = np.where(newest >= 0, carried, 0.0).sum(axis=1)
    at = np.nonzero(known.reshape(shape).any(axis=1))
    return at[0], days[at[1]], level[at]
