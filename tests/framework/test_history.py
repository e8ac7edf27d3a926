"""The newest month among its own."""

from datetime import date

import pytest

from ecodash.core.estimate import Estimate, Status
from ecodash.core.period import Period
from ecodash.core.unit import Unit
from ecodash.framework.history import place

YEAR = Period(date(2025, 1, 1), date(2025, 12, 20))


def month(number: int, value: float | None, status: Status = Status.OK) -> Estimate:
    return Estimate(
        metric="x",
        definition="standard",
        unit=Unit.RATIO,
        status=status,
        value=value,
        window=Period.month(2025, number),
    )


def months(*values: float) -> list[Estimate]:
    return [month(number, value) for number, value in enumerate(values, start=1)]


@pytest.mark.parametrize(
    ("indicator", "newest", "percentile"),
    [
        ("on_time_rate", 0.9, 1.0),  # better than all six
        ("on_time_rate", 0.1, 0.0),
        ("on_time_rate", 0.35, 0.5),
        ("complaint_rate", 0.1, 1.0),  # lower is better
        ("on_time_rate", 0.4, (3 + 0.5) / 6),  # a tie counts half
    ],
)
def test_the_newest_month_is_placed_by_the_months_it_is_better_than(
    indicator: str, newest: float, percentile: float
) -> None:
    found = place(indicator, months(0.6, 0.2, 0.3, 0.1 + 0.05, 0.4, 0.5, newest), YEAR)
    assert found is not None
    assert (found.percentile, found.months) == (pytest.approx(percentile), 6)


def test_months_cut_by_the_end_of_the_data_or_of_too_few_do_not_count() -> None:
    found = place("on_time_rate", [*months(*[0.5] * 6, 0.9), month(8, 0.1, Status.TOO_FEW), month(12, 0.0)], YEAR)
    assert found is not None
    assert found.newest.value == 0.9


def test_few_months_or_no_better_direction_give_no_place() -> None:
    assert place("on_time_rate", months(*[0.5] * 6), YEAR) is None
    assert place("b2b_gmv_share", months(*[0.5] * 8), YEAR) is None
