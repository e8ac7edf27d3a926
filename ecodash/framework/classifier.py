"""Which models, platform types and operating forms a business resembles, and by which evidence.

Every condition of a rule gives a likeness between 0 and 1, logistic(10 · (x − threshold)), mirrored where the value
must stay below; ``all`` takes the smallest, ``any`` the largest. Several entries may apply at once. Where a number is
missing, the known ones still decide when they can: one that fails settles ``all``, one that holds settles ``any``;
otherwise the answer is that there is not enough data.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import exp

from ecodash.core.estimate import Estimate, Status
from ecodash.framework.catalogue import of_kind
from ecodash.framework.entry import Condition, Entry, Kind, Op

STEEP = 10.0
HALF = 0.5
KINDS = (Kind.MODEL, Kind.PLATFORM_TYPE, Kind.OPERATING_FORM)


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One condition in the data. ``likeness`` is None without a number; ``open``: the interval holds the threshold."""

    condition: Condition
    threshold: float
    estimate: Estimate | None
    likeness: float | None
    open: bool = False

    @property
    def holds(self) -> bool | None:
        """Whether the condition is fulfilled; None without a number."""
        return None if self.likeness is None else self.likeness >= HALF


@dataclass(frozen=True, kw_only=True)
class Resemblance:
    """How much a business resembles an entry. ``likeness`` and ``resembles`` are None when there is not enough data."""

    entry: Entry
    likeness: float | None
    resembles: bool | None
    evidence: tuple[Evidence, ...]


def threshold_key(entry: str, indicator: str) -> str:
    """Under which name the operator's own threshold is kept."""
    return f"{entry}/{indicator}"


def resemblances(
    estimates: Mapping[str, Estimate], thresholds: Mapping[str, float], kinds: Iterable[Kind] = KINDS
) -> tuple[Resemblance, ...]:
    """Every entry with a rule, in the order of the documents; ``thresholds`` replace the defaults by ``threshold_key``."""
    entries = [entry for kind in kinds for entry in of_kind(kind) if entry.rule]
    return tuple(resemblance(entry, estimates, thresholds) for entry in entries)


def resemblance(entry: Entry, estimates: Mapping[str, Estimate], thresholds: Mapping[str, float]) -> Resemblance:
    """How much a business resembles one entry. An entry without a rule: not enough data."""
    rule = entry.rule
    if rule is None:
        return Resemblance(entry=entry, likeness=None, resembles=None, evidence=())
    found = {
        condition.indicator: _evidence(
            condition,
            estimates.get(condition.indicator),
            thresholds.get(threshold_key(entry.id, condition.indicator), condition.value),
        )
        for condition in rule.conditions
    }
    every = _smallest([found[one.indicator] for one in rule.all]) if rule.all else None
    some = _largest([found[one.indicator] for one in rule.any]) if rule.any else None
    parts = [part for part, there in ((every, rule.all), (some, rule.any)) if there]
    known = [part for part in parts if part is not None]
    likeness = min(known) if len(known) == len(parts) or any(part < HALF for part in known) else None
    evidence = tuple(found.values())
    return Resemblance(
        entry=entry, likeness=likeness, resembles=None if likeness is None else likeness >= HALF, evidence=evidence
    )


def _evidence(condition: Condition, estimate: Estimate | None, threshold: float) -> Evidence:
    if estimate is None or estimate.status is not Status.OK or estimate.value is None:
        return Evidence(condition=condition, threshold=threshold, estimate=estimate, likeness=None)
    sign = -1.0 if condition.op in {Op.AT_MOST, Op.LESS} else 1.0
    inside = estimate.low is not None and estimate.high is not None and estimate.low < threshold < estimate.high
    return Evidence(
        condition=condition,
        threshold=threshold,
        estimate=estimate,
        likeness=_logistic(sign * STEEP * (estimate.value - threshold)),
        open=inside,
    )


def _logistic(x: float) -> float:
    return 1 / (1 + exp(-x)) if x >= 0 else exp(x) / (1 + exp(x))


def _smallest(evidence: list[Evidence]) -> float | None:
    known = [one.likeness for one in evidence if one.likeness is not None]
    settled = len(known) == len(evidence) or any(likeness < HALF for likeness in known)
    return min(known) if known and settled else None


def _largest(evidence: list[Evidence]) -> float | None:
    known = [one.likeness for one in evidence if one.likeness is not None]
    settled = len(known) == len(evidence) or any(likeness >= HALF for likeness in known)
    return max(known) if known and settled else None
