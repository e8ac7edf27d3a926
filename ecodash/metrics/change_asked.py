"""The question behind a decomposition, and how pieces of any kind become parts that add up."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from ecodash.analysis.decomposition import rounded
from ecodash.core.decimals import SCALE
from ecodash.core.estimate import Estimate, Status
from ecodash.core.period import Period
from ecodash.core.text import Text
from ecodash.core.unit import Unit
from ecodash.metrics.computing import compute
from ecodash.metrics.decomposed import Decomposition, NotApplicable, Part, PartKind, Way
from ecodash.metrics.exact_sums import GroupSums, Sums, group_sums, whole_sums
from ecodash.metrics.metric import Definition, Metric, Sum
from ecodash.metrics.query import Query
from ecodash.metrics.registry import resolve
from ecodash.metrics.source import Source

RATE_SCALE = 1_000_000
REST = Text("不属于任何一组的部分", "what belongs to no group")


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A part before it is rounded; ``value`` in the unit of the metric."""

    id: str
    words: Text
    kind: PartKind
    value: Fraction
    unit: Unit
    group: str | None = None
    was: float | None = None
    now: float | None = None


@dataclass(frozen=True, kw_only=True)
class ChangeAsked:
    """A metric by one definition in two windows; ``query.window`` is the later one, all data when it is None."""

    source: Source
    metric: Metric
    definition: Definition
    query: Query
    before: Period

    @property
    def scale(self) -> int:
        """How finely parts are given: ten-thousandths, of ratios millionths."""
        return RATE_SCALE if self.metric.unit is Unit.RATIO else SCALE

    @property
    def queries(self) -> tuple[Query, Query]:
        """The question before and now."""
        return replace(self.query, window=self.before), self.query

    def sums(self, amounts: Sequence[str]) -> tuple[Sums, Sums] | None:
        """Whole sums before and now; None when the data cannot answer."""
        first, second = (whole_sums(self.source, query, amounts) for query in self.queries)
        return None if first is None or second is None else (first, second)

    def groups(self, amounts: Sequence[str], by: str) -> tuple[GroupSums, GroupSums] | None:
        """Sums per group before and now; None when the data cannot answer."""
        first, second = (group_sums(self.source, replace(query, by=by), amounts) for query in self.queries)
        return None if first is None or second is None else (first, second)

    def estimates(self, *, by: str | None = None) -> tuple[list[Estimate], list[Estimate]]:
        """The metric before and now."""
        name = f"{self.metric.id}:{self.definition.id}"
        first, second = (compute(self.source, [name], replace(query, by=by)) for query in self.queries)
        return first, second

    def obstacle(self) -> NotApplicable | None:
        """Why there is no change to take apart; a sum over nothing is 0, a ratio over nothing no number."""
        for estimate in (found[0] for found in self.estimates()):
            nothing = estimate.status is Status.EMPTY and isinstance(self.definition.how, Sum)
            if estimate.value is None and not nothing:
                return NotApplicable(reason=estimate.reason or Text("没有数字。", "There is no number."))
        return None

    def _rest(self, value: Fraction, words: Text) -> Piece:
        return Piece(id="rest", words=words, kind=PartKind.REST, value=value, unit=self.metric.unit)

    def composed(
        self, pieces: Sequence[Piece], totals: tuple[Fraction, Fraction], way: Way, *, rest: Text = REST
    ) -> Decomposition:
        """The pieces as parts with one for what they leave of the change: factors as given, then the largest first."""
        left = totals[1] - totals[0] - sum((piece.value for piece in pieces), Fraction(0))
        whole = [*pieces, *([self._rest(left, rest)] if left else [])]
        exact = rounded([piece.value for piece in whole], self.scale)
        parts = [_part(piece, number, self.scale) for piece, number in zip(whole, exact, strict=True)]
        window = self.query.window or self.source.data_end(as_of=self.query.as_of) or self.before
        return Decomposition(
            metric=self.metric.id,
            definition=self.definition.id,
            unit=self.metric.unit,
            way=way,
            window=window,
            before=self.before,
            was=float(totals[0]),
            now=float(totals[1]),
            exact=sum(exact),
            scale=self.scale,
            parts=tuple(sorted(parts, key=_place)),
        )


def change_asked(source: Source, metric_id: str, query: Query, before: Period) -> ChangeAsked:
    """Resolve the names; raises UnknownName."""
    metric, definition = resolve(metric_id, query.definition)
    plain = replace(query, by=None, intervals=False, limit=None, definition=None)
    return ChangeAsked(source=source, metric=metric, definition=definition, query=plain, before=before)


def _place(part: Part) -> tuple[bool, int]:
    whole = part.kind in {PartKind.FACTOR, PartKind.VOLUME}
    return (not whole, 0 if whole else -abs(part.exact))


def _part(piece: Piece, exact: int, scale: int) -> Part:
    return Part(
        id=piece.id,
        words=piece.words,
        kind=piece.kind,
        exact=exact,
        scale=scale,
        unit=piece.unit,
        group=piece.group,
        was=piece.was,
        now=piece.now,
    )
