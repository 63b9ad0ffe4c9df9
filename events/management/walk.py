"""The demo's walk: fixtures in, reports read, what the demo's editors approved published.

The approved events stand in the `demo` fixture. Where the parser found the same event, its
candidate takes the editors' values and the fixture's public id; where it did not, the editors'
event is added as they coded it. What they did not approve stays a candidate.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core import serializers
from django.db import transaction
from django.utils import timezone

from events.curation import merge
from events.curation.review import stamp
from events.geoparsing.pipeline import Geoparser
from events.ingestion.extraction import extract
from events.ingestion.fixtures.loading import load_missing
from events.ingestion.knowledge import load_geoparser
from events.models import Actor, Claim, Event, Participation, Place, Report
from events.vocabulary import ReportStatus, ReviewStatus, SubEventType

Row = dict[str, Any]
BY_EDITORS = "approved by the demo's editors"
COPIED = (
    "sub_event_type",
    "start_date",
    "end_date",
    "time_precision",
    "place",
    "latitude",
    "longitude",
    "radius_km",
    "geo_precision",
    "fatalities_low",
    "fatalities_best",
    "fatalities_high",
    "summary",
    "is_contested",
    "is_sensitive",
    "harm_checked",
    "status",
)
# what the editors may have corrected; the rest is theirs alone
JUDGED = (
    "sub_event_type",
    "start_date",
    "end_date",
    "place",
    "geo_precision",
    "fatalities_low",
    "fatalities_best",
    "fatalities_high",
)


@dataclass(frozen=True, slots=True)
class Approved:
    """One approved claim as fixture rows: its event, itself, and who took part."""

    event: Row
    claim: Row
    parts: list[Row]


@dataclass(slots=True)
class Tally:
    """What the walk did."""

    reports: int = 0
    as_read: int = 0
    corrected: int = 0
    added: int = 0


def load_reference(folder: Path) -> int:
    """Add what is missing of the gazetteer, the actors and the sources; how many rows."""
    names = ("gazetteer", "actors", "sources")
    return sum(load_missing(read_rows(folder, name)) for name in names)


def read_rows(folder: Path, name: str) -> list[Row]:
    """The rows of a fixture."""
    return json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))


def walk(folder: Path, progress: Callable[[int, int], None]) -> Tally:
    """Take in and read the demo's reports that are not there yet, and publish what was approved."""
    rows = read_rows(folder, "demo")
    tally = Tally()
    todo = [row for row in rows if row["model"] == "events.report" and not _is_read(row)]
    if not todo:
        return tally
    geoparser = load_geoparser()
    approved = by_report(rows)
    for number, row in enumerate(todo, 1):
        walk_one(row, approved[row["fields"]["digest"]], geoparser, tally)
        progress(number, len(todo))
    return tally


def _is_read(row: Row) -> bool:
    held = Report.objects.filter(digest=row["fields"]["digest"])
    return held.exclude(status=ReportStatus.NEW).exists()


def by_report(rows: Iterable[Row]) -> dict[str, list[Approved]]:
    """For each report digest what was approved of it."""
    events = {r["fields"]["uid"]: r for r in rows if r["model"] == "events.event"}
    parts: dict[str, list[Row]] = defaultdict(list)
    found: dict[str, list[Approved]] = defaultdict(list)
    for row in rows:
        if row["model"] == "events.participation":
            parts[row["fields"]["event"][0]].append(row)
    for row in rows:
        if row["model"] == "events.claim":
            [uid], [digest] = row["fields"]["event"], row["fields"]["report"]
            found[digest].append(Approved(events[uid], row, parts[uid]))
    return found


def walk_one(row: Row, approved: list[Approved], geoparser: Geoparser, tally: Tally) -> None:
    """One report: stored, read, and what was approved of it published."""
    report = _store_report(row)
    extract(report, geoparser)
    tally.reports += 1
    with transaction.atomic():
        for item in approved:
            _approve(report, item, tally)
        finish_if_decided(report)


def finish_if_decided(report: Report) -> None:
    """A report of which nothing waits any more is finished."""
    waiting = report.claims.filter(event__in=Event.objects.candidates())
    if not waiting.exists():
        Report.objects.filter(pk=report.pk).update(status=ReportStatus.FINISHED)


def _store_report(row: Row) -> Report:
    report = Report.objects.filter(digest=row["fields"]["digest"]).first()
    if report is None:
        [item] = serializers.deserialize("python", [row])
        item.object.save()
        report = item.object
    return report


def _approve(report: Report, item: Approved, tally: Tally) -> None:
    claim = unsaved_claim(report, item.claim["fields"])
    candidate = matching_candidate(report, claim)
    held = Event.objects.filter(uid=item.event["fields"]["uid"]).first()
    if held is not None:
        _add_telling(held, candidate, item, claim)
    elif candidate is None:
        tally.added += 1
        _add_event(item)
    else:
        changed = _adopt(candidate, item, claim)
        tally.corrected += bool(changed)
        tally.as_read += not changed


def _add_telling(event: Event, candidate: Event | None, item: Approved, claim: Claim) -> None:
    """Another report tells of an event that is there: its candidate is merged into it."""
    if event.claims.filter(report=claim.report, sentence_start=claim.sentence_start).exists():
        return
    if candidate is None:
        _save_rows([item.claim])
        return
    _adopt_claim(candidate, claim)
    merge(event, candidate, None, [BY_EDITORS])


def _add_event(item: Approved) -> None:
    """An event that the parser did not find, as the editors coded it."""
    [event] = [x.object for x in serializers.deserialize("python", [item.event])]
    event.published_at = timezone.now()
    event.checked = dict.fromkeys(("place", "date", "confirmed"), stamp(None))
    event._change_reason = f"{BY_EDITORS}, not found by the parser"
    event.save()
    _save_rows([item.claim, *item.parts])


def _save_rows(rows: list[Row]) -> None:
    for found in serializers.deserialize("python", rows):
        found.object.save()


def unsaved_claim(report: Report, fields: Row) -> Claim:
    """The approved claim, to compare and to copy from; its event is not decided yet."""
    values = {k: v for k, v in fields.items() if k not in ("event", "report", "place")}
    for name in ("start_date", "end_date"):
        values[name] = dt.date.fromisoformat(values[name])
    place = Place.objects.get(slug=fields["place"][0]) if fields["place"] else None
    return Claim(report=report, place=place, **values)


def matching_candidate(report: Report, claim: Claim) -> Event | None:
    """The parser's candidate for the approved claim: same sentence, same type if it can be."""
    overlapping = report.claims.filter(
        event__status=ReviewStatus.CANDIDATE,
        sentence_start__lt=claim.sentence_end,
        sentence_end__gt=claim.sentence_start,
    ).select_related("event")
    ranked = sorted(overlapping, key=lambda c: _likeness(c, claim))
    return ranked[0].event if ranked and _likeness(ranked[0], claim)[0] < 2 else None


def _likeness(found: Claim, wanted: Claim) -> tuple[int, int]:
    same = found.sub_event_type == wanted.sub_event_type
    kin = found.event.event_type == _event_type(wanted)
    rank = 0 if same else 1 if kin else 2
    return rank, abs(found.sentence_start - wanted.sentence_start)


def _event_type(claim: Claim) -> str:
    return SubEventType(claim.sub_event_type).event_type


def _adopt(candidate: Event, item: Approved, claim: Claim) -> list[str]:
    """Give the candidate the approved values; the names of the fields that were wrong."""
    [approved] = [x.object for x in serializers.deserialize("python", [item.event])]
    changed = [n for n in JUDGED if getattr(candidate, n) != getattr(approved, n)]
    for name in COPIED:
        setattr(candidate, name, getattr(approved, name))
    candidate.uid, candidate.published_at = approved.uid, timezone.now()
    candidate.checked = dict.fromkeys(("place", "date", "confirmed"), stamp(None))
    candidate.version += 1
    candidate._change_reason = f"{BY_EDITORS}; corrected: {', '.join(changed) or 'nothing'}"
    candidate.save()
    _adopt_claim(candidate, claim)
    _replace_participations(candidate, item.parts)
    return changed


def _adopt_claim(candidate: Event, claim: Claim) -> None:
    held = candidate.claims.filter(report=claim.report).first()
    for name in ("sentence_start", "sentence_end", "quote", "stance", "modality", "place"):
        setattr(held, name, getattr(claim, name))
    for name in ("fatalities_low", "fatalities_best", "fatalities_high", "fatalities_text"):
        setattr(held, name, getattr(claim, name))
    for name in ("sub_event_type", "start_date", "end_date"):
        setattr(held, name, getattr(claim, name))
    held.reported_by = claim.reported_by or held.reported_by
    held._change_reason = BY_EDITORS
    held.save()


def _replace_participations(candidate: Event, parts: list[Row]) -> None:
    candidate.participations.all().delete()
    for row in parts:
        [slug], role = row["fields"]["actor"], row["fields"]["role"]
        Participation.objects.create(event=candidate, actor=Actor.objects.get(slug=slug), role=role)
