"""Indicators of the framework on tables small enough to work out by hand; without its table an indicator is missing."""

from typing import get_args

import pytest

from ecodash.core.estimate import Estimate, Status
from ecodash.core.schema import TABLES
from ecodash.metrics.behind import of_cases, shown
from ecodash.metrics.dimensions import DIMENSIONS
from ecodash.metrics.indicators.advertising import ADVERTISING
from ecodash.metrics.indicators.after_sale import AFTER_SALE
from ecodash.metrics.indicators.groups import GROUPS as GROUP_BUYING
from ecodash.metrics.indicators.traffic import TRAFFIC
from ecodash.metrics.indicators.words import entries, family_names
from ecodash.metrics.measuring import answer
from ecodash.metrics.metric import Computation, Measured
from ecodash.metrics.query import Query
from ecodash.metrics.reading import Reading
from ecodash.metrics.recount import recount
from tests.facts.canonical import Rows
from tests.metrics.shop import Shop, shop

BY_ID = {metric.id: metric for metric in (*ADVERTISING, *TRAFFIC, *GROUP_BUYING, *AFTER_SALE)}


def ask(here: Shop, name: str, **question: object) -> list[Estimate]:
    metric = BY_ID[name]
    return answer(here, metric, metric.default, Query(**question))  # type: ignore[arg-type]


def ads(*rows: tuple[str, int, int, float, int, float]) -> Rows:
    """(day, impressions, clicks, spend, orders, sales)."""
    names = ("date", "impressions", "clicks", "spend", "orders", "gmv")
    return {"ad_spend": [dict(zip(names, row, strict=True), campaign_id=f"c{i}", channel_id="tmall", seller_id="s1") for i, row in enumerate(rows)]}  # fmt: skip


ADS = ads(("2026-01-01", 1000, 20, 40, 2, 100), ("2026-01-02", 3000, 60, 40, 4, 300))
TRAFFIC: Rows = {
    "traffic_daily": [
        {"date": "2026-01-01", "channel_id": "a", "segment": "all", "visitors": 100, "buyers": 4, "searches": 50, "searches_no_result": 5},
        {"date": "2026-01-01", "channel_id": "b", "segment": "all", "visitors": 300, "buyers": 4, "searches": 50, "searches_no_result": 0},
        {"date": "2026-01-01", "channel_id": "b", "segment": "rec", "visitors": 100, "buyers": 50, "searches": 9, "searches_no_result": 9},
    ]
}  # fmt: skip
GROUPS: Rows = {
    "groups": [{"group_id": str(i), "opened_at": "2026-01-01 10:00", "succeeded": ok} for i, ok in enumerate((True, True, False, None))],
    "engagement_daily": [
        {"date": "2026-01-01", "channel_id": "a", "activity": "community", "reached_users": 200, "active_users": 50, "minutes": 100, "buyers": 9},
        {"date": "2026-01-01", "channel_id": "a", "activity": "game", "reached_users": 10, "active_users": 10, "minutes": 80, "buyers": 9},
        {"date": "2026-01-01", "channel_id": "a", "activity": "push", "reached_users": 400, "active_users": 10, "minutes": 1, "buyers": 8},
    ],
}  # fmt: skip
SERVICE: Rows = {
    "tickets": [
        {"ticket_id": "1", "category": "technical", "opened_at": "2026-01-01 10:00", "first_reply_at": "2026-01-01 10:06", "resolved_at": "2026-01-01 12:00", "csat": 5},
        {"ticket_id": "2", "category": "enquiry", "opened_at": "2026-01-01 10:00", "first_reply_at": "2026-01-01 10:30", "resolved_at": "2026-01-01 20:00", "csat": 2},
        {"ticket_id": "3", "category": "enquiry", "opened_at": "2026-01-02 10:00", "first_reply_at": "2026-01-02 10:10"},
    ],
    "returns": [
        {"return_id": "1", "requested_at": "2026-01-01 00:00", "refunded_at": "2026-01-03 00:00", "accepted": True},
        {"return_id": "2", "requested_at": "2026-01-01 00:00", "refunded_at": "2026-01-05 00:00"},
        {"return_id": "3", "requested_at": "2026-01-01 00:00", "accepted": False},
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "rows", "expected"),
    [
        ("cpc", ADS, 80 / 80),
        ("ctr", ADS, 80 / 4000),
        ("roas", ADS, 400 / 80),
        ("ad_conversion_rate", ADS, 6 / 80),
        ("seller_ad_roas", ADS, 400 / 80),
        ("conversion_rate", TRAFFIC, 8 / 400),
        ("search_no_result_rate", TRAFFIC, 5 / 100),
        ("group_success_rate", GROUPS, 2 / 3),
        ("engagement_minutes", GROUPS, 180 / 60),
        ("community_active_rate", GROUPS, 50 / 200),
        ("push_conversion_rate", GROUPS, 8 / 400),
        ("first_reply_minutes", SERVICE, 10),
        ("resolution_hours", SERVICE, 10),
        ("technical_resolution_hours", SERVICE, 2),
        ("refund_cycle_days", SERVICE, 2),
        ("csat_mean", SERVICE, 3.5),
    ],
)
def test_by_hand(name: str, rows: Rows, expected: float) -> None:
    [estimate] = ask(shop(rows), name)
    assert estimate.value == pytest.approx(expected)


def test_every_indicator_here_is_worked_out_by_hand() -> None:
    marks = test_by_hand.pytestmark[0].args[1]  # type: ignore[attr-defined]
    assert {name for name, _, _ in marks} == set(BY_ID)


@pytest.mark.parametrize("name", sorted(BY_ID))
def test_without_its_table_an_indicator_is_missing_and_says_what_to_upload(name: str) -> None:
    [estimate] = ask(shop({}), name)
    assert (estimate.value, estimate.status) == (None, Status.MISSING)
    assert estimate.reason is not None
    assert TABLES[BY_ID[name].requires[0][0]].label.zh in estimate.reason.zh


@pytest.mark.parametrize("name", sorted(BY_ID))
def test_the_rows_behind_an_indicator_add_up_to_it(name: str) -> None:
    here, metric = shop({**ADS, **TRAFFIC, **GROUPS, **SERVICE}), BY_ID[name]
    how = metric.default.how
    assert isinstance(how, Measured)
    rows = shown(of_cases(here, metric, metric.default, Query()))
    assert rows["row_no"].null_count() == 0
    [estimate] = ask(here, name)
    assert recount(rows, how) == pytest.approx(estimate.value)


def test_groups_and_windows() -> None:
    here = shop(TRAFFIC)
    assert {e.by["channel"]: e.value for e in ask(here, "conversion_rate", by="channel")} == {
        "a": 0.04,
        "b": pytest.approx(4 / 300),
    }
    here = shop(ADS)
    assert {e.by["day"]: e.value for e in ask(here, "cpc", by="day")} == {
        "2026-01-01": 2.0,
        "2026-01-02": pytest.approx(2 / 3),
    }


@pytest.mark.parametrize("name", sorted(BY_ID))
def test_everything_an_indicator_can_be_split_by_is_a_dimension(name: str) -> None:
    here, how = shop({**ADS, **TRAFFIC, **GROUPS, **SERVICE}), BY_ID[name].default.how
    assert isinstance(how, Measured)
    columns = how.rows(Reading(source=here)).collect_schema().names()
    assert {column.removeprefix("by_") for column in columns if column.startswith("by_")} <= set(DIMENSIONS)


def test_words_are_complete_and_needs_are_columns_of_tables() -> None:
    assert len(entries()) == 243
    for family, entry in entries().values():
        assert family in family_names()
        assert entry["name"]["zh"] and entry["name"]["en"]  # type: ignore[index]  # noqa: PT018
        for table, columns in entry["requires"].items():  # type: ignore[attr-defined]
            assert set(columns) <= set(TABLES[table].column_names), (entry["id"], table)


def test_measured_is_a_computation() -> None:
    assert Measured in get_args(Computation)
