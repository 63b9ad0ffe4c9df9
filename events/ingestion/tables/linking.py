"""Names of a table's rows linked to our places and actors; what is not known is added once."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from django.utils.text import slugify
from simple_history.utils import bulk_create_with_history

from events.geoparsing.gazetteer import distance_km
from events.geoparsing.names import fold
from events.ingestion.tables.rows import EventRow, Party
from events.models import Actor, ActorName, Place, PlaceName
from events.vocabulary import AREA_KINDS, ActorKind, PlaceKind

NEAR_KM = 5.0
MOST_KNOWN = 50_000
GENERIC = re.compile(
    r"^(?:the )?(?:city|town|village|district|governorate) of |"
    r" (?:village|town|city|district|governorate|province|subdistrict|sub-district|area)$",
    re.IGNORECASE,
)


class Linker:
    """Looks names up in memory; one for a load."""

    def __init__(self) -> None:
        self.places: dict[str, list[Place]] = defaultdict(list)
        self.fresh: list[Place] = []
        self.known: dict[tuple[Any, ...], Place] = {}
        self.actors: dict[str, Actor] = {}
        self.slugs = set(Place.objects.values_list("slug", flat=True))
        self._read_places()
        self._read_actors()

    def _read_places(self) -> None:
        by_pk = Place.objects.select_related("parent").in_bulk()
        for pk, key in PlaceName.objects.values_list("place_id", "search_key"):
            self.places[key].append(by_pk[pk])
        for place in by_pk.values():
            self.places[fold(place.name)].append(place)

    def _read_actors(self) -> None:
        for actor in Actor.objects.all():
            self.actors[actor.name.casefold()] = actor
        for name in ActorName.objects.select_related("actor"):
            self.actors.setdefault(name.text.casefold(), name.actor)

    def place(self, row: EventRow) -> Place | None:
        """The place that a row names near its point; a new one for a name that is not known.

        New ones are stored by `store_new`.
        """
        if not row.place:
            return None
        key = (row.place, row.lat, row.lon, row.place_kind, row.geo_precision)
        found = self.known.get(key)
        if found is None:
            found = self._place(row)
            if len(self.known) >= MOST_KNOWN:
                self.known.clear()
            self.known[key] = found
        return found

    def _place(self, row: EventRow) -> Place:
        name = GENERIC.sub("", row.place).strip() or row.place
        key = fold(name)
        fitting = [p for p in self.places.get(key, ()) if self._fits(p, row)]
        if fitting:
            return min(fitting, key=lambda p: self._away(p, row))
        place = self._new_place(name, row)
        self.places[key].append(place)
        self.known.clear()  # the new one may be nearer to a point that was linked before
        return place

    def _fits(self, place: Place, row: EventRow) -> bool:
        if row.place_kind:
            wanted = place.kind == row.place_kind
        else:
            wanted = place.kind not in AREA_KINDS or row.geo_precision == 3
        return wanted and self._away(place, row) <= max(NEAR_KM, place.radius_km)

    def _away(self, place: Place, row: EventRow) -> float:
        return distance_km(place.latitude, place.longitude, row.lat, row.lon)

    def _new_place(self, name: str, row: EventRow) -> Place:
        base = slugify(fold(name))[:80] or "place"
        slug = base if base not in self.slugs else f"{base}-{row.lat:.3f}-{row.lon:.3f}"
        slug = slugify(slug.replace(".", "-"))
        while slug in self.slugs:
            slug = f"{slug}-x"
        self.slugs.add(slug)
        kind = row.place_kind or (PlaceKind.REGION if row.geo_precision == 3 else PlaceKind.VILLAGE)
        place = Place(
            slug=slug,
            name=name[:200],
            kind=kind,
            latitude=row.lat,
            longitude=row.lon,
            radius_km=row.radius_km or 1.0,
            country=row.country,
            parent=self._governorate(row),
            reference="a table of events",
        )
        self.fresh.append(place)
        return place

    def store_new(self) -> None:
        """Store the places that are new, many at once; until then they have no keys."""
        if self.fresh:
            bulk_create_with_history(self.fresh, Place)
            self.fresh.clear()

    def _governorate(self, row: EventRow) -> Place | None:
        name = GENERIC.sub("", row.admin1).strip()
        found = self.places.get(fold(f"{name} Governorate"), []) + self.places.get(fold(name), [])
        governorate = next((p for p in found if p.kind == PlaceKind.GOVERNORATE), None)
        if governorate and governorate.pk is None:
            self.store_new()
        return governorate

    def actor(self, party: Party) -> Actor | None:
        """The actor of a name; a new one, by the table's kind, for a name that is not known."""
        key = party.name.casefold()
        if key not in self.actors:
            self.actors[key] = self._new_actor(party)
        return self.actors[key]

    def _new_actor(self, party: Party) -> Actor:
        slug = slugify(party.name)[:120] or "actor"
        kind = party.kind or ActorKind.REBEL
        actor, _created = Actor.objects.get_or_create(
            slug=slug, defaults={"name": party.name[:200], "kind": kind}
        )
        return actor
