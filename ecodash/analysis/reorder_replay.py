"""What a reorder rule would have brought: the past played again, day by day, knowing on each day only what was known.

Demand is what was known of it: units on days on sale, the expected units where stock-outs hid them. Both rules look at
the stock on the same days, order with the same lead time and begin with the same stock. The plain rule orders up to a
maximum when the position falls below a minimum, both set by the mean sales of the last ``PLAIN_DAYS`` days: ``minimum``
= mean · lead · ``PLAIN_SAFETY``, ``maximum`` = minimum + mean · cycle. What is not served is lost.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from ecodash.analysis.censored_demand import Demand
from ecodash.analysis.demand_history import Numbers
from ecodash.analysis.lead_time_demand import Quantiles, recent_level

WARM_UP = 90
REVIEW = 7
PLAIN_DAYS = 28
PLAIN_SAFETY = 1.5
LONGEST = 365

Rule = Callable[[int], tuple[Numbers, Numbers]]
"""On a day: below which position to order, and up to which."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How a rule did.

    ``fill_rate``: units served ÷ wanted. ``service``: product-days without a shortage ÷ product-days. ``held``: mean
    units in stock at the end of a day; ``value`` the same at cost, None without costs.
    """

    fill_rate: float
    service: float
    held: float
    value: float | None


@dataclass(frozen=True, kw_only=True)
class Replay:
    """Both rules over the same ``days`` of ``products`` products."""

    ours: Outcome
    plain: Outcome
    days: int
    products: int


def replay(
    found: Demand, leads: Numbers, levels: Numbers, *, cost: Numbers | None, quantiles: Quantiles
) -> Replay | None:
    """Both rules over the last days of the history; None below 120 days or without a product that sells."""
    filled = found.filled
    start = max(WARM_UP, filled.shape[1] - LONGEST)
    known = (~np.isnan(filled[:, :start])).sum(axis=1) >= WARM_UP // 2
    keep = known & (np.nansum(filled[:, start:], axis=1) > 0)
    if filled.shape[1] < WARM_UP + 30 or not keep.any():
        return None
    part = replace(found, filled=filled[keep])
    lead = np.maximum(np.rint(leads[keep].mean(axis=1)), 1)
    rules = (
        _quantile_rule(part, leads[keep] + REVIEW, levels[keep], quantiles),
        _plain_rule(part.filled, lead),
    )
    prices = None if cost is None else np.nan_to_num(cost[keep])
    ours, plain = (_play(part, lead, rule, start=start, cost=prices) for rule in rules)
    return Replay(ours=ours, plain=plain, days=filled.shape[1] - start, products=int(keep.sum()))


def _quantile_rule(part: Demand, leads: Numbers, levels: Numbers, quantiles: Quantiles) -> Rule:
    def rule(day: int) -> tuple[Numbers, Numbers]:
        point = quantiles(replace(part, filled=part.filled[:, :day]), leads, levels).quantile
        return point, point + recent_level(part.filled, until=day) * REVIEW

    return rule


def _plain_rule(filled: Numbers, lead: Numbers) -> Rule:
    def rule(day: int) -> tuple[Numbers, Numbers]:
        recent = filled[:, max(day - PLAIN_DAYS, 0) : day]
        known = np.maximum((~np.isnan(recent)).sum(axis=1), 1)
        mean = np.nansum(recent, axis=1) / known
        minimum = mean * (lead + REVIEW) * PLAIN_SAFETY
        return minimum, minimum + mean * REVIEW

    return rule


def _play(part: Demand, lead: Numbers, rule: Rule, *, start: int, cost: Numbers | None) -> Outcome:
    filled = part.filled
    n, days = filled.shape
    wanted = np.where(np.isnan(filled), recent_level(filled, until=start)[:, None], filled)[:, start:]
    arriving = np.zeros((n, days - start + int(lead.max()) + 1))
    stock = np.ceil(np.maximum(*rule(start)))
    served = short = held = worth = 0.0
    rows = np.arange(n)
    for step in range(days - start):
        stock = stock + arriving[:, step]
        sold = np.minimum(stock, wanted[:, step])
        short += float((sold < wanted[:, step] - 1e-9).sum())
        stock = stock - sold
        served += float(sold.sum())
        held += float(stock.sum())
        worth += float((stock * cost).sum()) if cost is not None else 0.0
        if step % REVIEW == 0:
            below, upto = rule(start + step)
            position = stock + arriving[:, step + 1 :].sum(axis=1)
            arriving[rows, step + lead.astype(int)] += np.where(position < below, np.ceil(upto - position), 0.0)
    length = days - start
    return Outcome(
        fill_rate=served / float(wanted.sum()),
        service=1 - short / (n * length),
        held=held / length,
        value=None if cost is None else worth / length,
    )
