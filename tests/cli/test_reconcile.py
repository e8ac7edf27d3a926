"""The command line explains a platform's total and lists what is doubtful."""

import json
from pathlib import Path

import pytest

from tests.cli.terminal import call, load

HEADER = (
    "order_id,platform,customer_id,channel_id,created_at,paid_at,status,paid_amount,shipping_amount,refund_amount\n"
)
ROWS = (
    "A,shop,c1,web,2026-03-02 10:00:00,2026-03-02 10:00:00,completed,100.00,8.00,\n"
    "B,shop,c2,web,2026-03-05 10:00:00,2026-03-05 10:00:00,completed,50.00,,20.00\n"
    "C,shop,,app,2026-03-09 10:00:00,2026-03-09 10:00:00,completed,30.00,,\n"
)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reconcile")
    (folder / "orders.csv").write_text(HEADER + ROWS, encoding="utf-8")
    load(folder / "w", folder / "orders.csv")
    return folder / "w"


def asked(workspace: Path, total: str, *more: str) -> tuple[int, dict[str, object]]:
    period = ("--from", "2026-03-01", "--to", "2026-03-31")
    code, out, err = call("reconcile", "--workspace", workspace, "--total", total, *period, *more, "--json")
    assert out, err
    return code, json.loads(out)


def test_the_parts_and_the_rest_add_up_to_the_difference(workspace: Path) -> None:
    code, found = asked(workspace, "¥180.00")  # net 92 + 30 + 30 = 152; 8 shipping and 20 not deducted
    assert code == 0
    assert (found["ours"], found["difference"], found["unexplained"]) == (152.0, 28.0, 0.0)
    assert [(part["code"], part["amount"], part["documents"]) for part in found["parts"]] == [  # type: ignore[index,union-attr]
        ("shipping", 8.0, 1),
        ("refunds_none", 20.0, 1),
    ]


def test_what_stays_unexplained_gives_code_1_and_a_channel_is_looked_at_alone(workspace: Path) -> None:
    code, found = asked(workspace, "1,000", "--policy", "tax")
    assert (code, found["unexplained"]) == (1, 848.0)
    assert asked(workspace, "30", "--channel", "app")[0] == 0


def test_the_table_speaks_both_languages(workspace: Path) -> None:
    period = ("--from", "2026-03-01", "--to", "2026-03-31", "--total", "180")
    for language, words in (("zh", "不扣退款"), ("en", "refunds not deducted")):
        code, out, _ = call("reconcile", "--workspace", workspace, *period, "--lang", language)
        assert (code, words in out) == (0, True)


@pytest.mark.parametrize(("total", "ends", "expected"), [("much", "2026-03-31", 2), ("5", "2026-02-01", 1)])
def test_a_wrong_call_is_said(workspace: Path, total: str, ends: str, expected: int) -> None:
    code, _, err = call("reconcile", "--workspace", workspace, "--total", total, "--from", "2026-03-01", "--to", ends)
    assert code == expected
    assert err


def test_check_says_how_grave_what_why_and_what_to_do(workspace: Path) -> None:
    code, out, _ = call("check", "--workspace", workspace, "--json")
    found = {one["code"]: one for one in json.loads(out)}
    assert code == 0
    assert found["shipping_paid"] | {"why": 0, "advice": 0, "text": 0} == {
        "code": "shipping_paid",
        "traps": ["T20"],
        "count": 1,
        "money": 8.0,
        "severity": "note",
        "severe": False,
        "text": 0,
        "why": 0,
        "advice": 0,
    }


def test_the_rows_of_a_finding_are_printed_or_written(workspace: Path, tmp_path: Path) -> None:
    code, out, err = call("check", "--workspace", workspace, "--rows", "anonymous_orders", "--json")
    assert code == 0, err
    [row] = json.loads(out)
    assert (row["order_id"], row["money"], row["file"], row["row_no"]) == ("C", 30.0, "orders.csv", 4)
    path = tmp_path / "rows.csv"
    assert call("check", "--workspace", workspace, "--rows", "anonymous_orders", "--out", path)[0] == 0
    assert "orders.csv" in path.read_text(encoding="utf-8-sig")
    code, _, err = call("check", "--workspace", workspace, "--rows", "anonymus", "--lang", "en")
    assert (code, "anonymous_orders" in err) == (1, True)
