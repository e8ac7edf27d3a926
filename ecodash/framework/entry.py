"""Entries of the framework: what the two documents describe, in our own words, tied to indicators."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ecodash.core.text import Text
from ecodash.framework.source import Source


class Kind(StrEnum):
    """What sort of entry; the values are the keys of the data files."""

    DIMENSION = "dimensions"
    MODEL = "models"
    TREND = "trends"
    PLATFORM_TYPE = "platform_types"
    OPERATING_FORM = "operating_forms"
    REVENUE_MODEL = "revenue_models"
    BUILD = "build"
    RISK = "risks"
    LESSON = "lessons"


class Op(StrEnum):
    """How a value is held against a threshold. ``REPORT``: a line to look at, nothing to be met."""

    AT_LEAST = ">="
    AT_MOST = "<="
    MORE = ">"
    LESS = "<"
    ABSOLUTE = "abs>="
    REPORT = "report"

    def holds(self, value: float, threshold: float) -> bool:
        """Whether ``value`` fulfils the condition; a report is never fulfilled."""
        match self:
            case Op.AT_LEAST:
                return value >= threshold
            case Op.AT_MOST:
                return value <= threshold
            case Op.MORE:
                return value > threshold
            case Op.LESS:
                return value < threshold
            case Op.ABSOLUTE:
                return abs(value) >= threshold
            case Op.REPORT:
                return False


@dataclass(frozen=True, kw_only=True)
class Part:
    """A lever, trait, variant, facet, countermeasure … of an entry; ``indicators`` show it in the data."""

    id: str
    name: Text
    source: Source
    indicators: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Case:
    """A firm the document tells of. ``facts`` are what it states, not what is known to be true."""

    id: str
    name: Text
    source: Source
    facts: tuple[Text, ...] = ()
    indicators: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Insight:
    """What follows; ``basis`` is ``document`` or ``ecodash`` when the conclusion is ours."""

    text: Text
    basis: str
    source: Source


@dataclass(frozen=True, kw_only=True)
class Emphasis:
    """Which dimensions an entry leans to; ``basis`` is ``text`` or ``inferred``."""

    primary: str
    basis: str
    secondary: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Condition:
    """``indicator`` ``op`` ``value``; the value is a default of ecodash, not of the documents."""

    indicator: str
    op: Op
    value: float


@dataclass(frozen=True, kw_only=True)
class Rule:
    """By what a shop resembles the entry: all of the conditions, or any of them."""

    all: tuple[Condition, ...] = ()
    any: tuple[Condition, ...] = ()

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Every condition."""
        return (*self.all, *self.any)


@dataclass(frozen=True, kw_only=True)
class Bound:
    """One end of an alarm."""

    op: Op
    value: float


@dataclass(frozen=True, kw_only=True)
class Alarm:
    """When an indicator of a risk turns amber or red; defaults of ecodash, the documents give no threshold."""

    indicator: str
    amber: Bound
    red: Bound


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry. Which of the groups of parts it has depends on its kind; see ``groups``.

    ``examples`` belong to dimensions, ``rule`` to models, types and forms, ``alarms`` and ``countermeasures`` to risks,
    ``simulators`` to revenue models, ``measurable`` (full, partial) and ``not_measured`` to what is to be built.
    """

    kind: Kind
    id: str
    name: Text
    summary: Text
    source: Source
    also: tuple[Source, ...] = ()
    characteristics: tuple[Part, ...] = ()
    levers: tuple[Part, ...] = ()
    mechanisms: tuple[Part, ...] = ()
    variants: tuple[Part, ...] = ()
    drivers: tuple[Part, ...] = ()
    strategies: tuple[Part, ...] = ()
    facets: tuple[Part, ...] = ()
    parts: tuple[Part, ...] = ()
    countermeasures: tuple[Part, ...] = ()
    cases: tuple[Case, ...] = ()
    figures: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    simulators: tuple[str, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    rule: Rule | None = None
    insight: Insight | None = None
    emphasis: Emphasis | None = None
    examples: Text | None = None
    measurable: str = "full"
    not_measured: Text | None = None

    @property
    def groups(self) -> Mapping[str, tuple[Part, ...]]:
        """The groups of parts it has, by name, in reading order."""
        found = {
            "characteristics": self.characteristics,
            "levers": self.levers,
            "mechanisms": self.mechanisms,
            "variants": self.variants,
            "drivers": self.drivers,
            "strategies": self.strategies,
            "facets": self.facets,
            "parts": self.parts,
            "countermeasures": self.countermeasures,
        }
        return {name: parts for name, parts in found.items() if parts}

    @property
    def all_indicators(self) -> tuple[str, ...]:
        """Its own indicators, then those of its parts and cases, each once."""
        parts = [name for group in self.groups.values() for part in group for name in part.indicators]
        cases = [name for case in self.cases for name in case.indicators]
        return tuple(dict.fromkeys((*self.indicators, *parts, *cases)))
