"""Comparable customers: how often the interval holds the truth, and how long a million customers take.

``python -m benchmarks.fair_comparison [--runs 200] [--customers 1000000]``. First 200 simulated programmes that do
nothing and 200 that bring 5 points (tests/analysis/programme.py): in how many does the adjusted 95 % interval hold the
truth, and how large is the naive gap? Then the landmark table and the comparison with its placebo for one million
customers, and the survival curves of the same customers; both also beside scikit-learn and statsmodels doing the same.
``--runs 0`` or ``--customers 0`` leaves a half out.
"""

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from statsmodels.duration.survfunc import SurvfuncRight, survdiff

from ecodash.analysis.covariates import covariates
from ecodash.analysis.cross_fitting import Predictions
from ecodash.analysis.doubly_robust import doubly_robust
from ecodash.analysis.fair_comparison import Comparison, Design, compare
from ecodash.analysis.kaplan_meier import kaplan_meier, quantile
from ecodash.analysis.landmark import landmark_table
from ecodash.analysis.log_rank import log_rank
from ecodash.analysis.restricted_mean import restricted_mean
from tests.analysis.programme import DESIGN, LANDMARK, LAST_DAY, WINDOW, programme

COVERAGE, GAP, CUSTOMERS_A_RUN, CHUNK = 0.93, 0.20, 6000, 100_000
ALLOWED = {"landmark table": 1.0, "comparison": 60.0, "survival curves": 1.0}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run and print; 1 when a promise is not kept."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--customers", type=int, default=1_000_000)
    chosen = parser.parse_args(arguments)
    found = [_coverage(effect, chosen.runs) for effect in (0.0, 0.05)] if chosen.runs else []
    quick = _large(chosen.customers) if chosen.customers else True
    return 0 if all(found) and quick else 1


def _coverage(effect: float, runs: int) -> bool:
    gaps, found = [], []
    for seed in range(runs):
        shop = programme(CUSTOMERS_A_RUN, effect=effect, seed=10_000 + seed)
        table = landmark_table(shop.customers, shop.purchases, landmark=LANDMARK, window=WINDOW, last_day=LAST_DAY)
        gaps.append(shop.naive_gap())
        answer = compare(table, DESIGN)
        if isinstance(answer, Comparison):
            found.append(answer.effect)
    held = float(np.mean([one.interval.contains(effect) for one in found]))
    estimates = np.array([one.difference for one in found])
    print(
        f"effect {effect * 100:+.0f} points: the interval holds it in {held:.1%} of {len(found)} runs;"
        f" estimate {estimates.mean() * 100:+.2f} (s.d. {estimates.std() * 100:.2f},"
        f" mean standard error {np.mean([one.error for one in found]) * 100:.2f});"
        f" naive gap {np.mean(gaps) * 100:.1f} points, at least {min(gaps) * 100:.1f}"
    )
    return held >= COVERAGE and min(gaps) > GAP and len(found) == runs


def _large(customers: int) -> bool:
    """The million in a process of its own, so that its peak memory is its own."""
    with tempfile.TemporaryDirectory(prefix="ecodash-fair-") as name:
        folder, processes = Path(name), get_context("spawn")
        for work in (_write, _measure):
            child = processes.Process(target=work, args=(folder, customers))
            child.start()
            child.join()
        return child.exitcode == 0


def _write(folder: Path, customers: int) -> None:
    for index, start in enumerate(range(0, customers, CHUNK)):
        shop = programme(min(CHUNK, customers - start), effect=0.05, seed=index)
        shift = pl.col("customer") + start
        shop.customers.with_columns(shift).write_parquet(folder / f"customers.{index}.parquet")
        shop.purchases.with_columns(shift).write_parquet(folder / f"purchases.{index}.parquet")


def _measure(folder: Path, customers: int) -> None:
    people, bought = (pl.read_parquet(folder / f"{name}.*.parquet") for name in ("customers", "purchases"))
    start = _memory()
    table = pl.DataFrame()
    kept = []

    def make_table() -> None:
        nonlocal table
        table = landmark_table(people, bought, landmark=LANDMARK, window=WINDOW, last_day=LAST_DAY)

    kept.append(_timed("landmark table", make_table))
    kept.append(_timed("comparison", lambda: _answer(table)))
    print(f"  peak memory {_memory():.2f} GB, {start:.2f} GB of it before the start ({customers} customers)")
    counts = _waits(people, bought)
    kept.append(_timed("survival curves", lambda: _curves(counts)))
    _beside(table.head(CHUNK), counts)
    sys.exit(0 if all(kept) else 1)


def _answer(table: pl.DataFrame) -> None:
    found = compare(table, DESIGN)
    if not isinstance(found, Comparison):
        raise TypeError(found.text.en)
    low, high = found.effect.interval.low * 100, found.effect.interval.high * 100
    print(f"  {table.height} rows: +5 planted, {found.effect.difference * 100:+.2f} [{low:.2f}, {high:.2f}] found")


def _waits(people: pl.DataFrame, bought: pl.DataFrame) -> pl.DataFrame:
    """One row per customer: channel, days to the second purchase day or to the end, and whether it came."""
    later = bought.join(people.select("customer", "first_day"), on="customer").filter(
        pl.col("day") > pl.col("first_day")
    )
    second = later.group_by("customer").agg(second=pl.col("day").min())
    wait = pl.col("second").fill_null(LAST_DAY) - pl.col("first_day")
    came = pl.col("second").is_not_null()
    return people.join(second, on="customer", how="left").select(
        group="channel", t=wait, returned=came.cast(pl.Int64), lost=(~came).cast(pl.Int64)
    )


def _curves(waits: pl.DataFrame) -> None:
    """Curve, median and restricted mean of each channel and the test between them, from one row per customer."""
    counts = waits.group_by("group", "t").agg(pl.col("returned", "lost").sum())
    for part in counts.partition_by("group"):
        curve = kaplan_meier(part)
        quantile(curve)
        restricted_mean(curve, 365)
    log_rank(counts)


def _beside(table: pl.DataFrame, waits: pl.DataFrame) -> None:
    """The same work by the nearest libraries, as a ratio of processor time; for the comparison on fewer customers."""
    matrix = covariates(table, DESIGN.covariates).matrix.astype(np.float64)
    status, outcome = table["status"].to_numpy(), table["returned"].to_numpy()
    alone = Design(covariates=DESIGN.covariates)
    pairs = {
        f"scikit-learn, {table.height} customers": (
            lambda: compare(table, alone),
            lambda: _scikit_learn(matrix, status, outcome),
        ),
        "statsmodels, survival curves": (lambda: _curves(waits), lambda: _statsmodels(waits)),
    }
    for name, (ours, theirs) in pairs.items():
        mine, other = _seconds(ours), _seconds(theirs)
        print(f"{name}: {other:.2f} s CPU, ours {mine:.2f} s, ratio {mine / other:.2f}")


def _scikit_learn(matrix: NDArray[np.float64], status: NDArray[np.int64], outcome: NDArray[np.int64]) -> float:
    """Cross-fitted chances and outcomes with plain pipelines, then the same formula."""
    model = make_pipeline(StandardScaler(), LogisticRegression(C=1.0, max_iter=500))
    chance, without, having = (np.empty(len(status)) for _ in range(3))
    for train, test in StratifiedKFold(5, shuffle=True, random_state=0).split(matrix, status):
        chance[test] = model.fit(matrix[train], status[train]).predict_proba(matrix[test])[:, 1]
        for arm, found in ((0, without), (1, having)):
            rows = train[status[train] == arm]
            found[test] = model.fit(matrix[rows], outcome[rows]).predict_proba(matrix[test])[:, 1]
    predicted = Predictions(status=chance, without=without, having=having)
    return doubly_robust(status, outcome.astype(np.float64), predicted).difference


def _statsmodels(waits: pl.DataFrame) -> None:
    t, returned = waits["t"].to_numpy() + 1, waits["returned"].to_numpy()
    group = waits["group"].to_numpy()
    for name in np.unique(group):
        SurvfuncRight(t[group == name], returned[group == name]).quantile(0.5)
    survdiff(t, returned, group)


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _timed(name: str, work: Callable[[], None]) -> bool:
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"{name:16} {wall:6.2f} s   {cpu:6.2f} s CPU   allowed {ALLOWED[name]:.0f} s")
    return min(wall, cpu) <= ALLOWED[name]


def _memory() -> float:
    """Most memory this process ever had, in GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


if __name__ == "__main__":
    sys.exit(main())
