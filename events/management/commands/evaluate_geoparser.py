"""Scores the parser against hand-made gold, per language, with confidence intervals."""

from __future__ import annotations

import datetime as dt
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from events.geoparsing.evaluation import GoldError, Score, evaluate, load_gold
from events.geoparsing.evaluation.gold import Gold
from events.geoparsing.linking import leave_one_out
from events.geoparsing.output import document_to_dict
from events.geoparsing.pipeline import Geoparser
from events.ingestion.fixtures.gold import demo_gold
from events.ingestion.knowledge import load_geoparser


class Command(BaseCommand):
    help = "Score places, dates and events against gold; with --names, the linking of spellings."
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("gold", nargs="*", metavar="GOLD.jsonl")
        parser.add_argument("--errors", action="store_true", help="print each error")
        parser.add_argument(
            "--demo", action="store_true", help="also against what the demo's editors approved"
        )
        parser.add_argument(
            "--names", action="store_true", help="leave-one-out over the gazetteer's spellings"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not (options["gold"] or options["names"] or options["demo"]):
            raise CommandError("Name a gold file, or ask for --demo or --names.")
        geoparser = load_geoparser()
        for name in options["gold"]:
            self.evaluate(name, read_gold(name), geoparser, options["errors"])
        if options["demo"]:
            gold = demo_gold(settings.BASE_DIR / "fixtures")
            self.evaluate("the demo's reports", gold, geoparser, options["errors"])
        if options["names"]:
            self.names(geoparser)

    def evaluate(
        self, name: str, gold: list[Gold], geoparser: Geoparser, with_errors: bool
    ) -> None:
        found = [parse(geoparser, report) for report in gold]
        languages = sorted({report.get("lang", "") for report in gold})
        groups = [("all", gold), *((c, [g for g in gold if g.get("lang") == c]) for c in languages)]
        for language, reports in groups if len(languages) > 1 else groups[:1]:
            lines = [f for g, f in zip(gold, found, strict=True) if g in reports]
            scores, errors = evaluate(reports, lines)
            self.stdout.write(f"\n{name}, {language}: {len(reports)} reports")
            self.table(scores)
            if with_errors and language == "all":
                self.stdout.write("\n".join(["", *errors]))

    def table(self, scores: list[Score]) -> None:
        for s in scores:
            share = f"{s.hits}/{s.of}"
            self.stdout.write(f"  {s.name:42} {s.value:.3f}  [{s.low:.3f}, {s.high:.3f}]  {share}")

    def names(self, geoparser: Geoparser) -> None:
        result = leave_one_out(geoparser.gazetteer)
        self.stdout.write(f"\nUnseen spellings: {result.tried} tried")
        for word in ("right", "wrong", "unlinked"):
            self.stdout.write(f"  {word:12} {getattr(result, word):.3f}")


def read_gold(name: str) -> list[Gold]:
    """The gold of a file; raises CommandError naming the line that is wrong."""
    try:
        return load_gold(Path(name).read_text(encoding="utf-8").splitlines())
    except OSError as error:
        raise CommandError(f"{name} cannot be read: {error.strerror}") from error
    except (GoldError, UnicodeDecodeError) as error:
        raise CommandError(f"{name}: {error}") from error


def parse(geoparser: Geoparser, gold: dict[str, Any]) -> dict[str, Any]:
    """The parser's line for one gold report."""
    published = gold.get("published")
    dct = dt.date.fromisoformat(published) if published else None
    return document_to_dict(
        gold.get("doc_id"), geoparser.parse(gold["text"], dct, gold.get("lang"))
    )
