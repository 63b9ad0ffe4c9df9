"""Town or province: what the words around a name that is both speak of.

"Idlib", "Aleppo" and "Hasakah" are towns and governorates. Streets, bakeries and clinics are had by
towns; countrysides, fronts and truces by provinces. The lexicon lists such words, or what they
begin with (`urban`, `rural` of `[places]`); each counts the more, the nearer it stands.
"""

from __future__ import annotations

import functools

from .reading import Reading

_REACH = 14
"""So many words to either side are looked at, within the sentence."""
_HALF = 5.0
"""At this distance, in words, a word says half of what it says next to the name."""
_RURAL = 0.7
"""What speaks of provinces is also said of towns: a town has a front, a truce and an army too."""
_DASHES = (" (", " - ", " – ", " — ", "- ", "– ")


def urbanity(reading: Reading, first: int, last: int) -> float:
    """-1..1: how much the sentence around tokens first..last speaks of a town; 0 says nothing."""
    score = 0.0
    urban, rural, has_case = reading.words["urban"], reading.words["rural"], reading.has_case
    for token, apart in _around(reading, first, last):
        said = _says(reading.key(token), urban, rural, has_case)
        if said:
            score += said * _HALF / (_HALF + apart)
    return max(-1.0, min(1.0, score))


@functools.lru_cache(maxsize=16384)
def _says(word: str, urban: frozenset[str], rural: frozenset[str], has_case: bool) -> float:
    """What a word says next to a name: 1 of a town, -_RURAL of a province, 0 of neither."""
    if _is_one_of(word, urban, has_case):
        return 1.0
    return -_RURAL if _is_one_of(word, rural, has_case) else 0.0


def _is_one_of(word: str, listed: frozenset[str], has_case: bool) -> bool:
    """Whether a word begins as one of a list does; in Arabic, is one of it but for its clitics."""
    if has_case:
        return word.startswith(_stems(listed))
    return word in listed or _bare(word) in listed


def _around(reading: Reading, first: int, last: int) -> list[tuple[int, int]]:
    """The tokens of the sentence near a name, each with how many words lie between."""
    found = []
    for token in range(first - 1, max(-1, first - 1 - _REACH), -1):
        if token + 1 in reading.openers:
            break
        found.append((token, first - 1 - token))
    for token in range(last, min(len(reading.tokens), last + _REACH)):
        if token in reading.openers:
            break
        found.append((token, token - last))
    return found


@functools.lru_cache(maxsize=32)
def _stems(words: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(words))


def _bare(word: str) -> str:
    """An Arabic word without wa-, fa-, bi-, li-, ka- and the article, as far as it stays a word."""
    if len(word) > 4 and word[0] in "وف":
        word = word[1:]
    for head in ("بال", "كال", "لل", "ال"):
        if word.startswith(head) and len(word) - len(head) > 2:
            return word[len(head) :]
    return word[1:] if len(word) > 4 and word[0] in "بل" else word


def is_dateline(reading: Reading, first: int, last: int) -> bool:
    """Whether a name opens a report, in capitals or as its first word: "IDLIB (Reuters) -"."""
    if first not in reading.openers or not (first == 0 or reading.upper(first)):
        return False
    end = reading.tokens[last - 1].end
    after = reading.text[end : end + 4]
    return after.startswith(_DASHES) and not after[-1:].isdigit()
