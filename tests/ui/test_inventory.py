"""The inventory page on the sample shop, on orders alone and on nothing."""

from pathlib import Path

import pytest

from ecodash.i18n import t
from tests.ui.conftest import Open, launch
from tests.ui.test_pages import said


def plain(text: object) -> str:
    return str(text).replace("\\", "")


def test_the_sample_shop_shows_every_block(sample_shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = launch(monkeypatch, sample_shop, "inventory", "zh")
    assert not app.exception
    assert not app.error
    tiles = {plain(tile.label): plain(tile.value) for tile in app.metric}
    assert tiles[t("inventory.kpi_dead", "zh")] == "¥1.3万"
    assert "—" not in tiles.values()
    heads = {plain(head.value) for head in app.header}
    blocks = ("ageing", "cover", "places", "classes", "sleeping", "lost", "reorder", "list", "replay", "documents")
    assert {t(f"inventory.{name}", "zh") for name in blocks} <= heads
    assert "少卖 23 件" in said(app)
    assert t("inventory.urgency_late", "zh") in said(app)
    app.text_input(key="w.lead.zh").input("200").run()
    assert not app.exception
    assert "0 个商品已来不及，0 个应立即下单" not in said(app)


def test_orders_alone_give_classes_and_reorder_points_and_say_what_stock_would_add(open_app: Open) -> None:
    app = open_app("small", "inventory", "en", lead="14")
    assert not app.exception
    text = said(app)
    assert t("inventory.answer_orders", "en") in text
    assert t("inventory.plan_uncounted", "en") in text
    assert t("inventory.spells_inferred", "en") in text
    assert t("inventory.classes", "en") in text
    assert "Inventory snapshots" in text
    assert not app.metric


def test_without_lead_times_the_plan_asks_for_them(open_app: Open) -> None:
    app = open_app("small", "inventory")
    assert not app.exception
    assert t("inventory.no_lead", "zh") in said(app)


@pytest.mark.parametrize("kind", ["empty", "no_orders"])
def test_without_orders_it_says_how_to_begin(open_app: Open, kind: str) -> None:
    app = open_app(kind, "inventory", "en")
    assert not app.exception
    assert t("empty.no_data.unlocks", "en") in said(app)
