"""The framework pages on the sample shop, on orders alone, and on nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ecodash.i18n import t
from ecodash.session.places import bundle_root
from tests.ui.conftest import Open, launch

PAGES = ("framework", "models", "trends", "platform_type", "revenue", "risks", "lessons", "actions")


def said(app: AppTest) -> str:
    parts = [*app.markdown, *app.caption, *app.title, *app.header, *app.subheader, *app.info]
    return "\n".join(str(part.value) for part in parts).replace("\\", "").replace("\u2060", "")


def visit(app: AppTest, page: str) -> AppTest:
    app.switch_page(str(bundle_root() / "pages" / f"{page}.py")).run()
    assert not app.exception, page
    assert not app.error, page
    return app


def test_the_sample_shop_is_measured_on_every_page(monkeypatch: pytest.MonkeyPatch, sample_shop: Path) -> None:
    app = launch(monkeypatch, sample_shop, "framework", "zh")
    assert not app.exception
    measured = next(one.value for one in app.metric if one.label == t("framework.measured", "zh"))
    count, total = (int(part) for part in measured.replace("\\", "").split(" / "))
    assert total == 243
    assert count > 150
    for page in PAGES[1:]:
        visit(app, page)
    assert len(app.subheader) >= 3  # actions, each with its number
    visit(app, "trends").query_params["entry"] = "green"
    assert "Patagonia" in said(app.run())
    visit(app, "revenue").query_params["simulator"] = "sim_inventory_release"
    before = [one.value for one in app.run().metric]
    field = next(one for one in app.number_input if "目标天数" in one.label)
    field.set_value(1.0).run()
    assert [one.value for one in app.metric] != before


def test_orders_alone_say_what_to_upload_and_call_nothing_zero(open_app: Open) -> None:
    app = open_app("no_buyers", "framework", "en")
    assert not app.exception
    assert "What to upload next" in said(app)
    for page in PAGES[1:]:
        visit(app, page)


def test_an_empty_workspace_shows_the_whole_framework_with_nothing_measured(open_app: Open) -> None:
    app = open_app("empty", "framework", "en")
    assert not app.exception
    assert next(one.value for one in app.metric).replace("\\", "") == "0 / 243"
    for page in PAGES[1:]:
        visit(app, page)
    assert "no target is missed" in said(app)


def test_decisions_and_self_assessments_are_kept(own_copy: Callable[[str, str], AppTest]) -> None:
    app = own_copy("small", "actions")
    next(one for one in app.text_input if one.label == t("framework.hypothesis", "zh")).input("<b>优惠券</b> 带来复购")
    next(one for one in app.button if one.label == t("framework.keep", "zh")).click().run()
    assert not app.exception
    assert "<b>优惠券</b> 带来复购" in said(app)
    assert t("framework.ledger_note", "zh") in said(app)
    visit(app, "risks")
    next(one for one in app.selectbox if one.key.startswith("score.")).set_value(0.5).run()
    assert not app.exception
    assert t("framework.assessed", "zh", n=1, total=6) in said(app)
