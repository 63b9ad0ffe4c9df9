"""Check that the history and the reports' texts are what was written at the time."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from events.evidence.chain import seal, verify


class Command(BaseCommand):
    help = "Recompute the hash chain over the history; names the first link that does not hold."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--head",
            action="append",
            default=[],
            help="a head that was noted earlier and must be in the chain (may be repeated)",
        )
        parser.add_argument(
            "--no-seal", action="store_true", help="leave lines that have no link yet as they are"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["no_seal"]:
            seal(everything=True)
        verdict = verify(options["head"])
        for line in verdict.broken:
            self.stderr.write(f"BROKEN  {line}")
        self.stdout.write(
            f"{verdict.links} links hold, {verdict.unsealed} lines are not sealed,"
            f" {verdict.reports} texts looked at."
        )
        self.stdout.write(f"Head: {verdict.head}")
        if not verdict.holds:
            raise CommandError("The history does not hold; see above. Compare with a backup.")
        self.stdout.write("Note the head somewhere else: it proves the chain up to here.")
