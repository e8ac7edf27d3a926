"""What a product costs on a day, in hundredths of the currency: a yearly price round, one price change, festivals."""

import numpy as np

from ecodash.sample.brand import COLUMN, PRODUCTS
from ecodash.sample.calendar import Ints, is_festival
from ecodash.sample.plan import EARLIER_PRICES, RAISED_TO, Plan

FESTIVAL_PRICE = 85  # percent of the list price
FIXED = "食品"  # the category the price round leaves alone


def list_prices(plan: Plan, *, overseas: bool) -> Ints:
    """Days × products: the list price of each day, whole units of money where it is not today's."""
    today = np.array([p.usd if overseas else p.price for p in PRODUCTS], dtype=np.int64)
    prices = np.repeat(today[None, :], plan.days, axis=0)
    moved = np.array([p.category != FIXED for p in PRODUCTS])
    prices[: plan.day(plan.repriced)] = np.where(moved, today * EARLIER_PRICES // 10_000 * 100, today)
    changed = COLUMN[plan.price_sku]
    prices[plan.day(plan.raised) :, changed] = RAISED_TO[1 if overseas else 0]
    return prices


def prices_paid(plan: Plan, *, overseas: bool) -> Ints:
    """Days × products: the list price, or on festival days the festival price in whole units of money."""
    listed = list_prices(plan, overseas=overseas)
    feast = is_festival(plan, overseas=overseas)[:, None]
    return np.where(feast, listed * FESTIVAL_PRICE // 10_000 * 100, listed)
