"""English dates as news writes them. The report's day is Saturday 27 June 2020 unless given."""

from __future__ import annotations

import pytest

from tests.geoparsing.timex_cases import make_reading, make_time, values

PHRASES = [
    # sentence, phrase, TIMEX3 type, value, first day, last day
    ("It fell on 21 July 2018.", "21 July 2018", "DATE", "2018-07-21", "2018-07-21", "2018-07-21"),
    (
        "Dated December 29, 2014.",
        "December 29, 2014",
        "DATE",
        "2014-12-29",
        "2014-12-29",
        "2014-12-29",
    ),
    ("It fell on Feb. 21.", "Feb. 21", "DATE", "2020-02-21", "2020-02-21", "2020-02-21"),
    (
        "Signed on the 5th of March.",
        "the 5th of March",
        "DATE",
        "2020-03-05",
        "2020-03-05",
        "2020-03-05",
    ),
    ("It fell on 21.07.2018.", "21.07.2018", "DATE", "2018-07-21", "2018-07-21", "2018-07-21"),
    ("It fell on 2018-07-21.", "2018-07-21", "DATE", "2018-07-21", "2018-07-21", "2018-07-21"),
    ("It fell on 3/7/2018.", "3/7/2018", "DATE", "2018-07-03", "2018-07-03", "2018-07-03"),
    ("It fell on Friday.", "Friday", "DATE", "2020-06-26", "2020-06-26", "2020-06-26"),
    ("Talks will resume on Friday.", "Friday", "DATE", "2020-07-03", "2020-07-03", "2020-07-03"),
    ("It fell last Saturday.", "last Saturday", "DATE", "2020-06-20", "2020-06-20", "2020-06-20"),
    ("It happened yesterday.", "yesterday", "DATE", "2020-06-26", "2020-06-26", "2020-06-26"),
    (
        "They met the day before yesterday.",
        "the day before yesterday",
        "DATE",
        "2020-06-25",
        "2020-06-25",
        "2020-06-25",
    ),
    ("Shells fell overnight.", "overnight", "TIME", "2020-06-27TNI", "2020-06-27", "2020-06-27"),
    ("It fell last night.", "last night", "TIME", "2020-06-26TNI", "2020-06-26", "2020-06-26"),
    (
        "It began in the night of Tuesday.",
        "the night of Tuesday",
        "TIME",
        "2020-06-23TNI",
        "2020-06-23",
        "2020-06-23",
    ),
    (
        "It began at dawn on Tuesday.",
        "dawn on Tuesday",
        "TIME",
        "2020-06-23TMO",
        "2020-06-23",
        "2020-06-23",
    ),
    (
        "He spoke earlier this week.",
        "earlier this week",
        "DATE",
        "2020-W26",
        "2020-06-22",
        "2020-06-26",
    ),
    ("He spoke last week.", "last week", "DATE", "2020-W25", "2020-06-15", "2020-06-21"),
    ("They sign next month.", "next month", "DATE", "2020-07", "2020-07-01", "2020-07-31"),
    ("Signed last September.", "last September", "DATE", "2019-09", "2019-09-01", "2019-09-30"),
    ("A truce was signed in March.", "March", "DATE", "2020-03", "2020-03-01", "2020-03-31"),
    ("It escalated in mid-June.", "mid-June", "DATE", "2020-06", "2020-06-10", "2020-06-20"),
    ("He came in early February.", "early February", "DATE", "2020-02", "2020-02-01", "2020-02-10"),
    (
        "It ended at the end of May.",
        "the end of May",
        "DATE",
        "2020-05",
        "2020-05-21",
        "2020-05-31",
    ),
    ("Promised two years ago.", "two years ago", "DATE", "2018", "2018-01-01", "2018-12-31"),
    ("He left three days ago.", "three days ago", "DATE", "2020-06-24", "2020-06-24", "2020-06-24"),
    ("Fought in 2015.", "2015", "DATE", "2015", "2015-01-01", "2015-12-31"),
    ("Fought in late 2019.", "late 2019", "DATE", "2019", "2019-09-01", "2019-12-31"),
    ("Fought in the 1990s.", "the 1990s", "DATE", "199", "1990-01-01", "1999-12-31"),
    ("In the 19th century.", "the 19th century", "DATE", "18", "1800-01-01", "1899-12-31"),
    ("In the summer of 2018.", "the summer of 2018", "DATE", "2018-SU", "2018-06-01", "2018-08-31"),
    ("It fell last winter.", "last winter", "DATE", "2019-WI", "2019-12-01", "2020-02-29"),
    (
        "In the third quarter of 2018.",
        "the third quarter of 2018",
        "DATE",
        "2018-Q3",
        "2018-07-01",
        "2018-09-30",
    ),
    (
        "Fought between 3 and 5 May.",
        "between 3 and 5 May",
        "DATE",
        "2020-05-03/2020-05-05",
        "2020-05-03",
        "2020-05-05",
    ),
    ("Fought on May 3-5.", "May 3-5", "DATE", "2020-05-03/2020-05-05", "2020-05-03", "2020-05-05"),
    ("In the past 24 hours.", "the past 24 hours", "DURATION", "PT24H", "2020-06-26", "2020-06-27"),
    ("In recent days.", "recent days", "DURATION", "PXD", "2020-06-20", "2020-06-27"),
    ("It began on Eid al-Fitr.", "Eid al-Fitr", "DATE", "2020-05-24", "2020-05-24", "2020-05-26"),
    (
        "It was quiet during Ramadan 2018.",
        "Ramadan 2018",
        "DATE",
        "2018-05-17",
        "2018-05-17",
        "2018-06-14",
    ),
    (
        "It fell on New Year's Eve.",
        "New Year's Eve",
        "DATE",
        "2019-12-31",
        "2019-12-31",
        "2019-12-31",
    ),
    (
        "It hit at 5 p.m. on Tuesday.",
        "5 p.m. on Tuesday",
        "TIME",
        "2020-06-23T17:00",
        "2020-06-23",
        "2020-06-23",
    ),
]


@pytest.mark.parametrize(("text", "phrase", "kind", "value", "start", "end"), PHRASES)
def test_a_phrase_has_its_span_its_value_and_its_days(
    text: str, phrase: str, kind: str, value: str, start: str, end: str
) -> None:
    time = make_time(text)
    assert (time.text, time.timex_type, time.timex_value) == (phrase, kind, value)
    assert (str(time.start_date), str(time.end_date)) == (start, end)
    assert text[time.start : time.end] == time.text
    assert time.reason


LENGTHS_AND_SETS = [
    ("Clashes lasted four days.", "four days", "DURATION", "P4D"),
    ("It held for several months.", "several months", "DURATION", "PXM"),
    ("After two and a half years of siege.", "two and a half years", "DURATION", "P2Y6M"),
    ("A five-hour siege.", "five-hour", "DURATION", "PT5H"),
    ("They shell it every Friday.", "every Friday", "SET", "XXXX-WXX-5"),
    ("They shell it daily.", "daily", "SET", "P1D"),
    ("They control it now.", "now", "DATE", "PRESENT_REF"),
    ("It was recently dissolved.", "recently", "DATE", "PAST_REF"),
]


@pytest.mark.parametrize(("text", "phrase", "kind", "value"), LENGTHS_AND_SETS)
def test_lengths_sets_and_references_are_no_points(
    text: str, phrase: str, kind: str, value: str
) -> None:
    time = make_time(text)
    assert (time.text, time.timex_type, time.timex_value) == (phrase, kind, value)
    assert time.kind in ("duration", "set", "reference")


NO_DATES = [
    "A Su-24, a T-72 and an Mi-8 were seen on the M4.",
    "About 300 people and 2015 fighters fled.",
    "They may march on the city.",
    "He sat in the second row of Division 46.",
    "It lies 20km from Sarmin, on Resolution 2254.",
    "A six-year-old boy was hurt.",
    "It cost $2000 and 1,990 dollars.",
    "It was hit at the same time.",
]


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date_stays_untagged(text: str) -> None:
    assert make_reading(text).times == ()


def test_a_weekday_fixes_the_year() -> None:
    time = make_time("He spoke on Saturday 21 July.", "2019-01-05")
    assert time.timex_value == "2018-07-21"
    assert make_time("He spoke on Saturday 21 July.", "2013-01-05").timex_value == "2012-07-21"


def test_a_weekday_that_is_not_the_dates_is_flagged() -> None:
    assert make_time("It fell on Friday 21 July 2018.").flags == ("weekday-mismatch",)
    assert make_time("It fell on Saturday 21 July 2018.").flags == ()


def test_a_date_without_a_year_is_the_nearest() -> None:
    assert values("They fell on 20 December.", "2018-02-10") == ["2017-12-20"]
    assert values("He must leave by Jan. 14.", "2000-01-05") == ["2000-01-14"]


def test_a_plan_made_in_the_past_is_counted_from_the_past() -> None:
    text = (
        "A deal was reached last September. "
        "The groups would withdraw and hand over their arms by 20 October."
    )
    assert values(text, "2019-03-14") == ["2018-09", "2018-10-20"]


def test_a_day_set_in_one_sentence_carries_to_the_next() -> None:
    text = "The town fell on 12 May 2019. Three days later the army left. The next day it rained."
    assert values(text) == ["2019-05-12", "2019-05-15", "2019-05-16"]


def test_days_of_clashes_run_from_the_day_they_broke_out() -> None:
    times = make_reading("Fights broke out on Tuesday. In four days 30 people were killed.").times
    assert [(str(t.start_date), str(t.end_date)) for t in times][1] == ("2020-06-23", "2020-06-26")


def test_the_first_of_two_months_takes_the_year_of_the_second() -> None:
    assert values("Between June and September 1941 it fell.") == ["1941-06", "1941-09"]
    assert values("From December to January 2018 it held.") == ["2017-12", "2018-01"]
