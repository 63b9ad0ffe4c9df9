"""Check that the history and the reports' texts are what was written at the time."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from events.evidence.chain import seal, unsealed, verify

MOMENT = 2.0
"""Seconds in which a line that was just written gets its link."""


def lasting(look: Callable[[], list[str]]) -> list[str]:
    """What two looks see, one moment apart; nothing is waited for where the first sees nothing."""
    first = look()
    if first:
        time.sleep(MOMENT)
    return [line for line in first if line in set(look())]


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
            "--seal",
            action="store_true",
            help="seal lines that have no link first, once they were looked at: after an upgrade"
            " from a version without the chain, or after the machine stopped in the wrong moment",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["seal"]:
            self.stdout.write(f"{seal(everything=True)} lines sealed now.")
        verdict = verify(options["head"])
        for line in lasting(unsealed):
            verdict.broken.append(
                f"{line}: was never sealed; if it is not of a moment when the machine stopped,"
                " somebody put it in (--seal takes it as it is)"
            )
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
