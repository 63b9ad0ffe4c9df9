"""Which prediction answers which gold annotation."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from typing import Any

Annotation = dict[str, Any]
LEAST_TOLERANCE_KM = 5.0
EARTH_KM = 6371.0088


def overlaps(a: Annotation, b: Annotation) -> bool:
    """Whether two spans share a character."""
    return a["start"] < b["end"] and b["start"] < a["end"]


def pairs(
    gold: Sequence[Annotation], found: Sequence[Annotation]
) -> tuple[list[tuple[Annotation, Annotation]], list[Annotation], list[Annotation]]:
    """(matched pairs, missed gold, spurious predictions); each span answers once, in text order."""
    matched, used = [], set()
    missed = []
    for wanted in sorted(gold, key=lambda a: a["start"]):
        answers = [i for i, f in enumerate(found) if i not in used and overlaps(wanted, f)]
        best = max(answers, key=lambda i: _shared(wanted, found[i]), default=None)
        if best is None:
            missed.append(wanted)
        else:
            used.add(best)
            matched.append((wanted, found[best]))
    return matched, missed, [f for i, f in enumerate(found) if i not in used]


def _shared(a: Annotation, b: Annotation) -> int:
    return min(a["end"], b["end"]) - max(a["start"], b["start"])


def distance_km(a: Annotation, b: Annotation) -> float | None:
    """Great-circle distance of two points; None where one has no point."""
    if a.get("lat") is None or b.get("lat") is None:
        return None
    lat1, lat2 = math.radians(a["lat"]), math.radians(b["lat"])
    dlat, dlon = lat2 - lat1, math.radians(b["lon"] - a["lon"])
    h = math.sin(dlat / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(dlon / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


def is_near(wanted: Annotation, found: Annotation) -> bool:
    """Whether `found` lies within the gold's tolerance (5 km at least) of an accepted reading."""
    for reading in [wanted, *wanted.get("also_ok", [])]:
        tolerance = reading.get("coord_tolerance_km") or wanted.get("coord_tolerance_km") or 0
        away = distance_km(reading, found)
        if away is not None and away <= max(tolerance, LEAST_TOLERANCE_KM):
            return True
    return False


def best_distance(wanted: Annotation, found: Annotation) -> float | None:
    """The distance to the nearest accepted reading."""
    known = [distance_km(r, found) for r in [wanted, *wanted.get("also_ok", [])]]
    return min((d for d in known if d is not None), default=None)


def interval(start: str | None, end: str | None) -> tuple[dt.date, dt.date] | None:
    """Two ISO days as dates; None where the start is missing."""
    if not start:
        return None
    first = dt.date.fromisoformat(start[:10])
    return first, dt.date.fromisoformat(end[:10]) if end else first


def intervals_meet(a: tuple[dt.date, dt.date] | None, b: tuple[dt.date, dt.date] | None) -> bool:
    """Whether two intervals share a day."""
    return bool(a and b and a[0] <= b[1] and b[0] <= a[1])
