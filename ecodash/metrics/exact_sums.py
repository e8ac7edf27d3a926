"""Sums of amounts as whole numbers per group, before anything is divided or rounded; and whether groups may be added up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ecodash.core.decimals import SCALE
from ecodash.core.text import Text
from ecodash.facts import Frame
from ecodash.metrics.amounts import AMOUNTS
from ecodash.metrics.collect import collected, total
from ecodash.metrics.dimensions import Dimension, DimensionKind
from ecodash.metrics.groups import label
from ecodash.metrics.metric import Metric
from ecodash.metrics.query import Query
from ecodash.metrics.scope import rows_of, scope
from ecodash.metrics.source import Source
from ecodash.metrics.windowed import fact_for

Sums = Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class GroupSums:
    """Per group its sums; ``additive``: no case is counted in two groups, so that they add up to the whole."""

    groups: Mapping[str, Sums]
    additive: bool


def scale_of(amount: str) -> int:
    """How many units of its exact sum make one shown unit."""
    return SCALE if AMOUNTS[amount].scaled else 1


def whole_sums(source: Source, query: Query, amounts: Sequence[str]) -> Sums | None:
    """The sums over everything in the question; None when no fact holds the amounts or filters, or nothing is loaded."""
    found = group_sums(source, replace(query, by=None), amounts)
    return found.groups.get("", dict.fromkeys(amounts, 0)) if found else None


def group_sums(source: Source, query: Query, amounts: Sequence[str]) -> GroupSums | None:
    """Sums per group of ``query.by`` (one dimension; none: one group without a name). None: cannot be asked like this."""
    span = source.data_end(as_of=query.as_of)
    if span is None:
        return None
    here = scope(source, query, span)
    fact = fact_for(here, amounts, rows=False)
    if fact is None:
        return None
    found = _added(rows_of(here, fact, tuple(amounts)), here.groups, amounts)
    by = here.by[0] if here.by else None
    groups: dict[str, Sums] = {}
    for row in found:
        name = label(by, row["g0"]) if by else ""
        groups[name] = {one: int(row[one] or 0) for one in amounts}
    return GroupSums(groups=groups, additive=by is None or all(adds_up(name, fact, by) for name in amounts))


def _added(rows: Frame, groups: tuple[str, ...], amounts: Sequence[str]) -> list[dict[str, int]]:
    sums = {name: total(f"a_{name}") for name in amounts}
    return collected(rows.group_by(*groups).agg(**sums) if groups else rows.select(**sums)).rows(named=True)


def adds_up(amount: str, fact: str, by: Dimension) -> bool:
    """Whether the groups of ``by`` add up: no buyer and no order is counted in two of them."""
    places = set(AMOUNTS[amount].needs(fact))
    if not places or by.kind is DimensionKind.CUSTOMER:
        return True
    return by.kind is DimensionKind.ORDER and places == {"order_first"}


def not_additive(metric: Metric, by: Dimension) -> Text:
    """Why groups of ``by`` do not add up to the metric."""
    return Text(
        f"“{metric.name.zh}”按{by.name.zh}拆开不能相加：同一位买家或同一笔订单会落在几组里，被重复数。"
        "可以按首购渠道、首购类目等首购属性拆分。",
        f"“{metric.name.en}” by {by.name.en.lower()} does not add up: one buyer or order can be in several groups. "
        "Split it by a property of the first purchase instead, such as the first purchase channel.",
    )
