"""Telling the four languages apart."""

from __future__ import annotations

import time

import pytest

from events.geoparsing.language import detect_language

TEXTS = [
    ("en", "Fighting broke out in the town on Friday, residents said."),
    ("tr", "Cuma günü kasabada çatışmalar çıktı ve bir asker öldü."),
    ("tr", "Idlib kentinde bir saldiri oldu ve iki kisi oldu, bu sabah da devam etti."),
    ("ru", "В пятницу в городе начались бои, сообщили жители."),
    ("ar", "اندلعت اشتباكات في البلدة يوم الجمعة."),
    ("ar", "قال متحدث باسم (HTS) إن القوات دخلت إدلب."),
    ("en", ""),
    ("en", "12345 !!!"),
]


@pytest.mark.parametrize(("language", "text"), TEXTS)
def test_a_language_is_told_by_script_and_function_words(language: str, text: str) -> None:
    assert detect_language(text) == language


def test_ten_megabytes_are_sampled() -> None:
    began = time.perf_counter()
    detect_language("слово " * 1_700_000)
    assert time.perf_counter() - began < 0.5
