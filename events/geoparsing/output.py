"""A Document as the plain dictionary that `geoparse` writes, one JSON line a report."""

from __future__ import annotations

import datetime as dt
from typing import Any

from events.geoparsing.document import CodedEvent, Document, TimeExpression, Toponym
from events.vocabulary import SubEventType


def document_to_dict(identifier: Any, doc: Document) -> dict[str, Any]:
    """The line of one report; offsets are code points, dates ISO 8601, coordinates degrees."""
    return {
        "id": identifier,
        "language": doc.language,
        "published": _iso(doc.dct),
        "toponyms": [toponym_to_dict(t) for t in doc.toponyms],
        "dates": [time_to_dict(t) for t in doc.times],
        "actors": [
            {"start": a.start, "end": a.end, "text": a.text, "actor": a.actor} for a in doc.actors
        ],
        "events": [event_to_dict(e) for e in doc.events if not e.verbal],
    }


def toponym_to_dict(toponym: Toponym) -> dict[str, Any]:
    """One place name with what it was resolved to; lat and lon are null for an unknown place."""
    place = toponym.place
    kind = "demonym" if toponym.role == "demonym" else (place.kind if place else "")
    return {
        "start": toponym.start,
        "end": toponym.end,
        "text": toponym.text,
        "place": place.name if place else toponym.text,
        "place_id": place.place_id if place else None,
        "kind": kind,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "country": toponym.country,
        "score": round(toponym.score, 3),
        "reason": toponym.reason,
    }


def time_to_dict(time: TimeExpression) -> dict[str, Any]:
    """One date phrase with its TIMEX3 type and value and the interval it names."""
    return {
        "start": time.start,
        "end": time.end,
        "text": time.text,
        "timex": {"type": time.timex_type, "value": time.timex_value},
        "start_date": _iso(time.start_date),
        "end_date": _iso(time.end_date),
        "precision": time.precision,
        "reason": time.reason,
    }


def event_to_dict(event: CodedEvent) -> dict[str, Any]:
    """One coded event, in the codebook's names."""
    sub_type = SubEventType(event.sub_event_type)
    where = event.locality
    return {
        "event_type": sub_type.event_type.codebook_name,
        "sub_event_type": sub_type.codebook_name,
        "start_date": _iso(event.start_date),
        "end_date": _iso(event.end_date),
        "time_precision": event.time_precision,
        "place": where.place.name if where and where.place else None,
        "lat": where.lat if where else None,
        "lon": where.lon if where else None,
        "geo_precision": where.geo_precision if where else None,
        "actors": [p.actor for p in event.participants],
        "fatalities": event.fatalities.best if event.fatalities else None,
        "reported_by": event.reported_by or None,
        "stance": event.stance,
        "modality": event.modality,
        "sentence_start": event.start,
        "sentence_end": event.end,
    }


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
