"""The query parameters of the items: their OpenAPI descriptions and their checking."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import QueryDict

from events.api.errors import Refused
from events.api.paging import DEFAULT_LIMIT, MOST
from events.publishing.filters import KEYS, Filters, parse_filters

FRAME_KEYS = frozenset({"limit", "cursor", "f", "lang"})
EVENT_KEYS = frozenset({*KEYS, *FRAME_KEYS, "datetime"})


def parameter(name: str, text: str, kind: str = "string", **schema: Any) -> dict[str, Any]:
    """A query parameter as OpenAPI describes it."""
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": text,
        "schema": {"type": kind, **schema},
        "style": "form",
        "explode": False,
    }


F = parameter("f", "Encoding", enum=["json", "html"])
BBOX = {
    **parameter("bbox", "west,south,east,north in degrees", "array"),
    "schema": {"type": "array", "minItems": 4, "maxItems": 6, "items": {"type": "number"}},
}
LIMIT = parameter(
    "limit", "Items a page", "integer", minimum=1, maximum=MOST, default=DEFAULT_LIMIT
)
CURSOR = parameter("cursor", "Where the next page starts, from a `next` link")
FRAME = [LIMIT, CURSOR, F]
FILTERS = [
    BBOX,
    parameter("datetime", "RFC 3339 instant or interval, with .. for an open end"),
    parameter("from", "First day, inclusive", format="date"),
    parameter("to", "Last day, inclusive", format="date"),
    parameter("type", "Event type, by code or codebook name"),
    parameter("sub_type", "Sub-event type, by code or codebook name"),
    parameter("actor", "Actor slug"),
    parameter("source", "Source slug"),
    parameter("place", "Place slug, with all that lies in it"),
    parameter("precision", "exact, about or region"),
    parameter("q", "Words in quotes, titles, places and actors"),
]


def only(query: QueryDict, known: frozenset[str] | set[str]) -> None:
    """Refuse a key that is no parameter, as OGC asks."""
    unknown = sorted(set(query) - set(known))
    if unknown:
        raise Refused(400, "Unknown parameter", f"Not a parameter: {', '.join(unknown)[:200]}")


def filters_of(query: QueryDict, known: frozenset[str] | set[str] = EVENT_KEYS) -> Filters:
    """The filters of a query; Refused for an unknown key or value."""
    only(query, known)
    if "datetime" in query:
        query = query.copy()
        query["from"], query["to"] = period(query["datetime"])
    filters = parse_filters(query)
    if filters.problems:
        raise Refused(400, "Bad parameter", "; ".join(map(str, filters.problems))[:500])
    return filters


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
