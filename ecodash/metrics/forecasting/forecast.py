"""A forecast from a workspace: total first, then categories, then what is asked for, each scaled to add up.

Nothing after the last whole day is read. Methods and intervals: ``ecodash.analysis.forecast``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

import narwhals as nw
import numpy as np

from ecodash.analysis.forecast import LevelForecast, Panel, Setting, Whole, forecast_level, uplift
from ecodash.analysis.forecast.panel import Floats, Ints
from ecodash.core.errors import MissingData
from ecodash.core.period import Period, day_number, day_of
from ecodash.core.text import Text
from ecodash.metrics.collect import collected
from ecodash.metrics.dimensions import UNKNOWN
from ecodash.metrics.events import CHINA, calendar_of
from ecodash.metrics.forecasting import warnings
from ecodash.metrics.forecasting.demand import LONGEST_HISTORY, REST_SHARE, Demand, demand, unit_price
from ecodash.metrics.forecasting.last_day import last_complete
from ecodash.metrics.forecasting.phases import Phases, effects, history, phases
from ecodash.metrics.forecasting.question import By, Measure, Question
from ecodash.metrics.forecasting.result import Forecast
from ecodash.metrics.reading import Reading

Told = Callable[[By, int, int], None]
RECENT, KEPT = 182, 16


@dataclass(frozen=True, kw_only=True)
class _Ground:
    """What every level shares."""

    reading: Reading
    question: Question
    days: Period
    ahead: Period
    phases: Phases
    unit: float
    told: Told | None

    def panel(self, found: Demand) -> Panel:
        return Panel(
            keys=found.keys,
            values=found.values,
            phases=self.phases.codes,
            groups=found.groups,
            first=day_number(self.days.start),
            kinds=self.phases.kinds,
        )

    def level(self, by: By, panel: Panel, whole: Whole | None) -> LevelForecast:
        key = _key(panel, self) if panel.series == 1 else None
        if key in _known:
            return _known[key]
        told = self.told
        progress = (lambda done, of: told(by, done, of)) if told else None
        setting = Setting(whole=whole, unit=self.unit, deep=self.question.deep, progress=progress)
        found = forecast_level(panel, setting)
        if key is not None:
            _known[key] = found
            while len(_known) > KEPT:
                _known.pop(next(iter(_known)))
        return found


_known: dict[bytes | None, LevelForecast] = {}
"""The last totals, by everything they depend on: the page, four indicators and every split ask for the same one."""


def _key(panel: Panel, ground: _Ground) -> bytes:
    parts = (panel.values.tobytes(), panel.phases.tobytes(), repr((panel.first, ground.unit, ground.question.deep)))
    return sha256(b"|".join(part if isinstance(part, bytes) else part.encode() for part in parts)).digest()


def forecast(reading: Reading, question: Question, *, told: Told | None = None) -> Forecast:
    """The forecast asked for. Raises MissingData when there is nothing to learn from.

    ``told`` hears of progress: which level, origins done, of how many.
    """
    asked, ground = question, _ground(reading, question, told)
    everything, question = _everything(reading, question, ground.days)
    ground = _ground(reading, question, told) if question is not ground.question else ground
    panel = ground.panel(everything)
    total = ground.level(By.TOTAL, panel, None)
    parts, sold = (total, everything.values)
    if question.by is not By.TOTAL:
        parts, sold = _parts(ground, total, everything)
    learnt = uplift(panel)
    events = effects(ground.phases, panel, learnt)
    return Forecast(
        question=question,
        history=ground.days,
        days=ground.ahead,
        total=total,
        parts=parts,
        sold=sold,
        everything=everything.values[0],
        names=_names(reading) if question.by is By.SKU else {},
        events=events,
        learnt=history(ground.phases, panel, learnt),
        caveats=(*warnings.switched(asked, question), *warnings.of(total, parts, events, ground.days)),
    )


def _everything(reading: Reading, question: Question, days: Period) -> tuple[Demand, Question]:
    """The demand of the whole shop; sales where orders tell no units, unless the question is strict."""
    try:
        return demand(reading, By.TOTAL, question.measure, days), question
    except MissingData:
        if question.strict or question.measure is Measure.SALES:
            raise
    question = replace(question, measure=Measure.SALES)
    return demand(reading, By.TOTAL, question.measure, days), question


def _ground(reading: Reading, question: Question, told: Told | None) -> _Ground:
    span = last_complete(reading)
    if span is not None and question.until is not None:
        span = span.clip(Period(span.start, max(question.until, span.start)))
    if span is None:
        raise MissingData(
            Text("还没有订单，无法预测。", "There are no orders, so nothing can be forecast."),
            advice=Text("请先导入订单导出。", "Load an order export first."),
        )
    days = Period.last_days(span.end, min(span.days, LONGEST_HISTORY))
    ahead = Period(day_of(day_number(days.end) + 1), day_of(day_number(days.end) + question.horizon))
    home = reading.settings.home_country.upper() in CHINA
    found = phases(calendar_of(reading.source), Period(days.start, ahead.end), makeup=home)
    price = unit_price(reading, Period.last_days(days.end, min(RECENT, days.days)))
    unit = price if question.measure is Measure.SALES else 1.0
    return _Ground(reading=reading, question=question, days=days, ahead=ahead, phases=found, unit=unit, told=told)


def _parts(ground: _Ground, total: LevelForecast, everything: Demand) -> tuple[LevelForecast, Floats]:
    """The keys asked for; products are scaled to their categories, categories and all others to the total."""
    by, measure = ground.question.by, ground.question.measure
    if by is not By.SKU:
        found = _with_rest(demand(ground.reading, by, measure, ground.days), everything, by)
        return _under(ground, by, total, found), found.values
    products = _with_rest(demand(ground.reading, by, measure, ground.days), everything, by)
    categories = _grouped(products)
    middle = _under(ground, By.CATEGORY, total, categories)
    whole = Whole(above=middle, belongs=products.groups)
    return ground.level(by, ground.panel(products), whole), products.values


def _under(ground: _Ground, by: By, total: LevelForecast, found: Demand) -> LevelForecast:
    whole = Whole(above=total, belongs=np.zeros(len(found.keys), dtype=np.int64))
    return ground.level(by, ground.panel(found), whole)


def _grouped(products: Demand) -> Demand:
    """Sums over the sibling groups; a day is missing only where no product was watched."""
    count = int(products.groups.max()) + 1
    rows = [products.values[products.groups == one] for one in range(count)]
    sums = np.array([np.where(np.isnan(part).all(axis=0), np.nan, np.nansum(part, axis=0)) for part in rows])
    groups: Ints = np.zeros(count, dtype=np.int64)
    return replace(products, keys=tuple(str(one) for one in range(count)), values=sums, groups=groups)


def _with_rest(found: Demand, everything: Demand, by: By) -> Demand:
    """With what is in the total and in no key (orders without lines, shipping) as the key "(unknown)"; not for warehouses."""
    rest = np.nan_to_num(everything.values[0]) - np.nansum(found.values, axis=0)
    if by is By.WAREHOUSE or float(np.maximum(rest, 0).sum()) <= REST_SHARE * float(np.nansum(everything.values)):
        return found
    rest = np.maximum(rest, 0.0)
    if UNKNOWN in found.keys:
        values = found.values.copy()
        row = found.keys.index(UNKNOWN)
        values[row] = np.nan_to_num(values[row]) + rest
        return replace(found, values=values)
    groups = np.append(found.groups, int(found.groups.max()) + 1 if by is By.SKU else 0)
    return replace(found, keys=(*found.keys, UNKNOWN), values=np.vstack([found.values, rest]), groups=groups)


def _names(reading: Reading) -> Mapping[str, str]:
    """What products are called, from the product list or the newest order line."""
    lines = reading.fact("order_lines").filter(~nw.col("product_name").is_null(), ~nw.col("sku_id").is_null())
    rows = collected(lines.group_by("sku_id").agg(name=nw.col("product_name").max()))
    return dict(rows.select("sku_id", "name").rows())
