"""Pages by key: the cursor is the last id of a page, so that pages cost the same at any depth."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from events.api.encodings import GEOJSON, encodings
from events.api.errors import Refused

DEFAULT_LIMIT, MOST = 100, 1000


@dataclass(frozen=True, slots=True)
class Page:
    """The ids of a page, in order, and the cursor of the next one ("" for none)."""

    ids: list[str]
    next: str


def page_of(rows: QuerySet[Any], key: str, query: QueryDict) -> Page:
    """The page of `rows`, ordered by the unique column `key`, that the query asks for."""
    size, cursor = limit(query), query.get("cursor", "").replace("\x00", "")[:100]
    after = rows.filter(**{f"{key}__gt": cursor}) if cursor else rows
    found = list(after.order_by(key).values_list(key, flat=True)[: size + 1])
    return Page(found[:size], found[size - 1] if len(found) > size else "")


def limit(query: QueryDict) -> int:
    """Items a page: 1..MOST; a larger number is cut down, as OGC allows."""
    text = query.get("limit", str(DEFAULT_LIMIT))
    if not text.isdecimal() or not text.isascii() or len(text) > 9 or int(text) < 1:
        raise Refused(400, "Bad parameter", f"limit must be 1..{MOST}")
    return min(MOST, int(text))


def feature_collection(
    request: HttpRequest, features: Iterable[dict[str, Any]], page: Page, matched: int
) -> dict[str, Any]:
    """The GeoJSON of a page, with its own links and the next one's."""
    return {
        "type": "FeatureCollection",
        "features": list(features),
        "numberMatched": matched,
        "numberReturned": len(page.ids),
        "timeStamp": timezone.now().strftime("%Y-%m-%dT%H:%M:%SZ"),
        "links": [*encodings(request, GEOJSON), *next_link(request, page.next)],
    }


def next_link(request: HttpRequest, cursor: str) -> list[dict[str, str]]:
    """The link to the next page, where there are more items."""
    if not cursor:
        return []
    query = request.GET.copy()
    query["cursor"] = cursor
    href = request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
    return [{"href": href, "rel": "next", "type": GEOJSON}]
