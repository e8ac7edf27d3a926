"""The landmark table: by hand, and against a loop that knows nothing of it."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecodash.analysis.landmark import landmark_table

# Landmark 30, window 90, last day 200: whoever first bought after day 80 has not been watched long enough.
CUSTOMERS = pl.DataFrame(
    {
        "customer": ["anna", "ben", "cai", "dora", "emil"],
        "first_day": [0, 10, 80, 81, 50],
        "status_day": [30, 41, None, 81, -5],
        "channel": ["jd", "jd", "tmall", "jd", None],
    }
)
PURCHASES = pl.DataFrame(
    {
        "customer": ["anna", "anna", "anna", "anna", "ben", "ben", "cai", "cai", "dora", "emil", "emil"],
        "day": [0, 30, 31, 121, 10, 130, 80, 200, 81, 50, 60],
        "value": [10.0, 20.0, 40.0, 80.0, 5.0, 7.0, 1.0, 2.0, 9.0, 3.0, 4.0],
    }
)


def table_of(last_day: int = 200) -> dict[str, dict[str, object]]:
    found = landmark_table(CUSTOMERS, PURCHASES, landmark=30, window=90, last_day=last_day)
    return {str(row["customer"]): row for row in found.iter_rows(named=True)}


def test_the_table_is_the_one_worked_by_hand() -> None:
    names = ("status", "orders_before", "spend_before", "recency_before", "returned", "orders_after", "spend_after")
    assert {who: tuple(row[name] for name in names) for who, row in table_of().items()} == {
        "anna": (1, 2, 30.0, 0, 1, 1, 40.0),  # joined on day 30 itself; day 31 is after it, day 121 beyond the window
        "ben": (0, 1, 5.0, 30, 1, 1, 7.0),  # joined one day too late; bought on the last day of the window
        "cai": (0, 1, 1.0, 30, 1, 1, 2.0),
        "emil": (1, 2, 7.0, 20, 0, 0, 0.0),  # had the status before his first purchase
    }


def test_covariates_travel_with_the_customer() -> None:
    assert [row["channel"] for row in table_of().values()] == ["jd", "jd", "tmall", None]


def test_a_status_lost_by_the_landmark_is_not_had_on_it() -> None:
    ends = CUSTOMERS.with_columns(pl.Series("status_end", [30, None, None, None, 81]))
    found = landmark_table(ends, PURCHASES, landmark=30, window=90, last_day=200)
    assert dict(found.select("customer", "status").rows()) == {"anna": 0, "ben": 0, "cai": 0, "emil": 1}


def test_nobody_watched_long_enough_gives_no_rows_but_all_columns() -> None:
    found = landmark_table(CUSTOMERS, PURCHASES, landmark=30, window=90, last_day=100)
    assert found.height == 0
    assert {"status", "returned", "recency_before"} <= set(found.columns)


def test_a_landmark_before_the_first_purchase_and_an_empty_window_are_refused() -> None:
    with pytest.raises(ValueError, match="do not make a comparison"):
        landmark_table(CUSTOMERS, PURCHASES, landmark=-1, window=90, last_day=200)
    with pytest.raises(ValueError, match="do not make a comparison"):
        landmark_table(CUSTOMERS, PURCHASES, landmark=30, window=0, last_day=200)


days = st.lists(st.integers(0, 60), min_size=1, max_size=6)


@given(st.lists(st.tuples(days, st.none() | st.integers(0, 60)), min_size=1, max_size=8), st.integers(0, 30))
def test_the_table_equals_a_loop(shop: list[tuple[list[int], int | None]], landmark: int) -> None:
    window, last_day = 20, 60
    customers = pl.DataFrame(
        {"customer": range(len(shop)), "first_day": [min(d) for d, _ in shop], "status_day": [s for _, s in shop]},
        schema_overrides={"status_day": pl.Int64},
    )
    rows = [(i, day, 1.0) for i, (bought, _) in enumerate(shop) for day in bought]
    purchases = pl.DataFrame(rows, schema=["customer", "day", "value"], orient="row")
    expected = {}
    for i, (bought, status) in enumerate(shop):
        line = min(bought) + landmark
        if line + window <= last_day:
            before = [day for day in bought if day <= line]
            after = [day for day in bought if line < day <= line + window]
            has = int(status is not None and status <= line)
            expected[i] = (has, len(before), line - max(before), int(bool(after)), len(after))
    found = landmark_table(customers, purchases, landmark=landmark, window=window, last_day=last_day)
    names = ("customer", "status", "orders_before", "recency_before", "returned", "orders_after")
    assert {row[0]: row[1:] for row in found.select(names).iter_rows()} == expected
