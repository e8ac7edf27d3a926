import logging
from pathlib import Path

import pytest
import streamlit as st

from ecodash.core.errors import WorkspaceError
from ecodash.core.text import Text
from ecodash.session import Session
from ecodash.ui import cache, overview, server
from tests.ui.conftest import Open, launch

LOCKED = WorkspaceError(
    Text("工作区正被另一个程序使用。", "The workspace is in use by another program."),
    advice=Text("请先关闭它。", "Close it first."),
)


@pytest.mark.parametrize(("language", "words"), [("zh", "正被另一个程序使用"), ("en", "Close it first")])
def test_a_workspace_that_cannot_be_opened_is_said_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, words: str
) -> None:
    def refuse(*_: object, **__: object) -> Session:
        raise LOCKED

    monkeypatch.setattr(Session, "open", refuse)
    app = launch(monkeypatch, tmp_path / "locked", "overview", language)
    assert not app.exception
    assert words in app.error[0].value


def test_trouble_of_the_data_is_said_on_the_page(open_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise LOCKED

    monkeypatch.setattr(overview, "trend", refuse)
    app = open_app("small")
    assert not app.exception
    assert "正被另一个程序使用" in app.error[0].value
    assert len(app.metric) == 6


def test_an_unexpected_error_gives_a_reference_and_no_traceback(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(st, "error", lambda text, **_: shown.append(text))
    with caplog.at_level(logging.ERROR, logger="ecodash"):
        assert server.on_script_error(ZeroDivisionError("secret 138 0013 8000"))
    reference = caplog.records[0].getMessage().rsplit(" ", 1)[-1]
    assert reference in shown[0]
    assert "secret" not in shown[0]


def test_warming_up_survives_a_workspace_that_cannot_be_opened(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse() -> None:
        raise LOCKED

    monkeypatch.setattr(cache, "open_first_shop", refuse)
    server.warm_up()
    assert "in use by another program" in caplog.text


def test_an_answer_computed_while_the_data_changed_is_given_but_not_kept(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_app("small")
    shop = cache.own_shop(cache.workspace_folder())
    editions = iter(["one", "two", "three", "three", "three", "three"])
    monkeypatch.setattr(cache, "_edition", lambda _: next(editions))
    asked: list[int] = []
    monkeypatch.setitem(cache.QUESTIONS, "window", lambda _: asked.append(1) or len(asked))
    cache.look(shop)
    assert [cache._ask(shop, "window") for _ in range(3)] == [1, 2, 2]
    monkeypatch.undo()
    cache.look(shop)
