"""The 48 statements of direction, tested on the user's data.

Each expectation compares one number with a value, or with the same number a year (or half the data) before. All tests
made are judged together by Holm's procedure, so that a false "confirmed" anywhere among them stays at 5 %.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ecodash.analysis.difference import Difference, difference
from ecodash.analysis.holm import holm
from ecodash.analysis.interval import Interval
from ecodash.core.estimate import Estimate, Status
from ecodash.core.text import Text
from ecodash.framework.catalogue import CLAIMS
from ecodash.framework.figure import Claim, Expectation, Shift

LEVEL = 0.05


class Outcome(StrEnum):
    """What the data say to a claim; ``label`` in words."""

    CONFIRMED = "confirmed"
    AGAINST = "against"
    OPEN = "open"
    DIRECTION = "direction"
    NO_DATA = "no_data"
    TABLE = "table"

    @property
    def label(self) -> Text:
        """The outcome in words."""
        return _LABELS[self]


_LABELS = {
    Outcome.CONFIRMED: Text("数据支持", "supported by the data"),
    Outcome.AGAINST: Text("数据相反", "the data say the opposite"),
    Outcome.OPEN: Text("分不出方向", "no clear direction"),
    Outcome.DIRECTION: Text("方向已知，没有区间可检验", "a direction, but no interval to test it"),
    Outcome.NO_DATA: Text("无法检验", "cannot be tested"),
    Outcome.TABLE: Text("没有单一数字可判，请看指标", "no single number decides; see the indicators"),
}


@dataclass(frozen=True, kw_only=True)
class Tested:
    """One expectation in the data. ``difference``: the number minus what it is held against; ``p`` adjusted (Holm)."""

    expectation: Expectation
    now: Estimate | None = None
    before: Estimate | None = None
    difference: Difference | None = None
    agrees: bool | None = None
    p: float | None = None


@dataclass(frozen=True, kw_only=True)
class ClaimResult:
    """A claim with what the data say; of several expectations each that has data must agree."""

    claim: Claim
    outcome: Outcome
    tests: tuple[Tested, ...] = ()


def tested(now: Mapping[str, Estimate], before: Mapping[str, Estimate]) -> tuple[ClaimResult, ...]:
    """Every claim, in the order of the documents; ``before`` holds the estimates of the time compared with."""
    made = {claim.id: [_tested(one, now, before) for one in claim.tests] for claim in CLAIMS.values()}
    every = [one for tests in made.values() for one in tests if one.difference is not None]
    adjusted = holm([one.difference.p for one in every if one.difference])
    judged = {id(one): p for one, p in zip(every, adjusted, strict=True)}
    results = []
    for claim in CLAIMS.values():
        tests = tuple(_with_p(one, judged.get(id(one))) for one in made[claim.id])
        results.append(ClaimResult(claim=claim, outcome=_outcome(tests), tests=tests))
    return tuple(results)


def over_time() -> tuple[str, ...]:
    """The indicators some claim expects to rise or fall: those whose earlier value is needed."""
    return tuple(dict.fromkeys(one.indicator for claim in CLAIMS.values() for one in claim.tests if one.op.over_time))


def _tested(expectation: Expectation, now: Mapping[str, Estimate], before: Mapping[str, Estimate]) -> Tested:
    current, earlier = now.get(expectation.indicator), before.get(expectation.indicator)
    if not _known(current) or (expectation.op.over_time and not _known(earlier)):
        return Tested(expectation=expectation, now=current, before=earlier)
    against = (earlier.value if earlier else None) if expectation.op.over_time else expectation.value
    value = current.value if current else None
    if value is None or against is None:
        return Tested(expectation=expectation, now=current, before=earlier)
    around = _around(current)
    base = _around(earlier) if expectation.op.over_time else Interval(low=against, high=against)
    moved = difference(value, around, against, base) if around and base else None
    return Tested(
        expectation=expectation,
        now=current,
        before=earlier if expectation.op.over_time else None,
        difference=moved,
        agrees=_agrees(expectation.op, value - against),
    )


def _known(estimate: Estimate | None) -> bool:
    return estimate is not None and estimate.status is Status.OK and estimate.value is not None


def _around(estimate: Estimate | None) -> Interval | None:
    if estimate is None or estimate.low is None or estimate.high is None:
        return None
    return Interval(low=estimate.low, high=estimate.high, level=estimate.level)


def _agrees(op: Shift, moved: float) -> bool:
    if op is Shift.DIFFERS:
        return moved != 0
    return moved > 0 if op in {Shift.ABOVE, Shift.RISES} else moved < 0


def _with_p(one: Tested, p: float | None) -> Tested:
    return Tested(**{**vars(one), "p": p})


def _outcome(tests: Sequence[Tested]) -> Outcome:
    """One that goes the other way settles it; to be supported every expectation that has data must be."""
    if not tests:
        return Outcome.TABLE
    found = {_of_test(one) for one in tests} - {Outcome.NO_DATA}
    order = (Outcome.AGAINST, Outcome.OPEN, Outcome.DIRECTION, Outcome.CONFIRMED)
    return next((outcome for outcome in order if outcome in found), Outcome.NO_DATA)


def _of_test(one: Tested) -> Outcome:
    if one.agrees is None:
        return Outcome.NO_DATA
    if one.p is None:
        return Outcome.DIRECTION
    if one.p >= LEVEL:
        return Outcome.OPEN
    return Outcome.CONFIRMED if one.agrees else Outcome.AGAINST
