"""One mention of an event, and the coded event that one or several of them make."""

from __future__ import annotations

from dataclasses import dataclass, field

from events.geoparsing.document import CodedEvent, Figures, Participant, Sentence, Span

from .dating import When
from .placing import Where


@dataclass(slots=True)
class Telling:
    """One mention of an event, before tellings of the same one are brought together.

    `guessed` is a type without any word for it, `answer` a blow in return ("fired back"),
    `aside` what went on meanwhile ("as the army pressed on"), `colon` what a colon explains,
    `points` what points back ("the strike"), `spread` what happened in "villages and towns",
    `listed` one of several places of one trigger, `earlier` what a sentence says came before.
    """

    kind: str
    sentence: Sentence
    trigger: Span
    when: When
    where: Where
    participants: tuple[Participant, ...] = ()
    figures: Figures | None = None
    rise: bool = False
    least: bool = False
    killing: bool = False
    weak: bool = False
    guessed: bool = False
    known: bool = False
    points: bool = False
    answer: bool = False
    aside: bool = False
    colon: bool = False
    headline: bool = False
    spread: bool = False
    listed: bool = False
    earlier: bool = False
    reported_by: str = ""
    stance: str = "asserts"
    modality: str = "happened"
    reasons: list[str] = field(default_factory=list)
    words: tuple[int, int] = (0, 0)
    """The words of the trigger in its sentence."""
    told: int = 1
    last: int = 0
    """The last sentence that told of it."""


def coded(telling: Telling) -> CodedEvent:
    """The event as the Document keeps it."""
    when, where = telling.when, telling.where
    return CodedEvent(
        sub_event_type=telling.kind,
        start=telling.sentence.start,
        end=telling.sentence.end,
        trigger=telling.trigger,
        start_date=when.start,
        end_date=when.end,
        time_precision=when.precision,
        locality=where.locality,
        participants=telling.participants,
        fatalities=telling.figures,
        reported_by=telling.reported_by,
        stance=telling.stance,
        modality=telling.modality,
        confidence=_confidence(telling),
        date_text=when.text,
        date_reason=when.reason,
        reasons=(*telling.reasons, where.reason, when.reason),
    )


def _confidence(telling: Telling) -> float:
    value = 0.35 + 0.1 * telling.when.quality / 2 + 0.08 * telling.where.quality
    value += 0.05 * min(telling.told - 1, 3) + 0.05 * bool(telling.participants)
    value -= 0.1 * (telling.stance != "asserts") + 0.15 * telling.weak
    return round(min(max(value, 0.05), 0.95), 2)
