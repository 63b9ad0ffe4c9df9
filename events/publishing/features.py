"""Published events as plain public records: what any public byte about an event is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypedDict

from django.db.models import QuerySet

from events.models import Claim, Event, Participation, Place
from events.publishing.cleaning import one_line, web_address
from events.publishing.parts import part_prefetches, with_parts
from events.vocabulary import PlaceKind, SubEventType

BATCH = 500
WITHHELD: Any = {
    **dict.fromkeys(("title", "url", "reported_by", "date_text", "date_reason"), ""),
    "quote": "[…]",
    "fatalities_text": "",
    "trigger": None,
}
"""What stands for the words of a report that are withheld."""


class PublicClaim(TypedDict):
    """One claim that may be quoted."""

    source: str
    source_slug: str
    title: str
    url: str
    published: str | None
    quote: str
    reported_by: str
    stance: str
    modality: str
    date_text: str
    date_reason: str
    place_text: str
    place_reason: str
    fatalities: tuple[int | None, int | None, int | None]
    fatalities_text: str
    trigger: tuple[int, int] | None


class PublicEvent(TypedDict):
    """All that is public of an event. Coordinates are degrees, radius km, dates ISO 8601."""

    uid: str
    event_type: str
    sub_event_type: str
    event_type_code: str
    sub_event_type_code: str
    start_date: str
    end_date: str
    time_precision: str
    place: str
    place_ar: str
    place_slug: str
    place_kind: str
    admin1: str
    country: str
    latitude: float
    longitude: float
    radius_km: float
    geo_precision: int
    fatalities: tuple[int | None, int | None, int | None]
    actors: list[dict[str, Any]]
    summary: str
    is_contested: bool
    is_graphic: bool
    grade: str
    dataset: str
    external_id: str
    attributes: dict[str, Any]
    claims: list[PublicClaim]
    updated: str


def with_public_parts(events: QuerySet[Event]) -> QuerySet[Event]:
    """`events` with all that a public record needs; for a few, as a page shows them."""
    joined = events.select_related(
        "public_place__parent__parent__parent__parent", "place", "dataset"
    )
    return joined.prefetch_related(*part_prefetches())


def public_events(events: QuerySet[Event]) -> Iterator[PublicEvent]:
    """Public records of `events`, streamed."""
    return map(public_event, with_parts(events, BATCH))


def public_event(event: Event) -> PublicEvent:
    """The public record of one event with its parts fetched."""
    place = event.public_place
    sub_type = SubEventType(event.sub_event_type)
    hidden, silent = event.coarsening_km() > 0, event.withholds_quotes()
    dataset = event.dataset if event.dataset and event.dataset.is_public else None
    return {
        "uid": event.uid,
        "event_type": sub_type.event_type.codebook_name,
        "sub_event_type": sub_type.codebook_name,
        "event_type_code": sub_type.event_type.value,
        "sub_event_type_code": sub_type.value,
        "start_date": event.start_date.isoformat(),
        "end_date": (event.end_date or event.start_date).isoformat(),
        "time_precision": event.time_precision,
        "place": one_line(place.name) if place else "",
        "place_ar": one_line(place.name_ar) if place else "",
        "place_slug": place.slug if place else "",
        "place_kind": place.kind if place else "",
        "admin1": _governorate(place),
        "country": place.country if place else "",
        "latitude": event.public_latitude,
        "longitude": event.public_longitude,
        "radius_km": event.public_radius_km,
        "geo_precision": event.public_geo_precision,
        "fatalities": (event.fatalities_low, event.fatalities_best, event.fatalities_high),
        "actors": [_actor(part) for part in event.public_parts],
        "summary": one_line(event.summary),
        "is_contested": event.is_contested,
        "is_graphic": event.is_graphic,
        "grade": event.grade,
        "dataset": one_line(dataset.name) if dataset else "",
        "external_id": one_line(event.external_id) if dataset else "",
        "attributes": event.attributes if dataset and not hidden else {},
        "claims": [public_claim(claim, hidden, silent) for claim in event.public_claims],
        "updated": (event.published_at or event.updated_at).isoformat(),
    }


def _governorate(place: Place | None) -> str:
    around = [place, *place.ancestors()] if place else []
    found = next((p.name for p in around if p.kind == PlaceKind.GOVERNORATE), "")
    return one_line(found)


def _actor(part: Participation) -> dict[str, Any]:
    actor = part.actor
    return {
        "slug": actor.slug,
        "name": one_line(actor.name),
        "name_ar": one_line(actor.name_ar),
        "kind": actor.kind,
        "role": part.role,
    }


def public_claim(claim: Claim, hidden: bool = False, silent: bool = False) -> PublicClaim:
    """The public record of one claim; `hidden` leaves out how its place was found, `silent` all
    words of the report, its title and its address: they may name the place.
    """
    return {**_claim(claim, hidden), **WITHHELD} if silent else _claim(claim, hidden)


def _claim(claim: Claim, hidden: bool) -> PublicClaim:
    report = claim.report
    trigger = None
    if claim.trigger_start is not None and claim.trigger_end is not None:
        start, end = claim.trigger_start - claim.sentence_start, claim.trigger_end
        trigger = (start, end - claim.sentence_start)
        trigger = trigger if 0 <= trigger[0] < trigger[1] <= len(claim.quote) else None
    return {
        "source": one_line(report.source.name),
        "source_slug": report.source.slug,
        "title": one_line(report.title),
        "url": web_address(report.url),
        "published": report.published_at.date().isoformat() if report.published_at else None,
        "quote": claim.quote,
        "reported_by": one_line(claim.reported_by),
        "stance": claim.stance,
        "modality": claim.modality,
        "date_text": claim.date_text,
        "date_reason": claim.date_reason,
        "place_text": "" if hidden else claim.place_text,
        "place_reason": "" if hidden else claim.place_reason,
        "fatalities": (claim.fatalities_low, claim.fatalities_best, claim.fatalities_high),
        "fatalities_text": claim.fatalities_text,
        "trigger": trigger,
    }


def feature(record: PublicEvent, base_url: str) -> dict[str, Any]:
    """A GeoJSON Feature with flat properties, as GIS tools like them."""
    low, best, high = record["fatalities"]
    return {
        "type": "Feature",
        "id": record["uid"],
        "geometry": {"type": "Point", "coordinates": [record["longitude"], record["latitude"]]},
        "properties": {
            "event_type": record["event_type"],
            "sub_event_type": record["sub_event_type"],
            "start_date": record["start_date"],
            "end_date": record["end_date"],
            "time_precision": record["time_precision"],
            "place": record["place"],
            "place_ar": record["place_ar"],
            "admin1": record["admin1"],
            "radius_km": record["radius_km"],
            "geo_precision": record["geo_precision"],
            "actors": "; ".join(dict.fromkeys(a["name"] for a in record["actors"])),
            "fatalities_low": low,
            "fatalities_best": best,
            "fatalities_high": high,
            "contested": record["is_contested"],
            "summary": record["summary"],
            "sources": "; ".join(sources_of(record)),
            "url": f"{base_url}/events/{record['uid']}/",
        },
    }


def sources_of(record: PublicEvent) -> list[str]:
    """The names of the public sources of an event, each once."""
    names: Iterable[str] = (claim["source"] for claim in record["claims"])
    return list(dict.fromkeys([*names, *([record["dataset"]] if record["dataset"] else [])]))
