"""A metric made by a function of analysis: what the function is told, and what it gives back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ecodash.core.estimate import Caveat, Status
from ecodash.core.period import Period
from ecodash.core.text import Text
from ecodash.facts import Frame
from ecodash.metrics.reading import Reading


@dataclass(frozen=True, kw_only=True)
class Window:
    """``days``: what is asked for, all the data when nothing is; ``data``: what the data cover; ``level`` of intervals.

    Nothing after ``days.end`` may enter a number, unless its definition says so; nothing is known after ``data.end``.
    """

    days: Period
    data: Period
    level: float = 0.95


@dataclass(frozen=True, kw_only=True)
class Answered:
    """One number in shown units. ``low``/``high`` at the level asked for; ``n`` is the sample behind it.

    ``status`` None means: ``ok``, ``too_few`` below the minimum sample of the workspace, ``empty`` without a value.
    A value is given with ``ok`` and ``too_few`` only (``too_few`` without one becomes ``immature``); ``reason`` says in
    words why there is none.
    """

    value: float | None
    n: int
    low: float | None = None
    high: float | None = None
    successes: int | None = None
    status: Status | None = None
    reason: Text | None = None
    caveats: tuple[Caveat, ...] = ()
    coverage: float | None = None


@dataclass(frozen=True, kw_only=True)
class Analysed:
    """A number a method gives. It can be split by calendar spans (asked once per span) and by the keys of ``groups``.

    ``groups`` maps dimensions to functions that give an answer per label. ``rows`` gives, lazily, the rows the method
    read: ``load_id``, ``row_no`` and, where they say what a row adds, ``numerator`` and ``denominator`` in shown units;
    without it they are the rows of the first table the metric requires.
    """

    answer: Callable[[Reading, Window], Answered]
    rows: Callable[[Reading, Window], Frame] | None = None
    groups: Mapping[str, Callable[[Reading, Window], Mapping[str, Answered]]] = field(default_factory=dict)
