"""What an explanation holds, as data and as text in either language."""

from dataclasses import dataclass

from ecodash.core.estimate import Estimate
from ecodash.core.text import Language, Text
from ecodash.core.unit import Unit
from ecodash.i18n import coverage_text, estimate_text, period_text, value_text
from ecodash.metrics.metric import Definition, Metric
from ecodash.metrics.registry import METRICS


@dataclass(frozen=True, kw_only=True)
class Part:
    """So many rows for one reason."""

    name: Text
    count: int


def number(value: float, unit: Unit, currency: str) -> Text:
    """A value in both languages' number format."""
    return Text(value_text(value, unit, "zh", currency), value_text(value, unit, "en", currency))


def share(estimate: Estimate, currency: str) -> Text:
    """An estimate with its interval in both languages."""
    return Text(estimate_text(estimate, "zh", currency), estimate_text(estimate, "en", currency))


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """How one number came about; fields in the order they are told.

    ``loads`` are (load id, rows) pairs; ``others`` the same question by other definitions; ``formula`` is None for
    methods whose result is no fraction or when there is no value.
    """

    metric: Metric
    definition: Definition
    estimate: Estimate
    currency: str
    formula: Text | None
    included: tuple[Part, ...] = ()
    excluded: tuple[Part, ...] = ()
    loads: tuple[tuple[int, int], ...] = ()
    query: str = ""
    others: tuple[tuple[Text, Estimate], ...] = ()

    @property
    def sentence(self) -> Text:
        """The number in plain words."""
        value = share(self.estimate, self.currency)
        return self.metric.name + Text("：", ": ") + value + Text("。", ". ") + self.metric.meaning

    @property
    def confusions(self) -> tuple[Text, ...]:
        """Names of the metrics this one is not."""
        return tuple(METRICS[name].name for name in self.metric.not_the_same_as if name in METRICS)

    def to_text(self, language: Language) -> str:
        """One paragraph per line, without the query."""
        return "\n".join(line.to(language) for line in self._lines() if line.to(language))

    def to_json(self) -> dict[str, object]:
        """Plain values; words in both languages."""
        return {
            "metric": self.metric.id,
            "sentence": _words(self.sentence),
            "formula": _words(self.metric.formula),
            "with_numbers": _words(self.formula) if self.formula else None,
            "definition": {
                "id": self.definition.id,
                "name": _words(self.definition.name),
                "meaning": _words(self.definition.meaning),
                "source": self.definition.source,
            },
            "not_the_same_as": list(self.metric.not_the_same_as),
            "included": [{"what": _words(part.name), "count": part.count} for part in self.included],
            "excluded": [{"what": _words(part.name), "count": part.count} for part in self.excluded],
            "estimate": self.estimate.to_json(),
            "loads": [{"load_id": load, "rows": rows} for load, rows in self.loads],
            "query": self.query,
            "others": [{"name": _words(name), **estimate.to_json()} for name, estimate in self.others],
        }

    def _lines(self) -> list[Text]:
        definition = self.definition
        lines = [self.sentence, Text("公式：", "Formula: ") + self.metric.formula]
        if self.formula:
            lines.append(Text("代入：", "With these numbers: ") + self.formula)
        lines.append(
            Text("口径：", "Definition: ")
            + definition.name
            + Text("（", " (")
            + Text(definition.id, definition.id)
            + Text("）。", "). ")
            + definition.meaning
        )
        if self.confusions:
            lines.append(Text("不同于：", "Not the same as: ") + _joined(list(self.confusions)))
        lines += [
            self._parts(Text("计入：", "Counted: "), self.included),
            self._parts(Text("未计入：", "Left out: "), self.excluded),
        ]
        lines += [self._basis(), self._files(), *(warning.text for warning in self.estimate.warnings)]
        if self.estimate.reason:
            lines.append(self.estimate.reason)
        lines += [
            Text("换一种口径：", "By another definition: ") + name + Text(" ", " ") + share(other, self.currency)
            for name, other in self.others
        ]
        return lines

    def _parts(self, title: Text, parts: tuple[Part, ...]) -> Text:
        if not parts:
            return Text("", "")
        return title + _joined([part.name + Text(f" {part.count:,}", f" {part.count:,}") for part in parts])

    def _basis(self) -> Text:
        """Window, sample, coverage."""
        estimate, found = self.estimate, []
        if estimate.window:
            days = period_text(estimate.window)
            found.append(Text(f"时间 {days}", f"window {days}"))
        found.append(Text(f"样本 {estimate.n:,}", f"sample {estimate.n:,}"))
        if estimate.coverage is not None:
            found.append(
                Text(coverage_text(estimate.coverage, "zh") or "", coverage_text(estimate.coverage, "en") or "")
            )
        if estimate.low is not None:
            found.append(Text(f"区间置信水平 {estimate.level:.0%}", f"interval at {estimate.level:.0%}"))
        return _joined(found)

    def _files(self) -> Text:
        if not self.loads:
            return Text("", "")
        parts = [Text(f"第 {load} 次导入 {rows:,} 行", f"load {load}: {rows:,} rows") for load, rows in self.loads]
        return Text("来源：", "Sources: ") + _joined(parts)


def _joined(parts: list[Text]) -> Text:
    return Text("、".join(part.zh for part in parts), ", ".join(part.en for part in parts))


def _words(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
