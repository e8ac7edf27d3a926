"""The sample shop can never be taken for the visitor's own: watermark and banner on every page, one click to leave."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ecodash.i18n import t
from ecodash.session.places import bundle_root
from ecodash.ui import cache
from tests.ui.conftest import Open

PAGES = sorted(path.stem for path in (bundle_root() / "pages").glob("*.py"))


def marks(app: AppTest, language: str) -> int:
    """How often the words of the watermark stand on the page, screen readers left out."""
    sheets = [element.proto.body for element in app.get("html") if 'aria-hidden="true"' in element.proto.body]
    return sum(sheet.count(t("sample.watermark", language)) for sheet in sheets)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_the_sample_shop_bears_its_watermark_and_the_way_out(open_app: Open, page: str) -> None:
    app = open_app("one_row", page, shop="sample")
    assert marks(app, "zh") > 20
    assert any(button.key == "leave_sample" for button in app.button)


@pytest.mark.parametrize("page", PAGES)
def test_no_page_of_ones_own_shop_bears_it(open_app: Open, page: str) -> None:
    app = open_app("one_row", page)
    assert marks(app, "zh") == 0
    assert not any(button.key == "leave_sample" for button in app.button)


def test_one_click_leaves_the_sample_and_takes_the_watermark_along(open_app: Open) -> None:
    app = open_app("one_row", "overview", "en", shop="sample")
    assert marks(app, "en") > 20
    app.button(key="leave_sample").click().run()
    assert marks(app, "en") == 0


def test_the_sample_shop_lies_beside_the_own_workspace_never_in_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ECODASH_WORKSPACE", str(tmp_path / "mine"))
    sample = cache.sample_folder()
    assert sample != tmp_path / "mine"
    assert not sample.is_relative_to(tmp_path / "mine")
