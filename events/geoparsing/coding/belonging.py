"""Which word of killing or other counting a number belongs to: the nearest, on its own side."""

from __future__ import annotations

from collections.abc import Sequence

from events.geoparsing.patterns import Hit

from .counting import REACH, counts, counts_dead, counts_people
from .numbers import Number, numbers_in
from .reading import Reading

_FAR = 16
"""The same after a verb that opens its clause, where the number says that it counts people."""
_LONG = 24
_SUBJECT = 5
"""Words between a number and the verb whose subject it counts."""
_BOUND = 3
"""Words of "no fewer than" between a word of wounding and its number."""
_COMMA = 2
_DASHES = frozenset("–—")
_MARKS = (" - ", *_DASHES)
_ASIDE = 20
_WRONG_SIDE = 4
_APPOSITION = 5


def belongs(reading: Reading, number: Number, cues: Sequence[Hit]) -> bool:
    """Whether the nearest counting word is one of killing, and near enough."""
    if any(_takes(cue, number) for cue in cues):
        return any(cue.last == number.first and cue.label == "kill_first" for cue in cues)
    if _is_subject_of_wound(reading, number, cues):
        return False
    placed = _companion(reading, number)
    joined = reading.joins(number.first - 1)
    near = [  # of two as near the one after an "and" and its number
        (cost(reading, placed, cue), joined and cue.last < number.first, not counts_dead(cue), cue)
        for cue in cues
    ]
    best = min(near, default=None)
    if best is None:
        return False
    words, _, alive, cue = best
    if reading.grammar.cue_follows and _is_counted(reading, number):
        return _next_kills(number, cues, cue)
    if alive or words <= REACH:
        return not alive
    object_last = reading.grammar.verb_first and cue.last <= number.first
    return object_last and words <= _FAR and counts_people(reading, number)


def _is_subject_of_wound(reading: Reading, number: Number, cues: Sequence[Hit]) -> bool:
    """Whether an "and" opens a clause of the wounded at the number: "... was killed and twenty
    others were injured"."""
    if not reading.joins(number.first - 1):
        return False
    after = next((cue for cue in cues if cue.first >= number.last), None)
    return after is not None and after.label == "wound" and after.first - number.last <= _SUBJECT


def _is_counted(reading: Reading, number: Number) -> bool:
    """Whether a noun of people stands within two words after the number: "iki kahraman asker"."""
    return any(place in reading.starts("counted") for place in range(number.last, number.last + 3))


def _next_kills(number: Number, cues: Sequence[Hit], nearest: Hit) -> bool:
    """Where verbs come last: whether the first one after the counted people is one of killing."""
    after = next((cue for cue in cues if cue.first >= number.last), nearest)
    return counts_dead(after) and after.first - number.last <= _LONG


def _companion(reading: Reading, number: Number) -> Number:
    """A number "together with" whom it stands is where that person is named."""
    if number.first not in reading.ends("along"):
        return number
    clause = reading.clauses[number.first]
    named = [
        hit
        for hit in reading.hits["person"]
        if hit.last < number.first and reading.clauses[hit.first] == clause
    ]
    return number._replace(first=named[-1].first, last=named[-1].last) if named else number


def _takes(cue: Hit, number: Number) -> bool:
    """Whether a number is of wounded: "5 wounded", "a number of wounded"."""
    vague = number.low < number.high
    return cue.label == "wound" and 0 <= cue.first - number.last <= vague


def cost(reading: Reading, number: Number, cue: Hit) -> int:
    """Words between a number and a cue, a clause boundary counting for two, dates for none."""
    low, high = min(cue.last, number.last), max(cue.first, number.first)
    gap = max(high - low, 0)
    if gap and reading.times:
        gap -= sum(p.last - p.first for p in reading.times if low <= p.first and p.last <= high)
    clauses = reading.clauses
    side = "_last" if cue.first < number.first else "_first"
    total = gap + _COMMA * abs(clauses[number.first] - clauses[cue.first])
    if side == "_last" and ":" in reading.gap(cue.last - 1, cue.last):
        return min(total, REACH)  # "killed: a father and two sons"
    if cue.label.endswith(side) or (side == "_first" and _opens_next(reading, cue)):
        total += _WRONG_SIDE
    if cue.last < number.first and reading.joins(number.first - 1):
        total += 1  # in "3 were killed and 12 were wounded" the 12 looks onward
    if total > REACH:
        total -= _dashed(reading, low, high)
    between = any(number.last <= hit.first < cue.first for hit in reading.hits["subset"])
    return max(total - _APPOSITION, 0) if between else total


def _dashed(reading: Reading, low: int, high: int) -> int:
    """What two dashes between a number and a cue enclose, in words and with its clauses."""
    marks = _dashes(reading, low, high)
    if len(marks) < 2:
        return 0
    clauses = reading.clauses[marks[-1]] - reading.clauses[marks[0] - 1]
    return marks[-1] - marks[0] + _COMMA * clauses


def _dashes(reading: Reading, low: int, high: int) -> list[int]:
    """The words between `low` and `high` that a dash stands before."""
    return [n for n in reading.once("dashes", _dashed_words) if low <= n <= high]


def _dashed_words(reading: Reading) -> list[int]:
    text, tokens = reading.doc.text, reading.tokens
    if not any(text.find(dash, tokens[0].end, tokens[-1].start) >= 0 for dash in _MARKS):
        return []
    gaps = (text[tokens[n - 1].end : tokens[n].start] for n in range(1, len(tokens)))
    return [n for n, gap in enumerate(gaps, 1) if " - " in gap or not _DASHES.isdisjoint(gap)]


def enclosed(reading: Reading, number: Number) -> range:
    """The words that two dashes after the counted enclose: who they were, counted already ("three
    people - a man, his wife and their daughter - died")."""
    marks = _dashes(reading, number.last, number.last + _ASIDE)
    return range(marks[0], marks[1]) if len(marks) > 1 else range(0)


def _opens_next(reading: Reading, cue: Hit) -> bool:
    """Whether a verb with the Arabic "and" in it opens the next clause: "450 died and 9 fled"."""
    if not reading.grammar.verb_first or cue.label == "wound":
        return False
    return reading.tokens[cue.first].text.startswith("و")


def joint_pairs(
    reading: Reading, kills: Sequence[Hit], cues: Sequence[Hit]
) -> list[tuple[Hit, Hit]]:
    """The pairs "killed and wounded": a cue of wounding right beside one of killing."""
    wounds = [cue for cue in cues if counts(cue) == "wound"]
    pairs = [(k, w) for k in kills for w in wounds if _is_pair(reading, k, w)]
    return [pair for pair in pairs if not _counted_apart(reading, *pair)]


def _counted_apart(reading: Reading, kill: Hit, wound: Hit) -> bool:
    """Whether each of the two has a number of its own: "claimed 21 lives and wounded 40"."""
    numbers = numbers_in(reading)
    return any(n.last == kill.first for n in numbers) and any(
        0 <= n.first - wound.last <= _BOUND for n in numbers
    )


def _is_pair(reading: Reading, kill: Hit, wound: Hit) -> bool:
    gap = max(wound.first - kill.last, kill.first - wound.last, 0)
    low, high = min(kill.last, wound.last), max(kill.first, wound.first)
    if gap > 1 or (gap == 1 and not reading.joins(low)):
        return False
    return "," not in reading.doc.text[reading.tokens[low - 1].end : reading.tokens[high].start]


def is_joint(
    reading: Reading, number: Number, pairs: Sequence[tuple[Hit, Hit]], cues: Sequence[Hit]
) -> bool:
    """Whether a number stands for both killed and wounded: outside the pair, and nearest to it."""
    for kill, wound in pairs:
        low, high = min(kill.first, wound.first), max(kill.last, wound.last)
        if number.last <= low and max(kill, wound).label.endswith("_first"):
            continue  # "six died and wounded were others": the second verb looks onward
        if not low <= number.first < high:
            nearest = min(cues, key=lambda cue: cost(reading, number, cue))
            if nearest in (kill, wound) or 0 <= low - number.last <= 1:
                return True
    return False
