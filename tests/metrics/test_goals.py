"""The pace of a goal over a shop: expected by now, where it ends, what it rests on, and nothing looks ahead."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from ecodash.core.errors import UnknownName
from ecodash.core.notebook import Goal
from ecodash.core.settings import Settings
from ecodash.metrics.goals import pace
from tests.metrics.shop import START, Shop, purchases, shop

WEIGHTS = [1, 1, 1, 1, 1, 3, 6]  # Monday … Sunday


def steady(days: int, *, end: int | None = None, after: int = 0) -> Shop:
    """One order a day whose amount depends on the weekday only; ``after`` more days of ten times as much."""
    amount = [WEIGHTS[(START + timedelta(days=i)).weekday()] for i in range(days + after)]
    return purchases([(f"c{i}", i, float(amount[i] * (10 if i >= days else 1))) for i in range(days + after)], end=end)


def goal(value: int, month: date, metric: str = "net_sales") -> Goal:
    return Goal(month=month, metric=metric, value=Decimal(value))


MAY = date(2026, 5, 1)
UNTIL_10_MAY = (date(2026, 5, 10) - START).days + 1


def test_the_expected_line_goes_by_weekdays_and_reaches_the_goal() -> None:
    found = pace(steady(UNTIL_10_MAY), goal(100, MAY))
    month = [WEIGHTS[(MAY + timedelta(days=i)).weekday()] for i in range(31)]
    assert found.actual == sum(month[:10])
    assert found.share == pytest.approx(sum(month[:10]) / sum(month), rel=0.03)
    assert found.ends == pytest.approx(sum(month), rel=0.03)
    assert found.line[-1].expected == pytest.approx(100)
    assert [point.actual is None for point in found.line] == [False] * 10 + [True] * 21
    assert found.ahead == pytest.approx(found.actual - 100 * found.share)  # type: ignore[operator]


def test_what_comes_later_changes_nothing() -> None:
    here, later = steady(UNTIL_10_MAY), steady(UNTIL_10_MAY, after=40)
    today = date(2026, 5, 10)
    assert pace(here, goal(100, MAY)) == pace(later, goal(100, MAY), as_of_day=today)


def test_a_month_that_is_over_ends_where_it_ended() -> None:
    found = pace(steady(UNTIL_10_MAY), goal(100, date(2026, 4, 1)))
    assert found.share == pytest.approx(1)
    assert found.ends == found.actual
    assert found.low is None


def test_a_short_history_is_shared_out_evenly_and_says_so() -> None:
    found = pace(steady(40), goal(100, date(2026, 2, 1)))
    assert found.share == pytest.approx(9 / 28)
    assert found.low is None
    assert found.basis is not None
    assert "平均" in found.basis.zh


def test_a_month_without_data_has_no_pace() -> None:
    found = pace(steady(40), goal(100, MAY))
    assert found.actual is None
    assert found.reason is not None


def test_a_rate_has_a_level_and_no_pace() -> None:
    found = pace(steady(UNTIL_10_MAY), goal(5, MAY, "aov"))
    month = [WEIGHTS[(MAY + timedelta(days=i)).weekday()] for i in range(10)]
    assert found.actual == pytest.approx(sum(month) / 10)
    assert (found.line, found.ends) == ((), None)
    assert found.reason is not None


def test_buyers_of_days_are_not_added_up_to_those_of_a_month() -> None:
    twice = purchases([("a", 0), ("a", 1), ("b", 2)])
    found = pace(twice, goal(5, START, "active_buyers"))
    assert (found.actual, found.line) == (2, ())
    new = pace(twice, goal(5, START, "new_buyers"))
    assert (new.actual, len(new.line)) == (2, 31)


def test_an_empty_shop_and_an_unknown_metric_are_said() -> None:
    assert pace(shop({}), goal(1, MAY)).reason is not None
    with pytest.raises(UnknownName):
        pace(steady(40), goal(1, MAY, "sales"))


def test_a_promotion_of_last_year_is_expected_again() -> None:
    begin = date(2026, 1, 1)
    days = (date(2027, 11, 6) - begin).days
    amounts = [
        (20.0 if (begin + timedelta(days=i)).strftime("%m-%d") in {"11-10", "11-11"} else 1.0) for i in range(days)
    ]
    here = purchases([(f"c{i}", i, amount) for i, amount in enumerate(amounts)])
    found = pace(here, goal(1000, date(2027, 11, 1)))
    jump = found.line[10].expected - found.line[8].expected  # 10 and 11 November of a month of 30
    assert jump == pytest.approx(1000 * 40 / 68, rel=0.05)
    assert found.basis is not None
    assert "双11" in found.basis.zh
    assert found.months >= 3
    assert found.low is not None
    assert found.high is not None


def test_a_shop_abroad_does_not_wait_for_double_11() -> None:
    here = steady(UNTIL_10_MAY)
    here.settings = Settings(home_country="GB")
    assert pace(here, goal(100, MAY)).basis is not None
