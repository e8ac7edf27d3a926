"""From visitor to buyer, as the traffic reports of the channels count it.

Visitors of days are added up, so a person who comes on two days is two. A step is judged on the rows that know both of
its ends: a channel that reports no carts does not make the others look bad.
"""

from dataclasses import dataclass

import narwhals as nw
import polars as pl

from ecodash.analysis.interval import Interval
from ecodash.analysis.wilson import wilson
from ecodash.core.period import Period
from ecodash.facts import Frame
from ecodash.facts.calendar import day_number
from ecodash.metrics.collect import collected
from ecodash.metrics.reading import Reading
from ecodash.metrics.scope import inside

STAGES = ("visitors", "product_viewers", "cart_users", "buyers")
STEPS = (("visitors", "product_viewers"), ("product_viewers", "cart_users"), ("cart_users", "buyers"))
THROUGH = ("visitors", "buyers")


@dataclass(frozen=True, kw_only=True)
class Step:
    """``done`` of ``came`` people (summed over days) went on; None where no row knows both."""

    start: str
    end: str
    came: int
    done: int

    @property
    def rate(self) -> float | None:
        """Share that went on; may pass 1 where a report counts differently at the two ends."""
        return self.done / self.came if self.came else None

    @property
    def interval(self) -> Interval | None:
        """Wilson's interval; None where more went on than came."""
        return wilson(self.done, self.came) if 0 <= self.done <= self.came else None


@dataclass(frozen=True, kw_only=True, eq=False)
class Funnel:
    """``steps`` that some row knows both ends of, ``through`` from visitors to buyers, and ``channels``.

    ``channels``: one row per channel: channel, the STAGES (null: not reported) and ``rate`` (buyers ÷ visitors).
    """

    steps: tuple[Step, ...]
    through: Step
    channels: pl.DataFrame


def visits(reading: Reading) -> Frame:
    """One row per traffic row about everybody: day, channel, STAGES, load_id, row_no."""
    rows = reading.table("traffic_daily")
    everybody = (nw.col("segment") == "all") | nw.col("segment").is_null()
    return rows.filter(everybody).select(
        *STAGES, "load_id", "row_no", day=day_number(nw.col("date")), channel=nw.col("channel_id").fill_null("")
    )


def funnel(reading: Reading, window: Period | None = None) -> Funnel:
    """The funnel of the window; steps without any row are left out."""
    rows = visits(reading)
    rows = rows.filter(inside(window, "day")) if window else rows
    pairs = (*STEPS, THROUGH)
    known = {f"n{i}": ~nw.col(a).is_null() & ~nw.col(b).is_null() for i, (a, b) in enumerate(pairs)}
    counts = {f"{end}{i}": nw.when(known[f"n{i}"]).then(nw.col(pair[j])).otherwise(0).cast(nw.Int64) for i, pair in enumerate(pairs) for j, end in enumerate("ab")}  # fmt: skip
    marked = rows.with_columns(**counts)
    sums = collected(marked.group_by("channel").agg(*(nw.col(name).sum() for name in (*counts, *STAGES))))
    steps = [
        Step(start=a, end=b, came=int(sums[f"a{i}"].sum()), done=int(sums[f"b{i}"].sum()))
        for i, (a, b) in enumerate(pairs)
    ]
    return Funnel(steps=tuple(one for one in steps[:-1] if one.came), through=steps[-1], channels=_channels(sums))


def _channels(sums: pl.DataFrame) -> pl.DataFrame:
    """A stage no row of a channel reports is null, not 0."""
    last = len(STEPS)
    rate = pl.when(pl.col(f"a{last}") > 0).then(pl.col(f"b{last}") / pl.col(f"a{last}"))
    shown = sums.with_columns(
        *(pl.when(pl.col(stage) > 0).then(pl.col(stage).cast(pl.Int64)).alias(stage) for stage in STAGES[1:3]),
        rate=rate,
    )
    return shown.select("channel", *STAGES, "rate").sort("visitors", descending=True, nulls_last=True)
