"""Files as they leave the house, byte by byte where a reader can check them, cell by cell where not."""

import csv
import io
import json
import os
import zipfile
from hashlib import sha256
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from ecodash.core.unit import Unit
from ecodash.export import FORMATS, Column, LoadedFile, Notes, Table
from ecodash.export.cell import guarded
from ecodash.export.workbook import sheet_name
from ecodash.i18n import Reader
from tests.export.tables import EN, SHOPS, ZH

GOLDEN = Path(__file__).parent / "golden"
BOTH = pytest.mark.parametrize("reader", [ZH, EN], ids=["zh", "en"])


def csv_of(table: Table, reader: Reader = ZH) -> list[list[str]]:
    return list(csv.reader(io.StringIO(FORMATS["csv"].write(table, reader).decode("utf-8-sig"), newline="")))


def sheets(table: Table, reader: Reader = ZH) -> list[list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(FORMATS["xlsx"].write(table, reader)))
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


def parts(table: Table) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(FORMATS["xlsx"].write(table, ZH))) as book:
        return {name: book.read(name).decode() for name in book.namelist() if name.endswith(".xml")}


@BOTH
@pytest.mark.parametrize("suffix", ["csv", "json"])
def test_a_text_file_is_byte_for_byte_what_was_reviewed(suffix: str, reader: Reader) -> None:
    path = GOLDEN / f"shops.{reader.language}.{suffix}"
    now = FORMATS[suffix].write(SHOPS, reader)
    if os.environ.get("ECODASH_SNAPSHOTS") == "write":
        path.write_bytes(now)
    assert now == path.read_bytes()


def test_excel_sees_utf8_in_a_csv() -> None:
    written = FORMATS["csv"].write(SHOPS, ZH)
    assert written.startswith(b"\xef\xbb\xbf")
    assert written.count(b"\r\n") == SHOPS.frame.height + 1


def test_a_csv_cell_cannot_start_a_formula() -> None:
    column = [row[0] for row in csv_of(SHOPS)]
    assert column == ["渠道", "天猫", '\'=HYPERLINK("http://x")', "'＝1+1", 'a,"b"\nc', ""]


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+86 138", "'+86 138"),
        ("-5", "'-5"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"),
        ("＝1", "'＝1"),
        ("＋1", "'＋1"),
        ("－1", "'－1"),
        ("＠x", "'＠x"),
        ("﹦1", "'﹦1"),
        (" =1", "' =1"),
        ("\u3000=1", "'\u3000=1"),
        ("\ufeff=1", "'\ufeff=1"),
        ("a=1", "a=1"),
        ("天猫", "天猫"),
        ("'=1", "'=1"),
        ("", ""),
        (" ", " "),
    ],
)
def test_dangerous_text_gets_an_apostrophe_and_nothing_else_changes(text: str, safe: str) -> None:
    assert guarded(text) == safe


@given(st.text(max_size=20))
def test_guarding_twice_changes_nothing_more(text: str) -> None:
    assert guarded(guarded(text)) == guarded(text)
    assert guarded(text).removeprefix("'") == text.removeprefix("'")


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12))
def test_negative_numbers_stay_numbers(value: float) -> None:
    table = Table(
        title="x", frame=pl.DataFrame({"v": [value]}), columns=(Column(name="v", heading="v", unit=Unit.MONEY),)
    )
    assert float(csv_of(table)[1][0]) == pytest.approx(value, abs=1e-9)


def test_a_heading_from_data_cannot_start_a_formula_either() -> None:
    table = Table(title="x", frame=pl.DataFrame({"v": ["a"]}), columns=(Column(name="v", heading="=v"),))
    assert csv_of(table)[0] == ["'=v"]


@pytest.mark.parametrize("suffix", sorted(FORMATS))
def test_zero_rows_keep_the_header(suffix: str) -> None:
    empty = Table(title=SHOPS.title, frame=SHOPS.frame.clear(), columns=SHOPS.columns)
    written = FORMATS[suffix].write(empty, ZH)
    if suffix == "csv":
        assert csv_of(empty) == [
            ["渠道", "订单数（单）", "支付金额（元）", "复购率（0–1）", "首单日", "最近一次", "会员"]
        ]
    elif suffix == "json":
        assert [column["name"] for column in json.loads(written)["columns"]][:2] == ["shop", "orders"]
    else:
        assert sheets(empty)[0] == [["渠道", "订单数", "支付金额", "复购率", "首单日", "最近一次", "会员"]]


def test_json_keeps_full_precision_and_says_what_is_missing() -> None:
    content = json.loads(FORMATS["json"].write(SHOPS, EN))
    assert content["rows"][0]["rate"] == 0.2709
    assert content["rows"][3]["paid"] is None
    assert content["rows"][1]["shop"] == '=HYPERLINK("http://x")'
    assert content["words"] == [{"row": 3, "column": "rate", "words": "未到期"}]
    assert content["starred"] == [{"row": 2, "column": "rate"}]
    assert content["notes"]["window"] == ["2024-01-01", "2024-03-31"]
    assert "left_out" not in content["rows"][0]


def test_numbers_in_a_workbook_are_numbers_and_text_is_text() -> None:
    rows = sheets(SHOPS)[0]
    assert rows[1][:4] == ["天猫", 1234.0, 12345.6, 0.2709]
    assert rows[2][:4] == ['=HYPERLINK("http://x")', 0.0, 0.0, 0.0]
    assert rows[4][3] == "未到期"
    assert rows[1][6] is True
    assert str(rows[1][4]) == "2024-01-01"


def test_a_workbook_has_no_formula_and_no_link() -> None:
    for name, xml in parts(SHOPS).items():
        assert "<f>" not in xml, name
        assert "<hyperlink" not in xml, name


def test_text_that_looks_like_a_formula_stays_text_when_its_cell_is_edited() -> None:
    assert 'quotePrefix="1"' in parts(SHOPS)["xl/styles.xml"]


@given(st.text(max_size=40))
def test_no_sheet_name_begins_like_a_formula(title: str) -> None:
    name = sheet_name(title)
    assert guarded(name) == name


def test_a_heading_of_a_workbook_is_text_whatever_it_begins_with() -> None:
    table = Table(title="x", frame=pl.DataFrame({"v": ["a"]}), columns=(Column(name="v", heading="=v"),))
    assert sheets(table)[0] == [["=v"], ["a"]]
    assert all("<f>" not in xml for xml in parts(table).values())


def test_the_load_hash_tells_the_same_files_from_others() -> None:
    one, two = LoadedFile(file="a", sha256="1"), LoadedFile(file="b", sha256="2")
    assert Notes(loads=(one, two)).load_hash == sha256(b"1\n2").hexdigest()
    assert Notes(loads=(two, one)).load_hash != Notes(loads=(one, two)).load_hash
    assert Notes().load_hash == ""


def test_numbers_are_shown_in_the_format_of_their_unit() -> None:
    styles = parts(SHOPS)["xl/styles.xml"]
    for code in ("0.0%", "#,##0.00", "#,##0", "yyyy-mm-dd"):
        assert code in styles or code in {"#,##0", "#,##0.00"}
    assert "0.0%&quot;*&quot;" in styles


@BOTH
def test_the_second_sheet_says_what_the_numbers_mean(reader: Reader) -> None:
    words = [cell for row in sheets(SHOPS, reader)[1] for cell in row if cell != ""]
    for expected in (
        "首购后90天复购率",
        "首购后 90 天内再次购买的新客占比",
        "=再次购买 ÷ 已满 90 天的新客",
        "repurchase_90d/day",
        "渠道：天猫、抖音",
        "2024-01-01 → 2024-03-31",
        "93.4%",
        "1 订单.xlsx",
        "a" * 64,
        "2024-03-31 18:05",
        "=cmd|' /C calc'!A0.csv",
        sha256(f"{'a' * 64}\n{'b' * 64}".encode()).hexdigest(),
        "2024-04-01 09:30",
        "示例数据",
    ):
        assert expected in words
    assert ("口径说明" if reader.language == "zh" else "Definitions") not in words


def test_no_filter_is_said_too() -> None:
    plain = Table(title="x", frame=SHOPS.frame, columns=SHOPS.columns)
    assert ["Filters", "none"] in [[cell for cell in row if cell != ""] for row in sheets(plain, EN)[1]]


def test_the_same_table_gives_the_same_workbook() -> None:
    assert FORMATS["xlsx"].write(SHOPS, ZH) == FORMATS["xlsx"].write(SHOPS, ZH)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("渠道/对比: 第一季度", "渠道 对比  第一季度"),
        ("'x'", "x"),
        ("[]:*?/\\", "ecodash"),
        ("", "ecodash"),
        ("a" * 40, "a" * 31),
        ("𐀀" * 16, "𐀀" * 15),
        ("History", "ecodash"),
        ("a\x00b", "a b"),
        ("=cmd|' /C calc'!A0", "cmd|'  C calc'!A0"),
        ("=+-@=", "ecodash"),
        ("\t=1", "1"),
    ],
)
def test_a_sheet_is_called_like_its_table_as_far_as_excel_lets_it(title: str, name: str) -> None:
    assert sheet_name(title) == name


def test_a_table_called_like_the_notes_does_not_clash_with_them() -> None:
    named = Table(title="口径说明", frame=SHOPS.frame, columns=SHOPS.columns)
    assert len(sheets(named)) == 2


@given(st.text(max_size=40))
def test_any_title_gives_a_workbook_that_opens(title: str) -> None:
    printable = title.encode("utf-8", "ignore").decode()
    table = Table(title=printable, frame=pl.DataFrame({"v": [1]}), columns=(Column(name="v", heading="v"),))
    assert sheets(table)[0] == [["v"], [1.0]]


def test_rows_a_sheet_cannot_hold_are_said_to_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ecodash.export.workbook.MOST_ROWS", 2)
    rows, notes = sheets(SHOPS, EN)
    assert len(rows) == 3
    assert ["Rows", "A sheet holds 2 rows; the table has 5. Export CSV for all of them"] in [
        [cell for cell in row if cell != ""] for row in notes
    ]


def test_a_table_without_columns_still_opens() -> None:
    assert sheets(Table(title="x", frame=pl.DataFrame(), columns=()))[0] == []
