"""Takes in reports from files (txt, html, pdf, docx, jsonl, csv, RSS/Atom)."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.text import slugify

from events.exceptions import FetchRefused, RejectedReport, RowError
from events.ingestion.documents import Draft, Item, read_address, read_file
from events.ingestion.reports import take_in
from events.models import Source


class Command(BaseCommand):
    help = "Take in reports from files; what is already there is not doubled."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", metavar="FILE")
        parser.add_argument("--url", action="append", default=[], help="fetch an address (again)")
        parser.add_argument("--source", default="Unknown source", help="name or slug of the source")

    def handle(self, *args: Any, **options: Any) -> None:
        source = source_named(options["source"])
        tally = {"new": 0, "known": 0, "refused": 0}
        if not options["files"] and not options["url"]:
            raise CommandError("Name a file, or an address with --url.")
        for name in options["files"]:
            self.take_all(name, source, tally, lambda name=name: read_file(Path(name)))
        for url in options["url"]:
            self.take_all(url, source, tally, lambda url=url: read_address(url))
        self.stdout.write(
            f"{tally['new']} reports taken in, {tally['known']} already there,"
            f" {tally['refused']} refused"
        )
        if tally["refused"] and not tally["new"] + tally["known"]:
            raise CommandError("No report was taken in.")

    def take_all(
        self, name: str, source: Source, tally: dict[str, int], read: Callable[[], Iterator[Item]]
    ) -> None:
        try:
            for item in read():
                self.take_item(name, item, source, tally)
        except (RejectedReport, FetchRefused) as error:
            tally["refused"] += 1
            self.stderr.write(f"{name}: {error}")

    def take_item(self, name: str, item: Item, source: Source, tally: dict[str, int]) -> None:
        if isinstance(item, RowError):
            tally["refused"] += 1
            self.stderr.write(f"{name}, {item}")
            return
        try:
            taken = store(item, source)
        except RejectedReport as error:
            tally["refused"] += 1
            self.stderr.write(f"{name}, line {item.line}: {error}")
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
