"""The risk index: the lights of the risks that can be judged, put into one number between 0 (green) and 1 (red).

Mean of red = 1, amber = 0.5, green = 0 with equal weights, a default of ecodash. Risks without data are left out and
named. It has no interval: it counts thresholds that are crossed, and moves when an operator changes them.
"""

from collections.abc import Mapping, Sequence

from ecodash.core.estimate import Caveat, Estimate, Status
from ecodash.core.period import Period
from ecodash.core.text import Text
from ecodash.core.unit import Unit
from ecodash.framework.catalogue import of_kind
from ecodash.framework.entry import Kind
from ecodash.framework.risk import Level, RiskState, risks
from ecodash.metrics import caveats

RISK_INDEX = "risk_index"
TABLE = "incidents"
POINTS = {Level.RED: 1.0, Level.AMBER: 0.5, Level.GREEN: 0.0}


def alarmed() -> tuple[str, ...]:
    """The indicators that can turn a risk amber or red."""
    return tuple(dict.fromkeys(alarm.indicator for entry in of_kind(Kind.RISK) for alarm in entry.alarms))


def risk_index(
    estimates: Mapping[str, Estimate], thresholds: Mapping[str, float], *, logged: bool, window: Period | None
) -> Estimate:
    """The index of the risks that ``estimates`` can judge; ``missing`` without a log of incidents or any such risk."""
    states = risks(estimates, {}, thresholds, sales=None)
    points = [POINTS[state.level] for state in states if state.level in POINTS]
    known = bool(points) and logged
    return Estimate(
        metric=RISK_INDEX,
        definition="standard",
        unit=Unit.INDEX,
        status=Status.OK if known else Status.MISSING,
        value=sum(points) / len(points) if known else None,
        n=len(points),
        window=window,
        warnings=_left_out(states) if known else (),
        reason=None if known else caveats.missing_table(TABLE),
    )


def _left_out(states: Sequence[RiskState]) -> tuple[Caveat, ...]:
    names = [state.entry.name for state in states if state.level is Level.UNKNOWN]
    if not names:
        return ()
    zh, en = "、".join(name.zh for name in names), ", ".join(name.en for name in names)
    return (Caveat("left_out", Text(f"没有数据、未计入的风险：{zh}。", f"Risks without data, left out: {en}.")),)
