"""The pages about customers and acquisition: with everything, with orders only, with nothing."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ecodash.i18n import t
from ecodash.ui import customers_value
from ecodash.ui.customers import thresholds
from tests.ui.conftest import Open, launch
from tests.ui.test_pages import said


def healthy(app: AppTest) -> AppTest:
    assert not app.exception
    assert not app.error
    return app


def test_the_sample_shop_fills_the_customers_page(sample_shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = healthy(launch(monkeypatch, sample_shop, "customers", "zh", shop="own"))
    assert len(app.metric) == 9
    assert all(one.value not in {"", "—"} for one in app.metric)
    assert len(app.get("plotly_chart")) == 6
    words = said(app)
    assert t("customers.basis_margin", "zh", coverage="100.0%") in words
    assert "Pareto/NBD" in words
    # nothing leaves before the switch is on
    assert not [one for one in app.get("download_button") if "customers" in str(one.proto.id)]
    app.toggle(key="customers.list").set_value(True).run()
    healthy(app)
    assert len([one for one in app.get("download_button") if "download.customers" in str(one.proto.id)]) == 2


def test_rules_score_by_the_thresholds_of_the_address(sample_shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = healthy(
        launch(monkeypatch, sample_shop, "customers", "en", scoring="rules", rfm_r="20, 45", value_by="discount")
    )
    assert t("customers.cut_offs_rules", "en") in said(app)
    cut_offs = next(one.value for one in app.dataframe if "lowest" in one.value.columns)
    recency = cut_offs[cut_offs["name"] == t("customers.recency", "en")]
    assert recency["score"].to_list() == [1, 2, 3]
    assert recency["highest"].to_list()[1:] == [45, 20]


def test_a_large_shop_works_out_what_takes_longer_when_asked(
    sample_shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(customers_value, "MANY", 100)
    app = healthy(launch(monkeypatch, sample_shop, "customers", "en"))
    assert "Pareto/NBD" not in said(app)
    assert said(app).count(t("customers.deep_off", "en")) == 3
    app.toggle[0].set_value(True).run()
    healthy(app)
    assert "Pareto/NBD" in said(app)


def test_orders_alone_are_enough_for_customers_and_say_what_acquisition_needs(open_app: Open) -> None:
    app = healthy(open_app("small", "customers", "en"))
    assert len(app.metric) >= 6
    app = healthy(open_app("small", "acquisition", "zh"))
    assert "缺少“广告投放”数据" in said(app)
    assert "缺少“流量日报”数据" in said(app)


def test_the_sample_shop_fills_the_acquisition_page(sample_shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = healthy(launch(monkeypatch, sample_shop, "acquisition", "en", period="all"))
    assert len(app.metric) == 6
    assert len(app.get("plotly_chart")) == 4
    words = said(app)
    assert "633 new customers" in words
    assert "their spend counts for the whole shop only: App" in words


@pytest.mark.parametrize(
    ("kind", "page"), [("empty", "customers"), ("no_buyers", "customers"), ("empty", "acquisition")]
)
def test_a_shop_without_data_or_buyers_says_so(open_app: Open, kind: str, page: str) -> None:
    app = healthy(open_app(kind, page, "zh"))
    assert not app.get("plotly_chart")
    assert t("empty.no_data.what" if kind == "empty" else "empty.not_applicable.unlocks", "zh") in said(app)


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        ("30, 90, 180", (30.0, 90.0, 180.0)),
        ("180，90、30", (30.0, 90.0, 180.0)),
        ("5", (5.0,)),
        ("", None),
        ("many", None),
        ("-1, 5", None),
        ("inf", None),
        ("nan", None),
    ],
)
def test_thresholds_are_a_list_of_numbers_or_nothing(written: str, numbers: tuple[float, ...] | None) -> None:
    assert thresholds(written) == numbers
