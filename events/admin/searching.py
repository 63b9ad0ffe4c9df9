"""What an editor types for a place: a name in any spelling, or coordinates in any notation."""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass

from django.db.models import Q
from geopy.point import Point

from events.geoparsing.names import fold, skeleton
from events.models import Place, PlaceName

MOST_FOUND = 12
LONGEST = 120
NUMBER = re.compile(r"[-+]?\d{1,10}(?:\.\d{1,12})?")


@dataclass(frozen=True, slots=True)
class TypedPlace:
    """What a text stands for: a place, or a point (WGS 84 degrees), or neither."""

    place: Place | None = None
    point: tuple[float, float] | None = None


def read_coordinates(text: str) -> tuple[float, float] | None:
    """Latitude and longitude of "35.401 35.948", of degrees and minutes, or None.

    Reads whatever geopy reads; a text without a digit or out of range is no point.
    """
    text = text.strip().replace("′", "'").replace("″", '"')
    numbers = NUMBER.findall(text[:LONGEST])
    if len(text) > LONGEST or len(numbers) < 2:
        return None
    if len(numbers) > 2 and not ("°" in text or "'" in text or "deg" in text):
        text = _with_signs(text, numbers)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # geopy warns of a latitude it refuses right after
            point = Point.from_string(text)
    except ValueError:
        return None
    return round(point.latitude, 6), round(point.longitude, 6)


def _with_signs(text: str, numbers: list[str]) -> str:
    """ "35 55 48 N 36 36 0 E" with the signs that geopy needs to tell degrees from minutes."""
    sides = [sign for sign in text.upper() if sign in "NSEW"]
    half = len(numbers) // 2
    if len(numbers) not in (4, 6) or len(sides) != 2:
        return ""
    parts = [numbers[:half], numbers[half:]]
    return " ".join(
        f"{''.join(map(''.join, zip(part, signs, strict=False)))} {side}"
        for part, side, signs in zip(parts, sides, ("°'\"", "°'\""), strict=True)
    )


def find_places(text: str, most: int = MOST_FOUND) -> list[Place]:
    """Places called like the text: exact spellings first, then the same consonants."""
    key, bones = fold(text[:LONGEST]), skeleton(text[:LONGEST])
    if not key:
        return []
    exact = _called(Q(search_key=key), most) + _named(text, most)
    like = _called(Q(search_key__startswith=key), most) if len(key) > 2 else []
    alike = _called(Q(skeleton=bones), most) if len(bones) > 1 else []
    found = {place.pk: place for place in [*exact, *like, *alike]}
    return list(found.values())[:most]


def _called(condition: Q, most: int) -> list[Place]:
    names = PlaceName.objects.filter(condition).select_related("place", "place__parent")
    return [name.place for name in names.order_by("-place__importance", "place_id")[: most * 2]]


def _named(text: str, most: int) -> list[Place]:
    rows = Place.objects.filter(Q(name__iexact=text.strip()) | Q(name_ar=text.strip()))
    return list(rows.select_related("parent").order_by("-importance", "pk")[:most])


def label_of(place: Place) -> str:
    """A place in a field: its name with the slug that tells it from its namesakes."""
    return f"{place.name} [{place.slug}]"


def typed_place(text: str) -> TypedPlace:
    """What the text of a place field stands for: `name [slug]`, a name, or coordinates."""
    text = text.strip()
    if text.endswith("]") and "[" in text:
        slug = text[text.rindex("[") + 1 : -1]
        return TypedPlace(place=Place.objects.filter(slug=slug).first())
    point = read_coordinates(text)
    if point:
        return TypedPlace(point=point)
    found = find_places(text, 1)
    return TypedPlace(place=found[0] if found else None)
