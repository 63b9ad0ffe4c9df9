"""Kinds of events and the triggers that name them: rank in the codebook, and what is alike."""

from __future__ import annotations

from dataclasses import dataclass

from events.vocabulary import SubEventType

_RANK = {code.value: place for place, code in enumerate(SubEventType)}
_VIOLENT = frozenset(
    code.value for code in SubEventType if code.event_type.value not in ("strategic", "protests")
)
_LESSER = frozenset({"base_established", "change_to_group", "other", "looting"})
_EXPLOSIONS = frozenset(
    {
        "chemical_weapon",
        "air_drone_strike",
        "suicide_bomb",
        "shelling",
        "remote_explosive",
        "grenade",
    }
)
LOOSE = frozenset({"armed_clash", "attack"})
"""What a word may be typed as for want of a better one."""
GROUND = frozenset({"government_regains_territory", "non_state_overtakes_territory"})
"""Ground changes hands."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """The words that decide a type.

    `weak` ones only add to an event told before, if there is one; `derived` ones were typed by
    the words around them, `guessed` ones without any such word; `known` ones point back by their
    wording ("the fighting").
    """

    first: int
    last: int
    kind: str
    reason: str
    weak: bool = False
    derived: bool = False
    guessed: bool = False
    known: bool = False


def rank(kind: str) -> int:
    """Place in the codebook's hierarchy, 0 the highest."""
    return _RANK.get(kind, len(_RANK))


def is_violent(kind: str) -> bool:
    """Whether the type is violence, remote or at hand."""
    return kind in _VIOLENT


def is_lesser(kind: str) -> bool:
    """Whether the type is of little weight: movements, bases, displacement, damage."""
    return kind in _LESSER


def is_explosion(kind: str) -> bool:
    """Whether the type is of explosions and remote violence."""
    return kind in _EXPLOSIONS
