"""How a metric is declared. A metric is an expression over a fact, a ratio of two amounts, or a method of analysis."""

from dataclasses import dataclass
from enum import StrEnum

from ecodash.core.text import Text
from ecodash.core.unit import Unit


class Better(StrEnum):
    """Which direction is good news; ``context`` when neither is by itself."""

    HIGHER = "higher"
    LOWER = "lower"
    CONTEXT = "context"


class Spread(StrEnum):
    """What the interval of a ratio rests on.

    ``cases``: every case of the denominator succeeds or not (Wilson). ``customers``: sums that come in clusters, the
    orders of one customer (delta method). ``none``: the two parts are not a sample of anything.
    """

    CASES = "cases"
    CUSTOMERS = "customers"
    NONE = "none"


@dataclass(frozen=True, kw_only=True)
class Sum:
    """The sum of an amount (``ecodash.metrics.amounts``) over rows; no rows give 0."""

    amount: str


@dataclass(frozen=True, kw_only=True)
class Ratio:
    """Σ ``top`` / Σ ``bottom``: aggregate first, divide last. Nothing below the line gives no value.

    ``n`` is the amount that counts the sample when it is not the denominator itself.
    """

    top: str
    bottom: str
    spread: Spread
    n: str | None = None


@dataclass(frozen=True, kw_only=True)
class Within:
    """Share of first-time buyers who bought again within ``days`` days of their first purchase, each watched that long.

    ``same_day`` also counts another order on the first day itself. ``watched`` False also counts customers who have
    not been watched long enough (the usual mistake, kept for comparison); ``curve`` reads the Kaplan–Meier curve.
    ``opening_days`` leaves out customers who first appear in that many opening days of the data.
    """

    days: int
    same_day: bool = False
    watched: bool = True
    curve: bool = False
    opening_days: int = 0


@dataclass(frozen=True, kw_only=True)
class Next:
    """Share of buyers of one span who buy in the following span of the same kind."""


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """Days until the next purchase: a quantile of a Kaplan–Meier curve.

    ``every`` takes every purchase day as a beginning, otherwise only the first one.
    """

    every: bool


@dataclass(frozen=True, kw_only=True)
class Gaps:
    """Median days between consecutive purchase days that did happen."""


@dataclass(frozen=True, kw_only=True)
class Triangle:
    """Cohort matrix. ``cumulative``: ever back by the period; ``bin_days``: periods of that many days, 0 for months."""

    cumulative: bool
    bin_days: int = 0


@dataclass(frozen=True, kw_only=True)
class Sequence:
    """Share of k-th purchases followed by another within the horizon, for k = 1, 2, 3 …; ``grain`` day or order."""

    grain: str = "day"


Computation = Sum | Ratio | Within | Next | Waiting | Gaps | Triangle | Sequence


@dataclass(frozen=True, kw_only=True)
class Definition:
    """One way to read a metric. ``looks_ahead``: uses what was only known later, kept for comparison with others."""

    id: str
    name: Text
    meaning: Text
    how: Computation
    source: str
    caveat: Text | None = None
    looks_ahead: bool = False


def standard(how: Computation, meaning: Text, source: str, *, name: str = "standard") -> tuple[Definition, ...]:
    """The definitions of a metric that is read in one way only."""
    return (Definition(id=name, name=Text("标准口径", "Standard"), meaning=meaning, how=how, source=source),)


@dataclass(frozen=True, kw_only=True)
class Metric:
    """One metric, declared once; cards, tooltips, exports, the command line, documentation and tests all read it.

    ``grain`` says what one case is. ``requires`` maps canonical tables to the columns without which it cannot be
    computed. ``not_the_same_as`` names metrics it is mistaken for. The first of ``definitions`` is the default.
    ``of_customers``: it needs to know who bought. ``needs_history``: the opening days of the data distort it.
    """

    id: str
    family: str
    name: Text
    meaning: Text
    formula: Text
    unit: Unit
    better: Better
    grain: Text
    requires: tuple[tuple[str, tuple[str, ...]], ...]
    source: str
    definitions: tuple[Definition, ...]
    caveat: Text | None = None
    not_the_same_as: tuple[str, ...] = ()
    of_customers: bool = False
    needs_history: bool = False

    @property
    def default(self) -> Definition:
        """The definition used when none is asked for."""
        return self.definitions[0]
