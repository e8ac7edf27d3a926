"""What every figure must keep true, and what each kind of figure is for."""

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

import plotly.graph_objects as go
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecodash import charts
from ecodash.charts.axis import round_values
from ecodash.charts.frame import POINTS
from ecodash.charts.roles import MUTED, PAPER
from ecodash.i18n import Reader, catalogue, t
from tests.charts.figures import (
    BIN_ROWS,
    BUYERS,
    CURVE_ROWS,
    EMPTY,
    EN,
    FIGURES,
    ONE,
    PAID,
    RATE,
    RATE_ROWS,
    TREND_ROWS,
    TRIANGLE,
    UNKNOWN,
    ZH,
    cells,
    groups,
    points,
    sure,
    total,
)

BOTH = pytest.mark.parametrize("reader", [ZH, EN], ids=["zh", "en"])
EVERY = {**{f"full {k}": v for k, v in FIGURES.items()}, **{f"one {k}": v for k, v in ONE.items()}}
Build = Callable[[Reader], go.Figure]


def texts(figure: go.Figure) -> list[str]:
    """Everything a reader sees or hovers in a figure."""
    content = figure.to_plotly_json()
    found: list[str] = []

    def walk(value: object, key: str = "") -> None:
        if isinstance(value, dict):
            for name, part in value.items():
                walk(part, name)
        elif isinstance(value, list | tuple):
            for part in value:
                walk(part, key)
        elif isinstance(value, str) and key in {"text", "hovertext", "ticktext", "name", "title", "alt"}:
            found.append(value)

    walk(content)
    return found


@BOTH
@pytest.mark.parametrize("name", EVERY)
def test_every_figure_has_a_title_and_words_for_those_who_cannot_see_it(name: str, reader: Reader) -> None:
    figure = EVERY[name](reader)
    assert charts.title_text(figure)
    assert charts.alt_text(figure)


@BOTH
@pytest.mark.parametrize("name", EVERY)
def test_no_key_placeholder_or_python_word_reaches_a_reader(name: str, reader: Reader) -> None:
    for said in texts(EVERY[name](reader)):
        assert said not in catalogue(reader.language)
        assert not re.search(r"\{\w+\}|\bNone\b|\bnan\b|\binf\b", said), said


@pytest.mark.parametrize("name", EVERY)
def test_a_chinese_figure_speaks_chinese_only(name: str) -> None:
    """Names from data stay as they are; there are none in Latin script but the markup and these."""
    for said in texts(EVERY[name](ZH)):
        words = re.findall(r"[A-Za-z]{2,}", re.sub(r"<[^>]*>|&\w+;", "", said))
        assert words == [], said


@pytest.mark.parametrize("name", EVERY)
def test_an_english_figure_speaks_english_only(name: str) -> None:
    data = {"天猫", "抖音", "春节"}
    for said in texts(EVERY[name](EN)):
        for given_name in data:
            said = said.replace(given_name, "")  # noqa: PLW2901
        assert not re.search(r"[\u4e00-\u9fff]", said), said


@BOTH
@pytest.mark.parametrize("name", sorted(EMPTY))
def test_nothing_to_draw_is_said_in_words(name: str, reader: Reader) -> None:
    figure = EMPTY[name](reader)
    assert [note.text for note in figure.layout.annotations] == [t("chart.nothing", reader.language)]
    assert len(figure.data) == 0


@BOTH
@pytest.mark.parametrize("name", EVERY)
def test_no_figure_carries_a_theme_of_its_own(name: str, reader: Reader) -> None:
    figure = EVERY[name](reader)
    assert figure.layout.template.layout.to_plotly_json() == {}
    assert not re.search(r'"#(?!0000)[0-9a-fA-F]{6}"', figure.to_json())


def test_text_from_data_can_neither_draw_nor_take_a_colour() -> None:
    figure = FIGURES["bars"](ZH)
    shown = json.dumps(figure.to_plotly_json()["layout"]["yaxis"], ensure_ascii=False)
    assert "&lt;b&gt;抖音&lt;/b&gt;" in shown
    assert "&#35;000001" in shown
    assert "<b>抖音" not in " ".join(figure.data[0].hovertext)


def test_marks_are_numbered_and_their_words_escaped() -> None:
    flags = [note for note in FIGURES["trend"](ZH).layout.annotations if note.hovertext]
    assert [(note.text, note.hovertext) for note in flags] == [("<b>1</b>", "&lt;b&gt;春节&lt;/b&gt;")]


def test_the_unfinished_period_is_dashed_and_hollow_and_not_part_of_the_finding() -> None:
    figure = FIGURES["trend"](EN)
    dashed = next(trace for trace in figure.data if trace.line.dash == "dot")
    hollow = next(trace for trace in figure.data if trace.marker.color == PAPER)
    assert list(dashed.x) == ["2024-04-01", "2024-05-01"]
    assert list(hollow.x) == ["2024-05-01"]
    assert "not over" in hollow.hovertext[0]
    assert charts.title_text(figure) == "Paid amount, Apr 2024: $15.0K (+25.0% vs previous)"


def test_a_gap_in_the_data_is_a_gap_in_the_line() -> None:
    line = next(trace for trace in FIGURES["trend"](ZH).data if trace.name == "本期")
    assert list(line.y) == [8000, 12_000, None, 15_000]
    assert not line.connectgaps


def test_the_band_has_a_gap_where_there_is_no_interval() -> None:
    band = FIGURES["trend_band"](ZH).data[0]
    assert band.fill == "toself"
    assert list(band.y) == [0.22, 0.27, 0.23, 0.18, None, 0.32, 0.3, 0.26, 0.28]


def test_the_comparison_lies_on_the_days_of_the_line_and_tells_its_own() -> None:
    line, compared = (FIGURES["trend"](EN).data[i] for i in (0, 1))
    assert compared.name == "before"
    assert compared.x[0] == line.x[0] == "2024-01-01"
    assert compared.hovertext[0] == "$7,000 · Jan 2023"


@BOTH
def test_bars_and_lines_start_at_zero(reader: Reader) -> None:
    assert FIGURES["trend"](reader).layout.yaxis.range[0] == 0
    assert FIGURES["rate"](reader).layout.yaxis.range[0] == 0
    assert FIGURES["bars"](reader).layout.xaxis.range[0] == 0
    assert FIGURES["histogram"](reader).layout.yaxis.range[0] == 0
    assert FIGURES["funnel"](reader).layout.xaxis.range[0] == 0


def test_the_axis_is_written_in_the_steps_of_the_language_with_its_unit() -> None:
    zh, en = FIGURES["trend"](ZH), FIGURES["trend"](EN)
    assert list(zh.layout.yaxis.ticktext) == ["0", "5,000", "1万", "1.5万"]
    assert list(en.layout.yaxis.ticktext) == ["0", "5K", "10K", "15K"]
    assert zh.layout.annotations[0].text == "元"
    assert en.layout.annotations[0].text == "USD"


def test_dates_on_the_axis_are_figures() -> None:
    assert list(FIGURES["trend"](EN).layout.xaxis.ticktext)[-1] == "2024-05"
    days = [date(2024, 2, 26) + timedelta(days=i) for i in range(9)]
    frame = pl.DataFrame([(day, *total(5), False) for day in days], schema=POINTS, orient="row")
    shown = list(charts.trend.line(frame, metric=PAID, reader=ZH).layout.xaxis.ticktext)
    assert shown == ["02-26<br>2024", "02-28", "03-01", "03-03", "03-05"]


def test_bars_are_sorted_and_say_their_number_or_why_there_is_none() -> None:
    figure = FIGURES["bars"](EN)
    assert list(figure.data[0].x) == [52_000, 31_000, None]
    assert [text.strip() for text in figure.data[1].text] == ["$52.0K", "$31.0K", "no data loaded"]
    assert charts.title_text(figure) == "Paid amount: highest for 天猫, $52.0K"


def test_a_group_of_too_few_is_muted_and_never_the_finding() -> None:
    figure = FIGURES["bars_interval"](EN)
    assert list(figure.data[0].x) == [0.5, 0.31, 0.2]
    assert figure.data[0].marker.color[0] == MUTED
    assert figure.data[1].text[0].strip() == "50.0% · n = 4"
    assert charts.title_text(figure) == "90-day repurchase: highest for b, 31.0%"


def test_intervals_of_bars_are_drawn_as_far_as_they_go() -> None:
    bars = FIGURES["bars_interval"](EN).data[0]
    assert [round(up, 4) for up in bars.error_x.array] == [0.4, 0.02, 0.02]
    assert [round(down, 4) for down in bars.error_x.arrayminus] == [0.4, 0.02, 0.02]


def test_a_long_name_is_cut_by_its_width_and_whole_on_hover() -> None:
    long = "微信小程序商城华东大区旗舰店"
    figure = charts.bars.ranked(groups({long: total(1)}), metric=PAID, reader=ZH)
    assert figure.layout.yaxis.ticktext[0] == "微信小程序商城华东…"
    assert long in figure.data[0].hovertext[0]


def matrix_cells(figure: go.Figure) -> dict[tuple[int, int], str]:
    """Text by (row, month) of every cell of a matrix."""
    return {
        (round(base + height / 2), month): text
        for trace in figure.data
        for base, height, month, text in zip(trace.base, trace.y, trace.x, trace.text, strict=True)
    }


def test_the_matrix_shows_the_summary_first_then_the_cohorts_in_order() -> None:
    figure = FIGURES["cohort"](ZH)
    assert list(figure.layout.yaxis.ticktext) == [
        "<b>加权平均</b> · 500",
        "2024-01 · 200",
        "2024-02 · 300",
        "2024-03 · 4",
    ]
    assert matrix_cells(figure) == {
        (0, 0): "100",
        (0, 1): "10.8",
        (0, 2): "8.0",
        (1, 0): "100",
        (1, 1): "12.0",
        (1, 2): "8.0",
        (1, 3): "",
        (2, 0): "100",
        (2, 1): "10.0",
        (2, 2): "",
        (3, 0): "100*",
        (3, 1): "50.0*",
    }


def test_cells_not_due_are_hatched_and_say_so() -> None:
    hatched = [trace for trace in FIGURES["cohort"](EN).data if trace.marker.pattern.shape]
    assert [list(trace.x) for trace in hatched] == [[3, 2]]
    assert hatched[0].hovertext[0] == "Jan 2024 · month 3 after first purchase<br>not due yet"
    assert "/// not due yet" in FIGURES["cohort"](EN).layout.annotations[-1].text


def test_month_zero_is_shown_but_does_not_stretch_the_colours() -> None:
    scaled, first = FIGURES["cohort"](EN).data[:2]
    assert (scaled.marker.cmin, scaled.marker.cmax) == (0.0, 0.5)
    assert 0 not in scaled.x
    assert set(first.x) == {0}
    assert "colorscale" not in first.marker.to_plotly_json()


def test_the_interval_and_the_sample_stand_on_the_hover_of_a_cell() -> None:
    scaled = FIGURES["cohort"](EN).data[0]
    assert "Jan 2024 · month 1 after first purchase<br>12.0% (10.0–14.0) · n = 200" in scaled.hovertext


def test_the_matrix_counts_people_and_money_in_their_own_units() -> None:
    people = cells({date(2024, 1, 1): [total(12_345), total(999)], None: [total(12_345), total(999)]})
    counted = charts.matrix.heatmap(people, metric=BUYERS, reader=ZH)
    assert matrix_cells(counted) == {(0, 0): "1.2万", (0, 1): "999", (1, 0): "1.2万", (1, 1): "999"}
    assert counted.layout.yaxis.ticktext[0].startswith("<b>合计</b>")
    paid = charts.matrix.heatmap(people, metric=PAID, reader=EN)
    assert matrix_cells(paid)[0, 0] == "12.3K"
    assert "USD" in paid.layout.xaxis.title.text


def test_the_columns_of_the_matrix_can_be_something_else_than_months() -> None:
    figure = charts.matrix.heatmap(TRIANGLE, metric=RATE, reader=EN, axis="periods of 30 days")
    assert figure.layout.xaxis.title.text == "periods of 30 days (cells: %)"


def test_immature_cohorts_of_a_rate_have_their_place_but_no_mark_that_reads_as_zero() -> None:
    figure = FIGURES["rate"](EN)
    waiting = next(trace for trace in figure.data if trace.marker.color == PAPER)
    assert list(waiting.x) == ["2024-04-01", "2024-05-01"]
    assert list(waiting.y) == [None, None]
    assert "not due yet" in [note.text for note in figure.layout.annotations]
    matured = next(trace for trace in figure.data if trace.error_y.array is not None)
    assert list(matured.y) == [0.5, 0.25, 0.271]
    assert charts.title_text(figure) == "90-day repurchase: 27.1% (25.1–29.1) for the latest due cohort, Mar 2024"


def test_a_rate_with_no_cohort_due_yet_says_so() -> None:
    figure = charts.rate.over_time(points([UNKNOWN]), metric=RATE, reader=ZH)
    assert charts.title_text(figure) == "首购后90天复购率：还没有到期的同期群"


def test_the_target_is_a_labelled_line() -> None:
    figure = charts.rate.over_time(RATE_ROWS, metric=RATE, reader=ZH, target=0.3)
    assert [shape.y0 for shape in figure.layout.shapes if shape.type == "line"] == [0.3]
    assert "目标 30.0%" in [note.text for note in figure.layout.annotations]


def test_the_survival_curve_names_the_numbers_still_watched() -> None:
    figure = charts.survival.curve(CURVE_ROWS, reader=EN)
    shown = ["0", "7<br>900", "30<br>700", "60<br>200", "100<br>200"]
    assert list(figure.layout.xaxis.ticktext) == shown


def test_the_survival_curve_is_made_of_steps() -> None:
    figure = charts.survival.curve(CURVE_ROWS, reader=EN)
    assert figure.data[1].line.shape == "hv"
    band = figure.data[0]
    assert list(band.x)[:8] == [0, 10, 10, 30, 30, 100, 100, 100]
    assert list(band.y)[:8] == [0.0, 0.0, 0.06, 0.06, 0.14, 0.14, 0.33, 0.33]


def test_the_survival_curve_stops_at_its_horizon() -> None:
    figure = charts.survival.curve(CURVE_ROWS, reader=EN, horizon=30)
    assert list(figure.data[1].x) == [0, 10, 30]
    assert charts.title_text(figure) == "Bought again within 30 days: 12.0% (10.0–14.0) of new buyers"


def test_the_median_lies_inside_its_bin() -> None:
    figure = charts.histogram.intervals(BIN_ROWS, reader=EN, median=14)
    assert figure.layout.shapes[0].x0 == pytest.approx(0.9)
    assert list(figure.layout.xaxis.ticktext) == ["0–9", "10–19", "20–29", "30+"]
    assert figure.data[0].hovertext[1] == "10–19 days: 50 purchases (50.0%)"


def test_bins_of_different_lengths_are_said_to_be_so() -> None:
    uneven = pl.DataFrame([(0, 7, 30), (7, 30, 50), (30, None, 5)], schema=BIN_ROWS.schema, orient="row")
    figure = charts.histogram.intervals(uneven, reader=EN)
    assert "different lengths" in figure.layout.xaxis.title.text
    assert "different" not in FIGURES["histogram"](EN).layout.xaxis.title.text
    assert [shade == MUTED for shade in figure.data[0].marker.color] == [False, False, True]


def test_the_funnel_says_how_many_bought_once_more() -> None:
    figure = FIGURES["funnel"](EN)
    assert list(figure.layout.yaxis.ticktext) == ["1 → 2", "2 → 3", "10 → 11"]
    assert list(figure.data[1].x) == [0.271, 0.6, None]
    assert [text.strip() for text in figure.data[2].text] == [
        "27.1% (24.4–30.0)",
        "60.0% · n = 5",
        "not due yet",
    ]
    assert charts.title_text(figure) == "27.1% (24.4–30.0) of first-time buyers buy a second time"


def test_a_funnel_of_too_few_asks_instead_of_claiming() -> None:
    assert charts.title_text(ONE["funnel"](ZH)) == "买过的人，有多少会再买下一次？"


def test_a_spark_line_is_as_tall_with_data_as_without() -> None:
    assert FIGURES["spark"](ZH).layout.height == ONE["spark_empty"](ZH).layout.height == 48
    assert TREND_ROWS["value"].null_count() == 1


def test_no_figure_draws_more_than_ten_thousand_points() -> None:
    days = [date(1960, 1, 1) + timedelta(days=i) for i in range(20_000)]
    frame = pl.DataFrame([(day, *sure(0.5), False) for day in days], schema=POINTS, orient="row")
    for figure in (
        charts.trend.line(frame, metric=RATE, reader=EN),
        charts.rate.over_time(frame, metric=RATE, reader=EN),
    ):
        line = [trace for trace in figure.data if trace.hovertext is not None]
        assert sum(len(trace.x) for trace in line) <= 10_000
        assert line[0].x[-1] == days[-1].isoformat()


@given(
    low=st.floats(-1e9, 0).map(lambda value: round(value, 3)), high=st.floats(0, 1e9).map(lambda value: round(value, 3))
)
def test_axis_values_are_even_few_and_hold_everything(low: float, high: float) -> None:
    ticks = round_values(low, high)
    steps = [after - before for before, after in pairwise(ticks)]
    assert 2 <= len(ticks) <= 8
    assert ticks[0] <= low
    assert ticks[-1] >= high * (1 - 1e-6)
    assert all(step == pytest.approx(steps[0]) for step in steps)
    assert any(abs(tick) < steps[0] * 1e-6 for tick in ticks)


def test_counts_have_no_half_on_their_axis() -> None:
    assert round_values(0, 2, whole=True) == [0.0, 1.0, 2.0]


def test_a_median_beyond_the_last_bin_stands_at_the_edge() -> None:
    closed = BIN_ROWS.drop_nulls("end")
    assert charts.histogram.intervals(closed, reader=EN, median=99).layout.shapes[0].x0 == closed.height - 0.5


def test_a_rate_without_any_number_and_nothing_to_wait_for_is_nothing_to_draw() -> None:
    missing = points([(None, None, None, 0, "missing")])
    figure = charts.rate.over_time(missing, metric=RATE, reader=EN)
    assert len(figure.data) == 0
