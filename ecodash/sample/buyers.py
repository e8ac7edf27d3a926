"""Who buys when: first orders follow demand, later ones follow a chance and a gap. One row per order."""

import numpy as np
import polars as pl

from ecodash.sample.brand import Platform
from ecodash.sample.calendar import Floats, Ints, demand, next_peak, rest_left
from ecodash.sample.contacts import Contacts, contacts
from ecodash.sample.places import CITIES, TOWNS
from ecodash.sample.plan import KEEN, Plan

SPREAD = 0.85  # of the logarithm of the gap
SAME_DAY = 0.04  # share of repeat orders that come on the same day
WAITS_FOR_FESTIVAL = 0.35
WAITS_FOR_PARCELS = 0.7  # share of repeat orders that wait until parcels are sent again after lunar new year
PATIENCE = 14  # days a buyer waits for a festival
HOURS = (2, 1, 1, 1, 1, 2, 4, 7, 10, 12, 13, 12, 12, 11, 11, 11, 11, 11, 12, 15, 19, 20, 15, 7)


def purchases(plan: Plan, platform: Platform, *, number: int, orders: int) -> pl.DataFrame:
    """Exactly ``orders`` orders on platform number ``number``: platform, buyer, day, second, place, cause, met.

    ``buyer`` counts from 0 within the platform, ``day`` from the first day of the plan. ``cause`` is "usual", or
    "contact" for an order that only a guide brought; ``met`` is the day on which a guide added the buyer.
    Method: as many buyers as orders are imagined, each with all later orders; then buyers are taken until there are
    enough.
    """
    dice = plan.dice(1, number)
    buyer, day = _visits(plan, platform, dice=dice, buyers=orders)
    found = contacts(plan, buyer, day, buyers=orders) if platform.name == "youzan" else Contacts.none(orders)
    cause = np.repeat(["usual", "contact"], [len(buyer), len(found.buyer)])
    buyer, day = np.concatenate([buyer, found.buyer]), np.concatenate([day, found.day])
    order = np.lexsort((day, buyer))[:orders]
    places = np.array([town[-1] for town in TOWNS] if platform.overseas else [city[-1] for city in CITIES], float)
    place = pick(dice, places, int(buyer.max(initial=0)) + 1)
    return pl.DataFrame(
        {"buyer": buyer[order], "day": day[order], "second": seconds(dice, orders), "cause": cause[order]}
    ).with_columns(
        platform=pl.lit(platform.name),
        place=pl.lit(pl.Series(place, dtype=pl.Int64)).gather(pl.col("buyer")),
        met=pl.lit(pl.Series(found.met, dtype=pl.Int64)).gather(pl.col("buyer")),
    )


def _visits(plan: Plan, platform: Platform, *, dice: np.random.Generator, buyers: int) -> tuple[Ints, Ints]:
    """Buyer and day of every order of ``buyers`` imagined buyers; the first ``buyers`` are the first orders."""
    day = pick(dice, demand(plan, platform), buyers)
    buyer = np.arange(buyers, dtype=np.int64)
    keen = np.array(KEEN)[dice.integers(0, len(KEEN), buyers)]
    found = [(buyer, day)]
    waits, rests = next_peak(plan, overseas=platform.overseas), rest_left(plan, overseas=platform.overseas)
    for bought in range(1, 60):
        chance = np.minimum(0.85, platform.again * keen[buyer] * (1 + 0.2 * min(bought - 1, 3)))
        stays = dice.random(len(buyer)) < chance
        buyer, day = buyer[stays], day[stays]
        gap = np.maximum(1, np.rint(platform.gap * np.exp(SPREAD * dice.standard_normal(len(day))))).astype(np.int64)
        gap[dice.random(len(day)) < SAME_DAY] = 0
        day = day + gap
        inside = day < plan.days
        buyer, day, gap = buyer[inside], day[inside], gap[inside]
        wait = waits[day]
        day = day + np.where((gap > 0) & (wait <= PATIENCE) & (dice.random(len(day)) < WAITS_FOR_FESTIVAL), wait, 0)
        day = day + np.where((gap > 0) & (dice.random(len(day)) < WAITS_FOR_PARCELS), rests[day], 0)
        inside = day < plan.days
        buyer, day = buyer[inside], day[inside]
        found.append((buyer, day))
        if not len(buyer):
            break
    return np.concatenate([b for b, _ in found]), np.concatenate([d for _, d in found])


def pick(dice: np.random.Generator, pull: Floats, size: int) -> Ints:
    """``size`` positions drawn in proportion to ``pull``."""
    edges = np.cumsum(pull) / pull.sum()
    return np.minimum(np.searchsorted(edges, dice.random(size), side="right"), len(pull) - 1).astype(np.int64)


def seconds(dice: np.random.Generator, size: int) -> Ints:
    """Second of the day of each order."""
    return pick(dice, np.array(HOURS, dtype=np.float64), size) * 3600 + dice.integers(0, 3600, size)
