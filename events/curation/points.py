"""A point dropped on the map: a place that no gazetteer knew, and the mention put there."""

from __future__ import annotations

import math
from typing import Any

from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from events.curation.errors import Refused
from events.curation.mentions import move_events
from events.curation.recording import locked, recording
from events.curation.roles import CURATE, require
from events.geoparsing.names import fold
from events.models import Decision, Mention, Place, PlaceName
from events.vocabulary import MentionStatus, NameOrigin, PlaceKind

AROUND_DEGREES = 0.2
MOST_AROUND = 200


def drop_point(mention: Mention, lat: float, lon: float, by: Any, reason: str = "") -> Decision:
    """Make a place of the mention's name at a point (WGS 84 degrees), as a village of 1 km, and put
    the mention there: one decision, one undo.
    """
    with recording("mention", by, reason, report=mention.report) as log:
        require(by, CURATE)
        row = locked(mention)
        if not fold(row.text):
            raise Refused(_("This is no name that can be looked up."))
        place = log.create(_place(row.text, lat, lon))
        log.create(_spelling(place, row, by))
        log.label = f"{row.text}: {lat:g}, {lon:g}"
        before = row.place_id
        log.change(
            row,
            place=place,
            status=MentionStatus.VERIFIED,
            verified_by=by,
            verified_at=timezone.now(),
        )
        move_events(log, row, before, place, by)
    return log.decision


def _spelling(place: Place, mention: Mention, by: Any) -> PlaceName:
    return PlaceName(
        place=place,
        text=mention.text[:200],
        language=mention.report.language,
        origin=NameOrigin.LEARNED,
        learned_from=mention.report,
        learned_by=by,
    )


def _place(name: str, lat: float, lon: float) -> Place:
    near = nearest(lat, lon)
    return Place(
        slug=free_slug(name),
        name=name[:200],
        kind=PlaceKind.VILLAGE,
        latitude=lat,
        longitude=lon,
        radius_km=1.0,
        parent=near.parent if near else None,
        country=near.country if near else "",
        reference="dropped on the map",
        edited=True,
    )


def nearest(lat: float, lon: float) -> Place | None:
    """The nearest known place that lies in another, within some 20 km: it tells what is around."""
    rows = Place.objects.filter(
        parent__isnull=False,
        latitude__range=(lat - AROUND_DEGREES, lat + AROUND_DEGREES),
        longitude__range=(lon - AROUND_DEGREES, lon + AROUND_DEGREES),
    )
    wide = math.cos(math.radians(lat))
    rows = rows.select_related("parent").order_by("pk")[:MOST_AROUND]
    return min(
        rows, key=lambda p: math.hypot(p.latitude - lat, (p.longitude - lon) * wide), default=None
    )


def free_slug(name: str) -> str:
    """A slug of the name's Latin key that no place has yet."""
    stem = (slugify(name) or slugify(fold(name)) or "place")[:100]
    held = set(Place.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    tries = (stem, *(f"{stem}-{number}" for number in range(2, len(held) + 3)))
    return next(slug for slug in tries if slug not in held)
