"""Fills an empty database with published events, reports and claims, for measuring under load."""

from __future__ import annotations

import datetime as dt
import random

from django.core.management import call_command
from django.utils import timezone

from events.models import Actor, Claim, Event, Participation, Place, Report, Source
from events.models.events import new_uid
from events.models.reports import digest_of
from events.vocabulary import ReportStatus, ReviewStatus, SubEventType

FIRST = dt.date(2012, 1, 1)
BATCH = 2000


def fill(count: int, seed: int = 3) -> int:
    """`count` published events, each with one claim and one actor; ten to a report."""
    call_command("loaddata", "gazetteer", "actors", "sources", verbosity=0)
    chance = random.Random(seed)
    places = list(Place.objects.filter(latitude__isnull=False, country="SY")[:3000])
    actors, sources = list(Actor.objects.all()), list(Source.objects.filter(is_public=True))
    for start in range(0, count, BATCH):
        reports = [_report(n, chance.choice(sources)) for n in range(start, start + BATCH, 10)]
        Report.objects.bulk_create(reports)
        events = [_event(chance, chance.choice(places)) for _number in range(BATCH)]
        Event.objects.bulk_create(events)
        Claim.objects.bulk_create(
            [_claim(event, reports[n // 10], n % 10) for n, event in enumerate(events)]
        )
        Participation.objects.bulk_create(
            [Participation(event=event, actor=chance.choice(actors)) for event in events]
        )
    return count


SENTENCE = "Shells struck the market of {} on that day, killing several people, rescuers said. "


def _report(number: int, source: Source) -> Report:
    text = f"Dispatch {number}. " + SENTENCE.format("the town") * 10
    when = timezone.make_aware(dt.datetime(2019, 1, 1)) + dt.timedelta(hours=number % 20_000)
    return Report(
        source=source, text=text, title=f"Dispatch {number}", digest=digest_of(text),
        published_at=when, status=ReportStatus.FINISHED, language="en",
    )  # fmt: skip


def _event(chance: random.Random, place: Place) -> Event:
    day = FIRST + dt.timedelta(days=chance.randrange(4000))
    killed = chance.choice([None, 1, 2, 5])
    event = Event(
        uid=new_uid(), sub_event_type=chance.choice(SubEventType.values), start_date=day,
        end_date=day, place=place, latitude=place.latitude, longitude=place.longitude,
        radius_km=place.radius_km, fatalities_low=killed, fatalities_best=killed,
        fatalities_high=killed, status=ReviewStatus.PUBLISHED, published_at=timezone.now(),
    )  # fmt: skip
    event.set_derived()
    return event


def _claim(event: Event, report: Report, number: int) -> Claim:
    start = number * 40
    quote = SENTENCE.format(event.place.name)
    return Claim(
        event=event, report=report, sentence_start=start, sentence_end=start + 39, quote=quote,
        sub_event_type=event.sub_event_type, place=event.place, start_date=event.start_date,
        end_date=event.end_date,
    )  # fmt: skip
