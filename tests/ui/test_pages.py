import pytest
from streamlit.testing.v1 import AppTest

from ecodash.i18n import t
from tests.ui.conftest import Open
from tests.ui.shops import KINDS

PAGES = ("overview", "sales", "repurchase", "data", "definitions")


def said(app: AppTest) -> str:
    """Everything written on the page, without the backslashes that keep it from being read as Markdown."""
    parts = [*app.markdown, *app.caption, *app.title, *app.header]
    return "\n".join(str(part.value) for part in parts).replace("\\", "").replace("\u2060", "")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("page", PAGES)
def test_every_page_says_its_question_whatever_the_data(open_app: Open, page: str, kind: str, language: str) -> None:
    app = open_app(kind, page, language)
    assert not app.exception
    assert not app.error
    assert app.title[0].value == t(f"{page}.title", language)
    assert t(f"{page}.question", language) in said(app)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_shop_with_data_shows_six_tiles_with_their_interval_and_dates(open_app: Open, language: str) -> None:
    app = open_app("small", "overview", language)
    assert len(app.metric) == 6
    assert all(tile.value not in {"", "—"} for tile in app.metric)
    assert len(app.get("plotly_chart")) == 8
    assert "2026-04-02 → 2026-06-30" in said(app)
    assert "95%" in said(app)


def test_an_empty_workspace_offers_to_load_and_to_look_at_the_sample(open_app: Open) -> None:
    app = open_app("empty")
    assert t("empty.no_data.what", "zh") in said(app)
    app.button(key="empty.sample").click().run()
    assert not app.exception
    assert len(app.metric) == 6


def test_a_workspace_without_orders_says_which_export_brings_them(open_app: Open) -> None:
    app = open_app("no_orders")
    assert t("empty.no_orders.what", "zh") in said(app)
    assert "千牛" in said(app)


def test_orders_without_buyers_make_repurchase_not_applicable_and_sales_are_still_shown(open_app: Open) -> None:
    assert len(open_app("no_buyers").metric) >= 5
    app = open_app("no_buyers", "repurchase")
    assert t("empty.not_applicable.unlocks", "zh") in said(app)
    assert not app.get("plotly_chart")


def test_one_order_is_shown_and_never_called_a_rate(open_app: Open) -> None:
    app = open_app("one_row")
    values = {tile.label.replace("\\", ""): tile.value.replace("\\", "") for tile in app.metric}
    assert values["净销售额"] == "¥88.50"
    assert values["支付订单数"] == "1"
    assert values["首购后90天复购率"] == "—"


def test_a_filter_that_leaves_nothing_offers_to_take_it_off(open_app: Open) -> None:
    app = open_app("small", channel="nowhere")
    assert t("empty.filtered.what", "zh") in said(app)
    assert not app.metric
    app.button(key="empty.undo").click().run()
    assert len(app.metric) == 6
    assert "channel" not in app.query_params


def test_a_period_without_orders_offers_all_data(open_app: Open) -> None:
    app = open_app("small", period="custom", **{"from": "2019-01-01", "to": "2019-02-01"})
    assert t("empty.period.what", "zh") in said(app)
    app.button(key="empty.all").click().run()
    assert len(app.metric) == 6


def test_the_sample_shop_says_that_it_is_one_and_is_left_with_one_click(open_app: Open) -> None:
    app = open_app("one_row", shop="sample")
    assert t("sample.watermark", "zh") in said(app)
    assert len(app.metric) == 6
    app.button(key="leave_sample").click().run()
    assert app.metric[0].value.replace("\\", "") == "¥88.50"


def test_a_page_opened_without_the_shell_starts_through_it(open_app: Open) -> None:
    app = open_app("one_row")
    app.session_state["shell"] = False
    assert not app.run().exception
