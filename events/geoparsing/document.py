"""What a reading of one report is made of.

Every step of the parser takes a Document and gives one back with one more layer.
Offsets are code points into `Document.text`, end exclusive; coordinates WGS 84 degrees; radii km.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; `paragraph` counts from 0, `index` is its place in `Document.sentences`."""

    start: int
    end: int
    index: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """One gazetteer entry that a name may stand for. `score` is 0..1, `reasons` are plain words."""

    place_id: str
    name: str
    kind: str
    lat: float | None
    lon: float | None
    score: float = 0.0
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place name in the text and what it was resolved to.

    `role` is a MentionRole value: literal, metonym or demonym. `place` is None for a name the
    gazetteer does not know. `country` is ISO 3166-1 alpha-2, set only when the place is a country.
    """

    start: int
    end: int
    text: str
    role: str = "literal"
    candidates: tuple[Candidate, ...] = ()
    place: Candidate | None = None
    country: str | None = None
    score: float = 0.0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Locality:
    """Where a sentence puts something: a place, or an area said relative to places.

    "near A", "10 km north of A", "between A and B", "southern countryside of A" give a centre and a
    radius in km, never a false exact point. `start`/`end` span the whole phrase; `toponyms` are the
    indexes into `Document.toponyms` it is built from. `geo_precision`: 1 point, 2 about, 3 region.
    """

    start: int
    end: int
    toponyms: tuple[int, ...]
    place: Candidate | None
    lat: float | None
    lon: float | None
    radius_km: float
    geo_precision: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A date phrase. `timex_type`/`timex_value` are TIMEX3's; `start_date..end_date` is inclusive.

    `precision` is a TimePrecision value. `kind` is "point" for what can date an event, and
    "duration", "set", "time" or "reference" (PAST_REF and the like) otherwise; the dates are None
    where the phrase names no interval.
    """

    start: int
    end: int
    text: str
    timex_type: str
    timex_value: str
    start_date: dt.date | None
    end_date: dt.date | None
    precision: str
    reason: str = ""
    kind: str = "point"
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ActorMention:
    """A span that names an actor. `actor` is the dictionary's name, `actor_id` its slug.

    `kind` is ACLED's inter code on the report's day; `generic` marks "the opposition", "militants".
    """

    start: int
    end: int
    text: str
    actor: str
    actor_id: str
    kind: int
    generic: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """A count of the killed: low, best, high, and the words that gave it."""

    low: int
    best: int
    high: int
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Participant:
    """An actor in an event: the dictionary's name and slug, and an ActorRole value."""

    actor: str
    actor_id: str
    role: str = "actor"


@dataclass(frozen=True, slots=True)
class CodedEvent:
    """One thing that a report says happened, coded by the codebook.

    `sub_event_type` is a SubEventType code (or a VerbalAct value when `verbal`). `locality` is
    None when the report gives no place. `start`/`end` span the sentence, `trigger` the words that
    decided the type. `confidence` is 0..1. Each line of `reasons` explains one choice (type,
    place, date, ...).
    """

    sub_event_type: str
    start: int
    end: int
    trigger: Span
    start_date: dt.date | None
    end_date: dt.date | None
    time_precision: str
    locality: Locality | None
    participants: tuple[Participant, ...] = ()
    fatalities: Figures | None = None
    reported_by: str = ""
    stance: str = "asserts"
    modality: str = "happened"
    verbal: bool = False
    confidence: float = 0.5
    date_text: str = ""
    date_reason: str = ""
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A report's text with all that was read in it. `dct` is the document creation time."""

    text: str
    dct: dt.date | None = None
    language: str = "en"
    dct_reason: str = ""
    sentences: tuple[Sentence, ...] = ()
    toponyms: tuple[Toponym, ...] = ()
    localities: tuple[Locality, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    actors: tuple[ActorMention, ...] = ()
    events: tuple[CodedEvent, ...] = ()
    notes: tuple[str, ...] = field(default=())

    def quote(self, span: Span | Sentence | CodedEvent) -> str:
        """The words a span covers."""
        return self.text[span.start : span.end]
