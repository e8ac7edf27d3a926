"""One year against the year before: the two spans a growth rate compares, and the growth of the sums in them."""

from datetime import date, timedelta

import narwhals as nw

from ecodash.analysis.random_groups import Sums
from ecodash.core.estimate import Status
from ecodash.core.period import Period
from ecodash.core.text import Text
from ecodash.metrics import caveats
from ecodash.metrics.answered import Answered, Window
from ecodash.metrics.scope import inside

YEAR = 366
NOW, BEFORE = "now", "before"
NEW = Text("上年同期没有成交，增速没有意义（属于新增）。", "Nothing was sold a year earlier: this is new, not growth.")


def earlier(day: date) -> date:
    """The same day a year earlier; 28 February for 29 February."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def two_years(window: Window) -> tuple[Period, Period]:
    """The window (its last twelve months when it is longer than a year) and the same days a year earlier."""
    end = window.days.end
    start = max(window.days.start, earlier(end) + timedelta(days=1)) if window.days.days > YEAR else window.days.start
    before = earlier(start)
    return Period(start, end), Period(before, max(before, min(earlier(end), start - timedelta(days=1))))


def half(window: Window) -> nw.Expr:
    """``now`` or ``before`` by column ``day``, null outside both."""
    now, before = two_years(window)
    then = nw.when(inside(before, "day")).then(nw.lit(BEFORE)).otherwise(nw.lit(None))
    return nw.when(inside(now, "day")).then(nw.lit(NOW)).otherwise(then)


def too_young(window: Window) -> Answered | None:
    """The answer where the data do not reach back to the year before; None where they do."""
    _, before = two_years(window)
    if window.data.start <= before.start:
        return None
    ready = Text(f"需要 {before.start} 起的数据。", f"data from {before.start} on are needed.")
    return Answered(value=None, n=0, status=Status.IMMATURE, reason=caveats.immature(ready))


def growth(sums: Sums, now: str = NOW, before: str = BEFORE) -> float | None:
    """Sum of one cell ÷ sum of the other − 1; None when there was nothing before."""
    first = sums.get(before, (0.0, 0.0))[0]
    return sums.get(now, (0.0, 0.0))[0] / first - 1 if first > 0 else None
