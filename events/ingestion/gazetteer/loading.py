"""Records become places: matched to what is there, or added; never over an editor's correction."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from events.exceptions import RowError
from events.geoparsing.gazetteer import distance_km
from events.geoparsing.names import fold, skeleton
from events.ingestion.gazetteer.records import GazetteerRecord, Name, family
from events.models import Place, PlaceName
from events.vocabulary import AREA_KINDS, PlaceKind

SAME_PLACE_KM = 3.0
BATCH = 2000
RADIUS_KM = {
    PlaceKind.COUNTRY: 300.0,
    PlaceKind.GOVERNORATE: 60.0,
    PlaceKind.DISTRICT: 20.0,
    PlaceKind.SUBDISTRICT: 8.0,
    PlaceKind.CITY: 5.0,
    PlaceKind.TOWN: 2.0,
}


@dataclass(slots=True)
class Outcome:
    """What a load did; `errors` are the rows that were not taken."""

    added: int = 0
    matched: int = 0
    names: int = 0
    errors: list[RowError] = field(default_factory=list)


class _Held:
    """The places that are there, by external id and by folded name."""

    def __init__(self) -> None:
        self.by_id: dict[tuple[str, str], Place] = {}
        self.by_name: dict[str, list[Place]] = defaultdict(list)
        self.slugs: set[str] = set()
        self.spellings: dict[int, set[str]] = defaultdict(set)
        for place in Place.objects.all():
            self.add(place)
        rows = PlaceName.objects.values_list("place_id", "text", "search_key")
        places = {place.pk: place for place in self.all_places()}
        for pk, text, key in rows:
            self.by_name[key].append(places[pk])
            self.spellings[pk].add(text)

    def all_places(self) -> list[Place]:
        """Every place once."""
        return list({p.slug: p for group in self.by_name.values() for p in group}.values())

    def add(self, place: Place) -> None:
        self.slugs.add(place.slug)
        self.by_name[fold(place.name)].append(place)
        for scheme, identifier in place.external_ids.items():
            self.by_id[scheme, str(identifier)] = place

    def match(self, record: GazetteerRecord) -> Place | None:
        """The place that `record` tells of: by id, or the same name within 3 km and one family."""
        for key in [(record.scheme, record.identifier), *record.other_ids]:
            if key in self.by_id:
                return self.by_id[key]
        for text, _language in [(record.name, ""), *record.names]:
            for place in self.by_name.get(fold(text), ()):
                if _is_same(place, record):
                    return place
        return None


def _is_same(place: Place, record: GazetteerRecord) -> bool:
    if family(place.kind) != family(record.kind) or place.latitude is None:
        return False
    away = distance_km(place.latitude, place.longitude, record.lat, record.lon)
    reach = SAME_PLACE_KM
    if record.kind in AREA_KINDS:  # centres of one area differ by how it is drawn
        reach = max(SAME_PLACE_KM, place.radius_km)
    return away <= reach


def load_records(items: Iterable[GazetteerRecord | RowError]) -> Outcome:
    """Load all records in one transaction; loading the same again changes nothing."""
    outcome, records = Outcome(), []
    for item in items:
        (outcome.errors if isinstance(item, RowError) else records).append(item)  # type: ignore[attr-defined]
    with transaction.atomic():
        _load(records, outcome)
    return outcome


def _load(records: list[GazetteerRecord], outcome: Outcome) -> None:
    held = _Held()
    told: list[tuple[Place, GazetteerRecord]] = []
    new: list[Place] = []
    for record in records:
        place = held.match(record)
        if place is None:
            place = _new_place(record, held)
            new.append(place)
            held.add(place)
        else:
            _remember_ids(place, record, held)
        told.append((place, record))
    _set_parents(told, new)
    Place.objects.bulk_create(new, batch_size=BATCH)
    known = [p for p, _ in told if p.pk and getattr(p, "_ids_changed", False)]
    Place.objects.bulk_update(known, ["external_ids"], batch_size=BATCH)
    outcome.added, outcome.matched = len(new), len(told) - len(new)
    outcome.names = _add_names(told, held)


def _new_place(record: GazetteerRecord, held: _Held) -> Place:
    arabic = next((text for text, language in record.names if language == "ar"), "")
    return Place(
        slug=_free_slug(record, held.slugs),
        name=record.name[:200],
        name_ar=arabic[:200],
        kind=record.kind,
        country=record.country,
        latitude=record.lat,
        longitude=record.lon,
        radius_km=RADIUS_KM.get(record.kind, 1.0),
        importance=_importance(record.population),
        reference=f"{record.scheme} {record.identifier}"[:200],
        external_ids={record.scheme: record.identifier, **dict(record.other_ids)},
    )


def _importance(population: int) -> int:
    """0-100 by the logarithm of the population."""
    return min(60, 6 * len(str(population))) if population else 0


def _free_slug(record: GazetteerRecord, taken: set[str]) -> str:
    base = slugify(fold(record.name))[:80] or f"place-{slugify(record.identifier)[:60]}"
    if base not in taken:
        return base
    return f"{base}-{record.scheme}-{slugify(record.identifier)[:30]}"


def _remember_ids(place: Place, record: GazetteerRecord, held: _Held) -> None:
    for scheme, identifier in [(record.scheme, record.identifier), *record.other_ids]:
        if scheme not in place.external_ids:
            place.external_ids[scheme] = identifier
            place._ids_changed = True
            held.by_id[scheme, identifier] = place


def _set_parents(told: list[tuple[Place, GazetteerRecord]], new: list[Place]) -> None:
    """Give new places a parent: the area that their file's area code stands for.

    A code is not looked up but learned: it stands for the area that most of its places lie
    nearest to, so that every scheme of codes works without a table of its own.
    """
    areas = list(
        Place.objects.filter(
            kind__in=[PlaceKind.DISTRICT, PlaceKind.GOVERNORATE], latitude__isnull=False
        ).select_related("parent")
    )
    districts = [a for a in areas if a.kind == PlaceKind.DISTRICT] or areas
    if not districts:
        return
    nearest = {id(p): _nearest(p, districts) for p in new if p.country in ("", "SY")}
    meaning = _meaning_of_codes(told, nearest)
    for place, record in told:
        if id(place) in nearest and not place.parent_id and place.kind != PlaceKind.COUNTRY:
            codes = [meaning[code] for code in reversed(record.areas) if code in meaning]
            place.parent = _fitting(place, codes, nearest[id(place)])


def _nearest(place: Place, areas: list[Place]) -> Place:
    return min(
        areas,
        key=lambda a: distance_km(place.latitude, place.longitude, a.latitude, a.longitude),
    )


def _meaning_of_codes(
    told: list[tuple[Place, GazetteerRecord]], nearest: dict[int, Place]
) -> dict[str, Place]:
    votes: dict[str, Counter[Any]] = defaultdict(Counter)
    for place, record in told:
        near = nearest.get(id(place))
        if near is None:
            continue
        for level, code in enumerate(record.areas):
            votes[code][near.parent if level == 0 and near.parent else near] += 1
    return {code: count.most_common(1)[0][0] for code, count in votes.items()}


def _fitting(place: Place, codes: list[Place], near: Place) -> Place:
    """The narrowest area whose code the record carries; else the nearest district."""
    wider = {PlaceKind.DISTRICT: 2, PlaceKind.GOVERNORATE: 1}
    own = wider.get(place.kind, 3)
    found = [a for a in codes if wider.get(a.kind, 0) < own]
    if found:
        return found[0]
    return near.parent if own <= 2 and near.parent else near


def _add_names(told: list[tuple[Place, GazetteerRecord]], held: _Held) -> int:
    """Add the spellings that are not there yet."""
    rows: dict[tuple[int, str, str], PlaceName] = {}
    for place, record in told:
        for text, language in _spellings(record):
            if text not in held.spellings[place.pk]:
                rows.setdefault((place.pk, text, language), _name(place, text, language))
    PlaceName.objects.bulk_create(rows.values(), batch_size=BATCH, ignore_conflicts=True)
    return len(rows)


def _spellings(record: GazetteerRecord) -> dict[Name, None]:
    own = [(record.name, "")] if record.name not in {t for t, _ in record.names} else []
    kept = [(t.strip(), x) for t, x in [*own, *record.names]]
    return dict.fromkeys((t, x) for t, x in kept if 1 < len(t) <= 200)


def _name(place: Place, text: str, language: str) -> PlaceName:
    keys = {"search_key": fold(text)[:200], "skeleton": skeleton(text)[:200]}
    return PlaceName(place=place, text=text, language=language, **keys)
