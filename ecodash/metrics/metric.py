"""How a metric is declared. A metric is an expression over a fact, a ratio of two amounts, or a method of analysis."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from ecodash.core.text import Text
from ecodash.core.unit import Unit
from ecodash.facts import Frame
from ecodash.metrics.answered import Analysed, Window
from ecodash.metrics.reading import Reading

MONTH_DAYS = 30


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


class Until(StrEnum):
    """By when a customer must be back to count. ``days``: within N days of the own first purchase.

    The others are mistakes or conventions of other tools, kept for comparison. ``month``: the end of the k-th
    calendar month after the first purchase (k = N / 30). ``window``: while the window lasts. ``ever``: any time the data know. ``after``: any
    time from the beginning of the k-th calendar month after the first purchase on, so not only by then.
    """

    DAYS = "days"
    MONTH = "month"
    WINDOW = "window"
    EVER = "ever"
    AFTER = "after"


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
    until: Until = Until.DAYS

    @property
    def months(self) -> int:
        """N days in whole months of 30 days, at least 1."""
        return max(1, round(self.days / MONTH_DAYS))


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


class Summary(StrEnum):
    """How measured rows become one number.

    ``total``: Σ above. ``ratio``: Σ above / Σ below. ``mean``, ``median``, ``p90``: of ``above`` over the rows.
    ``wait_median``, ``wait_p90``: of the time ``above`` until a case is ``done`` (1), when some are still open (0).
    """

    TOTAL = "total"
    RATIO = "ratio"
    MEAN = "mean"
    MEDIAN = "median"
    P90 = "p90"
    WAIT_MEDIAN = "wait_median"
    WAIT_P90 = "wait_p90"


@dataclass(frozen=True, kw_only=True)
class Measured:
    """A number made of rows of canonical tables or facts.

    ``rows`` gives, lazily, one row per case that can be judged: ``above`` and, for ratios, ``below`` (whole numbers, in
    ``scale`` parts of a unit: 10,000 for money and quantities, 1 for counts), ``day`` (day number; left out when the
    cases have no date), ``load_id`` and ``row_no``, one text column ``by_<dimension>`` per dimension it can be split by,
    and ``cluster`` where cases come in clusters (``spread`` ``customers``). Rows that cannot be judged are not given.
    """

    rows: Callable[[Reading], Frame]
    summary: Summary
    spread: Spread = Spread.NONE
    scale: tuple[int, int] = (1, 1)


@dataclass(frozen=True, kw_only=True)
class OfWindow:
    """``Measured`` where the window decides which rows there are: who was active, what ranks first.

    ``rows`` gives only what counts in the window it is told; split by calendar spans it is asked once per span.
    """

    rows: Callable[[Reading, Window], Frame]
    summary: Summary
    spread: Spread = Spread.NONE
    scale: tuple[int, int] = (1, 1)


Computation = Sum | Ratio | Within | Next | Waiting | Gaps | Triangle | Sequence | Measured | OfWindow | Analysed


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
    computed; one of ``or_tables`` can stand for the first of them. ``not_the_same_as`` names metrics
    it is mistaken for. The first of ``definitions`` is the default. ``of_customers``: it needs to know who bought. ``needs_history``: the opening days of the data distort it.
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
    or_tables: tuple[str, ...] = ()
    of_customers: bool = False
    needs_history: bool = False

    @property
    def default(self) -> Definition:
        """The definition used when none is asked for."""
        return self.definitions[0]
