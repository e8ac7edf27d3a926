"""Text files: encodings, delimiters, quotes, ragged rows. No cell is lost."""

import csv
import gzip
import io
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecodash.core.errors import UnreadableFile
from ecodash.ingest.mapping import LoadOptions
from ecodash.ingest.read import read
from ecodash.ingest.read_encoding import choose_encoding
from ecodash.ingest.read_text import text_grid
from tests.ingest.written import csv_bytes, csv_file
from tests.shared import SHARED, needs_shared

CHINESE = [["订单编号", "收货地址", "数量"], ["1", "广东省深圳市南山区示例路一号", "2"]]
TAIWAN = [["訂單編號", "商品名稱", "數量"], ["1", "陶瓷馬克杯", "2"]]
JAPANESE = [["注文番号", "商品名", "数量"], ["1", "ステンレスボトル", "2"]]
FRENCH = [["sku", "product-name", "quantity"], ["BTL", "Bouteille isotherme été à l’eau", "2"]]


@pytest.mark.parametrize(
    ("rows", "codec", "name"),
    [
        (CHINESE, "utf-8", "utf-8"),
        (CHINESE, "utf-8-sig", "utf-8-sig"),
        (CHINESE, "gb18030", "gb18030"),
        (CHINESE, "gbk", "gb18030"),
        (CHINESE, "utf-16", "utf-16"),
        (CHINESE, "utf-16-le", "utf-16"),
        (CHINESE, "utf-16-be", "utf-16"),
        (TAIWAN, "big5", "big5"),
        (TAIWAN, "cp950", "big5"),
        (JAPANESE, "shift_jis", "shift_jis"),
        (FRENCH, "cp1252", "cp1252"),
        (FRENCH, "utf-8", "utf-8"),
        ([["sku", "quantity"], ["A", "1"]], "ascii", "utf-8"),
    ],
)
def test_the_letters_decide_the_encoding(tmp_path: Path, rows: list[list[str]], codec: str, name: str) -> None:
    (table,) = read(csv_file(tmp_path / "x.csv", rows, encoding=codec))
    assert table.encoding == name
    assert [list(row) for row in table.grid.rows()] == rows


@pytest.mark.parametrize("text", ["联通", "客户备注", "广东省", "生日快乐，谢谢光临", "天猫旗舰店"])
def test_gbk_text_under_latin_headers_is_not_taken_for_utf8_or_western(text: str) -> None:
    sample = csv_bytes([["sku", "note"], *[["A", text]] * 3], encoding="gbk")
    encoding = choose_encoding(sample)
    assert sample.decode(encoding.codec).count(text) == 3


def test_a_gbk_file_is_never_read_with_replaced_letters(tmp_path: Path) -> None:
    (table,) = read(csv_file(tmp_path / "x.csv", CHINESE * 50, encoding="gbk"))
    assert table.problems == ()
    assert "�" not in str(table.grid.rows())


def test_a_damaged_byte_is_kept_as_a_mark_and_reported_with_its_row(tmp_path: Path) -> None:
    data = csv_bytes([*CHINESE, ["2", "浙江省", "1"]], encoding="utf-8").replace("浙".encode(), "浙".encode()[:2])
    (tmp_path / "x.csv").write_bytes(data)
    (table,) = read(tmp_path / "x.csv")
    assert table.encoding == "utf-8"
    assert [(p.code, p.count, p.rows) for p in table.problems] == [("undecodable", 1, (3,))]


def test_a_damaged_utf8_file_with_latin_headers_stays_utf8(tmp_path: Path) -> None:
    rows = [["sku", "note"], *[["A", "客户留言很长的一句话"]] * 20]
    (tmp_path / "x.csv").write_bytes(csv_bytes(rows).replace("留".encode(), b"\xe7\x95", 1))
    (table,) = read(tmp_path / "x.csv")
    assert (table.encoding, table.grid.height, table.problems[0].count) == ("utf-8", 21, 1)
    assert table.grid.item(2, 1) == "客户留言很长的一句话"


@pytest.mark.parametrize("codec", ["gbk", "cp1252", "utf-8"])
def test_letters_that_first_appear_far_down_still_decide(tmp_path: Path, codec: str) -> None:
    word = "été à la plage" if codec == "cp1252" else "广东省深圳市"
    rows = [["sku", "note"], *[["A", "plain"]] * 40_000, *[["B", word]] * 3]
    (table,) = read(csv_file(tmp_path / "x.csv", rows, encoding=codec))
    assert table.grid["c1"].to_list()[-3:] == [word] * 3
    assert table.encoding == ("gb18030" if codec == "gbk" else codec)


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_the_delimiter_is_found_even_when_others_are_in_the_cells(tmp_path: Path, delimiter: str) -> None:
    rows = [["order id", "title", "price"], ["1", "a, b; c | d", "1,50"], ["2", "e, f", "2,50"]]
    (table,) = read(csv_file(tmp_path / "x.txt", rows, delimiter=delimiter))
    assert table.delimiter == delimiter
    assert [list(row) for row in table.grid.rows()] == rows


@needs_shared
def test_columns_set_apart_by_blanks_are_columns() -> None:
    (table,) = read(SHARED / "data/cdnow_sample/CDNOW_sample.txt")
    assert (table.delimiter, table.grid.shape) == (" ", (6919, 5))
    assert table.grid.row(0) == ("00004", "0001", "19970101", "2", "29.33")


def test_prose_is_one_column() -> None:
    assert text_grid(b"one line of words\nand another one\n", ",").shape == (2, 1)


def test_rows_of_different_length_keep_all_their_cells() -> None:
    grid = text_grid(b"a,b\n1,2,3,4\n5\n\n6,7\n", ",")
    assert grid.rows() == [
        ("a", "b", None, None),
        ("1", "2", "3", "4"),
        ("5", None, None, None),
        (None,) * 4,
        ("6", "7", None, None),
    ]


def test_a_quoted_cell_with_line_breaks_is_one_row_and_an_empty_line_is_a_row() -> None:
    grid = text_grid(b'a,b\n"x\ny\r\nz",1\n\n2,3\n', ",")
    assert grid.rows() == [("a", "b"), ("x\ny\r\nz", "1"), (None, None), ("2", "3")]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ('sku\tname\nA\t12" ruler\nB\t5" nail "big"\n', [("A", '12" ruler'), ("B", '5" nail "big"')]),
        ('sku\tname\nA\t"unclosed\nB\tlast\n', [("A", '"unclosed'), ("B", "last")]),
        ('sku,name\nA,"x ""y"" z"\nB,ab"c\n', [("A", 'x "y" z'), ("B", 'ab"c')]),
        ('sku,name\nA,"Best" mug\nB,w\n', [("A", '"Best" mug'), ("B", "w")]),
    ],
)
def test_a_stray_quotation_mark_is_a_letter(text: str, cells: list[tuple[str, str]]) -> None:
    assert text_grid(text.encode(), "\t" if "\t" in text else ",").rows()[1:] == cells


def test_an_unclosed_quote_does_not_swallow_the_rest_of_the_file() -> None:
    lines = "".join(f"{i},x,y\n" for i in range(50))
    grid = text_grid(f'a,b,c\n"open,1,2,3\n{lines}'.encode(), ",")
    assert grid.height == 52


def test_old_mac_line_ends_are_line_ends(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(b"sku,quantity\rA,1\rB,2\r")
    (table,) = read(tmp_path / "x.csv")
    assert table.grid.rows() == [("sku", "quantity"), ("A", "1"), ("B", "2")]


def test_a_limit_reads_only_the_head_and_says_so(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "x.csv", [["sku", "quantity"], *[[str(i), "1"] for i in range(400_000)]])
    (head,) = read(path, limit=50)
    assert (head.grid.height, head.complete) == (50, False)
    (small,) = read(csv_file(tmp_path / "y.csv", [["sku", "quantity"], ["A", "1"]]), limit=50)
    assert (small.grid.height, small.complete) == (2, True)


def test_a_gzipped_text_keeps_the_name_the_user_knows(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv.gz"
    path.write_bytes(gzip.compress(csv_bytes(CHINESE, encoding="gbk")))
    (table,) = read(path)
    assert (table.file, table.encoding, table.grid.height) == ("orders.csv.gz", "gb18030", 2)


def test_options_fix_encoding_and_delimiter(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes("a;b,c\n\xe9;1,2\n".encode("cp1252"))
    (table,) = read(tmp_path / "x.csv", options=LoadOptions(encoding="cp1252", delimiter=";"))
    assert table.grid.rows() == [("a", "b,c"), ("é", "1,2")]


@pytest.mark.parametrize("data", [b"", b"\n\n \t\n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_a_file_without_content_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.csv").write_bytes(data)
    with pytest.raises(UnreadableFile) as caught:
        read(tmp_path / "x.csv")
    assert "空" in caught.value.message.zh
    assert "x.csv" in caught.value.message.en


CELLS = st.text(
    alphabet=st.characters(codec="utf-8", exclude_characters="\x00\r\ufeff", exclude_categories=["Cs"]), max_size=8
)
TABLES = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=12)
)


@given(rows=TABLES, delimiter=st.sampled_from([",", "\t", ";", "|"]))
def test_any_table_written_as_text_comes_back_cell_for_cell(rows: list[list[str]], delimiter: str) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    grid = text_grid(text.getvalue().encode(), delimiter)
    width = max((i + 1 for row in rows for i, cell in enumerate(row) if cell), default=1)
    found = [[cell or "" for cell in row[:width]] + [""] * (width - len(row)) for row in grid.rows()]
    assert found == [row[:width] for row in rows]


@given(rows=TABLES, delimiter=st.sampled_from([",", "\t", ";"]))
def test_the_fast_and_the_patient_reader_agree(rows: list[list[str]], delimiter: str) -> None:
    data = csv_bytes(rows, delimiter=delimiter)
    wanted = list(csv.reader(io.StringIO(data.decode(), newline=""), delimiter=delimiter))
    found = [[cell or "" for cell in row] for row in text_grid(data, delimiter).rows()]
    width = max(len(row) for row in found)
    assert [row[:width] for row in found] == [(row + [""] * width)[:width] for row in wanted]
    assert all(cell == "" for row in wanted for cell in row[width:])


def test_many_rows_with_quoted_line_breaks_are_all_there() -> None:
    rows = [[str(i), "two\nlines, with ,commas" if i % 7 == 0 else "plain", "x" * (i % 50)] for i in range(60_000)]
    grid = text_grid(csv_bytes(rows), ",")
    assert grid.with_columns(pl.all().fill_null("")).rows() == [tuple(row) for row in rows]
