"""Pairs of products: by hand, against a loop, and no findings where there is only chance."""

from collections import Counter
from itertools import combinations

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency, false_discovery_control

from ecodash.analysis.basket import PAIRS, _p_value, pairs
from ecodash.analysis.benjamini_hochberg import benjamini_hochberg


def lines(baskets: list[str]) -> pl.DataFrame:
    rows = [(number, item) for number, basket in enumerate(baskets) for item in basket]
    return pl.DataFrame(rows, schema={"basket": pl.Int64, "item": pl.String}, orient="row")


def test_ten_baskets_by_hand() -> None:
    # a in 4, b in 5, both in 3 of 10 → support .3, confidence 3/4 and 3/5, lift .3 / (.4 · .5) = 1.5
    found = pairs(lines(["ab", "ab", "aab", "a", "b", "b", "c", "d", "e", "f"]), least=3)
    assert found.drop("p").rows() == [("a", "b", 3, 0.3, 0.75, 0.6, pytest.approx(1.5))]


def test_no_lines_one_product_and_only_rare_pairs_give_an_empty_table_with_its_columns() -> None:
    for baskets in ([], ["a"] * 30, ["a"] * 30 + ["b"] * 30, ["ab"] * 5):
        found = pairs(lines(baskets))
        assert (found.height, dict(found.schema)) == (0, PAIRS)


@given(st.lists(st.text("abcde", max_size=5), max_size=40))
def test_pairs_equal_a_loop(baskets: list[str]) -> None:
    held = [sorted(set(basket)) for basket in baskets if basket]
    single = Counter(item for basket in held for item in basket)
    both = Counter(pair for basket in held for pair in combinations(basket, 2))
    expected = {pair: count for pair, count in both.items() if count >= 3}
    found = pairs(lines(baskets), least=3)
    assert {(a, b): n for a, b, n in found.select("first", "second", "baskets").rows()} == expected
    for row in found.iter_rows(named=True):
        chance = single[row["first"]] * single[row["second"]] / len(held) ** 2
        assert row["lift"] == pytest.approx(row["baskets"] / len(held) / chance)
        assert 0 <= row["p"] <= 1


def test_the_p_value_is_that_of_the_likelihood_ratio_test() -> None:
    table = np.array([[30, 70], [50, 250]])
    other = chi2_contingency(table, correction=False, lambda_="log-likelihood").pvalue
    mine = _p_value(np.array([30.0]), np.array([100.0]), np.array([80.0]), 400)
    assert mine[0] == pytest.approx(other / 2)
    assert _p_value(np.array([10.0]), np.array([100.0]), np.array([80.0]), 400)[0] > 0.5


def test_products_bought_at_random_are_no_findings_and_a_real_pair_is() -> None:
    dice = np.random.default_rng(0)
    held = dice.random((4000, 60)) < 0.08
    held[:, 1] = held[:, 0] & (dice.random(4000) < 0.5) | (held[:, 1] & (dice.random(4000) < 0.5))
    basket, item = np.nonzero(held)
    found = pairs(pl.DataFrame({"basket": basket, "item": [f"{i:02}" for i in item]}))
    striking = found.filter(pl.col("p") < 0.05)
    assert striking.row(0)[:2] == ("00", "01")
    assert striking.height <= 2
    assert found.height > 500


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_benjamini_hochberg_equals_scipy(p_values: list[float]) -> None:
    mine = benjamini_hochberg(np.array(p_values))
    assert mine.tolist() == pytest.approx(false_discovery_control(p_values).tolist())
    assert (benjamini_hochberg(np.array(p_values), tests=100) >= mine - 1e-12).all()


def test_no_p_values_give_none() -> None:
    assert benjamini_hochberg(np.array([])).tolist() == []
