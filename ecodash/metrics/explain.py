"""One number explained, always in the same order.

Words → formula with these numbers → definition and what it is not → who is in and who is out → window, coverage,
sample and interval → loads it comes from → the query → the same question by other definitions.
"""

from dataclasses import replace

import narwhals as nw

from ecodash.core.estimate import Estimate
from ecodash.core.text import Text
from ecodash.metrics.amounts import AMOUNTS
from ecodash.metrics.answers import Asked
from ecodash.metrics.behind import Behind, behind
from ecodash.metrics.collect import collected, named
from ecodash.metrics.computing import compute
from ecodash.metrics.explanation import Explanation, Part, number, share
from ecodash.metrics.ground import Ground
from ecodash.metrics.metric import Ratio, Sum
from ecodash.metrics.query import Query
from ecodash.metrics.registry import METRICS, find, resolve
from ecodash.metrics.scope import rows_of, scope, supports
from ecodash.metrics.source import Source

KINDS = {
    "unpaid": Text("未付款", "not paid"),
    "cancelled": Text("未付款已关闭", "closed without payment"),
    "unknown": Text("状态无法识别且没有付款时间", "a status nobody could read, and no payment time"),
    "test": Text("测试订单", "test orders"),
    "zero": Text("金额为 0", "nothing paid"),
    "credit": Text("红字单（只冲减金额，不算订单）", "credits (lower the money, are no orders)"),
    "adjustment": Text("调整单", "adjustments"),
}


def explain(source: Source, metric_id: str, query: Query) -> Explanation:
    """The number for the whole question (``by`` is dropped: a split has many numbers). Raises UnknownName."""
    whole = replace(query, by=None)
    metric, definition = resolve(metric_id, query.definition)
    estimate = compute(source, [f"{metric.id}:{definition.id}"], whole)[-1]
    span = source.data_end(as_of=query.as_of)
    if span is None or estimate.value is None:
        return Explanation(
            metric=metric,
            definition=definition,
            estimate=estimate,
            formula=None,
            currency=_currency(source),
            others=_others(source, metric.id, definition.id, whole) if span else (),
        )
    here = scope(source, whole, span)
    asked = Asked(metric=metric, definition=definition, scope=here, ground=Ground(here))
    found = behind(asked)
    return Explanation(
        metric=metric,
        definition=definition,
        estimate=estimate,
        currency=_currency(source),
        formula=_formula(asked, found, estimate),
        included=_included(found),
        excluded=_excluded(asked),
        loads=_loads(found),
        query=query_text(found),
        others=_others(source, metric.id, definition.id, whole),
    )


def _currency(source: Source) -> str:
    return source.settings.base_currency


def _formula(asked: Asked, found: Behind, estimate: Estimate) -> Text | None:
    """The formula with these numbers in it; None for methods whose result is no fraction."""
    how, currency = asked.definition.how, _currency(asked.scope.source)
    value = share(estimate, currency)
    if isinstance(how, Sum):
        return AMOUNTS[how.amount].name + Text(" = ", " = ") + value
    if isinstance(how, Ratio):
        above, below = _sums(found)
        top, bottom = AMOUNTS[how.top], AMOUNTS[how.bottom]
        up, down = number(above, top.unit, currency), number(below, bottom.unit, currency)
        return (
            top.name
            + Text(" ", " ")
            + up
            + Text(" ÷ ", " ÷ ")
            + bottom.name
            + Text(" ", " ")
            + down
            + Text(" = ", " = ")
            + value
        )
    if estimate.successes is not None and estimate.n and "numerator" in found.frame.collect_schema().names():
        return (
            Text(f"{estimate.successes:,} ÷ {estimate.n:,} = ", f"{estimate.successes:,} ÷ {estimate.n:,} = ") + value
        )
    return None


def _sums(found: Behind) -> tuple[float, float]:
    row = collected(found.frame.select(nw.col("numerator").sum(), nw.col("denominator").sum())).row(0)
    scales = [found.scales.get(name, 1) for name in ("numerator", "denominator")]
    return (row[0] or 0) / scales[0], (row[1] or 0) / scales[1]


def _included(found: Behind) -> tuple[Part, ...]:
    """How many rows count above and below the line."""
    names = found.frame.collect_schema().names()
    counted = {name: (nw.col(name) != 0).cast(nw.Int64).sum() for name in ("numerator", "denominator") if name in names}
    if not counted:
        [rows] = collected(found.frame.select(rows=nw.len())).row(0)
        return (Part(name=Text("计入的行", "rows that count"), count=rows),)
    row = collected(found.frame.select(**counted)).row(0, named=True)
    words = {
        "numerator": Text("计入分子的行", "rows above the line"),
        "denominator": Text("计入分母的行", "rows below the line"),
    }
    if len(row) == 1:
        words["numerator"] = Text("计入的行", "rows that count")
    return tuple(Part(name=words[name], count=int(row[name] or 0)) for name in row)


def _excluded(asked: Asked) -> tuple[Part, ...]:
    """Documents of the window that count nowhere, by reason; anonymous orders where buyers matter."""
    if not all(supports("orders", dim) for dim in asked.scope.dimensions):
        return ()
    rows = rows_of(asked.scope, "orders", (), keep=named("kind", "is_sale", "customer_id"))
    kinds = dict(collected(rows.group_by("kind").agg(n=nw.len())).iter_rows())
    parts = [Part(name=words, count=kinds[kind]) for kind, words in KINDS.items() if kinds.get(kind)]
    if asked.metric.of_customers:
        anonymous = rows.filter(nw.col("is_sale"), nw.col("customer_id").is_null())
        [count] = collected(anonymous.select(n=nw.len())).row(0)
        if count:
            parts.append(Part(name=Text("买家未知的订单", "orders of unknown buyers"), count=count))
    return tuple(parts)


def _loads(found: Behind) -> tuple[tuple[int, int], ...]:
    """Rows per load, most first."""
    counted = collected(found.frame.group_by("load_id").agg(n=nw.len())).drop_nulls()
    return tuple((int(load), int(n)) for load, n in counted.sort("n", "load_id", descending=[True, False]).iter_rows())


def query_text(found: Behind) -> str:
    """The SQL of the rows behind the number, or the plan where the engine has no SQL."""
    native = nw.to_native(found.frame)
    for spell in ("sql_query", "explain"):
        method = getattr(native, spell, None)
        if callable(method):
            return str(method())
    return ""


def _others(source: Source, metric: str, definition: str, query: Query) -> tuple[tuple[Text, Estimate], ...]:
    """The same question by the metric's other definitions and by the metrics it is mistaken for."""
    own = find(metric)
    same = [(d.name, f"{metric}:{d.id}") for d in own.definitions if d.id != definition]
    similar = [(METRICS[name].name, name) for name in own.not_the_same_as if name in METRICS]
    plain = replace(query, definition=None)
    return tuple((words, compute(source, [name], plain)[-1]) for words, name in (*same, *similar))
