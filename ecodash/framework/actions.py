"""What to do next: a ranked list of actions, each tied to an estimate, its interval and a lever of the documents.

An action stands where an indicator misses a target or a risk is amber or red. Surely missed targets and red lights come
first, then those that touch more money, then those nearer to chance.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ecodash.core.estimate import Estimate
from ecodash.framework.catalogue import ENTRIES, INDICATORS, appears_in
from ecodash.framework.entry import Entry, Kind, Part
from ecodash.framework.risk import Level, RiskState, Signal
from ecodash.framework.stake import touched
from ecodash.framework.standing import Standing
from ecodash.framework.verdict import Judgement, Verdict

LEVERS = ("levers", "mechanisms", "strategies", "countermeasures")


@dataclass(frozen=True, kw_only=True)
class Action:
    """One thing to do. ``indicator`` is what to watch; ``levers`` are the documents' with the entry each stands in.

    Either ``judgement`` (a missed target) or ``signal`` (a light) says why. ``money``: sales of the window touched.
    ``sure``: beyond chance (True), perhaps not (False), or a number without an interval (None).
    """

    indicator: str
    estimate: Estimate
    sure: bool | None
    levers: tuple[tuple[Entry, Part], ...]
    judgement: Judgement | None = None
    signal: Signal | None = None
    risk: Entry | None = None
    money: float | None = None

    @property
    def urgency(self) -> tuple[int, float]:
        """What actions are ranked by, smallest first."""
        red = self.signal is not None and self.signal.level is Level.RED
        missed = self.judgement is not None and self.judgement.verdict is Verdict.BELOW
        rank = 0 if self.sure and (red or missed) else 1 if red or missed else 2
        return rank, -(self.money or 0.0)


def actions(found: Mapping[str, Standing], states: Sequence[RiskState], *, sales: float | None) -> tuple[Action, ...]:
    """The ranked list; one action per indicator, a missed target goes before a light."""
    made: dict[str, Action] = {}
    for name, one in found.items():
        judgement = one.judgement
        if judgement and one.counted in {Verdict.BELOW, Verdict.NEAR} and one.estimate is not None:
            made[name] = Action(
                indicator=name,
                estimate=one.estimate,
                sure=judgement.certain,
                levers=levers_of(name),
                judgement=judgement,
                money=touched(name, one.estimate, sales, target=judgement.target.value),
            )
    for state in states:
        for signal in state.signals:
            if signal.level in {Level.RED, Level.AMBER} and signal.estimate and signal.alarm.indicator not in made:
                made[signal.alarm.indicator] = _of_signal(state, signal, signal.estimate)
    return tuple(sorted(made.values(), key=lambda action: action.urgency))


def levers_of(indicator: str) -> tuple[tuple[Entry, Part], ...]:
    """The levers that name an indicator, else those of the entry whose figure it is, else the countermeasures of its risk."""
    entries = [ENTRIES[name] for name in appears_in(indicator)]
    named = [
        (entry, part)
        for entry in entries
        for group, parts in entry.groups.items()
        if group in LEVERS
        for part in parts
        if indicator in part.indicators
    ]
    if named:
        return tuple(named)
    figure = INDICATORS[indicator].figure if indicator in INDICATORS else None
    stated = [(entry, part) for entry in entries if figure in entry.figures for part in entry.levers]
    if stated:
        return tuple(stated)
    risks = [entry for entry in entries if entry.kind is Kind.RISK]
    return tuple((entry, part) for entry in risks for part in entry.countermeasures)


def _of_signal(state: RiskState, signal: Signal, estimate: Estimate) -> Action:
    bound = signal.alarm.red if signal.level is Level.RED else signal.alarm.amber
    ends = [end for end in (estimate.low, estimate.high) if end is not None]
    return Action(
        indicator=signal.alarm.indicator,
        estimate=estimate,
        sure=all(bound.op.holds(end, bound.value) for end in ends) if ends else None,
        levers=levers_of(signal.alarm.indicator),
        signal=signal,
        risk=state.entry,
        money=signal.money,
    )
