"""Repurchase with and without a status, unadjusted: by the status of today, and by the status at the start.

``today`` is what people usually mean; it credits the status with customers who got it because they came back.
``start`` looks at the status on the landmark day of each customer (day 0: the first purchase itself), counts only what
comes after it, and only customers watched in full.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import narwhals as nw

from ecodash.core.period import day_number
from ecodash.facts import Frame
from ecodash.metrics.collect import collected
from ecodash.metrics.comparable.contrast import Contrast, Lift, Pair
from ecodash.metrics.scope import Scope, inside

PRESETS = (30, 60, 90, 180, 365)


class Kind(StrEnum):
    """``today``: status of today; ``window``: the same among buyers of a window; ``start``: status at the start."""

    TODAY = "today"
    WINDOW = "window"
    START = "start"


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One reading for ``days`` days after the landmark."""

    kind: Kind
    days: int
    lift: Lift


def readings(contrast: Contrast, days: Sequence[int] = PRESETS) -> tuple[Reading, ...]:
    """Readings ``today`` and ``start`` for every N of ``days``, in that order."""
    scope, exposure = contrast.scope, contrast.exposure
    start = exposure.standing(scope, landmark=exposure.landmark)
    groups = {
        Kind.TODAY: _counted(scope, exposure.today(scope), days),
        Kind.START: _counted(scope, after(scope, start, landmark=exposure.landmark), days, exposure.landmark),
    }
    return tuple(
        Reading(kind=kind, days=n, lift=contrast.lift(pair, f"{kind}_{n}d"))
        for kind, pairs in groups.items()
        for n, pair in pairs.items()
    )


def in_window(contrast: Contrast) -> Reading:
    """Buyers of the window, whenever won, by their status at its end: how many bought on two days or more inside it."""
    scope = contrast.scope
    everybody = replace(scope, window=scope.span)
    rows = scope.fact("orders").filter(nw.col("is_sale"), nw.col("opens_day"), inside(scope.window, "day"))
    bought = rows.filter(~nw.col("seq").is_null()).group_by("customer_id").agg(bought=nw.len())
    people = contrast.exposure.on(everybody, min(scope.window.end, scope.span.end)).select("customer_id", "held")
    table = people.join(bought, on="customer_id", how="inner").select("held", x=(nw.col("bought") > 1).cast(nw.Int64))
    counts = collected(table.group_by("held").agg(x=nw.col("x").sum(), n=nw.len()))
    found = {row["held"]: (int(row["x"]), int(row["n"])) for row in counts.to_dicts()}
    days = scope.window.days
    pair = (found.get(1, (0, 0)), found.get(0, (0, 0)))
    return Reading(kind=Kind.WINDOW, days=days, lift=contrast.lift(pair, "plain"))


def after(scope: Scope, people: Frame, *, landmark: int) -> Frame:
    """``people`` with ``second_day`` as the first purchase day after the landmark; day 0: the next purchase day."""
    if landmark == 0:
        return people
    later = scope.fact("orders").filter(nw.col("is_sale"), nw.col("day") - nw.col("first_day") > landmark)
    nearest = (
        later.filter(~nw.col("seq").is_null()).group_by("customer_id").agg(nw.col("day").min().alias("second_day"))
    )
    return people.drop("second_day").join(nearest, on="customer_id", how="left")


def _counted(scope: Scope, people: Frame, days: Sequence[int], landmark: int = 0) -> Mapping[int, Pair]:
    """Per N: (back, watched) of those with and of those without the status."""
    end = day_number(scope.span.end)
    came = nw.col("second_day") - nw.col("first_day") - landmark
    marks: dict[str, nw.Expr] = {}
    for n in days:
        watched = nw.col("first_day") + (landmark + n) <= end
        marks[f"n{n}"] = watched.cast(nw.Int64)
        marks[f"x{n}"] = (watched & (came <= n).fill_null(value=False)).cast(nw.Int64)
    sums = people.select("held", **marks).group_by("held").agg(*(nw.col(name).sum() for name in marks))
    table = {row["held"]: row for row in collected(sums).to_dicts()}

    def pair(n: int) -> Pair:
        having, without = ((int(table[h][f"x{n}"]), int(table[h][f"n{n}"])) if h in table else (0, 0) for h in (1, 0))
        return having, without

    return {n: pair(n) for n in days}
