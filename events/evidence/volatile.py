"""Which tables belong to the moment and not to the evidence."""

from __future__ import annotations

VOLATILE = ("django_session", "axes_", "django_tasks", "sqlite_")


def is_kept(table: str) -> bool:
    """Whether a table's rows are compared; sessions, attempts to log in and tasks come and go."""
    return not table.startswith(VOLATILE)
