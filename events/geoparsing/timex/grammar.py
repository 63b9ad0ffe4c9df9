"""The pattern language of the lexicons, compiled to regular expressions over token classes.

Every word that the grammar knows is replaced by one character that stands for its classes, so a
sentence becomes a short string and a pattern an ordinary bounded regular expression over it:
`(WEEKDAY ","?)? DAY of? MONTH`. Capitals are classes of `[timex.words]`, small letters and quoted
marks stand for themselves, `<NAME>` is a macro, `name=CLASS` or `name=( ... )` names a slot.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

LEXEME = re.compile(
    r"\s*(?:(?P<name>[a-z_][a-z_0-9]{0,30})=)?"
    r"(?:(?P<quoted>\"[^\"]{1,40}\")|(?P<cls>[A-Z][A-Z_0-9]{0,30}(?![^\W_]))"
    r"|(?P<word>[^\W\d_][\w'.]{0,40})|(?P<op>[()|?]|\{\d(?:,\d)?\}))"
)
MACRO = re.compile(r"<([A-Z_0-9]{1,30})>")
MAX_MACRO_DEPTH = 12


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of `[timex] rules`, compiled.

    `action` names the resolver; `constants` are the rule's own slot values; `slots` are group
    number, name and class that a value is taken from ("" for a group of number words); a
    match holds one of the characters of `needs`.
    """

    order: int
    action: str
    match: Callable[..., re.Match[str] | None]
    slots: tuple[tuple[int, str, str], ...]
    constants: Mapping[str, Any]
    initials: frozenset[str]
    needs: frozenset[str]


@dataclass(slots=True)
class Node:
    """A piece of a pattern: regular expression, what it may begin with, whether it may be empty.

    `needs` are characters of which every match that is not empty holds at least one.
    """

    regex: str
    initials: frozenset[str]
    nullable: bool = False
    needs: frozenset[str] = frozenset()


@dataclass(slots=True)
class PatternReader:
    """Reads one pattern into a Node; `chars_of` gives the characters of a class or a word.

    `weight` tells how common in a text the words of a character are.
    """

    chars_of: Callable[[str, bool], frozenset[str]]
    weight: Callable[[str], int]
    lexemes: list[re.Match[str]]
    classes: dict[str, str] = field(default_factory=dict)
    at: int = 0

    def alternatives(self) -> Node:
        """`a | b | c` up to a closing bracket."""
        found = [self.sequence()]
        while self._op() == "|":
            self.at += 1
            found.append(self.sequence())
        if len(found) == 1:
            return found[0]
        initials = frozenset().union(*(node.initials for node in found))
        regex = "(?:" + "|".join(node.regex for node in found) + ")"
        needs = frozenset().union(*(node.needs for node in found))
        return Node(regex, initials, any(node.nullable for node in found), needs)

    def sequence(self) -> Node:
        """Items one after another."""
        node = Node("", frozenset(), True)
        while self.at < len(self.lexemes) and self._op() not in ("|", ")"):
            item = self.item()
            initials = node.initials | item.initials if node.nullable else node.initials
            needs = self._rarer(node, item)
            node = Node(node.regex + item.regex, initials, node.nullable and item.nullable, needs)
        return node

    def _rarer(self, first: Node, second: Node) -> frozenset[str]:
        """What a sequence needs: what its rarest piece needs that cannot be left out."""
        if first.nullable and second.nullable:
            return first.needs | second.needs
        if first.nullable or second.nullable:
            return second.needs if first.nullable else first.needs
        return min(first.needs, second.needs, key=lambda needs: sum(map(self.weight, needs)))

    def item(self) -> Node:
        """A class, a word or a bracket, with its `?` or `{1,3}`."""
        lexeme = self.lexemes[self.at]
        self.at += 1
        if lexeme["op"] == "(":
            node = self.alternatives()
            self.at += 1
            node.regex = f"(?:{node.regex})"
            if lexeme["name"]:
                node.regex = f"(?P<{self._slot(lexeme['name'], '')}>{node.regex})"
        else:
            node = self._atom(lexeme)
        if (op := self._op()) == "?" or op.startswith("{"):
            self.at += 1
            nullable = node.nullable or op == "?"
            node = Node(f"(?:{node.regex}){op}", node.initials, nullable, node.needs)
        return node

    def _atom(self, lexeme: re.Match[str]) -> Node:
        is_class = bool(lexeme["cls"])
        name = lexeme["cls"] or lexeme["word"] or (lexeme["quoted"] or '""')[1:-1]
        chars = self.chars_of(name, is_class)
        regex = char_set(chars)
        if is_class:
            slot = self._slot(lexeme["name"] or name.lower(), name)
            regex = f"(?P<{slot}>{regex})"
        elif lexeme["name"]:
            regex = f"(?P<{self._slot(lexeme['name'], '')}>{regex})"
        return Node(regex, chars, needs=chars)

    def _slot(self, name: str, cls: str) -> str:
        """A free group name: `day`, then `day__2`, `day__3` (all read back as `day`)."""
        slot, number = name, 2
        while slot in self.classes:
            slot, number = f"{name}__{number}", number + 1
        self.classes[slot] = cls
        return slot

    def _op(self) -> str:
        return (self.lexemes[self.at]["op"] or "") if self.at < len(self.lexemes) else ""


def char_set(chars: Iterable[str]) -> str:
    """A regular expression for one of `chars`; of nothing, one that never matches."""
    escaped = "".join(re.escape(char) for char in sorted(chars))
    return f"[{escaped}]" if escaped else "(?!)"


def expand(pattern: str, macros: Mapping[str, str]) -> str:
    """The pattern with its macros written out."""
    for _ in range(MAX_MACRO_DEPTH):
        if "<" not in pattern:
            return pattern
        pattern = MACRO.sub(lambda found: f"({macros[found[1]]})", pattern)
    raise ValueError(f"macros nested too deeply: {pattern}")


def lex(pattern: str) -> list[re.Match[str]]:
    """The lexemes of an expanded pattern. Raises ValueError where it cannot be read."""
    found, at = [], 0
    pattern = pattern.rstrip()
    while at < len(pattern):
        lexeme = LEXEME.match(pattern, at)
        if lexeme is None:
            raise ValueError(f"cannot read pattern at {pattern[at:]!r}")
        found.append(lexeme)
        at = lexeme.end()
    return found


def literals(patterns: Iterable[str]) -> set[str]:
    """The words and marks that stand for themselves in expanded patterns."""
    lexemes = [lexeme for pattern in patterns for lexeme in lex(pattern)]
    words = {lexeme["word"] for lexeme in lexemes if lexeme["word"]}
    return words | {lexeme["quoted"][1:-1] for lexeme in lexemes if lexeme["quoted"]}


CONTEXT_KEYS = ("preceded", "not_preceded", "followed", "not_followed")
LOOKAROUND = {
    "preceded": "(?<={})",
    "not_preceded": "(?<!{})",
    "followed": "(?={})",
    "not_followed": "(?!{})",
}


def compile_rule(
    order: int,
    row: Mapping[str, Any],
    pattern: str,
    chars_of: Callable[[str, bool], frozenset[str]],
    weight: Callable[[str], int] = len,
) -> Rule:
    """A Rule from its TOML row; `pattern` is the row's pattern with macros written out."""
    reader = PatternReader(chars_of, weight, lex(pattern))
    node = reader.alternatives()
    if node.nullable or reader.at != len(reader.lexemes):
        raise ValueError(f"pattern may be empty or has a loose bracket: {row['pattern']!r}")
    regex = node.regex
    for key in CONTEXT_KEYS:
        if key in row:
            around = LOOKAROUND[key].format(char_set(context_chars(row[key], chars_of)))
            regex = around + regex if "preceded" in key else regex + around
    constants = {k: v for k, v in row.items() if k not in (*CONTEXT_KEYS, "as", "pattern")}
    compiled = re.compile(regex)
    groups = sorted((number, group) for group, number in compiled.groupindex.items())
    slots = tuple((n, group.split("__")[0], reader.classes[group]) for n, group in groups)
    return Rule(order, row["as"], compiled.match, slots, constants, node.initials, node.needs)


def context_chars(words: str, chars_of: Callable[[str, bool], frozenset[str]]) -> frozenset[str]:
    """The characters of a blank-separated list of classes and words."""
    sets = (chars_of(word, is_class_name(word)) for word in words.split())
    return frozenset().union(*sets)


def is_class_name(word: str) -> bool:
    """Whether a name in a rule is a class (capitals) rather than a word that stands for itself."""
    return word.isascii() and word.isupper()
