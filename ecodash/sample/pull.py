"""Which product a line is about: seasons, regions, the cheap platform, launch, end of life, stock-out, a price change."""

import numpy as np

from ecodash.core.period import day_of
from ecodash.sample.brand import COLUMN, PLATFORMS, PRODUCTS, SEASONS
from ecodash.sample.calendar import Floats
from ecodash.sample.places import ABROAD
from ecodash.sample.plan import ELASTICITY, RAISED_TO, Plan

# What the region of a warehouse adds to a season: the warm south, the mountains of the west.
REGIONS: tuple[dict[str, float], ...] = ({}, {"summer": 1.5, "winter": 0.55}, {"trail": 1.7}, {})
CHEAP_AT = 7_000  # fen: on the cheap platform the pull falls with the square of the price above this
CHEAP = len(REGIONS)  # profiles: a region, plus this number on the cheap platform
RAMP = (20, 60, 1.5)  # the new product starts at a third and grows for two months


def profile_of(platform: str, region: int) -> int:
    """Number of the profile for a platform and the region of a warehouse."""
    kind = next(p for p in PLATFORMS if p.name == platform)
    return ABROAD if kind.overseas else region + (CHEAP if kind.cheap else 0)


def pulls(plan: Plan, *, in_stock: bool = False) -> Floats:
    """Profiles × days × products: the share of each product on each day; sums to 1 over the products.

    ``in_stock``: as if the product that ran out had been there all the time.
    """
    days = _by_day(plan)
    profiles = np.stack([days * _taste(region, cheap=cheap) for cheap in (False, True) for region in REGIONS])
    if not in_stock:
        gone = slice(plan.day(plan.stock_out.start), plan.day(plan.stock_out.end) + 1)
        profiles[:, gone, COLUMN[plan.stock_out_sku]] = 0.0
    return np.asarray(profiles / profiles.sum(axis=2, keepdims=True))


def _taste(region: dict[str, float], *, cheap: bool) -> Floats:
    """What a region and a platform make of each product."""
    local = np.array([region.get(p.season, 1.0) for p in PRODUCTS])
    price = np.array([p.price for p in PRODUCTS], dtype=np.float64)
    return local * np.minimum(1.0, CHEAP_AT / price) ** 2 if cheap else local


def _by_day(plan: Plan) -> Floats:
    """Days × products: the pull of each product, whatever the region."""
    months = np.array([day_of(plan.first + i).month - 1 for i in range(plan.days)])
    season = np.array([[SEASONS[p.season][m] for p in PRODUCTS] for m in range(12)])[months]
    pull = season * np.array([p.weight for p in PRODUCTS])
    pull[plan.day(plan.dead_after) + 1 :, COLUMN[plan.dead_sku]] = 0.0
    since = np.arange(plan.days) - plan.day(plan.launched)
    pull[:, COLUMN[plan.new_sku]] *= np.clip((since + RAMP[0]) / RAMP[1], 0, RAMP[2]) * (since >= 0)
    raised = COLUMN[plan.price_sku]
    pull[plan.day(plan.raised) :, raised] *= (RAISED_TO[0] / PRODUCTS[raised].price) ** ELASTICITY
    return np.asarray(pull)
