"""Writes a dated, hashed data package of all that is public."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from events.publishing.release import publish_release


class Command(BaseCommand):
    help = "Write a Frictionless data package of all published events into SNAPSHOT_ROOT/releases."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--base-url", default="", help="address of the site, for links")
        parser.add_argument("--root", type=Path, help="another folder than SNAPSHOT_ROOT")

    def handle(self, *args: Any, **options: Any) -> None:
        root = Path(options["root"] or settings.SNAPSHOT_ROOT)
        base = options["base_url"].rstrip("/") or f"https://{settings.ALLOWED_HOSTS[0]}"
        try:
            release = publish_release(root, base, timezone.localdate())
        except OSError as error:
            raise CommandError(f"The release could not be written: {error}") from error
        changes = ", ".join(f"{count} {name}" for name, count in release.changes.items())
        since = f"; since the release before: {changes}" if changes else ""
        self.stdout.write(f"{release.rows} events in {release.path}{since}")
