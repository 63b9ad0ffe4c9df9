"""Put the database back to what a backup holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from events.evidence.chain import verify
from events.evidence.copies import CopyError, restore
from events.models import Report
from events.publishing.snapshot import publish


class Command(BaseCommand):
    help = "Restore the database from FILE; checks every table against the backup's digests."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--overwrite", action="store_true", help="replace a database that has reports in it"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if has_reports() and not options["overwrite"]:
            raise CommandError("This database has reports in it; --overwrite replaces them.")
        try:
            done = restore(options["file"])
        except CopyError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{done.rows} rows of {done.tables} tables are as in the backup.")
        call_command("migrate", interactive=False, verbosity=0)
        verdict = verify([done.head] if int(done.head, 16) else [])
        for line in verdict.broken:
            self.stderr.write(f"BROKEN  {line}")
        if not verdict.holds:
            raise CommandError("Restored, but the history in the backup does not hold.")
        publish(settings.SNAPSHOT_ROOT)
        self.stdout.write(f"{verdict.links} links of history hold; the snapshot is made anew.")


def has_reports() -> bool:
    """Whether there is something here that a restoration would replace."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
    return Report._meta.db_table in names and Report.objects.exists()
