"""A change taken apart: the change itself and parts that add up to it exactly."""

from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from ecodash.analysis.decomposition import rounded
from ecodash.core.period import Period
from ecodash.core.text import Text
from ecodash.core.unit import Unit


class PartKind(StrEnum):
    """What a part of a change is."""

    CHANGED = "changed"  # a group there was before and is now
    NEW = "new"  # a group there was not before
    GONE = "gone"  # a group there is no more
    MIX = "mix"  # a group's share moved
    RATE = "rate"  # a group's own rate moved
    VOLUME = "volume"  # how many cases there are in all
    FACTOR = "factor"  # a factor of a product
    REST = "rest"  # what belongs to no group or factor


class Way(StrEnum):
    """How a change was taken apart."""

    SEGMENTS = "segments"
    MIX_RATE = "mix_rate"
    FACTORS = "factors"
    VOLUME_MIX_RATE = "volume_mix_rate"


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part. ``exact`` counts in 1/``scale`` of the metric's unit.

    ``was`` and ``now`` are the group's or factor's own, in ``unit``: of a share that moved a ratio, of a factor its own
    unit. ``group`` is the code of the group, None for parts that are not about one.
    """

    id: str
    words: Text
    kind: PartKind
    exact: int
    scale: int
    unit: Unit
    group: str | None = None
    was: float | None = None
    now: float | None = None

    @property
    def value(self) -> float:
        """The part in the unit of the metric."""
        return self.exact / self.scale


@dataclass(frozen=True, kw_only=True)
class Decomposition:
    """The change of ``metric`` from ``before`` to ``window`` and its parts: Σ ``part.exact`` = ``exact``.

    ``was`` and ``now`` are the totals. ``against_every_segment``: the rate of the whole moves one way, that of every
    group the other, so the mix is the story (Simpson). ``dimension``: what it was split by, None for factors.
    """

    metric: str
    definition: str
    unit: Unit
    way: Way
    window: Period
    before: Period
    was: float
    now: float
    exact: int
    scale: int
    parts: tuple[Part, ...]
    against_every_segment: bool = False
    dimension: str | None = None

    @property
    def total(self) -> float:
        """The change in the unit of the metric."""
        return self.exact / self.scale

    def at(self, scale: int) -> "Decomposition":
        """The same in steps of 1/``scale`` (100: cents), so that what is written adds up to what is written."""
        exact = rounded([Fraction(part.exact, part.scale) for part in self.parts], scale)
        parts = tuple(replace(part, exact=n, scale=scale) for part, n in zip(self.parts, exact, strict=True))
        return replace(self, parts=parts, exact=sum(exact), scale=scale)

    def gathered(self, keep: int) -> "Decomposition":
        """The same with the ``keep`` largest parts and one that sums all others."""
        if len(self.parts) <= keep + 1:
            return self
        ordered = sorted(self.parts, key=lambda part: -abs(part.exact))
        rest = ordered[keep:]
        others = Part(
            id="others",
            words=Text(f"其余 {len(rest)} 项", f"{len(rest)} others"),
            kind=PartKind.REST,
            exact=sum(part.exact for part in rest),
            scale=self.scale,
            unit=self.unit,
        )
        return replace(self, parts=(*ordered[:keep], others))

    def to_json(self) -> dict[str, object]:
        """Plain values; words in both languages."""
        return {
            "metric": self.metric,
            "definition": self.definition,
            "unit": self.unit.value,
            "way": self.way.value,
            "by": self.dimension,
            "window": [self.window.start.isoformat(), self.window.end.isoformat()],
            "before": [self.before.start.isoformat(), self.before.end.isoformat()],
            "was": self.was,
            "now": self.now,
            "change": self.total,
            "against_every_segment": self.against_every_segment,
            "parts": [
                {
                    "id": part.id,
                    "kind": part.kind.value,
                    "group": part.group,
                    "value": part.value,
                    "was": part.was,
                    "now": part.now,
                    "unit": part.unit.value,
                    "zh": part.words.zh,
                    "en": part.words.en,
                }
                for part in self.parts
            ],
        }


@dataclass(frozen=True, kw_only=True)
class NotApplicable:
    """Why a change cannot be taken apart this way, and which way would do."""

    reason: Text
