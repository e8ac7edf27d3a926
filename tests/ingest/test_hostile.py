"""Files made to do harm are refused with a word, quickly, and leave nothing behind."""

import contextlib
import gzip
import random
import struct
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from ecodash.core.errors import UnreadableFile
from ecodash.ingest.read import read
from ecodash.ingest.recognise import recognise
from tests.ingest.written import csv_bytes, xlsx_file, zip_file
from tests.shared import SHARED, needs_shared

KINDS = frozenset({".xls", ".xlsx", ".zip", ".csv", ".txt"})


def _refused(path: Path) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read(path)
    message = caught.value.message
    assert path.name in message.zh
    assert path.name in message.en
    return message.en


def test_an_archive_that_unpacks_to_two_hundred_times_its_size_is_refused(tmp_path: Path) -> None:
    path = zip_file(tmp_path / "bomb.zip", {"a.csv": b"0" * (40 << 20)})
    assert path.stat().st_size < 100_000
    assert "exceeds the limit" in _refused(path)


def test_the_allowance_is_for_all_members_together(tmp_path: Path) -> None:
    members = {f"{i}.csv": b"0,1\n" * (300 << 10) for i in range(20)}
    assert "exceeds the limit" in _refused(zip_file(tmp_path / "many.zip", members))


def test_a_size_the_archive_states_is_not_believed(tmp_path: Path) -> None:
    path = zip_file(tmp_path / "liar.zip", {"a.csv": b"0" * (40 << 20)})
    data = path.read_bytes().replace(struct.pack("<L", 40 << 20), struct.pack("<L", 100))
    path.write_bytes(data)
    assert "exceeds the limit" in _refused(path)


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    book = xlsx_file(tmp_path / "x.xlsx", {"A": [["sku"], ["A"]]})
    with zipfile.ZipFile(book, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet9.xml", b" " * (40 << 20))
    assert "exceeds the limit" in _refused(book)


def test_a_gzip_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.csv.gz"
    path.write_bytes(gzip.compress(b"0" * (60 << 20)))
    assert "exceeds the limit" in _refused(path)


def test_more_than_fifty_files_are_refused(tmp_path: Path) -> None:
    path = zip_file(tmp_path / "crowd.zip", {f"{i}.csv": b"sku,quantity\nA,1\n" for i in range(51)})
    assert "more than 50 files" in _refused(path)


def test_an_archive_in_an_archive_is_left_alone(tmp_path: Path) -> None:
    inner = zip_file(tmp_path / "inner.zip", {"a.csv": b"sku,quantity\nA,1\n"}).read_bytes()
    both = zip_file(
        tmp_path / "outer.zip", {"inner.zip": inner, "b.csv": b"sku,quantity\nA,1\n", "c.gz": gzip.compress(b"x")}
    )
    assert [table.file for table in read(both)] == ["outer.zip › b.csv"]
    assert "no table" in _refused(zip_file(tmp_path / "only.zip", {"inner.zip": inner}))


def test_an_archive_with_a_password_is_refused(tmp_path: Path) -> None:
    path = zip_file(tmp_path / "secret.zip", {"a.csv": b"sku,quantity\nA,1\n"})
    data = bytearray(path.read_bytes())
    data[6] |= 1
    place = data.index(b"PK\x01\x02")
    data[place + 8] |= 1
    path.write_bytes(bytes(data))
    assert "password" in _refused(path)


def test_a_workbook_with_a_password_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "secret.xlsx"
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 600
    )
    assert "password" in _refused(path)


@pytest.mark.parametrize("keep", [10, 60, 400, 3000])
def test_a_cut_off_workbook_is_damaged(tmp_path: Path, keep: int) -> None:
    book = xlsx_file(tmp_path / "x.xlsx", {"A": [["sku", "quantity"], ["A", 1]]})
    book.write_bytes(book.read_bytes()[:keep])
    assert "damaged" in _refused(book)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x01" * 2000),
        ("x.parquet", b"PAR1" + b"\x00" * 50 + b"PAR1"),
        ("x.csv.gz", gzip.compress(b"sku,quantity\nA,1\n" * 5000)[:60]),
        ("x.zip", b"PK\x03\x04" + b"\x00" * 100),
    ],
    ids=["xls", "parquet", "gz", "zip"],
)
def test_damaged_content_is_said_to_be_damaged(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    assert "damaged" in _refused(tmp_path / name)


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7 ...", b"\x89PNG\r\n\x1a\n...", b"Rar!\x1a\x07...", b'{"rows": []}', b"MZ\x90"],
    ids=["pdf", "png", "rar", "json", "exe"],
)
def test_other_kinds_of_files_are_refused_by_name(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "orders.csv").write_bytes(data)
    assert "not a table" in _refused(tmp_path / "orders.csv")


def test_a_broken_member_of_an_archive_is_said_to_be_damaged(tmp_path: Path) -> None:
    path = zip_file(
        tmp_path / "x.zip", {"a.csv": csv_bytes([["sku", "quantity"], *[[str(i), "1"] for i in range(500)]])}
    )
    data = bytearray(path.read_bytes())
    data[60:120] = b"\xff" * 60
    path.write_bytes(bytes(data))
    assert "damaged" in _refused(path)


def test_entities_of_a_markup_file_are_not_expanded(tmp_path: Path) -> None:
    lol = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10 if i else "lol"}">' for i in range(9))
    book = (
        f'<?xml version="1.0"?><!DOCTYPE w [{lol}<!ENTITY f SYSTEM "file:///etc/hostname">]><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table><Row><Cell><Data>sku&l8;&f;</Data></Cell>'
        "</Row></Table></Worksheet></Workbook>"
    )
    (tmp_path / "x.xls").write_text(book)
    (table,) = read(tmp_path / "x.xls")
    assert table.grid.item() == "sku"


def test_a_deep_table_and_wild_spans_do_no_harm(tmp_path: Path) -> None:
    page = "<table><tr>" + "<td colspan=99999999 rowspan=99999999>a</td>" + "<td>" * 5000 + "</tr></table>"
    (tmp_path / "x.xls").write_text(page)
    assert read(tmp_path / "x.xls")[0].grid.width <= 10_000


def test_a_line_wider_than_any_spreadsheet_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(b"sku,quantity\n" + b"," * 1_000_000 + b"x\nA,1\n")
    assert "more than 16384 columns" in _refused(tmp_path / "x.csv")
    (tmp_path / "y.csv").write_bytes(b"sku,quantity\n" + b"," * 3_000 + b"x\nA,1\n")
    assert read(tmp_path / "y.csv")[0].grid.shape == (3, 3_001)


def test_a_workbook_with_a_cell_in_its_last_corner_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "corner.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "sku")
        sheet.write(1_048_575, 16_383, "x")
    assert "1048576 rows × 16384 columns" in _refused(path)


def test_a_long_and_a_wide_sheet_are_no_corner(tmp_path: Path) -> None:
    path = tmp_path / "long.xlsx"
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("long")
        for row in range(20_000):
            sheet.write(row, 0, "a")
        book.add_worksheet("wide").write(0, 1_500, "b")
    assert [table.grid.shape for table in read(path)] == [(20_000, 1), (1, 1)]


def _tall_text(width: int) -> bytes:
    return b"," * width + b"\n" + b"x\n" * 1_000_000


def test_one_wide_line_above_a_million_short_ones_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(_tall_text(1_900))
    assert "spread over" in _refused(tmp_path / "x.csv")


def test_delimiters_inside_quotes_do_not_widen_a_table(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(b'sku,quantity\n"' + b"," * 1_900 + b'",1\n' + b"x,1\n" * 200_000)
    assert read(tmp_path / "x.csv")[0].grid.shape == (200_002, 2)


def test_spans_without_end_are_refused(tmp_path: Path) -> None:
    row = "<tr>" + "<td colspan=1000>a</td>" * 16 + "</tr>"
    (tmp_path / "x.xls").write_text("<table>" + row * 800 + "</table>")
    assert "exceeds the limit" in _refused(tmp_path / "x.xls")


def test_rows_placed_far_apart_in_xml_are_refused(tmp_path: Path) -> None:
    space = (
        'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
    )
    cell = '<Cell ss:Index="16000"><Data>a</Data></Cell>'
    book = f'<?xml version="1.0"?><Workbook {space}><Worksheet><Table><Row>{cell}</Row><Row ss:Index="1000000">{cell}</Row></Table></Worksheet></Workbook>'
    (tmp_path / "x.xls").write_text(book)
    assert "spread over" in _refused(tmp_path / "x.xls")


def _binary_book() -> bytearray:
    return bytearray((SHARED / "export_samples/wangdiantong_stock.xls").read_bytes())


@needs_shared
def test_a_binary_workbook_whose_sectors_run_in_a_circle_is_refused(tmp_path: Path) -> None:
    data = _binary_book()
    (table,) = struct.unpack_from("<L", data, 76)
    for sector in range(4):
        struct.pack_into("<L", data, (table + 1) * 512 + 4 * sector, sector)
    (tmp_path / "x.xls").write_bytes(data)
    assert "circular" in _refused(tmp_path / "x.xls")


@needs_shared
def test_a_binary_workbook_with_a_cell_far_out_is_refused(tmp_path: Path) -> None:
    data = _binary_book()
    place = data.index(struct.pack("<HHHH", 0xFD, 10, 1, 0))
    for row, column, word in ((65_535, 255, "spread over"), (1, 40_000, "damaged")):
        struct.pack_into("<HH", data, place + 4, row, column)
        (tmp_path / "x.xls").write_bytes(data)
        assert word in _refused(tmp_path / "x.xls")


@needs_shared
@pytest.mark.parametrize("seed", range(40))
def test_a_sample_with_random_damage_is_read_or_refused_but_never_fails_otherwise(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    samples = sorted(path for path in (SHARED / "export_samples").iterdir() if path.suffix in KINDS)
    for _ in range(10):
        data = bytearray(dice.choice(samples).read_bytes())
        for _ in range(dice.choice([1, 3, 10, 50])):
            place = dice.randrange(len(data))
            data[place : place + dice.choice([0, 1, 1, 1, 20])] = dice.randbytes(dice.choice([0, 1, 1, 1, 15]))
        (tmp_path / "x").write_bytes(data)
        with contextlib.suppress(UnreadableFile):
            for table in read(tmp_path / "x"):
                recognise(table)
