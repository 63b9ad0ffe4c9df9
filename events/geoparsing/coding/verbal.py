"""What is said rather than done: threats, accusations, talks, by PLOVER's types."""

from __future__ import annotations

from events.geoparsing.document import CodedEvent, Span

from .dating import SPEECH, Thread, when_of
from .kinds import Trigger
from .modality import mode_of
from .participants import participants_of
from .placing import Scene, where_of
from .reading import Reading

_BEFORE = 12
"""Words before the verb within which somebody must speak."""
_MOST_EVENTS = 200


def verbal_acts(reading: Reading, thread: Thread, scene: Scene) -> list[CodedEvent]:
    """The verbal acts of a sentence that have a speaker, one of each type."""
    acts: dict[str, CodedEvent] = {}
    for hit in reading.hits["verbal"]:
        spoken = any(-1 <= hit.first - placed.last <= _BEFORE for placed in reading.actors)
        if not spoken or hit.label in acts or reading.aside[hit.first]:
            continue
        trigger = Trigger(hit.first, hit.last, hit.label, f"verbal act {hit.label}")
        mode = mode_of(reading, trigger, [])
        if mode is not None and mode.modality == "happened":
            acts[hit.label] = _act(reading, trigger, thread, scene)
    return list(acts.values())


def _act(reading: Reading, trigger: Trigger, thread: Thread, scene: Scene) -> CodedEvent:
    when = when_of(reading, trigger, [], thread)
    where = where_of(reading, trigger, [], scene)[0]
    start, end = reading.tokens[trigger.first].start, reading.tokens[trigger.last - 1].end
    return CodedEvent(
        sub_event_type=trigger.kind,
        start=reading.sentence.start,
        end=reading.sentence.end,
        trigger=Span(start, end),
        start_date=when.start,
        end_date=when.end,
        time_precision=when.precision,
        locality=where.locality,
        participants=participants_of(reading, trigger, []),
        verbal=True,
        confidence=0.5 if when.quality >= SPEECH else 0.35,
        date_text=when.text,
        date_reason=when.reason,
        reasons=(trigger.reason, where.reason, when.reason),
    )


def distinct(acts: list[CodedEvent]) -> list[CodedEvent]:
    """Each act once for its type, day and speaker."""
    kept: dict[tuple, CodedEvent] = {}
    for act in acts:
        who = act.participants[0].actor_id if act.participants else ""
        kept.setdefault((act.sub_event_type, act.start_date, who), act)
    return list(kept.values())[:_MOST_EVENTS]
