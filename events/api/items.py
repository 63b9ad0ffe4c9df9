"""The items of the collections: filtered, paged by key, as GeoJSON."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, JsonResponse, QueryDict
from django.utils import timezone
from ninja import Router

from events.models import Event
from events.publishing import tiles
from events.publishing.features import feature, public_event, public_events, with_public_parts
from events.publishing.filters import KEYS, parse_filters

GEOJSON = "application/geo+json"
DEFAULT_LIMIT, MOST = 100, 1000
OWN_KEYS = frozenset({*KEYS, "limit", "cursor", "datetime", "f", "lang"})
router = Router(tags=["data"])


@dataclass
class Refused(Exception):
    """A request that is answered with an error: HTTP status, title, detail."""

    status: int
    title: str
    detail: str


def _parameter(name: str, text: str, kind: str = "string", **schema: Any) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": text,
        "schema": {"type": kind, **schema},
    }


PARAMETERS = [
    _parameter("limit", "Items a page", "integer", minimum=1, maximum=MOST, default=DEFAULT_LIMIT),
    _parameter("bbox", "west,south,east,north in degrees"),
    _parameter("datetime", "RFC 3339 instant or interval, with .. for an open end"),
    _parameter("from", "First day, inclusive", format="date"),
    _parameter("to", "Last day, inclusive", format="date"),
    _parameter("type", "Event type, by code or codebook name"),
    _parameter("sub_type", "Sub-event type, by code or codebook name"),
    _parameter("actor", "Actor slug"),
    _parameter("source", "Source slug"),
    _parameter("place", "Place slug, with all that lies in it"),
    _parameter("precision", "exact, about or region"),
    _parameter("q", "Words in quotes, titles, places and actors"),
    _parameter("cursor", "Where the next page starts, from a `next` link"),
]


@router.get(
    "/collections/events/items",
    summary="Published events",
    response=dict[str, Any],
    openapi_extra={"parameters": PARAMETERS},
)
def events(request: HttpRequest) -> JsonResponse:
    """A page of published events that pass the filters, with `numberMatched` and a `next` link."""
    query = checked(request.GET)
    filters = parse_filters(query)
    if filters.problems:
        raise Refused(400, "Bad parameter", "; ".join(map(str, filters.problems)))
    matched = filters.apply(Event.objects.published())
    size, cursor = limit(query), query.get("cursor", "")
    page = matched.filter(uid__gt=cursor) if cursor else matched
    uids = list(page.order_by("uid").values_list("uid", flat=True)[: size + 1])
    shown = Event.objects.published().filter(uid__in=uids[:size]).order_by("uid")
    base = request.build_absolute_uri("/").rstrip("/")
    body = {
        "type": "FeatureCollection",
        "features": [feature(record, base) for record in public_events(shown)],
        "numberMatched": matched.count(),
        "numberReturned": len(uids[:size]),
        "timeStamp": timezone.now().strftime("%Y-%m-%dT%H:%M:%SZ"),
        "links": links(request, uids[size - 1] if len(uids) > size else ""),
    }
    return JsonResponse(body, content_type=GEOJSON)


@router.get("/tiles/{z}/{x}/{y}", summary="Cluster counts of a tile", response=dict[str, Any])
def tile(request: HttpRequest, z: int, x: int, y: int) -> dict[str, Any]:
    """Counts of the published events in a Web Mercator tile, behind the filters."""
    filters = parse_filters(checked(request.GET))
    if filters.problems:
        raise Refused(400, "Bad parameter", "; ".join(map(str, filters.problems)))
    try:
        return tiles.tile(filters.apply(Event.objects.published()), z, x, y)
    except ValueError as error:
        raise Refused(404, "No such tile", str(error)) from error


@router.get("/collections/events/items/{uid}", summary="One event", response=dict[str, Any])
def event(request: HttpRequest, uid: str) -> JsonResponse:
    """One published event as a GeoJSON Feature."""
    found = with_public_parts(Event.objects.published().filter(uid=uid[:20])).first()
    if found is None:
        raise Refused(404, "No such event", "There is no published event with this id.")
    base = request.build_absolute_uri("/").rstrip("/")
    body = feature(public_event(found), base)
    collection = f"{base}/api/collections/events"
    body["links"] = [
        {"href": f"{collection}/items/{uid}", "rel": "self", "type": GEOJSON},
        {"href": collection, "rel": "collection", "type": "application/json"},
    ]
    return JsonResponse(body, content_type=GEOJSON)


def checked(query: QueryDict) -> QueryDict:
    """The query with `datetime` as from/to; an unknown key is refused, as OGC asks."""
    unknown = sorted(set(query) - OWN_KEYS)
    if unknown:
        raise Refused(400, "Unknown parameter", f"Not a parameter: {', '.join(unknown)[:200]}")
    if query.get("f", "json") not in ("json", "geojson"):
        raise Refused(400, "Bad parameter", "f must be json")
    if "datetime" in query:
        query = query.copy()
        query["from"], query["to"] = period(query["datetime"])
    return query


def period(text: str) -> tuple[str, str]:
    """First and last day of an RFC 3339 instant or interval; "" for an open end."""
    parts = text.strip().split("/")
    if len(parts) > 2 or parts == [".."] or not all(parts):
        parts = [p if p else ".." for p in parts]
        if len(parts) != 2:
            raise Refused(400, "Bad parameter", "datetime must be an instant or start/end")
    days = [_day(part) for part in parts]
    return (days[0], days[-1])


def _day(part: str) -> str:
    if part == "..":
        return ""
    try:
        return dt.datetime.fromisoformat(part.replace("Z", "+00:00")).date().isoformat()
    except ValueError as error:
        hint = f"datetime: {part[:40]!r} is not RFC 3339, such as 2020-02-20T00:00:00Z"
        raise Refused(400, "Bad parameter", hint) from error


def limit(query: QueryDict) -> int:
    """Items a page: 1..MOST; a larger number is cut down, as OGC allows."""
    text = query.get("limit", str(DEFAULT_LIMIT))
    if not text.isdecimal() or not text.isascii() or len(text) > 9 or int(text) < 1:
        raise Refused(400, "Bad parameter", f"limit must be 1..{MOST}")
    return min(MOST, int(text))


def links(request: HttpRequest, cursor: str) -> list[dict[str, str]]:
    """The page's own link, and the next one where there are more items."""
    found = [{"href": request.build_absolute_uri(), "rel": "self", "type": GEOJSON}]
    if cursor:
        query = request.GET.copy()
        query["cursor"] = cursor
        href = request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
        found.append({"href": href, "rel": "next", "type": GEOJSON})
    return found
