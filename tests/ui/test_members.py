"""The pages about members and the private domain: on the sample shop, on a shop without members, on an empty one."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from ecodash.i18n import t
from ecodash.metrics.comparable.exposure import CONTACT, MEMBERSHIP
from ecodash.ui import cache
from tests.ui.conftest import Open, launch
from tests.ui.test_pages import said

PAGES = ("members", "private_domain")


@pytest.fixture
def sample(sample_shop: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """The sample shop, loaded once for all tests and only looked at."""
    yield lambda page, language, **params: launch(monkeypatch, sample_shop, page, language, **params)
    cache.own_shop(sample_shop).close()
    st.cache_resource.clear()


def titles(app: AppTest) -> list[str]:
    return [str(one.value).replace("\\", "") for one in app.header]


def test_members_of_the_sample_look_strong_and_are_not_among_comparable_customers(sample: Open) -> None:
    app = sample("members", "zh")
    assert not app.exception
    assert not app.error
    text = said(app)
    assert "相差 +48.1 个百分点" in text
    assert "没有明显差别" in text
    assert "未说明相对提升还是百分点" in text
    assert any("京东会员复购" in one for one in titles(app))
    assert any("两组的买家识别率相差较大" in str(one.value) for one in app.warning)
    assert len(app.get("plotly_chart")) >= 11


def test_contacts_of_the_sample_are_worth_something(sample: Open) -> None:
    app = sample("private_domain", "en", channel="youzan/网店")
    assert not app.exception
    text = said(app)
    assert "Among comparable customers it is +16" in text
    assert "Comparable customers spend" in text
    assert "caused" not in text
    assert any("Nobody in this selection was won in a public channel" in one for one in titles(app))
    assert any("Perfect Diary" in one for one in titles(app))


def test_customers_of_public_channels_are_seen_to_move_into_the_private_domain(sample: Open) -> None:
    app = sample("private_domain", "zh")
    assert any("位（3.3%）进入私域" in one for one in titles(app))
    assert "退出的占 0.8%" in said(app)


@pytest.mark.parametrize(("page", "upload"), [("members", MEMBERSHIP.upload), ("private_domain", CONTACT.upload)])
def test_a_shop_without_the_status_says_what_to_upload(open_app: Open, page: str, upload: object) -> None:
    app = open_app("one_row", page, "zh")
    assert not app.exception
    assert upload.zh in said(app)  # type: ignore[attr-defined]


def test_an_empty_workspace_offers_to_load(open_app: Open) -> None:
    assert t("empty.no_data.what", "en") in said(open_app("empty", "members", "en"))
