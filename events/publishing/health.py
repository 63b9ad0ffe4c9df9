"""Whether the site can do its work: a write, the queue's age, free disk."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

LEAST_FREE_MB = 100


@dataclass
class Ailing(Exception):
    """Something is wrong; `reason` is one word for the monitor."""

    reason: str


def examine() -> dict[str, Any]:
    """What a monitor wants to know. Raises Ailing or DatabaseError when the work cannot go on."""
    try_a_write()
    return {"disk_free_mb": free_disk_mb()}


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
