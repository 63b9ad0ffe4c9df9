"""What the desk refuses, in words for the editor."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from events.exceptions import IdlibmapError


class Refused(IdlibmapError):
    """A decision that is not carried out; nothing was changed."""


class NotAllowed(Refused):
    """The person's role does not allow it."""


class Invalid(Refused):
    """Values that cannot be stored: `errors` maps a field to what is wrong with it."""

    def __init__(self, errors: Mapping[str, list[str]]) -> None:
        self.errors = dict(errors)
        super().__init__(" ".join(text for texts in errors.values() for text in texts))


@dataclass(frozen=True, slots=True)
class FieldConflict:
    """One field that somebody else changed meanwhile: what stood there, theirs, and mine."""

    field: str
    seen: Any
    theirs: Any
    mine: Any
    by: str = ""
    at: dt.datetime | None = None
    reason: str = ""


class Conflict(Refused):
    """The row is newer than what the editor saw. `fields` holds what differs, with both values."""

    def __init__(self, fields: list[FieldConflict], message: str = "") -> None:
        self.fields = fields
        names = ", ".join(f.field for f in fields)
        super().__init__(message or f"Changed by someone else meanwhile: {names}.")
