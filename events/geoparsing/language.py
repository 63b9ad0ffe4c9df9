"""Which of the four languages a report is in: by script, then by its function words."""

from __future__ import annotations

import functools
import re
from collections import Counter

from events.geoparsing.lexicon import LANGUAGES, load_lexicon

SAMPLE = 4000
WORD = re.compile(r"[^\W\d_]{1,40}")
TURKISH_LETTERS = frozenset("ğışĞİŞ")
LATIN = ("en", "tr")


@functools.cache
def function_words() -> dict[str, frozenset[str]]:
    """Language -> its function words, from `[segmentation] function_words`."""
    tables = {code: load_lexicon(code).get("segmentation", {}) for code in LANGUAGES}
    return {code: frozenset(t.get("function_words", "").split()) for code, t in tables.items()}


def script_of(sample: str) -> str:
    """The script most letters are in: latin, arabic or cyrillic."""
    counts = Counter({"latin": 0})
    for char in sample:
        code = ord(char)
        if 0x0400 <= code <= 0x052F:
            counts["cyrillic"] += 1
        elif 0x0600 <= code <= 0x06FF or 0x0750 <= code <= 0x077F or 0xFB50 <= code <= 0xFEFF:
            counts["arabic"] += 1
        elif char.isalpha() and code < 0x0250:
            counts["latin"] += 1
    return max(counts, key=lambda script: counts[script])


def detect_language(text: str) -> str:
    """The language of a report: en, ar, ru or tr; English where nothing tells."""
    sample = text[:SAMPLE]
    script = script_of(sample)
    if script != "latin":
        return "ar" if script == "arabic" else "ru"
    counts = Counter(word.lower() for word in WORD.findall(sample))
    scores: dict[str, float] = {
        code: sum(count for word, count in counts.items() if word in function_words()[code])
        for code in LATIN
    }
    scores["tr"] += sum(char in TURKISH_LETTERS for char in sample) / 4
    return "tr" if scores["tr"] > scores["en"] else "en"
