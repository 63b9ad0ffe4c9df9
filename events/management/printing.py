"""A Document printed for a person at a terminal."""

from __future__ import annotations

from events.geoparsing.document import CodedEvent, Document, TimeExpression, Toponym
from events.vocabulary import SubEventType


def document_as_text(name: str, doc: Document) -> str:
    """What was found in one report, each choice with its reason."""
    head = f"{name}: {doc.language}, published {doc.dct or 'unknown'} {doc.dct_reason}".rstrip()
    parts = [
        head,
        *_section("Places", [_place(t) for t in doc.toponyms]),
        *_section("Dates", [_time(t) for t in doc.times]),
        *_section("Actors", [f"{a.text} -> {a.actor}" for a in doc.actors]),
        *_section("Events", [_event(doc, e) for e in doc.events if not e.verbal]),
    ]
    return "\n".join(parts) + "\n"


def _section(title: str, lines: list[str]) -> list[str]:
    return ["", f"{title} ({len(lines)})", *(f"  {line}" for line in lines)]


def _place(toponym: Toponym) -> str:
    place = toponym.place
    if place is None:
        return f"{toponym.text} -> unknown. {toponym.reason}"
    point = f"{place.lat:.3f} {place.lon:.3f}" if place.lat is not None else "no point"
    return f"{toponym.text} -> {place.name} ({place.kind}, {point}). {toponym.reason}"


def _time(time: TimeExpression) -> str:
    days = f"{time.start_date} .. {time.end_date}" if time.start_date else "no interval"
    return f"{time.text} -> {time.timex_type} {time.timex_value} ({days}). {time.reason}"


def _event(doc: Document, event: CodedEvent) -> str:
    where = event.locality.place.name if event.locality and event.locality.place else "no place"
    killed = f", killed {event.fatalities.best}" if event.fatalities else ""
    days = f"{event.start_date} .. {event.end_date}"
    kind = SubEventType(event.sub_event_type).codebook_name
    state = f"{event.stance}, {event.modality}"
    quote = doc.quote(event).strip()[:160]
    return f"{kind}, {where}, {days}{killed} [{state}]: {quote}"
