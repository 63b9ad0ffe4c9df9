"""A small published site for tests of the map: known events, known counts."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings

from events.models import Event
from events.publishing.snapshot import publish
from events.vocabulary import GeoPrecision, PlaceKind, ReviewStatus, SubEventType
from tests.factories import (
    make_actor,
    make_claim,
    make_participation,
    make_place,
    make_published_event,
    make_report,
    make_source,
)

FIRST = dt.date(2020, 1, 1)
QUOTE = "Jets struck the market in Saraqib on Thursday, killing 5 people, rescuers said."
TYPES = [SubEventType.AIR_STRIKE, SubEventType.ARMED_CLASH, SubEventType.SHELLING]
STEP = 3
COUNT = 30


def make_map_site() -> dict[str, Any]:
    """Thirty events, one every three days of 2020, and three drawn in ways of their own."""
    syria = make_place("Syria", 35.0, 38.5, kind=PlaceKind.COUNTRY, name_ar="سوريا", radius_km=300)
    idlib = make_place(
        "Idlib Governorate", 35.8, 36.6, slug="idlib-governorate", parent=syria,
        kind=PlaceKind.GOVERNORATE, name_ar="محافظة إدلب", radius_km=40,
    )  # fmt: skip
    towns = [
        make_place("Saraqib", 35.8645, 36.8059, name_ar="سراقب", parent=idlib),
        make_place("Ariha", 35.8137, 36.6096, name_ar="أريحا", parent=idlib),
        make_place("Khan Shaykhun", 35.4421, 36.651, name_ar="خان شيخون", parent=idlib),
    ]
    sources = [make_source("North Post"), make_source("Valley Monitor")]
    actors = [make_actor("Northern Column", name_ar="رتل الشمال"), make_actor("Valley Guard")]
    events = [
        make_plain_event(k, towns[k % 3], sources[k % 2], actors[k % 2]) for k in range(COUNT)
    ]
    made = {
        "events": events,
        "contested": make_contested_event(towns[0], sources),
        "region": make_region_event(idlib, sources[0]),
        "range": make_range_event(towns[1], sources[1]),
    }
    publish(settings.SNAPSHOT_ROOT)
    return made


def make_plain_event(k: int, place: Any, source: Any, actor: Any) -> Event:
    text = QUOTE.replace("Saraqib", place.name) + f" Report {k}."
    event = make_published_event(
        place=place, sub_event_type=TYPES[k % 3], start_date=FIRST + dt.timedelta(days=k * STEP),
        fatalities_low=k, fatalities_best=k, fatalities_high=k,
        report=make_report(text, source=source),
    )  # fmt: skip
    make_participation(event, actor)
    return event


def make_contested_event(place: Any, sources: list[Any]) -> Event:
    event = make_published_event(
        place=place, sub_event_type=SubEventType.ARMED_CLASH, start_date=dt.date(2020, 5, 2),
        is_contested=True, fatalities_low=22, fatalities_best=22, fatalities_high=33,
        summary="Fighting for the prison road", report=make_report(source=sources[0]),
    )  # fmt: skip
    denial = "We can name twenty-two dead and cannot support higher figures."
    make_claim(
        event, report=make_report(denial, source=sources[1]), quote=denial, stance="doubts",
        trigger_start=12, trigger_end=27, fatalities_text="twenty-two dead",
    )  # fmt: skip
    return event


def make_region_event(place: Any, source: Any) -> Event:
    return make_published_event(
        place=place, start_date=dt.date(2020, 5, 4), geo_precision=GeoPrecision.REGION,
        radius_km=40, report=make_report(source=source),
    )  # fmt: skip


def make_range_event(place: Any, source: Any) -> Event:
    return make_published_event(
        place=place, start_date=dt.date(2020, 5, 6), end_date=dt.date(2020, 5, 9),
        geo_precision=GeoPrecision.ABOUT, radius_km=3, report=make_report(source=source),
    )  # fmt: skip


def published_between(start: dt.date, end: dt.date) -> int:
    """How many published events touch the period: the brute-force count."""
    events = Event.objects.filter(status=ReviewStatus.PUBLISHED)
    return events.filter(start_date__lte=end, end_date__gte=start).count()
