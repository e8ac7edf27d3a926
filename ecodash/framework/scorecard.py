"""The scorecard: per entry and dimension, how much is measured, where one stands, what is missing. No weighted index.

Only measured indicators count. An entry's score is how many of its judged readings are met; beside it stand how many of
its indicators are measured and which tables would supply the others.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from ecodash.framework.catalogue import ENTRIES, INDICATORS, of_kind
from ecodash.framework.entry import Entry, Kind
from ecodash.framework.standing import Standing
from ecodash.framework.verdict import Verdict


@dataclass(frozen=True, kw_only=True)
class Score:
    """``measured`` of ``total`` indicators have a number; of those held against a figure so many are met, near, below.

    ``missing`` are the tables that would supply what is not measured, those that unlock most first.
    """

    id: str
    total: int
    measured: int
    met: int
    near: int
    below: int
    missing: tuple[str, ...]

    @property
    def judged(self) -> int:
        """How many measured indicators were held against a figure."""
        return self.met + self.near + self.below

    @property
    def share(self) -> float | None:
        """Measured indicators of all; None for an entry without any."""
        return self.measured / self.total if self.total else None


@dataclass(frozen=True, kw_only=True)
class Scorecard:
    """Every entry and dimension; ``cells`` hold how an entry is measured in one dimension."""

    entries: Mapping[str, Score]
    dimensions: Mapping[str, Score]
    cells: Mapping[tuple[str, str], Score]
    whole: Score


def scorecard(found: Mapping[str, Standing]) -> Scorecard:
    """All of it, from the standings of all indicators."""
    dimensions = [one.id for one in of_kind(Kind.DIMENSION)]
    entries = [entry for entry in ENTRIES.values() if entry.kind is not Kind.DIMENSION]
    return Scorecard(
        entries={entry.id: score(entry.id, entry.all_indicators, found) for entry in entries},
        dimensions={name: score(name, _of_dimension(INDICATORS, name), found) for name in dimensions},
        cells={
            (entry.id, name): score(entry.id, _of_dimension(entry.all_indicators, name), found)
            for entry in entries
            for name in dimensions
        },
        whole=score("all", tuple(INDICATORS), found),
    )


def score(name: str, indicators: Sequence[str], found: Mapping[str, Standing]) -> Score:
    """The score of a set of indicators."""
    ones = [found[one] for one in indicators if one in found]
    verdicts = Counter(one.counted for one in ones if one.measured)
    tables = Counter(table for one in ones if not one.measured for table in one.missing)
    return Score(
        id=name,
        total=len(ones),
        measured=sum(one.measured for one in ones),
        met=verdicts[Verdict.MET],
        near=verdicts[Verdict.NEAR],
        below=verdicts[Verdict.BELOW],
        missing=tuple(table for table, _ in sorted(tables.items(), key=lambda pair: (-pair[1], pair[0]))),
    )


def unlocks(found: Mapping[str, Standing]) -> list[tuple[str, int]]:
    """Tables by how many indicators lack nothing else: what to upload next."""
    alone = Counter(one.missing[0] for one in found.values() if len(one.missing) == 1)
    some = Counter(table for one in found.values() for table in one.missing)
    return sorted(((table, alone[table]) for table in some), key=lambda pair: (-pair[1], -some[pair[0]], pair[0]))


def leaders(card: Scorecard, kinds: Collection[Kind]) -> list[Entry]:
    """Entries of these kinds, best measured first."""
    chosen = [entry for kind in kinds for entry in of_kind(kind)]
    return sorted(chosen, key=lambda entry: -(card.entries[entry.id].share or 0.0))


def _of_dimension(names: Collection[str], dimension: str) -> tuple[str, ...]:
    return tuple(name for name in names if dimension in INDICATORS[name].dimensions)
