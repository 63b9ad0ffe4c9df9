"""What public records need beside the event's own row, fetched for many events by lists of ids.

One statement a table, however many events: a join of an event with its place and the places that
one lies in costs PostgreSQL more in planning and hashing than all of these together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from django.db import connection
from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from events.models import Claim, Event, Participation, Place

CLAIM_COLUMNS = (
    *("event_id", "quote", "reported_by", "stance", "modality", "date_text", "date_reason"),
    *("place_text", "place_reason", "fatalities_low", "fatalities_best", "fatalities_high"),
    *("fatalities_text", "sentence_start", "trigger_start", "trigger_end", "report__title"),
    *("report__url", "report__published_at", "report__source__name", "report__source__slug"),
)
PLACE_COLUMNS = (
    *("id", "slug", "name", "name_ar", "kind", "country", "radius_km", "coarsen_km", "parent_id"),
)
PRIVATE_COLUMNS = ("reasons", "checked", "private_note", "help_wanted", "reject_reason")
MOST_IDS = 500


def part_prefetches() -> tuple[Prefetch, Prefetch]:
    """The claims that may be quoted as `public_claims`, who took part as `public_parts`."""
    claims = Claim.objects.public().select_related("report__source").only(*CLAIM_COLUMNS)
    parts = Participation.objects.select_related("actor").order_by("role", "actor__slug")
    return (
        Prefetch("claims", queryset=claims, to_attr="public_claims"),
        Prefetch("participations", queryset=parts, to_attr="public_parts"),
    )


def with_parts(events: QuerySet[Event], size: int) -> Iterator[Event]:
    """`events` with all that a public record needs, streamed in chunks of `size`."""
    stream, places = events.defer(*PRIVATE_COLUMNS).iterator(chunk_size=size), Places()
    while chunk := list(islice(stream, size)):
        attach(chunk, places)
        yield from chunk


def attach(events: Sequence[Event], places: Places) -> None:
    """Fetch what the events' public records need and hang it on them."""
    prefetch_related_objects(events, *part_prefetches(), "dataset")
    places.learn({key for e in events for key in (e.place_id, e.public_place_id) if key})
    for event in events:
        event.place = places.get(event.place_id)
        event.public_place = places.get(event.public_place_id)


class Places:
    """Places by key with all that they lie in, each fetched once."""

    def __init__(self) -> None:
        self.known: dict[int, Place] = {}

    def get(self, key: int | None) -> Place | None:
        return self.known[key] if key else None

    def learn(self, keys: Iterable[int]) -> None:
        """Fetch those of `keys` that are not known, and what they lie in."""
        missing = sorted(set(keys) - self.known.keys())
        fresh: list[Place] = []
        for start in range(0, len(missing), MOST_IDS):
            fresh += list(chain(missing[start : start + MOST_IDS]))
        self.known |= {place.pk: place for place in fresh if place.pk not in self.known}
        for place in fresh:
            place.parent = self.get(place.parent_id)


def chain(keys: Sequence[int]) -> Iterable[Place]:
    """The places and all that they lie in, in one statement; a circle in the data ends the walk."""
    table = connection.ops.quote_name(Place._meta.db_table)
    columns = ", ".join(f"p.{name}" for name in PLACE_COLUMNS)
    marks = ", ".join(["%s"] * len(keys))
    statement = f"""
        WITH RECURSIVE chain(id) AS (
            SELECT id FROM {table} WHERE id IN ({marks})
            UNION
            SELECT p.parent_id FROM {table} p JOIN chain c ON p.id = c.id
            WHERE p.parent_id IS NOT NULL
        )
        SELECT {columns} FROM {table} p JOIN chain c ON p.id = c.id
    """  # noqa: S608  names of the model, marks for the values
    return Place.objects.raw(statement, list(keys))
