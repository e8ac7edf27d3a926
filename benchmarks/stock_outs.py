"""Demand behind stock-outs and reorder points, on simulated shops whose truth is known: ``python -m benchmarks.stock_outs``.

1. Truncated demand: products run out every few weeks; stock is counted daily or weekly. How often does the interval of
   the corrected mean hold the true mean (at least 90 %), and the interval of the lost units what was really lost?
2. Reorder points: demand drifts, lead times vary. How often is the demand of the lead time covered, against the promise?
   Beside it the textbook formula mean·L + z·σ·√L.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from statistics import NormalDist

import numpy as np

from ecodash.analysis.censored_demand import Demand, demand
from ecodash.analysis.demand_history import DemandHistory, Numbers
from ecodash.analysis.lead_time_demand import lead_demand
from ecodash.analysis.stock_spells import recorded

LEVEL = 0.90
TOLERANCE = 0.03
LEADS = np.array([10.0, 12.0, 14.0, 16.0, 18.0])


def drawn(dice: np.random.Generator, mean: Numbers, dispersion: Numbers) -> Numbers:
    """Negative binomial demand."""
    return dice.negative_binomial(1 / dispersion, 1 / (1 + dispersion * mean)).astype(float)


def plain(sold: Numbers) -> DemandHistory:
    """A history in which every day is on sale."""
    keys = tuple(map(str, range(len(sold))))
    return DemandHistory(keys=keys, first=0, sold=sold, state=np.zeros(sold.shape, dtype=np.int8))


def truncated(products: int, days: int, *, every: int, seed: int) -> tuple[float, float, float, float]:
    """Coverage of the mean, of the lost units, bias of the corrected and of the plain mean."""
    dice = np.random.default_rng(seed)
    mean, dispersion = np.exp(dice.uniform(np.log(0.1), np.log(40), products)), dice.uniform(0.1, 1, products)
    wanted = drawn(dice, np.repeat(mean[:, None], days, axis=1), dispersion[:, None])
    stock, sold, level = np.ceil(mean * 15), np.zeros(wanted.shape), np.zeros(wanted.shape)
    for day in range(days):
        stock = np.maximum(stock, np.ceil(mean * 16)) if day and day % 21 == 0 else stock
        sold[:, day] = np.minimum(stock, wanted[:, day])
        stock = stock - sold[:, day]
        level[:, day] = stock
    row, day = (part.ravel() for part in np.indices(level.shape))
    counted = day % every == every - 1
    found = demand(recorded(plain(sold), (row[counted], day[counted], level[row[counted], day[counted]])))
    lost = wanted.sum(axis=1) - sold.sum(axis=1)
    return (
        float(((found.low <= mean) & (mean <= found.high)).mean()),
        float(((found.lost_low <= lost) & (lost <= found.lost_high)).mean()),
        float(np.mean(found.mean / mean) - 1),
        float(np.mean(found.plain / mean) - 1),
    )


def service(products: int, days: int, *, wanted: float, seed: int) -> tuple[float, float, float, float]:
    """Share of lead times covered by our reorder point and by the textbook's, and the mean of both points."""
    dice = np.random.default_rng(seed)
    mean, dispersion = np.exp(dice.uniform(np.log(0.3), np.log(8), products)), dice.uniform(0.1, 1, products)
    level = mean[:, None] * np.exp(np.cumsum(dice.normal(0, 0.02, (products, days + 30)), axis=1))
    sold = drawn(dice, level, dispersion[:, None])
    found: Demand = demand(plain(sold[:, :days]))
    made = lead_demand(found, np.tile(LEADS, (products, 1)), np.full(products, wanted))
    came = np.array([sold[i, days : days + int(dice.choice(LEADS))].sum() for i in range(products)])
    recent = sold[:, days - 90 : days]
    z = NormalDist().inv_cdf(wanted)
    textbook = recent.mean(axis=1) * LEADS.mean() + z * recent.std(axis=1) * np.sqrt(LEADS.mean())
    return (
        float((came <= made.quantile).mean()),
        float((came <= textbook).mean()),
        made.quantile.mean(),
        textbook.mean(),
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print both tables; 1 when a promise is not kept."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--products", type=int, default=2000)
    chosen = parser.parse_args(arguments)
    missed = 0
    print("counted every  mean in interval  lost in interval  bias corrected  bias as sold  seconds")
    for every in (1, 7):
        start = time.perf_counter()
        mean, lost, bias, raw = truncated(chosen.products, 180, every=every, seed=11)
        missed += mean < LEVEL
        print(
            f"{every:>10} d {mean:>16.1%} {lost:>17.1%} {bias:>+15.1%} {raw:>+13.1%} {time.perf_counter() - start:>8.1f}"
        )
    print("promised  ours covered  textbook covered  our point  textbook point")
    for wanted in (0.90, 0.95, 0.98):
        ours, textbook, point, simple = service(chosen.products, 365, wanted=wanted, seed=12)
        missed += abs(ours - wanted) > TOLERANCE
        print(f"{wanted:>8.0%} {ours:>13.1%} {textbook:>17.1%} {point:>10.1f} {simple:>15.1f}")
    return missed


if __name__ == "__main__":
    sys.exit(main())
