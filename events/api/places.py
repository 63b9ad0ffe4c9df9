"""The collection of places: those that published events name, and what they lie in."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Router

from events.api.encodings import GEOJSON, answer
from events.api.errors import Refused
from events.api.items import item_links
from events.api.openapi import answers
from events.api.paging import feature_collection, page_of
from events.api.parameters import BBOX, FRAME, FRAME_KEYS, F, filters_of, only
from events.models import Event, Place
from events.publishing.remembering import count_of, remembered

router = Router(tags=["data"])
KEYS = frozenset({*FRAME_KEYS, "bbox", "datetime"})


@router.get(
    "/collections/places/items",
    summary="Places of the published events",
    openapi_extra=answers("FeatureCollection", GEOJSON, parameters=[BBOX, *FRAME]),
)
def places(request: HttpRequest) -> HttpResponse:
    """A page of the places that published events name, with all that contains them."""
    matched = public_places()
    box = filters_of(request.GET, KEYS).bbox
    matched = matched.filter(inside(box)) if box else matched
    page = page_of(matched, "slug", request.GET)
    shown = Place.objects.filter(slug__in=page.ids).select_related("parent").order_by("slug")
    body = feature_collection(request, map(feature, shown), page, count_of(matched))
    return answer(request, body, "items", GEOJSON)


@router.get(
    "/collections/places/items/{slug}",
    summary="One place",
    openapi_extra=answers("Feature", GEOJSON, missing=True, parameters=[F]),
)
def place(request: HttpRequest, slug: str) -> HttpResponse:
    """One place as a GeoJSON Feature."""
    only(request.GET, {"f", "lang"})
    named = slug.replace("\x00", "")[:120]
    found = public_places().select_related("parent").filter(slug=named).first()
    if found is None:
        raise Refused(404, "No such place", "There is no public place with this id.")
    body = {**feature(found), "links": item_links(request, "places")}
    return answer(request, body, "item", GEOJSON)


def public_places() -> QuerySet[Place]:
    """Places that a published event names in public, and what contains them.

    A place whose events are shown coarsely is left out: its own point would tell the exact one.
    """
    keys = remembered("public places", lambda: frozenset(_named_and_around()))
    return Place.objects.filter(pk__in=keys, coarsen_km__isnull=True, latitude__isnull=False)


def _named_and_around() -> set[int]:
    named = Event.objects.published().filter(public_place=OuterRef("pk"))
    layer = set(Place.objects.filter(Exists(named)).values_list("pk", flat=True))
    found: set[int] = set()
    while layer:
        found |= layer
        parents = Place.objects.filter(pk__in=layer, parent__isnull=False)
        layer = set(parents.values_list("parent_id", flat=True)) - found
    return found


def inside(bbox: tuple[float, float, float, float]) -> Q:
    """Places whose point lies in the box; a box over the date line has west > east."""
    west, south, east, north = bbox
    band = Q(latitude__gte=south, latitude__lte=north)
    if west <= east:
        return band & Q(longitude__gte=west, longitude__lte=east)
    return band & (Q(longitude__gte=west) | Q(longitude__lte=east))


def feature(place: Place) -> dict[str, Any]:
    """A place as a GeoJSON Feature with flat properties."""
    return {
        "type": "Feature",
        "id": place.slug,
        "geometry": {"type": "Point", "coordinates": [place.longitude, place.latitude]},
        "properties": {
            "name": place.name,
            "name_ar": place.name_ar,
            "kind": place.kind,
            "parent": place.parent.slug if place.parent else None,
            "country": place.country,
            "radius_km": place.radius_km,
            "reference": place.reference,
        },
    }
