"""Workbooks, tables in disguise, Parquet and archives."""

import datetime as dt
import zipfile
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from ecodash.ingest.mapping import LoadOptions
from ecodash.ingest.read import read
from ecodash.ingest.recognise import data_rows, recognise
from ecodash.ingest.zip_members import member_name
from tests.ingest.written import csv_bytes, xlsx_file, zip_file
from tests.shared import SHARED, needs_shared

SAMPLES = SHARED / "export_samples"


def test_cells_of_a_workbook_are_plain_text(tmp_path: Path) -> None:
    rows = [
        ["id", "amount", "when", "flag"],
        [12345678901, 19.9, dt.datetime(2026, 5, 1, 10, 2, 3), True],
        [5, 1200.0, None, False],
    ]
    (table,) = read(xlsx_file(tmp_path / "x.xlsx", {"A": rows}))
    assert table.grid.rows()[1:] == [
        ("12345678901", "19.9", "2026-05-01 10:02:03", "true"),
        ("5", "1200", None, "false"),
    ]
    assert (table.file, table.kind, table.encoding, table.delimiter) == ("x.xlsx", "xlsx", None, None)


def test_rows_above_the_first_filled_one_count(tmp_path: Path) -> None:
    (table,) = read(xlsx_file(tmp_path / "x.xlsx", {"A": [[], [], ["sku", "库存"], ["A", 3]]}))
    assert table.grid.row(2) == ("sku", "库存")
    assert recognise(table).header_row == 3


def test_numbers_beyond_fifteen_digits_show_that_digits_are_lost(tmp_path: Path) -> None:
    rows = [["订单编号", "付款"], [202605011234567890, 1], ["202605011234567890", 2]]
    (table,) = read(xlsx_file(tmp_path / "x.xlsx", {"A": rows}))
    assert table.grid["c0"].to_list() == ["订单编号", "2.02605011234568E+17", "202605011234567890"]


def test_a_time_of_day_is_a_time_of_day(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet().write_datetime(0, 0, dt.time(9, 15), book.add_format({"num_format": "hh:mm"}))
    (table,) = read(path)
    assert table.grid.item() == "09:15:00"


def test_every_filled_sheet_is_a_table_and_one_can_be_chosen(tmp_path: Path) -> None:
    path = xlsx_file(tmp_path / "x.xlsx", {"订单": [["a", "b"], [1, 2]], "空": [], "退款": [["c"], [3]]})
    assert [table.file for table in read(path)] == ["x.xlsx › 订单", "x.xlsx › 退款"]
    (chosen,) = read(path, options=LoadOptions(sheet="退款"))
    assert chosen.grid.rows() == [("c",), ("3",)]


def test_the_suffix_is_not_believed(tmp_path: Path) -> None:
    book = xlsx_file(tmp_path / "x.xlsx", {"A": [["sku", "quantity"], ["A", 1]]})
    (tmp_path / "x.csv").write_bytes(book.read_bytes())
    (tmp_path / "y.xlsx").write_bytes(csv_bytes([["sku", "quantity"], ["A", "1"]]))
    assert [table.kind for name in ("x.csv", "y.xlsx") for table in read(tmp_path / name)] == ["xlsx", "csv"]


@needs_shared
def test_merged_cells_are_filled_down_only_where_the_format_says_so(tmp_path: Path) -> None:
    (table,) = read(SAMPLES / "1688_orders_merged_cells.xlsx")
    rows = data_rows(table, recognise(table))
    assert rows["订单编号"].to_list() == ["2600000000000000001"] * 2 + ["2600000000000000002"]
    path = tmp_path / "x.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for place, name in enumerate(("sku", "库存", "仓库")):
            sheet.write(0, place, name)
        sheet.merge_range("A2:A3", "A")
        sheet.write(1, 1, 5)
        sheet.write(2, 1, 6)
    (plain,) = read(path)
    assert data_rows(plain, recognise(plain))["sku"].to_list() == ["A", None]


@needs_shared
def test_a_workbook_that_states_one_cell_is_read_whole() -> None:
    (table,) = read(SAMPLES / "kuaishou_orders_bad_dimension.xlsx")
    assert table.grid.shape == (5, 61)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-16"])
def test_a_web_page_saved_as_xls_is_a_table_whatever_it_says_of_its_letters(tmp_path: Path, encoding: str) -> None:
    page = (
        '<html><head><meta charset="iso-8859-1"></head><body><table><tr><td>标题</td></tr></table>'
        "<table><tr><th>订单编号</th><th colspan=2>店铺</th></tr>"
        "<tr><td rowspan=2>1</td><td>甲<br>乙</td><td>&nbsp;丙</td></tr><tr><td>丁</td></tr></table></body></html>"
    )
    (tmp_path / "x.xls").write_bytes(page.encode(encoding))
    title, table = read(tmp_path / "x.xls")
    assert title.grid.rows() == [("标题",)]
    assert (table.kind, table.encoding) == ("html", encoding)
    assert table.grid.rows() == [("订单编号", "店铺", None), ("1", "甲\n乙", "丙"), (None, "丁", None)]


def test_spreadsheet_xml_saved_as_xls_is_a_table(tmp_path: Path) -> None:
    book = (
        '<?xml version="1.0" encoding="utf-8"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="订单"><Table>'
        '<Row><Cell><Data ss:Type="String">订单编号</Data></Cell><Cell><Data ss:Type="String">数量</Data></Cell></Row>'
        '<Row ss:Index="4"><Cell ss:Index="2"><Data ss:Type="Number">3</Data></Cell></Row></Table></Worksheet></Workbook>'
    )
    (tmp_path / "x.xls").write_text(book, encoding="utf-8")
    (table,) = read(tmp_path / "x.xls")
    assert table.kind == "xml"
    assert table.grid.rows() == [("订单编号", "数量"), (None, None), (None, None), (None, "3")]


def test_parquet_is_text_with_its_column_names_as_first_row(tmp_path: Path) -> None:
    frame = pl.DataFrame(
        {
            "sku": ["A", None],
            "qty": [1, 2],
            "at": [dt.datetime(2026, 5, 1, 10), None],
            "day": [dt.date(2026, 5, 1)] * 2,
            "more": [[1, 2], None],
        }
    )
    frame.write_parquet(tmp_path / "x.parquet")
    (table,) = read(tmp_path / "x.parquet")
    assert table.grid.rows() == [
        ("sku", "qty", "at", "day", "more"),
        ("A", "1", "2026-05-01 10:00:00", "2026-05-01", "[1,2]"),
        (None, "2", None, "2026-05-01", None),
    ]


def test_an_archive_gives_its_tables_under_their_own_names(tmp_path: Path) -> None:
    text = csv_bytes([["sku", "quantity"], ["A", "1"]])
    book = xlsx_file(tmp_path / "x.xlsx", {"A": [["sku"], ["B"]]}).read_bytes()
    members = {
        "folder/a.csv": text,
        "../../b.csv": text,
        "c.bin": book,
        "__MACOSX/._a.csv": b"x",
        ".hidden": b"x",
        "pic.png": b"\x89PNG\r\n",
        "e.csv": b"",
    }
    tables = read(zip_file(tmp_path / "all.zip", members))
    assert [table.file for table in tables] == ["all.zip › a.csv", "all.zip › b.csv", "all.zip › c.bin"]
    assert not (tmp_path.parent / "b.csv").exists()


@pytest.mark.parametrize("codec", ["gbk", "utf-8"])
def test_chinese_names_inside_an_archive_are_read_without_the_utf8_mark(tmp_path: Path, codec: str) -> None:
    name = "订单导出.csv".encode(codec)
    stand_in = "x" * len(name)
    path = zip_file(tmp_path / "a.zip", {stand_in: b"sku,quantity\nA,1\n"})
    path.write_bytes(path.read_bytes().replace(stand_in.encode(), name))
    with zipfile.ZipFile(path) as archive:
        assert [member_name(info) for info in archive.infolist()] == ["订单导出.csv"]
    assert [table.file for table in read(path)] == ["a.zip › 订单导出.csv"]
