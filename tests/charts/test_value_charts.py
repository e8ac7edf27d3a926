"""Charts of customers and acquisition: crosstab, value curves, track record, steps of a funnel."""

import polars as pl
import pytest

from ecodash import charts
from ecodash.charts.crosstab import Crosstab
from ecodash.core.text import LANGUAGES, Language
from ecodash.i18n import Reader, t

CURVE = pl.DataFrame(
    [
        *(("a <b>", 0, 9, 10.0, 8.0, 12.0), ("a <b>", 90, 9, 30.0, 25.0, 35.0)),
        *(("b", 0, 5, 12.0, 9.0, 15.0), ("b", 90, 5, 30.5, None, None)),
    ],
    schema=["group", "days", "customers", "value", "low", "high"],
    orient="row",
)


def table(values: list[list[float | None]]) -> Crosstab:
    words = [["" if one is None else f"{one:.0f}" for one in row] for row in values]
    return Crosstab(
        rows=["r<1>", "r2"], columns=["c1", "c2"], values=values, texts=words, hovers=words, row_axis="rows", column_axis="columns"
    )  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_crosstab_shows_every_pair_and_leaves_empty_ones_empty(language: Language) -> None:
    figure = charts.crosstab.heatmap(table([[1.0, None], [3.0, 0.0]]), title="T", alt="A", language=language)
    assert [list(row) for row in figure.data[0].z] == [[1.0, None], [3.0, 0.0]]
    assert [list(row) for row in figure.data[0].text] == [["1", ""], ["3", "0"]]
    assert figure.layout.yaxis.ticktext == ("r&lt;1&gt;", "r2")
    assert (charts.title_text(figure), charts.alt_text(figure)) == ("T", "A")
    empty = charts.crosstab.heatmap(table([[None, None], [None, None]]), title="T", alt="A", language=language)
    assert charts.alt_text(empty) == t("chart.nothing", language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_value_curves_have_a_band_a_name_and_the_cost(language: Language) -> None:
    figure = charts.value_curve.curve(CURVE, reader=Reader(language=language), title="T", cost=20.0)
    lines = [trace for trace in figure.data if trace.mode == "lines+markers"]
    assert [list(line.y) for line in lines] == [[10.0, 30.0], [12.0, 30.5]]
    named = [note for note in figure.layout.annotations if note.text in {"a &lt;b&gt;", "b"}]
    assert named[1].y - named[0].y >= 0.05 * 30.5  # pushed apart, the lower line's name below
    assert figure.layout.shapes[0].y0 == 20.0
    nothing = charts.value_curve.curve(CURVE.clear(), reader=Reader(language=language), title="T")
    assert charts.alt_text(nothing) == t("chart.nothing", language)


def test_a_single_curve_needs_no_name() -> None:
    one = CURVE.filter(pl.col("group") == "b").with_columns(group=pl.lit(""))
    figure = charts.value_curve.curve(one, reader=Reader(language="en"), title="T")
    assert not [note for note in figure.layout.annotations if note.xanchor == "left" and note.x == 90]
    hover = next(trace for trace in figure.data if trace.mode == "lines+markers").hovertext[0]
    assert hover.startswith("0 days")


def test_a_track_record_stands_beside_its_diagonal() -> None:
    frame = pl.DataFrame(
        {"customers": [5, 5], "forecast": [0.1, 2.0], "actual": [0.2, 1.5], "low": [0.0, 1.0], "high": [0.4, 2.2]}
    )
    figure = charts.track_record.calibration(frame, reader=Reader(language="zh"), title="T")
    diagonal, points = figure.data
    assert list(diagonal.x) == list(diagonal.y) == [0, 2.2]
    assert list(points.y) == [0.2, 1.5]
    assert list(points.error_y.array) == [0.2, 0.7]
    assert charts.alt_text(charts.track_record.calibration(frame.clear(), reader=Reader(language="zh"), title="T")) == t("chart.nothing", "zh")  # fmt: skip


def test_steps_never_leave_their_track_though_their_numbers_may() -> None:
    frame = pl.DataFrame(
        {"name": ["a → b", "b → c", "c → d"], "rate": [0.5, 1.2, None], "came": [10, 5, 0], "done": [5, 6, 0]}
    )
    figure = charts.stages.steps(frame, reader=Reader(language="en"), title="T")
    assert list(figure.data[1].x) == [0.5, 1.0]
    assert "120.0%" in figure.data[2].text[1]
    assert "a → b: 50.0% (5 of 10)" in charts.alt_text(figure)
