"""Customer value from facts in DuckDB: RFM, lapse point, value at equal horizons, forecast, on one million customers.

``python -m benchmarks.customer_facts [--customers 1000000]``. Customers of a Pareto/NBD with known parameters
(tests/analysis/shops.py) become the facts the methods read; each question is asked once, cold.
"""

import argparse
import resource
import sys
import time
from collections.abc import Callable, Sequence

import duckdb
import narwhals as nw
import polars as pl

from ecodash.core.period import Period, day_of
from ecodash.core.settings import Settings
from ecodash.facts import Frame
from ecodash.metrics.query import Query
from ecodash.metrics.value import lapse, predicted, segments
from ecodash.metrics.value.observed import curve_days, observed
from ecodash.metrics.value.purchases import born_in, looking_back
from tests.analysis.shops import pareto_purchases

FIRST, DAYS = 19_000, 800
ALLOWED = {"RFM segments": 1.0, "forecast for everybody": 15.0}


class Facts:
    """A source of two facts, orders and customers."""

    settings = Settings()

    def __init__(self, customers: int) -> None:
        self.connection = duckdb.connect()
        orders = _orders(customers)
        for name, table in (("orders", orders), ("customers", _customers(orders))):
            self.connection.register("handed", table.to_arrow())
            self.connection.execute(f'CREATE TABLE "{name}" AS FROM handed')
        self.rows = orders.height

    def fact(self, name: str, *, as_of: int | None = None) -> Frame:
        """A fact by name."""
        del as_of
        return nw.from_native(self.connection.table(name))

    def table(self, name: str, *, as_of: int | None = None) -> Frame:
        """There are no canonical tables here."""
        raise KeyError(name, as_of)

    def loaded_tables(self, *, as_of: int | None = None) -> set[str]:
        """Orders only."""
        del as_of
        return {"orders"}

    def data_end(self, *, as_of: int | None = None) -> Period | None:
        """The days of the simulation."""
        del as_of
        return Period(day_of(FIRST), day_of(FIRST + DAYS))


def _orders(customers: int) -> pl.DataFrame:
    bought = pareto_purchases(customers, seed=1, days=DAYS)
    paid = (pl.col("value") * 10_000).cast(pl.Int64)
    rows = bought.select(
        customer_id=pl.col("customer").hash(1).cast(pl.String).str.pad_start(32, "0"),
        bucket=(pl.col("customer") % 64).cast(pl.Int32),
        day=pl.col("day").cast(pl.Int32) + FIRST,
        paid=paid,
        cost=(paid * 0.4).cast(pl.Int64),
    ).sort("customer_id", "day")
    before = pl.col("day").shift(1).over("customer_id")
    opens = before.is_null() | (before < pl.col("day"))
    return rows.with_columns(
        *(pl.col("paid").alias(name) for name in ("net", "base", "costed")),
        *(pl.lit("a").alias(name) for name in ("channel_id", "platform")),
        order_id=pl.int_range(pl.len()).cast(pl.String),
        is_sale=pl.lit(value=True),
        kind=pl.lit("sale"),
        load_id=pl.lit(1),
        row_no=pl.int_range(pl.len()),
        opens_day=opens,
        prev_day=pl.when(opens).then(before),
    )


def _customers(orders: pl.DataFrame) -> pl.DataFrame:
    return orders.group_by("customer_id").agg(
        pl.col("bucket").first(),
        pl.col("paid").sum(),
        first_day=pl.col("day").min(),
        last_day=pl.col("day").max(),
        orders=pl.len().cast(pl.Int64),
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run and print; 1 when a limit is passed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--customers", type=int, default=1_000_000)
    source = Facts(parser.parse_args(arguments).customers)
    here, born = looking_back(source, Query()), born_in(source, Query())
    if here is None or born is None:
        return 1
    early = looking_back(source, Query(window=Period(day_of(FIRST), day_of(FIRST + DAYS // 2))))
    print(f"{source.rows} orders, {_memory():.2f} GB before the start")
    questions: dict[str, Callable[[], object]] = {
        "RFM segments": lambda: segments.segments(here),
        "movement between two days": lambda: early and segments.moved(early, here),
        "lapse point and standings": lambda: lapse.standings(here),
        "value curve of 365 days": lambda: observed(born, curve_days(365), watched=365),
        "forecast for everybody": lambda: predicted.scored(here),
        "forecast with its track record": lambda: predicted.predicted(here),
    }
    taken = {name: _timed(name, work) for name, work in questions.items()}
    print(f"peak memory {_memory():.2f} GB")
    return int(any(taken[name] > limit for name, limit in ALLOWED.items()))


def _timed(name: str, work: Callable[[], object]) -> float:
    """Seconds: the smaller of the clock and of the processors (others may use the machine)."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"{name:32} {wall:6.2f} s   {cpu:6.2f} s CPU")
    return min(wall, cpu)


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


if __name__ == "__main__":
    sys.exit(main())
