"""The published events as a snapshot: read from the tables, packed, stored, pointed to.

`publish` is the one call. It starts at the publication gate and reads public columns only:
coordinates were coarsened before they come here. FORMAT.md (static/js/model) describes every file.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.utils import timezone

from events.models import Actor, Claim, Event, Participation, Place, Source
from events.publishing import store
from events.publishing.cleaning import one_line
from events.publishing.pack import VERSION, EventRow, Packed, pack
from events.publishing.texts import Texts, put_texts
from events.publishing.tombstones import tombstones
from events.vocabulary import PlaceKind, SubEventType, TimePrecision

EPOCH = dt.date(1970, 1, 1).toordinal()
SUB_TYPE_NUMBERS = {code: number for number, code in enumerate(SubEventType.values)}
PRECISION_NUMBERS = {code: number for number, code in enumerate(TimePrecision.values)}

Manifest = dict[str, Any]

TOLD = dt.timedelta(days=1)
"""How long a manifest names what was retracted: no file of the snapshot may be kept for longer."""
MOST_RETRACTED = 1000


def publish(root: Path | str) -> Manifest:
    """Publish all events that may be public into `root`; returns the manifest now in force."""
    root = Path(root)
    with store.locked(root):
        rows = read_rows()
        packed = pack(rows)
        data = store.put(root, packed.data, ".bin")
        names = store.put(root, names_json(packed), ".json", "names-")
        texts = put_texts(root, [rows[i].uid for i in packed.order], packed.days)
        manifest = make_manifest(packed, data, names, texts, read_retracted())
        store.point_to(root, manifest, [data.name, names.name, *texts.files])
    return manifest


def read_retracted() -> list[str]:
    """The ids of events that left lately: as long as a copy of the snapshot may be kept."""
    return [stone["id"] for stone in tombstones(timezone.now() - TOLD, MOST_RETRACTED)]


def make_manifest(
    packed: Packed,
    data: store.StoredFile,
    names: store.StoredFile,
    texts: Texts,
    retracted: Sequence[str] = (),
) -> Manifest:
    """The pointer: which files make up the snapshot, and what a reader is told before it loads.

    Addresses are relative to the manifest's own; `from` and `to` are ISO days, None without events.
    """
    return {
        "version": VERSION,
        "hash": data.name.partition(".")[0],
        "rows": len(packed.order),
        "built_at": timezone.now().isoformat(timespec="seconds"),
        "from": iso(packed.days[0]) if packed.days else None,
        "to": iso(packed.last_day) if packed.days else None,
        "bin": {"url": data.name, "bytes": data.bytes, "br": data.br, "gz": data.gz,
                "sha256": data.sha256},
        "names": {"url": names.name, "bytes": names.bytes},
        "texts": {"days": texts.days, "blocks": texts.blocks},
        "ids": texts.ids,
        "retracted": list(retracted),
    }  # fmt: skip


def iso(day: int) -> str:
    """The ISO form of a day number."""
    return dt.date.fromordinal(day + EPOCH).isoformat()


COLUMNS = (
    "pk",
    "uid",
    "public_place__slug",
    "start_date",
    "end_date",
    "sub_event_type",
    "time_precision",
    "public_geo_precision",
    "public_latitude",
    "public_longitude",
    "public_radius_km",
    "fatalities_low",
    "fatalities_best",
    "fatalities_high",
    "is_contested",
)


def read_rows() -> list[EventRow]:
    """All published events as rows; bulk reads of plain values, no model instances."""
    published = Event.objects.published()
    actors = _tuples(
        Participation.objects.filter(event__in=published).values_list("event_id", "actor__slug")
    )
    sources = read_sources()
    return [
        EventRow(
            uid, place, start.toordinal() - EPOCH, (end or start).toordinal() - EPOCH,
            SUB_TYPE_NUMBERS[sub_type], PRECISION_NUMBERS[time_precision], geo_precision,
            lat, lon, radius_km, low, best, high, len(sources.get(pk, ())), contested,
            actors.get(pk, ()), sources.get(pk, ()),
        )
        for pk, uid, place, start, end, sub_type, time_precision, geo_precision,
            lat, lon, radius_km, low, best, high, contested
        in published.values_list(*COLUMNS).iterator(chunk_size=10_000)
    ]  # fmt: skip


def read_sources() -> dict[int, tuple[str, ...]]:
    """The public sources of each published event: those of its claims, and its dataset."""
    published = Event.objects.published()
    claimed = Claim.objects.public().filter(event__in=published)
    held = published.filter(dataset__is_public=True)
    pairs = [
        *claimed.values_list("event_id", "report__source__slug"),
        *held.values_list("pk", "dataset__slug"),
    ]
    return _tuples(pairs)


def _tuples(pairs: Iterable[tuple[int, str]]) -> dict[int, tuple[str, ...]]:
    """The distinct values of each key, sorted; equal tuples are one object."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    for key, value in pairs:
        found[key].add(value)
    known: dict[tuple[str, ...], tuple[str, ...]] = {}
    tuples = ((key, tuple(sorted(values))) for key, values in found.items())
    return {key: known.setdefault(values, values) for key, values in tuples}


def names_json(packed: Packed) -> bytes:
    """The names side file: places, actors and sources in the order that the snapshot numbers them.

    The places around those named follow after them, since filters and labels need them too.
    """
    actors = {
        slug: rest for slug, *rest in Actor.objects.values_list("slug", "name", "name_ar", "kind")
    }
    sources = dict(Source.objects.filter(is_public=True).values_list("slug", "name"))
    names = {
        "places": place_names(packed.places),
        "actors": [
            {"slug": slug, "en": one_line(en), "ar": one_line(ar), "kind": kind}
            for slug in packed.actors
            for en, ar, kind in [actors[slug]]
        ],
        "sources": [{"slug": slug, "name": one_line(sources[slug])} for slug in packed.sources],
    }
    return json.dumps(names, ensure_ascii=False, separators=(",", ":")).encode()


def place_names(slugs: list[str]) -> list[dict[str, Any]]:
    """The named places, then all that contain them, by slug."""
    columns = ("slug", "name", "name_ar", "kind", "parent__slug")
    table = {slug: rest for slug, *rest in Place.objects.values_list(*columns)}
    around = {a for slug in slugs for a in _chain(slug, table)} - set(slugs)
    return [_place(slug, table) for slug in [*slugs, *sorted(around)]]


def _place(slug: str, table: dict[str, list[Any]]) -> dict[str, Any]:
    name, name_ar, kind, parent = table[slug]
    chain = _chain(slug, table)
    governorate = next((p for p in chain if table[p][2] == PlaceKind.GOVERNORATE), None)
    return {"slug": slug, "en": one_line(name), "ar": one_line(name_ar), "kind": kind,
            "governorate": governorate, "parent": parent}  # fmt: skip


def _chain(slug: str, table: dict[str, list[Any]]) -> list[str]:
    """A place and what contains it, nearest first; a circle in the data ends the walk."""
    chain: list[str] = []
    at: str | None = slug
    while at is not None and at not in chain:
        chain.append(at)
        at = table[at][3]
    return chain
