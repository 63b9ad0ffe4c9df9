"""Copy the whole database, under traffic, to a file that proves itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from events.evidence.copies import CopyError, backup


class Command(BaseCommand):
    help = "Write a copy of the database to FILE, with a digest of every table."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--overwrite", action="store_true", help="replace FILE if it is there")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if path.exists() and not options["overwrite"]:
            raise CommandError(f"{path} is there already; --overwrite replaces it.")
        if not path.parent.is_dir():
            raise CommandError(f"There is no folder {path.parent}.")
        try:
            done = backup(path)
        except CopyError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{done.rows} rows of {done.tables} tables in {path}")
        self.stdout.write(f"SHA-256 of the data: {done.sha256}")
        self.stdout.write(f"Head of the history: {done.head}")
        self.stdout.write("The file holds everything, names and private notes too: encrypt it.")
