"""A large file is read in another way than a small one and must give the very same workspace."""

import csv
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from ecodash.ingest import parts
from ecodash.session import Session, Wishes, intake, large
from tests.store.shop import content

Loader = Callable[[Path], tuple[dict[str, object], dict[str, object]]]

ORDER_HEADERS = [
    "order_id",
    "customer_id",
    "channel_id",
    "created_at",
    "status",
    "paid_amount",
    "is_test",
    "ship_province",
    "coupon",
]
PLAIN = ["T1", "m1", "jd", "2025-01-01 10:00:00", "paid", "12.50", "no", "浙江", "C 1"]
ODD_CELLS = {
    "order_id": [
        '="T100"',
        "Ｔ１０１",
        "",
        "合计",
        "1.23457E+17",
        "Total",
        "T 102",
        "T.5",
        "order_id",
    ],
    "customer_id": ["138****8888", "a@b.cn", "guest", "None", "", "用户甲", "1e5", "xxxx1", "13.0"],
    "channel_id": ["", "-", "京东", " jd "],
    "created_at": ["2025/01/02", "2025-1-3", "", "昨天", "2025-02-30", "2025-01-01T08:00:00Z", "45000", "0001-01-01"],
    "status": ["PAID", "lost", "", "-"],
    "paid_amount": [
        "1,234.5",
        "￥5",
        "",
        "-",
        "abc",
        "(3)",
        "1e3",
        "0.00005",
        "1.00005",
        "99999999999999999",
        "+1",
        "1_0",
    ],
    "is_test": ["是", "Y", "", "maybe", "0"],
    "ship_province": [" 广东", "=北京", "", "—", "上\n海"],
    "coupon": ["'x", "null", "a\tb", "NULL", "无"],
}


def write(path: Path, headers: Sequence[str], rows: Sequence[Sequence[str]], *, encoding: str = "utf-8") -> None:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([headers, *rows])


def orders(*, odd: bool) -> list[list[str]]:
    """Rows of our own orders table; with ``odd`` every odd cell once among them."""
    rows = [[f"T{n}", f"m{n % 7}", *PLAIN[2:]] for n in range(60)]
    for place, name in enumerate(ORDER_HEADERS):
        for number, cell in enumerate(ODD_CELLS[name] if odd else []):
            row = [f"S{place}{number}", f"m{number}", *PLAIN[2:]]
            row[place] = cell
            rows.insert(3 * place + number, row)
    return rows


def result(folder: Path, path: Path, wishes: Wishes) -> dict[str, object]:
    """Everything a load leaves behind; hashes are keyed alike."""
    with Session.open(folder) as session:
        session.workspace.folder.salt_file.write_text("ab" * 32)
        [card] = session.inspect(path, wishes=wishes)
        done = session.load(card)
        tables = {
            name: content(session.workspace, name, provenance=True)
            for name in sorted(session.tables_loaded() | {"fact.orders", "fact.order_lines", "fact.customers"})
        }
        history = session.loads().drop("loaded_at", "settings", "period_from", "period_to").to_dicts()
        rejects = sorted(str(row) for row in session.rejects(1).rows())
        return {"tables": tables, "loads": history, "rejects": rejects, "by_table": done.by_table}


@pytest.fixture
def both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Loader:
    def load(path: Path) -> tuple[dict[str, object], dict[str, object]]:
        wishes = Wishes(accept=True)
        whole = result(tmp_path / "whole", path, wishes)
        monkeypatch.setattr(intake, "LARGE_BYTES", 0)
        monkeypatch.setattr(intake, "HEAD_ROWS", 20)
        monkeypatch.setattr(parts, "PART_BYTES", 1500)
        return whole, result(tmp_path / "large", path, wishes)

    return load


@pytest.fixture
def ways(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """By which ways files were read."""
    taken: list[str] = []
    for name in ("load_bulk", "load_parts"):
        ordinary = getattr(large.Workspace, name)

        def noted(self: object, *args: object, _name: str = name, _ordinary: Any = ordinary, **named: object) -> object:
            taken.append(_name)
            return _ordinary(self, *args, **named)

        monkeypatch.setattr(large.Workspace, name, noted)
    return taken


def test_plain_rows_go_through_duckdb_alone(tmp_path: Path, both: Loader, ways: list[str]) -> None:
    write(tmp_path / "o.csv", ORDER_HEADERS, orders(odd=False))
    whole, big = both(tmp_path / "o.csv")
    assert whole == big
    assert ways[-1] == "load_bulk"


def test_odd_cells_are_judged_by_the_ordinary_rules(tmp_path: Path, both: Loader, ways: list[str]) -> None:
    rows = [row for row in orders(odd=True) if not any("\n" in cell for cell in row)]
    write(tmp_path / "o.csv", ORDER_HEADERS, rows)
    whole, big = both(tmp_path / "o.csv")
    assert big["rejects"] == whole["rejects"] != []
    assert whole == big
    assert ways[-1] == "load_bulk"


def test_line_ends_in_cells_and_blank_lines_do_not_shift_row_numbers(
    tmp_path: Path, both: Loader, ways: list[str]
) -> None:
    write(tmp_path / "o.csv", ORDER_HEADERS, orders(odd=True))
    text = (tmp_path / "o.csv").read_text().split("\n")
    (tmp_path / "o.csv").write_text("\n".join([*text[:9], "", *text[9:]]))
    whole, big = both(tmp_path / "o.csv")
    assert whole == big
    assert ways[-1] == "load_parts"


def test_a_row_with_too_many_cells_is_no_trouble(tmp_path: Path, both: Loader, ways: list[str]) -> None:
    write(tmp_path / "o.csv", ORDER_HEADERS, [*orders(odd=False), [*PLAIN, "more"]])
    whole, big = both(tmp_path / "o.csv")
    assert whole["tables"] == big["tables"]
    assert ways[-2:] == ["load_bulk", "load_parts"]


LINE_HEADERS = [
    "order_id",
    "line_id",
    "customer_key",
    "sku",
    "quantity",
    "unit_price",
    "line_amount",
    "ordered_at",
    "status",
]


def lines(orders_: int, per_order: int) -> list[list[str]]:
    return [
        [
            f"T{n}",
            f"T{n}-{k}",
            f"会员{n % 9}",
            f"S{k}",
            "2",
            "1,000.5",
            "2,001",
            f"2025-0{n % 9 + 1}-1{n % 9}",
            "completed",
        ]
        for n in range(orders_)
        for k in range(per_order)
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-8-sig", "utf-16"])
def test_order_lines_are_cut_between_orders(tmp_path: Path, both: Loader, ways: list[str], encoding: str) -> None:
    write(tmp_path / "l.csv", LINE_HEADERS, lines(60, 3), encoding=encoding)
    whole, big = both(tmp_path / "l.csv")
    assert whole == big
    assert ways == ["load_parts", "load_parts"]


def test_orders_whose_lines_lie_far_apart_are_not_counted_twice(tmp_path: Path, both: Loader, ways: list[str]) -> None:
    rows = lines(40, 4)
    random.Random(1).shuffle(rows)
    write(tmp_path / "l.csv", LINE_HEADERS, rows)
    whole, big = both(tmp_path / "l.csv")
    assert whole == big
    assert ways == ["load_parts"] * 3  # whole; in parts; again, because orders were scattered


def test_commas_decide_for_the_whole_file_and_days_come_first_in_all_parts(
    tmp_path: Path, both: Loader, ways: list[str]
) -> None:
    rows = [
        [f"T{n}", f"T{n}-1", f"m{n}", "S", "2", "1,5", "1.234,5", f"{n % 12 + 1:02}/03/2025", "completed"]
        for n in range(80)
    ]
    rows[5][7] = "25/03/2025"
    write(tmp_path / "l.csv", LINE_HEADERS, rows)
    whole, big = both(tmp_path / "l.csv")
    assert whole == big
    assert not whole["rejects"]
    assert ways == ["load_parts", "load_parts"]


def test_a_file_of_ours_with_commas_is_not_read_by_duckdb(tmp_path: Path, both: Loader, ways: list[str]) -> None:
    cells = ("1.234", "2,5", "3,50", "1.000,1")
    write(tmp_path / "o.csv", ORDER_HEADERS, [[f"T{n}", *PLAIN[1:5], cell, *PLAIN[6:]] for n, cell in enumerate(cells)])
    whole, big = both(tmp_path / "o.csv")
    assert whole == big
    assert "load_bulk" not in ways


@pytest.mark.parametrize("cell", ["3/4/2025", "12345678901234500"])
def test_cells_that_need_the_rest_of_their_column_send_the_file_the_ordinary_way(
    tmp_path: Path, both: Loader, ways: list[str], cell: str
) -> None:
    rows = orders(odd=False)
    rows[30][0 if cell.isdigit() else 3] = cell
    write(tmp_path / "o.csv", ORDER_HEADERS, rows)
    whole, big = both(tmp_path / "o.csv")
    assert whole == big
    assert ways[-2:] == ["load_bulk", "load_parts"]
