"""The forecast page: whatever the data, in both languages, and what its controls change."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ecodash.i18n import t
from ecodash.ui import cache
from tests.ui.conftest import Open, launch
from tests.ui.test_pages import said


@pytest.fixture
def on_sample(sample_shop: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., AppTest]]:
    def open_page(language: str, **parameters: str) -> AppTest:
        return launch(monkeypatch, sample_shop, "forecast", language, **parameters)

    yield open_page
    cache.own_shop.clear()


def test_the_sample_shows_numbers_fan_record_and_archive(on_sample: Callable[..., AppTest]) -> None:
    app = on_sample("zh", fc_by="category")
    assert not app.exception
    assert not app.error
    assert len(app.metric) == 6
    assert all(tile.value not in {"", "—"} for tile in app.metric)
    words = said(app)
    assert t("forecast.record_total_title", "zh") in words
    assert t("forecast.parts_title", "zh") in words
    assert t("forecast.archive", "zh") in words
    assert "80%" in words
    before = app.metric[0].value
    app.selectbox(key="w.fc_days.zh").set_value("7").run()
    assert not app.exception
    assert app.metric[0].value != before


def test_the_technical_view_compares_every_method(on_sample: Callable[..., AppTest]) -> None:
    app = on_sample("en", fc_view="technical")
    assert not app.exception
    (record,) = [one.value for one in app.dataframe if "method" in one.value.columns]
    assert {"wape", "mase", "bias", "pinball", "day_80", "sum_80"} <= set(record.columns)
    assert len(record) >= 6


def test_only_orders_are_enough(open_app: Open) -> None:
    app = open_app("no_buyers", "forecast", "en", fc_by="channel")
    assert not app.exception
    assert not app.error
    assert app.title[0].value == t("forecast.title", "en")
    assert "the amount paid is forecast" in said(app)


def test_an_empty_workspace_says_how_to_begin(open_app: Open) -> None:
    app = open_app("empty", "forecast", "zh")
    assert not app.exception
    assert not app.error
    assert t("empty.no_data.what", "zh") in said(app)


def test_what_is_published_on_the_page_stays_on_record(own_copy: Callable[[str, str], AppTest]) -> None:
    app = own_copy("no_buyers", "forecast")
    assert t("forecast.nothing_published", "zh") in said(app)
    next(one for one in app.button if one.label == t("forecast.publish_now", "zh")).click().run()
    assert not app.exception
    assert not app.error
    assert "第 1 号" in said(app)
    assert t("forecast.nothing_published", "zh") not in said(app)
    next(one for one in app.button if one.label == t("forecast.override_keep", "zh")).click().run()
    assert "理由" in app.error[0].value
