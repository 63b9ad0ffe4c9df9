"""Work behind the desk: the snapshot published anew, reports read and read again.

With the immediate backend a task runs at once; with the database backend workers take it up.
"""

from __future__ import annotations

import functools
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django_tasks import task

from events.geoparsing.names import fold
from events.geoparsing.pipeline import Geoparser
from events.ingestion.extraction import extract
from events.ingestion.knowledge import load_geoparser
from events.models import Actor, ActorName, Mention, Place, PlaceName, Report
from events.publishing.snapshot import publish
from events.vocabulary import ReportStatus

MOST_READ_AGAIN = 500


@task()
def republish() -> None:
    """Pack what is published now into a new snapshot: the only way in public, and out of it."""
    publish(settings.SNAPSHOT_ROOT)


@task()
def extract_report(pk: int) -> None:
    """Read one report; a report that is gone by now is nobody's error."""
    report = Report.objects.filter(pk=pk).first()
    if report is not None:
        extract(report, current_geoparser())


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
    rows = Mention.objects.open().filter(report__status=ReportStatus.READ).order_by("-report_id")
    found = [pk for pk, text in rows.values_list("report_id", "text") if fold(text) in keys]
    return list(Report.objects.filter(pk__in=list(dict.fromkeys(found))[:MOST_READ_AGAIN]))


def republish_after_commit() -> None:
    """Publish the snapshot anew once the present transaction is through."""
    transaction.on_commit(lambda: republish.enqueue())


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
