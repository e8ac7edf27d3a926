"""One number explained, always in the same order; ``explanation`` says what the parts are."""

from collections.abc import Sequence
from dataclasses import replace

import narwhals as nw

from ecodash.core.estimate import Estimate
from ecodash.core.text import Text
from ecodash.core.unit import Unit
from ecodash.metrics import analysed, measuring, populations, unmatched
from ecodash.metrics.amounts import AMOUNTS
from ecodash.metrics.answered import Analysed
from ecodash.metrics.answers import Asked
from ecodash.metrics.behind import Behind, behind, of_cases
from ecodash.metrics.collect import collected
from ecodash.metrics.computing import compute
from ecodash.metrics.explanation import Explanation, Origin, Other, number, share
from ecodash.metrics.ground import Ground
from ecodash.metrics.metric import Definition, Gaps, Measured, Metric, OfWindow, Ratio, Sum, Waiting
from ecodash.metrics.query import Query
from ecodash.metrics.registry import find, resolve
from ecodash.metrics.scope import scope
from ecodash.metrics.source import Source
from ecodash.metrics.statement import statement

FIRST = {"step": "1", "offset": "1"}
"""Which number stands for a metric that gives many: the first step of a funnel, the first period after the start."""


def explain(source: Source, metric_id: str, query: Query) -> Explanation:
    """The number for the whole question (``by`` is dropped: a split has many numbers). Raises UnknownName."""
    whole = replace(query, by=None, limit=None)
    metric, definition = resolve(metric_id, query.definition)
    estimate, others = _answers(source, metric, definition, whole)
    bare = Explanation(
        metric=metric,
        definition=definition,
        estimate=estimate,
        currency=source.settings.base_currency,
        as_of=query.as_of,
        others=others,
    )
    asked = _asked(source, metric, definition, whole)
    if asked is None or (estimate.value is None and not estimate.n):
        return replace(bare, others=others if asked else ())
    over_tables = isinstance(definition.how, Measured | OfWindow | Analysed)
    found = of_cases(source, metric, definition, whole) if over_tables else behind(asked)
    return replace(
        bare,
        formula=_formula(asked, found, estimate),
        populations=populations.populations(asked),
        bounds=unmatched.bounds(asked, estimate),
        origins=_origins(found),
        statement=statement(asked),
        query=query_text(found),
    )


def _asked(source: Source, metric: Metric, definition: Definition, query: Query) -> Asked | None:
    """The question resolved against the data; None without data, or without the rows the metric is made of."""
    if isinstance(definition.how, Measured | OfWindow):
        cases = measuring.cases(source, metric, definition, query)
        return None if isinstance(cases, Estimate) else cases.asked
    if isinstance(definition.how, Analysed):
        asked = analysed.question(source, metric, definition, query)
        return None if isinstance(asked, Estimate) else asked
    span = source.data_end(as_of=query.as_of)
    if span is None:
        return None
    here = scope(source, query, span)
    return Asked(metric=metric, definition=definition, scope=here, ground=Ground(here))


def _answers(
    source: Source, metric: Metric, definition: Definition, query: Query
) -> tuple[Estimate, tuple[Other, ...]]:
    """The number itself, and the same question by the metric's other definitions and by what it is mistaken for."""
    readings = [(metric, one) for one in metric.definitions if one.id != definition.id]
    readings += [(other, other.default) for other in map(find, metric.not_the_same_as)]
    names = [f"{one.id}:{reading.id}" for one, reading in ((metric, definition), *readings)]
    found: dict[str, list[Estimate]] = {}
    for estimate in compute(source, names, replace(query, definition=None)):
        found.setdefault(f"{estimate.metric}:{estimate.definition}", []).append(estimate)
    this = chosen(found[names[0]])
    others = [
        _other(metric, one, reading, chosen(found[name]), this)
        for name, (one, reading) in zip(names[1:], readings, strict=True)
    ]
    return this, tuple(others)


def chosen(found: Sequence[Estimate]) -> Estimate:
    """The number that stands for several: the first step, or all cohorts in the first period; else the last one."""
    marked = [one for one in found if any(one.by.get(name) == code for name, code in FIRST.items())]
    whole = [one for one in marked if one.by.get("first_month", "all") == "all"]
    return (whole or marked or list(found))[-1]


def _other(metric: Metric, one: Metric, reading: Definition, estimate: Estimate, this: Estimate) -> Other:
    known = estimate.value is not None and this.value is not None and estimate.unit is this.unit
    differs = (estimate.value or 0.0) - (this.value or 0.0) if known else None
    name = reading.name if one.id == metric.id else one.name
    return Other(name=name, meaning=reading.meaning, estimate=estimate, differs=differs)


def _formula(asked: Asked, found: Behind, estimate: Estimate) -> Text | None:
    """The formula with these numbers in it; None where there is no value."""
    how, currency = asked.definition.how, asked.scope.source.settings.base_currency
    if estimate.value is None:
        return None
    value = Text(" = ", " = ") + share(estimate, currency)
    if isinstance(how, Sum):
        exact = number(estimate.value, estimate.unit, currency)
        return Text("Σ ", "Σ ") + AMOUNTS[how.amount].name + Text(" = ", " = ") + exact
    if isinstance(how, Ratio):
        (above, top), (below, bottom) = zip(_sums(found), (AMOUNTS[how.top], AMOUNTS[how.bottom]), strict=True)
        up = top.name + Text(" ", " ") + number(above, top.unit, currency)
        return up + Text(" ÷ ", " ÷ ") + bottom.name + Text(" ", " ") + number(below, bottom.unit, currency) + value
    if estimate.successes is not None and estimate.n and estimate.unit is Unit.RATIO:
        return Text(*[f"{estimate.successes:,} ÷ {estimate.n:,}"] * 2) + value
    return _method(how, estimate) + value


def _method(how: object, estimate: Estimate) -> Text:
    """What a method that is no fraction was given."""
    n = f"{estimate.n:,}"
    if isinstance(how, Waiting):
        back = f"{estimate.successes or 0:,}"
        return Text(
            f"Kaplan–Meier 曲线：{n} 次等待，其中 {back} 次已等到", f"Kaplan–Meier over {n} waits, {back} of them ended"
        )
    if isinstance(how, Gaps):
        return Text(f"{n} 个间隔的中位数", f"median of {n} gaps")
    return Text(f"由 {n} 个个案算出", f"from {n} cases")


def _sums(found: Behind) -> tuple[float, float]:
    row = collected(found.frame.select(nw.col("numerator").sum(), nw.col("denominator").sum())).row(0)
    scales = [found.scales.get(name, 1) for name in ("numerator", "denominator")]
    return (row[0] or 0) / scales[0], (row[1] or 0) / scales[1]


def _origins(found: Behind) -> tuple[Origin, ...]:
    """Rows per load, most first."""
    counted = collected(found.frame.group_by("load_id").agg(n=nw.len())).drop_nulls()
    ordered = counted.sort("n", "load_id", descending=[True, False])
    return tuple(Origin(load_id=int(load), rows=int(n)) for load, n in ordered.iter_rows())


def query_text(found: Behind) -> str:
    """The SQL of the rows behind the number, or the plan where the engine has no SQL."""
    native = nw.to_native(found.frame)
    for spell in ("sql_query", "explain"):
        method = getattr(native, spell, None)
        if callable(method):
            return str(method())
    return ""
