"""When to order again and how much: reorder point, quantity, last order date, and what a budget buys first.

The reorder point is the quantile of the demand until an order placed now has arrived (lead time and time until the
next look). Ordered is what brings the position (stock and what is on its way) up to reorder point plus the demand of an
order cycle, at least the minimum, in whole packs. The last day to order is the day on which the position falls to the
reorder point.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from ecodash.analysis.demand_history import Numbers

FOREVER = 3650.0
"""Stock for ten years or more is never urgent."""


class Urgency(StrEnum):
    """``FINE``: not before the next look. ``NOW``: order today. ``LATE``: it will run out before an order of today arrives.

    ``NO_DEMAND``: nothing sells. ``UNKNOWN``: too little is known of its demand or stock.
    """

    FINE = "fine"
    NOW = "now"
    LATE = "late"
    NO_DEMAND = "no_demand"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Terms:
    """Per product: position, lead time and cycle in days, smallest order, pack. ``review``: days until the next look."""

    position: Numbers
    lead: Numbers
    cycle: Numbers
    minimum: Numbers
    pack: Numbers
    review: float


@dataclass(frozen=True, kw_only=True)
class Reorder:
    """Per product: reorder point, units to order, days until the last day to order (0 today, negative past), urgency.

    Past means at most a lead time ago. ``runs_out`` is the days until the position is used up at the expected demand.
    """

    point: Numbers
    quantity: Numbers
    days_left: Numbers
    runs_out: Numbers
    urgency: NDArray[np.str_]


def reorder(rate: Numbers, point: Numbers, terms: Terms) -> Reorder:
    """The orders for expected units a day ``rate`` and reorder points ``point``; NaN position or rate is ``UNKNOWN``."""
    with np.errstate(invalid="ignore", divide="ignore"):
        days_left = np.where(rate > 0, np.floor((terms.position - point) / rate), FOREVER)
        runs_out = np.where(rate > 0, terms.position / rate, FOREVER)
        missing = point + rate * terms.cycle - terms.position
    unknown = np.isnan(rate) | np.isnan(terms.position)
    due = (days_left < terms.review) & (rate > 0)
    late = due & (runs_out < terms.lead)
    wanted = np.where(due & ~unknown, np.maximum(missing, terms.minimum), 0.0)
    packs = np.ceil(np.maximum(wanted / terms.pack - 1e-9, 0.0))
    urgency = np.select(
        [unknown, rate == 0, late, due],
        [Urgency.UNKNOWN.value, Urgency.NO_DEMAND.value, Urgency.LATE.value, Urgency.NOW.value],
        Urgency.FINE.value,
    )
    return Reorder(
        point=point,
        quantity=packs * terms.pack,
        days_left=np.clip(days_left, -terms.lead, FOREVER),
        runs_out=np.clip(runs_out, 0.0, FOREVER),
        urgency=urgency,
    )


def within_budget(quantity: Numbers, cost: Numbers, worth: Numbers, *, budget: float) -> Numbers:
    """The quantities a ``budget`` pays for: whole lines, those with most ``worth`` per unit of money first.

    ``worth`` is the margin that would be lost without the order. Lines without a known cost are never bought.
    """
    price = quantity * cost
    kept = np.zeros(len(quantity))
    with np.errstate(invalid="ignore", divide="ignore"):
        order = np.argsort(-np.nan_to_num(worth / price), kind="stable")
    left = budget
    for at in order:
        if quantity[at] > 0 and price[at] <= left:
            kept[at] = quantity[at]
            left -= float(price[at])
    return kept
