"""How long an order takes to arrive, per product, as equally likely numbers of days."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import polars as pl

from ecodash.core.period import Period, day_number
from ecodash.metrics.inventory import ledgers
from ecodash.metrics.reading import Reading

POINTS = 9
ENOUGH = 5
SHARES = (np.arange(POINTS) + 0.5) / POINTS
NORMAL = np.array([-1.593, -0.967, -0.589, -0.282, 0.0, 0.282, 0.589, 0.967, 1.593])
"""The same shares of a standard normal distribution."""


class LeadSource(StrEnum):
    """Where lead times come from: received purchase orders, the operator, or nowhere."""

    PURCHASES = "purchases"
    GIVEN = "given"
    NONE = "none"


@dataclass(frozen=True, kw_only=True)
class LeadTimes:
    """``days``: a row per product, ``POINTS`` equally likely lead times; None when nothing is known.

    ``lines`` received purchase lines were used; ``own`` products have at least five of their own, the others take those
    of their supplier or of all.
    """

    days: np.ndarray | None
    source: LeadSource
    lines: int
    own: int


def lead_times(
    reading: Reading, keys: list[str], until: Period, *, given: float | None = None, spread: float = 0.0
) -> LeadTimes:
    """The lead times of the products ``keys`` as known on the last day of ``until``; ``given`` days win over purchases."""
    if given is not None:
        days = np.maximum(np.tile(given + NORMAL * spread, (len(keys), 1)), 1.0)
        return LeadTimes(days=days, source=LeadSource.GIVEN, lines=0, own=0)
    bought = ledgers.receipts(reading, until=day_number(until.end)).filter(pl.col("ordered") <= pl.col("received"))
    lines = bought.select("sku_id", "supplier_id", lead=(pl.col("received") - pl.col("ordered")).cast(pl.Float64))
    if lines.is_empty():
        return LeadTimes(days=None, source=LeadSource.NONE, lines=0, own=0)
    of_all = _points(lines["lead"])
    by_product = {str(part["sku_id"][0]): part["lead"] for part in lines.partition_by("sku_id")}
    suppliers = lines.drop_nulls("supplier_id")
    by_supplier = {str(part["supplier_id"][0]): _points(part["lead"]) for part in suppliers.partition_by("supplier_id")}
    supplier_of = dict(suppliers.select("sku_id", "supplier_id").iter_rows())
    own = 0
    rows = []
    for key in keys:
        mine = by_product.get(key)
        if mine is not None and len(mine) >= ENOUGH:
            own += 1
            rows.append(_points(mine))
        else:
            rows.append(by_supplier.get(str(supplier_of.get(key)), of_all))
    days = np.maximum(np.stack(rows), 1.0) if rows else np.zeros((0, POINTS))
    return LeadTimes(days=days, source=LeadSource.PURCHASES, lines=lines.height, own=own)


def _points(leads: pl.Series) -> np.ndarray:
    return np.asarray(np.quantile(leads.to_numpy(), SHARES))
