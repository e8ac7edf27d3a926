"""Why a number of the sample shop changed: the planted shift of the mix is found by its parts."""

from datetime import date
from decimal import Decimal

import pytest

from ecodash.core.notebook import Goal
from ecodash.core.period import Period
from ecodash.metrics.comparison import compared
from ecodash.metrics.contributions import by_dimension, by_factors
from ecodash.metrics.decomposed import Decomposition, PartKind
from ecodash.metrics.events import calendar_of
from ecodash.metrics.goals import pace
from ecodash.metrics.query import Query
from ecodash.sample.plan import Plan
from ecodash.session import Session

PLAN = Plan(orders=0, seed=0, end=date(2026, 6, 30))
BEFORE, NOW = PLAN.years


def test_the_value_of_an_order_fell_by_the_mix_and_against_every_platform(session: Session) -> None:
    found = by_dimension(session.source, "aov", Query(window=NOW), BEFORE, "platform")
    assert isinstance(found, Decomposition)
    assert found.against_every_segment
    assert found.total < 0
    assert all(part.exact > 0 for part in found.parts if part.kind is PartKind.RATE)
    assert sum(part.exact for part in found.parts) == found.exact
    largest = min(found.parts, key=lambda part: part.exact)
    assert (largest.group, largest.kind) == ("pinduoduo", PartKind.MIX)


def test_sales_of_two_years_split_into_buyers_orders_and_values_to_the_cent(session: Session) -> None:
    found = by_factors(session.source, "net_sales", Query(window=NOW), BEFORE)
    assert isinstance(found, Decomposition)
    [now], [before] = (session.compute(["net_sales"], Query(window=window)) for window in (NOW, BEFORE))
    assert found.at(100).total == pytest.approx(round((now.value or 0) - (before.value or 0), 2))


def test_a_january_is_laid_on_the_days_around_lunar_new_year(session: Session) -> None:
    whole = session.data_window()
    assert whole is not None
    window = Period(date(2026, 1, 24), date(2026, 2, 20))
    found = compared(window, against="year_ago", whole=whole, calendar=calendar_of(session.source))
    assert found is not None
    assert (found.before, found.against) == (Period(date(2025, 1, 5), date(2025, 2, 1)), "lunar")


def test_a_june_knows_that_618_is_still_to_come(session: Session) -> None:
    goal = Goal(month=date(2026, 6, 1), metric="net_sales", value=Decimal(100_000))
    found = pace(session.source, goal, as_of_day=date(2026, 6, 10))
    whole = pace(session.source, goal)
    assert found.share is not None
    assert found.share < 10 / 30  # of the days
    assert found.low is not None
    assert found.high is not None
    assert found.low <= (whole.actual or 0) <= found.high
