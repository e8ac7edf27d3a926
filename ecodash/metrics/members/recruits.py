"""Where members come from: of the new buyers of each channel, how many join, at the first order or soon after it."""

from dataclasses import dataclass

import narwhals as nw

from ecodash.core.estimate import Estimate
from ecodash.core.period import day_number
from ecodash.metrics.collect import collected
from ecodash.metrics.comparable.contrast import Contrast
from ecodash.metrics.comparable.exposure import BEGAN

SOON = 90


@dataclass(frozen=True, kw_only=True)
class Recruits:
    """One channel of first orders: new buyers watched 90 days, how many were members at once, and the share within 90 days."""

    channel: str
    buyers: int
    at_once: int
    joined: Estimate


def recruits(contrast: Contrast) -> tuple[Recruits, ...]:
    """One row per channel, those with most members first; channels nobody joined from stand last with 0 %."""
    end = day_number(contrast.scope.span.end)
    people = contrast.exposure.people(contrast.scope).filter(nw.col("first_day") + SOON <= end)
    since = nw.col(BEGAN) - nw.col("first_day")
    rows = people.select(
        channel="first_channel",
        at_once=(since <= 0).fill_null(value=False).cast(nw.Int64),
        soon=(since <= SOON).fill_null(value=False).cast(nw.Int64),
    )
    sums = collected(
        rows.group_by("channel").agg(n=nw.len(), at_once=nw.col("at_once").sum(), soon=nw.col("soon").sum())
    )
    ordered = sums.sort("soon", "n", "channel", descending=[True, True, False], nulls_last=True)
    return tuple(
        Recruits(
            channel=row["channel"] or "",
            buyers=int(row["n"]),
            at_once=int(row["at_once"]),
            joined=contrast.rate((int(row["soon"]), int(row["n"])), "joined_90d"),
        )
        for row in ordered.to_dicts()
    )
