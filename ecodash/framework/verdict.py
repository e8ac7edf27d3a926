"""Where a business stands against a figure of the documents: one home for every page, export and command.

::

    figure = benchmark("jd_member_repurchase_lift")
    for judgement in judge(estimate, figure):        # the readings of the figure that this estimate answers
        judgement.verdict, judgement.side, judgement.certain
    judge_all(estimates, figure)                     # every reading the catalogue lists, in its order

Benchmarks and policies get met, near or below; an anecdote, or a reading that sets no target, only tells the side of
the line. *Near* is within ``NEAR`` of the target (a default of ecodash); towards a target of zero nothing is near.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from ecodash.core.errors import UnknownName
from ecodash.core.estimate import Estimate, Status
from ecodash.core.text import Text
from ecodash.framework.catalogue import FIGURES, INDICATORS
from ecodash.framework.entry import Op
from ecodash.framework.figure import Figure, FigureKind, Target

NEAR = 0.1


class Verdict(StrEnum):
    """The answers; ``label`` gives the words. ``REFERENCE``: a line to look at, no verdict is passed."""

    MET = "met"
    NEAR = "near"
    BELOW = "below"
    REFERENCE = "reference"
    NOT_ENOUGH = "not_enough_data"
    NOT_MEASURABLE = "not_measurable"

    @property
    def label(self) -> Text:
        """The verdict in words."""
        return _LABELS[self]

    @property
    def passed(self) -> bool:
        """Whether a target was judged, whatever came out."""
        return self in {Verdict.MET, Verdict.NEAR, Verdict.BELOW}


class Side(StrEnum):
    """On which side of the line the value is, and whether that is the better one where better has a meaning."""

    BETTER = "better"
    WORSE = "worse"
    ABOVE = "above"
    UNDER = "under"
    ON = "on"

    @property
    def label(self) -> Text:
        """The side in words."""
        return _SIDES[self]


_LABELS = {
    Verdict.MET: Text("达到", "met"),
    Verdict.NEAR: Text("接近", "near"),
    Verdict.BELOW: Text("未达到", "below"),
    Verdict.REFERENCE: Text("仅作参照", "reference only"),
    Verdict.NOT_ENOUGH: Text("样本不足", "not enough data"),
    Verdict.NOT_MEASURABLE: Text("无法衡量", "not measurable"),
}
_SIDES = {
    Side.BETTER: Text("好于参照线", "better than the line"),
    Side.WORSE: Text("差于参照线", "worse than the line"),
    Side.ABOVE: Text("高于参照线", "above the line"),
    Side.UNDER: Text("低于参照线", "under the line"),
    Side.ON: Text("正好在参照线上", "on the line"),
}
READINGS = {
    "default": Text("默认读法", "default reading"),
    "alternative": Text("另一种读法", "alternative reading"),
    "adjusted": Text("调整客户差异后", "adjusted for customer differences"),
    "everyday": Text("平日", "everyday"),
    "change": Text("变化幅度", "change"),
    "share": Text("占比", "share"),
    "by_size": Text("按人数", "by size"),
    "members": Text("会员", "members"),
    "horizon": Text("预测期", "horizon"),
    "reference": Text("参照线", "reference line"),
    "ecodash_default": Text("目标值为 ecodash 默认", "target is an ecodash default"),
    "own": Text("自备对标", "own benchmark"),
}


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """One reading of a figure, judged.

    ``estimate`` is None when nobody computed the indicator. ``certain``: the whole interval lies on the side of the
    verdict (True) or includes the target (False); None without an interval or verdict. ``reason`` says why there is no
    verdict and what to upload. ``figure.ambiguity`` is to be shown beside it, always.
    """

    figure: Figure
    target: Target
    verdict: Verdict
    estimate: Estimate | None = None
    side: Side | None = None
    certain: bool | None = None
    reason: Text | None = None

    @property
    def reading(self) -> Text:
        """The reading in words."""
        return READINGS[self.target.reading]

    @property
    def line(self) -> float | None:
        """Where a reference line is drawn, in the unit of the indicator; None when the figure has another unit."""
        comparable = self.target.op is not Op.REPORT or _same_unit(self.figure, self.target)
        return self.target.value if comparable else None


def benchmark(name: str) -> Figure:
    """The figure called ``name``. Raises UnknownName."""
    if name not in FIGURES:
        raise UnknownName(Text("文档数字", "figure"), name, list(FIGURES))
    return FIGURES[name]


def benchmark_of(indicator: str) -> Figure | None:
    """The figure an indicator is held against; None when the documents give none."""
    name = INDICATORS[indicator].figure if indicator in INDICATORS else None
    return FIGURES[name] if name else None


def judge(estimate: Estimate, figure: Figure, *, near: float = NEAR) -> tuple[Judgement, ...]:
    """The readings of ``figure`` that ``estimate`` answers, in the order of the catalogue; none when it answers none."""
    return tuple(
        _judged(estimate, figure, target, near) for target in figure.targets if target.indicator == estimate.metric
    )


def judge_all(estimates: Iterable[Estimate], figure: Figure, *, near: float = NEAR) -> tuple[Judgement, ...]:
    """Every reading the catalogue lists; an indicator without an estimate is not measurable."""
    found = {estimate.metric: estimate for estimate in estimates}
    return tuple(_judged(found.get(target.indicator), figure, target, near) for target in figure.targets)


def _judged(estimate: Estimate | None, figure: Figure, target: Target, near: float) -> Judgement:
    if estimate is None or estimate.status in {Status.MISSING, Status.NOT_APPLICABLE}:
        reason = estimate.reason if estimate else None
        return Judgement(figure=figure, target=target, verdict=Verdict.NOT_MEASURABLE, estimate=estimate, reason=reason)
    if estimate.status is not Status.OK or estimate.value is None:
        return Judgement(
            figure=figure, target=target, verdict=Verdict.NOT_ENOUGH, estimate=estimate, reason=estimate.reason
        )
    if figure.kind is FigureKind.ANECDOTE or target.op is Op.REPORT:
        side = _side(estimate.value, figure, target)
        return Judgement(figure=figure, target=target, verdict=Verdict.REFERENCE, estimate=estimate, side=side)
    verdict = _verdict(estimate.value, target, near)
    return Judgement(
        figure=figure, target=target, verdict=verdict, estimate=estimate, certain=_certain(estimate, target)
    )


def _verdict(value: float, target: Target, near: float) -> Verdict:
    if target.op.holds(value, target.value):
        return Verdict.MET
    short = abs(value) if target.op is Op.ABSOLUTE else value
    return Verdict.NEAR if abs(short - target.value) <= near * abs(target.value) else Verdict.BELOW


def _certain(estimate: Estimate, target: Target) -> bool | None:
    if estimate.low is None or estimate.high is None or estimate.value is None:
        return None
    met = target.op.holds(estimate.value, target.value)
    return all(target.op.holds(end, target.value) is met for end in (estimate.low, estimate.high))


def _side(value: float, figure: Figure, target: Target) -> Side | None:
    if target.op is Op.REPORT and not _same_unit(figure, target):
        return None
    if value == target.value:
        return Side.ON
    better = INDICATORS[target.indicator].better if target.indicator in INDICATORS else "context"
    if better not in {"higher", "lower"}:
        return Side.ABOVE if value > target.value else Side.UNDER
    return Side.BETTER if (value > target.value) is (better == "higher") else Side.WORSE


def _same_unit(figure: Figure, target: Target) -> bool:
    return (
        target.indicator in INDICATORS
        and INDICATORS[target.indicator].unit == figure.unit
        and target.value == figure.value
        and figure.unit_note is None
    )
