"""Simulated membership programmes with a known effect, for tests and benchmarks; the same seed gives the same shop.

A customer's purchase rate depends on his first channel, category, month, basket value and an unseen liveliness
(exponential); after every purchase he leaves for good with 8 %. At every purchase, the first included, he may
join, more likely through some channels and with larger baskets. So lively customers join because they buy often: who
looks at "ever a member" sees a gap of more than 20 points where the programme does nothing.

The outcome is one more purchase in (L, L + W]. A planted effect is the same for every customer: of the members at the
landmark who would not have bought, so many buy that the chance of each rises by ``effect``.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ecodash.analysis.fair_comparison import Design

LANDMARK, WINDOW, LAST_DAY = 30, 90, 1000
CHANNELS = np.array(["tmall", "jd", "douyin", "wechat"])
CATEGORIES = np.array(["tea", "skin", "home", "baby", "pet"])
COVARIATES = (
    *("orders_before", "spend_before", "recency_before"),
    *("channel", "category", "month", "region", "discount", "first_value"),
)
DESIGN = Design(covariates=COVARIATES, placebo="odd_id")
MOST_ORDERS = 60
LEAVES = 0.08


@dataclass(frozen=True, kw_only=True)
class Programme:
    """Customers and purchases for ``landmark_table``; ``joined`` is whether a customer ever became a member."""

    customers: pl.DataFrame
    purchases: pl.DataFrame

    def naive_gap(self) -> float:
        """Share with a second order among those ever members minus among the others: the usual, wrong reading."""
        again = self.purchases.group_by("customer").len().with_columns(again=pl.col("len") > 1)
        table = self.customers.join(again, on="customer").with_columns(joined=pl.col("status_day").is_not_null())
        shares = dict(table.group_by("joined").agg(pl.col("again").mean()).iter_rows())
        return float(shares[True] - shares[False])


def programme(n: int, *, effect: float, seed: int) -> Programme:
    """``n`` customers who first bought on days 0–359 and are watched to day 1000."""
    dice = np.random.default_rng(seed)
    channel, category = dice.integers(0, 4, n), dice.integers(0, 5, n)
    first_day, value = dice.integers(0, 360, n), np.exp(dice.normal(5, 0.7, n))
    discount = np.clip(dice.beta(1, 3, n) + 0.1 * (channel == 2), 0, 0.95)
    rate = 0.009 * dice.gamma(1.0, 1.0, n)
    rate *= np.array([1.0, 1.2, 0.7, 1.6])[channel] * np.array([1.5, 1.0, 0.7, 1.2, 1.3])[category]
    rate = np.minimum(rate * np.exp(0.15 * (np.log(value) - 5) - 0.4 * discount + 0.001 * (first_day - 180)), 0.03)
    joins = 1 / (1 + np.exp(1.0 - 0.5 * (np.log(value) - 5) - np.array([0.0, 0.3, -0.5, 1.0])[channel]))
    day, alive = _purchase_days(rate, first_day, dice)
    happens = np.isfinite(day) & (day <= LAST_DAY)
    status_day = _joining(day, happens, joins, dice)
    member = status_day <= first_day + LANDMARK
    extra = _planted(day, rate * alive, member, first_day, effect, dice)
    who, order = np.nonzero(happens)
    days = np.concatenate([day[who, order], extra[np.isfinite(extra)]])
    owners = np.concatenate([who, np.nonzero(np.isfinite(extra))[0]])
    customers = pl.DataFrame(
        {
            "customer": np.arange(n),
            "first_day": first_day,
            "status_day": pl.Series([int(d) if np.isfinite(d) else None for d in status_day], dtype=pl.Int64),
            "channel": CHANNELS[channel],
            "category": CATEGORIES[category],
            "month": first_day // 30,
            "region": dice.integers(0, 8, n).astype(str),
            "discount": discount,
            "first_value": np.log(value),
            "odd_id": dice.integers(0, 2, n),
        }
    )
    amounts = value[owners] * np.exp(dice.normal(0, 0.4, len(owners)))
    purchases = pl.DataFrame({"customer": owners, "day": days.astype(np.int64), "value": amounts})
    return Programme(customers=customers, purchases=purchases)


def _purchase_days(
    rate: NDArray[np.float64], first_day: NDArray[np.int64], dice: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Day of each purchase (infinite: none), and whether the customer is still there at the landmark."""
    n = len(rate)
    stays = dice.random((n, MOST_ORDERS)) > LEAVES
    gaps = np.ceil(dice.exponential(1 / rate[:, None], (n, MOST_ORDERS - 1)))
    gaps[~np.logical_and.accumulate(stays, axis=1)[:, :-1]] = np.inf
    day = np.concatenate([first_day[:, None], first_day[:, None] + np.cumsum(gaps, axis=1)], axis=1)
    so_far = (day <= (first_day + LANDMARK)[:, None]).sum(axis=1)
    alive = np.logical_and.accumulate(stays, axis=1)[np.arange(n), so_far - 1]
    return day, alive


def _joining(
    day: NDArray[np.float64], happens: NDArray[np.bool_], chance: NDArray[np.float64], dice: np.random.Generator
) -> NDArray[np.float64]:
    """Day of the purchase at which the customer joined; infinite for never."""
    joined = happens & (dice.random(day.shape) < 0.5 * chance[:, None])
    return np.where(joined, day, np.inf).min(axis=1)


def _planted(  # noqa: PLR0917
    day: NDArray[np.float64],
    rate: NDArray[np.float64],
    member: NDArray[np.bool_],
    first_day: NDArray[np.int64],
    effect: float,
    dice: np.random.Generator,
) -> NDArray[np.float64]:
    """A day in the window for the members whom the programme moved to buy; infinite for everybody else."""
    since = day - first_day[:, None]
    bought = ((since > LANDMARK) & (since <= LANDMARK + WINDOW)).any(axis=1)
    otherwise_not = np.exp(-rate * WINDOW)
    moved = member & ~bought & (dice.random(len(rate)) < effect / otherwise_not)
    return np.where(moved, first_day + LANDMARK + dice.integers(1, WINDOW + 1, len(rate)), np.inf)
