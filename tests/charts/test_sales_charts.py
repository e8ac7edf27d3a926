"""The charts of the sales page: flags, shares, hours, pacing, bars with what was before, aligned comparison."""

from datetime import date, timedelta

import polars as pl

from ecodash import charts
from ecodash.charts.roles import MUTED
from tests.charts.figures import (
    COMPARED,
    EN,
    FIGURES,
    PACE_ROWS,
    PAID,
    PARTS,
    RATE,
    RATE_ROWS,
    TREND_ROWS,
    ZH,
    groups,
    points,
    total,
)


def mark(day: date, number: int = 1, end: date | None = None) -> charts.Mark:
    return charts.Mark(day=day, number=number, words=f"event {number}", end=end)


def flags_of(figure: charts.Figure) -> dict[str, int]:
    return {note.text: note.yshift for note in figure.layout.annotations if note.hovertext}


def test_a_flag_stands_on_any_chart_with_a_time_axis_and_tells_its_number() -> None:
    figure = charts.flagged(charts.rate.over_time(RATE_ROWS, metric=RATE, reader=EN), [mark(date(2024, 2, 1), 7)])
    assert list(flags_of(figure)) == ["<b>7</b>"]
    assert charts.marks_on(figure) == [mark(date(2024, 2, 1), 7)]
    assert charts.title_text(figure)


def test_a_flag_outside_of_the_axis_is_not_drawn_and_not_listed() -> None:
    figure = charts.flagged(FIGURES["trend_band"](EN), [mark(date(2023, 6, 1)), mark(date(2025, 6, 1), 2)])
    assert flags_of(figure) == {}
    assert charts.marks_on(figure) == []


def test_a_chart_without_a_time_axis_takes_no_flags() -> None:
    bars = FIGURES["bars"](ZH)
    assert charts.flagged(bars, [mark(date(2024, 2, 1))]) is bars
    assert charts.marks_on(bars) == []


def test_a_range_that_began_before_the_axis_is_shaded_from_its_edge() -> None:
    figure = charts.flagged(FIGURES["trend_band"](EN), [mark(date(2023, 1, 1), end=date(2024, 2, 10))])
    shade = next(shape for shape in figure.layout.shapes if shape.type == "rect")
    assert (shade.x0, shade.x1) == ("2024-01-01", "2024-02-10")
    assert charts.marks_on(figure)[0].end == date(2024, 2, 10)


def test_neighbouring_flags_stand_below_one_another() -> None:
    near = [mark(date(2024, 3, 1) + timedelta(days=i), i + 1) for i in range(3)] + [mark(date(2024, 4, 20), 4)]
    found = flags_of(charts.flagged(FIGURES["trend_band"](EN), near))
    assert found == {"<b>1</b>": 0, "<b>2</b>": -20, "<b>3</b>": -40, "<b>4</b>": 0}


def test_shares_add_up_to_one_in_every_period_and_leave_out_what_is_below_zero() -> None:
    figure = charts.shares.over_time(PARTS, metric=PAID, reader=EN)
    sums: dict[str, float] = {}
    for bar in figure.data:
        for start, share in zip(bar.x, bar.y, strict=True):
            sums[start] = sums.get(start, 0) + share
    assert sums == {"2024-01-01": 1.0, "2024-02-01": 1.0, "2024-03-01": 1.0}
    assert charts.title_text(figure) == "天猫 had 50.0% of Paid amount in Feb 2024"


def test_beyond_eight_names_the_smallest_are_one_part_of_muted_colour() -> None:
    many = pl.concat([points([total(n)]).with_columns(name=pl.lit(f"p{n}")) for n in range(1, 13)])
    figure = charts.shares.over_time(many, metric=PAID, reader=EN, colors={"p12": "#000005"})
    assert [bar.name for bar in figure.data] == ["p12", "p11", "p10", "p9", "p8", "p7", "p6", "All others"]
    assert figure.data[0].marker.color == "#000005"
    assert figure.data[-1].marker.color == MUTED
    assert figure.data[-1].y == (15 / 78,)


def test_the_heat_map_has_a_place_for_every_hour_and_says_the_busiest() -> None:
    figure = FIGURES["hours"](EN)
    grid = figure.data[0].z
    assert (len(grid), {len(row) for row in grid}) == (7, {24})
    assert (grid[0][9], grid[6][21], grid[3][3]) == (120.0, 480.0, 0.0)
    assert charts.title_text(figure) == "Busiest hour by Paid amount: Sun 21:00: $480.00"


def test_pacing_draws_what_came_in_and_beyond_it_only_where_the_month_is_heading() -> None:
    figure = FIGURES["pacing"](EN)
    actual = next(trace for trace in figure.data if trace.name == "so far")
    expected = next(trace for trace in figure.data if trace.name == "expected by then")
    heading = next(trace for trace in figure.data if trace.name == "if it goes on like this")
    assert (list(actual.x), list(actual.y)) == (["2024-03-01", "2024-03-02"], [900.0, 2100.0])
    assert list(expected.y) == [1000.0, 2500.0, 4000.0, 5000.0]
    assert (list(heading.x), list(heading.y)) == (["2024-03-02", "2024-03-04"], [2100.0, 4300])
    assert heading.line.dash == "dot"
    assert next(trace for trace in figure.data if trace.fill == "toself").y == (2100.0, 4700, 3900, 2100.0)
    assert figure.layout.yaxis.range[1] >= 5000


def test_a_finished_month_has_nothing_ahead_of_it() -> None:
    figure = charts.pacing.cumulative(
        PACE_ROWS.head(2), metric=PAID, reader=EN, aim=charts.pacing.Aim(goal=2000, ends=2100), title="done"
    )
    assert [trace.name for trace in figure.data] == ["expected by then", "so far"]


def test_bars_write_share_and_change_and_mark_where_they_ended_before() -> None:
    figure = charts.bars.ranked(COMPARED, metric=PAID, reader=EN)
    numbers = next(trace for trace in figure.data if trace.type == "scatter" and trace.mode == "text")
    strokes = next(trace for trace in figure.data if trace.type == "scatter" and trace.mode == "markers")
    assert numbers.text[0] == " $52.0K 62.7% · +30.0%"
    assert list(strokes.x)[:2] == [40_000.0, 35_000.0]
    assert "before" in strokes.hovertext[0]


def test_a_note_from_data_is_escaped() -> None:
    rows = groups({"a": total(1)}).with_columns(note=pl.lit("<b>x</b>"))
    figure = charts.bars.ranked(rows, metric=PAID, reader=EN)
    assert any(
        "&lt;b&gt;" in text
        for trace in figure.data
        if trace.type == "scatter" and trace.mode == "text"
        for text in trace.text
    )


def test_an_aligned_comparison_lies_where_it_belongs_and_names_all_its_days() -> None:
    behind = points([total(7000), total(9000)], year=2023).with_columns(
        place=pl.Series([date(2024, 2, 1), date(2024, 4, 1)]), end=pl.Series([date(2023, 1, 31), date(2023, 2, 14)])
    )
    figure = charts.trend.line(TREND_ROWS, metric=PAID, reader=EN, comparison=behind)
    compared = next(trace for trace in figure.data if trace.name == "before")
    assert list(compared.x) == ["2024-02-01", "2024-04-01"]
    assert list(compared.hovertext) == ["$7,000 · Jan 2023", "$9,000 · 2023-02-01 → 2023-02-14"]


def test_what_happened_before_the_first_point_is_no_part_of_the_chart() -> None:
    figure = FIGURES["trend_band"](EN)
    assert charts.flags.shown_days(figure)[0] == date(2024, 1, 1)
    assert charts.marks_on(charts.flagged(figure, [mark(date(2023, 12, 30))])) == []


def test_a_waterfall_below_zero_fills_its_room() -> None:
    steps = [
        charts.Step(label="a", value=-0.01),
        charts.Step(label="b", value=-0.002),
        charts.Step(label="whole", value=-0.012, kind=charts.StepKind.LEVEL, said="-1.2 pp"),
    ]
    figure = charts.waterfall.bridge(steps, unit=RATE.unit, reader=EN, title="x")
    low, high = figure.layout.xaxis.range
    assert low < -0.012
    assert 0 < high < 0.02
    assert "-1.2 pp" in next(trace for trace in figure.data if trace.type == "scatter" and trace.mode == "text").text[2]
