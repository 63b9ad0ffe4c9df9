"""What the gold's news taught the time engine."""

from __future__ import annotations

import pytest

from tests.geoparsing.timex_cases import make_reading, values

DATELINES = [
    ("IDLIB, 5 April 2017 — Shells fell early on Tuesday.", "2017-04-05", "en"),
    ("BEIRUT (Monday 9 July 2018) - Two drones were shot down.", "2018-07-09", "en"),
    ("إدلب، 16 كانون الثاني 2020 — قتل 18 شخصاً يوم الأربعاء.", "2020-01-16", "ar"),
]


@pytest.mark.parametrize(("text", "published", "language"), DATELINES)
def test_the_date_of_a_dateline_is_flagged(text: str, published: str, language: str) -> None:
    first, *others = make_reading(text, published, language).times
    assert "dateline" in first.flags
    assert not any("dateline" in time.flags for time in others)


def test_a_date_in_the_story_is_no_dateline() -> None:
    times = make_reading("The town fell on 5 April 2017 - a Wednesday.", "2017-04-10").times
    assert not any("dateline" in time.flags for time in times)


PHRASES = [
    ("tr", "Kasaba pazar günü bombalandı.", ["2020-06-21"]),
    ("tr", "Kasaba pazar gecesi bombalandı.", ["2020-06-21TNI"]),
    ("tr", "Bir pazar yeri bombalandı.", []),
    ("tr", "Bu ayın 5'inde anlaştılar.", ["2020-06-05"]),
    ("ar", "نزحوا منذ الخامس من الشهر الجاري.", ["2020-06-05"]),
    ("ar", "خلال الساعات الأربع والعشرين المقبلة سيعودون.", ["PT24H"]),
    ("ru", "В пятницу в Тегеране встретятся лидеры.", ["2020-07-03"]),
    ("ru", "Это было 5 числа прошлого месяца.", ["2020-05-05"]),
    ("en", "Negotiators prepared for talks in Geneva on Thursday.", ["2020-07-02"]),
]


@pytest.mark.parametrize(("language", "text", "expected"), PHRASES)
def test_a_phrase_of_news_has_its_value(language: str, text: str, expected: list[str]) -> None:
    assert values(text, "2020-06-27", language) == expected


def test_a_day_of_a_holiday_is_counted_from_its_first() -> None:
    text = "Kurban Bayramı'nın üçüncü gününde vurdular."
    assert values(text, "2020-08-05", "tr") == ["2020-08-02"]


def test_a_step_back_does_not_move_the_story() -> None:
    text = "The town fell on 12 May 2019. Two days earlier it was shelled. The next day it rained."
    assert values(text) == ["2019-05-12", "2019-05-10", "2019-05-13"]


# The report's day is Wednesday 26 February 2020.
VALUES = [
    ("The strikes went on for the third day in a row.", ["P3D"]),
    ("The strikes went on for a third consecutive day on Tuesday.", ["P3D", "2020-02-25"]),
    ("At dawn today warplanes bombed the town.", ["2020-02-26TMO"]),
    ("Shelling overnight Monday to Tuesday killed three.", ["2020-02-24TNI"]),
    ("Three years ago today, it was hit.", ["2017-02-26"]),
    ("He came a day after 33 soldiers died.", ["P1D"]),
    ("They fled the week before.", ["2020-W08"]),
    ("The evening before, rockets were fired.", ["2020-02-25TEV"]),
    ("Airstrikes on 19/2 killed two.", ["2020-02-19"]),
    ("The strikes began at 0600 hours.", ["2020-02-26T06:00"]),
    ("They fell on Monday. Later in the day, others fell.", ["2020-02-24", "2020-02-24"]),
    ("It was shelled last fall, not in the fall of the town.", ["2019-FA"]),
    ("In the past decade it has grown.", ["P10Y"]),
    ("They were told of the 15th of Ramadan 1440.", ["2019-05-20"]),
    ("They will present it at present.", ["PRESENT_REF"]),
    ("The deadline expired on Saturday.", ["2020-02-22"]),
    ("The deadline is Saturday.", ["2020-02-29"]),
    ("He gave them until 6pm on Friday to leave.", ["2020-02-28T18:00"]),
    ("They fled the week before last.", ["2020-W07"]),
    ("It was in the last days of January.", ["2020-01"]),
    ("It lost more in the year ended October 31.", ["P1Y", "2019-10-31"]),
    (
        "Aid rose in the third quarter of 2019 from a year ago, and in the quarter prices fell.",
        ["2019-Q3", "2018-Q3", "2019-Q3"],
    ),
    ("It came a day after Turkey shot down a drone.", ["P1D"]),
    ("Monday night into Tuesday, helicopters came.", ["2020-02-24TNI"]),
    ("He was detained for a year and a half.", ["P1Y6M"]),
    ("Since April jets have pounded it.", ["2019-04"]),
    ("From late April to August jets pounded it.", ["2019-04", "2019-08"]),
    ("For the last day the militants have shelled it.", ["P1D"]),
    ("It was for last year that they asked.", ["2019"]),
    ("It began on 5 May 2019. That Sunday jets struck.", ["2019-05-05", "2019-05-05"]),
    (
        "It fell on 5 May 2019. They had left the evening before. The same afternoon it burned.",
        ["2019-05-05", "2019-05-04TEV", "2019-05-05TAF"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), VALUES)
def test_a_text_has_these_timex_values(text: str, expected: list[str]) -> None:
    assert values(text, "2020-02-26") == expected


def test_a_weekday_among_old_years_is_of_the_reports_week() -> None:
    text = (
        "The court Friday rejected it. The plane blew up over the town in 1988. "
        "Two men were charged in 1991, and the ban began in 1992."
    )
    assert values(text, "1998-02-27") == ["1998-02-27", "1988", "1991", "1992"]


def test_a_new_paragraph_steps_back_from_the_reports_own_day() -> None:
    text = (
        "Rebels have pulled out of the town, a group said on Tuesday.\n\n"
        "They left after the army had entered from the west late on Sunday.\n\n"
        "A day earlier a strike hit a convoy. Two days later the road was cut."
    )
    assert values(text, "2020-02-26") == ["2020-02-25", "2020-02-23", "2020-02-24", "2020-02-25"]
    one = text.replace("\n\n", " ")
    assert values(one, "2020-02-26")[2] == "2020-02-22"


# The report's day is Thursday 2 November 1989.
BUSINESS = [
    (
        "In the quarter ended Sept. 30 it lost more than a year ago.",
        ["1989-Q3", "1989-09-30", "1988-Q3"],
    ),
    ("It lost less in the third quarter than in the quarter a year ago.", ["1989-Q3", "1988-Q3"]),
    (
        "Sales in the latest period fell from those of the year-ago third quarter.",
        ["1989-Q3", "1988-Q3"],
    ),
    ("It lost in the third quarter what it had won in the 1987 period.", ["1989-Q3", "1987-Q3"]),
    ("For the year, sales were flat.", ["1989"]),
    ("The town ended March 5 what it began the next day.", ["1989-03-05", "1989-03-06"]),
    ("It costs $20 million a year.", ["P1Y"]),
    ("She was in her 30s.", []),
    ("A few days later he fled; hours later he was caught.", ["PXD", "PTXH"]),
]


@pytest.mark.parametrize(("text", "expected"), BUSINESS)
def test_a_phrase_of_business_news_has_its_value(text: str, expected: list[str]) -> None:
    assert values(text, "1989-11-02") == expected


# The report's day is Wednesday 5 April 2000.
TENSES = [
    ("He would be travelling to the United States Thursday.", ["2000-04-06"]),
    ("He could come as early as Tuesday.", ["2000-04-11"]),
    ("The March accession was signed well into the summer.", ["2000-03", "2000-SU"]),
    ("They were arrested at this march; the march on the town went on.", []),
    ("The offer had been due to expire Friday.", ["2000-03-31"]),
    ("The truce takes effect on Friday.", ["2000-04-07"]),
    ("Mohammed hopes to leave Friday.", ["2000-04-07"]),
]


@pytest.mark.parametrize(("text", "expected"), TENSES)
def test_the_words_around_a_weekday_tell_its_week(text: str, expected: list[str]) -> None:
    assert values(text, "2000-04-05") == expected


# The report's day is Saturday 27 June 2020.
FEASTS = [
    ("ar", "قصفت البلدة صبيحة عيد الفطر.", ["2020-05-24TMO"]),
    ("ar", "قصفت البلدة عشية عيد الفطر.", ["2020-05-23"]),
    ("ar", "قصفت في اليوم الثاني من عيد الفطر.", ["2020-05-25"]),
    ("ar", "في أول أيام العيد قصفوا البلدة.", ["2020-05-24"]),
    ("ar", "ليلة رأس السنة قصفوا البلدة.", ["2019-12-31"]),
    ("ar", "في آخر أيام رمضان قصفوا البلدة.", ["2020-05-23"]),
    ("tr", "Bayramın ikinci günü bombalandı.", ["2020-05-25"]),
    ("tr", "Arife günü bombalandı.", ["2020-05-23"]),
    ("tr", "Ramazan'ın ilk günü bombalandı.", ["2020-04-24"]),
    ("tr", "Kurban Bayramı arifesinde vuracaklar.", ["2020-07-30"]),
    ("tr", "Yılbaşı gecesi vurdular.", ["2019-12-31"]),
    ("ru", "В первый день Рамадана начался обстрел.", ["2020-04-24"]),
    (
        "en",
        "On the last day of Ramadan they came, and left the day after Christmas.",
        ["2020-05-23", "2019-12-26"],
    ),
]


@pytest.mark.parametrize(("language", "text", "expected"), FEASTS)
def test_a_day_beside_or_in_a_feast_is_dated(language: str, text: str, expected: list[str]) -> None:
    assert values(text, "2020-06-27", language) == expected


# The report's day is Saturday 27 June 2020.
COUNTED = [
    ("en", "On this day four years ago it was hit.", ["2016-06-27"]),
    (
        "en",
        "It fell on 5 May 2018. Exactly a year later it was retaken.",
        ["2018-05-05", "2019-05-05"],
    ),
    ("en", "It fell on 5 May 2018. Two days after, it burned.", ["2018-05-05", "2018-05-07"]),
    ("en", "At midnight between Thursday and Friday it fell silent.", ["2020-06-26"]),
    ("en", "They came on Tuesday of the past week.", ["2020-06-23"]),
    ("en", "#Idlib_Now: shells fell on Friday.", ["2020-06-26"]),
    ("ar", "في مثل هذا اليوم قبل أربع سنوات قصفت.", ["2016-06-27"]),
    ("ar", "سقطت في 5 أيار 2018، وبعد عام بالضبط استعيدت.", ["2018-05-05", "2019-05-05"]),
    ("ar", "مات بعد عشرة أشهر على اعتقاله.", ["P10M"]),
    ("ar", "قصفت يوم الجمعة، وفي اليوم السابق ألقى برميلا.", ["2020-06-26", "2020-06-25"]),
    ("ar", "قصفت البلدة يوم الجمعة ظهرا.", ["2020-06-26TMI"]),
    ("ru", "Ровно год назад его убили.", ["2019-06-27"]),
    ("ru", "В полночь с четверга на пятницу бои стихли.", ["2020-06-26"]),
    ("ru", "Бои продолжались неделю.", ["P1W"]),
    ("ru", "6 июня его взяли, 22-го отпустили.", ["2020-06-06", "2020-06-22"]),
    ("tr", "Tam bir yıl önce öldü.", ["2019-06-27"]),
    ("tr", "Saldırılarda 1500'den fazla sivil öldü.", []),
    ("tr", "Ekipler kasım ayında 60 saldırıya gitti.", ["2019-11"]),
    ("tr", "Esed pazartesi Şam'da İran Dışişleri Bakanı Arakçi'yi kabul edecek.", ["2020-06-29"]),
]


@pytest.mark.parametrize(("language", "text", "expected"), COUNTED)
def test_a_day_counted_or_said_in_passing_is_dated(
    language: str, text: str, expected: list[str]
) -> None:
    assert values(text, "2020-06-27", language) == expected
