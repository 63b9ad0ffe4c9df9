"""The demo's reports: every file is whole, agrees with the tables and with the calendar."""

from __future__ import annotations

import csv
import datetime as dt
import re
import tomllib
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from events.vocabulary import (
    AREA_KINDS,
    SENSITIVE_KINDS,
    EventType,
    Modality,
    Reliability,
    SourceKind,
    Stance,
    SubEventType,
)

FIXTURES = Path(__file__).parent.parent / "fixtures"
FILES = sorted((FIXTURES / "demo").glob("*.toml"))
DAYS_OF_NEWS = 14
"""A weekday alone never reaches further back than "Tuesday last week"."""

REPORT_KEYS = {"slug", "source", "title", "published", "language", "text", "note", "events"}
EVENT_KEYS = {
    "sub_type",
    "start",
    "end",
    "geo_precision",
    "actors",
    "quote",
    "reported_by",
    "stance",
    "modality",
}
OPTIONAL_EVENT_KEYS = {
    "place",
    "lat",
    "lon",
    "radius_km",
    "targets",
    "fatalities",
    "fatalities_text",
    "summary",
}

WEEKDAYS = {
    "en": ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
    "ar": ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"],
    "ru": ["понедельник", "вторник", "сред[ауы]", "четверг", "пятниц", "суббот", "воскресенье"],
    "tr": ["pazartesi", "salı", "çarşamba", "perşembe", "cuma", "cumartesi", "pazar"],
}
MONTHS = {
    "en": "january february march april may june july august september october november december",
    "ar": "كانون_الثاني شباط آذار نيسان أيار حزيران "
    "تموز آب أيلول تشرين_الأول تشرين_الثاني كانون_الأول",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "tr": "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
}


@cache
def table(name: str) -> dict[str, dict[str, str]]:
    with (FIXTURES / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as source:
        return {row["slug"]: row for row in csv.DictReader(source)}


@cache
def report(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def approved() -> list[tuple[dict[str, Any], dict[str, Any]]]:
    return [(report(path), event) for path in FILES for event in report(path)["events"]]


def happening(event: dict[str, Any]) -> tuple[str, dt.date, dt.date, str]:
    """Entries of different reports with this in common are claims about one event."""
    place = event.get("place") or f"{event['lat']},{event['lon']}"
    return event["sub_type"], event["start"], event["end"], place


def lowered(text: str) -> str:
    """Lower case, the Turkish way for the one letter that weekdays and months need."""
    return text.replace("İ", "i").lower()


def weekdays_in(quote: str, language: str) -> set[int]:
    """Weekdays named in a quote, Monday is 0."""
    words = re.findall(r"\w+", lowered(quote))
    names = enumerate(WEEKDAYS[language])
    exact = language == "tr"
    return {
        index
        for index, name in names
        for word in words
        if (word == name if exact else re.fullmatch(name + r"\w{0,2}", word))
    }


def dates_in(quote: str, language: str) -> set[tuple[int, int]]:
    """(month, day) pairs of explicit dates in a quote, such as "31 December"."""
    found = set()
    for month, name in enumerate(MONTHS[language].split(" "), start=1):
        name = name.replace("_", " ")
        for match in re.finditer(rf"(\d{{1,2}}) {name}\b", lowered(quote)):
            found.add((month, int(match.group(1))))
    return found


def days_of(event: dict[str, Any]) -> list[dt.date]:
    length = (event["end"] - event["start"]).days
    return [event["start"] + dt.timedelta(days=number) for number in range(length + 1)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_report_has_its_keys_and_says_that_it_is_ours(path):
    data = report(path)
    assert set(data) - {"url"} == REPORT_KEYS
    assert data["slug"] == path.stem
    assert re.fullmatch(r"\d{3}-[a-z0-9-]+", path.stem)
    assert data["note"].startswith("Written by us for the demo, in our own words")
    assert type(data["published"]) is dt.date
    assert ".example/" in data.get("url", ".example/")
    assert 120 <= len(data["text"].split()) <= 450


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_report_is_of_a_source_of_the_demo(path):
    source = table("sources")[report(path)["source"]]
    assert source["slug"].startswith("demo-")
    assert source["language"] == report(path)["language"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_approved_event_is_quoted_from_one_line_of_its_report(path):
    lines = report(path)["text"].splitlines()
    for event in report(path)["events"]:
        assert any(event["quote"] in line for line in lines), event["quote"]
        assert event.get("fatalities_text", "") in report(path)["text"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_approved_event_uses_the_closed_vocabularies(path):
    for event in report(path)["events"]:
        assert EVENT_KEYS <= set(event) <= EVENT_KEYS | OPTIONAL_EVENT_KEYS
        assert event["sub_type"] in SubEventType.values
        assert event["stance"] in Stance.values
        assert event["modality"] == Modality.HAPPENED
        assert event["geo_precision"] in (1, 2, 3)
        assert ("radius_km" in event) == (event["geo_precision"] == 2)
        low, best, high = event.get("fatalities", [0, 0, 0])
        assert 0 <= low <= best <= high


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_approved_event_names_places_and_actors_of_the_tables(path):
    for event in report(path)["events"]:
        assert ("place" in event) != ({"lat", "lon"} <= set(event))
        assert event.get("place", "syria") in table("places")
        assert event["actors"]
        for actor in [*event["actors"], *event.get("targets", [])]:
            assert actor in table("actors")
        assert not set(event["actors"]) & set(event.get("targets", []))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_event_without_a_day_is_no_older_than_its_report(path):
    for event in report(path)["events"]:
        assert event["start"] <= event["end"] <= report(path)["published"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_weekday_or_date_of_a_quote_is_true_of_its_event(path):
    data = report(path)
    for event in data["events"]:
        weekdays = weekdays_in(event["quote"], data["language"])
        dates = dates_in(event["quote"], data["language"])
        days = days_of(event)
        if not weekdays and not dates:
            continue
        by_weekday = any(day.weekday() in weekdays for day in days)
        by_date = any((day.month, day.day) in dates for day in days)
        assert by_weekday or by_date, (event["quote"], event["start"])
        if by_weekday and not by_date:
            assert (data["published"] - event["end"]).days <= DAYS_OF_NEWS, event["quote"]


@pytest.mark.parametrize(
    ("quote", "language", "expected"),
    [
        ("on Sunday and Monday", "en", {0, 6}),
        ("Cumartesi günü", "tr", {5}),
        ("в среду сбили средства ПВО", "ru", {2}),
        ("يوم الأربعاء", "ar", {2}),
        ("no day at all", "en", set()),
    ],
)
def test_weekdays_are_read_as_whole_words(quote, language, expected):
    assert weekdays_in(quote, language) == expected


def test_an_editor_approves_a_happening_once_in_a_report():
    told = Counter((data["slug"], happening(event)) for data, event in approved())
    assert [key for key, count in told.items() if count > 1] == []


def test_a_denial_has_a_twin_that_asserts():
    stances = defaultdict(set)
    for _, event in approved():
        stances[happening(event)].add(event["stance"])
    denied = [told for told in stances.values() if Stance.DENIES in told]
    assert denied
    assert all(Stance.ASSERTS in told for told in denied)


def test_several_reports_tell_of_one_happening_with_other_figures():
    figures = defaultdict(list)
    for _, event in approved():
        figures[happening(event)].append(tuple(event.get("fatalities", ())))
    told_twice = [told for told in figures.values() if len(told) > 1]
    assert len(told_twice) >= 10
    assert sum(len({figure for figure in told if figure}) > 1 for told in told_twice) >= 5


def test_the_demo_is_large_and_varied_enough():
    events = approved()
    assert len(FILES) >= 48
    assert len({happening(event) for _, event in events}) >= 140
    types = {SubEventType(event["sub_type"]).event_type for _, event in events}
    assert types == set(EventType)
    assert len({event["sub_type"] for _, event in events}) >= 16
    assert len({happening(event)[-1] for _, event in events}) >= 80
    assert {event["geo_precision"] for _, event in events} == {1, 2, 3}
    assert sum(event["end"] != event["start"] for _, event in events) >= 8
    assert {event["start"].year for _, event in events} == {2017, 2018, 2019, 2020}


@pytest.mark.parametrize(("language", "least"), [("en", 30), ("ar", 5), ("ru", 4), ("tr", 4)])
def test_the_demo_speaks_the_four_languages(language, least):
    assert sum(report(path)["language"] == language for path in FILES) >= least


def test_a_region_is_never_an_exact_point():
    areas = {kind.value for kind in AREA_KINDS}
    for _, event in approved():
        if event.get("place") and event["geo_precision"] == 1:
            assert table("places")[event["place"]]["kind"] not in areas, event["quote"]


def test_sensitive_places_are_among_the_approved():
    places = {event["place"] for _, event in approved() if "place" in event}
    kinds = {table("places")[place]["kind"] for place in places}
    assert len(kinds & {kind.value for kind in SENSITIVE_KINDS}) >= 2


def test_the_sources_are_fictional_and_use_the_closed_vocabularies():
    sources = table("sources")
    used = {report(path)["source"] for path in FILES}
    assert set(sources) - {"ucdp-ged"} == used
    assert all(row["kind"] in SourceKind.values for row in sources.values())
    assert all(row["reliability"] in Reliability.values for row in sources.values())
    assert {row["slug"] for row in sources.values() if row["is_public"] == "0"} & used
