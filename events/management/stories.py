"""The demo's stories, told once its events are there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core import serializers
from django.db import transaction

from events.models import Event, Story

Row = dict[str, Any]


def add_stories(rows: Iterable[Row]) -> int:
    """Add the stories among fixture `rows` that are not there yet; how many.

    A story that is there is left as editors made it. A step whose event is gone keeps its words.
    """
    rows = list(rows)
    held = set(Story.objects.values_list("slug", flat=True))
    fresh = [row for row in rows if row["model"] == "events.story"]
    fresh = [row for row in fresh if row["fields"]["slug"] not in held]
    slugs = {row["fields"]["slug"] for row in fresh}
    steps = [row for row in rows if row["model"] == "events.storystep"]
    steps = [_on_known_event(row) for row in steps if row["fields"]["story"][0] in slugs]
    with transaction.atomic():
        for found in serializers.deserialize("python", [*fresh, *steps]):
            found.object.save()
    return len(fresh)


def _on_known_event(row: Row) -> Row:
    event = row["fields"]["event"]
    if event and not Event.objects.filter(uid=event[0]).exists():
        return {**row, "fields": {**row["fields"], "event": None}}
    return row
