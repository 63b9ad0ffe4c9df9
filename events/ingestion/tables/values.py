"""What a row says, in the columns of an event: nothing is looked up or derived twice."""

from __future__ import annotations

from typing import Any

from events.ingestion.tables.linking import Linker
from events.ingestion.tables.rows import EventRow
from events.models import Event

COPIED = (
    "sub_event_type",
    "start_date",
    "end_date",
    "time_precision",
    "place_id",
    "latitude",
    "longitude",
    "radius_km",
    "geo_precision",
    "fatalities_low",
    "fatalities_best",
    "fatalities_high",
    "summary",
    "is_contested",
    "attributes",
)
"""Columns that a row decides; a later import compares these."""
DERIVED = (
    "public_latitude",
    "public_longitude",
    "public_radius_km",
    "public_geo_precision",
    "public_place_id",
    "morton",
)
MOST_POINTS = 50_000


class Values:
    """Columns of rows; what is derived of a point is remembered, for tables repeat their points."""

    def __init__(self, linker: Linker) -> None:
        self.linker = linker
        self.points: dict[tuple[Any, ...], tuple[Any, ...]] = {}

    def copied(self, row: EventRow) -> tuple[Any, ...]:
        """The values of COPIED."""
        place = self.linker.place(row)
        return (
            row.sub_event_type.value,
            row.start,
            row.end,
            row.time_precision.value,
            place.pk if place else None,
            row.lat,
            row.lon,
            row.radius_km,
            row.geo_precision.value,
            row.low,
            row.best,
            row.high,
            row.summary,
            row.contested,
            row.own,
        )

    def derived(self, row: EventRow) -> tuple[Any, ...]:
        """The values of DERIVED for a new event."""
        place = self.linker.place(row)
        key = (place.pk if place else None, row.lat, row.lon, row.radius_km, row.geo_precision)
        found = self.points.get(key)
        if found is None:
            if len(self.points) >= MOST_POINTS:
                self.points.clear()
            event = Event(
                place=place,
                latitude=row.lat,
                longitude=row.lon,
                radius_km=row.radius_km,
                geo_precision=row.geo_precision,
            )
            event.set_derived()
            found = self.points[key] = tuple(getattr(event, name) for name in DERIVED)
        return found
