"""The app in this process, without a browser: a workspace of a kind, a page, a language."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from ecodash.session.places import bundle_root, package_root
from ecodash.ui import cache
from tests.ui.shops import KINDS, build

MAIN = package_root() / "ui" / "main.py"
LOCALES = {"zh": "zh-CN", "en": "en-US"}
SECONDS = 120

Open = Callable[..., AppTest]


@pytest.fixture(scope="session")
def shops(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A workspace of every kind, to be looked at only."""
    place = tmp_path_factory.mktemp("shops")
    return {kind: build(place / kind / "workspace", kind) for kind in KINDS}


@pytest.fixture
def open_app(shops: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> Open:
    """``open_app(kind, page, language, **parameters)``: the page as a visitor of that workspace sees it."""
    monkeypatch.setattr(cache, "open_sample", lambda folder: cache.own_shop(shops["small"]))  # noqa: ARG005

    def open_page(kind: str, page: str = "overview", language: str = "zh", **parameters: str) -> AppTest:
        return launch(monkeypatch, shops[kind], page, language, **parameters)

    return open_page


@pytest.fixture
def own_copy(
    shops: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str, str], AppTest]]:
    """``own_copy(kind, page)``: like ``open_app`` on a workspace that may be changed."""
    opened: list[Path] = []

    def open_page(kind: str, page: str = "data") -> AppTest:
        folder = tmp_path / "workspace"
        cache.own_shop(shops[kind]).close()
        cache.own_shop.clear()
        shutil.copytree(shops[kind], folder)
        opened.append(folder)
        return launch(monkeypatch, folder, page, "zh")

    yield open_page
    for folder in opened:
        cache.own_shop(folder).close()
    st.cache_resource.clear()


def launch(monkeypatch: pytest.MonkeyPatch, folder: Path, page: str, language: str, **parameters: str) -> AppTest:
    """The page after its first run; parameters stand in the address."""
    monkeypatch.setenv("ECODASH_WORKSPACE", str(folder))
    app = AppTest.from_file(str(MAIN), default_timeout=SECONDS)
    app.context = {"locale": LOCALES[language]}
    for name, value in {"shop": "own", **parameters}.items():
        app.query_params[name] = value
    app.run()
    return app if page == "overview" else app.switch_page(str(bundle_root() / "pages" / f"{page}.py")).run()


@pytest.fixture
def sample_shop(sample_shop: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample shop to be looked at: other processes look at it too, so nobody may open it for writing."""
    monkeypatch.setenv("ECODASH_READ_ONLY", "1")
    return sample_shop
