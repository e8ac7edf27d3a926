"""A number is an estimate: value, interval, how many, over which window, by which definition, with which warnings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ecodash.core.period import Period
from ecodash.core.text import Text
from ecodash.core.unit import Unit


class Status(StrEnum):
    """Six answers that must never be mistaken for one another. A true zero is ``ok`` with value 0."""

    OK = "ok"
    IMMATURE = "immature"
    TOO_FEW = "too_few"
    MISSING = "missing"
    EMPTY = "empty"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True)
class Caveat:
    """Something the reader must know to use the number: a stable ``code`` and the words."""

    code: str
    text: Text


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """One number with everything needed to judge it.

    ``value`` is None unless ``status`` is ``ok`` or ``too_few``. ``low``/``high`` bound it at ``level`` (0.95);
    both None when the value is a count or sum of everything there is. ``n`` is the sample the value rests on, and
    ``successes`` the numerator where the value is a rate. ``coverage`` is the share of orders in the window whose
    buyer is known (None where buyers do not matter). ``reason`` says in words why there is no value and what to do.
    """

    metric: str
    definition: str
    unit: Unit
    status: Status
    value: float | None = None
    low: float | None = None
    high: float | None = None
    level: float = 0.95
    n: int = 0
    successes: int | None = None
    window: Period | None = None
    by: Mapping[str, str] = field(default_factory=dict)
    coverage: float | None = None
    warnings: tuple[Caveat, ...] = ()
    reason: Text | None = None

    @property
    def has_value(self) -> bool:
        """Whether there is a number to show; test this, never the truth of ``value``."""
        return self.value is not None

    def to_json(self) -> dict[str, object]:
        """The documented JSON form: plain values, dates as ISO text, words in both languages."""
        return {
            "metric": self.metric,
            "definition": self.definition,
            "value": self.value,
            "unit": self.unit.value,
            "low": self.low,
            "high": self.high,
            "level": self.level,
            "n": self.n,
            "successes": self.successes,
            "status": self.status.value,
            "by": dict(self.by),
            "window": [self.window.start.isoformat(), self.window.end.isoformat()] if self.window else None,
            "coverage": self.coverage,
            "warnings": [{"code": w.code, "zh": w.text.zh, "en": w.text.en} for w in self.warnings],
            "reason": {"zh": self.reason.zh, "en": self.reason.en} if self.reason else None,
        }
