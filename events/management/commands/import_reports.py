"""Takes in reports from files (txt, html, pdf, docx, jsonl, csv, RSS/Atom)."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.text import slugify

from events.exceptions import RejectedReport, RowError
from events.ingestion.documents import Draft, read_file
from events.ingestion.reports import take_in
from events.models import Source


class Command(BaseCommand):
    help = "Take in reports from files; what is already there is not doubled."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--source", default="Unknown source", help="name or slug of the source")

    def handle(self, *args: Any, **options: Any) -> None:
        source = source_named(options["source"])
        tally = {"new": 0, "known": 0, "refused": 0}
        for name in options["files"]:
            self.take_file(Path(name), source, tally)
        self.stdout.write(
            f"{tally['new']} reports taken in, {tally['known']} already there,"
            f" {tally['refused']} refused"
        )
        if tally["refused"] and not tally["new"] + tally["known"]:
            raise CommandError("No report was taken in.")

    def take_file(self, path: Path, source: Source, tally: dict[str, int]) -> None:
        try:
            for item in read_file(path):
                self.take_item(path, item, source, tally)
        except RejectedReport as error:
            tally["refused"] += 1
            self.stderr.write(f"{path.name}: {error}")

    def take_item(
        self, path: Path, item: Draft | RowError, source: Source, tally: dict[str, int]
    ) -> None:
        if isinstance(item, RowError):
            tally["refused"] += 1
            self.stderr.write(f"{path.name}, {item}")
            return
        try:
            taken = store(item, source)
        except RejectedReport as error:
            tally["refused"] += 1
            self.stderr.write(f"{path.name}, line {item.line}: {error}")
            return
        tally["new" if taken else "known"] += 1


def store(draft: Draft, source: Source) -> bool:
    """Take a draft in; whether it is new."""
    return take_in(
        draft.text,
        source,
        title=draft.title,
        url=draft.url,
        published_at=draft.published,
        language=draft.language,
        author=draft.author,
    ).created


def source_named(name: str) -> Source:
    """The source with this slug or name; a new one is made for a new name."""
    found = Source.objects.filter(slug=name).first() or Source.objects.filter(name=name).first()
    if found:
        return found
    slug = slugify(name)[:120] or "unknown-source"
    return Source.objects.get_or_create(slug=slug, defaults={"name": name[:200]})[0]
