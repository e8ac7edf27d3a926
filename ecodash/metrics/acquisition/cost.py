"""What a new customer costs, by channel and in all, with both denominators: our own count and the ad reports' claim."""

from dataclasses import dataclass

import polars as pl

from ecodash.analysis.count_interval import count_interval
from ecodash.core.period import Period
from ecodash.metrics.acquisition.newcomers import counted, sources
from ecodash.metrics.acquisition.spend import Spend, place_of, places, spend
from ecodash.metrics.reading import Reading


@dataclass(frozen=True, kw_only=True)
class Cost:
    """``spend`` (money) for ``customers`` whose first purchase our data see there in the days, or ``claimed`` ones.

    ``claimed`` is what the ad reports call new customers; None when they say nothing.
    """

    place: str
    spend: float
    customers: int
    claimed: int | None
    channels: tuple[str, ...] = ()

    @property
    def cac(self) -> float | None:
        """Spend per new customer; None without any."""
        return self.spend / self.customers if self.customers else None

    @property
    def cac_claimed(self) -> float | None:
        """Spend per new customer the ad reports claim; None when they claim none."""
        return self.spend / self.claimed if self.claimed else None

    @property
    def low(self) -> float | None:
        """Lower end of the cost: how many come is chance, what was spent is not."""
        return self.spend / count_interval(self.customers).high if self.customers else None

    @property
    def high(self) -> float | None:
        """Upper end of the cost."""
        return self.spend / count_interval(self.customers).low if self.customers else None


@dataclass(frozen=True, kw_only=True, eq=False)
class Costs:
    """Cost by place, most spent first, and ``whole``: all spend over all new customers of the shop in ``days``.

    ``placed``: only what was spent for, and who came through, channels with ads. ``lost``: ad channels that no first
    order names; they have spend, perhaps claims, and no customers of ours.
    """

    days: Period | None
    places: tuple[Cost, ...]
    whole: Cost
    placed: Cost
    lost: tuple[str, ...]
    unpriced: int


def cost(reading: Reading, window: Period | None = None) -> Costs:
    """New customers and what they cost in the days of ``window`` that ads are known of."""
    spent = spend(reading, window)
    came = (
        counted(reading, spent.days)
        if spent.days
        else pl.DataFrame(schema={"source": pl.String, "customers": pl.Int64})
    )
    known = sources(reading)
    found = tuple(sorted(_by_place(spent, came, known), key=lambda one: (-one.spend, one.place)))
    claimed = spent.table["new_customers"]
    lost = tuple(channel for channel in spent.table["channel"] if place_of(channel, known) is None)
    whole = Cost(
        place="",
        spend=spent.total,
        customers=int(came["customers"].sum()),
        claimed=None if claimed.null_count() == len(claimed) else int(claimed.sum()),
    )
    return Costs(
        days=spent.days,
        places=found,
        whole=whole,
        placed=_together([one for one in found if one.place not in lost]),
        lost=lost,
        unpriced=spent.unpriced,
    )


def _by_place(spent: Spend, came: pl.DataFrame, known: list[str]) -> list[Cost]:
    of_source = places(spent.table["channel"].to_list(), known)
    rows = [
        (place_of(row["channel"], known) or row["channel"], row["channel"], row["spend"], row["new_customers"])
        for row in spent.table.iter_rows(named=True)
    ]
    found = []
    for place in dict.fromkeys(row[0] for row in rows):
        mine = [row for row in rows if row[0] == place]
        claims = [row[3] for row in mine if row[3] is not None]
        there = [source for source, home in of_source.items() if home == place]
        found.append(
            Cost(
                place=place,
                spend=sum(row[2] for row in mine),
                customers=int(came.filter(pl.col("source").is_in(there))["customers"].sum()),
                claimed=int(sum(claims)) if claims else None,
                channels=tuple(row[1] for row in mine),
            )
        )
    return found


def _together(found: list[Cost]) -> Cost:
    claims = [one.claimed for one in found if one.claimed is not None]
    return Cost(
        place="",
        spend=sum(one.spend for one in found),
        customers=sum(one.customers for one in found),
        claimed=sum(claims) if claims else None,
        channels=tuple(channel for one in found for channel in one.channels),
    )
