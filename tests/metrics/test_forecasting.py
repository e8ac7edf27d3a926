"""Forecasts of a workspace: what they read, what they add up to, what they say, and what was planted in the sample."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from ecodash.analysis.forecast import Kind, Method
from ecodash.core.errors import InputError, MissingData, UnknownName
from ecodash.core.period import Period
from ecodash.core.settings import Settings
from ecodash.metrics.analysed import answer
from ecodash.metrics.forecasting import By, Forecast, Measure, Question, forecast
from ecodash.metrics.forecasting.demand import demand
from ecodash.metrics.forecasting.document import document, frame
from ecodash.metrics.forecasting.frames import fan, parts, record, summary
from ecodash.metrics.forecasting.last_day import last_complete
from ecodash.metrics.forecasting.lead_time import lead_time_quantiles
from ecodash.metrics.forecasting.question import by_of, measure_of
from ecodash.metrics.forecasting.what_if import learnt_events, with_promotion
from ecodash.metrics.indicators.forecast import FORECAST
from ecodash.metrics.query import Query
from ecodash.metrics.reading import Reading
from ecodash.metrics.workdays import is_makeup_day
from ecodash.session import Session
from tests.facts.canonical import table
from tests.metrics.shop import Shop, day, shop

BY_ID = {metric.id: metric for metric in FORECAST}


@pytest.fixture(scope="module")
def sample(sample_shop: Path) -> Iterator[Reading]:
    with Session.open(sample_shop, read_only=True) as session:
        yield Reading(source=session.source)


def orders(days: int, *, lines: bool = True, hour: int = 23, home: str = "CN", last_hour: int | None = None) -> Shop:
    """Two products in two channels: 3 and 1 units a day, twice as many on weekends; 10 each."""
    rows: list[dict[str, object]] = []
    items: list[dict[str, object]] = []
    for offset in range(days):
        for sku, units in (("A", 3), ("B", 1)):
            number = f"{sku}{offset:04}"
            at = hour if offset < days - 1 or last_hour is None else last_hour
            moment = f"{day(offset)}T{at:02}:00:00"
            sold = units * (2 if day(offset).isoweekday() >= 6 else 1)
            rows.append(
                {
                    "order_id": number, "created_at": moment, "paid_at": moment, "status": "completed",
                    "paid_amount": 10 * sold, "order_amount": 10 * sold, "platform": "taobao",
                    "channel_id": "web" if sku == "A" else "app", "ship_province": "浙江" if sku == "A" else "广东省",
                }
            )  # fmt: skip
            items.append({"order_id": number, "line_key": "1", "sku_id": sku, "qty": sold, "paid_amount": 10 * sold})
    tables = {"orders": rows, "order_items": items} if lines else {"orders": rows}
    return shop(tables, settings=Settings(home_country=home, minimum_sample=1))  # type: ignore[arg-type]


def made(here: Shop, **question: object) -> Forecast:
    return forecast(Reading(source=here), Question(**question))  # type: ignore[arg-type]


def test_a_shop_that_only_has_weekdays_is_forecast_exactly() -> None:
    found = made(orders(140, home="US"), horizon=7)
    weekend = np.array([(found.days.start + timedelta(days=i)).isoweekday() >= 6 for i in range(7)])
    assert found.total.path[0] == pytest.approx(np.where(weekend, 8.0, 4.0), rel=0.02)
    assert found.days == Period(day(140), day(146))
    assert found.total.beats_naive or found.total.method in {Method.SEASONAL_NAIVE, Method.MOVING_AVERAGE}


@pytest.mark.parametrize("by", [By.CATEGORY, By.CHANNEL, By.REGION, By.SKU])
@pytest.mark.parametrize("measure", list(Measure))
def test_every_split_adds_up_to_the_same_total_on_every_day(by: By, measure: Measure) -> None:
    here = orders(100)
    whole, found = made(here, measure=measure), made(here, by=by, measure=measure)
    assert found.parts.path.sum(axis=0) == pytest.approx(whole.total.path[0])
    if by is By.CHANNEL:
        assert found.parts.keys == ("app", "web")
        assert found.parts.totals[1] == pytest.approx(3 * found.parts.totals[0], rel=0.02)
    if by is By.REGION:
        assert found.parts.keys == ("east", "south")


def test_nothing_after_the_day_asked_for_is_read() -> None:
    long, short = orders(120), orders(100)
    until = made(long, until=day(99))
    assert until.history.end == day(99)
    assert until.total.path.tolist() == made(short).total.path.tolist()


def test_a_last_day_that_stopped_early_is_not_over() -> None:
    assert last_complete(Reading(source=orders(60, hour=21, last_hour=10))) == Period(day(0), day(58))
    assert last_complete(Reading(source=orders(60, hour=21))) == Period(day(0), day(59))
    assert last_complete(Reading(source=orders(60, hour=0))) == Period(day(0), day(59))


def test_only_orders_are_enough_for_the_total_and_sales_stand_in_for_units() -> None:
    here = orders(100, lines=False)
    found = made(here)
    assert found.question.measure is Measure.SALES
    assert "units_unknown" in [one.code for one in found.caveats]
    assert made(here, by=By.CHANNEL).parts.keys == ("app", "web")
    with pytest.raises(MissingData, match="order lines"):
        made(here, by=By.SKU)
    with pytest.raises(MissingData, match="shipments"):
        made(here, by=By.WAREHOUSE)
    with pytest.raises(MissingData):
        made(here, strict=True)


def test_without_orders_the_export_is_named() -> None:
    with pytest.raises(MissingData, match="Load an order export"):
        made(shop({"orders": []}))


def test_a_short_history_is_forecast_naively_and_says_so() -> None:
    found = made(orders(40))
    assert "short_history" in [one.code for one in found.caveats]
    assert (found.total.steps, found.total.sums) == ((), ())
    assert document(found)["total"]["sum"]["low_80"] is None  # type: ignore[index]
    assert summary(found).within is None


@pytest.mark.parametrize("horizon", [0, -1, 181])
def test_a_horizon_that_is_none_is_refused(horizon: int) -> None:
    with pytest.raises(InputError):
        Question(horizon=horizon)


def test_unknown_names_get_a_suggestion() -> None:
    assert (by_of("sku"), measure_of("sales")) == (By.SKU, Measure.SALES)
    with pytest.raises(UnknownName, match="category"):
        by_of("categry")
    with pytest.raises(UnknownName, match="units"):
        measure_of("unit")


def test_weekend_days_china_works_on() -> None:
    """国务院办公厅 notices: 26 January and 8 February 2025 were workdays, 25 January was not."""
    assert [is_makeup_day(date.fromisoformat(one)) for one in ("2025-01-26", "2025-02-08", "2025-01-25")] == [
        True, True, False,
    ]  # fmt: skip


def test_stock_outs_of_the_sample_are_not_watched(sample: Reading) -> None:
    """Planted: the bottle was out of stock from 20 February to 12 March 2026."""
    found = demand(sample, By.SKU, Measure.UNITS, Period(date(2025, 7, 1), date(2026, 6, 30)))
    bottle = found.values[found.keys.index("HF-BOTTLE-750")]
    first = (date(2026, 2, 21) - found.days.start).days
    assert np.isnan(bottle[first : first + 18]).all()
    assert not np.isnan(bottle[30 : first - 30]).any()


def test_festivals_of_the_sample_are_found_and_every_forecast_has_a_record(sample: Reading) -> None:
    """Planted: 618 and Double 11 bring 5 and 8 times a usual day at home, the shop abroad knows neither."""
    found = forecast(sample, Question())
    learnt = {(one.event, one.phase): one for one in learnt_events(found)}
    assert learnt["double_11", "peak"].uplift > 3
    assert learnt["618", "peak"].uplift > 3
    assert learnt["618", "peak"].days_seen == 9
    assert found.total.beats_naive
    told = summary(found)
    assert told.low is not None
    assert told.high is not None
    assert told.low < told.expected < told.high
    assert told.error is not None
    assert told.naive is not None
    assert told.error < told.naive
    own = found.total.records[found.total.method]
    assert 0.72 <= own.steps[0.8] <= 0.88


def test_products_of_the_sample_add_up(sample: Reading) -> None:
    total = forecast(sample, Question()).total.path[0]
    products = forecast(sample, Question(by=By.SKU))
    assert products.parts.path.sum(axis=0) == pytest.approx(total)
    assert Kind.DEAD in products.parts.kinds
    assert parts(products)["expected"].sum() == pytest.approx(total.sum(), abs=2)
    assert record(products.parts)["used"].to_list()[0] is True
    assert fan(products, products.row("HF-BOTTLE-750")).height == 120
    rows = frame(products)
    assert rows.height == 30 * len(products.parts.keys)


def test_a_promotion_moves_the_sum_by_what_it_brought_before(sample: Reading) -> None:
    found = forecast(sample, Question())
    like = learnt_events(found)[0]
    told = with_promotion(found, like, Period(found.days.start, found.days.start + timedelta(days=1)))
    usual = found.total.path[0, :2].sum()
    assert told.after - told.before == pytest.approx(usual * (like.uplift - 1))  # type: ignore[union-attr]


def test_lead_time_quantiles_of_every_product() -> None:
    found = lead_time_quantiles(Reading(source=orders(140, home="US")), 7, (0.5, 0.95))
    assert found.columns == ["sku_id", "expected", "q_0.5", "q_0.95"]
    assert found["sku_id"].to_list() == ["A", "B"]
    assert found["expected"].to_list() == pytest.approx([27.0, 9.0], rel=0.02)
    assert (found["q_0.95"] >= found["q_0.5"]).all()
    short = lead_time_quantiles(Reading(source=orders(30, home="US")), 14, (0.95,))
    assert short["q_0.95"].null_count() == 2


def ask(here: object, name: str, **question: object) -> list[object]:
    metric = BY_ID[name]
    return list(answer(here, metric, metric.default, Query(**question)))  # type: ignore[arg-type]


def test_the_five_indicators_on_the_sample(sample: Reading) -> None:
    values = {name: ask(sample.source, name)[0].value for name in BY_ID}  # type: ignore[attr-defined]
    assert len(values) == 5
    assert values["forecast_next_30d"] == pytest.approx(forecast(sample, Question()).total.totals[0])
    assert 0 < values["forecast_wape_30d"] < 0.3
    assert values["forecast_value_added"] > 0
    assert values["event_uplift"] > 0
    parted = ask(sample.source, "forecast_next_30d", by="channel")
    assert sum(one.value for one in parted) == pytest.approx(values["forecast_next_30d"])  # type: ignore[attr-defined]


def test_the_uplift_of_an_event_by_hand() -> None:
    """4 units a day (8 on weekends) for 60 days; an event of two days with 12 units each, 28 days before: 36 / 7 a day."""
    here = orders(60, home="US")
    sale = {"event_id": "own_sale", "name": "会员日", "start_date": day(50), "end_date": day(51)}
    here.tables["events"] = table("events", [sale])
    (found,) = ask(here, "event_uplift")
    base = (5 * 4 + 2 * 8) / 7
    during = np.mean([8 if day(50 + i).isoweekday() >= 6 else 4 for i in range(2)])
    assert found.value == pytest.approx(during / base - 1)  # type: ignore[attr-defined]
