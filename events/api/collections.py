"""What the collections hold: their titles, extents and links."""

from __future__ import annotations

from typing import Any

from django.db.models import Max, Min
from django.http import HttpRequest

from events.models import Event
from events.publishing.remembering import remembered

COLLECTIONS = {
    "events": "Published events: dated, located, typed and sourced.",
    "places": "Places that published events name, and what they lie in.",
    "reports": "Reports that published events quote: public metadata, no texts.",
}
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
WORLD = [-180.0, -90.0, 180.0, 90.0]


def collection_document(request: HttpRequest, name: str) -> dict[str, Any]:
    """The OGC description of collection `name`."""
    own = request.build_absolute_uri(f"/api/collections/{name}")
    items = f"{own}/items"
    return {
        "id": name,
        "title": name.capitalize(),
        "description": COLLECTIONS[name],
        "itemType": "feature",
        "crs": [CRS84],
        "extent": extent(),
        "links": [
            {"href": own, "rel": "self", "type": "application/json"},
            {"href": f"{own}?f=html", "rel": "alternate", "type": "text/html"},
            {"href": items, "rel": "items", "type": "application/geo+json"},
            {"href": f"{items}?f=html", "rel": "items", "type": "text/html"},
        ],
    }


def extent() -> dict[str, Any]:
    """The box and the period of the published events; the world while there are none."""
    bounds = remembered("extent", _bounds)
    box = [bounds["west"], bounds["south"], bounds["east"], bounds["north"]]
    period = [f"{day}T00:00:00Z" if day else None for day in (bounds["start"], bounds["end"])]
    return {
        "spatial": {"bbox": [WORLD if None in box else box], "crs": CRS84},
        "temporal": {"interval": [period]},
    }


def _bounds() -> dict[str, Any]:
    return Event.objects.published().aggregate(
        west=Min("public_longitude"),
        south=Min("public_latitude"),
        east=Max("public_longitude"),
        north=Max("public_latitude"),
        start=Min("start_date"),
        end=Max("end_date"),
    )
