"""Plain CSV files with our own column names."""

from datetime import date, datetime

import pytest

from ecodash.core.schema import TABLES, Column, ColumnType
from ecodash.ingest.mapping import LoadOptions
from tests.ingest.making import own_rows, shaped, shaped_by_duckdb

CELLS = {
    ColumnType.STR: "x1",
    ColumnType.INT: "3",
    ColumnType.DEC: "3.25",
    ColumnType.FLOAT: "0.125",
    ColumnType.TS: "2026-05-01 10:00:00",
    ColumnType.DATE: "2026-05-01",
    ColumnType.BOOL: "是",
}
VALUES = {
    ColumnType.STR: "x1",
    ColumnType.INT: 3,
    ColumnType.DEC: 32_500,
    ColumnType.FLOAT: 0.125,
    ColumnType.TS: datetime(2026, 5, 1, 10),
    ColumnType.DATE: date(2026, 5, 1),
    ColumnType.BOOL: True,
}


def cell(column: Column) -> str:
    return column.values[0] if column.type is ColumnType.ENUM else CELLS[column.type]


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_canonical_table_is_loaded_from_a_csv_with_its_own_headers(name: str) -> None:
    columns = TABLES[name].columns
    done = own_rows([[c.name for c in columns], [cell(c) for c in columns]])
    assert done.rejects.is_empty()
    row = shaped(done)[name].row(0, named=True)
    assert row.pop("row_no") == 2
    for column in columns:
        if column.personal:
            assert len(row[column.name]) == 32
        else:
            assert row[column.name] == (column.values[0] if column.values else VALUES[column.type]), column.name


@pytest.mark.parametrize("name", sorted(TABLES))
def test_polars_and_duckdb_make_the_same_table(name: str) -> None:
    columns = TABLES[name].columns
    done = own_rows([[c.name for c in columns], [cell(c) for c in columns]])
    mine, other = shaped(done), shaped_by_duckdb(done)
    assert mine.keys() == other.keys()
    for table in mine:
        assert mine[table].equals(other[table])


def test_a_row_without_a_required_cell_is_rejected_whole() -> None:
    done = own_rows(
        [["date", "campaign_id", "spend"], ["2026-05-01", "c", "5"], ["2026-05-01", "c2", ""], ["soon", "c3", "4"]]
    )
    assert done.frame["campaign_id"].to_list() == ["c"]
    found = done.rejects.select("row_no", "column", "raw", "reason_code", "whole_row").rows()
    assert found == [(3, "spend", "", "missing_required", True), (4, "date", "soon", "not_a_date", True)]


def test_a_value_that_is_not_allowed_names_the_nearest_that_is() -> None:
    done = own_rows(
        [["order_id", "created_at", "status"], ["1", "2026-05-01", "complete"], ["2", "2026-05-01", "Paid"]]
    )
    assert done.frame["status"].to_list() == [None, "paid"]
    reject = done.rejects.row(0, named=True)
    assert reject["reason_code"] == "not_allowed"
    assert reject["reason_zh"].endswith("最接近的是“completed”")
    assert reject["reason_en"].endswith("nearest is “completed”")


def test_the_same_person_has_the_same_id_in_every_table_and_masked_ids_are_nobody() -> None:
    people = own_rows([["customer_id", "member_level"], ["C1", "gold"], ["a@example.com", "x"]])
    orders = own_rows(
        [
            ["order_id", "customer_id", "created_at"],
            ["1", "C1", "2026-05-01"],
            ["2", "A@example.com", "2026-05-01"],
            ["3", "1***8", "2026-05-01"],
        ]
    )
    assert orders.frame["customer_id"].to_list() == [*people.frame["customer_id"].to_list(), None]


def test_lines_without_a_key_get_one_from_their_content() -> None:
    rows = [
        ["order_id", "sku_id", "qty", "paid_amount"],
        ["1", "a", "2", "20"],
        ["1", "a", "1", "10"],
        ["1", "b", "1", "5"],
    ]
    keys = {row["line_key"]: row["qty"] for row in shaped(own_rows(rows))["order_items"].iter_rows(named=True)}
    assert keys == {"a#1": 10_000, "a#2": 20_000, "b#1": 10_000}
    again = {
        row["line_key"]: row["qty"]
        for row in shaped(own_rows([rows[0], *rows[:0:-1]]))["order_items"].iter_rows(named=True)
    }
    assert again == keys


def test_amounts_of_another_spelling_follow_the_settings_of_the_load() -> None:
    done = own_rows(
        [["order_id", "created_at", "paid_amount"], ["1", "13/05/2026", "1.234,5"]], options=LoadOptions(decimal=",")
    )
    assert done.frame["paid_amount"].to_list() == [12_345_000]
