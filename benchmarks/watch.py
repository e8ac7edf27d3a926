"""The watch on shops in which nothing changes, and on shops in which something does.

``python -m benchmarks.watch [--pages 1000]``. Simulated: orders (Poisson, by weekday, seasons and a promotion twice a
year), sales (log-normal orders), buyers, order value, a common and a rare share. How often a page says "changed" although
nothing did (at most 5 %), how many false alarms ring beside those announced, and how many weeks a quarter down are found.
"""

import argparse
import sys
import time
from collections.abc import Sequence

import numpy as np
import polars as pl

from ecodash.analysis.alarms import alarms, false_alarms_a_month, page
from ecodash.analysis.expected_course import Kind, course

HALF_YEAR, SALE = 182, range(170, 176)
DAYS, BASES, SHOWN = 540, (6.0, 40.0, 400.0), (1, 7, 28)
WEEK = np.array([1, 1, 1, 0.9, 1.1, 1.3, 1.2])
ALLOWED, THRESHOLD, DROP = 0.05, 3.5, 0.75
Courses = list[list[float | None]]


def shop(dice: np.random.Generator, base: float, *, drop: int = 0) -> Courses:
    """The z of six numbers of one shop; in the last ``drop`` days a quarter of the orders is missing."""
    day = np.arange(DAYS)
    season = np.exp(0.15 * np.sin(2 * np.pi * day / 365 + dice.uniform(0, 6)))
    sale = np.isin(day % HALF_YEAR, SALE)
    lost = np.where(day >= DAYS - drop, DROP, 1.0)
    orders = np.maximum(dice.poisson(base * WEEK[day % 7] * season * np.where(sale, 2.5, 1.0) * lost), 1)
    money = np.array([dice.lognormal(4, 1, k).sum() for k in orders])
    numbers = [
        (orders.astype(float), Kind.COUNT),
        (money, Kind.MONEY),
        (dice.binomial(orders, 0.9).astype(float), Kind.COUNT),
        (money / orders, Kind.MEAN),
        (dice.binomial(orders, 0.3) / orders, Kind.SHARE),
        (dice.binomial(orders, 0.05) / orders, Kind.SHARE),
    ]
    phases = pl.Series(["sale:peak" if one else None for one in sale], dtype=pl.String)
    frame = pl.DataFrame({"n": orders.astype(float), "weekday": day % 7 + 1, "phase": phases})
    return [course(frame.with_columns(value=pl.Series(v)), kind)["z"].to_list() for v, kind in numbers]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run and print; 1 when a page without a change says "changed" more often than allowed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=1000)
    chosen = parser.parse_args(arguments)
    missed = False
    for base in BASES:
        missed |= _measured(base, chosen.pages)
    return int(missed)


def _measured(base: float, pages: int) -> bool:
    dice, began = np.random.default_rng(int(base)), time.perf_counter()
    false = dict.fromkeys(SHOWN, 0)
    rung, announced, found = [], [], 0
    for _ in range(pages):
        quiet = shop(dice, base)
        for days in SHOWN:
            false[days] += any(one.changed for one in page(quiet, days))
        for z in quiet:
            past = [one for one in z if one is not None]
            rung.append(len(alarms(z, THRESHOLD)) / len(past) * 30.44)
            announced.append(false_alarms_a_month(past, THRESHOLD))
        found += page(shop(dice, base, drop=7), 7)[0].changed
    rates = {days: count / pages for days, count in false.items()}
    limit = ALLOWED + 2 * (ALLOWED * (1 - ALLOWED) / pages) ** 0.5
    print(f"{base:g} orders a day, {pages} pages, {time.perf_counter() - began:.0f} s")
    print("  page says changed although nothing did:", {days: f"{rate:.1%}" for days, rate in rates.items()})
    print(f"  false alarms a month and number: {np.mean(rung):.3f}, announced {np.mean(announced):.3f}")
    print(f"  weeks a quarter down found: {found / pages:.0%}", flush=True)
    return any(rate > limit for rate in rates.values())


if __name__ == "__main__":
    sys.exit(main())
