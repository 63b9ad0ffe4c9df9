"""Of the triggers of one sentence those that stand: the codebook's hierarchy."""

from __future__ import annotations

from events.geoparsing.patterns import Hit

from .counting import counts_dead
from .kinds import GROUND, LOOSE, Trigger, is_explosion, is_lesser, is_violent
from .reading import Placed, Reading

_APART = 2
_RESULT_REACH = 5
_PARTOOK = 3
_DONE = frozenset({"arrests", "abduction", "disrupted_weapons_use"})


def _derived(triggers: list[Trigger]) -> set[str]:
    """The acts of their own among the triggers typed by their surroundings."""
    return {trigger.kind for trigger in triggers if trigger.derived and trigger.kind in _DONE}


def _adds_nothing(trigger: Trigger, direct: set[str]) -> bool:
    """Whether a trigger typed by its surroundings only repeats what direct words say better."""
    if trigger.weak:
        return False
    return trigger.guessed or trigger.kind in direct or trigger.kind in LOOSE


def by_hierarchy(reading: Reading, triggers: list[Trigger]) -> list[Trigger]:
    """Without what belongs to a higher trigger of the same sentence."""
    if len(triggers) < 2:
        relative = reading.ends("relative")
        return [t for t in triggers if not (is_lesser(t.kind) and t.first in relative)]
    direct = {trigger.kind for trigger in triggers if not trigger.derived}
    if any(is_violent(kind) or kind in _DONE for kind in {*direct, *_derived(triggers)}):
        triggers = [
            t
            for t in triggers
            if not (t.derived and _adds_nothing(t, direct)) or _is_apart(reading, t, triggers)
        ]
    elif any(t.guessed and is_explosion(t.kind) for t in triggers):
        triggers = [t for t in triggers if not (t.guessed and t.kind in LOOSE)]
    triggers = [t for t in triggers if not _is_predicate(reading, t, triggers)]
    triggers = [t for t in triggers if not _is_death_in(reading, t, triggers)]
    kinds = {trigger.kind for trigger in triggers if not trigger.weak}
    told = any(is_violent(kind) for kind in kinds)
    fire = any(is_explosion(trigger.kind) for trigger in triggers)
    if told or fire or kinds & {"excessive_force", "disrupted_weapons_use"}:
        triggers = [t for t in triggers if not _is_covered(reading, t, triggers)]
    if kinds & _DONE and reading.hits["partook"]:
        triggers = [t for t in triggers if not _is_reason(reading, t)]
        kinds = {trigger.kind for trigger in triggers if not trigger.weak}
    if "protest_with_intervention" in kinds:
        triggers = [t for t in triggers if t.kind != "arrests"]
    if any(kind.endswith("protest") or kind.startswith("protest") for kind in kinds):
        triggers = [t for t in triggers if not (t.guessed or t.weak)]  # what it is against
    if "excessive_force" in kinds:
        triggers = [t for t in triggers if t.kind not in LOOSE]
    if "disrupted_weapons_use" in kinds:
        done = {reading.clauses[t.first] for t in triggers if t.kind == "disrupted_weapons_use"}
        triggers = [
            t for t in triggers if not (is_explosion(t.kind) and reading.clauses[t.first] in done)
        ]
    if told:
        triggers = [t for t in triggers if not is_lesser(t.kind)]
    relative = reading.ends("relative")
    triggers = [t for t in triggers if not (is_lesser(t.kind) and t.first in relative)]
    return _last_of_blows(reading, _first_of_ground(reading, triggers))


def _is_reason(reading: Reading, trigger: Trigger) -> bool:
    """Whether a protest is only what the arrested had taken part in."""
    ends = reading.ends("partook")
    return "protest" in trigger.kind and any(trigger.first - n in ends for n in range(_PARTOOK))


def _is_predicate(reading: Reading, trigger: Trigger, others: list[Trigger]) -> bool:
    """Whether "hit" or "targeted" only says whom the strike named before it in the clause met."""
    if not trigger.derived or trigger.weak or trigger.kind not in LOOSE:
        return False
    before = [o for o in others if o.last <= trigger.first]
    if not before or not is_explosion(before[-1].kind):
        return False
    clauses = reading.clauses
    verb_last = reading.grammar.cue_follows
    return verb_last or clauses[before[-1].first] == clauses[trigger.first]


def _is_death_in(reading: Reading, trigger: Trigger, others: list[Trigger]) -> bool:
    """Whether "died" only tells of the dead of a strike that the sentence names: "three died in
    the attack of helicopters"."""
    if not trigger.derived or not is_explosion(trigger.kind):
        return False
    killing = {hit.first for hit in reading.hits["figure"] if counts_dead(hit)}
    named = any(o.kind == trigger.kind and o.first not in killing for o in others)
    return named and trigger.first in killing and not _is_apart(reading, trigger, others)


def _is_covered(reading: Reading, trigger: Trigger, others: list[Trigger]) -> bool:
    """Whether a weak telling of fighting or killing is only part of another one of the sentence:
    unless it stands in a clause of its own with a place of its own."""
    if not trigger.weak or trigger.kind not in LOOSE:
        return False
    if _is_result(reading, trigger):
        return True
    return not _is_apart(reading, trigger, others)


def _is_apart(reading: Reading, trigger: Trigger, others: list[Trigger]) -> bool:
    """Whether a trigger stands in a clause of its own with a place of its own."""
    clauses = reading.clauses
    clause = clauses[trigger.first]
    alone = all(clauses[o.first] != clause for o in others if o is not trigger)
    if alone and any(clauses[p.first] == clause for p in reading.localities):
        return True
    apart = all(
        abs(clauses[o.first] - clauses[trigger.first]) >= _APART for o in others if o is not trigger
    )
    return apart and any(_is_nearest(reading, p, trigger, others) for p in reading.localities)


def _is_result(reading: Reading, trigger: Trigger) -> bool:
    """Whether the killing is what the other one led to: "..., leaving two people dead"."""
    led = reading.tokens[trigger.first].text.startswith("ف") or not reading.grammar.verb_first
    words = reading.hits["figure"] if led else ()
    if any(h.first == trigger.first and h.label == "kill_first" for h in words):
        return True
    return any(0 <= trigger.first - hit.last <= _RESULT_REACH for hit in reading.hits["result"])


def _is_nearest(reading: Reading, placed: Placed, trigger: Trigger, others: list[Trigger]) -> bool:
    own = reading.distance(placed.first, placed.last, trigger.first, trigger.last)
    return all(
        own <= reading.distance(placed.first, placed.last, other.first, other.last)
        for other in others
    )


def _first_of_ground(reading: Reading, triggers: list[Trigger]) -> list[Trigger]:
    """Of words for one taking of ground ("retook control") only the first."""
    kept: list[Trigger] = []
    last: Trigger | None = None
    for trigger in triggers:
        if trigger.kind not in GROUND:
            kept.append(trigger)
            continue
        if last is None or any(last.last <= p.first < trigger.first for p in reading.localities):
            kept.append(trigger)
            last = trigger
    return kept


def _last_of_blows(reading: Reading, triggers: list[Trigger]) -> list[Trigger]:
    """Of words for one explosion in one clause ("a car packed with explosives went off") only the
    last: no place and no "and" stands between them."""
    kept: list[Trigger] = []
    for trigger in triggers:
        before = kept[-1] if kept else None
        if before is not None and _is_one_blow(reading, before, trigger):
            kept.pop()
        kept.append(trigger)
    return kept


def _is_one_blow(reading: Reading, one: Trigger, other: Trigger) -> bool:
    alike = one.kind == other.kind and is_explosion(one.kind) and one.weak == other.weak
    if not alike or reading.clauses[one.first] != reading.clauses[other.first]:
        return False
    parted: list[Hit | Placed] = [*reading.localities, *reading.hits["joiners"]]
    return not any(one.last <= word.first < other.first for word in parted)
