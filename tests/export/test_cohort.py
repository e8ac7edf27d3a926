"""The cohort matrix leaves the house as it stands on the screen."""

import csv
import io

import pytest

from ecodash import charts
from ecodash.core.unit import Unit
from ecodash.export import FORMATS, matrix_table
from ecodash.i18n import Reader
from tests.charts.figures import BUYERS, EN, RATE, TRIANGLE, ZH, cells, total
from tests.charts.test_figures import matrix_cells


def exported(reader: Reader) -> list[list[str]]:
    table = matrix_table(TRIANGLE, unit=Unit.RATIO, reader=reader, title="x")
    return list(csv.reader(io.StringIO(FORMATS["csv"].write(table, reader).decode("utf-8-sig"), newline="")))


def test_the_matrix_as_csv() -> None:
    assert exported(EN) == [
        ["First purchase", "New buyers (buyers)", "0 (0–1)", "1 (0–1)", "2 (0–1)", "3 (0–1)"],
        ["mean", "500", "1", "0.108", "0.08", ""],
        ["2024-01", "200", "1", "0.12", "0.08", "not due yet"],
        ["2024-02", "300", "1", "0.1", "not due yet", ""],
        ["2024-03", "4", "1", "0.5", "", ""],
    ]


@pytest.mark.parametrize("reader", [ZH, EN], ids=["zh", "en"])
def test_every_cell_is_the_one_on_the_screen(reader: Reader) -> None:
    figure = charts.matrix.heatmap(TRIANGLE, metric=RATE, reader=reader)
    shown = matrix_cells(figure)
    table = matrix_table(TRIANGLE, unit=Unit.RATIO, reader=reader, title="x")
    written = {}
    for row, values in enumerate(table.frame.iter_rows(named=True)):
        for month in range(4):
            place = (row, str(month))
            value = values[str(month)]
            if value is not None:
                digits = 0 if value >= 1 else 1
                written[row, month] = f"{value * 100:.{digits}f}" + ("*" if place in table.starred else "")
            elif place in table.words:
                written[row, month] = ""
    assert written == shown
    labels = [text.replace("<b>", "").replace("</b>", "") for text in figure.layout.yaxis.ticktext]
    assert [f"{row['cohort']} · {row['size']}" for row in table.frame.iter_rows(named=True)] == labels


def test_counts_are_totals_not_means() -> None:
    people = cells({None: [total(3)]})
    table = matrix_table(people, unit=Unit.BUYERS, reader=ZH, title="x")
    assert table.frame["cohort"].to_list() == ["合计"]
    assert charts.matrix.heatmap(people, metric=BUYERS, reader=ZH).layout.yaxis.ticktext[0].startswith("<b>合计")


def test_an_empty_matrix_keeps_its_header() -> None:
    table = matrix_table(TRIANGLE.clear(), unit=Unit.RATIO, reader=ZH, title="x")
    assert [column.heading for column in table.columns] == ["首购月份", "新客"]
    assert table.frame.height == 0
