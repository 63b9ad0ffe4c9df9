"""Compiles the tables under fixtures/ to Django fixtures with natural keys."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from events.ingestion.fixtures import FIXTURES, TableError, compile_fixture


class Command(BaseCommand):
    help = "Compile the CSV and TOML tables under fixtures/ to fixtures/*.json."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="only say whether the JSON agrees with the tables"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.BASE_DIR) / "fixtures"
        for name in FIXTURES:
            self.one(folder, name, options["check"])

    def one(self, folder: Path, name: str, check: bool) -> None:
        try:
            rows = compile_fixture(folder, name)
        except TableError as error:
            raise CommandError(str(error)) from error
        text = as_json(rows)
        path = folder / f"{name}.json"
        if not check:
            path.write_text(text, encoding="utf-8")
            self.stdout.write(f"{name}: {len(rows)} rows")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            raise CommandError(f"{path.name} does not agree with its tables; run make_fixtures.")


def as_json(rows: list[dict[str, Any]]) -> str:
    """One object a line, so that a change of one row is a change of one line."""
    return "[\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n]\n"
