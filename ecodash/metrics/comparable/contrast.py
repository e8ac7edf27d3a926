"""Two groups of the customers in scope, and what their difference is as estimates: in points and as a relative lift."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from ecodash.analysis.difference import difference
from ecodash.analysis.interval import Interval
from ecodash.analysis.risk_ratio import relative_lift
from ecodash.analysis.wilson import wilson
from ecodash.core.estimate import Caveat, Estimate, Status
from ecodash.core.text import Text
from ecodash.core.unit import Unit
from ecodash.metrics import caveats
from ecodash.metrics.answers import OPENING_DAYS
from ecodash.metrics.comparable.exposure import Exposure
from ecodash.metrics.scope import Scope

Counts = tuple[int, int]
"""Customers with the outcome, and all of them."""
Pair = tuple[Counts, Counts]
"""With the status, without it."""


@dataclass(frozen=True, kw_only=True)
class Lift:
    """The rate of either group, their difference in points and as a relative lift, each with its interval."""

    having: Estimate
    without: Estimate
    points: Estimate
    relative: Estimate


@dataclass(frozen=True, kw_only=True)
class Contrast:
    """Customers of ``scope`` with and without the status ``exposure``."""

    scope: Scope
    exposure: Exposure

    def lift(self, counts: Pair, definition: str) -> Lift:
        """The lift from counts: a hint below the minimum sample, immature or empty where a group has nobody."""
        having, without = (self.rate(one, definition) for one in counts)
        (x1, n1), (x0, n0) = counts
        points, relative = (self._between(counts, part, definition) for part in ("pts", "rel"))
        first, second = (wilson(*one, level=self.scope.query.level) for one in counts)
        if first is None or second is None:
            return Lift(having=having, without=without, points=points, relative=relative)
        gap = difference(x1 / n1, first, x0 / n0, second)
        points = valued(points, gap.value, gap.interval)
        ratio = relative_lift(*counts, level=self.scope.query.level)
        if ratio is not None:
            return Lift(
                having=having, without=without, points=points, relative=valued(relative, ratio.value, ratio.interval)
            )
        reason = Text(
            "对照组没有人再次购买，没有可除的数。", "Nobody of the other group came back: nothing to divide by."
        )
        relative = replace(relative, status=Status.EMPTY, reason=reason)
        return Lift(having=having, without=without, points=points, relative=relative)

    def blank(self, metric: str, definition: str, unit: Unit, *, n: int = 0) -> Estimate:
        """An estimate of this contrast that has no value yet."""
        return Estimate(
            metric=metric,
            definition=definition,
            unit=unit,
            status=Status.OK,
            level=self.scope.query.level,
            n=n,
            window=self.scope.window,
        )

    def judged(self, estimate: Estimate, n: int) -> Estimate:
        """``too_few`` when the smaller group has ``n`` customers and the minimum is more."""
        least = self.scope.source.settings.minimum_sample
        return estimate if n >= least else replace(estimate, status=Status.TOO_FEW, reason=caveats.too_few(n, least))

    def rate(self, counts: Counts, definition: str) -> Estimate:
        """The share with the outcome in one group, with Wilson's interval."""
        back, n = counts
        blank = replace(self.blank(f"{self.exposure.metric}_repurchase", definition, Unit.RATIO, n=n), successes=back)
        around = wilson(back, n, level=self.scope.query.level)
        if around is None:
            return replace(blank, status=Status.EMPTY, reason=caveats.nobody())
        return self.judged(valued(blank, back / n, around), n)

    def _between(self, counts: Pair, part: str, definition: str) -> Estimate:
        smaller, whole = min(n for _, n in counts), sum(n for _, n in counts)
        unit = Unit.POINTS if part == "pts" else Unit.RATIO
        blank = self.blank(f"{self.exposure.metric}_repurchase_lift_{part}", definition, unit, n=whole)
        blank = replace(blank, warnings=self.warnings())
        if smaller:
            return self.judged(blank, smaller)
        if not whole:
            waiting = Text("还没有顾客被观察满这么多天。", "no customer has been watched that long.")
            return replace(blank, status=Status.IMMATURE, reason=caveats.immature(waiting))
        reason = Text("有一组没有顾客，无法比较。", "One of the groups has no customers: nothing to compare.")
        return replace(blank, status=Status.EMPTY, reason=reason)

    def warnings(self) -> tuple[Caveat, ...]:
        """What must be said with every number: first purchases at the beginning of the data may not be the first."""
        scope = self.scope
        early = scope.window.start < scope.span.start + timedelta(days=OPENING_DAYS)
        return (caveats.left_truncated(scope.span, OPENING_DAYS),) if early else ()


def valued(estimate: Estimate, value: float, around: Interval | None) -> Estimate:
    """The estimate with its value and, where there is one, its interval."""
    return replace(estimate, value=value, low=around.low if around else None, high=around.high if around else None)


Progress = Callable[[float], None]
