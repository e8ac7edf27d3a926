"""The very rows behind a number: added up again they give exactly the number.

Every row is a row of a loaded file (``load_id``, ``row_no``) or the order that stands for a customer. ``numerator`` and
``denominator`` say what a row adds above and below the line (shown units; thousands where a rate is per thousand); sums
have no denominator. Waiting times have ``days`` and ``returned`` instead. Groups are columns named like their dimensions.
"""

from dataclasses import dataclass
from typing import TypeVar

import narwhals as nw
import polars as pl

from ecodash.core.decimals import SCALE
from ecodash.core.errors import MissingData
from ecodash.core.estimate import Estimate
from ecodash.facts import Frame
from ecodash.metrics import analysed, behind_customers, caveats, measuring
from ecodash.metrics.amounts import AMOUNTS
from ecodash.metrics.answered import Analysed
from ecodash.metrics.answers import Asked
from ecodash.metrics.collect import collected, named
from ecodash.metrics.dimensions import DIMENSIONS
from ecodash.metrics.ground import Ground
from ecodash.metrics.groups import label
from ecodash.metrics.measured_values import WAITS
from ecodash.metrics.metric import Definition, Measured, Metric, OfWindow, Ratio, Sum, Summary
from ecodash.metrics.query import Query
from ecodash.metrics.registry import resolve
from ecodash.metrics.scope import rows_of, scope
from ecodash.metrics.source import Source
from ecodash.metrics.splitting import unsplittable
from ecodash.metrics.windowed import culprit, fact_for

COLUMNS = {
    "orders": ("load_id", "row_no", "order_id", "customer_id", "day", "channel_id", "platform", "kind"),
    "refunds": ("load_id", "row_no", "order_id", "customer_id", "day", "channel_id", "platform", "kind"),
    "order_lines": (
        *("load_id", "row_no", "order_id", "line_key", "customer_id", "day"),
        *("channel_id", "platform", "sku_id", "product_name", "kind"),
    ),
}
KEYS = COLUMNS["order_lines"]
NUMBERS = ("numerator", "denominator", "days", "returned")
Found = TypeVar("Found", Asked, measuring.Cases)


@dataclass(frozen=True, kw_only=True)
class Behind:
    """Rows still lazy. ``codes`` maps group columns to dimension ids; ``scales`` what the two number columns divide by."""

    frame: Frame
    codes: dict[str, str]
    scales: dict[str, int]


def rows(source: Source, metric_id: str, query: Query, *, limit: int | None = None) -> pl.DataFrame:
    """Rows behind a metric, sorted by day and order; at most ``limit`` of them.

    Raises UnknownName for a name that does not exist, MissingData when nothing is loaded or the metric cannot be
    split as asked.
    """
    metric, definition = resolve(metric_id, query.definition)
    if isinstance(definition.how, Measured | OfWindow | Analysed):
        return shown(of_cases(source, metric, definition, query), limit=limit)
    span = source.data_end(as_of=query.as_of)
    if span is None:
        raise MissingData(caveats.no_orders())
    here = scope(source, query, span)
    asked = Asked(metric=metric, definition=definition, scope=here, ground=Ground(here))
    return shown(behind(asked), limit=limit)


def of_cases(source: Source, metric: Metric, definition: Definition, query: Query) -> Behind:
    """The lazy rows of a metric over canonical tables; raises MissingData, with the reason, when there are none."""
    if isinstance(definition.how, Analysed):
        asked = _there(analysed.question(source, metric, definition, query))
        return Behind(frame=analysed.rows(asked), codes={}, scales={})
    found = _there(measuring.cases(source, metric, definition, query))
    groups = {group: dim.id for group, dim in zip(found.asked.scope.groups, found.asked.scope.by, strict=True)}
    above, below = found.how.scale
    if found.how.summary in WAITS:
        columns = {"days": nw.col("above"), "returned": nw.col("done")}
        return Behind(frame=found.frame.with_columns(**columns), codes=groups, scales={"days": above})
    ratio = found.how.summary is Summary.RATIO
    columns = {"numerator": nw.col("above"), "denominator": nw.col("below") if ratio else nw.lit(1)}
    each = measuring.thousands(metric, found.how)
    scales = {"numerator": above, "denominator": below * each if ratio else 1}
    return Behind(frame=found.frame.with_columns(**columns), codes=groups, scales=scales)


def _there(found: Found | Estimate) -> Found:
    """What was found; raises MissingData with the reason why there is nothing."""
    if isinstance(found, Estimate):
        raise MissingData(found.reason or caveats.no_orders())
    return found


def behind(asked: Asked) -> Behind:
    """The lazy rows of a metric; raises MissingData when it cannot be split as asked."""
    how, here = asked.definition.how, asked.scope
    groups = {group: dim.id for group, dim in zip(here.groups, here.by, strict=True)}
    wrong = unsplittable(here, how)
    if wrong:
        raise MissingData(caveats.no_split(asked.metric, wrong))
    if not isinstance(how, Sum | Ratio):
        frame, more = behind_customers.lazily(asked)
        return Behind(frame=frame, codes=groups | more, scales={})
    above, below = (how.amount, None) if isinstance(how, Sum) else (how.top, how.bottom)
    amounts = (above, below) if below else (above,)
    fact = fact_for(here, amounts, rows=True)
    if fact is None:
        raise MissingData(caveats.no_split(asked.metric, culprit(here)))
    frame = rows_of(here, fact, amounts, keep=named(*COLUMNS[fact]))
    columns = {"numerator": nw.col(f"a_{above}")} | ({"denominator": nw.col(f"a_{below}")} if below else {})
    kept = nw.col(f"a_{above}") != 0
    if below:
        kept = kept | (nw.col(f"a_{below}") != 0)
    names = ("numerator", "denominator")
    scales = {name: SCALE for name, amount in zip(names, amounts, strict=False) if AMOUNTS[amount].scaled}
    return Behind(frame=frame.filter(kept).with_columns(**columns), codes=groups, scales=scales)


def shown(found: Behind, *, limit: int | None = None) -> pl.DataFrame:
    """Collect, name the groups, turn day numbers into days and amounts into shown units."""
    names = found.frame.collect_schema().names()
    wanted = [name for name in (*KEYS, *found.codes, *NUMBERS) if name in names]
    order = [name for name in ("day", "order_id", "line_key") if name in names]
    lazy = found.frame.select(*wanted)
    if limit is not None:
        lazy = lazy.sort(*order).head(limit)
    frame = collected(lazy).sort(order)
    labels = {dimension: _labels(frame[group], dimension) for group, dimension in found.codes.items()}
    numbers = {name: pl.col(name) / scale for name, scale in found.scales.items()}
    spent = [group for group, dimension in found.codes.items() if group != dimension]
    named = frame.with_columns(**labels, **numbers).drop(spent)
    dated = [pl.col("day").cast(pl.Int32).cast(pl.Date)] if "day" in named.columns else []
    return named.with_columns(dated)


def _labels(codes: pl.Series, dimension: str) -> pl.Series:
    known = codes.unique().to_list()
    texts = {code: label(DIMENSIONS[dimension], code) for code in known} if dimension in DIMENSIONS else {}
    return pl.Series([texts.get(code, str(code)) for code in codes.to_list()], dtype=pl.String)
