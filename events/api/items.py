"""The items of the collection of events: filtered, paged by key, as GeoJSON."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from ninja import Router

from events.api.encodings import GEOJSON, answer, encodings
from events.api.errors import Refused
from events.api.openapi import answers
from events.api.paging import Page, feature_collection, limit
from events.api.parameters import EVENT_KEYS, FILTERS, FRAME, FRAME_KEYS, F, filters_of, only
from events.models import Event
from events.publishing import tiles
from events.publishing.features import (
    PublicEvent,
    feature,
    public_event,
    public_events,
    with_public_parts,
)
from events.publishing.remembering import count_of, keys_of
from events.vocabulary import ReviewStatus

router = Router(tags=["data"])
NEVER_PUBLIC = (ReviewStatus.CANDIDATE, ReviewStatus.CONFIRMED, ReviewStatus.REJECTED)


@router.get(
    "/collections/events/items",
    summary="Published events",
    openapi_extra=answers("FeatureCollection", GEOJSON, parameters=[*FILTERS, *FRAME]),
)
def events(request: HttpRequest) -> HttpResponse:
    """A page of published events that pass the filters, with `numberMatched` and a `next` link."""
    filters = filters_of(request.GET)
    matched = filters.apply(Event.objects.published())
    page, found = event_page(matched, request.GET, remember=bool(filters.q))
    base = request.build_absolute_uri("/").rstrip("/")
    features = [feature(record, base) for record in found]
    body = feature_collection(request, features, page, count_of(matched))
    return answer(request, body, "items", GEOJSON)


def event_page(
    matched: QuerySet[Event], query: QueryDict, *, remember: bool = False
) -> tuple[Page, list[PublicEvent]]:
    """The page of `matched` that starts after the cursor, a uid.

    Rows come in the order of their keys: the index `event_public` holds these with every column
    that a filter compares, so that a narrow filter walks the index and not the table. With
    `remember` they are asked for alone, and remembered when that was slow.
    """
    size, cursor = limit(query), query.get("cursor", "")
    if cursor:
        # an event that was public once: of one that never was, not even that it is there is told
        ever = Event.objects.filter(uid=cursor[:20]).exclude(status__in=NEVER_PUBLIC)
        last = ever.values_list("pk", flat=True).first()
        if last is None:
            raise Refused(400, "Bad parameter", "cursor is not from a next link")
        matched = matched.filter(pk__gt=last)
    keys = matched.order_by("pk").values("pk")[: size + 1]
    listed = keys_of(keys) if remember else keys
    shown = Event.objects.published().filter(pk__in=listed).order_by("pk")
    found = list(public_events(shown))
    ids = [record["uid"] for record in found[:size]]
    return Page(ids, ids[-1] if len(found) > size else ""), found[:size]


@router.get(
    "/tiles/{z}/{x}/{y}",
    summary="Cluster counts of a tile",
    openapi_extra=answers("Tile", html=False, missing=True, parameters=FILTERS),
)
def tile(request: HttpRequest, z: int, x: int, y: int) -> HttpResponse:
    """Counts of the published events in a Web Mercator tile, behind the filters."""
    matched = filters_of(request.GET, EVENT_KEYS - FRAME_KEYS).apply(Event.objects.published())
    try:
        body: dict[str, Any] = tiles.tile(matched, z, x, y)
    except ValueError as error:
        raise Refused(404, "No such tile", str(error)) from error
    return answer(request, body, "")


@router.get(
    "/collections/events/items/{uid}",
    summary="One event",
    openapi_extra=answers("Feature", GEOJSON, missing=True, parameters=[F]),
)
def event(request: HttpRequest, uid: str) -> HttpResponse:
    """One published event as a GeoJSON Feature."""
    only(request.GET, {"f", "lang"})
    named = uid.replace("\x00", "")[:20]
    found = with_public_parts(Event.objects.published().filter(uid=named)).first()
    if found is None:
        raise Refused(404, "No such event", "There is no published event with this id.")
    base = request.build_absolute_uri("/").rstrip("/")
    body = feature(public_event(found), base)
    body["links"] = item_links(request, "events")
    return answer(request, body, "item", GEOJSON)


def item_links(request: HttpRequest, name: str) -> list[dict[str, str]]:
    """The links of one item: itself, its other encoding, its collection."""
    collection = request.build_absolute_uri(f"/api/collections/{name}")
    return [
        *encodings(request, GEOJSON),
        {"href": collection, "rel": "collection", "type": "application/json"},
    ]
