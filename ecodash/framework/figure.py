"""Figures, claims and limits: what the documents state, and what they leave open."""

from dataclasses import dataclass
from enum import StrEnum

from ecodash.core.text import Text
from ecodash.core.unit import Unit
from ecodash.framework.entry import Op
from ecodash.framework.source import Source


class FigureKind(StrEnum):
    """Benchmarks and policies get a verdict; an anecdote is a line to see on which side one stands."""

    BENCHMARK = "benchmark"
    ANECDOTE = "anecdote"
    POLICY = "policy"


@dataclass(frozen=True, kw_only=True)
class Target:
    """One reading of a figure: which ``indicator`` is held against which ``value``, in the unit of the indicator.

    ``reading``: default, alternative (points), adjusted, everyday, change, share, by_size, members, horizon,
    reference, ecodash_default (the threshold is ours).
    """

    indicator: str
    reading: str
    op: Op
    value: float


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A number stated in a document, without source, date or definition there: a reference value, never a standard.

    ``value`` in ``unit``; ``value_from`` and ``value_to`` where it tells of a change. ``ambiguity`` is always shown
    beside it, ``test`` says how ecodash reads it.
    """

    id: str
    name: Text
    value: float
    unit: str
    qualifier: str
    comparison: Text
    direction: str
    kind: FigureKind
    ambiguity: Text
    test: Text
    source: Source
    targets: tuple[Target, ...] = ()
    value_from: float | None = None
    value_to: float | None = None
    unit_note: Text | None = None
    rank: int | None = None
    implied: bool = False


class Shift(StrEnum):
    """What a claim expects of an indicator: a side of a value, or a change over time."""

    ABOVE = ">"
    BELOW = "<"
    DIFFERS = "differs"
    RISES = "rises"
    FALLS = "falls"

    @property
    def over_time(self) -> bool:
        """Whether two times are compared."""
        return self in {Shift.RISES, Shift.FALLS}


@dataclass(frozen=True, kw_only=True)
class Expectation:
    """One indicator and what the claim makes one expect of it."""

    indicator: str
    op: Shift
    value: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A statement of direction without a number. No ``tests``: no single number decides it, only a table does."""

    id: str
    summary: Text
    expect: Text
    source: Source
    also: tuple[Source, ...] = ()
    indicators: tuple[str, ...] = ()
    tests: tuple[Expectation, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Limit:
    """What uploads cannot show, and what stands in for it."""

    id: str
    what: Text
    workaround: Text
    source: Source


@dataclass(frozen=True, kw_only=True)
class Gap:
    """Where a document breaks off or contradicts itself, and what ecodash does about it. Never filled."""

    id: str
    what: Text
    handling: Text
    source: Source


@dataclass(frozen=True, kw_only=True)
class Passage:
    """What a document says about platforms in general."""

    id: str
    summary: Text
    source: Source
    also: tuple[Source, ...] = ()
    indicators: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Assumption:
    """One thing that goes into a simulator: a default with its range, and the metric that replaces both when measured.

    ``least`` and ``most`` are the limits of what makes sense; nothing outside them is accepted.
    """

    id: str
    label: Text
    unit: Unit
    value: float
    low: float
    high: float
    least: float = 0.0
    most: float = 1e12
    metric: str | None = None


@dataclass(frozen=True, kw_only=True)
class Result:
    """One thing that comes out of a simulator."""

    id: str
    label: Text
    unit: Unit


@dataclass(frozen=True, kw_only=True)
class SimulatorCard:
    """The words of a simulator, its assumptions and results; ``sweep``: assumption and result of its curve."""

    id: str
    name: Text
    source: Source
    output: Text
    formula: Text
    sweep: tuple[str, ...]
    assumptions: tuple[Assumption, ...]
    results: tuple[Result, ...]
    indicators: tuple[str, ...] = ()

    def assumption(self, name: str) -> Assumption:
        """The assumption called ``name``."""
        return next(one for one in self.assumptions if one.id == name)

    def result(self, name: str) -> Result:
        """The result called ``name``."""
        return next(one for one in self.results if one.id == name)


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One of the 243: words and needs as the metric declares them, place as the framework gives it.

    ``figure`` is the figure it is held against; ``unit`` and ``better`` (higher, lower, zero, context) as in the
    catalogue. ``appears_in`` is found by ``catalogue.appears_in``.
    """

    id: str
    family: str
    name: Text
    formula: Text
    unit: str
    better: str
    requires: tuple[tuple[str, tuple[str, ...]], ...]
    source: Source
    dimensions: tuple[str, ...]
    priority: int
    caveat: Text | None = None
    figure: str | None = None

    @property
    def tables(self) -> tuple[str, ...]:
        """The canonical tables it needs."""
        return tuple(name for name, _ in self.requires)
