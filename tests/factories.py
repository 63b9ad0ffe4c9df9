"""Plain `make_*` factories: rows with sensible values, every one of which can be given.

Each returns a stored row. Names and slugs are numbered, so that several calls never collide.
"""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, User
from django.utils.text import slugify

from events.models import (
    Actor,
    Claim,
    Event,
    Mention,
    Participation,
    Place,
    PlaceName,
    Report,
    Source,
    Story,
    StoryStep,
)
from events.vocabulary import ActorKind, PlaceKind, ReportStatus, ReviewStatus, SubEventType

PASSWORD = "a-password-for-tests"
DAY = dt.date(2020, 2, 20)
NOON = dt.datetime(2020, 2, 20, 12, tzinfo=dt.UTC)
TEXT = (
    "Jets struck the market in Idlib on Thursday, killing 5 people, rescuers said.\n\n"
    "In Saraqib the shelling went on. Nobody was hurt near Taftanaz."
)
_numbers = itertools.count(1)


def make_user(username: str = "", *, role: str = "", **values: Any) -> User:
    """A user who may enter the admin; `role` is a group: contributor, editor, publisher, ..."""
    users = get_user_model().objects
    values.setdefault("is_staff", True)
    user = users.create_user(username or f"user-{next(_numbers)}", password=PASSWORD, **values)
    if role:
        user.groups.add(_group(role))
    return user


def _group(role: str) -> Group:
    group = Group.objects.filter(name=role).first()
    if group is None:  # a test with real transactions empties the tables, groups too
        from events.curation.roles import make_groups

        make_groups()
        group = Group.objects.get(name=role)
    return group


def make_source(name: str = "", **values: Any) -> Source:
    name = name or f"Source {next(_numbers)}"
    values.setdefault("slug", slugify(name))
    return Source.objects.create(name=name, **values)


def make_place(
    name: str = "", lat: float | None = 35.93, lon: float | None = 36.63, **values: Any
) -> Place:
    name = name or f"Place {next(_numbers)}"
    values.setdefault("slug", slugify(name))
    values.setdefault("kind", PlaceKind.TOWN)
    values.setdefault("country", "SY")
    return Place.objects.create(name=name, latitude=lat, longitude=lon, **values)


def make_place_name(place: Place, text: str, language: str = "en", **values: Any) -> PlaceName:
    return PlaceName.objects.create(place=place, text=text, language=language, **values)


def make_actor(name: str = "", **values: Any) -> Actor:
    name = name or f"Actor {next(_numbers)}"
    values.setdefault("slug", slugify(name))
    values.setdefault("kind", ActorKind.REBEL)
    return Actor.objects.create(name=name, **values)


def make_report(text: str = "", *, source: Source | None = None, **values: Any) -> Report:
    """A report that was read and waits for an editor."""
    text = text or f"{TEXT} ({next(_numbers)})"
    values.setdefault("title", "Jets over Idlib")
    values.setdefault("published_at", NOON)
    values.setdefault("language", "en")
    values.setdefault("status", ReportStatus.READ)
    return Report.objects.create(text=text, source=source or make_source(), **values)


def make_mention(
    report: Report, text: str, *, place: Place | None = None, **values: Any
) -> Mention:
    """A mention of `text`, where it first stands in the report."""
    start = values.pop("start", report.text.find(text))
    if start < 0:
        raise ValueError(f"{text!r} does not stand in the report")
    if place is not None:
        guess = {"place": place.slug, "name": place.name, "score": 0.9, "reasons": ["exact name"]}
        values.setdefault("candidates", [guess])
        values.setdefault("score", 0.9)
    return Mention.objects.create(
        report=report, start=start, end=start + len(text), text=text, place=place, **values
    )


def make_event(*, place: Place | None = None, **values: Any) -> Event:
    """A candidate with a day and, when its place has one, a point; no claims, see `make_claim`."""
    values.setdefault("sub_event_type", SubEventType.AIR_STRIKE)
    values.setdefault("start_date", DAY)
    values.setdefault("end_date", values["start_date"])
    values.setdefault("latitude", place.latitude if place else 35.93)
    values.setdefault("longitude", place.longitude if place else 36.63)
    values.setdefault("radius_km", place.radius_km if place else 1.0)
    values.setdefault("confidence", 0.9)
    return Event.objects.create(place=place, **values)


def make_published_event(*, report: Report | None = None, **values: Any) -> Event:
    """An event that is public, with one quoted claim."""
    values.setdefault("status", ReviewStatus.PUBLISHED)
    values.setdefault("published_at", NOON)
    values.setdefault("place", None)
    place = values.pop("place") or make_place()
    event = make_event(place=place, **values)
    make_claim(event, report=report)
    return event


def make_claim(
    event: Event, *, report: Report | None = None, quote: str = "", **values: Any
) -> Claim:
    """A claim of `event` in the report's first sentence, or in `quote`, which stands in it."""
    report = report or make_report()
    quote = quote or report.text.split("\n")[0]
    start = values.pop("sentence_start", max(report.text.find(quote), 0))
    values.setdefault("sentence_end", start + len(quote))
    values.setdefault("sub_event_type", event.sub_event_type)
    values.setdefault("place", event.place)
    values.setdefault("start_date", event.start_date)
    values.setdefault("end_date", event.end_date)
    for figure in ("fatalities_low", "fatalities_best", "fatalities_high"):
        values.setdefault(figure, getattr(event, figure))
    return Claim.objects.create(
        event=event, report=report, sentence_start=start, quote=quote, **values
    )


def make_participation(event: Event, actor: Actor | None = None, **values: Any) -> Participation:
    return Participation.objects.create(event=event, actor=actor or make_actor(), **values)


def make_story(title: str = "", **values: Any) -> Story:
    """A published story without steps, see `make_step`."""
    number = next(_numbers)
    values.setdefault("slug", f"story-{number}")
    values.setdefault("status", "published")
    values.setdefault("title", title or f"Story {number}")
    return Story.objects.create(**values)


def make_step(story: Story, **values: Any) -> StoryStep:
    values.setdefault("order", story.steps.count() + 1)
    values.setdefault("title", f"Step {values['order']}")
    values.setdefault("text", "What happened here.")
    return StoryStep.objects.create(story=story, **values)
