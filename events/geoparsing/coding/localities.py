"""What a locality of a sentence can be to an event: its place, somebody's seat, an origin, or only
where a finer place lies."""

from __future__ import annotations

from events.geoparsing.document import Locality

from .reading import Placed, Reading
from .sides import CIVILIAN

TOWNS = frozenset({"city", "town", "village", "neighbourhood"})
_SPEAKING_REACH = 3
_SEAT_REACH = 8
_TOLD_REACH = 5
_CHAIN = 10
_OF_REACH = 2
_CONTAINERS = frozenset({"city", "governorate", "district", "subdistrict", "region", "country"})
_DASHES = frozenset({"-", "--", "–", "—"})
_APOSTROPHES = ("'", "’", "ʼ")
_SYRIA = (32.2, 37.5, 35.6, 42.5)
"""South, north, west and east of Syria and the land beside it, degrees."""


def placeable(reading: Reading) -> list[Placed]:
    """The localities of a sentence where something can have happened."""
    return reading.once("placeable", _placeable) if reading.localities else []


def _placeable(reading: Reading) -> list[Placed]:
    return [placed for placed in reading.localities if can_place(reading, placed)]


def can_place(reading: Reading, placed: Placed) -> bool:
    """Whether a locality can be where something happened: no demonym, no capital for its
    government, nobody's seat ("UK-based", "based in London")."""
    locality: Locality = placed.item
    toponyms = reading.doc.toponyms
    for number in locality.toponyms:
        if number < len(toponyms) and toponyms[number].role != "literal":
            return False
    if reading.aside[placed.first] and not _is_quoted(reading, placed):
        return False
    if _is_ruled(reading, placed):
        return False
    if _is_dateline(reading, placed) or _is_speakers(reading, placed):
        return False
    if _is_seat(reading, placed):
        return False
    if not reading.hits["based"]:
        return True
    starts, ends = reading.starts("based"), reading.ends("based")
    near = placed.last in starts or placed.last + 1 in starts
    if reading.grammar.cue_follows:  # such a word speaks of the place before it alone
        return not near
    return not (near or placed.first in ends or placed.first - 1 in ends)


def _is_ruled(reading: Reading, placed: Placed) -> bool:
    """Whether a capital stands beside the word for its government: "against the Damascus
    government"."""
    if placed.first not in reading.starts("seats") or not reading.hits["rulers"]:
        return False
    after = placed.last in reading.starts("rulers") and reading.gap(placed.last - 1, placed.last)
    return after == " " or placed.first in reading.ends("rulers")


def _is_quoted(reading: Reading, placed: Placed) -> bool:
    """Whether brackets hold the name alone, as a quotation after the word for its kind."""
    before, after = placed.first - 1, placed.last
    if before not in reading.starts("place_kinds") or after > len(reading.tokens):
        return False
    closed = reading.doc.text[placed.item.end : placed.item.end + 1] == ")"
    return closed and "(" in reading.gap(before, placed.first)


def _is_dateline(reading: Reading, placed: Placed) -> bool:
    """Whether a place in capitals at the head of a paragraph, or in any letters before a dash at
    the head of the report, is where the newsroom sits."""
    if placed.first > 2 or placed.last >= len(reading.tokens):
        return False
    text = reading.text(placed.first, placed.last)
    gap = reading.gap(placed.last - 1, placed.last)
    if text.isupper():
        return any(sign in gap for sign in "(-–—,/")
    if any("dateline" in t.item.flags and 0 <= t.first - placed.last <= 3 for t in reading.times):
        return True
    opens = placed.first == 0 and reading.sentence.index == 0
    return opens and gap.strip() in _DASHES


def _is_speakers(reading: Reading, placed: Placed) -> bool:
    """Whether the place says where a speaker is: "the ministry in Ankara said"."""
    if placed.last >= len(reading.tokens) or reading.grammar.verb_first:
        return False
    if not reading.hits["say"]:
        return False
    if len(reading.localities) == 1 and is_near_syria(placed.item):
        return False  # "residents of X reported strikes": on X
    said = reading.starts("say")
    says = placed.last in said or placed.last + 1 in said
    return says and not reading.gap(placed.last - 1, placed.last).strip()


def _is_seat(reading: Reading, placed: Placed) -> bool:
    """Whether a place abroad or a capital only says where somebody speaks: "In Moscow the ministry
    said that ...", "speaking in Ankara"."""
    ends = reading.ends("speaking") if reading.hits["speaking"] else ()
    if ends and any(placed.first - gap in ends for gap in range(_SPEAKING_REACH)):
        return True
    if kind_of(placed) == "country" or not reading.hits["say"]:
        return False
    if reading.grammar.cue_follows and _is_sources(reading, placed):
        return True
    if is_near_syria(placed.item) and not reading.starts("seats") & {placed.first}:
        return False
    for hit in reading.hits["say"]:
        told = any(hit.last <= t.first < placed.first for t in reading.hits["trigger"])
        if 0 <= placed.first - hit.last <= _TOLD_REACH and not told:
            return True
    said = [hit for hit in reading.hits["say"] if 0 <= hit.first - placed.last <= _SEAT_REACH]
    before = (hit.first for hit in reading.hits["trigger"])
    first = min(before, default=len(reading.tokens))
    return any(hit.first < first or hit.first - placed.last <= 1 for hit in said)


def _is_sources(reading: Reading, placed: Placed) -> bool:
    """Whether a place belongs to who speaks before the place of what is told: "İdlib'deki
    kaynaklardan alınan bilgiye göre Sermin'de ..."."""
    for hit in reading.hits["say"]:
        if not 0 <= hit.first - placed.last <= _SEAT_REACH:
            continue
        told = any(placed.last <= t.first < hit.first for t in reading.hits["trigger"])
        if not told and any(other.first >= hit.last for other in reading.localities):
            return True
    return False


def is_scene(placed: Placed) -> bool:
    """Whether later sentences can be set there: a known place in or beside Syria, no country."""
    known = placed.item.lat is not None and kind_of(placed) != "country"
    return known and is_near_syria(placed.item)


def kind_of(placed: Placed) -> str:
    return placed.item.place.kind if placed.item.place else ""


def is_near_syria(locality: Locality) -> bool:
    if locality.lat is None or locality.lon is None:
        return True
    south, north, west, east = _SYRIA
    return south <= locality.lat <= north and west <= locality.lon <= east


def is_origin(reading: Reading, placed: Placed) -> bool:
    """Whether the place is where something came from or passed: "from X", Turkish "X'ten"."""
    origins = reading.ends("origin")
    if placed.first in origins:
        return True
    if placed.first - 1 in origins:
        people = (actor for actor in reading.actors if actor.last == placed.first)
        return not any(actor.item.kind == CIVILIAN for actor in people)  # "people from A"
    if not reading.grammar.origin_endings:
        return False
    beside = [p for p in reading.localities if 0 <= p.first - placed.last <= 1]  # "X'teki Y'den"
    endings = reading.grammar.origin_endings
    return any(has_ending(reading, one, endings) for one in (placed, *beside))


def has_ending(reading: Reading, placed: Placed, endings: tuple[str, ...]) -> bool:
    """Whether one of these endings stands after the name and an apostrophe, as in Turkish."""
    end = placed.item.end
    following = placed.last
    if following < len(reading.tokens) and _is_part_of_name(reading, following):
        word = reading.tokens[following]
        inside = min(
            (word.text.find(sign) for sign in _APOSTROPHES if sign in word.text), default=-1
        )
        end = word.start + inside if inside > 0 else word.end
    tail = reading.doc.text[end : end + 5]
    return tail[:1] in _APOSTROPHES and tail[1:].startswith(endings)


def _is_part_of_name(reading: Reading, number: int) -> bool:
    """Whether a word with a capital right after a name belongs to it: "Hmeymim Üssü'nden"."""
    named = any(placed.first == number for placed in reading.localities)
    capital = reading.tokens[number].text[:1].isupper()
    return capital and not named and reading.gap(number - 1, number) == " "


def is_possessor(reading: Reading, placed: Placed) -> bool:
    """Whether the place only says whose part a place after it is: Turkish "X'in Y köyü"."""
    endings = reading.grammar.of_endings
    if not endings or not has_ending(reading, placed, endings):
        return False
    return any(0 <= other.first - placed.last <= _OF_REACH for other in reading.localities)


def is_container(reading: Reading, placed: Placed) -> bool:
    """Whether the place only says where a finer one beside it lies: "Fuah in Idlib", or the tail
    of "Yaqubiya in the countryside of Jisr, west of Idlib"."""
    if kind_of(placed) not in _CONTAINERS and placed.item.geo_precision == 1:
        return False
    if placed.item.geo_precision == 2 and _stands_beside(reading, placed):
        return True
    for other in reading.localities:
        if other is placed or kind_of(other) not in TOWNS or other.item.geo_precision != 1:
            continue
        if kind_of(placed) in TOWNS and is_origin(reading, other):
            continue
        if other.first == placed.last or (
            0 <= placed.first - other.last <= _CHAIN and not _told_between(reading, other, placed)
        ):
            return True
    return False


def _stands_beside(reading: Reading, placed: Placed) -> bool:
    """Whether "near X" or "north of X" only locates the place named right before it."""
    return any(
        p.last == placed.first and kind_of(p) not in ("", "country") for p in reading.localities
    )


def _told_between(reading: Reading, one: Placed, other: Placed) -> bool:
    """Whether something happens, or a list goes on, between two places."""
    words = (*reading.hits["trigger"], *reading.hits["joiners"])
    return any(one.last <= hit.first < other.first for hit in words)
