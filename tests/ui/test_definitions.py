"""The definitions page: every reading on the visitor's own data, and the way from one to another."""

import pytest

from ecodash.core.text import Language
from ecodash.i18n import t
from ecodash.metrics.readings import readings
from tests.ui.conftest import Open
from tests.ui.test_pages import said


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_reading_stands_in_the_table_with_a_sentence_how_it_differs(open_app: Open, language: Language) -> None:
    app = open_app("small", "definitions", language, over="all")
    app.segmented_control(key="shape.readings").set_value("table").run()
    assert not app.exception
    table = next(one.value for one in app.dataframe if "how" in one.value.columns)
    assert set(table["name"]) == {one.by.to(language) for one in readings(90) if one.listed}
    assert all(len(how) > 5 for how in table["how"])


def test_the_steps_on_the_page_add_up_to_the_reading_chosen(open_app: Open) -> None:
    app = open_app("small", "definitions", "en", over="all", against="person")
    app.segmented_control(key="shape.difference").set_value("table").run()
    values = next(list(one.value["value"]) for one in app.dataframe if "value" in one.value.columns)
    assert sum(values[:-1]) == pytest.approx(values[-1])
    assert len(values) > 3


def test_the_sales_bridge_is_drawn_and_an_empty_shop_has_none(open_app: Open) -> None:
    app = open_app("small", "definitions", "en")
    headers = " ".join(str(one.value) for one in app.header)
    assert t("switchboard.bridge_sales", "en") in headers
    empty = open_app("empty", "definitions", "en")
    assert not empty.exception
    assert t("switchboard.title", "en") not in said(empty)
