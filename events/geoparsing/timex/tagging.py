"""The step itself: a Document with sentences in, a Document with time expressions out."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from events.geoparsing.document import Document, Sentence
from events.geoparsing.timex.agreement import borrow_years, mark_stretches
from events.geoparsing.timex.dateline import infer_dct, mark_dateline
from events.geoparsing.timex.knowledge import Knowledge, compile_knowledge
from events.geoparsing.timex.lexer import tokenise
from events.geoparsing.timex.reading import read
from events.geoparsing.timex.scanning import Phrase, scan
from events.geoparsing.timex.tokens import fold

MOST_COMPILED = 32
HEAD_OF_PARAGRAPH = 12
LONGEST_HEADING = 80
ENDS = frozenset('.!?…:;؟۔"»”)')
_compiled: dict[int, tuple[Mapping[str, Any], Knowledge]] = {}


def knowledge_of(language: str, lexicon: Mapping[str, Any]) -> Knowledge:
    """The compiled `[timex]` table of a lexicon; each lexicon is compiled once."""
    key = id(lexicon)
    if len(_compiled) > MOST_COMPILED:
        _compiled.clear()
    if key not in _compiled or _compiled[key][0] is not lexicon:
        common = frozenset(lexicon.get("segmentation", {}).get("function_words", "").split())
        compiled = compile_knowledge(language, lexicon.get("timex", {}), common)
        _compiled[key] = (lexicon, compiled)
    return _compiled[key][1]


def find_phrases(doc: Document, knowledge: Knowledge) -> list[Phrase]:
    """The date phrases of every sentence, in the order of the text."""
    folded = fold(doc.text, knowledge.language)
    sentences = doc.sentences or (Sentence(0, len(doc.text), 0, 0),)
    found: list[Phrase] = []
    paragraph = -1
    for sentence in sentences:
        start, end = sentence.start, sentence.end
        tokens = tokenise(doc.text, folded, start, end, knowledge)
        if tokens is not None:
            phrases = scan(tokens, knowledge, sentence.index)
            if phrases and 0 < sentence.paragraph != paragraph:
                phrases[0].opens = phrases[0].start - start <= HEAD_OF_PARAGRAPH
            if phrases:
                place(phrases, doc.text, sentence)
            found += phrases
        paragraph = sentence.paragraph
    return found


def place(phrases: list[Phrase], text: str, sentence: Sentence) -> None:
    """Tells the phrases of a sentence their paragraph, and whether the sentence is a heading."""
    start, end = sentence.start, sentence.end
    alone = text[start - 1 : start] in ("", "\n") and text[end : end + 1] in ("", "\n")
    heading = alone and end - start <= LONGEST_HEADING and text[end - 1] not in ENDS
    for phrase in phrases:
        phrase.paragraph, phrase.heading = sentence.paragraph, heading


def tag(doc: Document, lexicon: Mapping[str, Any]) -> Document:
    """`doc` with `times` filled, and `dct` where it was unknown and the text gives it away."""
    language = str(lexicon.get("timex", {}).get("language", doc.language))
    knowledge = knowledge_of(language, lexicon)
    phrases = find_phrases(doc, knowledge)
    borrow_years(phrases, doc.text, knowledge.settings)
    mark_stretches(phrases, doc.text, knowledge.settings)
    mark_dateline(phrases, doc.text, knowledge.settings)
    dct, reason = doc.dct, doc.dct_reason
    if dct is None:
        dct, reason = infer_dct(phrases, doc.text, knowledge.settings)
    times = tuple(read(phrases, doc.text, dct))
    return dataclasses.replace(doc, times=times, dct=dct, dct_reason=reason)
