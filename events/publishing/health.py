"""Whether the site can do its work: a write, the queue's age, free disk, the snapshot's age."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from events.models import Report
from events.publishing import store

LEAST_FREE_MB = 100


@dataclass
class Ailing(Exception):
    """Something is wrong; `reason` is one word for the monitor."""

    reason: str


def examine() -> dict[str, Any]:
    """What a monitor wants to know. Raises Ailing or DatabaseError when the work cannot go on."""
    try_a_write()
    return {
        "disk_free_mb": free_disk_mb(),
        "queue_age_s": queue_age(),
        "snapshot_age_s": snapshot_age(),
    }


def queue_age() -> int:
    """Seconds that the oldest report has waited for the parser; 0 when none waits."""
    oldest = Report.objects.pending().order_by("received_at").values_list("received_at", flat=True)
    return _seconds_since(oldest.first()) or 0


def snapshot_age() -> int | None:
    """Seconds since the snapshot in force was made; None before the first."""
    made = store.read_json(Path(settings.SNAPSHOT_ROOT) / store.MANIFEST).get("built_at")
    return _seconds_since(parse_datetime(made)) if isinstance(made, str) else None


def _seconds_since(moment: dt.datetime | None) -> int | None:
    # A clock that was set back must not make an age negative.
    return max(0, int((timezone.now() - moment).total_seconds())) if moment else None


def try_a_write() -> None:
    """Write a row and take it back: a read-only or full database shows here."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_session (session_key, session_data, expire_date)"
            " VALUES (%s, %s, %s)",
            ["healthz-probe", "", "2000-01-01 00:00:00+00:00"],
        )
        transaction.set_rollback(True)


def free_disk_mb() -> int:
    """Free megabytes where snapshots are written."""
    folder = Path(settings.SNAPSHOT_ROOT)
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free // (1024 * 1024)
    if free < LEAST_FREE_MB:
        raise Ailing("disk")
    return free
