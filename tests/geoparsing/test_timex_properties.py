"""Whatever the text: nothing raises, offsets point at their text, time grows with the length."""

from __future__ import annotations

import datetime as dt
import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.geoparsing.document import Document
from events.geoparsing.lexicon import LANGUAGES, load_lexicon
from events.geoparsing.segmentation import segment
from events.geoparsing.timex import tag
from events.geoparsing.timex.tagging import knowledge_of
from events.vocabulary import TimePrecision
from tests.geoparsing.timex_cases import make_reading

HEAP = (
    "on in the of last next 31 30 February May 9999 0 1 2018 3rd 29 , - / . early end week years "
    "century before later ago between and Friday night 24:61 12:30 p.m. Ramadan first every "
    "hundred thousand two a half 31.12.9999 1/1/1 في شهر آب الماضي قبل و5 года назад май günü yıl"
)
WORDS = st.sampled_from(sorted(HEAP.split(" ")))
DAYS = st.one_of(st.none(), st.dates())


@given(words=st.lists(WORDS, max_size=30), dct=DAYS, language=st.sampled_from(LANGUAGES))
@settings(max_examples=300, deadline=None)
def test_any_heap_of_date_words_is_read(
    words: list[str], dct: dt.date | None, language: str
) -> None:
    doc = Document(" ".join(words), dct, language)
    check(tag(segment(doc, load_lexicon(language)), load_lexicon(language)))


@given(text=st.text(max_size=300), language=st.sampled_from(LANGUAGES))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read(text: str, language: str) -> None:
    check(make_reading(text, "2020-06-27", language))


def check(doc: Document) -> None:
    """Spans are in order, point at their text and name whole intervals."""
    end = 0
    for found in doc.times:
        assert end <= found.start < found.end <= len(doc.text)
        assert doc.text[found.start : found.end] == found.text
        assert (found.start_date is None) == (found.end_date is None)
        assert found.start_date is None or found.start_date <= found.end_date
        assert found.precision in TimePrecision.values
        assert found.timex_type in ("DATE", "TIME", "DURATION", "SET")
        end = found.end


EDGES = [None, dt.date(1, 1, 1), dt.date(2020, 2, 29), dt.date(9998, 12, 31)]
FIGURES = "5 31 99 218 1812 2019 0 12:30 3.5 2015-05-06 31/12/2020 22-го 5th 1980s bc , . ' -"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("published", EDGES, ids=str)
def test_the_words_of_a_lexicon_in_any_order_are_read(
    language: str, published: dt.date | None
) -> None:
    lexicon = load_lexicon(language)
    words = sorted(knowledge_of(language, lexicon).entries)
    chance, figures = random.Random(len(words)), FIGURES.split()
    for _ in range(60):
        tokens = [chance.choice(words if chance.random() < 0.75 else figures) for _ in range(60)]
        text = " ".join(w.capitalize() if chance.random() < 0.3 else w for w in tokens)
        check(tag(segment(Document(text, published, language), lexicon), lexicon))


HOSTILE = [
    "1",
    "on ",
    "1/",
    "2018 ",
    "the first of ",
    "between 3 and ",
    "March 1 ",
    "\U0001f600",
    "late ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_the_length_alone(piece: str) -> None:
    lexicon = load_lexicon("en")
    spent = []
    for size in (50_000, 200_000):
        doc = segment(Document(piece * (size // len(piece)), dt.date(2020, 1, 1)), lexicon)
        began = time.process_time()
        tag(doc, lexicon)
        spent.append(time.process_time() - began)
    assert spent[1] < 12 * spent[0] + 0.5
