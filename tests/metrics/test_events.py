"""The calendar of promotions and holidays, and what the shop uploads over it."""

from datetime import date

import pytest

from ecodash.core.period import Period
from ecodash.core.settings import Settings
from ecodash.core.text import Text
from ecodash.metrics.events import EventKind, built_in, calendar_of, merged
from tests.metrics.shop import shop

CALENDAR = built_in()


def on(text: str) -> str | None:
    found = CALENDAR.phase_on(date.fromisoformat(text))
    return f"{found[0].event}:{found[1].id}" if found else None


@pytest.mark.parametrize(
    ("event", "days"),
    [
        # Published calendars: Hong Kong Observatory, Gregorian–lunar conversion tables.
        ("spring_festival", ["2004-01-22", "2015-02-19", "2023-01-22", "2024-02-10", "2026-02-17", "2034-02-19"]),
        ("lantern", ["2024-02-24", "2026-03-03"]),
        ("dragon_boat", ["2004-06-22", "2020-06-25", "2023-06-22", "2025-05-31"]),
        ("qixi", ["2004-08-22", "2006-07-31", "2024-08-10"]),
        ("mid_autumn", ["2006-10-06", "2020-10-01", "2025-10-06"]),
        ("double_ninth", ["2014-10-02", "2024-10-11"]),
        ("black_friday", ["2025-11-28", "2026-11-27"]),
        ("cyber_monday", ["2025-12-01", "2026-11-30"]),
        ("mothers_day", ["2025-05-11"]),
        ("fathers_day", ["2025-06-15"]),
    ],
)
def test_moving_days_are_where_published_calendars_have_them(event: str, days: list[str]) -> None:
    known = {one.day.isoformat() for one in CALENDAR.named(event)}
    assert set(days) <= known


def test_every_event_happens_every_year_from_its_first_to_2035() -> None:
    for event in {one.event for one in CALENDAR.occurrences}:
        years = [one.year for one in CALENDAR.named(event)]
        assert years == list(range(years[0], 2036))
    assert CALENDAR.named("spring_festival")[0].year == 2004
    assert CALENDAR.named("double_11")[0].year == 2009


@pytest.mark.parametrize(
    ("day", "phase"),
    [
        ("2025-05-24", "618:presale"),
        ("2025-06-01", "618:opening"),
        ("2025-06-16", "618:peak"),
        ("2025-06-18", "618:peak"),
        ("2025-06-25", "618:hangover"),
        ("2025-06-26", None),
        ("2025-10-14", "double_11:presale"),
        ("2025-10-31", "double_11:opening"),
        ("2025-11-04", "double_11:middle"),
        ("2025-11-11", "double_11:peak"),
        ("2025-11-20", "double_11:hangover"),
        ("2024-02-09", "spring_festival:rest"),
        ("2024-01-20", "spring_festival:gifts"),
        ("2024-02-17", "spring_festival:return"),
        ("2024-02-18", None),
        ("2025-10-06", "national_day:days"),  # Mid-Autumn too, but National Day is listed later
    ],
)
def test_a_day_counts_for_one_phase(day: str, phase: str | None) -> None:
    assert on(day) == phase


def test_a_day_can_belong_to_several_events() -> None:
    assert {one.event for one in CALENDAR.on(date(2025, 10, 6))} == {"mid_autumn", "national_day"}


def test_within_gives_what_touches_a_period_by_day() -> None:
    assert [one.event for one in CALENDAR.within(Period(date(2025, 6, 18), date(2025, 6, 18)))] == ["618"]
    assert CALENDAR.within(Period(date(2025, 4, 1), date(2025, 4, 5))) == ()


def test_a_shop_outside_china_does_not_go_by_the_lunar_year() -> None:
    abroad = built_in(china=False)
    assert abroad.named("618") == abroad.named("spring_festival") == ()
    assert abroad.named("black_friday")
    assert abroad.new_year(2024) is None
    assert CALENDAR.new_year(2024) == date(2024, 2, 10)


def test_uploaded_days_replace_the_built_in_ones_of_that_year_only() -> None:
    calendar = merged(CALENDAR, [("618_2025", "年中大促", date(2025, 5, 13), date(2025, 6, 20))])
    by_year = {one.year: one for one in calendar.named("618")}
    assert (by_year[2025].days, by_year[2025].uploaded) == (Period(date(2025, 5, 13), date(2025, 6, 20)), True)
    assert by_year[2025].day == date(2025, 6, 18)
    assert not by_year[2024].uploaded
    assert len(calendar.occurrences) == len(CALENDAR.occurrences)


@pytest.mark.parametrize("name", ["双十一_2025", "D11 2025", "double11-2025", "双11 2025年"])
def test_an_event_is_known_by_its_usual_names(name: str) -> None:
    [found] = [
        one for one in merged(CALENDAR, [(name, None, date(2025, 11, 1), None)]).named("double_11") if one.uploaded
    ]
    assert found.year == 2025


def test_an_event_of_the_shops_own_is_added_under_its_name() -> None:
    rows = [
        ("anniversary_2024", "店庆", date(2024, 4, 8), date(2024, 4, 10)),
        ("anniversary_2025", "店庆", date(2025, 4, 9), None),
        ("nothing", None, None, None),
    ]
    found = merged(CALENDAR, rows).named("anniversary")
    assert [(one.year, one.day, one.kind, one.name) for one in found] == [
        (2024, date(2024, 4, 8), EventKind.OWN, Text("店庆", "店庆")),
        (2025, date(2025, 4, 9), EventKind.OWN, Text("店庆", "店庆")),
    ]


def test_the_calendar_of_a_shop_reads_its_events_and_its_home() -> None:
    rows = [{"event_id": "618_2026", "name": "618", "start_date": "2026-05-10", "end_date": "2026-06-19"}]
    [found] = [one for one in calendar_of(shop({"events": rows})).named("618") if one.uploaded]
    assert found.days.start == date(2026, 5, 10)
    assert calendar_of(shop({}, settings=Settings(home_country="GB"))).named("618") == ()
