"""The side panel behind a number: four tabs, each about exactly that number."""

import io

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from ecodash.i18n import t
from ecodash.metrics.query import Query
from ecodash.ui import cache
from tests.ui.conftest import Open
from tests.ui.test_clicks import value
from tests.ui.test_pages import said

TABS = ("tab_rows", "tab_breakdown", "tab_trend", "tab_words")


def opened(app: AppTest, button: str, tab: str, language: str = "zh") -> AppTest:
    app.session_state["explain.tabs"] = t(f"explain.{tab}", language)
    app.button(key=button).click().run()
    return app


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("tab", TABS)
def test_every_tab_opens_on_a_tile_and_on_a_cohort_matrix(open_app: Open, tab: str, language: str) -> None:
    for page, button in (("overview", "explain.tile.net_sales"), ("repurchase", "explain.matrix")):
        app = opened(open_app("small", page, language), button, tab, language)
        assert not app.exception
        names = [one.label for one in app.tabs]
        assert names[-4:] == [t(f"explain.{one}", language) for one in TABS]


def test_the_rows_shown_add_up_to_the_tile(open_app: Open) -> None:
    app = opened(open_app("small"), "explain.tile.orders", "tab_rows")
    frame = next(one.value for one in app.dataframe if "numerator" in one.value.columns)
    assert {"file", "row_no"} <= set(frame.columns)
    shop = cache.own_shop(cache.workspace_folder())
    whole = cache.first_rows(shop, "orders", Query(), 10**6)
    assert len(frame) == min(200, len(whole))


def test_all_rows_can_be_taken_away_as_csv_and_workbook(open_app: Open) -> None:
    app = opened(open_app("small"), "explain.tile.orders", "tab_rows")
    keys = {one.key for one in app.get("download_button")}
    assert {"behind.download.csv", "behind.download.xlsx"} <= keys


def test_the_breakdown_adds_up_to_the_number_and_takes_another_dimension(open_app: Open) -> None:
    app = opened(open_app("small"), "explain.tile.orders", "tab_breakdown")
    number = int(value(app, "支付订单数").replace(",", ""))
    assert sum(app.dataframe[0].value["value"]) == number
    app.selectbox(key="behind.by").select("province").run()
    assert not app.exception


def test_the_explanation_names_file_load_time_and_query(open_app: Open) -> None:
    app = opened(open_app("small", language="en"), "explain.tile.spend_per_buyer", "tab_words", "en")
    text = said(app)
    assert "youzan_orders.csv" in text
    assert "left out" in text
    assert any("sum(known_paid) / sum(buyers)" in one.value for one in app.code)


def test_a_number_that_cannot_be_split_over_time_says_so(open_app: Open) -> None:
    app = opened(open_app("small", "repurchase"), "explain.sequence", "tab_trend")
    assert t("explain.no_trend", "zh") in said(app)


def test_the_file_of_all_rows_comes_to_the_number(open_app: Open) -> None:
    open_app("small")
    shop = cache.own_shop(cache.workspace_folder())
    frame = shop.rows("paid_amount", Query())
    written = pl.read_csv(io.BytesIO(frame.write_csv().encode()))
    [paid] = cache.estimates(shop, ["paid_amount"], Query())
    assert written["numerator"].sum() == pytest.approx(paid.value)
