"""The ledger of decisions: what was expected, whether it could be seen at all, and what came out."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ecodash.analysis.detectable import smallest_detectable
from ecodash.analysis.difference import Difference, difference
from ecodash.analysis.interval import Interval
from ecodash.core.estimate import Estimate, Status
from ecodash.core.text import Text

SURE = 0.05


@dataclass(frozen=True, kw_only=True)
class Decision:
    """One decision.

    ``expected`` is the change expected of ``indicator`` in its unit; ``value``, ``low``, ``high`` were its estimate
    when the decision was ``made``. ``review`` is the day on which it is opened again. ``id`` 0: not kept.
    """

    hypothesis: str
    indicator: str
    expected: float
    made: date
    review: date
    owner: str = ""
    lever: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    id: int = 0

    @property
    def detectable(self) -> float | None:
        """The smallest change that could be told from chance; None when the number had no interval."""
        around = _around(self.low, self.high)
        return None if around is None else smallest_detectable(around)

    @property
    def powered(self) -> bool | None:
        """Whether the change expected is large enough to be seen; None when nobody knows."""
        return None if self.detectable is None else abs(self.expected) >= self.detectable


class Result(StrEnum):
    """What became of a decision; ``label`` in words."""

    WAITING = "waiting"
    AS_EXPECTED = "as_expected"
    AGAINST = "against"
    OPEN = "open"
    UNKNOWN = "unknown"

    @property
    def label(self) -> Text:
        """The result in words."""
        return _LABELS[self]


_LABELS = {
    Result.WAITING: Text("未到复盘日", "review is still to come"),
    Result.AS_EXPECTED: Text("朝预期方向变化", "moved as expected"),
    Result.AGAINST: Text("朝相反方向变化", "moved the other way"),
    Result.OPEN: Text("与偶然波动分不开", "cannot be told from chance"),
    Result.UNKNOWN: Text("现在没有可比的数字", "no number to compare with"),
}


@dataclass(frozen=True, kw_only=True)
class Review:
    """A decision with its result; ``change`` is now − then with its interval, None while there is nothing to compare."""

    decision: Decision
    result: Result
    change: Difference | None = None


def review(decision: Decision, now: Estimate | None, today: date) -> Review:
    """What became of a decision by ``today`` (the last day of the data), with the estimate since it was made."""
    if today < decision.review:
        return Review(decision=decision, result=Result.WAITING)
    if now is None or now.status is not Status.OK or now.value is None or decision.value is None:
        return Review(decision=decision, result=Result.UNKNOWN)
    then, since = _around(decision.low, decision.high), _around(now.low, now.high)
    if then is None or since is None:
        return Review(decision=decision, result=Result.UNKNOWN)
    change = difference(now.value, since, decision.value, then)
    if change.p >= SURE:
        result = Result.OPEN
    else:
        result = Result.AS_EXPECTED if (change.value > 0) is (decision.expected > 0) else Result.AGAINST
    return Review(decision=decision, result=result, change=change)


def _around(low: float | None, high: float | None) -> Interval | None:
    return None if low is None or high is None else Interval(low=low, high=high, level=0.95)
