"""Stories as the public reads them: every event of a step passes the publication gate anew."""

from __future__ import annotations

from typing import Any, TypedDict

from django.utils.translation import get_language

from events.models import Event, Story, StoryStep
from events.publishing.cleaning import one_line
from events.publishing.features import PublicEvent, public_event, sources_of, with_public_parts
from events.vocabulary import GeoPrecision

ZOOMS = {GeoPrecision.EXACT: 12.0, GeoPrecision.ABOUT: 11.0, GeoPrecision.REGION: 9.0}
"""How near a step is shown that names no view of its own, by its event's place precision."""


class PublicStep(TypedDict):
    """One step. `state` is a patch of the map's state, `place` the area that is the subject."""

    title: str
    text: str
    source: str
    state: dict[str, Any]
    place: str | None
    event: str | None


class PublicStory(TypedDict):
    """A story in the reader's language."""

    slug: str
    title: str
    lead: str
    steps: list[PublicStep]


def story_context(story: Story, config: dict[str, Any], step: str = "") -> dict[str, Any]:
    """The context of the story's page: `config` with the story in it, and the story itself.

    `step` is what the address asks for; the canonical address names it if there is such a step.
    """
    told = public_story(story)
    known = {str(number) for number in range(2, len(told["steps"]) + 1)}
    canonical = story.get_absolute_url() + (f"?step={step}" if step in known else "")
    return {"config": {**config, "story": told}, "story": told, "canonical": canonical}


def public_story(story: Story) -> PublicStory:
    """The public record of a story, asked of the tables in a fixed number of queries."""
    steps = list(story.steps.select_related("area", "event").order_by("order"))
    events = _public_events(steps)
    return {
        "slug": story.slug,
        "title": one_line(_said(story, "title")),
        "lead": _lines(_said(story, "intro")),
        "steps": [_public_step(step, events.get(_standing(step))) for step in steps],
    }


def summary_of(story: Story) -> dict[str, Any]:
    """What a list of stories says of one."""
    return {
        "address": story.get_absolute_url(),
        "title": one_line(_said(story, "title")),
        "lead": _lines(_said(story, "intro")),
    }


def _said(row: Story | StoryStep, name: str) -> str:
    """The row's words in the reader's language, in English where there are no others."""
    arabic = (get_language() or "en").startswith("ar")
    return (getattr(row, f"{name}_ar") if arabic else "") or getattr(row, name)


def _lines(text: str) -> str:
    return "\n".join(one_line(line) for line in text.splitlines())


def _standing(step: StoryStep) -> int | None:
    """The event that a step tells of: of a merged one the event it was merged into."""
    return (step.event.merged_into_id or step.event_id) if step.event else None


def _public_events(steps: list[StoryStep]) -> dict[int | None, PublicEvent]:
    wanted = {_standing(step) for step in steps} - {None}
    events = with_public_parts(Event.objects.published().filter(pk__in=wanted))
    return {event.pk: _roughly(event) for event in events}


def _roughly(event: Event) -> Any:
    """The public record, with whether the event's point is coarsened."""
    return {**public_event(event), "hidden": event.coarsening_km() > 0}


def _public_step(step: StoryStep, event: Any) -> PublicStep:
    # A view that was set for an event goes when the event goes, or it would still point there.
    withheld = step.event_id is not None and event is None
    state = {**_days(step, event), **({} if withheld else _view(step, event))}
    return {
        "title": one_line(_said(step, "title")),
        "text": _lines(_said(step, "text")),
        "source": "; ".join(sources_of(event)) if event else "",
        "state": state,
        "place": None if withheld else _area(step, event),
        "event": event["uid"] if event else None,
    }


def _days(step: StoryStep, event: Any) -> dict[str, str]:
    """The days to show: the step's own, or else the event's."""
    start = step.from_date.isoformat() if step.from_date else None
    end = step.to_date.isoformat() if step.to_date else None
    if start is None and end is None and event:
        start, end = event["start_date"], event["end_date"]
    return {key: day for key, day in (("from", start), ("to", end)) if day}


def _view(step: StoryStep, event: Any) -> dict[str, Any]:
    """Centre and zoom. The centre of a coarsened event is its public point whatever was set."""
    center = None
    if step.latitude is not None and not (event and event["hidden"]):
        center = [step.latitude, step.longitude]
    elif event:
        center = [event["latitude"], event["longitude"]]
    if center is None:
        return {}
    precision = event["geo_precision"] if event else GeoPrecision.ABOUT
    return {"center": center, "zoom": step.zoom or ZOOMS[precision]}


def _area(step: StoryStep, event: Any) -> str | None:
    if event and event["hidden"]:
        return event["place_slug"] or None
    if step.area:
        return step.area.slug
    is_region = event and event["geo_precision"] == GeoPrecision.REGION
    return event["place_slug"] or None if is_region else None
