"""Days read from texts, lightly."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecodash.core.period import Period
from ecodash.ingest.period import has_dates, period_in_text, period_of

DAY = date(2026, 5, 13)


@pytest.mark.parametrize(
    "text",
    ["2026-05-13 10:00:00", "2026/5/13 9:10", "2026.05.13", "20260513", "2026年5月13日 00:00", "2026-05-13T03:04:05+00:00",
     "2026-05-13 09:58:12 -0700", "05/13/2026 11:00:00 PM", "13/05/2026", "05/13/26", "13.05.2026", "13 May 2026 10:20", "May-13-26",
     "13-May-26", "May 13, 2026 3:00:11 AM PDT", "May 13, 2026", "13 de mayo de 2026 10:00 hs.", "13 de maio de 2026 10:00 hs.",
     "\t2026-05-13\t", "'2026-05-13", '="2026-05-13"', "46155", "46155.5"],
)  # fmt: skip
def test_a_day_is_read_in_every_spelling_of_the_catalogue(text: str) -> None:
    assert period_of(pl.Series([text])) == Period(DAY, DAY)


@pytest.mark.parametrize("text", ["", "-", "abc", "123", "12345678", "2026-13-45", "0004", "19.99"])
def test_what_is_no_day_is_no_period(text: str) -> None:
    assert period_of(pl.Series([text])) is None


def test_day_and_month_are_told_apart_by_the_column_or_by_the_one_who_asks_but_never_guessed() -> None:
    undecided = pl.Series(["03/04/2026", "05/06/2026"])
    assert period_of(undecided) is None
    assert period_of(undecided, day_first=True) == Period(date(2026, 4, 3), date(2026, 6, 5))
    assert period_of(undecided, day_first=False) == Period(date(2026, 3, 4), date(2026, 5, 6))
    decided = pl.Series(["03/04/2026", "25/06/2026"])
    assert period_of(decided, day_first=False) == Period(date(2026, 4, 3), date(2026, 6, 25))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("统计时间：2026-05-01 至 2026-05-31", date(2026, 5, 1), date(2026, 5, 31)),
        ("# Start date: 20260501 # End date: 20260531", date(2026, 5, 1), date(2026, 5, 31)),
        (
            "起始日期：[2026年05月01日 00:00:00]   终止日期：[2026年06月01日 00:00:00]",
            date(2026, 5, 1),
            date(2026, 6, 1),
        ),
        ("商品报表_20260503_101500.csv", date(2026, 5, 3), date(2026, 5, 3)),
        ("May 1, 2026 - May 2, 2026", date(2026, 5, 1), date(2026, 5, 2)),
        ("【生意参谋平台】商品_全部_2026-05-01_2026-05-02.xls", date(2026, 5, 1), date(2026, 5, 2)),
    ],
)
def test_a_period_is_found_in_titles_and_file_names(text: str, first: date, last: date) -> None:
    assert period_in_text(text) == Period(first, last)


def test_a_title_without_days_has_no_period() -> None:
    assert period_in_text("全店流量来源 1234567890123") is None


def test_the_share_of_dates_counts_distinct_texts() -> None:
    assert has_dates(pl.Series(["2026-05-01", "2026-05-01", "x"])) == 0.5
    assert has_dates(pl.Series(["", None], dtype=pl.String)) == 0.0


@given(days=st.lists(st.dates(date(1990, 1, 1), date(2089, 12, 31)), min_size=1, max_size=8))
def test_the_period_of_written_days_is_from_the_first_to_the_last(days: list[date]) -> None:
    assert period_of(pl.Series([f"{day:%Y-%m-%d} 10:00" for day in days])) == Period(min(days), max(days))
    assert period_of(pl.Series([f"{day:%d/%m/%Y}" for day in days]), day_first=True) is not None
