"""Documents by hand: sentences, places, dates and actors put where a test says they are."""

from __future__ import annotations

import csv
import datetime as dt
import functools
from collections.abc import Mapping
from pathlib import Path

from events.geoparsing.actors import Actor, ActorIndex, tag_actors
from events.geoparsing.coding import code_events
from events.geoparsing.document import (
    Candidate,
    CodedEvent,
    Document,
    Locality,
    Sentence,
    TimeExpression,
    Toponym,
)
from events.geoparsing.lexicon import load_lexicon

TABLE = Path(__file__).parents[2] / "fixtures" / "tables" / "actors.csv"
DCT = dt.date(2020, 2, 21)

# name: kind, latitude, longitude, radius in km
PLACES = {
    "Idlib": ("governorate", 35.83, 36.67, 45.0),
    "Saraqib": ("town", 35.86, 36.81, 2.0),
    "Ariha": ("town", 35.81, 36.61, 2.0),
    "Binnish": ("town", 35.96, 36.71, 2.0),
    "Hmeimim": ("air_base", 35.40, 35.95, 2.0),
    "Damascus": ("city", 33.51, 36.29, 10.0),
    "Moscow": ("city", 55.75, 37.62, 20.0),
}


def make_document(
    text: str,
    places: Mapping[str, str] | None = None,
    times: Mapping[str, object] | None = None,
    language: str = "en",
    dct: dt.date | None = DCT,
) -> Document:
    """A Document of one sentence a line; a blank line ends a paragraph.

    `places` maps words of the text to names of PLACES ("~" before a name makes it a metonym),
    `times` maps words to a date, a pair of dates, or a TIMEX3 duration.
    """
    toponyms, localities = _places(text, places or {})
    doc = Document(
        text,
        dct,
        language,
        sentences=_sentences(text),
        toponyms=toponyms,
        localities=localities,
        times=tuple(_time(text, words, value) for words, value in (times or {}).items()),
    )
    return tag_actors(doc, actor_index(), load_lexicon(language))


def coded(text: str, *args: object, **settings: object) -> list[CodedEvent]:
    """The events that are told of, verbal acts left out."""
    doc = make_document(text, *args, **settings)
    return [e for e in code_events(doc, load_lexicon(doc.language)).events if not e.verbal]


@functools.cache
def actor_index() -> ActorIndex:
    """The dictionary of actors as the fixture's table has it."""
    with TABLE.open(encoding="utf-8", newline="") as rows:
        return ActorIndex([_actor(row) for row in csv.DictReader(rows)])


def _actor(row: dict[str, str]) -> Actor:
    listed = [name.partition(":") for name in row["names"].split("|") if name]
    names = [(row["name"], "en"), (row["ar"], "ar"), *((text, code) for code, _, text in listed)]
    periods = [period.split(":") for period in row["periods"].split("|") if period]
    return Actor(
        slug=row["slug"],
        name=row["name"],
        kind=int(row["kind"]),
        generic=row["generic"] == "1",
        names=tuple(name for name in names if name[0]),
        periods=tuple((int(k), _day(start), _day(end)) for k, start, end in periods),
    )


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _sentences(text: str) -> tuple[Sentence, ...]:
    found: list[Sentence] = []
    start = paragraph = 0
    for line in text.split("\n"):
        if line:
            found.append(Sentence(start, start + len(line), len(found), paragraph))
        else:
            paragraph += 1
        start += len(line) + 1
    return tuple(found)


def _places(
    text: str, places: Mapping[str, str]
) -> tuple[tuple[Toponym, ...], tuple[Locality, ...]]:
    toponyms, localities = [], []
    for words, name in places.items():
        kind, lat, lon, radius = PLACES[name.lstrip("~")]
        place = Candidate(name.lstrip("~").lower(), name.lstrip("~"), kind, lat, lon)
        start = text.index(words)
        role = "metonym" if name.startswith("~") else "literal"
        toponyms.append(Toponym(start, start + len(words), words, role, (), place))
        precision = 3 if kind == "governorate" else 1
        number = (len(toponyms) - 1,)
        localities.append(
            Locality(start, start + len(words), number, place, lat, lon, radius, precision)
        )
    return tuple(toponyms), tuple(localities)


def _time(text: str, words: str, value: object) -> TimeExpression:
    start = text.index(words)
    if isinstance(value, str):
        return TimeExpression(
            start, start + len(words), words, "DURATION", value, None, None, "day", kind="duration"
        )
    first, last = value if isinstance(value, tuple) else (value, value)
    precision = "day" if first == last else "month" if (last - first).days < 300 else "year"
    return TimeExpression(
        start, start + len(words), words, "DATE", str(first), first, last, precision
    )
