"""Reads reports into mentions and candidate events."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from events.ingestion.extraction import extract
from events.ingestion.knowledge import load_geoparser
from events.ingestion.priority import yield_to_readers
from events.models import Report
from events.vocabulary import ReportStatus


class Command(BaseCommand):
    help = "Read reports with the parser; what editors decided is kept."

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--pending", action="store_true", help="only unread reports (default)")
        which.add_argument("--all", action="store_true", help="all that are not finished")

    def handle(self, *args: Any, **options: Any) -> None:
        yield_to_readers()
        reports = Report.objects.pending()
        if options["all"]:
            reports = Report.objects.exclude(status=ReportStatus.FINISHED)
        keys = list(reports.order_by("pk").values_list("pk", flat=True))
        geoparser = load_geoparser() if keys else None
        events = failed = 0
        for number, key in enumerate(keys, 1):
            done = extract(Report.objects.get(pk=key), geoparser)
            events, failed = events + done.events, failed + bool(done.failed)
            if number % 50 == 0:
                self.stderr.write(f"{number} of {len(keys)} reports")
        self.stdout.write(f"{len(keys)} reports read, {events} candidates, {failed} set aside")
