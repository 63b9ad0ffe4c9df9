"""People counted one by one, without a number: "killed a medic and a driver", "a nurse and three
patients", "shot dead Abu Walid"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from events.geoparsing.patterns import Hit

from .counting import in_subset
from .numbers import Number
from .reading import Reading

PAIRED = 3
_NOUN = 4
"""Words that "a retired school teacher" may have, the article among them."""
_ROW = 3
_MOST = 6
_WITH = 14
"""Words that a name and its titles may have before "along with"."""


class People(NamedTuple):
    """So many single people over tokens `first..last`, beside the word of killing `kill`."""

    kill: Hit
    first: int
    last: int
    number: int


def one_by_one(reading: Reading, kills: Sequence[Hit]) -> People | None:
    """The people that articles or names count beside a word of killing, if any."""
    articles = reading.hits["article"]
    for kill in kills:
        found = _after(kill, articles, reading) or _before(kill, articles, reading)
        place = kill.first - 2 if reading.grammar.cue_follows else kill.last
        if found is None and place >= 0 and _is_named(reading, place):
            found = People(kill, place, place + 2, 1)
        if found is not None:
            return found
    return None


def _after(kill: Hit, articles: Sequence[Hit], reading: Reading) -> People | None:
    """ "killed a medic, a driver and his son": a row of articles right after the word."""
    count, last = 0, kill.last
    for article in articles:
        gap = article.first - last
        opens = count == 0 and gap == 0
        goes_on = 0 < count < _MOST and 0 < gap <= _ROW and _is_listed(reading, article)
        if opens or goes_on:
            count, last = count + 1, article.last
    if not count or _is_amount(reading, kill.last):
        return None
    return People(kill, kill.last, min(last + 1, len(reading.tokens)), count)


def _before(kill: Hit, articles: Sequence[Hit], reading: Reading) -> People | None:
    """ "a judge was killed": an article, a noun and the auxiliary right before the word."""
    place = kill.first - 1
    if place not in reading.starts("passive"):
        return None
    for article in articles:
        near = 1 < place - article.first <= _NOUN
        if near and reading.clauses[article.first] == reading.clauses[place]:
            return People(kill, article.first, place, 1)
    return None


def _is_listed(reading: Reading, article: Hit) -> bool:
    before = article.first - 1
    return reading.joins(before) or "," in reading.gap(before, article.first)


def listed_alone(reading: Reading, after: int) -> list[Hit]:
    """People at the end of a counted row with just an article: "two children and a neighbour"."""
    known = reading.starts("one") | {hit.first - 1 for hit in reading.hits["unit"]}
    return [
        article
        for article in reading.hits["article"]
        if 0 < article.first - after <= _ROW
        and article.first not in known
        and reading.joins(article.first - 1)
        and not _is_amount(reading, article.first + 1)
    ]


def _is_amount(reading: Reading, place: int) -> bool:
    """Whether "a" opens an amount: "a number of", "a total of"."""
    amounts = reading.starts("amount")
    return place in amounts or place + 1 in amounts


def _is_named(reading: Reading, place: int) -> bool:
    """Whether a name of two words follows that is no place and no group."""
    if place + 1 >= len(reading.tokens) or reading.gap(place - 1, place) != " ":
        return False
    known = [*reading.localities, *reading.actors, *reading.times]
    if any(placed.first <= place + 1 and place < placed.last for placed in known):
        return False
    return all(reading.tokens[n].text[:1].isupper() for n in (place, place + 1))


def named_beside(reading: Reading, own: Sequence[Number]) -> set[int]:
    """The last words of people named by a bare noun beside the counted: "a nurse and three
    patients" where there is no article, "four children and the teacher"."""
    counted = reading.ends("one")
    found = set()
    for hit in reading.hits["person"]:
        anew = prefixed(reading, hit.first) and "،" in reading.gap(hit.first - 1, hit.first)
        if hit.last in counted or any(_is_counted_by(reading, hit, n) for n in own):
            continue
        if in_subset(reading, hit.first) and not anew:
            continue
        if any(_stands_beside(reading, hit, number) for number in own):
            found.add(hit.last - 1)
    return {place for place in found if place - 1 not in found}  # "a young man, an activist"


def _is_counted_by(reading: Reading, hit: Hit, number: Number) -> bool:
    """Whether the noun is what the number counts: "27 regime soldiers"."""
    if not 0 <= hit.first - number.last <= 2 or prefixed(reading, hit.first):
        return False
    between = range(number.last, hit.first)
    gaps = (reading.gap(place - 1, place) for place in range(number.last, hit.first + 1))
    return not any(reading.joins(place) for place in between) and all("," not in g for g in gaps)


def _stands_beside(reading: Reading, hit: Hit, number: Number) -> bool:
    before, after = number.first - hit.last, hit.first - number.last
    if before == 0 and prefixed(reading, number.first):
        return True
    if 0 < before <= PAIRED:  # "a father and his three sons", "the head of a band and two men"
        return reading.joins(hit.last) or reading.joins(number.first - 1)
    return 0 <= after <= _NOUN and (prefixed(reading, hit.first) or _after_and(reading, hit))


def with_whom(reading: Reading, first: int) -> int:
    """1 where the counted died with somebody named: "the spokesman and ... along with two of his
    guards", "a woman with two children"; 0 where "with" has nobody before it."""
    people = reading.hits["person"]
    if first not in reading.ends("along"):
        return int(first in reading.ends("with") and any(p.last == first - 1 for p in people))
    words = [hit.first for hit in people]
    words += [hit.last for hit in reading.hits["figure"] if hit.label.startswith("kill")]
    return int(any(0 < first - word <= _WITH for word in words))


def prefixed(reading: Reading, place: int) -> bool:
    """Whether a word carries the Arabic "and", and does not begin with that letter itself."""
    stems = reading.grammar.waw_stems
    return reading.tokens[place].text.startswith("و") and not (
        stems and reading.tokens[place].key.startswith(stems)
    )


def _after_and(reading: Reading, hit: Hit) -> bool:
    before = hit.first - 1
    return reading.joins(before) or (
        reading.tokens[before].key == "the" and reading.joins(before - 1)
    )
