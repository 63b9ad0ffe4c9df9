"""How an event takes its day from the text around it, read by the steps before."""

from __future__ import annotations

import datetime as dt

import pytest

from events.geoparsing.coding import code_events
from events.geoparsing.document import CodedEvent
from events.geoparsing.lexicon import load_lexicon
from tests.geoparsing.documents import coded
from tests.geoparsing.timex_cases import make_reading

# The report's day: a Friday.
PUBLISHED = "2020-02-21"


def make_events(text: str, language: str = "en", published: str = PUBLISHED) -> list[CodedEvent]:
    """The events of a text, with no place known."""
    doc = make_reading(text, published, language)
    return [e for e in code_events(doc, load_lexicon(language)).events if not e.verbal]


def days(text: str, language: str = "en", published: str = PUBLISHED) -> list[str]:
    """The first days of the events of a text."""
    return [str(event.start_date) for event in make_events(text, language, published)]


CASES = [
    # a semicolon parts a date from what it does not date
    (
        "He was filmed on 2 January; he was kidnapped by gunmen near the town on Sunday.",
        ["2020-02-16"],
    ),
    # what was done by a day was done on it
    ("Soldiers came on Monday.\nBy Thursday warplanes had bombed the town.", ["2020-02-20"]),
    # so long before the day just named
    (
        "Inmates were at large on Friday, two days after warplanes bombed the prison.",
        ["2020-02-19"],
    ),
    # a paragraph that tells of a day long past
    ("He left on 28 March 2015.\nWarplanes bombed the prison.", ["2015-03-28"]),
    ("He left on 28 March 2015.\n\nWarplanes bombed the prison.", ["2020-02-21"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_an_event_takes_its_day_from_its_clause_or_paragraph(
    text: str, expected: list[str]
) -> None:
    assert days(text.replace("\n\n", "\0").replace("\n", " ").replace("\0", "\n\n")) == expected


def test_a_new_paragraph_without_a_date_is_of_the_newest_day_told() -> None:
    text = (
        "A deal was made on Monday.\n\nOn Wednesday warplanes bombed the town.\n\n"
        "Shells hit a market, killing four."
    )
    assert days(text)[-2:] == ["2020-02-19", "2020-02-19"]


def test_an_item_of_a_list_takes_no_date_from_another_item() -> None:
    text = "- Warplanes bombed the town on Monday.\n- Shells hit the market, killing four."
    assert days(text) == ["2020-02-17", "2020-02-21"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("DAILY SUMMARY, 20 February 2020\n\nWarplanes bombed the town.", "en"),
        ("Сводка за 20 февраля.\n\nСамолеты разбомбили город.", "ru"),
    ],
)
def test_an_undated_event_is_of_the_day_that_the_report_says_it_is_of(
    text: str, language: str
) -> None:
    (event,) = make_events(text, language)
    assert event.start_date == dt.date(2020, 2, 20)
    assert "the day that the report is of" in event.date_reason


def test_a_part_of_the_day_is_not_of_a_day_to_come() -> None:
    text = "They will meet next Tuesday.\n\nShells hit the market in the morning, killing four."
    assert days(text)[-1] == "2020-02-21"


def test_a_duration_that_begins_on_the_last_day_of_the_calendar_ends_there():
    text = "Shelling of Saraqib began on the 31st.\nFour days of clashes killed five."
    events = coded(
        text,
        {"Saraqib": "Saraqib"},
        {"the 31st": dt.date.max, "Four days": "P4D"},
        dct=dt.date.max,
    )
    assert [event.end_date for event in events] == [dt.date.max, dt.date.max]
