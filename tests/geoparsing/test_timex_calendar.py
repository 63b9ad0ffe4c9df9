"""Calendar arithmetic and holidays against known dates."""

from __future__ import annotations

import datetime as dt

import pytest

from events.geoparsing.timex.calendar import (
    century_period,
    part_of,
    season_period,
    shift,
    week_period,
    weekday_near,
    year_period,
)
from events.geoparsing.timex.holidays import holiday_periods

HOLIDAYS = [
    ("eid_al_fitr", 2018, "2018-06-15"),
    ("eid_al_fitr", 2020, "2020-05-24"),
    ("eid_al_adha", 2020, "2020-07-31"),
    ("ramadan", 2019, "2019-05-06"),
    ("ashura", 2020, "2020-08-29"),
    ("easter", 2020, "2020-04-12"),
    ("thanksgiving", 2018, "2018-11-22"),
    ("nowruz", 2018, "2018-03-21"),
    ("new_years_eve", 2019, "2019-12-31"),
]


@pytest.mark.parametrize(("name", "year", "day"), HOLIDAYS)
def test_a_holiday_falls_within_a_day_of_where_it_was_kept(name: str, year: int, day: str) -> None:
    found = holiday_periods(name, year)
    assert len(found) == 1
    assert abs((found[0].start - dt.date.fromisoformat(day)).days) <= 1


def test_a_short_year_can_hold_an_islamic_feast_twice() -> None:
    assert [p.start.month for p in holiday_periods("eid_al_fitr", 2000)] == [1, 12]


def test_periods_have_timex_values_and_bounds() -> None:
    assert week_period(dt.date(2020, 6, 27)).value == "2020-W26"
    assert season_period(2019, "WI").end == dt.date(2020, 2, 29)
    assert century_period(20).value == "19"
    assert part_of(year_period(2020), "START").end == dt.date(2020, 4, 30)


def test_shifting_keeps_inside_months_and_the_calendar() -> None:
    assert shift(dt.date(2020, 3, 31), "M", -1) == dt.date(2020, 2, 29)
    assert shift(dt.date(2020, 3, 31), "C", 99_999).year == 9998
    assert shift(dt.date(2020, 3, 31), "D", -(10**9)).year == 1


@pytest.mark.parametrize(
    ("direction", "expected"), [(-1, "2020-06-26"), (1, "2020-07-03"), (0, "2020-06-26")]
)
def test_a_weekday_is_found_before_after_or_within_the_week(direction: int, expected: str) -> None:
    assert weekday_near(dt.date(2020, 6, 27), 5, direction).isoformat() == expected
