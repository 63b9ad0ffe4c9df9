"""Imports tables of events: ACLED, UCDP GED, GeoJSON and our own CSV; gz accepted, streaming."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.text import slugify

from events.exceptions import RejectedReport
from events.ingestion.tables import FORMATS, Outcome, load_table, read_table
from events.models import Source
from events.vocabulary import SourceKind

SHOWN = 20


class Command(BaseCommand):
    help = "Import events; again is harmless: rows are known by their id in the dataset."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--format", choices=("auto", *FORMATS), default="auto")
        parser.add_argument("--source", default="", help="name or slug of the dataset")
        parser.add_argument("--publish", action="store_true", help="publish what is imported")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen")
        parser.add_argument(
            "--all-or-nothing", action="store_true", help="refuse the file at its first wrong row"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path, started = Path(options["file"]), time.monotonic()
        dataset = dataset_named(options["source"] or path.name.split(".")[0])
        try:
            outcome = load_table(
                read_table(path, options["format"]),
                dataset,
                publish=options["publish"],
                dry_run=options["dry_run"],
                all_or_nothing=options["all_or_nothing"],
                progress=self.progress,
            )
        except RejectedReport as error:
            raise CommandError(str(error)) from error
        self.tell(outcome, options, time.monotonic() - started)

    def progress(self, outcome: Outcome) -> None:
        done = outcome.added + outcome.changed + outcome.unchanged
        if done and done % 20_000 == 0:
            self.stderr.write(f"{done:,} rows")

    def tell(self, outcome: Outcome, options: dict[str, Any], seconds: float) -> None:
        for row in outcome.errors[:SHOWN]:
            self.stderr.write(str(row))
        if len(outcome.errors) > SHOWN:
            self.stderr.write(f"{len(outcome.errors) - SHOWN} more rows refused")
        word = "would be " if options["dry_run"] else ""
        self.stdout.write(
            f"{outcome.added} events {word}added, {outcome.changed} {word}changed,"
            f" {outcome.unchanged} unchanged, {len(outcome.errors)} rows refused, {seconds:.1f} s"
        )


def dataset_named(name: str) -> Source:
    """The source with this slug or name; a new dataset is made for a new name."""
    found = Source.objects.filter(slug=name).first() or Source.objects.filter(name=name).first()
    slug = slugify(name)[:120] or "dataset"
    values = {"name": name[:200], "kind": SourceKind.DATASET}
    return found or Source.objects.get_or_create(slug=slug, defaults=values)[0]
