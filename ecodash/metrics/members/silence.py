"""Silent members: how long since each member's last purchase, and how many have been silent for more than X days."""

from dataclasses import dataclass

import narwhals as nw
import polars as pl

from ecodash.core.period import day_number
from ecodash.metrics.collect import collected
from ecodash.metrics.comparable.contrast import Contrast

EDGES = (0, 31, 61, 91, 181, 366)
BINS: dict[str, type[pl.DataType]] = {"start": pl.Int64, "end": pl.Int64, "count": pl.Int64}


@dataclass(frozen=True, kw_only=True)
class Silence:
    """``bins``: members by days since their last purchase, the last bin is open; ``silent``: more than ``days`` days.

    Members who never bought are in no order export and not counted here.
    """

    days: int
    members: int
    silent: int
    bins: pl.DataFrame

    @property
    def share(self) -> float | None:
        """Share of members silent; None without members."""
        return self.silent / self.members if self.members else None


def silence(contrast: Contrast, *, days: int) -> Silence:
    """Members of today by how long they have bought nothing."""
    scope = contrast.scope
    end = day_number(scope.span.end)
    people = contrast.exposure.today(scope).filter(nw.col("held") == 1)
    counted = collected(people.select(t=end - nw.col("last_day")).group_by("t").agg(count=nw.len()))
    quiet, count = counted["t"], counted["count"]
    rows = [
        {"start": start, "end": stop, "count": int(count.filter((quiet >= start) & (quiet < (stop or 10**6))).sum())}
        for start, stop in zip(EDGES, [*EDGES[1:], None], strict=True)
    ]
    return Silence(
        days=days,
        members=int(count.sum()),
        silent=int(count.filter(quiet > days).sum()),
        bins=pl.DataFrame(rows, schema=BINS),
    )
