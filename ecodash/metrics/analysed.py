"""Metrics a method gives: window, calendar spans and groups of a question, and what is missing, around one function."""

from collections.abc import Iterator

import narwhals as nw

from ecodash.analysis.interval import Interval
from ecodash.core.estimate import Estimate, Status
from ecodash.core.period import Period
from ecodash.facts import Frame
from ecodash.facts.calendar import day_number
from ecodash.metrics import caveats
from ecodash.metrics.absence import extent, missing, missing_table, moments_of
from ecodash.metrics.answered import Analysed, Answered, Window
from ecodash.metrics.answers import Asked
from ecodash.metrics.dimensions import DimensionKind
from ecodash.metrics.ground import Ground
from ecodash.metrics.groups import Code
from ecodash.metrics.metric import Definition, Metric
from ecodash.metrics.query import Query
from ecodash.metrics.reading import Reading
from ecodash.metrics.scope import inside, scope
from ecodash.metrics.source import Source
from ecodash.metrics.spans import spans


def question(source: Source, metric: Metric, definition: Definition, query: Query) -> Asked | Estimate:
    """The question resolved against the data, or the estimate that says why it cannot be asked."""
    reading = Reading(source=source, as_of=query.as_of)
    found = missing_table(metric, definition, query, reading)
    if found is not None:
        return found
    span = extent(metric, reading)
    if span is None:
        return missing(metric, definition, query, caveats.missing_columns(metric))
    here = scope(source, query, span)
    asked = Asked(metric=metric, definition=definition, scope=here, ground=Ground(here))
    groups = method(definition).groups
    rest = [dim for dim in here.by if dim.kind is not DimensionKind.TIME]
    wrong = [*(dim for dim, _ in here.filters), *(dim for dim in rest if dim.id not in groups), *rest[1:]]
    return asked.blank(Status.NOT_APPLICABLE, caveats.no_split(metric, wrong[0])) if wrong else asked


def method(definition: Definition) -> Analysed:
    """The method of a definition; raises TypeError for one that has none."""
    if not isinstance(definition.how, Analysed):
        raise TypeError(definition.how)
    return definition.how


def answer(source: Source, metric: Metric, definition: Definition, query: Query) -> list[Estimate]:
    """One estimate per calendar span and group; what holds nothing is left out, unless nothing at all is left."""
    asked = question(source, metric, definition, query)
    if isinstance(asked, Estimate):
        return [asked]
    days = spans(asked.scope)
    if not isinstance(days, list):
        return [asked.blank(Status.NOT_APPLICABLE, caveats.no_split(metric, days))]
    answers = [(codes, one) for code, own in days for codes, one in _answers(asked, _window(asked, own), code)]
    if _nothing([one for _, one in answers]) and _nothing([_whole(asked)]):
        return [missing(metric, definition, query, caveats.missing_columns(metric))]
    found = [_estimate(asked, one, codes) for codes, one in answers]
    shown = [estimate for estimate in found if estimate.status is not Status.EMPTY] if asked.scope.by else found
    return shown or [asked.nothing()]


def _window(asked: Asked, days: Period) -> Window:
    return Window(days=days, data=asked.scope.span, level=asked.scope.query.level)


def _nothing(answers: list[Answered]) -> bool:
    """Whether no answer holds anything or says why: not one row had what is needed."""
    return all(one.value is None and one.status is None and one.reason is None for one in answers)


def _whole(asked: Asked) -> Answered:
    """The answer over all the data, whatever the window."""
    reading = Reading(source=asked.scope.source, as_of=asked.scope.query.as_of)
    return method(asked.definition).answer(reading, _window(asked, asked.scope.span))


def _answers(asked: Asked, window: Window, code: int) -> Iterator[tuple[tuple[Code, ...], Answered]]:
    """The answers of one span, with their codes in the order of the question."""
    how, here = method(asked.definition), asked.scope
    reading = Reading(source=here.source, as_of=here.query.as_of)
    other = next((dim for dim in here.by if dim.kind is not DimensionKind.TIME), None)
    answers = how.groups[other.id](reading, window) if other else {"": how.answer(reading, window)}
    for label, one in answers.items():
        yield tuple(code if dim.kind is DimensionKind.TIME else label for dim in here.by), one


def _estimate(asked: Asked, one: Answered, codes: tuple[Code, ...]) -> Estimate:
    status = one.status or (Status.OK if one.value is not None else Status.EMPTY)
    if one.value is None:
        status = Status.IMMATURE if status is Status.TOO_FEW else status
        return asked.warned(asked.blank(status, one.reason or asked.nobody(), codes), codes, more=one.caveats)
    known = one.low is not None and one.high is not None
    inside_ = Interval(low=one.low or 0.0, high=one.high or 0.0, level=asked.scope.query.level) if known else None
    found = asked.judged(asked.number(one.value, codes, n=one.n, successes=one.successes), inside_)
    return asked.warned(found, codes, more=one.caveats, coverage=one.coverage)


def rows(asked: Asked) -> Frame:
    """The rows a method read, whatever the question is split by."""
    how, here = method(asked.definition), asked.scope
    reading = Reading(source=here.source, as_of=here.query.as_of)
    if how.rows is not None:
        return how.rows(reading, Window(days=here.window, data=here.span, level=here.query.level))
    table, columns = asked.metric.requires[0]
    moments = moments_of(table, columns)
    found = reading.table(table)
    if not moments:
        return found.select("load_id", "row_no")
    dated = found.select("load_id", "row_no", day=day_number(nw.col(moments[0])))
    return dated.filter(inside(here.window, "day"))
