"""A language's `[timex]` table, compiled: words to entries, phrases, rules by first character."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from events.geoparsing.timex.grammar import (
    CONTEXT_KEYS,
    Rule,
    char_set,
    compile_rule,
    expand,
    is_class_name,
    literals,
)
from events.geoparsing.timex.tokens import (
    EDGE,
    NUMERIC_CLASSES,
    UNKNOWN,
    Entry,
    bare,
    fold,
    integer_classes,
    token_forms,
    token_pattern,
)

FIRST_CHAR = 0xE001
NOTHING = "nothing"
"""The action of rules whose matches are no dates."""
INTEGERS = frozenset(integer_classes(str(n).zfill(w)) for w in (1, 2, 3, 4) for n in range(10**w))


Found = tuple[tuple[Rule, tuple[tuple[int, int], ...]], ...]
"""The rules that matched in a run of known words, each with where its groups lie in the run."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the engine needs of one language, ready for use.

    `marked`: words may carry vowel signs; `initials` finds where a phrase may begin; a sentence
    without a figure and without a word of `needed` holds no phrase. `runs`, `figures` and `tenses`
    remember what was found in runs of known words, what figures stand for, what words tell.
    """

    language: str
    entries: Mapping[str, Entry]
    phrases: Mapping[str, tuple[tuple[list[str], Entry], ...]]
    integers: Mapping[frozenset[str], str]
    numerics: Mapping[str, str]
    pattern: re.Pattern[str]
    form_of: Callable[..., re.Match[str] | None]
    rules: Mapping[str, tuple[Rule, ...]]
    settings: Mapping[str, Any]
    unknown: Entry
    capitals: frozenset[str]
    capitals_unless: list[list[str]]
    capitals_after: frozenset[str]
    untensed: frozenset[str]
    past_endings: tuple[str, ...]
    future_endings: tuple[str, ...]
    verb_last: bool
    marked: bool
    initials: re.Pattern[str]
    needed: frozenset[str]
    heads: frozenset[str]
    seconds: frozenset[str]
    runs: dict[str, Found] = field(default_factory=dict)
    figures: dict[str, Entry] = field(default_factory=dict)
    tenses: dict[str, int] = field(default_factory=dict)


class Alphabet:
    """Gives every set of classes its character, and every class its set of characters."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.chars: dict[frozenset[str], str] = {}
        self.members: dict[str, set[str]] = {"EDGE": {EDGE}, "UNKNOWN": {UNKNOWN}}

    def char(self, signature: frozenset[str]) -> str:
        """The character of a set of classes and literal words (these begin with '=')."""
        if signature not in self.chars:
            self.chars[signature] = chr(FIRST_CHAR + len(self.chars))
            for name in signature:
                self.members.setdefault(name, set()).add(self.chars[signature])
        return self.chars[signature]

    def chars_of(self, name: str, is_class: bool) -> frozenset[str]:
        """The characters of a class, or of a literal word."""
        key = name if is_class else f"={bare(fold(name, self.language))}"
        return frozenset(self.members.get(key, ()))


def as_value(text: str) -> Any:
    """A TOML key as the value it stands for: a whole number where it looks like one."""
    return int(text) if text.lstrip("-").isdigit() else text


def spellings(table: Mapping[str, Any], language: str) -> dict[str, dict[str, Any]]:
    """Folded word or phrase -> {class: value}, from `[timex.words]`."""
    found: dict[str, dict[str, Any]] = {}
    for cls, values in table.get("words", {}).items():
        rows = values.items() if isinstance(values, Mapping) else [("1", values)]
        for value, words in rows:
            for word in words.split():
                key = bare(fold(word, language))
                found.setdefault(key, {})[cls] = as_value(value)
    return found


@dataclass(frozen=True, slots=True)
class Form:
    """A written form of a word: its values, the clitic's length in front, the word itself."""

    values: Mapping[str, Any]
    cut: int
    word: str


def inflect(
    words: Mapping[str, dict[str, Any]], table: Mapping[str, Any], language: str
) -> dict[str, Form]:
    """Words with the endings, articles and clitics that the language puts on them.

    A form that the lexicon spells out wins over one that is put together.
    """
    found = {word: Form(values, 0, word) for word, values in words.items()}
    for cls, endings in table.get("endings", {}).items():
        for word in [w for w, values in words.items() if cls in values and len(w) > 1]:
            for ending in endings.split():
                add_form(found, word + fold(ending, language), Form(words[word], 0, word))
    for article in table.get("articles", "").split():
        for word in list(found):
            add_form(found, fold(article, language) + word, found[word])
    for word, form in list(found.items()) if "clitics" in table else []:
        for clitic in table["clitics"].split():
            joined = Form(form.values, len(clitic), form.word)
            found.setdefault(fold(clitic, language) + word, joined)
    return found


def add_form(found: dict[str, Form], spelling: str, form: Form) -> None:
    """Adds a form unless the lexicon spells it out; a literal of a pattern takes its values."""
    known = found.get(spelling)
    if known is None:
        found[spelling] = form
    elif not known.values:
        found[spelling] = Form(form.values, 0, known.word)


def compile_knowledge(
    language: str, table: Mapping[str, Any], common: frozenset[str] = frozenset()
) -> Knowledge:
    """The Knowledge of one `[timex]` table; `common` are the words every text is full of.

    Raises ValueError or KeyError on a faulty pattern.
    """
    macros = table.get("macros", {})
    patterns = [bare(expand(row["pattern"], macros)) for row in table.get("rules", [])]
    alphabet = Alphabet(language)
    entries = entries_of(table, patterns, alphabet)
    integers = {kind: alphabet.char(kind) for kind in INTEGERS}
    numerics = {name: alphabet.char(frozenset({name})) for name in NUMERIC_CLASSES}
    numerics["YEAR"] = integers[integer_classes("2018")]
    rows = enumerate(zip(table.get("rules", []), patterns, strict=True))
    phrases = phrase_heads(entries)
    forms = token_forms(table.get("suffixes", {}), language)
    weight = weight_of(entries, {*integers.values(), *numerics.values()}, common)
    rules = [compile_rule(i, row, pattern, alphabet.chars_of, weight) for i, (row, pattern) in rows]
    return Knowledge(
        language=language,
        entries={word: entry for word, entry in entries.items() if not is_phrase(word)},
        phrases=phrases,
        integers=integers,
        numerics=numerics,
        pattern=token_pattern(forms),
        form_of=token_pattern(forms, named=True).fullmatch,
        rules=rules_by_initial(rules),
        settings=table,
        unknown=Entry(UNKNOWN, {}),
        capitals=frozenset(table.get("capitals", "").split()),
        capitals_unless=[[word] for word in table.get("capitals_unless", "").split()],
        capitals_after=frozenset(table.get("capitals_after", "").split()),
        untensed=frozenset(table.get("untensed", "").split()),
        past_endings=tuple(table.get("past_endings", "").split()),
        future_endings=tuple(table.get("future_endings", "").split()),
        verb_last=table.get("tense_first") == "after",
        marked=language == "ar",
        initials=re.compile(char_set({c for rule in rules for c in rule.initials})),
        needed=needed_words(entries, rules),
        heads=frozenset(phrases),
        seconds=frozenset(tail[0] for tails in phrases.values() for tail, _ in tails if tail),
    )


def entries_of(
    table: Mapping[str, Any], patterns: list[str], alphabet: Alphabet
) -> dict[str, Entry]:
    """Every written form of the lexicon's words and of those that patterns spell out."""
    language = alphabet.language
    own = {bare(fold(word, language)) for word in own_words(table, patterns)}
    words = spellings(table, language)
    for word in own:
        words.setdefault(word, {})
    entries: dict[str, Entry] = {}
    for spelling, form in inflect(words, table, language).items():
        literal = {f"={form.word}"} if form.word in own else set()
        char = alphabet.char(frozenset(form.values) | literal)
        entries[spelling] = Entry(char, form.values, form.cut)
    return entries


COMMON, FIGURE = 10_000, 100


def weight_of(
    entries: Mapping[str, Entry], figures: set[str], common: frozenset[str]
) -> Callable[[str], int]:
    """How common the words of a class character are in texts; figures are more so than words."""
    weights = dict.fromkeys(figures, FIGURE)
    for word in common:
        if (entry := entries.get(word)) is not None:
            weights[entry.char] = COMMON
    return lambda char: weights.get(char, 1)


def needed_words(entries: Mapping[str, Entry], rules: list[Rule]) -> frozenset[str]:
    """The words of which each phrase without figures holds at least one."""
    chars = frozenset().union(*(rule.needs for rule in rules if rule.action != NOTHING))
    needed = [word for word, entry in entries.items() if entry.char in chars]
    return frozenset(
        max(PHRASE_PART.findall(word), key=len) if is_phrase(word) else word for word in needed
    )


def own_words(table: Mapping[str, Any], patterns: list[str]) -> set[str]:
    """The words that stand for themselves in the patterns and in what they are preceded by."""
    rows = table.get("rules", [])
    around = {word for row in rows for key in CONTEXT_KEYS for word in row.get(key, "").split()}
    return literals(patterns) | {word for word in around if not is_class_name(word)}


PHRASE_PART = re.compile(r"[^\W_]+|[^\w\s]")


def is_phrase(spelling: str) -> bool:
    """Whether a spelling of the lexicon is cut into several tokens."""
    abbreviated = spelling.endswith(".") and "." not in spelling[:-1]
    return len(spelling) > 1 and (abbreviated or any(mark in spelling for mark in "_-'"))


def phrase_heads(
    entries: Mapping[str, Entry],
) -> dict[str, tuple[tuple[list[str], Entry], ...]]:
    """First word -> the phrases that begin with it, longest first."""
    found: dict[str, list[tuple[list[str], Entry]]] = {}
    for phrase, entry in entries.items():
        if is_phrase(phrase):
            parts = PHRASE_PART.findall(phrase)
            found.setdefault(parts[0], []).append((parts[1:], entry))
    return {
        head: tuple(sorted(tails, key=lambda tail: -len(tail[0]))) for head, tails in found.items()
    }


def rules_by_initial(rules: list[Rule]) -> dict[str, tuple[Rule, ...]]:
    """Class character -> the rules whose match may begin with it."""
    found: dict[str, list[Rule]] = {}
    for rule in rules:
        for char in rule.initials:
            found.setdefault(char, []).append(rule)
    return {char: tuple(group) for char, group in found.items()}
