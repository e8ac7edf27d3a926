"""The one true effect: a guide adds a buyer on WeCom, and some come back only because of it.

Whom a guide adds is decided by a coin, some days after the first order. Of those added who would not have come back
before day ``HORIZON`` after their first order, so many get an extra order that ``CONTACT_EFFECT`` of all added come
back because of it: on days 32 to 89 + day of the contact, so that the repurchase within 90 days after the contact and
that of days 31 to 120 after the first order rise by the same points.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from ecodash.sample.calendar import Ints
from ecodash.sample.plan import CONTACT_DAYS, CONTACT_EFFECT, CONTACTED, UNPAID, Plan

HORIZON = 120  # days after the first order
SOONEST = 32
WITHIN = 90  # days after the contact


@dataclass(frozen=True, kw_only=True)
class Contacts:
    """Extra orders (``buyer``, ``day``), and for each imagined buyer the day of the contact, null without one."""

    buyer: Ints
    day: Ints
    met: pl.Series

    @classmethod
    def none(cls, buyers: int) -> "Contacts":
        """Nobody is added."""
        nobody = np.zeros(0, dtype=np.int64)
        return cls(buyer=nobody, day=nobody, met=pl.Series([None], dtype=pl.Int64).new_from_index(0, buyers))


def contacts(plan: Plan, buyer: Ints, day: Ints, *, buyers: int) -> Contacts:
    """The contacts of ``buyers`` buyers whose orders are ``buyer`` and ``day``, their first orders in front."""
    dice = plan.dice(9)
    first = day[:buyers]
    after = dice.integers(CONTACT_DAYS[0], CONTACT_DAYS[1] + 1, buyers)
    added = (dice.random(buyers) < CONTACTED) & (first + after < plan.days)
    since = day - first[buyer]
    returning = np.zeros(buyers, dtype=np.bool_)
    returning[buyer[(since > after[buyer]) & (since <= HORIZON)]] = True
    open_to = added & ~returning
    chance = CONTACT_EFFECT / (1 - UNPAID) * added.sum() / max(open_to.sum(), 1)
    brought = np.flatnonzero(open_to & (dice.random(buyers) < chance))
    extra = first[brought] + dice.integers(SOONEST, WITHIN + after[brought])
    inside = extra < plan.days
    met = pl.select(pl.when(pl.Series(added)).then(pl.Series(first + after))).to_series()
    return Contacts(buyer=brought[inside], day=extra[inside], met=met)
