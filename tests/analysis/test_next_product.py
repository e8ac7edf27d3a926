"""What comes next: a shop with two tastes, the closed form against least squares, and the hit rate by hand."""

import numpy as np
import polars as pl
import pytest
from scipy.sparse import csr_matrix

from ecodash.analysis.hit_rate import hit_rates
from ecodash.analysis.next_product import (
    RIDGE,
    Wanted,
    _similar,
    learn,
    rows_of,
    suggest,
    suggest_for_group,
    top_columns,
)
from tests.analysis.shops import online_retail
from tests.shared import needs_shared

TEA, TOY = ["tea", "pot", "cup", "milk"], ["ball", "doll", "kite", "lego"]


def shop(seed: int = 0, n: int = 400) -> pl.DataFrame:
    """Half the customers like TEA and half TOY; each buys three of his four on days 0–59 and one on days 60–89."""
    dice = np.random.default_rng(seed)
    rows = []
    for customer in range(n):
        basket = list(dice.permutation(TEA if customer % 2 else TOY))
        rows += [(customer, item, int(dice.integers(0, 60))) for item in basket[:3]]
        rows.append((customer, basket[3] if dice.random() < 0.5 else basket[0], int(dice.integers(60, 90))))
    return pl.DataFrame(rows, schema=["customer", "item", "day"], orient="row")


def test_the_missing_piece_of_his_taste_comes_first() -> None:
    model = learn(shop(), today=59)
    found = suggest(model, [0, 1, 2, 3], wanted=Wanted.NEW, k=1)
    owned = {c: set(part["item"]) for (c,), part in shop().filter(pl.col("day") < 60).group_by("customer")}
    for customer, rank, item, _ in found.rows():
        assert rank == 1
        assert item in (set(TEA if customer % 2 else TOY) - owned[customer])


def test_what_he_has_is_never_new_and_comes_first_among_anything() -> None:
    model = learn(shop(), today=59)
    have = shop().filter(pl.col("day") < 60).select("customer", "item").unique()
    new = suggest(model, list(range(50)), wanted=Wanted.NEW, k=8)
    assert new.join(have, on=["customer", "item"], how="semi").height == 0
    assert new.group_by("customer").len()["len"].unique().to_list() == [5]
    first = suggest(model, list(range(50)), wanted=Wanted.ANYTHING, k=1)
    assert first.join(have, on=["customer", "item"], how="anti").height == 0


def test_later_purchases_and_rare_products_are_not_looked_at() -> None:
    purchases = pl.concat([shop(), pl.DataFrame({"customer": [0, 1], "item": ["rare", "rare"], "day": [5, 5]})])
    model = learn(purchases, today=59)
    assert model.items.to_list() == sorted(TEA + TOY)
    assert model.owned.sum() == purchases.filter((pl.col("day") < 60) & (pl.col("item") != "rare")).height


def test_similarity_is_the_ridge_regression_of_each_product_on_the_others() -> None:
    dice = np.random.default_rng(3)
    owned = (dice.random((200, 6)) < 0.4).astype(np.float32)
    found = _similar(csr_matrix(owned))
    for column in range(6):
        others = [i for i in range(6) if i != column]
        x = owned[:, others].astype(float)
        weights = np.linalg.solve(x.T @ x + RIDGE * np.eye(5), x.T @ owned[:, column])
        assert found[others, column].tolist() == pytest.approx(weights.tolist(), abs=1e-5)
        assert found[column, column] == 0


def test_few_customers_get_what_is_popular_and_nobody_gets_nothing() -> None:
    model = learn(shop(n=40), today=59)
    assert model.similar is None
    assert suggest(model, [0], wanted=Wanted.NEW, k=2).height == 2
    empty = learn(shop().clear(), today=59)
    assert suggest(empty, [0]).height == 0
    assert suggest_for_group(empty, [0]).height == 0
    assert suggest(model, [999_999]).height == 0
    assert rows_of(model, []).tolist() == []


def test_a_list_for_many_counts_whom_a_product_could_be_for() -> None:
    model = learn(shop(), today=59)
    tea_people = list(range(1, 400, 2))
    anything = suggest_for_group(model, tea_people, wanted=Wanted.ANYTHING, k=4)
    assert set(anything["item"]) == set(TEA)
    assert anything["customers"].to_list() == [200] * 4
    found = suggest_for_group(model, tea_people, k=8)
    have = shop().filter((pl.col("day") < 60) & pl.col("customer").is_in(tea_people) & (pl.col("item") == "tea"))
    could = found.filter(pl.col("item") == "tea")["customers"].item()
    assert could == 200 - have["customer"].n_unique()


def test_equal_scores_keep_the_order_of_the_columns() -> None:
    assert top_columns(np.array([[1.0, 2.0, 2.0, 0.0]], np.float32), 3).tolist() == [[1, 2, 0]]


def test_hit_rates_beat_popularity_where_there_are_two_tastes() -> None:
    anything, new = hit_rates(shop(), today=89, k=1)
    assert (anything.customers, anything.wanted, new.wanted) == (400, Wanted.ANYTHING, Wanted.NEW)
    assert new.ours == 1  # the fourth of four, when the other three are known
    assert new.popular is not None
    assert new.popular < 0.6
    assert new.interval is not None
    assert new.interval.low > 0.97
    assert (
        new.customers
        == (
            shop()
            .filter(pl.col("day") >= 60)
            .join(shop().filter(pl.col("day") < 60), on=["customer", "item"], how="anti")
        ).height
    )


def test_without_hidden_purchases_there_is_no_rate() -> None:
    anything, _ = hit_rates(shop(), today=300)
    assert (anything.customers, anything.ours, anything.interval) == (0, None, None)


@needs_shared
@pytest.mark.slow
def test_online_retail_gives_the_hit_rates_measured() -> None:
    purchases = online_retail()
    anything, new = hit_rates(purchases, today=int(purchases["day"].max()))
    assert anything.ours == pytest.approx(0.837, abs=0.005)
    assert new.ours == pytest.approx(0.505, abs=0.005)
    assert new.popular == pytest.approx(0.421, abs=0.005)
