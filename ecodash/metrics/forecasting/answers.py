"""The family ``forecast`` of the framework, answered by the same forecast the page shows."""

from collections.abc import Callable, Mapping
from functools import partial
from math import isnan

from ecodash.analysis.forecast import LevelForecast, Method
from ecodash.core.errors import MissingData
from ecodash.core.estimate import Caveat, Status
from ecodash.core.text import Text
from ecodash.metrics.answered import Answered, Window
from ecodash.metrics.forecasting.demand import demand
from ecodash.metrics.forecasting.event_sales import EventSales, event_sales
from ecodash.metrics.forecasting.forecast import forecast
from ecodash.metrics.forecasting.question import By, Measure, Question
from ecodash.metrics.forecasting.result import Forecast, band
from ecodash.metrics.reading import Reading

INTERVAL, WIDE = 0.8, 0.95
HALF = 0.9
_SHORT = Text(
    "历史太短，无法回测：至少需要两个月的订单。",
    "The history is too short for a backtest: two months of orders are needed.",
)
_NO_EVENT = Text(
    "所选期间内没有完整的大促，或活动前的平日不足 7 天。",
    "No event lies wholly within the days asked for, or fewer than 7 ordinary days come before it.",
)
_EIGHTY = Caveat("interval_80", Text("区间为 80 %。", "The interval is 80 %."))
Told = Callable[[Forecast, LevelForecast, int], Answered]


def next_30_days(reading: Reading, window: Window) -> Answered:
    """Units expected in the 30 days after the window."""
    return _of_total(reading, window, partial(_sum, level=window.level))


def wape_30_days(reading: Reading, window: Window) -> Answered:
    """Σ|q − q̂| ÷ Σq of 30-day sums over the origins of the backtest."""
    return _of_total(reading, window, errors)


def value_added(reading: Reading, window: Window) -> Answered:
    """WAPE of the seasonal-naive rule minus WAPE of the method used, both of 30-day sums."""
    found = _made(reading, window, By.TOTAL)
    if isinstance(found, Answered):
        return found
    total = found.total
    own, naive = (total.records.get(one) for one in (total.method, Method.SEASONAL_NAIVE))
    if own is None or naive is None or own.score.wape_sum is None or naive.score.wape_sum is None:
        return _none(_SHORT)
    return _ok(naive.score.wape_sum - own.score.wape_sum, len(total.origins) * found.question.horizon)


def interval_coverage(reading: Reading, window: Window) -> Answered:
    """Share of days of the backtest that lay within 80 % intervals made from the other origins."""
    found = _made(reading, window, By.TOTAL)
    if isinstance(found, Answered):
        return found
    own = found.total.records.get(found.total.method)
    if own is None or INTERVAL not in own.steps:
        return _none(_SHORT)
    return _ok(own.steps[INTERVAL], len(found.total.origins) * found.question.horizon)


def event_uplift(reading: Reading, window: Window) -> Answered:
    """The latest event within the window: mean daily units in it ÷ mean of the 28 days before − 1."""
    told = _events(reading, window, By.TOTAL)
    return _event(told["total"]) if told.get("total") else _none(_NO_EVENT, Status.EMPTY)


def by_key(by: By, told: Told) -> Callable[[Reading, Window], Mapping[str, Answered]]:
    """An answer per key of a split."""

    def answers(reading: Reading, window: Window) -> Mapping[str, Answered]:
        found = _made(reading, window, by)
        if isinstance(found, Answered):
            return {}
        return {key: told(found, found.parts, row) for row, key in enumerate(found.parts.keys)}

    return answers


def events_by_key(by: By) -> Callable[[Reading, Window], Mapping[str, Answered]]:
    """The latest event per key of a split."""

    def answers(reading: Reading, window: Window) -> Mapping[str, Answered]:
        return {key: _event(found) for key, found in _events(reading, window, by).items() if found}

    return answers


def sums(found: Forecast, level: LevelForecast, row: int) -> Answered:
    """The expected sum of one key, with its 95 % interval."""
    return _sum(found, level, row, level=WIDE)


def _sum(found: Forecast, level_of: LevelForecast, row: int, *, level: float) -> Answered:
    share = WIDE if level >= HALF else INTERVAL
    ends = band(level_of.sums, share)
    low, high = (None, None) if ends is None else (float(ends.low[row]), float(ends.high[row]))
    caveats = tuple(found.caveats) + ((_EIGHTY,) if share == INTERVAL else ())
    value = float(level_of.path[row].sum())
    return Answered(value=value, low=low, high=high, n=found.history.days, status=Status.OK, caveats=caveats)


def errors(found: Forecast, level: LevelForecast, row: int) -> Answered:
    """The error of the 30-day sums of one key."""
    if level.series is None or isnan(level.series.wape_sum[row]):
        return _none(_SHORT)
    days = int(level.series.origins[row]) * found.question.horizon
    return _ok(float(level.series.wape_sum[row]), days)


def _of_total(reading: Reading, window: Window, told: Told) -> Answered:
    found = _made(reading, window, By.TOTAL)
    return found if isinstance(found, Answered) else told(found, found.total, 0)


def _made(reading: Reading, window: Window, by: By) -> Forecast | Answered:
    """The forecast known at the end of the window, or why there is none."""
    try:
        return forecast(reading, Question(by=by, until=window.days.end, strict=True))
    except MissingData as missing:
        return Answered(value=None, n=0, status=Status.MISSING, reason=missing.message)


def _events(reading: Reading, window: Window, by: By) -> dict[str, list[EventSales]]:
    try:
        found = demand(reading, by, Measure.UNITS, window.data)
    except MissingData:
        return {}
    return event_sales(reading, found, window.days, level=window.level)


def _event(found: list[EventSales]) -> Answered:
    last = found[-1]
    words = Text(
        f"{last.name.zh} {last.year}：{last.days.start} 至 {last.days.end}，日均 {last.during:.1f} 件，"
        f"活动前日均 {last.before:.1f} 件。",
        f"{last.name.en} {last.year}: {last.days.start} to {last.days.end}, {last.during:.1f} units a day against "
        f"{last.before:.1f} before.",
    )
    low, high = (last.interval.low, last.interval.high) if last.interval else (None, None)
    caveat = Caveat("event", words)
    return Answered(value=last.uplift, low=low, high=high, n=last.n, status=Status.OK, caveats=(caveat,))


def _ok(value: float, n: int) -> Answered:
    return Answered(value=value, n=n, status=Status.OK)


def _none(reason: Text, status: Status = Status.IMMATURE) -> Answered:
    return Answered(value=None, n=0, status=status, reason=reason)
