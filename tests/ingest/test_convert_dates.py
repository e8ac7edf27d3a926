"""Text → days and moments on the business clock."""

from datetime import date, datetime

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecodash.ingest.convert import DateStyle, to_date, to_timestamp

SHANGHAI = DateStyle()


def read(*texts: str | None, style: DateStyle = SHANGHAI) -> list[datetime | None]:
    return to_timestamp(pl.Series(texts, dtype=pl.String), style).values.to_list()


def reasons(*texts: str, style: DateStyle = SHANGHAI) -> list[str]:
    return to_timestamp(pl.Series(texts, dtype=pl.String), style).bad["reason"].to_list()


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-05-01 10:02:11", datetime(2026, 5, 1, 10, 2, 11)),
        ("2026-05-01 10:02", datetime(2026, 5, 1, 10, 2)),
        ("2026-05-01", datetime(2026, 5, 1)),
        ("2026/05/01 20:01:02", datetime(2026, 5, 1, 20, 1, 2)),
        ("2026/5/1 9:10:00", datetime(2026, 5, 1, 9, 10)),
        ("2026/5/1 9:10", datetime(2026, 5, 1, 9, 10)),
        ("2026/5/1", datetime(2026, 5, 1)),
        ("2026.05.01", datetime(2026, 5, 1)),
        ("20260501", datetime(2026, 5, 1)),
        ("2026年5月1日", datetime(2026, 5, 1)),
        ("2026年05月01日 10:20", datetime(2026, 5, 1, 10, 20)),
        ("2026-05-01T03:04:05+00:00", datetime(2026, 5, 1, 11, 4, 5)),
        ("2026-05-01T03:04:05Z", datetime(2026, 5, 1, 11, 4, 5)),
        ("2026-05-01 09:58:12 -0700", datetime(2026, 5, 2, 0, 58, 12)),
        ("2026-05-03 10:00:00 UTC", datetime(2026, 5, 3, 18)),
        ("May 3, 2026 3:00:11 AM PDT", datetime(2026, 5, 3, 18, 0, 11)),
        ("Dec 3, 2026 3:00:11 AM PST", datetime(2026, 12, 3, 19, 0, 11)),
        ("01 May 2026 10:20", datetime(2026, 5, 1, 10, 20)),
        ("May-01-26", datetime(2026, 5, 1)),
        ("02-Jun-06", datetime(2006, 6, 2)),
        ("May 1, 2026", datetime(2026, 5, 1)),
        ("31.12.2026", datetime(2026, 12, 31)),
        ("13/05/2026 08:00:00", datetime(2026, 5, 13, 8)),
        ("05/13/2026 08:00:00 PM", datetime(2026, 5, 13, 20)),
        ("5 de mayo de 2026 10:00 hs.", datetime(2026, 5, 5, 10)),
        ("7 de março de 2026 09:15 hs.", datetime(2026, 3, 7, 9, 15)),
        ("45000", datetime(2023, 3, 15)),
        ("45000.5", datetime(2023, 3, 15, 12)),
        ("1501583974", datetime(2017, 8, 1, 18, 39, 34)),
        ("1501583974000", datetime(2017, 8, 1, 18, 39, 34)),
        ("\t2026-05-01 10:00:00", datetime(2026, 5, 1, 10)),
        ("２０２６-05-01", datetime(2026, 5, 1)),
        ("2026-05", datetime(2026, 5, 1)),
    ],
)
def test_every_spelling_of_the_catalogue_is_read(text: str, moment: datetime) -> None:
    assert read(text) == [moment]


def test_spellings_may_be_mixed_in_one_column() -> None:
    assert read("2026-05-01", "2026/5/2 9:00:00", "45000", None, "-", "May 4, 2026") == [
        datetime(2026, 5, 1),
        datetime(2026, 5, 2, 9),
        datetime(2023, 3, 15),
        None,
        None,
        datetime(2026, 5, 4),
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Date Not Captured", "not_a_date"),
        ("2026-02-30", "no_such_day"),
        ("0026-05-01", "date_out_of_range"),
        ("2026-05-01 25:00:00", "not_a_date"),
        ("12", "not_a_date"),
        ("2026-05-01 10:00:00 XYZ", "not_a_date"),
    ],
)
def test_what_is_no_date_is_a_reject_with_its_reason(text: str, reason: str) -> None:
    assert read("2026-05-01 10:00:00", text) == [datetime(2026, 5, 1, 10), None]
    assert reasons("2026-05-01 10:00:00", text) == [reason]


def test_a_first_part_above_12_makes_the_whole_column_day_first() -> None:
    assert read("03/04/2026", "13/04/2026") == [datetime(2026, 4, 3), datetime(2026, 4, 13)]


def test_a_second_part_above_12_makes_the_whole_column_month_first() -> None:
    assert read("03/04/2026", "04/13/2026") == [datetime(2026, 3, 4), datetime(2026, 4, 13)]


def test_an_undecided_column_asks_and_believes_nothing() -> None:
    done = to_timestamp(pl.Series(["03/04/2026", "05/06/2026"]), SHANGHAI)
    assert done.values.to_list() == [None, None]
    assert done.bad["reason"].to_list() == ["date_order_unknown"] * 2
    assert [note.code for note in done.notes] == ["ask_day_first"]


@pytest.mark.parametrize(("day_first", "day"), [(True, datetime(2026, 4, 3)), (False, datetime(2026, 3, 4))])
def test_the_user_settles_an_undecided_column(*, day_first: bool, day: datetime) -> None:
    assert read("03/04/2026", style=DateStyle(day_first=day_first)) == [day]


def test_the_format_settles_it_when_only_one_of_its_spellings_fits() -> None:
    style = DateStyle(formats=("%m/%d/%Y %I:%M:%S %p", "%d/%m/%Y %H:%M:%S"))
    assert read("05/01/2026 10:01:02 PM", "05/02/2026 9:00:00 AM", style=style)[0] == datetime(2026, 5, 1, 22, 1, 2)
    assert read("05/01/2026 22:01:02", style=style) == [datetime(2026, 1, 5, 22, 1, 2)]


def test_contradicting_cells_are_read_by_themselves_and_the_rest_is_asked() -> None:
    assert read("13/05/2026", "05/13/2026", "05/06/2026") == [datetime(2026, 5, 13), datetime(2026, 5, 13), None]


DAMAGED = ["11/13/06", "1/31/07", "2/14/08", "2012-01-06", "2010-03-06", "2001-12-07"]


def test_iso_dates_made_of_swapped_month_day_year_text_are_never_believed() -> None:
    done = to_timestamp(pl.Series(DAMAGED), SHANGHAI)
    assert done.values.to_list() == [
        datetime(2006, 11, 13),
        datetime(2007, 1, 31),
        datetime(2008, 2, 14),
        None,
        None,
        None,
    ]
    assert done.bad["reason"].to_list() == ["damaged_date"] * 3
    assert [(note.code, len(note.at)) for note in done.notes] == [("damaged_dates", 3)]


def test_day_and_month_swapped_by_a_spreadsheet_are_seen_by_days_that_never_pass_12() -> None:
    done = to_timestamp(
        pl.Series(["13/05/2026", "25/05/2026", "31/05/2026", "2026-03-04", "2026-01-05", "2026-12-05"]), SHANGHAI
    )
    assert done.bad["reason"].to_list() == ["damaged_date"] * 3


def test_an_honest_mix_of_spellings_is_believed() -> None:
    clean = ["11/13/25", "1/3/26", "2/14/26", "2026-01-16", "2026-03-26", "2026-12-07"]
    done = to_timestamp(pl.Series(clean), SHANGHAI)
    assert done.bad.is_empty()
    assert done.values[1] == datetime(2026, 1, 3)


def test_naive_times_move_from_the_clock_of_the_file_to_the_business_clock() -> None:
    assert read("2026-05-01 10:00:00", style=DateStyle(zone="America/Los_Angeles")) == [datetime(2026, 5, 2, 1)]


def test_a_day_without_a_time_stays_the_day_it_names() -> None:
    assert read("2026-05-01", style=DateStyle(zone="America/Los_Angeles")) == [datetime(2026, 5, 1)]


def test_the_repeated_hour_is_taken_the_first_time_and_said() -> None:
    done = to_timestamp(pl.Series(["2026-10-25 02:30:00"]), DateStyle(zone="Europe/Berlin", business_zone="UTC"))
    assert done.values.to_list() == [datetime(2026, 10, 25, 0, 30)]
    assert [(note.code, len(note.at)) for note in done.notes] == [("repeated_hour", 1)]


def test_a_clock_time_that_was_skipped_is_a_reject() -> None:
    done = to_timestamp(
        pl.Series(["2026-03-29 02:30:00", "2026-03-29 03:30:00"]), DateStyle(zone="Europe/Berlin", business_zone="UTC")
    )
    assert done.values.to_list() == [None, datetime(2026, 3, 29, 1, 30)]
    assert done.bad["reason"].to_list() == ["time_does_not_exist"]


def test_days_come_from_moments_on_the_business_clock() -> None:
    assert to_date(pl.Series(["2026-05-01T20:00:00+00:00", "20260501"]), SHANGHAI).values.to_list() == [
        date(2026, 5, 2),
        date(2026, 5, 1),
    ]


FORMATS = [
    "%Y-%m-%d %H:%M:%S",
    "%Y/%m/%d %H:%M:%S",
    "%d %b %Y %H:%M:%S",
    "%Y年%m月%d日 %H:%M:%S",
    "%b %d, %Y %I:%M:%S %p",
]


@given(st.datetimes(min_value=datetime(1980, 1, 1), max_value=datetime(2090, 1, 1)), st.sampled_from(FORMATS))
def test_any_moment_comes_back_from_any_spelling(moment: datetime, spelling: str) -> None:
    moment = moment.replace(microsecond=0)
    assert read(moment.strftime(spelling)) == [moment]


@given(st.lists(st.text(alphabet="0123456789-/: 年月日TZ+APM", max_size=20), max_size=20))
def test_every_cell_ends_as_a_moment_a_null_or_a_reject(texts: list[str]) -> None:
    done = to_timestamp(pl.Series(texts, dtype=pl.String), SHANGHAI)
    rejected = set(done.bad["at"])
    for place, (text, value) in enumerate(zip(texts, done.values, strict=True)):
        assert (value is None) == (place in rejected or text.strip() in {"", "-", "--"})
