"""Stock where it is, demand where it is: what to move between warehouses so that the shares agree."""

from dataclasses import dataclass

import numpy as np

from ecodash.analysis.demand_history import Numbers

EPSILON = 1e-9


@dataclass(frozen=True, kw_only=True)
class Transfer:
    """Move ``units`` of product ``row`` from place ``source`` to place ``target`` (columns)."""

    row: int
    source: int
    target: int
    units: float


def match(stock: Numbers, demand: Numbers) -> float | None:
    """1 − ½ Σ |share of demand − share of stock| over places: 1 when they agree, 0 when nothing is where it is wanted.

    None without stock or without demand. Source: O. D. Duncan and B. Duncan, *American Sociological Review* 20 (1955).
    """
    held, wanted = np.maximum(stock, 0.0), np.maximum(demand, 0.0)
    if held.sum() <= 0 or wanted.sum() <= 0:
        return None
    return float(1 - np.abs(held / held.sum() - wanted / wanted.sum()).sum() / 2)


def transfers(stock: Numbers, demand: Numbers, *, keep_days: float = 7.0) -> list[Transfer]:
    """Whole units to move per product so that every place covers as many days as the others.

    ``stock`` (product × place) units on hand, ``demand`` units a day there. A place gives only what is above the common
    cover, and only to places with less than ``keep_days`` days of their own: a small gap is not worth a lorry.
    """
    found: list[Transfer] = []
    for row in range(stock.shape[0]):
        held, wanted = np.maximum(np.nan_to_num(stock[row]), 0.0), np.maximum(np.nan_to_num(demand[row]), 0.0)
        if held.sum() <= 0 or wanted.sum() <= EPSILON:
            continue
        ideal = held.sum() * wanted / wanted.sum()
        spare = np.floor(np.maximum(held - ideal, 0.0) + EPSILON)
        short = np.where(held < keep_days * wanted, np.floor(np.maximum(ideal - held, 0.0) + EPSILON), 0.0)
        found += _matched(row, spare, short)
    return found


def _matched(row: int, spare: Numbers, short: Numbers) -> list[Transfer]:
    """The largest surplus serves the largest shortage first."""
    found: list[Transfer] = []
    while spare.max() > 0 and short.max() > 0:
        source, target = int(spare.argmax()), int(short.argmax())
        units = float(min(spare[source], short[target]))
        found.append(Transfer(row=row, source=source, target=target, units=units))
        spare[source] -= units
        short[target] -= units
    return found
