"""Which few policies, counted the other way, bring our figure closest to the one stated."""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from ecodash.session.reconciliation.choice import Choice, Switch

MOST = 4
PRICE = 2
"""One switch more must halve the rest to be worth it."""


def best_set(target: int, own: Choice, offered: Sequence[Switch], total: Callable[[Choice], int]) -> tuple[Switch, ...]:
    """The set of at most ``MOST`` of the switches after which the rest is smallest, few preferred.

    The score is the size of the rest · 2^k for k switches, the first of equals in the order offered; no switch at all when
    none is worth it. All sets are tried: there are a few hundred.
    """
    scored = ((abs(target - total(_applied(own, found))) * PRICE ** len(found), found) for found in _sets(offered))
    return min(scored, key=lambda one: one[0])[1]


def _sets(offered: Sequence[Switch]) -> Iterator[tuple[Switch, ...]]:
    """Sets in which no two switches set the same thing, small ones first."""
    for size in range(min(MOST, len(offered)) + 1):
        for found in combinations(offered, size):
            if len({switch.field for switch in found}) == size:
                yield found


def _applied(own: Choice, chosen: Sequence[Switch]) -> Choice:
    for switch in chosen:
        own = switch.applied(own)
    return own
