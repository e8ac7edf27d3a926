"""What an explanation holds, in the order it is told; ``explanation_text`` says it in words."""

from dataclasses import dataclass
from datetime import datetime

from ecodash.analysis.identity_bounds import IdentityBounds
from ecodash.core.estimate import Estimate
from ecodash.core.text import Text
from ecodash.core.unit import Unit
from ecodash.i18n import estimate_text, value_text
from ecodash.metrics.metric import Definition, Metric
from ecodash.metrics.populations import Part, Population
from ecodash.metrics.registry import find
from ecodash.metrics.statement import Statement

__all__ = ["Explanation", "Origin", "Other", "Part", "Population", "number", "share"]


@dataclass(frozen=True, kw_only=True)
class Origin:
    """A load some of the rows came from; ``file`` and ``loaded_at`` (UTC) are empty where only the engine was asked."""

    load_id: int
    rows: int
    file: str = ""
    loaded_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Other:
    """The same question read another way; ``differs`` is how much more it gives, None where they cannot be compared."""

    name: Text
    meaning: Text
    estimate: Estimate
    differs: float | None


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """How one number came about, in eight parts and in this order.

    1 ``sentence``; 2 ``formula`` with these numbers (None where there is no value); 3 ``definition`` and
    ``confusions``; 4 ``populations``: who is in, who is out and why; 5 window, coverage, sample, interval: in
    ``estimate``, and ``bounds`` were the unknown buyers known; 6 ``origins``: files, rows, load times; 7 ``statement``
    in words and SQL, and ``query``, the text the database ran; 8 ``others``.
    """

    metric: Metric
    definition: Definition
    estimate: Estimate
    currency: str
    formula: Text | None = None
    populations: tuple[Population, ...] = ()
    bounds: IdentityBounds | None = None
    origins: tuple[Origin, ...] = ()
    statement: Statement | None = None
    query: str = ""
    as_of: int | None = None
    others: tuple[Other, ...] = ()

    @property
    def sentence(self) -> Text:
        """The number in plain words."""
        value = share(self.estimate, self.currency)
        return self.metric.name + Text("：", ": ") + value + Text("。", ". ") + self.metric.meaning

    @property
    def confusions(self) -> tuple[Text, ...]:
        """Names of the metrics this one is not."""
        return tuple(find(name).name for name in self.metric.not_the_same_as)

    @property
    def loads(self) -> tuple[tuple[int, int], ...]:
        """Rows per load, most first."""
        return tuple((origin.load_id, origin.rows) for origin in self.origins)


def number(value: float, unit: Unit, currency: str) -> Text:
    """A value with all its digits in both languages' number format."""
    return Text(
        value_text(value, unit, "zh", currency, exact=unit is not Unit.RATIO),
        value_text(value, unit, "en", currency, exact=unit is not Unit.RATIO),
    )


def share(estimate: Estimate, currency: str) -> Text:
    """An estimate with its interval in both languages."""
    return Text(estimate_text(estimate, "zh", currency), estimate_text(estimate, "en", currency))
