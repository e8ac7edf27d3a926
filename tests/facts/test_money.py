"""Rounding, conversion and sharing out, on both engines."""

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecodash.facts.money import at_least_zero, converted, largest, rounded, shares, smaller, times
from tests.facts.canonical import on_engine


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_halves_are_rounded_away_from_zero(engine: str) -> None:
    values = [0.5, 1.5, 2.5, -0.5, -1.5, -2.5, 2.4999, -2.4999, 0.0, None]
    built = on_engine(pl.DataFrame({"x": values}), engine).select(y=rounded(nw.col("x")))
    expected = [1, 2, 3, -1, -2, -3, 2, -2, 0, None]
    assert sorted(built.collect("polars")["y"].to_list(), key=str) == sorted(expected, key=str)


@pytest.mark.parametrize(
    ("amount", "rate", "expected"),
    [(100_500, 7.2, 723_600), (-100_500, 7.2, -723_600), (1, 0.5, 1), (-1, 0.5, -1), (5, None, 0), (None, 1.0, 0)],
)
def test_an_amount_is_converted_exactly(amount: int | None, rate: float | None, expected: int) -> None:
    frame = pl.DataFrame({"a": [amount], "rate": [rate]}, schema={"a": pl.Int64, "rate": pl.Float64})
    assert on_engine(frame, "polars").select(y=converted("a")).collect("polars")["y"].to_list() == [expected]


def test_the_base_currency_is_left_alone_however_large() -> None:
    frame = pl.DataFrame({"a": [2**60 + 1], "rate": [1.0]})
    assert on_engine(frame, "polars").select(y=converted("a")).collect("polars")["y"].to_list() == [2**60 + 1]


def test_price_times_quantity_is_in_ten_thousandths() -> None:
    frame = pl.DataFrame({"p": [25_500, 10, None], "q": [60_000, 5_000, 1]})
    assert on_engine(frame, "polars").select(y=times("p", "q")).collect("polars")["y"].to_list() == [153_000, 5, None]


@settings(max_examples=30)
@given(
    total=st.integers(0, 10**12),
    weights=st.lists(st.integers(0, 10**9), min_size=1, max_size=6),
    engine=st.sampled_from(("polars", "duckdb")),
)
def test_shares_add_up_and_follow_the_weights(total: int, weights: list[int], engine: str) -> None:
    frame = pl.DataFrame(
        {"order_id": ["o"] * len(weights), "line_key": [f"{n}" for n in range(len(weights))]}
        | {"total": [total] * len(weights), "weight": weights}
    )
    built = on_engine(frame, engine).select("line_key", s=shares("total", "weight")).collect("polars").sort("line_key")
    parts = built["s"].to_list()
    if sum(weights) == 0:
        assert parts == [0] * len(weights)
        return
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - total * weight / sum(weights)) <= 1
        assert part >= 0
        assert total > sum(weights) or part <= weight


def test_smaller_larger_and_not_below_zero() -> None:
    frame = pl.DataFrame({"a": [1, -5, None], "b": [2, -7, 3]}, schema={"a": pl.Int64, "b": pl.Int64})
    built = on_engine(frame, "polars").select(
        most=largest(nw.col("a"), nw.col("b")), floor=at_least_zero(nw.col("a")), less=smaller(nw.col("b"), nw.lit(2))
    )
    assert built.collect("polars").to_native().rows() == [(2, 1, 2), (-5, 0, -7), (3, None, 2)]
