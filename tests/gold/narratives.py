"""Histories with their dates written into the text, and how well the parser reads them.

`narratives.txt` holds lines `# number | language | published | subject`, each with its text, in
which `{{surface|value}}` marks a date with its TIMEX3 value. `python -m tests.gold.narratives`
prints the scores as TempEval-3 counts them, and the errors.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from events.geoparsing.document import Document, TimeExpression
from events.geoparsing.lexicon import load_lexicon
from events.geoparsing.segmentation import segment
from events.geoparsing.timex import tag

SOURCE = Path(__file__).resolve().parent / "narratives.txt"
MARK = re.compile(r"\{\{([^}|]{1,80})\|([^}]{1,40})\}\}")


@dataclass(frozen=True, slots=True)
class Mark:
    """A date as annotated: offsets in the text, end exclusive, and its TIMEX3 value."""

    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class Narrative:
    """One history: number, language, day of publication, text without marks, its dates."""

    number: str
    language: str
    published: dt.date
    text: str
    dates: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one or more histories: annotated, found, found in the right place, right value."""

    gold: int
    found: int
    spans: int
    values: int
    errors: tuple[str, ...] = ()

    @property
    def span_f1(self) -> float:
        """F1 of finding a date, by overlap."""
        return 2 * self.spans / max(self.gold + self.found, 1)

    @property
    def value_f1(self) -> float:
        """F1 of dates found with their right value."""
        return 2 * self.values / max(self.gold + self.found, 1)


def read_narratives() -> list[Narrative]:
    """The histories of the file in their order."""
    _head, *parts = SOURCE.read_text(encoding="utf-8").split("\n# ")
    return [_narrative(part) for part in parts]


def _narrative(part: str) -> Narrative:
    first, _, body = part.partition("\n")
    number, language, published, *_subject = (field.strip() for field in first.split("|"))
    text, at, dates = "", 0, []
    for mark in MARK.finditer(body):
        text += body[at : mark.start()]
        dates.append(Mark(len(text), len(text) + len(mark[1]), mark[2]))
        text, at = text + mark[1], mark.end()
    day = dt.date.fromisoformat(published)
    return Narrative(number, language, day, text + body[at:], tuple(dates))


def tally(narrative: Narrative, published: dt.date | None) -> Tally:
    """The counts of one history, read as published on a day, or on one that nobody tells."""
    lexicon = load_lexicon(narrative.language)
    doc = Document(narrative.text, published, narrative.language)
    times = list(tag(segment(doc, lexicon), lexicon).times)
    total, spans, values, errors = len(times), 0, 0, []
    for mark in narrative.dates:
        answer = max(times, key=lambda t: _shared(mark, t), default=None)
        shown = f"{narrative.number}: {narrative.text[mark.start : mark.end]!r} is {mark.value}"
        if answer is None or _shared(mark, answer) <= 0:
            errors.append(f"{shown}, missed")
            continue
        times.remove(answer)
        spans += 1
        values += answer.timex_value == mark.value
        if answer.timex_value != mark.value:
            errors.append(f"{shown}, read {answer.text!r} as {answer.timex_value}: {answer.reason}")
    errors += [f"{narrative.number}: {t.text!r} is none, read as {t.timex_value}" for t in times]
    return Tally(len(narrative.dates), total, spans, values, tuple(errors))


def _shared(mark: Mark, time: TimeExpression) -> int:
    return min(mark.end, time.end) - max(mark.start, time.start)


def together(tallies: Iterable[Tally]) -> Tally:
    """The sum of several."""
    rows = list(tallies)
    counts = (sum(getattr(t, name) for t in rows) for name in ("gold", "found", "spans", "values"))
    return Tally(*counts, tuple(error for t in rows for error in t.errors))


def main() -> None:
    """Prints the scores, with the day of publication and without, and the errors of the first."""
    for word, given in (("published on its day", True), ("on an unknown day", False)):
        rows = [(n, tally(n, n.published if given else None)) for n in read_narratives()]
        groups = {n.number: [t] for n, t in rows} | {"all": [t for _, t in rows]}
        for name, tallies in groups.items():
            sum_ = together(tallies)
            shown = f"span F1 {sum_.span_f1:.3f}, value F1 {sum_.value_f1:.3f}"
            print(f"{name}, {word}: {shown}, {sum_.values} right of {sum_.gold}")
        print(*(error for _, t in rows for error in t.errors), "", sep="\n")


if __name__ == "__main__":
    main()
