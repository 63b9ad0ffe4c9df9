"""Takes up again what a dead worker left: run every minute or so (deploy/)."""

from __future__ import annotations

import datetime as dt
from argparse import ArgumentParser
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.utils import timezone

from events.tasks import requeue_reports, send_due_deliveries

STALE_MINUTES, MOST_RUNS = 15, 3


class Command(BaseCommand):
    help = "Retry reports and tasks whose worker died, and webhooks that did not answer."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--stale-minutes",
            type=float,
            default=STALE_MINUTES,
            help="after how long a running task counts as left behind",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        again, dead = take_up_tasks(dt.timedelta(minutes=options["stale_minutes"]))
        reports, sent = requeue_reports(), send_due_deliveries()
        if options["verbosity"] > 1 or again or dead or reports or sent:
            self.stdout.write(
                f"{again} tasks taken up again, {dead} given up, {reports} reports queued again,"
                f" {sent} webhooks due"
            )


def take_up_tasks(after: dt.timedelta) -> tuple[int, int]:
    """Make tasks ready again that have been running for too long; given up after MOST_RUNS.

    A task that runs twice does no harm, so a slow one that is taken up by mistake is no loss.
    """
    if not apps.is_installed("django_tasks_db"):
        return 0, 0
    results = apps.get_model("django_tasks_database", "DBTaskResult").objects
    again = dead = 0
    for result in results.running().filter(started_at__lt=timezone.now() - after):
        mine = results.running().filter(pk=result.pk, started_at=result.started_at)
        if len(result.worker_ids) < MOST_RUNS:
            again += mine.update(status="READY")
        else:
            reason = "the worker died each time"
            dead += mine.update(status="FAILED", finished_at=timezone.now(), traceback=reason)
    return again, dead
