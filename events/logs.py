"""Lines of the log: as text or JSON, with the request's number, without what people wrote.

An exception is told by its type and where it happened. Its message is left out, since a database
quotes whole rows in it; so is the query of an address.
"""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

MOST_FRAMES = 12
LONGEST = 500
QUIET = ("django.request", "django.security", "django.server", "py.warnings")
"""Loggers whose messages hold addresses: their query is cut off."""


def frames(trace: TracebackType | None) -> list[str]:
    """The innermost frames of a traceback as `file:line function`."""
    found = traceback.extract_tb(trace)[-MOST_FRAMES:]
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in found]


def plain(record: logging.LogRecord) -> dict[str, Any]:
    """What is told of a record: time, level, logger, request, message, error, where."""
    told: dict[str, Any] = {
        "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname,
        "logger": record.name,
        "request": getattr(record, "request_id", "-"),
        "message": message_of(record),
    }
    if record.exc_info and record.exc_info[0]:
        told["error"] = record.exc_info[0].__name__
        told["where"] = frames(record.exc_info[2])
    return told


def message_of(record: logging.LogRecord) -> str:
    """One line, bounded, without control characters and without an address's query."""
    text = record.getMessage()[:LONGEST]
    if record.name.startswith(QUIET):
        text = text.partition("?")[0]
    return "".join(c if c.isprintable() else " " for c in text)


class RequestId(logging.Filter):
    """Puts the number of the request on each record."""

    def filter(self, record: logging.LogRecord) -> bool:
        from events.middleware import request_id

        record.request_id = request_id.get()
        return True


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(plain(record), ensure_ascii=False)


class TextLines(logging.Formatter):
    """The same as text, the way a person reads it."""

    def format(self, record: logging.LogRecord) -> str:
        told = plain(record)
        line = "{time} {level} {logger} [{request}] {message}".format(**told)
        if "error" in told:
            line += f" | {told['error']} at {' < '.join(reversed(told['where']))}"
        return line
