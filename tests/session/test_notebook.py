"""Goals and notes: kept with the workspace, read from a file, refused with row and column."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from ecodash.core.errors import InputError, UnknownName, WorkspaceError
from ecodash.core.notebook import Note
from ecodash.core.period import Period
from ecodash.i18n import Reader
from ecodash.session import Session
from ecodash.store import LoadSource

MAY = date(2026, 5, 1)
ZH = Reader(language="zh")


def days(start: str, end: str = "") -> Period:
    return Period(date.fromisoformat(start), date.fromisoformat(end or start))


@pytest.fixture
def shop(tmp_path: Path) -> Session:
    return Session.open(tmp_path / "shop")


def test_a_goal_survives_closing_and_replaces_an_earlier_one(tmp_path: Path) -> None:
    with Session.open(tmp_path / "shop") as shop:
        shop.notebook.set_goal(date(2026, 5, 20), "net_sales", Decimal(100))
        shop.notebook.set_goal(MAY, "net_sales", Decimal("123456.78"))
    with Session.open(tmp_path / "shop", read_only=True) as shop:
        [goal] = shop.notebook.goals()
    assert (goal.month, goal.metric, goal.value, goal.uploaded) == (MAY, "net_sales", Decimal("123456.78"), False)


def test_goals_of_one_month_only(shop: Session) -> None:
    shop.notebook.set_goal(MAY, "orders", Decimal(10))
    shop.notebook.set_goal(date(2026, 6, 1), "orders", Decimal(20))
    assert [goal.value for goal in shop.notebook.goals(date(2026, 6, 30))] == [20]


def test_a_goal_is_refused_below_zero_and_for_what_is_no_metric(shop: Session) -> None:
    with pytest.raises(InputError):
        shop.notebook.set_goal(MAY, "orders", Decimal(0))
    for wrong in ("NaN", "Infinity", "1e30", "0.00001", "-5"):
        with pytest.raises(InputError):
            shop.notebook.set_goal(MAY, "orders", Decimal(wrong))
    with pytest.raises(UnknownName):
        shop.notebook.set_goal(MAY, "ordres", Decimal(1))


def test_a_goal_that_is_removed_is_gone_and_cannot_be_removed_again(shop: Session) -> None:
    shop.notebook.set_goal(MAY, "orders", Decimal(10), owner=" Li ")
    shop.notebook.remove_goal(MAY, "orders", owner="Li")
    assert shop.notebook.goals() == []
    with pytest.raises(UnknownName):
        shop.notebook.remove_goal(MAY, "orders", owner="Li")


def test_an_uploaded_target_is_a_goal_until_another_is_typed(shop: Session) -> None:
    targets = pl.DataFrame(
        {
            "period": [MAY, MAY],
            "owner": ["", ""],
            "indicator_id": ["net_sales", "no_such_indicator"],
            "target_value": [5_000_000, 10_000],
            "row_no": [2, 3],
        },
        schema_overrides={"row_no": pl.Int64},
    )
    source = LoadSource(file="targets.csv", sha256="0" * 64, bytes=1, entity="targets")
    shop.workspace.load(source, {"targets": targets.lazy()})
    [goal] = shop.notebook.goals()
    assert (goal.value, goal.uploaded) == (500, True)
    shop.notebook.set_goal(MAY, "net_sales", Decimal(600))
    [goal] = shop.notebook.goals()
    assert (goal.value, goal.uploaded) == (600, False)
    shop.notebook.remove_goal(MAY, "net_sales")
    assert [goal.value for goal in shop.notebook.goals()] == [500]


def test_a_note_can_be_added_edited_and_removed(shop: Session) -> None:
    book = shop.notebook
    note = book.add_note(days("2026-05-01", "2026-05-03"), "涨价 10%", owner="王", scope="channel:taobao")
    book.edit_note(Note(id=note.id, days=days("2026-05-02"), text="涨价 12%", scope="all"))
    [found] = book.notes()
    assert (found.id, found.days, found.text, found.owner, found.scope) == (
        note.id, days("2026-05-02"), "涨价 12%", "", "all",
    )  # fmt: skip
    book.remove_note(note.id)
    assert book.notes() == []
    with pytest.raises(UnknownName):
        book.remove_note(note.id)
    with pytest.raises(UnknownName):
        book.edit_note(found)


def test_notes_are_those_of_the_days_and_of_what_is_looked_at(shop: Session) -> None:
    book = shop.notebook
    book.add_note(days("2026-05-01"), "everything")
    book.add_note(days("2026-05-10", "2026-06-02"), "one channel", scope="channel:taobao")
    window = days("2026-06-01", "2026-06-30")
    assert [note.text for note in book.notes(window)] == ["one channel"]
    assert [note.text for note in book.notes(where=(("channel", ("jd",)),))] == ["everything"]
    assert len(book.notes(where=(("channel", ("jd", "taobao")), ("category", ("x",))))) == 2


@pytest.mark.parametrize(
    ("text", "scope"), [("", "all"), (" \n ", "all"), ("x" * 501, "all"), ("x", "town:a"), ("x", "sku:")]
)
def test_a_note_without_words_or_with_a_strange_scope_is_refused(shop: Session, text: str, scope: str) -> None:
    with pytest.raises(InputError):
        shop.notebook.add_note(days("2026-05-01"), text, scope=scope)


def test_a_read_only_workspace_takes_no_notes(tmp_path: Path) -> None:
    Session.open(tmp_path / "shop").close()
    with Session.open(tmp_path / "shop", read_only=True) as shop, pytest.raises(WorkspaceError):
        shop.notebook.add_note(days("2026-05-01"), "x")


CHINESE = "日期,结束日期,内容,负责人,范围\n2026/5/1,,直播首场,王,all\n2026年5月8日,2026-05-10,缺货,,sku:A1\n,,,,\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_notes_come_from_a_file_once(shop: Session, encoding: str) -> None:
    assert shop.notebook.import_notes(CHINESE.encode(encoding), file="批注.csv") == (2, 0)
    assert shop.notebook.import_notes(CHINESE.encode(encoding), file="批注.csv") == (0, 2)
    first, second = shop.notebook.notes()
    assert (first.days, first.text, first.owner) == (days("2026-05-01"), "直播首场", "王")
    assert (second.days, second.scope) == (days("2026-05-08", "2026-05-10"), "sku:A1")


@pytest.mark.parametrize(
    ("content", "row", "column"),
    [
        ("date,text\n2026-05-01,ok\n2026-13-01,bad", 3, "date"),
        ("日期,内容\n昨天,直播", 2, "日期"),
        ("start,end,text\n2026-05-03,2026-05-01,x", 2, "end"),
        ("start,text\n2026-05-03,", 2, "text"),
        ("start,words\n2026-05-03,x", 1, None),
    ],
)
def test_a_bad_file_is_refused_whole_with_row_and_column(
    shop: Session, content: str, row: int, column: str | None
) -> None:
    with pytest.raises(InputError) as refused:
        shop.notebook.import_notes(content.encode(), file="notes.csv")
    place = refused.value.place
    assert place is not None
    assert (place.file, place.row, place.column) == ("notes.csv", row, column)
    assert refused.value.message.zh
    assert shop.notebook.notes() == []


def test_what_is_exported_can_be_imported_and_runs_no_formula(shop: Session, tmp_path: Path) -> None:
    shop.notebook.add_note(days("2026-05-01", "2026-05-02"), "=HYPERLINK(1)", owner="李", scope="store:s1")
    written = shop.notebook.export_notes(reader=ZH)
    assert b"'=HYPERLINK" in written
    with Session.open(tmp_path / "other") as other:
        assert other.notebook.import_notes(written, file="x.csv") == (1, 0)
        [note] = other.notebook.notes()
        assert (note.text, note.owner, note.scope, note.days.days) == ("=HYPERLINK(1)", "李", "store:s1", 2)


def test_loading_undoing_and_new_settings_leave_the_notebook_alone(shop: Session) -> None:
    shop.notebook.set_goal(MAY, "orders", Decimal(10))
    shop.notebook.add_note(days("2026-05-01"), "x")
    orders = pl.DataFrame({"order_id": ["1"], "row_no": [2]}, schema_overrides={"row_no": pl.Int64})
    source = LoadSource(file="orders.csv", sha256="1" * 64, bytes=1, entity="orders")
    load = shop.workspace.load(source, {"orders": orders.lazy()}).load_id
    shop.undo(load)
    shop.redo(load)
    shop.change_settings({"policy.include_tax": "yes"})
    assert len(shop.notebook.goals()) == len(shop.notebook.notes()) == 1


def test_a_hostile_note_is_kept_as_words(shop: Session) -> None:
    text = "'); DROP TABLE notes; -- <script>alert(1)</script>"
    shop.notebook.add_note(days("2026-05-01"), text, owner="x'; --")
    assert [note.text for note in shop.notebook.notes()] == [text]
