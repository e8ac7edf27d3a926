"""The pages of fulfilment and monitoring: on the sample shop, on orders alone, on nothing; rules kept by a click."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ecodash.i18n import t
from tests.ui.conftest import Open, launch
from tests.ui.test_pages import said


def test_the_sample_shop_shows_promises_returns_and_the_figures_of_the_documents(
    sample_shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = launch(monkeypatch, sample_shop, "fulfilment", "zh", period="12m")
    assert not app.exception
    assert not app.error
    text = said(app)
    assert "云驿物流" in text  # the late carrier, named in the answer
    assert t("fulfilment.joint", "zh") in text
    assert t("stated.title", "zh") in text
    assert len(app.metric) == 6


def test_the_sample_shop_is_watched_and_its_odd_orders_are_listed(
    sample_shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = launch(monkeypatch, sample_shop, "monitoring", "en")
    assert not app.exception
    text = said(app)
    assert t("monitoring.answer_rate", "en") in text
    assert t("monitoring.orders", "en") in text
    assert "HF-PAD-01" in [value for frame in app.dataframe for column in frame.value for value in frame.value[column]]


@pytest.mark.parametrize("page", ["fulfilment", "monitoring"])
def test_a_shop_with_only_orders_says_what_more_would_add(open_app: Open, page: str) -> None:
    app = open_app("no_buyers", page, "zh")
    assert not app.exception
    assert not app.error
    wanted = t("empty.missing.load", "zh") if page == "fulfilment" else t("monitoring.title", "zh")
    links = [str(one.proto.label) for one in app.get("page_link")]
    assert wanted in said(app) or wanted in "\n".join(links)


@pytest.mark.parametrize("page", ["fulfilment", "monitoring"])
def test_an_empty_workspace_says_how_to_begin(open_app: Open, page: str) -> None:
    app = open_app("empty", page, "en")
    assert not app.exception
    assert t("empty.no_data.what", "en") in said(app)


def test_a_rule_is_kept_and_taken_off_by_a_click(own_copy: Callable[[str, str], AppTest]) -> None:
    app = own_copy("small", "monitoring")
    assert "凭偶然每月约误报" in "".join(str(one.value) for one in app.info)
    app.button(key="rule.keep").click().run()
    assert not app.exception
    rules = "\n".join(str(one.value) for one in app.markdown)
    assert "支付订单数" in rules
    off = next(one for one in app.button if str(one.key).startswith("watch.off."))
    off.click().run()
    assert not [one for one in app.button if str(one.key).startswith("watch.off.")]
