"""What the parser knows, read from the tables: the gazetteer and the dictionary of actors."""

from __future__ import annotations

import gc
import itertools
import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Any

from django.conf import settings
from django.db import DatabaseError

from events.geoparsing.actors import Actor as DictionaryActor
from events.geoparsing.actors import ActorIndex
from events.geoparsing.gazetteer import Entry, Gazetteer
from events.geoparsing.pipeline import Geoparser
from events.geoparsing.world import with_world
from events.ingestion.fixtures import table_actors, table_entries
from events.models import Actor, ActorKindPeriod, ActorName, Place, PlaceName

logger = logging.getLogger(__name__)

CHUNK = 2000
OF_READINGS = "the parser's list of countries and cities"
"""The reference of places that a reading itself added: alone they are no gazetteer."""
PLACE_COLUMNS = (
    "pk",
    "slug",
    "name",
    "name_ar",
    "kind",
    "latitude",
    "longitude",
    "radius_km",
    "parent__slug",
    "country",
    "importance",
    "valid_from",
    "valid_to",
)


def load_geoparser() -> Geoparser:
    """A parser that knows the tables as they stand now, and the world's countries and capitals.

    A database without tables, or without places but those that readings added, gives a parser that
    knows the fixtures' tables: what is read first must not take away what is read next.
    """
    geoparser = _read_tables()
    # What lives as long as the process is nothing for the collector to go through again and again.
    gc.collect()
    gc.freeze()
    return geoparser


def _read_tables() -> Geoparser:
    try:
        if Place.objects.exclude(reference=OF_READINGS).exists():
            return Geoparser(load_gazetteer(), load_actors())
    except DatabaseError:
        logger.warning("the database has no tables yet; reading the fixtures' tables")
    tables = settings.BASE_DIR / "fixtures" / "tables"
    return Geoparser(with_the_world(table_entries(tables)), ActorIndex(table_actors(tables)))


def load_gazetteer() -> Gazetteer:
    """The places of the database, with the world's own where the database has none."""
    return with_the_world(place_entries())


def with_the_world(entries: Iterable[Entry]) -> Gazetteer:
    """A gazetteer of `entries` and of the world's own where they lack them."""
    return Gazetteer(with_world(entries))


def place_entries() -> Iterator[Entry]:
    """One gazetteer entry for each Place, read as they are asked for."""
    columns = PlaceName.objects.order_by("place_id", "text").values_list
    spellings = columns("place_id", "text", "language").iterator(chunk_size=CHUNK)
    groups = itertools.groupby(spellings, key=itemgetter(0))
    owner, names = next(groups, (0, iter(())))
    for row in Place.objects.order_by("pk").values_list(*PLACE_COLUMNS).iterator(chunk_size=CHUNK):
        while owner and owner < row[0]:
            owner, names = next(groups, (0, iter(())))
        own = [(text, language) for _, text, language in names] if owner == row[0] else []
        yield _place_entry(row, own)


def _place_entry(row: tuple[Any, ...], names: list[tuple[str, str]]) -> Entry:
    (_pk, slug, name, name_ar, kind, lat, lon, radius, parent, country, importance, start, end) = (
        row
    )
    own = [(name, "en"), *([(name_ar, "ar")] if name_ar else [])]
    return Entry(
        place_id=slug,
        name=name,
        kind=kind,
        lat=lat,
        lon=lon,
        radius_km=radius,
        parent=parent or "",
        country=country,
        importance=importance,
        names=tuple(dict.fromkeys([*own, *names])),
        valid_from=start,
        valid_to=end,
    )


def load_actors() -> ActorIndex:
    """The dictionary of actors of the database."""
    names = _names_by_owner(ActorName.objects.values_list("actor_id", "text", "language"))
    periods: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for owner, kind, start, end in ActorKindPeriod.objects.values_list(
        "actor_id", "kind", "valid_from", "valid_to"
    ):
        periods[owner].append((kind, start, end))
    return ActorIndex([_dictionary_actor(a, names, periods) for a in Actor.objects.order_by("pk")])


def _dictionary_actor(
    actor: Actor, names: dict[int, list[tuple[str, str]]], periods: dict[int, list[tuple[Any, ...]]]
) -> DictionaryActor:
    own = [(actor.name, "en"), *([(actor.name_ar, "ar")] if actor.name_ar else [])]
    return DictionaryActor(
        slug=actor.slug,
        name=actor.name,
        kind=actor.kind,
        generic=actor.is_generic,
        names=tuple(dict.fromkeys([*own, *names.get(actor.pk, [])])),
        periods=tuple(periods.get(actor.pk, ())),
    )


def _names_by_owner(rows: Any) -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for owner, text, language in rows.iterator(chunk_size=10000):
        found[owner].append((text, language))
    return found
