"""Work behind the desk: the snapshot published anew, reports read and read again.

With the immediate backend a task runs at once; with the database backend workers take it up.
"""

from __future__ import annotations

import datetime as dt
import functools
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django_tasks import task

from events.exceptions import FetchRefused, RejectedReport
from events.geoparsing.names import fold
from events.geoparsing.pipeline import Geoparser
from events.ingestion.documents import Draft, draft_of
from events.ingestion.extraction import extract, set_aside
from events.ingestion.fetching import post
from events.ingestion.knowledge import load_geoparser
from events.ingestion.priority import yield_to_readers
from events.ingestion.reports import TakenIn, take_in
from events.models import (
    Actor,
    ActorName,
    Delivery,
    Mention,
    Place,
    PlaceName,
    ReadingAttempt,
    Report,
    Source,
)
from events.publishing import store
from events.publishing.announcements import announce, signed
from events.publishing.snapshot import publish
from events.vocabulary import ReportStatus

MOST_READ_AGAIN = 500
MOST_REQUEUED = 10_000
MOST_SENT = 500
OVERDUE = dt.timedelta(minutes=10)
SENDING = dt.timedelta(minutes=2)


@task()
def republish() -> None:
    """Pack what is published now into a new snapshot: the only way in public, and out of it."""
    publish(settings.SNAPSHOT_ROOT)
    deliveries = announce()
    if send_delivery.get_backend().supports_defer:  # at once only where it holds nobody up
        for delivery in deliveries:
            send_delivery.enqueue(delivery.pk)


@task()
def send_delivery(pk: int) -> None:
    """Tell a webhook what changed; a failure is kept, and due again after a while.

    The claim is one conditional update, so that a delivery is not sent by two workers at once.
    """
    lease = timezone.now() + SENDING
    if not Delivery.objects.due().filter(pk=pk).order_by().update(next_try_at=lease):
        return
    delivery = Delivery.objects.select_related("webhook").get(pk=pk)
    body, headers = signed(delivery)
    try:
        post(delivery.webhook.url, body, headers)
    except FetchRefused as error:
        delivery.record(str(error))
    else:
        delivery.record()


@task()
def extract_report(pk: int) -> None:
    """Read one report; a report that is gone by now is nobody's error.

    The attempt is counted before the work: a report that kills its worker again and again is set
    aside, not tried for ever. Delivered twice, it is read twice with the same outcome.
    """
    report = Report.objects.filter(pk=pk).first()
    if report is None:
        return
    if extract_report.get_backend().supports_defer:  # in a worker, not in a web process
        yield_to_readers()
    attempt, _created = ReadingAttempt.objects.get_or_create(report=report)
    if attempt.is_poison:
        set_aside(report, f"given up after {attempt.count} attempts that ended without a trace")
    else:
        attempt.begin()
        extract(report, current_geoparser())
    ReadingAttempt.objects.filter(report=report).delete()


@task()
def read_again(names: list[int]) -> None:
    """Read the waiting reports again in which a spelling stands open that was learned just now."""
    keys = {
        fold(name) for name in PlaceName.objects.filter(pk__in=names).values_list("text", flat=True)
    }
    for report in reports_with_open(keys):
        extract(report, current_geoparser())


def reports_with_open(keys: set[str]) -> list[Report]:
    """The waiting reports with an undecided mention of one of the folded spellings."""
    rows = Mention.objects.open().filter(report__status=ReportStatus.READ, search_key__in=keys)
    found = rows.order_by("-report_id").values_list("report_id", flat=True).distinct()
    return list(Report.objects.filter(pk__in=list(found[:MOST_READ_AGAIN])))


def add_report(fields: dict[str, Any], source: Source) -> TakenIn:
    """Take in what a program hands over and have it read. Raises RejectedReport."""
    try:
        draft = draft_of(fields)
    except ValueError as error:
        raise RejectedReport(f"The report is not taken: {error}") from error
    return take_in_draft(draft, source)


def take_in_draft(draft: Draft, source: Source) -> TakenIn:
    """Take in a draft and have it read unless it repeats what is known. Raises RejectedReport."""
    with transaction.atomic():
        taken = take_in(draft.text, source, **draft.details())
        if taken.created and taken.report.status == ReportStatus.NEW:
            extract_after_commit(taken.report.pk)
    return taken


def requeue_reports() -> int:
    """Have those reports read whose attempt left no trace: a worker died, the database was away."""
    keys = list(ReadingAttempt.objects.due().values_list("report_id", flat=True)[:MOST_REQUEUED])
    again = timezone.now() + OVERDUE
    ReadingAttempt.objects.filter(report__in=keys).update(next_try_at=again)
    for pk in keys:
        extract_report.enqueue(pk)
    return len(keys)


def send_due_deliveries() -> int:
    """Send what webhooks are owed by now."""
    keys = list(Delivery.objects.due().values_list("pk", flat=True)[:MOST_SENT])
    for pk in keys:
        send_delivery.enqueue(pk)
    return len(keys)


def republish_after_commit() -> None:
    """Publish the snapshot anew once the present transaction is through."""
    transaction.on_commit(lambda: store.mark_changed(settings.SNAPSHOT_ROOT), robust=True)
    transaction.on_commit(republish_unless_waiting)


def republish_unless_waiting() -> None:
    """Enqueue one republication; one that waits already will read what was stored by now."""
    if not is_waiting(republish.module_path):
        republish.enqueue()


def is_waiting(path: str) -> bool:
    """Whether a task of this name stands in the table of tasks and no worker has it yet."""
    if not apps.is_installed("django_tasks_db"):
        return False
    results = apps.get_model("django_tasks_database", "DBTaskResult").objects
    return results.ready().filter(task_path=path).exists()


def read_again_after_commit(names: list[int]) -> None:
    """Read open mentions again once the names that were learned are stored."""
    transaction.on_commit(lambda: read_again.enqueue(names))


def extract_after_commit(pk: int) -> None:
    """Read a report once it is stored."""
    transaction.on_commit(lambda: extract_report.enqueue(pk))


def current_geoparser() -> Geoparser:
    """A parser that knows the tables as they stand; built anew when gazetteer or actors change."""
    return _geoparser(_stamp())


def _stamp() -> tuple[Any, ...]:
    """What changes with every change of what the parser knows: newest history and newest row."""
    newest = [
        model.history.aggregate(newest=Max("history_id"))["newest"]
        for model in (Place, PlaceName, Actor)
    ]
    rows = [model.objects.aggregate(newest=Max("pk"))["newest"] for model in (PlaceName, ActorName)]
    return (*newest, *rows, Place.objects.count())


@functools.lru_cache(maxsize=1)
def _geoparser(_stamp: tuple[Any, ...]) -> Geoparser:
    return load_geoparser()
