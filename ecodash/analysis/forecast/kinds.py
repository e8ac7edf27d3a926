"""Series that no average of their own past can answer for: new, dead, short, out of stock, intermittent.

New: less than two weeks since the first sale; the mean of its siblings at the same age, and more of its own with every
day. Dead: no sale for three months watched and for six of its usual gaps; 0. The others are forecast like any series
(days out of stock are not watched, so they are no zeros) and only named for what they are.
"""

from enum import StrEnum

import numpy as np

from ecodash.analysis.forecast.panel import Flags, Floats, Ints, Panel

NEW_CYCLES, SHORT_CYCLES, GAPS = 2, 8, 6
INTERMITTENT = 1.32
"""Steps per step with a sale from which demand counts as intermittent (Syntetos & Boylan 2005)."""


class Kind(StrEnum):
    """What a series is like."""

    REGULAR = "regular"
    INTERMITTENT = "intermittent"
    STOCKOUT = "stockout"
    SHORT = "short"
    NEW = "new"
    DEAD = "dead"
    EMPTY = "empty"


def kinds_of(panel: Panel) -> tuple[Kind, ...]:
    """The kind of every series; of several that fit, the one that says most."""
    known, sold = panel.known, np.nan_to_num(panel.values) > 0
    watched, sales = known.sum(axis=1), sold.sum(axis=1)
    cycle = max(panel.rhythm.cycle, 2)
    recent = ~known[:, -panel.rhythm.average :]
    found = np.where(watched > INTERMITTENT * np.maximum(sales, 1), Kind.INTERMITTENT, Kind.REGULAR).astype(object)
    found[(recent.any(axis=1)) & (known.any(axis=1)) & (age(panel) > panel.rhythm.average)] = Kind.STOCKOUT
    found[age(panel) < SHORT_CYCLES * cycle] = Kind.SHORT
    found[new(panel)] = Kind.NEW
    found[dead(panel)] = Kind.DEAD
    found[sales == 0] = Kind.EMPTY
    return tuple(Kind(one) for one in found)


def age(panel: Panel) -> Ints:
    """Steps since the first one watched, that one included; 0 for a series never watched."""
    known = panel.known
    found: Ints = np.where(known.any(axis=1), panel.steps - known.argmax(axis=1), 0)
    return found


def new(panel: Panel) -> Flags:
    """Series with less than two cycles since their first sale while the history of others is longer."""
    found: Flags = (age(panel) > 0) & (age(panel) < NEW_CYCLES * max(panel.rhythm.cycle, 2))
    return found if panel.steps > NEW_CYCLES * panel.rhythm.cycle else np.zeros_like(found)


def dead(panel: Panel) -> Flags:
    """Series that sold once and have not for long, counted in steps watched."""
    known, sold = panel.known, np.nan_to_num(panel.values) > 0
    seen = np.cumsum(known[:, ::-1], axis=1)[:, ::-1]
    last = panel.steps - 1 - sold[:, ::-1].argmax(axis=1)
    silent = seen[np.arange(panel.series), last] - 1
    gap = known.sum(axis=1) / np.maximum(sold.sum(axis=1), 1)
    found: Flags = sold.any(axis=1) & (silent > np.maximum(panel.rhythm.window / 2, GAPS * gap))
    return found


def with_kinds(panel: Panel, paths: Floats) -> Floats:
    """The forecasts of a method, replaced for new, dead and empty series."""
    found = np.where((dead(panel) | (np.nan_to_num(panel.values) <= 0).all(axis=1))[:, None], 0.0, paths)
    for row in np.flatnonzero(new(panel)):
        found[row] = _like_siblings(panel, int(row))
    return found


def _like_siblings(panel: Panel, row: int) -> Floats:
    """Own mean and the mean of siblings at the same age, by how much of two cycles is over."""
    ages = age(panel)
    own = panel.values[row, -int(ages[row]) :]
    launched = (ages > ages[row] + panel.horizon) & (ages < panel.steps - NEW_CYCLES * panel.rhythm.cycle)
    siblings = np.flatnonzero(launched & (panel.groups == panel.groups[row]))
    if not siblings.size:
        siblings = np.flatnonzero(launched)
    mean = float(np.nanmean(own))
    if not siblings.size:
        return np.full(panel.horizon, mean)
    begins = panel.steps - ages[siblings] + ages[row]
    there = begins[:, None] + np.arange(panel.horizon)[None, :]
    curve = np.nan_to_num(panel.values[siblings[:, None], there]).mean(axis=0)
    share = ages[row] / (ages[row] + NEW_CYCLES * panel.rhythm.cycle)
    found: Floats = share * mean + (1 - share) * curve
    return found
