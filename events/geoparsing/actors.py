"""Step 5: who is named. A dictionary of actors with aliases and dated kinds, and word patterns.

An actor is found by a spelling of the dictionary ("Hurras ad-Din"), by a nationality with a force
("Turkish troops"), as a state ("Moscow", unless it is where something is), or by a generic word
("militants"). A demonym alone is nobody. The lexicon's `[actors]` table holds the words.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from .document import ActorMention, Document, Toponym
from .patterns import Hit, PatternIndex, words_of_text
from .phrases import PhraseIndex, Token

_NEAR = 1
_FAR = 3
"""Words between a nationality and its force: near by itself, far across another nationality."""
_ACRONYM_LENGTH = 6
_ARMED = (2, 3)
_BARRIERS = frozenset('.,;:!?()[]«»"“”\n،؛؟')

Period = tuple[int, dt.date | None, dt.date | None]


@dataclass(frozen=True, slots=True)
class Actor:
    """A party to the war. `kind` is ACLED's inter code, `periods` (kind, from, to) inclusive."""

    slug: str
    name: str
    kind: int
    generic: bool = False
    names: tuple[tuple[str, str], ...] = ()
    periods: tuple[Period, ...] = ()

    def kind_on(self, day: dt.date | None) -> int:
        """The kind on `day`: of the period that holds it, else the usual one."""
        if day is None:
            return self.kind
        for kind, start, end in self.periods:
            if (start is None or start <= day) and (end is None or day <= end):
                return kind
        return self.kind


class ActorIndex:
    """The dictionary of actors, searchable by spelling and by slug."""

    def __init__(self, actors: Sequence[Actor]) -> None:
        self.by_slug = {actor.slug: actor for actor in actors}
        self.phrases = PhraseIndex(_spellings(actors))

    def get(self, slug: str) -> Actor | None:
        """The actor of a slug, or None."""
        return self.by_slug.get(slug)


class _Found(NamedTuple):
    """A candidate mention over tokens `first..last`; of overlapping ones the longest wins."""

    first: int
    last: int
    start: int
    end: int
    actor: Actor


@dataclass(frozen=True, slots=True)
class _Words:
    """The compiled `[actors]` table of one language."""

    index: PatternIndex
    order: str


_COMPILED: dict[int, tuple[Mapping[str, Any], _Words]] = {}


def tag_actors(doc: Document, index: ActorIndex, lexicon: Mapping[str, Any]) -> Document:
    """`doc` with its actor mentions, in the order of the text, none overlapping another."""
    words = _words(lexicon)
    tokens = words_of_text(doc.text)
    hits = words.index.find(tokens)
    found = [
        *_by_spelling(doc, index, tokens),
        *_by_force(doc, index, tokens, hits, words.order),
        *_by_pattern(doc, index, tokens, hits),
    ]
    held = {hit.first for hit in hits if hit.label == "held_after:"}
    kept = _longest(item for item in found if item.last not in held)
    return replace(doc, actors=tuple(_mention(doc, item) for item in kept))


def _spellings(actors: Sequence[Actor]) -> Iterator[tuple[str, tuple[Actor, str]]]:
    """Every spelling with its actor and, for an acronym, the language that writes it so."""
    for actor in actors:
        for text, language in dict.fromkeys(((actor.name, "en"), *actor.names)):
            acronym = len(text) <= _ACRONYM_LENGTH and text.isupper()
            yield text, (actor, (language or "en") if acronym else "")


def _by_spelling(doc: Document, index: ActorIndex, tokens: Sequence[Token]) -> Iterator[_Found]:
    for match in index.phrases.find(doc.text, tokens):
        capitals = doc.text[match.start : match.end].isupper()
        for actor, acronym in match.payloads:
            if not acronym or (capitals and acronym in ("en", doc.language)):
                yield _Found(match.first, match.last, match.start, match.end, actor)
                break


def _by_pattern(
    doc: Document, index: ActorIndex, tokens: Sequence[Token], hits: list[Hit]
) -> Iterator[_Found]:
    places = {toponym.start: toponym for toponym in doc.toponyms}
    where = {hit.last for hit in hits if hit.label == "locative:"}
    for hit in hits:
        group, _, slug = hit.label.partition(":")
        actor = index.get(slug) if group in ("generic", "state") else None
        if actor is None:
            continue
        if group == "state" and _is_place(hit, where, places.get(tokens[hit.first].start)):
            continue
        yield _found(tokens, hit.first, hit.last, actor)


def _is_place(hit: Hit, where: set[int], toponym: Toponym | None) -> bool:
    """Whether the name of a state or a capital says where something is, not who acts."""
    if hit.first in where:
        return True
    if toponym is None or toponym.country:
        return False
    return toponym.role == "literal"


def _by_force(
    doc: Document, index: ActorIndex, tokens: Sequence[Token], hits: list[Hit], order: str
) -> Iterator[_Found]:
    """A nationality beside a force: `air-force` and `russia` make the slug air-force-of-russia.

    The nearest nationality and the force are one mention; one further off ("Russian and Syrian
    jets") is a mention by itself.
    """
    where = {hit.last for hit in hits if hit.label == "locative:"} if order == "both" else ()
    nations = [h for h in hits if h.label.startswith("nation:") and h.first not in where]
    starts = {hit.first: hit for hit in nations}
    ends = {hit.last: hit for hit in nations}
    for force in hits if nations else ():
        if not force.label.startswith("force:"):
            continue
        whole = True
        for nation in _beside(force, starts, ends, order):
            actor = _actor_of(index, force.label[6:], nation.label[7:])
            if actor is None or _barrier(doc.text, tokens, nation, force):
                continue
            first, last = nation.first, nation.last
            if whole:
                first, last = min(first, force.first), max(last, force.last)
            whole = False
            yield _found(tokens, first, last, actor)


def _beside(force: Hit, starts: dict[int, Hit], ends: dict[int, Hit], order: str) -> Iterator[Hit]:
    """The nationalities on the side where the language puts them, the nearest first."""
    reach = _NEAR
    for gap in range(_FAR + 1):
        if gap > reach:
            return
        before = ends.get(force.first - gap) if order in ("before", "both") else None
        after = starts.get(force.last + gap) if order in ("after", "both") else None
        for nation in (before, after):
            if nation is not None:
                reach = _FAR
                yield nation


def _barrier(text: str, tokens: Sequence[Token], one: Hit, other: Hit) -> bool:
    first, second = (one, other) if one.first < other.first else (other, one)
    gap = text[tokens[first.last - 1].end : tokens[second.first].start]
    return any(sign in _BARRIERS for sign in gap)


def _actor_of(index: ActorIndex, force: str, nation: str) -> Actor | None:
    """The force of that nation; where the dictionary lacks it, its armed forces."""
    for name in (force, "military-forces"):
        actor = index.get(f"{name}-of-{nation}")
        if actor is not None or force == "government":
            return actor
    return None


def _longest(found: Iterable[_Found]) -> list[_Found]:
    """The longest mentions, none overlapping another; the dictionary's before a pattern's."""
    ranked = sorted(found, key=lambda item: (item.first - item.last, item.start))
    taken: set[int] = set()
    kept = []
    for item in ranked:
        span = range(item.first, item.last)
        if not taken.intersection(span):
            taken.update(span)
            kept.append(item)
    return _without_class_words(sorted(kept, key=lambda item: item.start))


def _without_class_words(found: list[_Found]) -> list[_Found]:
    """Without the generic word beside a name: "fighters" of "HTS fighters"."""
    named = {edge for item in found if not item.actor.generic for edge in (item.first, item.last)}
    return [
        item
        for item in found
        if not (item.actor.generic and item.actor.kind in _ARMED)
        or not ({item.first, item.last} & named)
    ]


def _found(tokens: Sequence[Token], first: int, last: int, actor: Actor) -> _Found:
    return _Found(first, last, tokens[first].body, tokens[last - 1].end, actor)


def _mention(doc: Document, item: _Found) -> ActorMention:
    actor, text = item.actor, doc.text[item.start : item.end]
    kind = actor.kind_on(doc.dct)
    return ActorMention(item.start, item.end, text, actor.name, actor.slug, kind, actor.generic)


def _words(lexicon: Mapping[str, Any]) -> _Words:
    kept = _COMPILED.get(id(lexicon))
    if kept is None or kept[0] is not lexicon:
        kept = (lexicon, _compile(lexicon.get("actors", {})))
        _COMPILED[id(lexicon)] = kept
    return kept[1]


def _compile(table: Mapping[str, Any]) -> _Words:
    groups = (("nations", "nation"), ("forces", "force"), ("generic", "generic"))
    patterns = [
        (pattern, f"{label}:{slug}")
        for name, label in (*groups, ("states", "state"))
        for slug, listed in table.get(name, {}).items()
        for pattern in listed
    ]
    for name, label in (("locatives", "locative:"), ("held_after", "held_after:")):
        patterns += [(pattern, label) for pattern in table.get(name, ())]
    return _Words(PatternIndex(patterns), table.get("nation_order", "before"))
