"""The stair in: a text becomes a Report, once."""

from __future__ import annotations

import datetime as dt
import unicodedata
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from events.exceptions import RejectedReport
from events.geoparsing.language import detect_language
from events.geoparsing.lexicon import LANGUAGES
from events.ingestion.duplicates import Likeness, find_likeness, keys_of, store_keys
from events.models import Report, Source
from events.models.reports import digest_of
from events.vocabulary import ReportStatus

HEAD = 4096
MOST_CONTROL_SHARE = 0.02
KEPT_CONTROLS = frozenset("\n\r\t\f\v")


@dataclass(frozen=True, slots=True)
class TakenIn:
    """The report of a text, and whether this delivery made it."""

    report: Report
    created: bool


def take_in(
    text: str,
    source: Source,
    *,
    title: str = "",
    url: str = "",
    published_at: dt.datetime | dt.date | None = None,
    language: str = "",
    author: str = "",
    added_by: Any = None,
) -> TakenIn:
    """Store `text` as a report of `source`; a text that is already there gives that report.

    Raises RejectedReport for an empty, oversized or binary text and for a day that is none of news.
    One row, one transaction: nothing is half-written.
    """
    text, published_at = checked_text(text), checked_moment(published_at)
    digest = digest_of(text)
    held = Report.objects.filter(digest=digest).first()
    if held:
        return TakenIn(held, created=False)
    url = web_address(url)
    report = Report(
        source=source,
        text=text,
        title=storable(title).strip()[:500],
        url=url,
        published_at=as_datetime(published_at),
        language=language if language in LANGUAGES else detect_language(text),
        author=storable(author)[:200],
        added_by=added_by,
    )
    return _store(report, digest, keys_of(text, url))


YEARS = range(1900, 2201)


def checked_moment(moment: dt.datetime | dt.date | None) -> dt.datetime | dt.date | None:
    """`moment` if news can be of it; raises RejectedReport for a year that no time zone bears."""
    if moment is not None and moment.year not in YEARS:
        raise RejectedReport(
            f"The day of publication, in the year {moment.year}, is no day of news."
        )
    return moment


def web_address(url: str) -> str:
    """`url` when it is one of the web that can be shown as a link, else nothing."""
    plain = storable(url).strip()
    return plain[:1000] if plain.lower().startswith(("http://", "https://")) else ""


def _store(report: Report, digest: str, keys: dict[int, int]) -> TakenIn:
    link_to_original(report, find_likeness(report, keys))
    try:
        with transaction.atomic():
            report.save()
            store_keys(report, keys)
    except IntegrityError:
        # Another delivery of the same text came first: the unique digest decides, not a check.
        return TakenIn(Report.objects.get(digest=digest), created=False)
    return TakenIn(report, created=True)


def link_to_original(report: Report, likeness: Likeness | None) -> None:
    """Link a report that repeats another; one that adds no figure is put away unread."""
    if likeness is None:
        return
    report.duplicate_of = likeness.report
    if likeness.same:
        report.status = ReportStatus.FINISHED
        report.status_note = f"{likeness.reason} as report {likeness.report.pk}; not read again"


def checked_text(text: str) -> str:
    """`text` without NULs, with plain line ends; raises RejectedReport when it is no report."""
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > settings.REPORT_MAX_BYTES:
        limit = settings.REPORT_MAX_BYTES // (1024 * 1024)
        raise RejectedReport(f"The report has {size:,} bytes; at most {limit} MB are read.")
    text = _without_surrogates(text).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise RejectedReport("The report is empty.")
    if looks_binary(text):
        raise RejectedReport("The report looks like binary data, not text.")
    return text.replace("\x00", "")


def storable(text: str) -> str:
    """`text` without what a database cannot hold: NULs and halves of characters."""
    return _without_surrogates(text).replace("\x00", "")


def _without_surrogates(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def looks_binary(text: str) -> bool:
    """Whether the head of `text` has too many control characters for a text."""
    head = text[:HEAD]
    controls = sum(
        unicodedata.category(c) in ("Cc", "Cn", "Co") and c not in KEPT_CONTROLS for c in head
    )
    return controls > max(2, MOST_CONTROL_SHARE * len(head))


def as_datetime(moment: dt.datetime | dt.date | None) -> dt.datetime | None:
    """A moment in Damascus: a bare date is its noon, so that no time zone moves the day."""
    if moment is None:
        return None
    if not isinstance(moment, dt.datetime):
        moment = dt.datetime(moment.year, moment.month, moment.day, 12)
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
