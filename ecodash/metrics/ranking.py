"""The groups of a dimension side by side: what each has now and had before, its share of the whole, and its change."""

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from ecodash.core.estimate import Estimate
from ecodash.metrics.amounts import AMOUNTS
from ecodash.metrics.compare import Change, Kind, change
from ecodash.metrics.computing import compute
from ecodash.metrics.metric import Sum
from ecodash.metrics.query import Query
from ecodash.metrics.registry import resolve
from ecodash.metrics.source import Source

REST = "(rest)"
RANKING: dict[str, type[pl.DataType]] = {
    "code": pl.String,
    "value": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "n": pl.Int64,
    "status": pl.String,
    "before": pl.Float64,
    "share": pl.Float64,
    "difference": pl.Float64,
    "change": pl.Float64,
}


def adds_up(metric: str, definition: str | None = None) -> bool:
    """Whether the groups of a metric add up to the whole, so that a share of it means something."""
    how = resolve(metric, definition)[1].how
    return isinstance(how, Sum) and not AMOUNTS[how.amount].places


def ranking(now: Sequence[Estimate], before: Sequence[Estimate], *, by: str, whole: Estimate) -> pl.DataFrame:
    """One row per group of ``by`` in either period, the largest first; RANKING.

    ``share`` is of ``whole`` and null for metrics that do not add up or a whole not above zero. ``change`` is relative,
    in points for ratios, null where there is nothing to compare with or the group is new; ``difference`` is in the
    unit of the metric. A group that is gone has no value, for sums 0; one that adds nothing in either period is left
    out.
    """
    summed = adds_up(whole.metric, whole.definition)
    earlier = {one.by[by]: one for one in before if by in one.by}
    here = {one.by[by]: one for one in now if by in one.by}
    rows = [
        _row(code, here.get(code), earlier.get(code), whole=whole, summed=summed)
        for code in {**here, **earlier}
        if not summed or any(one.get(code) and one[code].value for one in (here, earlier))
    ]
    return pl.DataFrame(rows, schema=RANKING).sort(
        "value", "before", "code", descending=[True, True, False], nulls_last=True
    )


def _row(
    code: str, now: Estimate | None, before: Estimate | None, *, whole: Estimate, summed: bool
) -> dict[str, object]:
    gone = replace(whole, value=0.0 if summed else None, low=None, high=None, n=0)
    here = now or gone
    moved = change(here, before) if before is not None else None
    return {
        "code": code,
        "value": here.value,
        "low": here.low,
        "high": here.high,
        "n": here.n,
        "status": here.status.value,
        "before": before.value if before else None,
        "share": _share(here, whole) if summed else None,
        "difference": moved.difference if moved else None,
        "change": _relative(moved) if moved else None,
    }


def _share(part: Estimate, whole: Estimate) -> float | None:
    if part.value is None or whole.value is None or whole.value <= 0:
        return None
    return part.value / whole.value


def _relative(moved: Change) -> float | None:
    return moved.difference if moved.kind is Kind.POINTS else moved.relative


def over_time(source: Source, metric: str, query: Query, *, by: str, top: Sequence[str]) -> list[Estimate]:
    """The ``top`` groups of ``by`` in every step of ``query.by``, and what all others come to, as the group REST.

    Only for metrics that add up; nothing for others.
    """
    if not adds_up(metric, query.definition) or query.by is None:
        return []
    plain = replace(query, intervals=False)
    chosen = replace(plain, by=f"{query.by},{by}", where=(*query.where, (by, tuple(top))))
    parts = [one for one in compute(source, [metric], chosen) if by in one.by] if top else []
    return [*parts, *(_rest(one, parts, step=query.by, by=by) for one in compute(source, [metric], plain) if one.by)]


def _rest(whole: Estimate, parts: Sequence[Estimate], *, step: str, by: str) -> Estimate:
    known = sum(one.value or 0.0 for one in parts if one.by[step] == whole.by[step])
    left = (whole.value or 0.0) - known
    rounding = abs(whole.value or 0.0) * 1e-9
    return replace(whole, value=0.0 if abs(left) <= rounding else left, by={**whole.by, by: REST})
