"""Change on the command line: against another window, taken apart, goals, notes."""

from pathlib import Path

import pytest

from tests.cli.terminal import answer, call, load

HEADER = "order_id,customer_id,channel_id,created_at,paid_at,status,paid_amount\n"
ORDERS = [
    ("1", "ann", "web", "2024-03-01", 10),
    ("2", "bob", "web", "2024-03-05", 20),
    ("3", "ann", "shop", "2024-04-01", 30),
    ("4", "cat", "web", "2024-04-10", 60),
]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    lines = [f"{n},{who},{ch},{at} 10:00:00,{at} 10:05:00,completed,{paid}" for n, who, ch, at, paid in ORDERS]
    file = tmp_path / "orders.csv"
    file.write_text(HEADER + "\n".join(lines), encoding="utf-8")
    load(tmp_path / "w", file)
    return tmp_path / "w"


APRIL = ("--from", "2024-04-01", "--to", "2024-04-10")


def test_compute_against_the_same_part_of_the_month_before(workspace: Path) -> None:
    (change,) = answer("compute", "paid_amount", "--workspace", workspace, *APRIL, "--against", "to_date")
    assert change["before"] == ["2024-03-01", "2024-03-10"]
    assert change["against"] == "to_date"
    assert (change["difference"], change["relative"], change["kind"]) == (60, 2, "relative")
    assert change["current"]["value"] == 90  # type: ignore[index]


def test_compute_against_days_of_choice_by_channel_shows_a_group_that_is_new(workspace: Path) -> None:
    found = answer(
        "compute",
        "paid_amount",
        "--workspace",
        workspace,
        *APRIL,
        "--by",
        "channel",
        "--against",
        "2024-03-01..2024-03-31",
    )
    assert {c["current"]["by"]["channel"]: (c["kind"], c["difference"]) for c in found} == {  # type: ignore[index]
        "shop": ("new", 30),
        "web": ("relative", 30),
    }


def test_without_days_the_last_thirty_are_compared(workspace: Path) -> None:
    (found,) = answer("changes", "paid_amount", "--workspace", workspace, "--against", "2024-03-01..2024-03-05")
    assert (found["window"], found["change"]) == (["2024-03-12", "2024-04-10"], 60)


@pytest.mark.parametrize("against", ["yesterday", "2024-03-01..x", "year_ago"])
def test_a_comparison_that_cannot_be_is_said(workspace: Path, against: str) -> None:
    code, out, err = call(
        "compute", "paid_amount", "--workspace", workspace, *APRIL, "--against", against, "--lang", "zh"
    )
    assert (code, out) == (1, "")
    assert err.strip()


def test_changes_by_channel_add_up(workspace: Path) -> None:
    (found,) = answer(
        "changes", "paid_amount", "--workspace", workspace, "--by", "channel", *APRIL, "--against", "to_date"
    )
    assert found["change"] == 60
    assert {p["group"]: p["value"] for p in found["parts"]} == {"shop": 30, "web": 30}  # type: ignore[attr-defined]


def test_changes_by_factors_are_the_default(workspace: Path) -> None:
    (found,) = answer("changes", "paid_amount", "--workspace", workspace, *APRIL)
    parts = found["parts"]
    assert [p["id"] for p in parts] == ["buyers", "orders_per_buyers", "paid_per_orders"]  # type: ignore[attr-defined]
    assert sum(p["value"] for p in parts) == pytest.approx(60)  # type: ignore[attr-defined]


def test_changes_of_what_does_not_add_up_say_so(workspace: Path) -> None:
    (found,) = answer("changes", "active_buyers", "--workspace", workspace, "--by", "channel", *APRIL)
    assert found["status"] == "not_applicable"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "arguments",
    [
        ("changes", "aov", "--by", "channel", *APRIL),
        ("changes", "paid_amount", "--by", "channel", "--volume", "--top", "1", *APRIL),
        ("changes", "active_buyers", "--by", "channel", *APRIL),
        ("compute", "paid_amount", "aov", "identity_coverage", "--against", "previous", *APRIL),
        ("goals", "list"),
        ("notes", "list"),
    ],
)
def test_tables_are_printed_for_people(workspace: Path, arguments: tuple[str, ...], language: str) -> None:
    call("goals", "set", "paid_amount", "100", "--month", "2024-04", "--workspace", workspace)
    call("notes", "add", "Sale", "--from", "2024-04-02", "--workspace", workspace)
    code, out, err = call(*arguments, "--workspace", workspace, "--lang", language)
    assert (code, err) == (0, "")
    assert out.strip()


def test_goals_are_set_listed_with_their_pace_and_removed(workspace: Path) -> None:
    answer("goals", "set", "paid_amount", "3,000", "--month", "2024-04", "--owner", "Li", "--workspace", workspace)
    (goal,) = answer("goals", "list", "--month", "2024-04", "--workspace", workspace)
    assert (goal["value"], goal["owner"], goal["actual"]) == (3000, "Li", 90)
    assert goal["expected"] == pytest.approx(1000)  # 10 of 30 days, every day alike
    assert goal["ends"] == pytest.approx(270)
    assert call("goals", "remove", "paid_amount", "--month", "2024-04", "--workspace", workspace)[0] == 1
    assert (
        call("goals", "remove", "paid_amount", "--month", "2024-04", "--owner", "Li", "--workspace", workspace)[0] == 0
    )
    assert answer("goals", "list", "--workspace", workspace) == []


def test_a_goal_that_is_no_number_is_refused(workspace: Path) -> None:
    code, _, err = call(
        "goals", "set", "paid_amount", "many", "--month", "2024-04", "--workspace", workspace, "--lang", "zh"
    )
    assert code == 1
    assert "不是数字" in err


def test_notes_are_added_imported_exported_and_removed(workspace: Path, tmp_path: Path) -> None:
    file = tmp_path / "notes.csv"
    file.write_text("日期,内容\n2024-04-03,直播\n", encoding="utf-8")
    answer("notes", "add", "Price up", "--from", "2024-04-01", "--to", "2024-04-02", "--workspace", workspace)
    assert answer("notes", "import", file, "--workspace", workspace) == [{"new": 1, "known": 0}]
    assert answer("notes", "import", file, "--workspace", workspace) == [{"new": 0, "known": 1}]
    out = tmp_path / "out.csv"
    found = answer("notes", "list", "--workspace", workspace, "--out", out)
    assert [note["text"] for note in found] == ["Price up", "直播"]
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    assert len(answer("notes", "list", "--from", "2024-04-03", "--workspace", workspace)) == 1
    assert call("notes", "remove", found[0]["id"], "--workspace", workspace)[0] == 0
    assert call("notes", "remove", found[0]["id"], "--workspace", workspace)[0] == 1


def test_a_note_that_ends_before_it_starts_is_refused(workspace: Path) -> None:
    days = ("--from", "2024-04-02", "--to", "2024-04-01", "--workspace", workspace)
    assert call("notes", "add", "x", *days)[0] == call("notes", "list", *days)[0] == 1


def test_a_file_of_notes_that_is_wrong_or_absent_is_said(workspace: Path, tmp_path: Path) -> None:
    file = tmp_path / "notes.csv"
    file.write_text("日期,内容\n昨天,直播\n", encoding="utf-8")
    code, _, err = call("notes", "import", file, "--workspace", workspace, "--lang", "zh")
    assert code == 1
    assert "第 2 行" in err
    assert call("notes", "import", tmp_path / "absent.csv", "--workspace", workspace)[0] == 1
