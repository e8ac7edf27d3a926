"""From sums to estimates: one place that decides status, interval, warnings and words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from ecodash.analysis.interval import Interval
from ecodash.analysis.ratio_interval import ClusterSums, ratio_interval
from ecodash.analysis.wilson import wilson
from ecodash.core.estimate import Caveat, Estimate, Status
from ecodash.core.period import Period
from ecodash.core.text import Text
from ecodash.core.unit import Unit
from ecodash.metrics import caveats
from ecodash.metrics.dimensions import Dimension, DimensionKind
from ecodash.metrics.ground import Ground
from ecodash.metrics.groups import Code, label, span
from ecodash.metrics.metric import Definition, Metric
from ecodash.metrics.scope import Scope

OPENING_DAYS = 90


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One metric by one definition, on the ground of one question.

    ``by_birth``: groups are first purchases, so that a first-purchase month is a calendar span too.
    """

    metric: Metric
    definition: Definition
    scope: Scope
    ground: Ground
    by_birth: bool = False

    def calendar(self, dimension: Dimension) -> bool:
        """Whether the groups of a dimension are the calendar spans in which their cases happened."""
        born = self.by_birth and dimension.kind is DimensionKind.CUSTOMER and dimension.numeric
        return dimension.kind is DimensionKind.TIME or born

    def blank(self, status: Status, reason: Text, codes: Sequence[Code] = ()) -> Estimate:
        """An estimate without a value."""
        return replace(self._empty(codes), status=status, reason=reason)

    def nothing(self, *, more: Sequence[Caveat] = ()) -> Estimate:
        """The answer to a question that leaves no rows: outside the data, or filtered away."""
        scope = self.scope
        reason = caveats.nothing_left(scope.window, scope.span, filtered=bool(scope.filters))
        return self.warned(self.blank(Status.EMPTY, reason), more=more)

    def number(self, value: float, codes: Sequence[Code] = (), *, n: int, successes: int | None = None) -> Estimate:
        """A value without an interval."""
        return replace(self._empty(codes), value=value, n=n, successes=successes)

    def share(self, successes: int, n: int, codes: Sequence[Code] = ()) -> Estimate:
        """Successes out of n with Wilson's interval; ``too_few`` below the minimum sample. n must be above 0."""
        inside = wilson(successes, n, level=self.scope.query.level)
        return self.judged(replace(self._empty(codes), value=successes / n, n=n, successes=successes), inside)

    def mean(self, sums: ClusterSums, n: int, codes: Sequence[Code] = ()) -> Estimate:
        """A ratio of sums with the interval by customer."""
        inside = ratio_interval(sums, level=self.scope.query.level)
        value = sums.y / sums.x
        if inside and sums.y >= 0:
            highest = max(1.0, value) if self.metric.unit is Unit.RATIO else float("inf")
            inside = inside.clip(min(0.0, value), highest)
        return self.judged(replace(self._empty(codes), value=value, n=n), inside)

    def judged(self, estimate: Estimate, inside: Interval | None) -> Estimate:
        """The same with its interval, and ``too_few`` when the sample is below the minimum."""
        minimum = self.scope.source.settings.minimum_sample
        few = estimate.n < minimum
        return replace(
            estimate,
            low=inside.low if inside else None,
            high=inside.high if inside else None,
            status=Status.TOO_FEW if few else estimate.status,
            reason=caveats.too_few(estimate.n, minimum) if few else estimate.reason,
        )

    def nobody(self) -> Text:
        """Words for an empty denominator."""
        return caveats.nobody()

    def days(self, codes: Sequence[Code]) -> Period:
        """The days a group covers: its calendar span inside the window, else the window."""
        window = self.scope.window
        for dimension, code in zip(self.scope.by, codes, strict=False):
            found = span(dimension, code) if self.calendar(dimension) else None
            if found:
                window = found.clip(window) or window
        return window

    def warned(
        self,
        estimate: Estimate,
        codes: Sequence[Code] = (),
        *,
        more: Sequence[Caveat] = (),
        coverage: float | None = None,
    ) -> Estimate:
        """The same with every warning that applies, and the identity coverage where buyers matter."""
        known = (self.ground.coverage if coverage is None else coverage) if self.metric.of_customers else None
        found = [*self._by_time(codes), *more]
        if known is not None and known < caveats.LOW_COVERAGE:
            found.append(caveats.low_coverage(known))
        if self.definition.caveat:
            found.append(caveats.of_definition(self.definition.caveat))
        return replace(estimate, coverage=known, warnings=tuple(dict.fromkeys(found)))

    def _by_time(self, codes: Sequence[Code]) -> list[Caveat]:
        """Warnings that follow from when the data and the window begin and end."""
        found: list[Caveat] = []
        data, days = self.scope.span, self.days(codes)
        young = days.start < data.start + timedelta(days=OPENING_DAYS)
        if self.metric.needs_history and young and self.scope.query.opening_days < OPENING_DAYS:
            found.append(caveats.left_truncated(data, OPENING_DAYS))
        for dimension, code in zip(self.scope.by, codes, strict=False):
            whole = span(dimension, code) if self.calendar(dimension) else None
            if whole and whole.end > data.end:
                found.append(caveats.open_period(data))
            elif whole and whole != (days.clip(data) or days):
                found.append(caveats.partial_period(days.clip(data) or days))
        return found

    def _empty(self, codes: Sequence[Code]) -> Estimate:
        by = {dim.id: label(dim, code) for dim, code in zip(self.scope.by, codes, strict=False)}
        return Estimate(
            metric=self.metric.id,
            definition=self.definition.id,
            unit=self.metric.unit,
            status=Status.OK,
            level=self.scope.query.level,
            by=by,
            window=self.days(codes),
        )
