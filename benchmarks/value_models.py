"""Customer value: one million customers fitted and scored, and RFM of the same customers.

``python -m benchmarks.value_models [--customers 1000000]``. Customers of a Pareto/NBD with known parameters
(tests/analysis/shops.py): histories from purchases, both models fitted, everybody scored for a year.
"""

import argparse
import resource
import sys
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

import polars as pl

from ecodash.analysis.customer_value import fit_value, score
from ecodash.analysis.purchase_history import purchase_histories
from ecodash.analysis.refused import Refused
from ecodash.analysis.rfm import by_quantiles, rfm
from tests.analysis.shops import pareto_purchases

LAST_DAY, ALLOWED_VALUE, ALLOWED_RFM = 800, 15.0, 1.0
Result = TypeVar("Result")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run and print; 1 when a limit is passed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--customers", type=int, default=1_000_000)
    chosen = parser.parse_args(arguments)
    bought = pareto_purchases(chosen.customers, seed=1, days=LAST_DAY)
    print(f"{chosen.customers} customers, {bought.height} purchases, {_memory():.2f} GB before the start")
    histories, taken = _timed("histories", lambda: purchase_histories(bought, last_day=LAST_DAY))
    model, fitting = _timed("both models fitted", lambda: fit_value(histories))
    if isinstance(model, Refused):
        print(model.text.en)
        return 1
    scored, scoring = _timed("everybody scored", lambda: score(histories, model, days=365))
    measured = bought.group_by("customer").agg(
        last_day=pl.col("day").max(), orders=pl.len(), spend=pl.col("value").sum()
    )
    _, segments = _timed("RFM by quantiles", lambda: by_quantiles(rfm(measured, today=LAST_DAY + 1)))
    values = ", ".join(
        f"{n} {v:.3f}" for n, v in zip(model.purchases.model.parameters, model.purchases.values, strict=True)
    )
    print(f"  {model.purchases.model.name}: {values} (planted 0.55, 10.6, 0.6, 11.7)")
    print(f"  {scored['expected_purchases'].sum():.0f} purchases expected in a year; peak memory {_memory():.2f} GB")
    print(f"histories, fit and scores together {taken + fitting + scoring:.1f} s, allowed {ALLOWED_VALUE:.0f} s")
    return 0 if taken + fitting + scoring <= ALLOWED_VALUE and segments <= ALLOWED_RFM else 1


def _timed(name: str, work: Callable[[], Result]) -> tuple[Result, float]:
    """The result, and the smaller of seconds on the clock and of the processors (others may use the machine)."""
    wall, cpu = time.perf_counter(), time.process_time()
    result = work()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"{name:20} {wall:6.2f} s   {cpu:6.2f} s CPU")
    return result, min(wall, cpu)


def _memory() -> float:
    """Most memory this process ever had, in GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


if __name__ == "__main__":
    sys.exit(main())
