"""Step 6: what happened. Sentences with their places, dates and actors become coded events.

`code_events` walks the report once. Each sentence gives tellings (type, mode, date, place, actors,
figures, each choice with its reason); tellings of one happening are merged. Words are in the
lexicon's `[coding]` table, rules are the codebook's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from events.geoparsing.document import CodedEvent, Document, Span

from . import dating, placing
from .counting import counts_dead, tells_of_death
from .dating import When, when_of
from .figures import killed_in, none_killed
from .giving import give_figures
from .grammar import grammar_of
from .kinds import LOOSE, Trigger, is_lesser, is_violent, rank
from .merging import merge
from .modality import Mode, is_background, is_long_ago, is_summary, mode_of
from .participants import participants_of, reported_by
from .placing import Where, where_of
from .reading import Reading, is_headline, readings
from .tellings import Telling, coded
from .tolls import Count
from .triggers import find_triggers
from .verbal import distinct, verbal_acts

__all__ = ["code_events"]

_REAL = ("happened", "historical")
_ANSWER_REACH = 10
_FIRST_DATES = 20
_MOST_TELLINGS = 2000
"""A report with more is no report; the rest is left alone."""


def code_events(doc: Document, lexicon: Mapping[str, Any]) -> Document:
    """`doc` with its coded events in the order of the text, then its verbal acts."""
    grammar = grammar_of(lexicon)
    thread, scene = dating.Thread(), placing.Scene()
    tellings: list[Telling] = []
    acts: list[CodedEvent] = []
    for reading in readings(doc, grammar):
        told = _tellings(reading, thread, scene) if len(tellings) < _MOST_TELLINGS else []
        _say_that_none_died(reading, tellings, told)
        acts += verbal_acts(reading, thread, scene) if len(acts) < _MOST_TELLINGS else []
        tellings += told
        first = _leading(told)
        thread = dating.advance(reading, thread, first.when if first else None)
        if first is not None or not told:  # what was only planned sets no scene
            scene = placing.advance(reading, scene, first.where if first else None)
    events = [coded(telling) for telling in merge(tellings)]
    return replace(doc, events=(*events, *distinct(acts)))


def _leading(told: list[Telling]) -> Telling | None:
    """The telling of a sentence that sets day and place for what follows: the first that happened,
    one that tells anew before one that only points back ("after the attack in X, a blast in Y")."""
    happened = [t for t in told if t.modality == "happened"]
    anew = (t for t in happened if not (t.points and t.weak))
    return next(anew, happened[0] if happened else None)


def _tellings(reading: Reading, thread: dating.Thread, scene: placing.Scene) -> list[Telling]:
    """What one sentence tells, one telling for each type and place."""
    triggers = find_triggers(reading)
    triggers = [t for t in triggers if not (is_violent(t.kind) and is_summary(reading, t))]
    triggers = [t for t in triggers if not is_background(reading, t)]
    if not triggers:
        return []
    count = killed_in(reading) if _may_count(reading) else Count()
    if count.total:
        triggers, count = [t for t in triggers if not is_violent(t.kind)], Count()
    found: list[Telling] = []
    modes = [(trigger, mode_of(reading, trigger, triggers)) for trigger in triggers]
    meant = [(trigger, mode) for trigger, mode in modes if mode is not None]
    triggers = [trigger for trigger, _ in meant]
    for trigger, mode in meant:
        if not (mode.modality == "hypothetical" and is_lesser(trigger.kind)):
            when = when_of(reading, trigger, triggers, thread)
            where = where_of(reading, trigger, triggers, scene)
            found += _at_places(reading, trigger, mode, when, where, triggers)
    _share_place(found)
    kept = _one_for_each_place(found)
    give_figures(reading, kept, count, _REAL)
    return kept


def _may_count(reading: Reading) -> bool:
    """Whether there is a word of killing at all, or one that nobody was killed."""
    if reading.hits["none_dead"] or any(h.label == "killing" for h in reading.hits["trigger"]):
        return True
    return tells_of_death(reading)


def _say_that_none_died(reading: Reading, before: list[Telling], told: list[Telling]) -> None:
    """ "No casualties." after an event is said of it."""
    none = none_killed(reading) if before and not told else ()
    if none and before[-1].sentence.index == reading.sentence.index - 1:
        before[-1].figures = before[-1].figures or none[0].figures


def _at_places(
    reading: Reading,
    trigger: Trigger,
    mode: Mode,
    when: When,
    places: list[Where],
    triggers: list[Trigger],
) -> list[Telling]:
    tokens = reading.tokens
    span = Span(tokens[trigger.first].start, tokens[trigger.last - 1].end)
    modality, why = _dated_mode(reading, mode, when)
    denied = mode.stance == "denies" and places[0].quality != placing.OWN
    kind, speaker = trigger.kind, reported_by(reading)
    if modality == "threatened" and kind == "armed_clash":
        kind, why = "other", f"{why}; a threat of fighting is coded Other"
    return [
        Telling(
            kind=kind,
            words=(trigger.first, trigger.last),
            sentence=reading.sentence,
            trigger=span,
            when=when,
            where=where,
            participants=participants_of(reading, trigger, triggers),
            killing=trigger.first in reading.once("killing", _killing_words),
            weak=trigger.weak or denied,
            guessed=trigger.guessed,
            known=trigger.known and trigger.kind in LOOSE,
            points=trigger.known,
            answer=_answers(reading, trigger),
            aside=_is_aside(reading, trigger),
            colon=":" in reading.doc.text[reading.sentence.start : span.start],
            headline=is_headline(reading),
            spread=bool(reading.hits["spread"]),
            listed=len(places) > 1,
            earlier=not reading.starts("before_that").isdisjoint((0, 1)),
            reported_by=speaker,
            stance=mode.stance,
            modality=modality,
            reasons=[reason for reason in (trigger.reason, why) if reason],
        )
        for where in places
    ]


def _killing_words(reading: Reading) -> frozenset[int]:
    return frozenset(hit.first for hit in reading.hits["figure"] if counts_dead(hit))


def _answers(reading: Reading, trigger: Trigger) -> bool:
    """Whether the trigger is a blow in return."""
    answers = reading.hits["answer"]
    return bool(answers) and any(
        reading.distance(hit.first, hit.last, trigger.first, trigger.last) <= _ANSWER_REACH
        for hit in answers
    )


def _is_aside(reading: Reading, trigger: Trigger) -> bool:
    """Whether "as", "while" or "amid" opens the clause of the trigger."""
    if not reading.hits["amid"]:
        return False
    clause = reading.clauses[trigger.first]
    opened = (hit.first for hit in reading.hits["amid"])
    return any(0 < n <= trigger.first and reading.clauses[n] == clause for n in opened)


def _dated_mode(reading: Reading, mode: Mode, when: When) -> tuple[str, str]:
    """The modality after a look at the date: ahead is planned, long past is historical."""
    dct = reading.doc.dct
    if mode.modality != "happened" or when.start is None or when.end is None or dct is None:
        return mode.modality, mode.reason
    if when.start > dct and not _is_todays(reading, when):
        return "planned", "planned: the date lies ahead of the report"
    if is_long_ago(when.start, when.end, dct, when.precision):
        return "historical", "historical: the date lies far before the report"
    return mode.modality, mode.reason


def _is_todays(reading: Reading, when: When) -> bool:
    """Whether a report calls a day its own that is not the day it was published on."""
    return any(
        time.start_date == when.start and "weekday-mismatch" in time.flags
        for time in reading.doc.times[:_FIRST_DATES]
    )


def _share_place(tellings: list[Telling]) -> None:
    """A telling without a place of its own stands where another of its sentence stands."""
    if len(tellings) < 2:
        return
    placed = [t for t in tellings if t.where.quality == placing.OWN and t.modality == "happened"]
    for telling in tellings:
        if placed and telling.where.quality != placing.OWN and not telling.known:
            near = min(placed, key=lambda t: abs(t.trigger.start - telling.trigger.start))
            telling.where = near.where


def _one_for_each_place(tellings: list[Telling]) -> list[Telling]:
    """Of violence at one place in one sentence only the highest type; of other types each once."""
    if len(tellings) < 2:
        return tellings
    kept: list[Telling] = []
    for telling in sorted(tellings, key=lambda t: (t.weak, t.aside, rank(t.kind))):
        if not any(_covers(other, telling) for other in kept):
            kept.append(telling)
    return sorted(kept, key=lambda t: t.trigger.start)


def _covers(higher: Telling, lower: Telling) -> bool:
    alike = higher.kind == lower.kind or (is_violent(higher.kind) and is_violent(lower.kind))
    same_place = higher.where.locality == lower.where.locality
    same_day = higher.when.start == lower.when.start or (
        higher.kind == lower.kind and lower.killing and not higher.killing
    )
    return alike and same_place and same_day and higher.modality == lower.modality
