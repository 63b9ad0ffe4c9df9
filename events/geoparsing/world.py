"""The world beside Syria: countries, regions, seas and large cities as gazetteer entries.

Read from lexicon/world.toml and lexicon/cities.csv, and the adjectives of countries (demonyms).
"""

from __future__ import annotations

import csv
import functools
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from .gazetteer import Entry, distance_km
from .inflection import cyrillic_forms
from .lexicon import FOLDER
from .names import fold, fold_word

_ARABIC_NISBA = ("", "ة", "ين", "ون", "ات", "تين")
_SAME_PLACE_KM = 12.0
_PARTS = frozenset({"governorate", "district", "subdistrict"})


def _world() -> dict[str, Any]:
    """The table as it stands; what is made of it is kept, not the table."""
    return tomllib.loads((FOLDER / "world.toml").read_text(encoding="utf-8"))


def _spellings(listed: Iterable[str]) -> tuple[tuple[str, str], ...]:
    return tuple((text, language) for language, _, text in (item.partition(":") for item in listed))


def world_entries() -> tuple[Entry, ...]:
    """All countries, the regions and the cities of the world that news speaks of."""
    world = _world()
    return (*_countries(world), *_regions(world), *_cities(world))


def _countries(world: dict[str, Any]) -> list[Entry]:
    made = []
    for slug, row in world["countries"].items():
        names = _spellings(row["names"])
        lat, lon = row["at"]
        made.append(
            Entry(
                slug, names[0][0], "country", lat, lon, row["radius"], "", row["iso"],
                importance=0.95, names=names,
            )
        )  # fmt: skip
    return made


def _regions(world: dict[str, Any]) -> list[Entry]:
    parents = {row["iso"]: slug for slug, row in world["countries"].items()}
    made = []
    for slug, row in world["regions"].items():
        names = _spellings(row["names"])
        lat, lon = row["at"]
        made.append(
            Entry(
                slug, names[0][0], row["kind"], lat, lon, row["radius"],
                parents.get(row["iso"], ""), row["iso"], importance=0.8, names=names,
            )
        )  # fmt: skip
    return made


def _cities(world: dict[str, Any]) -> list[Entry]:
    parents = {row["iso"]: slug for slug, row in world["countries"].items()}
    with (FOLDER / "cities.csv").open(encoding="utf-8", newline="") as rows:
        return [_city(row, parents) for row in csv.DictReader(rows)]


def _city(row: dict[str, str], parents: dict[str, str]) -> Entry:
    return Entry(
        row["slug"], row["name"], "city", float(row["lat"]), float(row["lon"]), 10.0,
        parents.get(row["country"], ""), row["country"],
        importance=float(row["importance"]),
        names=_spellings(filter(None, row["names"].split("|"))),
    )  # fmt: skip


def with_world(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The given entries as they come, then those of the world that were not among them.

    The same slug, the same country, or the same name within 12 km is the same place: the given
    entry stays and gains the world's spellings.
    """
    world = {entry.place_id: entry for entry in world_entries()}
    namesakes: dict[str, list[str]] = {}
    for slug, entry in world.items():
        namesakes.setdefault(fold(entry.name), []).append(slug)
    for entry in entries:
        for slug in dict.fromkeys((entry.place_id, *namesakes.get(fold(entry.name), ()))):
            twin = world.get(slug)
            if twin is not None and _is_one(entry, twin):
                entry = _joined(entry, world.pop(slug))
        yield entry
    yield from world.values()


def _joined(known: Entry, entry: Entry) -> Entry:
    return replace(
        known, names=(*known.names, *entry.names), importance=max(known.weight, entry.weight)
    )


def _is_one(known: Entry, entry: Entry) -> bool:
    """Whether an entry of the world is the place that is known under its slug or name."""
    if known.kind in _PARTS and entry.kind not in _PARTS:
        return False
    if (entry.kind == "country") != (known.kind == "country"):
        return False
    apart = distance_km(entry.lat, entry.lon, known.lat, known.lon)
    return entry.kind == "country" or apart < _SAME_PLACE_KM + entry.radius_km


@functools.cache
def demonyms() -> tuple[tuple[str, str], ...]:
    """(word, country's ISO code) for adjectives and peoples in all languages, with their forms."""
    found: dict[str, str] = {}
    for row in _world()["countries"].values():
        for word, language in _spellings(row.get("adjectives", ())):
            for form in _forms(word, language):
                found.setdefault(form, row["iso"])
    return tuple(found.items())


def _forms(word: str, language: str) -> list[str]:
    if language == "ru":
        return [word, *cyrillic_forms(fold_word(word))]
    if language == "ar" and not word.startswith("ال"):
        return [article + word + ending for article in ("", "ال") for ending in _ARABIC_NISBA]
    return [word]


@functools.cache
def abbreviations() -> dict[str, str]:
    """US states by their abbreviations: {"TX": "texas", "Tex.": "texas"}."""
    return {
        short: slug
        for slug, row in _world()["regions"].items()
        for short in row.get("abbreviations", ())
    }


@functools.cache
def capital_ids() -> frozenset[str]:
    """Slugs of the capitals, and of the seats of government that stand for one."""
    with (FOLDER / "cities.csv").open(encoding="utf-8", newline="") as rows:
        capitals = {row["slug"] for row in csv.DictReader(rows) if row["capital"]}
    seats = {slug for slug, row in _world()["regions"].items() if row["kind"] == "government"}
    return frozenset(capitals | seats | {"damascus"})
