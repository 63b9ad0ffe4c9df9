"""Cluster counts of a map tile, straight from the z-order key.

A tile z/x/y holds exactly the events whose key starts with the tile's 2z bits, so the database
scans one range of an index; cells are the tile's descendants three levels down.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from django.db.models import Avg, Count, F, QuerySet

from events.models import Event
from events.models.points import MORTON_BITS
from events.vocabulary import GeoPrecision, SubEventType

CELL_LEVELS = 3
DEEPEST = 22
TOTAL_BITS = 2 * MORTON_BITS


def key_range(z: int, x: int, y: int) -> tuple[int, int]:
    """First and last z-order key of a tile; raises ValueError for a tile that is not there."""
    if not 0 <= z <= DEEPEST or not 0 <= x < 1 << z or not 0 <= y < 1 << z:
        raise ValueError(f"There is no tile {z}/{x}/{y}.")
    prefix = 0
    for bit in range(z):
        prefix |= ((x >> bit & 1) << (2 * bit)) | ((y >> bit & 1) << (2 * bit + 1))
    shift = TOTAL_BITS - 2 * z
    return prefix << shift, ((prefix + 1) << shift) - 1


def tile(events: QuerySet[Event], z: int, x: int, y: int) -> dict[str, Any]:
    """Counts of `events` in a tile.

    {"count", "cells": [{"lat", "lon", "count", "types": {event type: n}}], "regions": [{"place",
    "count"}]}: cells hold what is exact or about, regions what is only somewhere in a place.
    """
    first, last = key_range(z, x, y)
    inside = events.filter(morton__range=(first, last))
    dots = inside.exclude(public_geo_precision=GeoPrecision.REGION)
    cells = _cells(dots, TOTAL_BITS - 2 * (z + CELL_LEVELS))
    regions = _regions(inside.filter(public_geo_precision=GeoPrecision.REGION))
    total = sum(c["count"] for c in cells) + sum(r["count"] for r in regions)
    return {"count": total, "cells": cells, "regions": regions}


def _cells(dots: QuerySet[Event], shift: int) -> list[dict[str, Any]]:
    rows = (
        dots.annotate(cell=F("morton").bitrightshift(max(0, shift)))
        .order_by()
        .values("cell", "sub_event_type")
        .annotate(n=Count("pk"), lat=Avg("public_latitude"), lon=Avg("public_longitude"))
    )
    grouped: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        grouped[row["cell"]].append(row)
    return [_cell(grouped[key]) for key in sorted(grouped)]


def _cell(rows: list[dict[str, Any]]) -> dict[str, Any]:
    count = sum(row["n"] for row in rows)
    types: Counter[str] = Counter()
    for row in rows:
        types[SubEventType(row["sub_event_type"]).event_type.value] += row["n"]
    return {
        "lat": round(sum(row["lat"] * row["n"] for row in rows) / count, 5),
        "lon": round(sum(row["lon"] * row["n"] for row in rows) / count, 5),
        "count": count,
        "types": dict(sorted(types.items())),
    }


def _regions(events: QuerySet[Event]) -> list[dict[str, Any]]:
    rows = events.order_by().values("public_place__slug").annotate(n=Count("pk"))
    return [
        {"place": row["public_place__slug"], "count": row["n"]}
        for row in rows.order_by("public_place__slug")
    ]
