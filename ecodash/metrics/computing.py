"""Computing metrics: names and a question in, estimates out. One estimate per metric and group."""

from collections.abc import Sequence as Many

from ecodash.core.estimate import Estimate, Status
from ecodash.metrics import (
    analysed,
    caveats,
    cohort_share,
    following,
    measuring,
    sequence,
    triangle,
    waiting,
    windowed,
)
from ecodash.metrics.absence import absent, missing
from ecodash.metrics.answered import Analysed
from ecodash.metrics.answers import Asked
from ecodash.metrics.ground import Ground
from ecodash.metrics.metric import (
    Definition,
    Gaps,
    Measured,
    Metric,
    Next,
    OfWindow,
    Ratio,
    Sequence,
    Sum,
    Triangle,
    Waiting,
    Within,
)
from ecodash.metrics.query import Query
from ecodash.metrics.reading import Reading
from ecodash.metrics.registry import resolve
from ecodash.metrics.scope import scope
from ecodash.metrics.shared import shared
from ecodash.metrics.source import Source
from ecodash.metrics.splitting import born, unsplittable


def compute(source: Source, metric_ids: Many[str], query: Query) -> list[Estimate]:
    """Estimates for every metric (``id`` or ``id:definition``), metric by metric, groups in order.

    A question that cannot be answered gives an estimate whose status and reason say why; only a name that does not
    exist raises UnknownName, and a filter value that cannot be one InputError.
    """
    named = [resolve(name, query.definition) for name in metric_ids]
    source = shared(source, questions=len(named))
    answers = {i: found for i, (m, d) in enumerate(named) if (found := _of_tables(source, m, d, query)) is not None}
    left = [i for i in range(len(named)) if i not in answers]
    answers |= dict(zip(left, _of_orders(source, [named[i] for i in left], query), strict=True))
    return [estimate for i in range(len(named)) for estimate in _limited(answers[i], query)]


def _of_tables(source: Source, metric: Metric, definition: Definition, query: Query) -> list[Estimate] | None:
    """Estimates of a metric over canonical tables; None for one that rests on the facts about orders."""
    match definition.how:
        case Measured() | OfWindow():
            return measuring.answer(source, metric, definition, query)
        case Analysed():
            return analysed.answer(source, metric, definition, query)
        case _:
            return None


def _of_orders(source: Source, named: Many[tuple[Metric, Definition]], query: Query) -> list[list[Estimate]]:
    """Estimates per metric that rests on the facts about orders."""
    span = source.data_end(as_of=query.as_of) if named else None
    if span is None:
        return [[missing(metric, definition, query, caveats.no_orders())] for metric, definition in named]
    here = scope(source, query, span)
    ground = Ground(here)
    asked = [Asked(metric=m, definition=d, scope=here, ground=ground, by_birth=born(d.how)) for m, d in named]
    answers = {i: [found] for i, one in enumerate(asked) if (found := _obstacle(one))}
    open_ = [(i, one) for i, one in enumerate(asked) if i not in answers]
    summed = [(i, one, how) for i, one in open_ if isinstance(how := one.definition.how, Sum | Ratio)]
    totals = windowed.answer(here, [(one, how) for _, one, how in summed])
    answers |= {i: estimates for (i, _, _), estimates in zip(summed, totals, strict=True)}
    answers |= {i: method(one) for i, one in enumerate(asked) if i not in answers}
    return [answers[i] for i in range(len(asked))]


def method(asked: Asked) -> list[Estimate]:
    """The answer of a metric that is no plain sum or ratio."""
    match asked.definition.how:
        case Within() as how:
            return cohort_share.answer(asked, how)
        case Next():
            return following.answer(asked)
        case Waiting() | Gaps() as how:
            return waiting.answer(asked, how)
        case Triangle() as how:
            return triangle.answer(asked, how)
        case Sequence() as how:
            return sequence.answer(asked, how)
        case how:
            raise TypeError(how)


def _limited(found: list[Estimate], query: Query) -> list[Estimate]:
    if query.limit is None:
        return found
    return sorted(found, key=lambda e: -(e.value if e.value is not None else float("-inf")))[: query.limit]


def _obstacle(asked: Asked) -> Estimate | None:
    """The estimate that says why there can be no number at all; None when there can."""
    metric, here = asked.metric, asked.scope
    table = absent(metric, Reading(source=here.source, as_of=here.query.as_of))
    if table is not None:
        return asked.blank(Status.MISSING, caveats.missing_table(table))
    summed = isinstance(asked.definition.how, Sum | Ratio)
    if metric.of_customers and not summed and not asked.ground.identified:
        return asked.blank(Status.NOT_APPLICABLE, caveats.no_buyers(metric))
    wrong = unsplittable(here, asked.definition.how)
    return asked.blank(Status.NOT_APPLICABLE, caveats.no_split(metric, wrong)) if wrong else None
