"""What is no place: names inside persons, organisations, units, and words that look like names."""

from __future__ import annotations

from .phrases import Match
from .reading import Reading

_SHORT = 3
_RUN = 4


def is_no_place(
    reading: Reading, match: Match, strong: bool, after_place: bool, country: bool
) -> bool:
    """Whether a known name here is part of something else.

    `strong`: a well-known place; `after_place`: right after another place; `country`: one may be
    meant.
    """
    return (
        _is_lower_case(reading, match)
        or (not after_place and _is_person(reading, match, strong, country))
        or (not strong and (_is_acronym(reading, match) or _is_kin(reading, match)))
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
        return token not in reading.cues.starting
    return reading.capital(token) and token not in reading.cues.starting


def _is_lower_case(reading: Reading, match: Match) -> bool:
    if not reading.text[match.start].isascii() and not reading.text[match.start].lower().isalpha():
        return False
    first = match.first
    if not reading.has_case or reading.capitals[first]:
        return False
    if reading.cues.at(first, "generics") and any(reading.capitals[first : match.last]):
        return False
    return reading.tokens[first].text[0].isalpha()


def _is_person(reading: Reading, match: Match, strong: bool, country: bool) -> bool:
    before = match.first - 1
    if reading.gap(match.first) == ". " and reading.cues.before(match.first, "titles"):
        return True
    if reading.joined(match.first):
        if reading.is_in(before, "kunya"):
            return not (strong and not reading.capital(before) and reading.has_case)
        if reading.is_in(before, "given") and _is_name_part(reading, before):
            return True
        if reading.before(match.first, "titles") and not reading.before(match.first, "generics"):
            return not strong or (not country and _surname_follows(reading, match))
        if not strong and reading.has_case and _stray_capital(reading, before):
            return True
        if not strong and not reading.has_case and _ends_a_byname(reading, match):
            return True
    if reading.is_in(match.first, "kunya") and not reading.before(match.first, "generics"):
        return _surname_follows(reading, match)
    named = reading.is_in(match.first, "given") or reading.is_in(match.first, "surnames")
    return (named or _nisba_follows(reading, match, strong)) and _surname_follows(reading, match)


def _ends_a_byname(reading: Reading, match: Match) -> bool:
    """ "Abu Ali Kafridin": a name after a byname of two words; not one that wa- joins on to it."""
    before = match.first - 1
    if match.start != reading.tokens[match.first].start or not reading.joined(before):
        return False
    return reading.is_in(before - 1, "kunya")


def _nisba_follows(reading: Reading, match: Match, strong: bool) -> bool:
    """ "Hammam al-Asi": after a little-known name an article begins a person's surname."""
    after = match.last
    if strong or match.last - match.first > 1 or not 0 <= after < len(reading.tokens):
        return False
    if reading.before(match.first, "prepositions", "near", "links", "generics"):
        return False
    token = reading.tokens[after]
    return token.start != token.body and not reading.is_in(match.first, "compounds")


def _is_name_part(reading: Reading, token: int) -> bool:
    """A given name is one when it has its capital, or when the script has none."""
    return not reading.has_case or reading.capital(token)


def _stray_capital(reading: Reading, token: int) -> bool:
    """A capitalised word that is no cue and opens no sentence: the rest of a longer name."""
    if token in reading.openers or not reading.capital(token):
        return False
    return token not in reading.cues.starting and token not in reading.cues.no_names


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
    if reading.joined(match.first) and reading.is_in(match.first - 1, "hosts"):
        return True
    link = reading.before(match.first, "links")
    opener = reading.before(link.first, "organisation_openers") if link is not None else None
    if opener is None:
        return False
    return not reading.has_case or reading.capital(opener.first) or opener.first in reading.openers


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


def _is_acronym(reading: Reading, match: Match) -> bool:
    """Whether a little-known name stands in capitals among small letters: "Task Force SAFE"."""
    if match.last - match.first > 1 or match.first in reading.openers:
        return False
    if not reading.tokens[match.first].text.isupper():
        return False
    around = (match.first - 1, match.first + 1)
    return not any(reading.capital(token) and reading.upper(token) for token in around)


def _is_kin(reading: Reading, match: Match) -> bool:
    """ "The Bayada family": people of the name, whatever village it is of."""
    return reading.has_case and reading.after(match.last, "kin") is not None


def _is_unit(reading: Reading, match: Match) -> bool:
    return reading.before(match.first, "units") is not None and reading.key(match.first).isdigit()
