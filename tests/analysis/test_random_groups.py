"""The grouped jackknife: of a mean it is the textbook interval, and it covers what it should."""

import numpy as np
import pytest

from ecodash.analysis.interval import student_quantile
from ecodash.analysis.random_groups import Sums, random_group_interval, together


def mean(sums: Sums) -> float | None:
    amount, cases = sums.get("all", (0.0, 0.0))
    return amount / cases if cases else None


def test_of_a_mean_it_is_the_interval_of_the_textbook() -> None:
    values = [1.0, 2.0, 4.0, 7.0]
    inside = random_group_interval([{"all": (value, 1)} for value in values], mean)
    half = student_quantile(0.95, 3) * float(np.std(values, ddof=1)) / 2
    assert inside is not None
    assert (inside.low, inside.high) == (pytest.approx(3.5 - half), pytest.approx(3.5 + half))


def test_cells_are_added_up_over_all_groups() -> None:
    assert together([{"a": (1, 1)}, {"a": (2, 1), "b": (5, 2)}]) == {"a": (3, 2), "b": (5, 2)}


@pytest.mark.parametrize("groups", [[], [{"all": (1.0, 1.0)}], [{"all": (1.0, 1.0)}, {"other": (1.0, 1.0)}]])
def test_there_is_no_interval_where_the_number_vanishes_without_a_group(groups: list[Sums]) -> None:
    assert random_group_interval(groups, mean) is None


def test_an_interval_of_shares_covers_the_truth_as_often_as_it_says() -> None:
    """Concentration of sales over three channels with shares 0.5, 0.3, 0.2; the truth is 0.38."""
    draw, covered, runs = np.random.default_rng(7), 0, 200

    def hhi(sums: Sums) -> float | None:
        whole = sum(amount for amount, _ in sums.values())
        return sum((amount / whole) ** 2 for amount, _ in sums.values())

    for _ in range(runs):
        spent = draw.multinomial(20, (0.5, 0.3, 0.2), size=64)
        groups: list[Sums] = [{name: (float(n), 1.0) for name, n in zip("abc", row, strict=True)} for row in spent]
        inside = random_group_interval(groups, hhi)
        covered += inside is not None and inside.contains(0.38)
    assert 0.90 <= covered / runs <= 0.99
