"""A plain way to read a text's dates in tests."""

from __future__ import annotations

import datetime as dt

from events.geoparsing.document import Document, TimeExpression
from events.geoparsing.lexicon import load_lexicon
from events.geoparsing.segmentation import segment
from events.geoparsing.timex import tag


def make_reading(text: str, published: str | None = "2020-06-27", language: str = "en") -> Document:
    """The text segmented and tagged; `published` is the report's day in ISO form, or None."""
    dct = dt.date.fromisoformat(published) if published else None
    lexicon = load_lexicon(language)
    return tag(segment(Document(text, dct, language), lexicon), lexicon)


def make_time(
    text: str, published: str | None = "2020-06-27", language: str = "en"
) -> TimeExpression:
    """The only time expression of a text."""
    times = make_reading(text, published, language).times
    assert len(times) == 1, [(time.text, time.timex_value) for time in times]
    return times[0]


def values(text: str, published: str | None = "2020-06-27", language: str = "en") -> list[str]:
    """The TIMEX3 values of a text in order."""
    return [time.timex_value for time in make_reading(text, published, language).times]
