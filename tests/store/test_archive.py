"""Documents that are written once: whole or not at all, never over one another, never unnoticed when changed."""

import json
import threading
from pathlib import Path

import pytest

from ecodash.core.errors import UnknownName, WorkspaceError
from ecodash.store.archive import Archive


def test_documents_are_numbered_from_one_and_come_back_as_they_were(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "kept")
    assert archive.all() == []
    assert [archive.add({"n": n, "zh": "预测"}).number for n in (1, 2)] == [1, 2]
    assert [(one.number, one.document, one.intact) for one in archive.all()] == [
        (1, {"n": 1, "zh": "预测"}, True),
        (2, {"n": 2, "zh": "预测"}, True),
    ]
    assert not list((tmp_path / "kept").glob("*.part"))


def test_a_file_changed_by_hand_is_noticed_and_not_given_out(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "kept")
    archive.add({"said": 410})
    (path,) = (tmp_path / "kept").glob("*.json")
    path.chmod(0o644)
    content = json.loads(path.read_text(encoding="utf-8"))
    content["document"]["said"] = 495
    path.write_text(json.dumps(content), encoding="utf-8")
    assert [one.intact for one in archive.all()] == [False]
    with pytest.raises(WorkspaceError):
        archive.get(1)


def test_a_damaged_file_hides_nothing_else(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "kept")
    archive.add({"said": 1})
    (tmp_path / "kept" / "00007.json").write_text("{", encoding="utf-8")
    assert [one.number for one in archive.all()] == [1]
    assert archive.add({"said": 2}).number == 8
    with pytest.raises(UnknownName):
        archive.get(7)


def test_many_writers_at_once_never_share_a_number(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "kept")
    numbers: list[int] = []
    writers = [threading.Thread(target=lambda: numbers.append(archive.add({"x": 1}).number)) for _ in range(8)]
    for one in writers:
        one.start()
    for one in writers:
        one.join()
    assert sorted(numbers) == list(range(1, 9))
