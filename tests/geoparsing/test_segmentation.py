"""Sentences and paragraphs: where they end, where they only seem to, and in how much time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.geoparsing.document import Document
from events.geoparsing.lexicon import LANGUAGES, load_lexicon
from events.geoparsing.segmentation import MAX_SENTENCE, segment


def sentences(text: str, language: str = "en") -> list[str]:
    doc = segment(Document(text, language=language), load_lexicon(language))
    return [doc.quote(sentence) for sentence in doc.sentences]


WHOLE = [
    ("en", "Gen. Ali Haddad of the U.S. Army met Lt. Col. J. R. Brown near Sarmin."),
    ("en", "The raid began at 5 a.m. local time on Jan. 5 and hit No. 4 school."),
    ("en", "A Su-24 flew 3.5 km from www.example.org to the base."),
    ("en", "He waited... and then left."),
    ("en", '"Go home!" he said.'),
    ("ru", "В г. Идлиб на ул. Победы, д. 5 прогремел взрыв."),
    ("ru", "По словам А. С. Иванова, т.е. врача, погибли 2 тыс. человек."),
    ("ru", "«Мы уйдем!» — сказал он."),
    ("tr", "5. Kolordu 20. yüzyılda kuruldu."),
    ("tr", "Dr. Ahmet Bey saat 10.30'da geldi."),
    ("ar", "وقال د. أحمد إن أ.ف.ب نشرت الخبر."),
]


@pytest.mark.parametrize(("language", "text"), WHOLE)
def test_an_abbreviation_a_figure_or_a_quote_ends_no_sentence(language: str, text: str) -> None:
    assert sentences(text, language) == [text]


SPLIT = [
    (
        "en",
        "They left the country.Fights broke out.",
        ["They left the country.", "Fights broke out."],
    ),
    ("en", "It fell.”After winter they came.", ["It fell.”", "After winter they came."]),
    ("en", "The U.S. said no. He left.", ["The U.S. said no.", "He left."]),
    ("en", "It ended at 5 p.m. The town was calm.", ["It ended at 5 p.m.", "The town was calm."]),
    ("en", "Is it over? Yes! Go.", ["Is it over?", "Yes!", "Go."]),
    ("en", "“We go. You stay.” So he said.", ["“We go.", "You stay.”", "So he said."]),
    ("ar", "هل انتهت الحرب؟ نعم، انتهت.", ["هل انتهت الحرب؟", "نعم، انتهت."]),
    ("ar", "وصل الوفد.وقال المرصد ذلك.", ["وصل الوفد.", "وقال المرصد ذلك."]),
    (
        "ru",
        "Погибли 5 чел. и др. В 2018 г. начался штурм.",
        ["Погибли 5 чел. и др.", "В 2018 г. начался штурм."],
    ),
    ("ru", "Бой окончен.Начался новый.", ["Бой окончен.", "Начался новый."]),
]


@pytest.mark.parametrize(("language", "text", "expected"), SPLIT)
def test_a_sentence_ends_where_a_reader_would_end_it(
    language: str, text: str, expected: list[str]
) -> None:
    assert sentences(text, language) == expected


def test_lines_and_bullets_make_paragraphs() -> None:
    text = "A headline\n\nFirst one. Second one.\n• A point\n• Another\n"
    doc = segment(Document(text), load_lexicon("en"))
    found = [(sentence.paragraph, doc.quote(sentence)) for sentence in doc.sentences]
    assert found == [
        (0, "A headline"),
        (1, "First one."),
        (1, "Second one."),
        (2, "• A point"),
        (3, "• Another"),
    ]


def test_hard_wrapped_lines_stay_one_sentence() -> None:
    lines = [
        "Warplanes struck a market in the town of Maarat al-Numan on",
        "Monday and killed at least thirty people, said rescue men who",
        "dug through the rubble for most of the night. The strike was",
        "the deadliest since a truce was signed between the two sides",
        "in the spring.",
    ]
    assert len(sentences("\n".join(lines))) == 2


def test_sentences_are_numbered_in_order() -> None:
    doc = segment(Document("One. Two.\n\nThree."), load_lexicon("en"))
    assert [sentence.index for sentence in doc.sentences] == [0, 1, 2]
    assert [sentence.paragraph for sentence in doc.sentences] == [0, 0, 1]


@given(text=st.text(max_size=400), language=st.sampled_from(LANGUAGES))
@settings(max_examples=150, deadline=None)
def test_sentences_are_trimmed_ordered_stretches_that_lose_no_letter(
    text: str, language: str
) -> None:
    doc = segment(Document(text, language=language), load_lexicon(language))
    end = 0
    for sentence in doc.sentences:
        assert end <= sentence.start < sentence.end <= len(text)
        assert doc.quote(sentence) == doc.quote(sentence).strip()
        assert not text[end : sentence.start].strip()
        end = sentence.end
    assert not text[end:].strip()


@pytest.mark.parametrize("piece", ["1", ".", "a.", '. "', "\n", "“", "Ab.", "x y ", "؟ ", "…"])
def test_time_grows_with_the_length_alone(piece: str) -> None:
    lexicon = load_lexicon("en")
    spent = []
    for size in (100_000, 400_000):
        doc = Document(piece * (size // len(piece)))
        began = time.process_time()
        found = segment(doc, lexicon).sentences
        spent.append(time.process_time() - began)
        assert all(sentence.end - sentence.start <= MAX_SENTENCE for sentence in found)
    assert spent[1] < 12 * spent[0] + 0.5
