"""Which of the four languages a report is in: by script, then by its function words."""

from __future__ import annotations

import functools
import re

from events.geoparsing.lexicon import LANGUAGES, load_lexicon

SAMPLE = 4000
WORD = re.compile(r"[^\W\d_]{1,40}")
SCRIPTS = {
    "latin": re.compile("[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]+"),
    "cyrillic": re.compile("[\u0400-\u052f]+"),
    "arabic": re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufeff]+"),
}
TURKISH_LETTERS = frozenset("ğışĞİŞ")
LATIN = ("en", "tr")


@functools.cache
def function_words() -> dict[str, frozenset[str]]:
    """Language -> its function words, from `[segmentation] function_words`."""
    tables = {code: load_lexicon(code).get("segmentation", {}) for code in LANGUAGES}
    return {code: frozenset(t.get("function_words", "").split()) for code, t in tables.items()}


def script_of(sample: str) -> str:
    """The script most letters are in: latin, arabic or cyrillic."""
    counts = {name: sum(map(len, runs.findall(sample))) for name, runs in SCRIPTS.items()}
    return max(counts, key=lambda script: counts[script])


def detect_language(text: str) -> str:
    """The language of a report: en, ar, ru or tr; English where nothing tells."""
    sample = text[:SAMPLE]
    script = script_of(sample)
    if script != "latin":
        return "ar" if script == "arabic" else "ru"
    words = [word.lower() for word in WORD.findall(sample)]
    scores: dict[str, float] = {
        code: sum(map(function_words()[code].__contains__, words)) for code in LATIN
    }
    scores["tr"] += sum(map(sample.count, TURKISH_LETTERS)) / 4
    return "tr" if scores["tr"] > scores["en"] else "en"
