"""When holidays fall that news dates things by: fixed, movable, by the Islamic calendar.

The fast and the two feasts of 1432-1447 (2011-2026) are as they were kept in Saudi Arabia, which
most of the region follows; all else goes by the tabular calendar, the civil one (epoch 16 July 622
Julian, 11 leap years in 30). The sighting of the moon may differ by a day from land to land, so
such days carry the flag `tabular-islamic`.
"""

from __future__ import annotations

import datetime as dt
import functools

from events.geoparsing.timex.calendar import (
    LAST_YEAR,
    MOST_REMEMBERED,
    Period,
    add_days,
    safe_date,
    weekday_near,
)

# name: (month, day, length in days)
FIXED = {
    "new_year": (1, 1, 1),
    "new_years_eve": (12, 31, 1),
    "christmas": (12, 25, 1),
    "christmas_eve": (12, 24, 1),
    "orthodox_christmas": (1, 7, 1),
    "nowruz": (3, 21, 1),
    "valentine": (2, 14, 1),
    "womens_day": (3, 8, 1),
    "may_day": (5, 1, 1),
    "victory_day": (5, 9, 1),
    "defender_day": (2, 23, 1),
    "russia_day": (6, 12, 1),
    "republic_day_tr": (10, 29, 1),
    "victory_day_tr": (8, 30, 1),
    "children_day_tr": (4, 23, 1),
    "halloween": (10, 31, 1),
    "independence_day_us": (7, 4, 1),
    "veterans_day": (11, 11, 1),
    "evacuation_day_sy": (4, 17, 1),
    "martyrs_day_sy": (5, 6, 1),
}
# name: (Hijri month, day, length in days)
ISLAMIC = {
    "hijri_new_year": (1, 1, 1),
    "ashura": (1, 10, 1),
    "mawlid": (3, 12, 1),
    "isra": (7, 27, 1),
    "mid_shaban": (8, 15, 1),
    "ramadan": (9, 1, 30),
    "laylat_al_qadr": (9, 27, 1),
    "eid_al_fitr": (10, 1, 3),
    "arafah": (12, 9, 1),
    "eid_al_adha": (12, 10, 4),
}
# name: (month, weekday, which one; 0 counts from the end)
NTH_WEEKDAY = {
    "thanksgiving": (11, 4, 4),
    "labor_day": (9, 1, 1),
    "memorial_day": (5, 1, 0),
    "martin_luther_king": (1, 1, 3),
    "election_day": (11, 2, 1),
}
# name: days after Easter Sunday
EASTER = {"easter": 0, "good_friday": -2, "easter_monday": 1, "palm_sunday": -7, "pentecost": 49}

EITHER = {"eid": ("eid_al_fitr", "eid_al_adha")}
LUNAR = frozenset(ISLAMIC) | frozenset(EITHER)
TABULAR = "tabular-islamic"
LAST_HIJRI_YEAR = 1700
"""A year up to this one is of the Islamic calendar, a later one of the Gregorian."""
FIRST_KEPT = 1432
# Hijri month: the first day of the month (year, month, day) in 1432, 1433, ...
KEPT = {
    9: """2011-08-01 2012-07-20 2013-07-10 2014-06-28 2015-06-18 2016-06-06 2017-05-27 2018-05-17
    2019-05-06 2020-04-24 2021-04-13 2022-04-02 2023-03-23 2024-03-11 2025-03-01 2026-02-18""",
    10: """2011-08-30 2012-08-19 2013-08-08 2014-07-28 2015-07-17 2016-07-06 2017-06-25 2018-06-15
    2019-06-04 2020-05-24 2021-05-13 2022-05-02 2023-04-21 2024-04-10 2025-03-30 2026-03-20""",
    12: """2011-10-28 2012-10-17 2013-10-06 2014-09-25 2015-09-15 2016-09-03 2017-08-23 2018-08-12
    2019-08-02 2020-07-22 2021-07-11 2022-06-30 2023-06-19 2024-06-07 2025-05-28 2026-05-18""",
}
KEPT_STARTS = {
    (FIRST_KEPT + number, month): dt.date.fromisoformat(day)
    for month, days in KEPT.items()
    for number, day in enumerate(days.split())
}


def hijri_to_date(year: int, month: int, day: int) -> dt.date | None:
    """The Gregorian date of a day in the Islamic calendar, as kept or by the tables."""
    if (start := KEPT_STARTS.get((year, month))) is not None:
        return add_days(start, day - 1)
    days = (11 * year + 3) // 30 + 354 * year + 30 * month - (month - 1) // 2 + day
    ordinal = days + 1948440 - 385 - 1721425
    if not 1 <= ordinal <= dt.date(LAST_YEAR, 12, 31).toordinal():
        return None
    return dt.date.fromordinal(ordinal)


def hijri_month_starts(year: int, month: int) -> list[dt.date]:
    """The first days of a Hijri month in the Gregorian `year` (one or two, rarely none)."""
    guess = (year - 622) * 33 // 32
    days = (hijri_to_date(guess + step, month, 1) for step in range(-1, 4))
    return [day for day in days if day is not None and day.year == year]


def easter_sunday(year: int) -> dt.date:
    """Western Easter (the anonymous Gregorian computus)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * weekday) // 433
    month = (h + weekday - 7 * m + 90) // 25
    day = (h + weekday - 7 * m + 33 * month + 19) % 32
    return dt.date(year, month, day)


def _nth_weekday(name: str, year: int) -> dt.date:
    month, weekday, which = NTH_WEEKDAY[name]
    if which == 0:
        last = add_days(dt.date(year, month + 1, 1), -1)
        return weekday_near(last, weekday, -1)
    first = dt.date(year, month, 2 if name == "election_day" else 1)
    return add_days(weekday_near(first, weekday, 1), 7 * (which - 1))


@functools.lru_cache(maxsize=MOST_REMEMBERED)
def holiday_periods(name: str, year: int) -> tuple[Period, ...]:
    """Every occurrence of holiday `name` that begins in `year`; none of an unknown name."""
    if name in EITHER:
        return tuple(p for each in EITHER[name] for p in holiday_periods(each, year))
    if name in FIXED:
        month, day, length = FIXED[name]
        found = [safe_date(year, month, day)]
    elif name in ISLAMIC:
        month, day, length = ISLAMIC[name]
        if year < LAST_HIJRI_YEAR:
            only = hijri_to_date(year, month, day)
            return (_holiday(name, only, length),) if only else ()
        starts = hijri_month_starts(year, month) + hijri_month_starts(year - 1, month)[-1:]
        found = [d for s in starts if (d := add_days(s, day - 1)).year == year]
    elif name in NTH_WEEKDAY:
        found, length = [_nth_weekday(name, year)], 1
    elif name in EASTER:
        found, length = [add_days(easter_sunday(year), EASTER[name])], 1
    else:
        return ()
    return tuple(_holiday(name, day, length) for day in found if day is not None)


def _holiday(name: str, day: dt.date, length: int) -> Period:
    unit = "D" if length == 1 else ("M" if name == "ramadan" else "W")
    if name == "ramadan":
        following = [s for y in (day.year, day.year + 1) for s in hijri_month_starts(y, 10)]
        length = next((s - day).days for s in following if s > day)
    return Period(day.isoformat(), day, add_days(day, length - 1), unit)
