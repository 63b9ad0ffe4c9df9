"""Histories told by their own dates, and reports whose day must be inferred."""

from __future__ import annotations

import pytest

from tests.geoparsing.timex_cases import make_reading, values

HISTORY = (
    "The siege began on 30 November 1939. On 5 December the town was shelled. "
    "In January the front was quiet. On 1 February an attack began. "
    "Ten days later the line broke. The following month peace was signed. "
    "The following year war returned. In June it reached the coast."
)


def test_a_history_carries_its_year_from_sentence_to_sentence() -> None:
    expected = [
        "1939-11-30",
        "1939-12-05",
        "1940-01",
        "1940-02-01",
        "1940-02-11",
        "1940-03",
        "1941",
        "1941-06",
    ]
    assert values(HISTORY, None) == expected
    assert values(HISTORY + " In 1942 and 1943 it was over.", "2012-04-01")[:8] == expected


def test_a_weekday_in_a_history_follows_the_date_before_it() -> None:
    assert values("He landed on 17 June 1944. On Monday he moved.", None) == [
        "1944-06-17",
        "1944-06-19",
    ]


DATELINES = [
    ("IDLIB, Syria, March 5, 2020 (AFP) - Shells fell on Tuesday.", "2020-03-05", "dateline"),
    ("Published: 12 March 2019\n\nShells fell on Monday.", "2019-03-12", "dateline"),
    ("A headline\n14.03.2019\nShells fell on Tuesday.", "2019-03-14", "dateline"),
    ("05/03/2020 14:30\nShells fell on Monday.", "2020-03-05", "dateline"),
    ("Posted on 5 Mar 2020 by a reader\nShells fell on Monday.", "2020-03-05", "dateline"),
    ("The general said on Saturday 21 July that they fled.", "2018-07-21", "weekday"),
]


@pytest.mark.parametrize(("text", "published", "why"), DATELINES)
def test_the_reports_day_is_inferred_and_explained(text: str, published: str, why: str) -> None:
    doc = make_reading(text, None)
    assert str(doc.dct) == published
    assert why in doc.dct_reason


def test_a_weekday_and_a_date_take_a_year_no_earlier_than_the_text_names() -> None:
    doc = make_reading("He said on Friday February 21 that the deal of 2018 holds now.", None)
    assert str(doc.dct) == "2020-02-21"


def test_the_day_given_is_kept() -> None:
    doc = make_reading("IDLIB, March 5, 2020 (AFP) - Shells fell.", "2020-03-06")
    assert (str(doc.dct), doc.dct_reason) == ("2020-03-06", "")


def test_without_any_day_to_count_from_nothing_is_invented() -> None:
    times = make_reading("Shells fell on Friday. This week and in March they fell.", None).times
    assert [time.timex_value for time in times] == ["XXXX-WXX-5", "PRESENT_REF", "XXXX-03"]
    assert all(time.start_date is None for time in times)


def test_a_history_is_not_dated_by_its_weekdays() -> None:
    assert make_reading("It began on 1 May 1944 and on Monday 19 June it ended.", None).dct is None


def test_a_history_goes_back_into_the_stretch_that_opened_it() -> None:
    text = (
        "The war began on 30 November 1939 and ended on 13 March 1940. By mid-December the advance "
        "had stalled. On 22 December an attack failed. In early January help came. "
        "In June 1941 war broke out again and in September 1944 it ended."
    )
    expected = [
        "1939-11-30",
        "1940-03-13",
        "1939-12",
        "1939-12-22",
        "1940-01",
        "1941-06",
        "1944-09",
    ]
    assert values(text, None) == expected
    assert values(text, "2012-04-01") == expected


def test_what_follows_in_a_history_is_not_counted_from_the_report() -> None:
    text = (
        "It was fought in the spring of 1164 and the following summer. The war had begun in 1160. "
        "In late November 1160 they crossed the river. By the end of the month they were there. "
        "On December 3 the assault began."
    )
    expected = ["1164-SP", "1164-SU", "1160", "1160-11", "1160-11", "1160-12-03"]
    assert values(text, "2012-04-01") == expected


def test_a_chronicle_of_years_ago_is_told_by_its_own_dates() -> None:
    text = (
        "The offensive began on 19 December 2019. On 24 December they came near. A truce of "
        "9 January 2020 held for two days. On 24 January the assault was resumed."
    )
    expected = ["2019-12-19", "2019-12-24", "2020-01-09", "P2D", "2020-01-24"]
    assert values(text, "2023-04-01") == expected
    assert values(text, "2020-06-01") == expected


def test_a_history_that_opens_with_its_year_may_say_the_end_of_the_month() -> None:
    text = (
        "It lasted from October 1854 to September 1855. On 20 October it rained. On Monday "
        "it snowed. By the end of the month it froze. On 5 November it thawed."
    )
    expected = ["1854-10", "1855-09", "1854-10-20", "1854-10-23", "1854-10", "1854-11-05"]
    assert values(text, "2013-05-20") == expected


def test_news_that_opens_with_an_old_year_is_no_history() -> None:
    text = (
        "The town has been held since 2012, and was shelled in 2014. On Friday jets hit it. "
        "They had come on Monday. On 5 May two more came."
    )
    found = values(text, "2020-05-10")
    assert found == ["2012", "2014", "2020-05-08", "2020-05-04", "2020-05-05"]


THAT_SEASON = [
    ("It fell in January 1855. That winter was cold.", ["1855-01", "1854-WI"]),
    ("It fell in November 1854. That winter was cold.", ["1854-11", "1854-WI"]),
    ("It fell in May 1855. That summer was hot.", ["1855-05", "1855-SU"]),
]


@pytest.mark.parametrize(("text", "expected"), THAT_SEASON)
def test_that_season_is_the_one_close_by(text: str, expected: list[str]) -> None:
    assert values(text, None) == expected
    assert values(text, "2013-05-20") == expected


COUNTED_ON = [
    (
        "en",
        "In the spring of 218 BC he set out. That December he won. In June of the following year "
        "he won again, and on 2 August 216 BC a third time. Two years later he was still there.",
        ["BC0218-SP", "BC0218-12", "BC0217-06", "BC0216-08-02", "BC0214"],
    ),
    ("ru", "В апреле 1985 года была стычка, осенью того же года ушли.", ["1985-04", "1985-FA"]),
    ("ar", "في آذار 1989 بدأت الحرب، وفي الخريف وقع الاتفاق.", ["1989-03", "1989-FA"]),
    ("en", "It fell in March 1975. The year after, it was rebuilt.", ["1975-03", "1976"]),
    (
        "en",
        "It began on 5 May 1944. The second came on the 8th of the same month.",
        ["1944-05-05", "1944-05-08"],
    ),
    (
        "en",
        "It began on 5 May 1944. Three nights later it ended at 4 a.m. the next day.",
        ["1944-05-05", "1944-05-08TNI", "1944-05-09T04:00"],
    ),
    (
        "en",
        "It fell on the night of 13-14 June 1982. That morning it rained.",
        ["1982-06-13TNI", "1982-06-14TMO"],
    ),
    (
        "en",
        "It was planned in the last weeks of 1915. On 12 February it snowed.",
        ["1915", "1916-02-12"],
    ),
    ("en", "They met in 1915. On Monday 21 February they marched.", ["1915", "1916-02-21"]),
    (
        "ru",
        "Бои шли летом и осенью 1939 года. Той же осенью был мир.",
        ["1939-SU", "1939-FA", "1939-FA"],
    ),
    (
        "ru",
        "20 августа 1939 года началась атака, на третий день она кончилась.",
        ["1939-08-20", "1939-08-22"],
    ),
    ("ru", "Он прибыл в январе 1905 года, а в марте того же года ушел.", ["1905-01", "1905-03"]),
    (
        "tr",
        "Savaş 19 Temmuz 1877'de başladı, aynı yılın 10 Aralık günü bitti.",
        ["1877-07-19", "1877-12-10"],
    ),
    (
        "ar",
        "بدأت في 6 تشرين الأول 1973، وفي الثامن من الشهر نفسه فشلت.",
        ["1973-10-06", "1973-10-08"],
    ),
    ("ar", "بدأت في كانون الثاني 1974، وفي حزيران من العام نفسه انتهت.", ["1974-01", "1974-06"]),
    ("en", "It ended in July 1856. Fifteen years later it was forgotten.", ["1856-07", "1871"]),
    (
        "en",
        "It began on 1 June 1944. Three weeks later, on 22 June, it ended.",
        ["1944-06-01", "1944-W25", "1944-06-22"],
    ),
    (
        "ru",
        "Бои начались 26 мая 1904 года. 13 июня погиб генерал, накануне пал город.",
        ["1904-05-26", "1904-06-13", "1904-06-12"],
    ),
    (
        "ar",
        "بدأت المعركة في 14 تموز 1920 وانتهت في 25 تموز، وغادر في نهاية الشهر.",
        ["1920-07-14", "1920-07-25", "1920-07"],
    ),
]


@pytest.mark.parametrize(("language", "text", "expected"), COUNTED_ON)
def test_a_history_counts_on_from_what_it_told(
    language: str, text: str, expected: list[str]
) -> None:
    assert values(text, None, language) == expected


def test_a_date_beside_the_stretch_of_a_history_is_in_the_nearest_year() -> None:
    text = (
        "It broke out on 30 November 1939 and ended on 13 March 1940. In October there were talks. "
        "On 6 December it snowed."
    )
    expected = ["1939-11-30", "1940-03-13", "1939-10", "1939-12-06"]
    assert values(text, "2014-01-22") == expected


def test_a_new_paragraph_comes_back_from_the_years_before_a_history() -> None:
    text = (
        "It lasted from 21 February to 18 December 1916.\n\nThe fort had been built in 1885 and "
        "mended in 1890.\n\nOn 25 February it was taken. On 24 October it was retaken."
    )
    expected = ["1916-02-21", "1916-12-18", "1885", "1890", "1916-02-25", "1916-10-24"]
    assert values(text, "2011-08-19") == expected


def test_a_heading_of_a_history_without_a_year_is_no_step_of_it() -> None:
    text = (
        "It began in October 1854. On 2 March 1855 the Tsar died.\n\nThe last summer\n"
        "On 7 June a redoubt was taken.\n\nSpring 1856\nIn April the last men left."
    )
    found = values(text, "2013-05-20")
    assert (found[3], found[-1]) == ("1855-06-07", "1856-04")


def test_the_following_summer_is_after_the_date_last_mentioned() -> None:
    assert values("It fell in March 2015. The following summer it was retaken.") == [
        "2015-03",
        "2015-SU",
    ]
