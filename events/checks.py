"""System checks with hints, run by `manage.py check` and before every command."""

from __future__ import annotations

import os
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register


@register()
def database_folder_is_writable(**_options: Any) -> list[CheckMessage]:
    """SQLite writes beside its file: the folder, not only the file, must be writable."""
    database = settings.DATABASES["default"]
    if "sqlite" not in database["ENGINE"] or "memory" in str(database["NAME"]):
        return []
    folder = os.path.dirname(os.path.abspath(str(database["NAME"])))
    if os.access(folder, os.W_OK):
        return []
    hint = "Make the folder writable, or set DATABASE_URL to another place."
    return [Error(f"The database folder {folder} is read-only.", hint=hint, id="events.E001")]


@register()
def snapshot_folder_is_writable(**_options: Any) -> list[CheckMessage]:
    """Publishing writes the snapshot here."""
    folder = settings.SNAPSHOT_ROOT
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    if os.access(folder, os.W_OK):
        return []
    hint = "Make the folder writable, or set SNAPSHOT_ROOT to another place."
    return [Warning(f"The snapshot folder {folder} is read-only.", hint=hint, id="events.W001")]
