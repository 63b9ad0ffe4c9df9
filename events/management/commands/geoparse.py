"""Reads reports and prints what was found, as text or JSON; in batches, one JSON line a report."""

from __future__ import annotations

import datetime as dt
import json
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from events.geoparsing.lexicon import LANGUAGES
from events.geoparsing.output import document_to_dict
from events.geoparsing.pipeline import Geoparser
from events.ingestion.knowledge import load_geoparser
from events.management.printing import document_as_text


class Command(BaseCommand):
    help = "Read reports and print their places, dates, actors and events."
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", metavar="FILE", help="text files; - reads stdin")
        parser.add_argument("--published", type=iso_day, help="day of publication, YYYY-MM-DD")
        parser.add_argument("--language", choices=LANGUAGES, help="language (else detected)")
        parser.add_argument("--format", choices=("text", "json"), default="text")
        parser.add_argument(
            "--jsonl", action="store_true", help='read {"id","text","published"} lines from stdin'
        )

    def handle(self, *args: Any, **options: Any) -> None:
        geoparser = load_geoparser()
        if options["jsonl"]:
            self.batch(geoparser, options)
            return
        for name in options["files"] or ["-"]:
            doc = geoparser.parse(read(name), options["published"], options["language"])
            if options["format"] == "json":
                self.stdout.write(as_line(document_to_dict(name, doc)))
            else:
                self.stdout.write(document_as_text(name, doc))

    def batch(self, geoparser: Geoparser, options: dict[str, Any]) -> None:
        for answer in answers(sys.stdin.buffer, geoparser, options):
            self.stdout.write(as_line(answer))


def answers(source: Any, geoparser: Geoparser, options: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """One answer for each line that is not blank, in order; a bad line gives an `error`."""
    for number, raw in enumerate(source, 1):
        if raw.strip():
            yield answer_line(number, raw, geoparser, options)


def answer_line(
    number: int, raw: bytes, geoparser: Geoparser, options: dict[str, Any]
) -> dict[str, Any]:
    """The answer to one input line: never raises, whatever the line holds."""
    identifier: Any = None
    try:
        record = json.loads(raw.decode("utf-8"))
        if not isinstance(record, dict):
            raise ValueError("the line is not a JSON object")
        identifier = record.get("id")
        return parse_record(record, geoparser, options)
    except RecursionError:
        return {"id": identifier, "error": f"line {number}: nested too deeply"}
    except UnicodeDecodeError as error:
        return {"id": identifier, "error": f"line {number}: not UTF-8 at byte {error.start}"}
    except json.JSONDecodeError as error:
        return {"id": identifier, "error": f"line {number}: not JSON: {error.msg}"}
    except ValueError as error:
        return {"id": identifier, "error": f"line {number}: {error}"}
    except Exception as error:  # the batch goes on, whatever one report does
        return {"id": identifier, "error": f"line {number}: {type(error).__name__}: {error}"}


def parse_record(
    record: dict[str, Any], geoparser: Geoparser, options: dict[str, Any]
) -> dict[str, Any]:
    """Parse one record of a batch. Raises ValueError naming the field that is wrong."""
    text = record.get("text")
    if not isinstance(text, str):
        raise ValueError("text must be a string")
    published, language = record.get("published"), record.get("language")
    if published is not None and not isinstance(published, str):
        raise ValueError("published must be YYYY-MM-DD or null")
    try:
        day = dt.date.fromisoformat(published[:10]) if published else options["published"]
    except ValueError as error:
        raise ValueError(f"published must be YYYY-MM-DD or null, not {published!r}") from error
    if language is not None and not isinstance(language, str):
        raise ValueError("language must be a code such as en or null")
    doc = geoparser.parse(text, day, language or options["language"])
    return document_to_dict(record.get("id"), doc)


def as_line(answer: dict[str, Any]) -> str:
    """One line of JSON. A lone surrogate, which UTF-8 cannot hold, is written as an escape."""
    line = json.dumps(answer, ensure_ascii=False)
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        line = json.dumps(answer)
    return line


def read(name: str) -> str:
    """The text of a file or of stdin; raises CommandError when it cannot be read."""
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise CommandError(f"{name} cannot be read: {error.strerror}") from error
    return raw.decode("utf-8", "replace")


def iso_day(text: str) -> dt.date:
    """An ISO day of the command line."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is not a day such as 2020-02-20") from error
