"""Complete calendar quarters: the latest one against another, so that a quarter still open is never shown as low."""

from collections.abc import Callable

import narwhals as nw

from ecodash.core.estimate import Status
from ecodash.core.period import Period
from ecodash.core.text import Text
from ecodash.facts import Frame
from ecodash.metrics import caveats
from ecodash.metrics.answered import Analysed, Answered, Window
from ecodash.metrics.calendar_units import months_earlier, unit_end
from ecodash.metrics.collect import collected
from ecodash.metrics.reading import Reading

Rows = Callable[[Reading, Window], Frame]
NOTHING = Text("对比的那一季没有成交，没有可比的数。", "Nothing was sold in the quarter compared with.")


def latest_quarter(window: Window) -> Period:
    """The last calendar quarter that is over by the end of the window and of the data."""
    end = min(window.days.end, window.data.end)
    start = end.replace(month=3 * ((end.month - 1) // 3) + 1, day=1)
    whole = Period(start, unit_end(start, "quarter"))
    return whole if whole.end <= end else months_back(whole, 3)


def months_back(quarter: Period, months: int) -> Period:
    """The quarter that began so many months earlier."""
    start = months_earlier(quarter.start, months)
    return Period(start, unit_end(start, "quarter"))


def too_young(window: Window, first: Period) -> Answered | None:
    """The answer where the data begin after the first day needed; None where they do not."""
    if window.data.start <= first.start:
        return None
    ready = Text(f"需要 {first.start} 起的数据。", f"data from {first.start} on are needed.")
    return Answered(value=None, n=0, status=Status.IMMATURE, reason=caveats.immature(ready))


def count(rows: Rows, reading: Reading, window: Window, quarter: Period) -> int:
    """How many rows there are in a quarter."""
    own = Window(days=quarter, data=window.data, level=window.level)
    return int(collected(rows(reading, own).select(n=nw.len())).item())


def year_on_year(rows: Rows) -> Analysed:
    """How many rows the latest complete quarter has ÷ how many the same quarter of the year before has − 1."""

    def answer(reading: Reading, window: Window) -> Answered:
        now = latest_quarter(window)
        before = months_back(now, 12)
        young = too_young(window, before)
        if young is not None:
            return young
        here, there = count(rows, reading, window, now), count(rows, reading, window, before)
        if not there:
            return Answered(value=None, n=here, status=Status.EMPTY, reason=NOTHING)
        return Answered(value=here / there - 1, n=here + there)

    def behind(reading: Reading, window: Window) -> Frame:
        now = latest_quarter(window)
        both = [Window(days=days, data=window.data) for days in (months_back(now, 12), now)]
        return nw.concat([rows(reading, own).select("load_id", "row_no", "day") for own in both])

    return Analysed(answer=answer, rows=behind)
