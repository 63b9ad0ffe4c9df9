"""What the database's process has computed: a busy machine changes the clock, not this."""

from __future__ import annotations

from pathlib import Path

from django.db import connection


def backend_seconds() -> float:
    """Seconds of processor of this connection's process in PostgreSQL.

    Linux, with the database on the same machine; else 0.
    """
    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        path = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    return int(path.read_text().split()[0]) / 1e9 if path.exists() else 0.0
