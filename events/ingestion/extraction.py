"""A report becomes mentions and candidate events with claims.

Reading again is harmless: what an editor decided stays, what nobody touched is made anew.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from events.geoparsing.document import CodedEvent, Document, TimeExpression, Toponym
from events.geoparsing.names import fold
from events.geoparsing.pipeline import VERSION, Geoparser
from events.ingestion.knowledge import OF_READINGS
from events.ingestion.reports import as_datetime
from events.models import Actor, Claim, Event, Mention, Participation, Place, Report
from events.models.events import new_uid
from events.vocabulary import MentionStatus, ReportStatus, ReviewStatus

REASON = f"read by the parser, version {VERSION}"


@dataclass(slots=True)
class Extraction:
    """What a reading added to the tables."""

    mentions: int = 0
    events: int = 0
    failed: str = ""
    notes: list[str] = field(default_factory=list)


def extract(report: Report, geoparser: Geoparser) -> Extraction:
    """Read `report` and store its mentions and candidates; a failure is kept on the report.

    The parsing is outside the transaction; the storing is one transaction.
    """
    try:
        doc = geoparser.parse(report.text, report.dct, report.language)
    except Exception as error:  # a defect of the parser must not stop a batch
        return set_aside(report, f"{type(error).__name__}: {error}")
    with transaction.atomic():
        return _store(Report.objects.select_for_update().get(pk=report.pk), doc, geoparser)


def set_aside(report: Report, reason: str) -> Extraction:
    """Mark `report` as unreadable, so that it is seen and not retried for ever."""
    Report.objects.filter(pk=report.pk).update(
        status=ReportStatus.FAILED, status_note=reason[:500], read_at=timezone.now()
    )
    return Extraction(failed=reason)


def _store(report: Report, doc: Document, geoparser: Geoparser) -> Extraction:
    clear_untouched(report)
    places = places_of(doc, geoparser)
    extraction = Extraction(mentions=_store_mentions(report, doc, places))
    extraction.events = _store_events(report, doc, places)
    _finish(report, doc)
    return extraction


def clear_untouched(report: Report) -> None:
    """Remove what an earlier reading left and no editor touched."""
    report.mentions.filter(status=MentionStatus.UNVERIFIED).delete()
    stale = Event.objects.candidates().filter(version=0, claims__report=report)
    stale = stale.exclude(claims__in=Claim.objects.exclude(report=report))
    Event.objects.filter(pk__in=list(stale.values_list("pk", flat=True))).delete()


def _finish(report: Report, doc: Document) -> None:
    if report.published_at is None and doc.dct is not None:
        report.published_at = as_datetime(doc.dct)
        report.published_reason = doc.dct_reason[:200]
    report.language = doc.language
    report.spans = spans_of(doc)
    if report.status in (ReportStatus.NEW, ReportStatus.FAILED):
        report.status = ReportStatus.READ
    report.status_note = ""
    report.read_at = timezone.now()
    report.parser_version = VERSION
    report._change_reason = REASON
    report.save()


def spans_of(doc: Document) -> list[dict[str, object]]:
    """The dates, actors and triggers of a reading, for marking the text; see `Report.spans`."""
    dates = [("date", t.start, t.end, _date_label(t)) for t in doc.times]
    actors = [("actor", a.start, a.end, a.actor) for a in doc.actors]
    triggers = [
        ("trigger", e.trigger.start, e.trigger.end, e.sub_event_type)
        for e in doc.events
        if e.trigger.end > e.trigger.start
    ]
    found = sorted(dict.fromkeys([*dates, *actors, *triggers]), key=lambda s: (s[1], -s[2]))
    return [{"kind": k, "start": a, "end": b, "label": label} for k, a, b, label in found]


def _date_label(expression: TimeExpression) -> str:
    start, end = expression.start_date, expression.end_date
    if start is None:
        return expression.text[:80]
    return f"{start}" if end in (None, start) else f"{start}..{end}"


def places_of(doc: Document, geoparser: Geoparser) -> dict[str, Place]:
    """The Place of each slug that the reading chose; a place of the world's list is added once."""
    chosen = [t.place for t in doc.toponyms] + [x.place for x in doc.localities]
    slugs = {place.place_id for place in chosen if place}
    found = Place.objects.select_related("parent").in_bulk(slugs, field_name="slug")
    for slug in sorted(slugs - set(found)):
        found[slug] = _place_of_the_world(slug, geoparser)
    return found


def _place_of_the_world(slug: str, geoparser: Geoparser) -> Place:
    entry = geoparser.gazetteer.entry(slug)
    values = {
        "name": entry.name,
        "kind": entry.kind,
        "latitude": entry.lat,
        "longitude": entry.lon,
        "radius_km": entry.radius_km,
        "country": entry.country,
        "importance": entry.importance,
        "reference": OF_READINGS,
    }
    return Place.objects.get_or_create(slug=slug, defaults=values)[0]


def _store_mentions(report: Report, doc: Document, places: dict[str, Place]) -> int:
    decided = {(m.start, m.end) for m in report.mentions.all()}
    fresh = {
        (t.start, t.end): _mention(report, t, places)
        for t in doc.toponyms
        if (t.start, t.end) not in decided
    }
    bulk_create_with_history(list(fresh.values()), Mention, default_change_reason=REASON)
    return len(fresh)


def _mention(report: Report, toponym: Toponym, places: dict[str, Place]) -> Mention:
    return Mention(
        report=report,
        start=toponym.start,
        end=toponym.end,
        text=toponym.text[:300],
        search_key=fold(toponym.text)[:300],
        role=toponym.role,
        place=places.get(toponym.place.place_id) if toponym.place else None,
        score=toponym.score,
        reason=toponym.reason[:500],
        candidates=[
            {"place": c.place_id, "name": c.name, "score": c.score, "reasons": list(c.reasons)}
            for c in toponym.candidates[:6]
        ],
    )


def _store_events(report: Report, doc: Document, places: dict[str, Place]) -> int:
    held = set(report.claims.values_list("sentence_start", "sub_event_type"))
    coded = [e for e in doc.events if not e.verbal and (e.start, e.sub_event_type) not in held]
    events = [_event(e, places) for e in coded]
    bulk_create_with_history(events, Event, default_change_reason=REASON)
    claims = [_claim(report, doc, e, row, places) for e, row in zip(coded, events, strict=True)]
    bulk_create_with_history(claims, Claim, default_change_reason=REASON)
    _store_participations(coded, events)
    return len(events)


def _event(coded: CodedEvent, places: dict[str, Place]) -> Event:
    where, figures = coded.locality, coded.fatalities
    event = Event(
        uid=new_uid(),
        sub_event_type=coded.sub_event_type,
        start_date=coded.start_date,
        end_date=coded.end_date,
        time_precision=coded.time_precision,
        place=places.get(where.place.place_id) if where and where.place else None,
        latitude=where.lat if where else None,
        longitude=where.lon if where else None,
        radius_km=where.radius_km if where else 0.0,
        geo_precision=where.geo_precision if where else 3,
        fatalities_low=figures.low if figures else None,
        fatalities_best=figures.best if figures else None,
        fatalities_high=figures.high if figures else None,
        confidence=coded.confidence,
        reasons=list(coded.reasons),
        status=ReviewStatus.CANDIDATE,
    )
    event.set_derived()
    return event


def _claim(
    report: Report, doc: Document, coded: CodedEvent, event: Event, places: dict[str, Place]
) -> Claim:
    where, figures = coded.locality, coded.fatalities
    return Claim(
        event=event,
        report=report,
        sentence_start=coded.start,
        sentence_end=coded.end,
        trigger_start=coded.trigger.start,
        trigger_end=coded.trigger.end,
        quote=doc.quote(coded),
        sub_event_type=coded.sub_event_type,
        reported_by=coded.reported_by[:200],
        stance=coded.stance,
        modality=coded.modality,
        place=event.place,
        place_text=doc.text[where.start : where.end][:300] if where else "",
        place_reason=where.reason[:500] if where else "",
        date_text=coded.date_text[:200],
        date_reason=coded.date_reason[:500],
        start_date=coded.start_date,
        end_date=coded.end_date,
        fatalities_low=figures.low if figures else None,
        fatalities_best=figures.best if figures else None,
        fatalities_high=figures.high if figures else None,
        fatalities_text=figures.text[:200] if figures else "",
    )


def _store_participations(coded: list[CodedEvent], events: list[Event]) -> None:
    slugs = {p.actor_id for e in coded for p in e.participants}
    actors = Actor.objects.in_bulk(slugs, field_name="slug")
    rows = {
        (event.pk, p.actor_id, p.role): Participation(
            event=event, actor=actors[p.actor_id], role=p.role
        )
        for e, event in zip(coded, events, strict=True)
        for p in e.participants
        if p.actor_id in actors
    }
    bulk_create_with_history(list(rows.values()), Participation, default_change_reason=REASON)
