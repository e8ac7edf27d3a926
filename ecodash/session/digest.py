"""The digest of a shop's last days: what changed, every number beside what was expected, data health, goals.

Made without a screen, so it can be sent on a schedule. A newest day that is not over is left out.
"""

from dataclasses import dataclass

from ecodash.core.period import Period
from ecodash.core.text import Text
from ecodash.metrics.goals import Pace, pace
from ecodash.metrics.monitoring.suspicion import suspicious_orders
from ecodash.metrics.monitoring.watch import Watch, WatchReport, watch
from ecodash.metrics.reading import Reading
from ecodash.metrics.registry import resolve
from ecodash.session.finding import Finding
from ecodash.session.session import Session

FINDINGS = 5


@dataclass(frozen=True, kw_only=True)
class Digest:
    """What a digest says. ``suspicious`` is how many orders of these days deserve a second look."""

    watch: WatchReport
    findings: tuple[Finding, ...]
    paces: tuple[Pace, ...]
    suspicious: int
    currency: str

    @property
    def days(self) -> Period:
        """The days it is about."""
        return self.watch.days

    def to_json(self) -> dict[str, object]:
        """Plain values; words in both languages."""
        left_out = self.watch.left_out
        return {
            "window": [self.days.start.isoformat(), self.days.end.isoformat()],
            "left_out": left_out.isoformat() if left_out else None,
            "changed": [one.rule.metric for one in self.watch.changed],
            "watches": [watch_json(one) for one in self.watch.watches],
            "findings": [one.to_json() for one in self.findings],
            "goals": [_pace_json(one) for one in self.paces],
            "suspicious_orders": self.suspicious,
            "currency": self.currency,
        }


def digest(session: Session, *, days: int = 7) -> Digest | None:
    """The digest of the last ``days`` complete days; None without orders."""
    made = watch(session.source, session.watching.rules(), days=days, as_of=session.moment)
    if made is None:
        return None
    severe = [one for one in session.check() if one.severe]
    goals = session.notebook.goals(made.days.end)
    listed = suspicious_orders(Reading(source=session.source, as_of=session.moment), made.days)
    return Digest(
        watch=made,
        findings=tuple(severe[:FINDINGS]),
        paces=tuple(pace(session.source, goal, as_of_day=made.days.end) for goal in goals),
        suspicious=listed.orders.height,
        currency=session.settings.base_currency,
    )


def watch_json(one: Watch) -> dict[str, object]:
    """One watched number as plain values."""
    metric = resolve(one.rule.metric)[0]
    reason = one.reason.reason if one.reason else None
    return {
        "metric": one.rule.metric,
        "where": {name: list(values) for name, values in one.rule.where},
        "threshold": one.rule.threshold,
        "owner": one.rule.owner,
        "unit": metric.unit.value,
        "value": one.value,
        "expected": one.expected,
        "score": one.tested.score,
        "p": one.tested.p,
        "verdict": "unknown" if one.tested.p is None else "changed" if one.changed else "normal",
        "false_alarms_per_month": one.false_alarms,
        "alerts": [
            {"day": a.day.isoformat(), "value": a.value, "expected": a.expected, "z": a.z, "drift": a.drift}
            for a in one.alerts
        ],
        "why": one.why.to_json() if one.why else None,
        "reason": _both(reason) if reason else None,
    }


def _pace_json(one: Pace) -> dict[str, object]:
    return {
        "metric": one.goal.metric,
        "month": one.goal.month.isoformat(),
        "owner": one.goal.owner,
        "goal": float(one.goal.value),
        "actual": one.actual,
        "expected": one.expected,
        "ends": one.ends,
    }


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
