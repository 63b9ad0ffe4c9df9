"""Loads places from GeoNames dumps, Who's On First and OpenSyria extracts, and own CSV."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from events.exceptions import FetchRefused, RejectedReport
from events.ingestion.gazetteer import FORMATS, fetched_dump, load_records, read_gazetteer

SHOWN = 20


class Command(BaseCommand):
    help = "Load a gazetteer; again is harmless, and what editors corrected stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", metavar="FILE")
        parser.add_argument("--url", action="append", default=[], help="fetch a dump (again)")
        parser.add_argument("--format", choices=("auto", *FORMATS), default="auto")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["files"] and not options["url"]:
            raise CommandError("Name a file, or an address with --url.")
        for name in options["files"]:
            self.load(name, Path(name), options["format"])
        for url in options["url"]:
            try:
                with fetched_dump(url) as path:
                    self.load(url, path, options["format"])
            except FetchRefused as error:
                raise CommandError(f"{url}: {error} Nothing was loaded from it.") from error

    def load(self, name: str, path: Path, format_name: str) -> None:
        """Load one file and say what became of it; all of it or nothing."""
        try:
            outcome = load_records(read_gazetteer(path, format_name))
        except RejectedReport as error:
            raise CommandError(f"{name}: {error}") from error
        for row in outcome.errors[:SHOWN]:
            self.stderr.write(f"{name}, {row}")
        if len(outcome.errors) > SHOWN:
            self.stderr.write(f"{name}: {len(outcome.errors) - SHOWN} more rows refused")
        self.stdout.write(
            f"{name}: {outcome.added} places added, {outcome.matched} matched,"
            f" {outcome.names} spellings added, {len(outcome.errors)} rows refused"
        )
