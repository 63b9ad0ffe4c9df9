"""Names that the gazetteer spells otherwise, or does not know, told by what stands beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .document import Candidate
from .gazetteer import Gazetteer
from .names import skeleton
from .reading import Reading

_LONGEST = 4
_SURE = 0.72
_LIKELY = 0.84
_BLIND = 0.93


@dataclass(frozen=True, slots=True)
class Unlisted:
    """A name found by its surroundings; no candidates when nothing in the gazetteer is like it."""

    first: int
    last: int
    start: int
    end: int
    candidates: tuple[Candidate, ...]


def unlisted_names(
    reading: Reading, gazetteer: Gazetteer, taken: Sequence[tuple[int, int]]
) -> list[Unlisted]:
    """Names beside cue words outside the tokens `taken`."""
    covered = {token for first, last in taken for token in range(first, last)}
    known = covered.copy()
    found = []
    for first, last in _runs(reading, covered):
        name = _read_run(reading, gazetteer, first, last, known)
        if name is not None:
            known.update(range(name.first, name.last))
            found.append(name)
    return found


def _runs(reading: Reading, covered: set[int]) -> Iterator[tuple[int, int]]:
    """Stretches of capitalised words that are nothing else (or words after a trigger in Arabic)."""
    token, size = 0, len(reading.tokens)
    while token < size:
        if not _is_name_word(reading, token, covered):
            token += 1
            continue
        last = token + 1
        while (
            last < size
            and last - token < _LONGEST
            and reading.joined(last)
            and _is_name_word(reading, last, covered)
        ):
            last += 1
        yield token, last
        token = last


def _is_name_word(reading: Reading, token: int, covered: set[int]) -> bool:
    if token in covered or len(reading.key(token)) < 2 or reading.key(token).isdigit():
        return False
    if not reading.has_case:
        return False
    if not reading.capital(token):
        return False
    return not any(
        cue.category in _NOT_NAMES for cue in reading.cues.starting.get(token, ())
    ) and not _inside_cue(reading, token)


_NOT_NAMES = frozenset(
    {
        "titles", "never", "organisation_heads", "generics", "directions", "units", "prepositions",
        "near", "links", "between", "conjunctions",
    }
)  # fmt: skip


def _inside_cue(reading: Reading, token: int) -> bool:
    return any(
        cue.category in ("organisations", "never") for cue in reading.cues.ending.get(token + 1, ())
    )


def _read_run(
    reading: Reading, gazetteer: Gazetteer, first: int, last: int, known: set[int]
) -> Unlisted | None:
    if _is_person(reading, first, last):
        return None
    sure = _is_named_place(reading, first, last)
    near = reading.before(first, "near") is not None
    likely = near or reading.before(first, "prepositions", "directions") is not None
    likely = likely or _is_listed(reading, first, last, known)
    candidates = _alike(reading, gazetteer, first, last, sure, likely)
    if not candidates and not (sure or (near and first not in reading.openers)):
        return None
    start, end = reading.tokens[first].start, reading.tokens[last - 1].end
    return Unlisted(first, last, start, end - _ending(reading, last - 1), candidates)


def _ending(reading: Reading, token: int) -> int:
    """The length of a possessive or case ending after an apostrophe."""
    text = reading.tokens[token].text
    for mark in ("'", "’"):
        cut = text.rfind(mark)
        if cut > 1 and (len(text) - cut <= 2 or reading.language == "tr"):
            return len(text) - cut
    return 0


def _alike(
    reading: Reading, gazetteer: Gazetteer, first: int, last: int, sure: bool, likely: bool
) -> tuple[Candidate, ...]:
    end = reading.tokens[last - 1].end - _ending(reading, last - 1)
    name = reading.text[reading.tokens[first].start : end]
    floor = _SURE if sure else _LIKELY if likely else _BLIND
    if not sure and len(skeleton(name)) < (3 if likely else 5):
        return ()
    return tuple(gazetteer.candidates(name, floor=floor * 0.97))


def _is_named_place(reading: Reading, first: int, last: int) -> bool:
    """ "the town of X", "X village", "countryside of X"."""
    if reading.before(first, "countryside"):
        return True
    after = reading.after(last, "generics")
    if after is not None and after.value not in ("country", "water", "region"):
        return True
    before = reading.before(first, "generics")
    if before is not None and not reading.capital(before.first):
        return True
    link = reading.before(first, "links")
    return link is not None and reading.before(link.first, "generics") is not None


def _is_listed(reading: Reading, first: int, last: int, known: set[int]) -> bool:
    """Next to a known place, parted by a comma or a conjunction."""
    if first - 1 in known and reading.gap(first) in (", ", "، ", "-", "–", " – "):
        return True
    joint = reading.before(first, "conjunctions")
    if joint is not None and joint.first - 1 in known:
        return True
    if last in known and reading.gap(last) in (", ", "، "):
        return True
    joint = reading.after(last, "conjunctions")
    return joint is not None and joint.last in known


def _is_person(reading: Reading, first: int, last: int) -> bool:
    if reading.before(first, "titles", "kunya", "given") is not None:
        return True
    if any(reading.is_in(token, "given") for token in range(first, last)):
        return True
    return (
        reading.is_in(first, "kunya") and last - first > 1 and not reading.before(first, "generics")
    )
