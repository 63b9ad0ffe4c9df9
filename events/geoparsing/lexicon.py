"""Language knowledge as data: one TOML file a language, read once."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

LANGUAGES = ("en", "ar", "ru", "tr")
FOLDER = Path(__file__).parent / "lexicon"

Lexicon = Mapping[str, Any]


@functools.cache
def load_lexicon(language: str) -> Lexicon:
    """The lexicon of `language` (a code in LANGUAGES); an unknown language reads as English."""
    code = language if language in LANGUAGES else "en"
    return tomllib.loads((FOLDER / f"{code}.toml").read_text(encoding="utf-8"))
