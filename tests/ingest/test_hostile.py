"""Files made to do harm are refused with a word, quickly, and leave nothing behind."""

import gzip
import struct
import zipfile
from pathlib import Path

import pytest

from ecodash.core.errors import UnreadableFile
from ecodash.ingest.read import read
from tests.ingest.written import csv_bytes, xlsx_file, zip_file


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
)
def test_damaged_content_is_said_to_be_damaged(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    assert "damaged" in _refused(tmp_path / name)


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7 ...", b"\x89PNG\r\n\x1a\n...", b"Rar!\x1a\x07...", b'{"rows": []}', b"MZ\x90"]
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
