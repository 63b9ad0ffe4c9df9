"""Asks the sources' feeds for news; meant to run every few minutes (deploy/)."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from events.ingestion.documents import Draft
from events.ingestion.polling import Polled, due_sources, poll
from events.models import FeedState, Source
from events.tasks import take_in_draft


class Command(BaseCommand):
    help = "Take in what is new in the feeds of the sources, each asked when it is due."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--source", help="slug of one source, asked now")
        parser.add_argument(
            "--follow",
            choices=("on", "off"),
            help="with --source: fetch the articles behind its entries, from now on",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        sources = iter([named(options["source"])]) if options["source"] else due_sources()
        if options["follow"]:
            follow(options)
        for source in sources:
            self.tell(poll(source, take))

    def tell(self, polled: Polled) -> None:
        if polled.error:
            self.stderr.write(f"{polled.source.slug}: {polled.error}")
        elif not polled.changed:
            self.stdout.write(f"{polled.source.slug}: not changed")
        else:
            self.stdout.write(
                f"{polled.source.slug}: {polled.new} new, {polled.known} known,"
                f" {polled.refused} refused"
            )


def take(draft: Draft, source: Source) -> bool:
    """Take an entry in and have it read; whether it is new."""
    return take_in_draft(draft, source).created


def named(slug: str) -> Source:
    """The source with a feed that has this slug."""
    found = Source.objects.filter(slug=slug).exclude(feed_url="").first()
    if found is None:
        raise CommandError(f"There is no source {slug!r} with a feed.")
    return found


def follow(options: dict[str, Any]) -> None:
    """Set whether the articles behind a source's entries are fetched."""
    if not options["source"]:
        raise CommandError("--follow needs --source.")
    values = {"follow_links": options["follow"] == "on"}
    FeedState.objects.update_or_create(source=named(options["source"]), defaults=values)
