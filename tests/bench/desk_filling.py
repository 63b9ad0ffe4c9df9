"""Fills an empty PostgreSQL database with a full desk: reports, candidates, mentions, histories.

A thousand reports are made as rows of the models; the database copies them a hundred times, each
copy forty days later and with ids a million higher, which takes seconds instead of minutes.
"""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from django.core.management import call_command
from django.db import connection, models
from django.utils import timezone

from events.geoparsing.names import fold
from events.models import (
    Actor,
    Claim,
    Decision,
    Event,
    Mention,
    Participation,
    Place,
    Report,
    Source,
)
from events.models.events import new_uid
from events.models.reports import digest_of
from events.vocabulary import MentionStatus, ReportStatus, ReviewStatus, SubEventType

FIRST = dt.date(2012, 1, 1)
SEEDS, COPIES, STEP_DAYS, HIGHER = 1000, 100, 40, 1_000_000
PER_REPORT = 3
DECIDED = (*[ReviewStatus.PUBLISHED] * 7, *[ReviewStatus.REJECTED] * 2, ReviewStatus.CONFIRMED)
SENTENCE = "Jets struck {} on that day, killing {} people, the rescuers of {} said. "
REST = "The road was closed and the market stood empty until the evening. " * 10


def fill_desk(by: Any, copies: int = COPIES, seed: int = 3) -> None:
    """`copies` times a thousand reports with three events each; half of them wait."""
    call_command("loaddata", "gazetteer", "actors", "sources", verbosity=0)
    chance = random.Random(seed)
    reports = _seed_reports(chance)
    events = _seed_events(chance, reports)
    _seed_decisions(events, by)
    for model, changes in copied_tables():
        multiply(model, copies, changes)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _seed_reports(chance: random.Random) -> list[Report]:
    sources = list(Source.objects.all())
    found = [_report(number, chance, chance.choice(sources)) for number in range(SEEDS)]
    Report.objects.bulk_create(found)
    Report.history.bulk_history_create(found)
    return found


def _report(number: int, chance: random.Random, source: Source) -> Report:
    day = dt.datetime(2012, 1, 1) + dt.timedelta(hours=chance.randrange(STEP_DAYS * 24))
    title = f"Dispatch {number}"
    waits = number % 2 == 0
    return Report(
        source=source, title=title, digest=digest_of(title), text=title, language="en",
        published_at=timezone.make_aware(day),
        help_wanted="Which camp?" if number % 50 == 0 else "",
        status=ReportStatus.READ if waits else ReportStatus.FINISHED,
    )  # fmt: skip


def _seed_events(chance: random.Random, reports: list[Report]) -> list[Event]:
    places = list(Place.objects.filter(latitude__isnull=False, country="SY")[:3000])
    actors = list(Actor.objects.all())
    events, claims, parts, mentions = [], [], [], []
    for report in reports:
        for number in range(PER_REPORT):
            place = chance.choice(places)
            event = _event(chance, report, place)
            events.append(event)
            claims.append(_claim(event, report, number))
            mentions += _mentions(claims[-1], place, chance)
            parts.append(Participation(event=event, actor=chance.choice(actors)))
        report.text += REST
    Event.objects.bulk_create(events)
    Event.history.bulk_history_create(events)
    Report.objects.bulk_update(reports, ["text"])
    for model, rows in ((Claim, claims), (Participation, parts), (Mention, mentions)):
        model.objects.bulk_create(rows)
    return events


def _event(chance: random.Random, report: Report, place: Place) -> Event:
    waits = report.status == ReportStatus.READ
    killed = chance.choice([None, 1, 2, 5])
    day = report.dct - dt.timedelta(days=chance.randrange(3))
    event = Event(
        uid=new_uid(), sub_event_type=chance.choice(SubEventType.values), start_date=day,
        end_date=day, place=place, latitude=place.latitude, longitude=place.longitude,
        radius_km=place.radius_km, fatalities_low=killed, fatalities_best=killed,
        fatalities_high=killed, confidence=round(chance.random(), 2),
        status=ReviewStatus.CANDIDATE if waits else chance.choice(DECIDED),
    )  # fmt: skip
    if event.status == ReviewStatus.PUBLISHED:
        event.published_at = timezone.now() - dt.timedelta(days=chance.randrange(60))
    event.set_derived()
    return event


def _claim(event: Event, report: Report, number: int) -> Claim:
    name = event.place.name
    quote = SENTENCE.format(name, event.fatalities_best or "many", name)
    start = len(report.text)
    report.text += quote
    return Claim(
        event=event, report=report, sentence_start=start, sentence_end=start + len(quote) - 1,
        quote=quote, sub_event_type=event.sub_event_type, place=event.place,
        start_date=event.start_date, end_date=event.end_date,
        fatalities_low=event.fatalities_low, fatalities_best=event.fatalities_best,
        fatalities_high=event.fatalities_high,
    )  # fmt: skip


def _mentions(claim: Claim, place: Place, chance: random.Random) -> list[Mention]:
    """The two places where the quote names its place."""
    found, at = [], claim.quote.find(place.name)
    open_ = claim.event.status == ReviewStatus.CANDIDATE
    while at >= 0:
        start = claim.sentence_start + at
        guess = {"place": place.slug, "name": place.name, "score": 0.8, "reasons": ["exact name"]}
        found.append(
            Mention(
                report=claim.report,
                start=start,
                end=start + len(place.name),
                text=place.name,
                search_key=fold(place.name)[:300],
                candidates=[guess],
                place=place,
                score=round(chance.random(), 2),
                status=MentionStatus.UNVERIFIED if open_ else MentionStatus.VERIFIED,
            )
        )
        at = claim.quote.find(place.name, at + len(place.name))
    return found


def _seed_decisions(events: list[Event], by: Any) -> None:
    verbs = {ReviewStatus.PUBLISHED: "publish", ReviewStatus.REJECTED: "reject"}
    decided = [event for event in events if event.status != ReviewStatus.CANDIDATE]
    Decision.objects.bulk_create(
        Decision(
            verb=verbs.get(event.status, "confirm"), event=event, by=by, label=str(event),
            at=timezone.now() - dt.timedelta(days=number % 60),
            changes=[{"model": "event", "pk": event.pk, "did": "change",
                      "before": {"status": "candidate"}, "after": {"status": event.status}}],
        )
        for number, event in enumerate(decided)
    )  # fmt: skip


def copied_tables() -> list[tuple[type[models.Model], dict[str, str]]]:
    """The tables in the order of their keys, with the columns that differ in copy `k`."""
    later, higher = f"+ k * {STEP_DAYS}", f"+ k * {HIGHER}"
    days = {"start_date": f"start_date {later}", "end_date": f"end_date {later}"}
    ids = {"id": f"id {higher}"}
    event = {**ids, **days, "uid": "lpad(to_hex(id), 4, '0') || 'x' || k"}
    report = {
        **ids,
        "digest": "md5(digest || k)",
        "published_at": f"published_at + make_interval(days => k * {STEP_DAYS})",
        "received_at": "received_at - make_interval(hours => (id * 7 + k * 3)::int % 400)",
    }
    of_report, of_event = {"report_id": f"report_id {higher}"}, {"event_id": f"event_id {higher}"}
    return [
        (Report, report),
        (Report.history.model, report | {"digest": "digest"}),
        (Event, event),
        (Event.history.model, event),
        (Claim, {**ids, **days, **of_report, **of_event}),
        (Participation, {**ids, **of_event}),
        (Mention, {**ids, **of_report}),
        (Decision, {**ids, **of_event}),
    ]


def multiply(model: type[models.Model], copies: int, changes: dict[str, str]) -> None:
    """Copy the rows of a table `copies` - 1 times; `changes` are SQL for the columns of copy k."""
    own = None if model._meta.pk.attname in changes else model._meta.pk.attname
    columns = [f.column for f in model._meta.concrete_fields if f.attname != own]
    quoted = ", ".join(f'"{column}"' for column in columns)
    values = ", ".join(changes.get(column, f'"{column}"') for column in columns)
    table, key = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({quoted}) SELECT {values}"  # noqa: S608  (names of our models)
            f" FROM {table}, generate_series(1, {copies - 1}) AS k"
        )
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', '{key}'), max({key}))"  # noqa: S608
            f" FROM {table}"
        )
