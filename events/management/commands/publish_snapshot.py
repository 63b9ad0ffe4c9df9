"""Publish the events that may be public as a new snapshot for the map."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from events.publishing.snapshot import publish


class Command(BaseCommand):
    help = "Publish all published events as a snapshot for the map, into SNAPSHOT_ROOT."

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        try:
            manifest = publish(settings.SNAPSHOT_ROOT)
        except OSError as error:
            raise CommandError(f"The snapshot could not be written: {error}") from error
        if options["verbosity"] > 0:
            size = manifest["bin"]["br"] / 1000
            self.stdout.write(
                f"{manifest['rows']} events published as {manifest['hash']}"
                f" ({size:.1f} kB, {time.monotonic() - started:.1f} s)"
            )
