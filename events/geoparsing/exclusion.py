"""What is no place: names inside persons, organisations, units, and words that look like names."""

from __future__ import annotations

from .phrases import Match
from .reading import Reading

_SHORT = 3
_RUN = 4


def is_no_place(reading: Reading, match: Match, strong: bool, after_place: bool) -> bool:
    """Whether a known name here is part of something else.

    `strong`: a well-known place; `after_place`: right after another place.
    """
    return (
        _is_lower_case(reading, match)
        or (not after_place and _is_person(reading, match, strong))
        or _is_organisation(reading, match)
        or _is_unit(reading, match)
    )


def is_part(reading: Reading, match: Match) -> bool:
    """Whether a one-word name is but a part of a longer unknown one: Tal of Tal Mardin."""
    if match.last - match.first > 1:
        return False
    if reading.is_in(match.first, "compounds") and reading.joined(match.last):
        return _goes_on(reading, match.last)
    before = match.first - 1
    if not reading.joined(match.first) or not reading.is_in(before, "compounds"):
        return False
    return not reading.has_case or reading.capital(before)


def _goes_on(reading: Reading, token: int) -> bool:
    if not reading.has_case:
        return token not in reading.cues.marked
    return reading.capital(token) and token not in reading.cues.marked


def _is_lower_case(reading: Reading, match: Match) -> bool:
    if not reading.text[match.start].isascii() and not reading.text[match.start].lower().isalpha():
        return False
    first = reading.tokens[match.first].text[0]
    return first.lower() != first.upper() and not first.isupper()


def _is_person(reading: Reading, match: Match, strong: bool) -> bool:
    before = match.first - 1
    if reading.gap(match.first) == ". " and reading.cues.before(match.first, "titles"):
        return True
    if reading.joined(match.first):
        if reading.is_in(before, "kunya"):
            return not (strong and not reading.capital(before) and reading.has_case)
        if reading.is_in(before, "given") and _is_name_part(reading, before):
            return True
        if reading.before(match.first, "titles") and not reading.before(match.first, "generics"):
            return not strong or (reading.has_case and _surname_follows(reading, match))
        if not strong and reading.has_case and _stray_capital(reading, before):
            return True
    if reading.is_in(match.first, "kunya") and not reading.before(match.first, "generics"):
        return _surname_follows(reading, match)
    named = reading.is_in(match.first, "given") or reading.is_in(match.first, "surnames")
    return named and _surname_follows(reading, match)


def _is_name_part(reading: Reading, token: int) -> bool:
    """A given name is one when it has its capital, or when the script has none."""
    return not reading.has_case or reading.capital(token)


def _stray_capital(reading: Reading, token: int) -> bool:
    """A capitalised word that is no cue and opens no sentence: the rest of a longer name."""
    if token in reading.openers or not reading.capital(token):
        return False
    return token not in reading.cues.marked and token not in reading.cues.no_names


def _surname_follows(reading: Reading, match: Match) -> bool:
    after = match.last
    if not reading.has_case:
        return False
    return (
        reading.joined(after)
        and reading.capital(after)
        and not reading.after(after, "generics", "directions", "organisation_heads", "titles")
    )


def _is_organisation(reading: Reading, match: Match) -> bool:
    if _head_follows(reading, match.last):
        return True
    opener = reading.before(match.first, "links")
    if opener is None:
        return False
    return reading.before(opener.first, "organisation_openers") is not None


def _head_follows(reading: Reading, token: int) -> bool:
    """ "Military Council", "University"... after the name, at most two capitalised words away."""
    for step in range(_RUN - 1):
        place = token + step
        if not reading.joined(place):
            return False
        if not reading.has_case:
            return reading.after(place, "organisation_heads") is not None
        if not reading.capital(place):
            return False
        if reading.after(place, "organisation_heads") is not None:
            return True
    return False


def _is_unit(reading: Reading, match: Match) -> bool:
    return reading.before(match.first, "units") is not None and reading.key(match.first).isdigit()
