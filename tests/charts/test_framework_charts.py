"""Charts of the framework: what they show, and what they say to a reader who cannot see them."""

import pytest

from ecodash import charts
from ecodash.charts.simulation import Axis, Reach
from ecodash.charts.standing import Cell, Likeness, Target
from ecodash.core.text import Language
from ecodash.core.unit import Unit
from ecodash.i18n import Reader

ZH, EN = Reader(language="zh"), Reader(language="en")
MONEY, RATE = Axis(label="profit", unit=Unit.MONEY), Axis(label="rate", unit=Unit.RATIO)


def test_a_cell_says_how_much_is_measured_and_how_it_compares() -> None:
    cells = [
        Cell(row="B2C", column="all", measured=5, total=12, met=2, below=1),
        Cell(row="C2C", column="all", measured=0, total=0),
    ]
    figure = charts.standing.coverage(cells, reader=EN, title="x")
    assert list(figure.data[0].text) == ["5/12 ✓2 ✗1", "–"]
    assert "B2C · all: 5 of 12 measured, 2 met, 0 near, 1 below" in charts.alt_text(figure)


def test_a_dot_stands_at_value_over_target_and_never_leaves_the_picture() -> None:
    found = [
        Target(name="a", value=0.5, low=0.4, high=0.6, verdict="below", said="15%"),
        Target(name="b", value=9.0, low=None, high=None, verdict="met", said="big"),
    ]
    figure = charts.standing.targets(found, reader=ZH, title="x")
    assert list(figure.data[0].x) == [0.5, 2.5]
    assert figure.data[0].error_x.array[0] == pytest.approx(0.1)
    assert "a: 15%" in charts.alt_text(figure)


def test_not_enough_data_is_a_word_and_no_bar() -> None:
    figure = charts.standing.likeness(
        [Likeness(name="B2B", value=None), Likeness(name="B2C", value=0.9)], reader=ZH, title="x"
    )
    assert list(figure.data[0].x) == [0.0, 0.9]
    assert "数据不足" in figure.data[1].text[0]


def test_a_sweep_marks_the_values_chosen() -> None:
    figure = charts.simulation.sweep([(0.0, 10.0), (0.1, 20.0)], (0.05, 15.0), across=RATE, up=MONEY, reader=EN)
    assert (figure.data[1].x, figure.data[1].y) == ((0.05,), (15.0,))
    assert charts.title_text(figure) == "profit as rate changes"


def test_a_tornado_leaves_out_what_moves_nothing() -> None:
    reaches = [Reach(name="price", at_low=5, at_high=25), Reach(name="tax", at_low=15, at_high=15)]
    figure = charts.simulation.tornado(reaches, 15, up=MONEY, reader=EN)
    assert (list(figure.data[0].x), list(figure.data[1].x)) == ([-10], [10])
    assert "tax" not in charts.alt_text(figure)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_to_draw_is_said(language: Language) -> None:
    reader = Reader(language=language)
    empty = [
        charts.standing.coverage([], reader=reader, title="x"),
        charts.standing.targets([], reader=reader, title="x"),
        charts.standing.likeness([], reader=reader, title="x"),
        charts.simulation.sweep([], (0, 0), across=RATE, up=MONEY, reader=reader),
        charts.simulation.tornado([], 0, up=MONEY, reader=reader),
    ]
    assert all(not figure.data for figure in empty)
