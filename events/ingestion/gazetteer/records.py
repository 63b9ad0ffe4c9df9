"""One place as a foreign gazetteer tells of it."""

from __future__ import annotations

from dataclasses import dataclass

from events.vocabulary import PlaceKind

Name = tuple[str, str]
"""(spelling, language); the language is "" where the gazetteer does not say."""


@dataclass(frozen=True, slots=True)
class GazetteerRecord:
    """A place of a gazetteer: WGS 84 degrees; `areas` are codes of its areas, widest first.

    `scheme` and `identifier` are the external id, such as ("geonames", "170794").
    """

    scheme: str
    identifier: str
    name: str
    kind: PlaceKind
    lat: float
    lon: float
    country: str = ""
    population: int = 0
    names: tuple[Name, ...] = ()
    areas: tuple[str, ...] = ()
    other_ids: tuple[tuple[str, str], ...] = ()
    line: int = 0


SETTLEMENTS = frozenset(
    {PlaceKind.CITY, PlaceKind.TOWN, PlaceKind.VILLAGE, PlaceKind.NEIGHBOURHOOD}
)
ADMINISTRATIVE = frozenset(
    {PlaceKind.COUNTRY, PlaceKind.GOVERNORATE, PlaceKind.DISTRICT, PlaceKind.SUBDISTRICT}
)


def family(kind: str) -> str:
    """Kinds that may be one place: settlements, each administrative level, each kind of site."""
    if kind in SETTLEMENTS:
        return "settlement"
    return str(kind)
