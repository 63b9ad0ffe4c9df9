"""The project's exceptions: what is wrong with what came in, in words for who sent it."""

from __future__ import annotations

from dataclasses import dataclass


class IdlibmapError(Exception):
    """Base of all errors that are shown to a person instead of a traceback."""


class RejectedReport(IdlibmapError):
    """A report that cannot be taken in; the message names the slip."""


class FetchRefused(IdlibmapError):
    """An address that is not fetched, or did not answer as it should."""


@dataclass(frozen=True, slots=True)
class RowError:
    """One row of a table that was not taken: its line in the file (from 1) and why."""

    line: int
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"
