"""Any page as known at an earlier load: the very numbers of that day, said on the page, one click back to now."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ecodash.core.period import Period
from ecodash.metrics.metric import Analysed
from ecodash.metrics.query import Query
from ecodash.metrics.registry import METRICS, resolve
from ecodash.session import Session
from ecodash.ui import cache
from tests.ui.conftest import Open
from tests.ui.test_clicks import address, value
from tests.ui.test_pages import PAGES, said

NEEDED = {"orders", "order_lines", "customers"}
EVERY = tuple(
    f"{metric.id}:{one.id}"
    for metric in METRICS.values()
    for one in metric.definitions
    if {table for table, _ in metric.requires} <= NEEDED
)

OF_ROWS = tuple(name for name in EVERY if not isinstance(resolve(name)[1].how, Analysed))
"""Without what a method of analysis gives: that takes longer and is asked once."""


def banner(app: object) -> bool:
    return any(one.key == "as_of.back" for one in app.button)  # type: ignore[attr-defined]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_says_that_it_shows_an_earlier_state(open_app: Open, page: str, language: str) -> None:
    app = open_app("small", page, language, as_of="1")
    assert not app.exception
    assert "youzan_orders.csv" in said(app)
    assert banner(app)
    assert not banner(open_app("small", page, language))


def test_one_click_leads_back_to_now(open_app: Open) -> None:
    now = value(open_app("small", period="all"), "支付订单数")
    app = open_app("small", period="all", as_of="1")
    assert value(app, "支付订单数") != now
    app.button(key="as_of.back").click().run()
    assert value(app, "支付订单数") == now
    assert address(app, "as_of") == []
    assert not banner(app)


def test_a_load_is_chosen_in_the_side_bar_and_stands_in_the_address(open_app: Open) -> None:
    app = open_app("small", period="all")
    app.selectbox(key="w.as_of.zh").select_index(1).run()
    assert address(app, "as_of") == ["1"]
    assert banner(app)
    assert "天猫" not in said(app)


def test_a_number_of_no_load_means_now(open_app: Open) -> None:
    for damaged in ("99", "x", "-1"):
        app = open_app("small", as_of=damaged)
        assert not app.exception
        assert not banner(app)


def test_filters_window_and_files_are_those_of_the_earlier_state(open_app: Open) -> None:
    app = open_app("small", as_of="1")
    assert "w.channel.zh" not in {one.key for one in app.multiselect}  # one channel is no choice
    app.button(key="explain.tile.net_sales").click().run()
    text = "\n".join(str(one.value) for one in app.markdown).replace("\\", "")
    assert "youzan_orders.csv" in text
    assert "jd_orders.csv" not in text


HEADER = "order_id,platform,customer_id,channel_id,created_at,paid_at,status,paid_amount,refund_amount\n"
row = st.tuples(st.integers(0, 9), st.sampled_from("abc"), st.integers(1, 28), st.integers(1, 6), st.integers(1, 99))
rows = st.lists(row, min_size=1, max_size=12, unique_by=lambda one: one[0])


def load(session: Session, folder: Path, name: str, found: list[tuple[int, str, int, int, int]]) -> None:
    lines = [
        f"A{number},shop,{buyer},web,2026-0{month}-{day:02} 10:00:00,2026-0{month}-{day:02} 10:00:00,completed,{paid}.00,0"
        for number, buyer, day, month, paid in found
    ]
    path = folder / name
    path.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    for card in session.inspect(path):
        session.load(card)


@settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=rows, later=rows)
def test_loading_later_data_leaves_every_earlier_answer_as_it_was(
    tmp_path_factory: pytest.TempPathFactory,
    first: list[tuple[int, str, int, int, int]],
    later: list[tuple[int, str, int, int, int]],
) -> None:
    folder = tmp_path_factory.mktemp("as_of")
    with Session.open(folder / "workspace") as session:
        load(session, folder, "first.csv", first)
        window = Period(session.data_window().start, session.data_window().end)  # type: ignore[union-attr]
        before = answers(session.as_known(1), window)
        live = answers(session, window)
        again = [(n, *rest[:-1], rest[-1] + 100) for n, *rest in first[::2]]  # the same orders with other amounts
        load(session, folder, "later.csv", [*again, *((n + 10, *rest) for n, *rest in later)])
        assert answers(session.as_known(1), window) == before
        assert [one[:-1] for one in live] == [one[:-1] for one in before]


def answers(session: Session, window: Period) -> list[tuple[object, ...]]:
    """Everything the cache functions of the interface say, as plain values."""
    found: list[tuple[object, ...]] = [(repr(one), "") for one in cache.estimates(session, EVERY, Query(window=window))]
    for query in (Query(as_of=session.moment), Query(by="month")):
        found += [(repr(one), "") for one in cache.estimates(session, OF_ROWS, query)]
    found += [(cache.window(session), ""), (tuple(cache.codes(session, "channel")), "")]
    found += [(cache.curve(session, Query()).rows(), ""), (cache.gaps(session, Query()).rows(), "")]
    found += [(cache.first_rows(session, "net_sales", Query(), 50).rows(), "")]
    explained = cache.explanation(session, "repurchase_rate", Query())
    found += [(repr(explained.estimate), ""), (explained.loads, "")]
    return found
