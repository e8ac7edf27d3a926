"""What the engine answers can be drawn as it comes: cohorts, rates by month, steps and curves of a small shop."""

import random
from datetime import date

import pytest

from ecodash import charts
from ecodash.export import matrix_table
from ecodash.i18n import value_text
from ecodash.metrics.query import Query
from ecodash.metrics.registry import METRICS
from ecodash.metrics.scope import scope
from ecodash.metrics.waiting import curves
from tests.charts.figures import EN, ZH
from tests.charts.test_figures import matrix_cells
from tests.metrics.shop import Shop, purchases


@pytest.fixture(scope="module")
def shop() -> Shop:
    """300 customers over half a year; about every third comes back after some weeks."""
    draw = random.Random(7)
    bought: list[tuple[str | None, int]] = []
    for customer in range(300):
        day = draw.randrange(0, 165)
        while day < 171:
            bought.append((f"c{customer}", day))
            day += draw.randrange(5, 90) if draw.random() < 0.35 else 999
    return purchases(sorted(bought, key=lambda one: one[1]), end=170, minimum=30)


def test_the_matrix_of_the_engine_is_drawn_and_exported_alike(shop: Shop) -> None:
    metric = METRICS["cohort_retention_curve"]
    frame = charts.cells(shop.ask(metric.id))
    figure = charts.matrix.heatmap(frame, metric=metric, reader=ZH)
    assert [text.split(" · ")[0] for text in figure.layout.yaxis.ticktext] == [
        "<b>加权平均</b>",
        *(f"2026-0{month}" for month in range(1, 7)),
    ]
    table = matrix_table(frame, unit=metric.unit, reader=ZH, title="x")
    sizes = dict(table.frame.select("cohort", "size").iter_rows())
    assert sum(size for cohort, size in sizes.items() if cohort != "加权平均") == 300
    drawn = matrix_cells(figure)
    assert {(row, int(name)) for row, name in table.words} == {place for place, text in drawn.items() if not text}
    assert table.words, "the last month is not due yet"


def test_the_rate_by_month_ends_with_the_months_not_due_yet(shop: Shop) -> None:
    metric = METRICS["repurchase_30d"]
    frame = charts.points(shop.ask(metric.id, by="month"), by="month")
    figure = charts.rate.over_time(frame, metric=metric, reader=EN)
    assert frame["status"].to_list()[-1] == "immature"
    assert "not due yet" in [note.text for note in figure.layout.annotations]
    assert "latest due cohort" in charts.title_text(figure)


def test_the_steps_of_the_engine_are_the_bars_of_the_funnel(shop: Shop) -> None:
    found = shop.ask("order_sequence", horizon=60)
    figure = charts.funnel.sequence(charts.groups(found, by="step"), reader=EN)
    assert figure.layout.yaxis.ticktext[0] == "1 → 2"
    assert list(figure.data[1].x) == [estimate.value for estimate in found][:12]


def test_the_waiting_curve_of_the_engine_says_the_engines_number(shop: Shop) -> None:
    span = shop.data_end()
    assert span is not None
    frame = charts.curve(curves(scope(shop, Query(), span))[()])
    figure = charts.survival.curve(frame, reader=EN, horizon=90)
    [by_90] = shop.ask("repurchase_90d", definition="curve")
    assert by_90.value is not None
    assert value_text(by_90.value, by_90.unit, "en") in charts.title_text(figure)


def test_daily_sales_are_a_line_with_every_day(shop: Shop) -> None:
    metric = METRICS["paid_amount"]
    frame = charts.points(shop.ask(metric.id, by="day"), by="day", open_from=date(2026, 6, 20))
    figure = charts.trend.line(frame, metric=metric, reader=EN)
    drawn = sum(value for trace in figure.data if trace.hovertext is not None for value in trace.y)
    assert drawn == pytest.approx(shop.value("paid_amount"))
