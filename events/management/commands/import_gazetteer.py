"""Loads places from GeoNames dumps, Who's On First and OpenSyria extracts, and own CSV."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from events.exceptions import RejectedReport
from events.ingestion.gazetteer import FORMATS, load_records, read_gazetteer

SHOWN = 20


class Command(BaseCommand):
    help = "Load a gazetteer; again is harmless, and what editors corrected stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--format", choices=("auto", *FORMATS), default="auto")

    def handle(self, *args: Any, **options: Any) -> None:
        for name in options["files"]:
            try:
                outcome = load_records(read_gazetteer(Path(name), options["format"]))
            except RejectedReport as error:
                raise CommandError(str(error)) from error
            for row in outcome.errors[:SHOWN]:
                self.stderr.write(f"{name}, {row}")
            if len(outcome.errors) > SHOWN:
                self.stderr.write(f"{name}: {len(outcome.errors) - SHOWN} more rows refused")
            self.stdout.write(
                f"{name}: {outcome.added} places added, {outcome.matched} matched,"
                f" {outcome.names} spellings added, {len(outcome.errors)} rows refused"
            )
