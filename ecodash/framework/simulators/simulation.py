"""What a simulator is: assumptions with ranges, an arithmetic, results. It begins with the user's own numbers.

>>> found = start(simulation, estimates)            # own numbers where measured, else a default, said as such
>>> simulation.run(values(found))                   # results by id
>>> spread(simulation, found, "income")             # which assumption matters most
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ecodash.core.estimate import Estimate, Status
from ecodash.framework.figure import Assumption, SimulatorCard

Values = Mapping[str, float]


@dataclass(frozen=True, kw_only=True)
class Simulation:
    """One simulator: its words, what goes in and comes out, and ``run``, which turns values into results by id."""

    card: SimulatorCard
    run: Callable[[Values], Mapping[str, float]]


@dataclass(frozen=True, kw_only=True)
class Start:
    """An assumption as a simulation begins with it; ``measured`` on the user's data or assumed."""

    assumption: Assumption
    value: float
    low: float
    high: float
    measured: bool


@dataclass(frozen=True, kw_only=True)
class Swing:
    """A result with one assumption at either end of its range and all others where they are."""

    assumption: Assumption
    at_low: float
    at_high: float

    @property
    def width(self) -> float:
        """How far the assumption moves the result."""
        return abs(self.at_high - self.at_low)


def start(simulation: Simulation, estimates: Mapping[str, Estimate]) -> tuple[Start, ...]:
    """Own numbers where they are measured, else the default."""
    return tuple(_start(one, estimates.get(one.metric or "")) for one in simulation.card.assumptions)


def values(starts: Sequence[Start]) -> dict[str, float]:
    """The values by assumption."""
    return {one.assumption.id: one.value for one in starts}


def spread(simulation: Simulation, starts: Sequence[Start], result: str) -> tuple[Swing, ...]:
    """What each assumption alone does to a result, the strongest first."""
    base = values(starts)
    swings = [
        Swing(
            assumption=one.assumption,
            at_low=simulation.run({**base, one.assumption.id: one.low})[result],
            at_high=simulation.run({**base, one.assumption.id: one.high})[result],
        )
        for one in starts
    ]
    return tuple(sorted(swings, key=lambda swing: -swing.width))


def span(simulation: Simulation, starts: Sequence[Start], result: str) -> tuple[float, float]:
    """Lowest and highest value of a result while one assumption at a time runs through its range."""
    middle = simulation.run(values(starts))[result]
    ends = [end for swing in spread(simulation, starts, result) for end in (swing.at_low, swing.at_high)]
    return min([middle, *ends]), max([middle, *ends])


def curve(simulation: Simulation, starts: Sequence[Start], *, points: int = 41) -> tuple[tuple[float, float], ...]:
    """The result of the sweep while its assumption goes through its range and the value chosen."""
    name, result = simulation.card.sweep
    one = next(start for start in starts if start.assumption.id == name)
    low, high = min(one.low, one.value), max(one.high, one.value)
    steps = [low + (high - low) * i / (points - 1) for i in range(points)]
    base = values(starts)
    return tuple((x, simulation.run({**base, name: x})[result]) for x in steps)


def ratio(top: float, bottom: float) -> float:
    """``top`` / ``bottom``, 0 where nothing is divided by."""
    return top / bottom if bottom else 0.0


def _start(one: Assumption, estimate: Estimate | None) -> Start:
    if estimate is None or estimate.status is not Status.OK or estimate.value is None:
        return Start(assumption=one, value=one.value, low=one.low, high=one.high, measured=False)
    value = min(max(estimate.value, one.least), one.most)
    low = value * 0.8 if estimate.low is None else min(max(estimate.low, one.least), value)
    high = value * 1.2 if estimate.high is None else max(min(estimate.high, one.most), value)
    return Start(assumption=one, value=value, low=min(low, high), high=max(low, high), measured=True)
