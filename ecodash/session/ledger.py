"""What the operator writes down about the framework: decisions, self-assessments, own benchmarks, thresholds.

Kept in ``framework.json`` in the workspace folder, beside the data; no load, undo or redo touches it.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import TypeAlias, cast

from ecodash.core.errors import InputError, UnknownName
from ecodash.core.text import Text
from ecodash.framework.catalogue import INDICATORS
from ecodash.framework.decision import Decision
from ecodash.framework.entry import Op
from ecodash.framework.figure import Figure, FigureKind, Target
from ecodash.framework.source import OWN, Source
from ecodash.session.session import Session
from ecodash.store import problems

FILE = "framework.json"
LONGEST = 500
SCORES = (0.0, 0.25, 0.5, 0.75, 1.0)
Block: TypeAlias = dict[str, object]


class Ledger:
    """Reading never fails on a damaged file: what cannot be read is as if it was not written."""

    def __init__(self, session: Session) -> None:
        self._root: Path = session.workspace.folder.root

    def decisions(self) -> list[Decision]:
        """Every decision, the newest first."""
        found = [
            Decision(**{**block, "made": _day(block["made"]), "review": _day(block["review"])})  # type: ignore[arg-type]
            for block in self._list("decisions")
        ]
        return sorted(found, key=lambda one: (one.made, one.id), reverse=True)

    def decide(self, decision: Decision) -> Decision:
        """Keep a decision. Raises InputError without a hypothesis, for a review before the decision, or no change."""
        if decision.indicator not in INDICATORS:
            raise UnknownName(Text("指标", "indicator"), decision.indicator, list(INDICATORS))
        if decision.expected == 0:
            raise InputError(Text("预期变化不能是 0。", "The change expected must not be 0."))
        if decision.review <= decision.made:
            raise InputError(Text("复盘日要晚于决定当日。", "The review must come after the day of the decision."))
        number = max((one.id for one in self.decisions()), default=0) + 1
        words = _said(decision.hypothesis, Text("假设", "hypothesis"))
        kept = replace(decision, id=number, hypothesis=words, owner=decision.owner.strip()[:LONGEST])
        block = {**asdict(kept), "made": kept.made.isoformat(), "review": kept.review.isoformat()}
        self._write("decisions", [*self._list("decisions"), block])
        return kept

    def forget(self, number: int) -> None:
        """Take a decision out of the ledger."""
        self._write("decisions", [block for block in self._list("decisions") if block.get("id") != number])

    def benchmarks(self) -> list[Figure]:
        """The operator's own benchmarks, as figures that are judged like those of the documents."""
        return [_figure(block) for block in self._list("benchmarks") if block.get("indicator") in INDICATORS]

    def add_benchmark(self, indicator: str, value: float, *, op: Op, source: str, definition: str) -> Figure:
        """Keep a benchmark; it needs a source and a definition. One per indicator: a new one replaces the earlier."""
        if indicator not in INDICATORS:
            raise UnknownName(Text("指标", "indicator"), indicator, list(INDICATORS))
        block: Block = {
            "indicator": indicator,
            "value": float(value),
            "op": op.value,
            "source": _said(source, Text("来源", "source")),
            "definition": _said(definition, Text("口径", "definition")),
        }
        others = [one for one in self._list("benchmarks") if one.get("indicator") != indicator]
        self._write("benchmarks", [*others, block])
        return _figure(block)

    def drop_benchmark(self, indicator: str) -> None:
        """Take the benchmark of an indicator away."""
        self._write("benchmarks", [b for b in self._list("benchmarks") if b.get("indicator") != indicator])

    def scores(self) -> dict[str, float]:
        """How far each countermeasure is in place by the operator's own judgement: 0 … 1."""
        return _numbers(self._all().get("scores"))

    def score(self, measure: str, value: float | None) -> None:
        """Keep a self-assessment of a countermeasure; None takes it away."""
        kept = {**self.scores(), measure: value}
        self._write("scores", {key: score for key, score in kept.items() if score is not None})

    def thresholds(self) -> dict[str, float]:
        """Thresholds the operator changed, by ``entry/indicator`` (rules) or ``entry/indicator/red`` (alarms)."""
        return _numbers(self._all().get("thresholds"))

    def set_thresholds(self, wanted: Mapping[str, float | None]) -> None:
        """Keep thresholds of one's own; None goes back to the default."""
        kept = {**self.thresholds(), **wanted}
        self._write("thresholds", {key: value for key, value in kept.items() if value is not None})

    def _all(self) -> Mapping[str, object]:
        try:
            said = json.loads((self._root / FILE).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return said if isinstance(said, dict) else {}

    def _list(self, what: str) -> list[Block]:
        found = self._all().get(what)
        return [cast("Block", one) for one in found if isinstance(one, dict)] if isinstance(found, list) else []

    def _write(self, what: str, value: object) -> None:
        """Replaces the file in one step. Raises WorkspaceError where it cannot be written."""
        place = self._root / FILE
        with problems.explained(self._root):
            fresh = place.with_suffix(".new")
            fresh.write_text(json.dumps({**self._all(), what: value}, ensure_ascii=False, indent=1), encoding="utf-8")
            fresh.replace(place)


def _figure(block: Block) -> Figure:
    indicator, op = INDICATORS[str(block["indicator"])], Op(str(block["op"]))
    value, source, definition = float(str(block["value"])), str(block["source"]), str(block["definition"])
    return Figure(
        id=f"own_{indicator.id}",
        name=indicator.name,
        value=value,
        unit=indicator.unit,
        qualifier="own",
        comparison=Text("", ""),
        direction=indicator.better,
        kind=FigureKind.BENCHMARK,
        ambiguity=Text(definition, definition),
        test=Text(source, source),
        source=Source(ref=OWN, at=source),
        targets=(Target(indicator=indicator.id, reading="own", op=op, value=value),),
    )


def _said(words: str, what: Text) -> str:
    clean = " ".join(words.split())
    if not clean or len(clean) > LONGEST:
        sizes = Text(f"请写明{what.zh}，不超过 {LONGEST} 字。", f"Say the {what.en}, in at most {LONGEST} characters.")
        raise InputError(sizes)
    return clean


def _numbers(found: object) -> dict[str, float]:
    if not isinstance(found, dict):
        return {}
    return {str(key): float(value) for key, value in found.items() if isinstance(value, int | float)}


def _day(text: object) -> date:
    return date.fromisoformat(str(text))
