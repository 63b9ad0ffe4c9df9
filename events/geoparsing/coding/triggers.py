"""What kind of event the words of a sentence name, by the codebook's hierarchy."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from events.geoparsing.patterns import Hit

from .hierarchy import by_hierarchy
from .kinds import Trigger, is_explosion, is_violent, rank
from .open_kinds import BLOW, BORNE_OUT, OPEN
from .reading import Placed, Reading
from .sides import is_armed

_DEFINITE = ("ال", "وال", "بال", "لل")
"""The Arabic article: "the shelling" was told before."""
_DISRUPTED = "disrupted_weapons_use"
_CROWD = "protest"
"""Flags, slogans and squares are of one crowd."""
_GROUND = frozenset({"city", "town", "village", "neighbourhood", "hill", "mountain", "air_base",
                     "military_base", "prison", "crossing", "camp", "checkpoint"})  # fmt: skip


def find_triggers(reading: Reading) -> list[Trigger]:
    """The triggers of a sentence in the order of the text, lesser ones already given up."""
    told, parts = reading.hits["trigger"], reading.hits["frame"]
    if not told and not parts and not _is_item(reading):
        return []
    framed, used = _framed(reading)
    framed += _taken_by_name(reading)
    told = _borne_out(reading, told, used)
    hits = _longest(reading, framed, [*told, *_listed_fire(reading)])
    if not hits:
        return []
    typed = [_typed(reading, hit) for hit in hits]
    return by_hierarchy(reading, [trigger for trigger in typed if trigger is not None])


def _borne_out(reading: Reading, told: Sequence[Hit], used: dict[int, bool]) -> list[Hit]:
    """Without what frames use up, and without open kinds that nothing in the sentence can bear out:
    most of them, before anything else is looked at."""
    armed = any(is_armed(placed.item) for placed in reading.actors)
    weapon = bool(reading.hits["instrument"])
    kept = []
    for hit in told:
        taken = used.get(hit.first)
        if hit.label in BORNE_OUT:
            if taken is not None or not (weapon if hit.label == BLOW else armed):
                continue
        elif taken:
            continue
        kept.append(hit)
    return kept


def _framed(reading: Reading) -> tuple[list[Hit], dict[int, bool]]:
    """The frames whose parts all stand near the first of them; and the words of their other parts
    that are no triggers then, each with whether none at all: weapons found or shot down."""
    framed: list[tuple[Hit, int]] = []
    used: dict[int, bool] = {}
    found: dict[int, dict[int, list[Hit]]] = {}
    for hit in reading.hits["frame"]:
        name, _, part = hit.label.partition(":")
        found.setdefault(int(name), {}).setdefault(int(part), []).append(hit)
    for number, parts in found.items():
        frame = reading.grammar.frames[number]
        if len(parts) < frame.parts:
            continue
        told = parts[0][:1] if frame.kind == _CROWD else parts[0]
        for anchor in told:
            others = [_nearest(parts[n], anchor) for n in range(1, frame.parts)]
            if all(_words_between(anchor, other) <= frame.near for other in others):
                least = min((other.first for other in others), default=anchor.first)
                framed.append((Hit(anchor.first, anchor.last, frame.kind), least))
                for other in (hit for n in range(1, frame.parts) for hit in parts[n]):
                    if _words_between(anchor, other) <= frame.near:
                        used[other.first] = used.get(other.first, False) or frame.kind == _DISRUPTED
    return _by_subject(framed), used


def _by_subject(framed: Sequence[tuple[Hit, int]]) -> list[Hit]:
    """The frames; of one of disruption and another with the same verb and both nouns before it that
    with the first noun: "missiles fired by jets were shot down" tells of missiles."""
    nouns: dict[int, dict[str, int]] = {}
    for hit, noun in framed:
        nouns.setdefault(hit.first, {})[hit.label] = noun
    kept = []
    for hit, noun in framed:
        others = nouns[hit.first]
        first = min(others.values())
        if noun == first or _DISRUPTED not in others or max(others.values()) > hit.first:
            kept.append(hit)
    return kept


def _taken_by_name(reading: Reading) -> Iterator[Hit]:
    """Ground that is taken by its name: "seized Khan al-Asal", where "seized" alone says little."""
    frames = reading.grammar.frames
    for hit in reading.hits["frame"]:
        number, _, part = hit.label.partition(":")
        if part == "0" and frames[int(number)].kind == "capture":
            named = (p for p in reading.localities if p.first == hit.last and _is_ground(p))
            if any(named):
                yield Hit(hit.first, hit.last, "capture")


def _is_ground(placed: Placed) -> bool:
    place = placed.item.place
    return place is not None and place.kind in _GROUND


def _listed_fire(reading: Reading) -> Iterator[Hit]:
    """The weapon of an item of a list, which needs no verb: "- Kansafra: 22 artillery shells"."""
    if not _is_item(reading):
        return
    if not any(is_violent(hit.label) or hit.label in OPEN for hit in reading.hits["trigger"]):
        yield from (h for h in reading.hits["instrument"] if is_explosion(h.label))


def _is_item(reading: Reading) -> bool:
    """Whether the sentence opens with a place and a colon."""
    head = next((p for p in reading.localities if p.first <= 1), None)
    if head is None or head.last >= len(reading.tokens):
        return False
    return ":" in reading.gap(head.last - 1, head.last)


def _nearest(hits: list[Hit], anchor: Hit) -> Hit:
    place = bisect_left(hits, anchor.first, key=lambda hit: hit.first)
    near = hits[max(place - 1, 0) : place + 1]
    return min(near, key=lambda hit: _words_between(anchor, hit))


def _words_between(one: Hit, other: Hit) -> int:
    return max(other.first - one.last, one.first - other.last, 0)


def _longest(reading: Reading, framed: Sequence[Hit], plain: Sequence[Hit]) -> list[Hit]:
    """The triggers that overlap no other: framed ones first, then the longest.

    None stands in brackets or inside a name.
    """
    if not framed and not plain:
        return []
    aside, words = reading.aside, len(reading.tokens)
    taken = {n for n in range(words) if aside[n]} if True in aside else set()
    for hit in reading.hits["subset_after"]:  # "among the dead": counted elsewhere
        taken.update(range(hit.first, hit.last))
    for placed in reading.actors:
        if not placed.item.generic:
            taken.update(_name_of(reading, placed))
    kept = []
    for hit in (*_ordered(framed), *_ordered(plain)):
        span = range(hit.first, hit.last)
        if not taken.intersection(span):
            taken.update(span)
            kept.append(hit)
    return sorted(kept)


def _ordered(hits: Sequence[Hit]) -> Sequence[Hit]:
    if len(hits) < 2:
        return hits
    return sorted(hits, key=lambda hit: (hit.first - hit.last, rank(hit.label), hit.first))


def _name_of(reading: Reading, placed: Placed) -> range:
    """The words of a proper name; a nationality with a force ("Russian air strike", in Arabic
    "strike Russian") is none."""
    told = [hit for hit in reading.hits["trigger"] if placed.first <= hit.first < placed.last]
    if any(hit.first > placed.first for hit in told):
        return range(placed.first, placed.first + 1)
    if told and "-of-" in placed.item.actor_id:
        return range(told[0].last, placed.last)
    return range(placed.first, placed.last)


def _typed(reading: Reading, hit: Hit) -> Trigger | None:
    """The trigger of a hit; None where the words around an open kind do not bear it out."""
    words = reading.text(hit.first, hit.last)
    open_kind = OPEN.get(hit.label)
    if open_kind is None:
        weak = is_violent(hit.label) and _is_known(reading, hit)
        reason = f'type from "{words}"'
        return Trigger(hit.first, hit.last, hit.label, reason, weak, known=weak)
    typing = open_kind(reading, hit)
    if typing is None:
        return None
    kind, why = typing
    known = is_violent(kind) and _is_known(reading, hit)
    weak = known or (hit.label == "killing" and not is_explosion(kind))
    guessed = why.startswith(",") and hit.label in ("assault", "strike", "bombardment")
    reason = f'type from "{words}"{why}'
    return Trigger(hit.first, hit.last, kind, reason, weak, True, guessed, known)


def _is_known(reading: Reading, hit: Hit) -> bool:
    """Whether "the attack" points back to something told before."""
    if hit.first in reading.ends("anaphora") or hit.first in reading.starts("pointing"):
        return True
    if hit.first == 0 < reading.sentence.index and 0 in reading.starts("opening"):
        return True
    return reading.tokens[hit.first].text.startswith(_DEFINITE)
