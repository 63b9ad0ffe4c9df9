"""Reports that tell the same in nearly the same words are found and linked, not doubled.

A text's sketch is one minimum for each of 64 bins of its shingles' hashes; four bins make a band,
and texts that share a band are compared word for word. So a report costs one look into an index,
however many there are. (Broder 1997; one permutation hashing, Li, Owen & Zhang 2012.)
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from urllib.parse import parse_qsl, urlencode, urlsplit

from events.geoparsing.lexicon import LANGUAGES, load_lexicon
from events.models import Report, ReportKey

WORD = re.compile(r"\w{1,40}")
SHINGLE, BINS, ROWS = 3, 64, 4
MOST_WORDS, FEWEST_SHINGLES, MOST_CANDIDATES = 20_000, 8, 20
ALIKE = 0.75
NEAR = dt.timedelta(days=3)
TRACKING = ("utm_", "fbclid", "gclid", "ref", "share")


@dataclass(frozen=True, slots=True)
class Likeness:
    """The report that another repeats; `same` when it adds no figure to what is known."""

    report: Report
    same: bool
    reason: str


def keys_of(text: str, url: str = "") -> dict[int, int]:
    """The keys by which near-same reports are looked up, by band."""
    found = dict(enumerate(bands(shingles(words_of(text)))))
    if url:
        found[ReportKey.URL] = _number(plain_address(url).encode("utf-8", "replace"))
    return found


def words_of(text: str) -> list[str]:
    """The words of a text in small letters, the first MOST_WORDS."""
    found = []
    for match in WORD.finditer(text):
        found.append(match.group().lower())
        if len(found) == MOST_WORDS:
            break
    return found


def shingles(words: list[str]) -> set[int]:
    """The hashes of all runs of three words."""
    runs = zip(*(words[n:] for n in range(SHINGLE)), strict=False)
    return {_hash(" ".join(run)) for run in runs}


def _hash(text: str) -> int:
    digest = hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big")


def bands(hashes: set[int]) -> list[int]:
    """The keys of a sketch's bands; none for a text too short to be told from others."""
    if len(hashes) < FEWEST_SHINGLES:
        return []
    bins: list[int | None] = [None] * BINS
    for value in hashes:
        at = value >> 58
        held = bins[at]
        bins[at] = value if held is None else min(held, value)
    sketch = [_filled(bins, at) for at in range(BINS)]
    return [_number(struct.pack(">4Q", *sketch[n : n + ROWS])) for n in range(0, BINS, ROWS)]


def _filled(bins: list[int | None], at: int) -> int:
    """A bin's minimum; an empty bin borrows from the next that is not."""
    for step in range(BINS):
        value = bins[(at + step) % BINS]
        if value is not None:
            return (value + step * 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF
    return 0


def _number(data: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "big", signed=True)


def plain_address(url: str) -> str:
    """An address without what does not tell pages apart: scheme, www, fragment, tracking."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
        query = [(k, v) for k, v in parse_qsl(parts.query) if not k.lower().startswith(TRACKING)]
    except ValueError:
        return url
    return f"{host}{parts.path.rstrip('/')}?{urlencode(sorted(query))}"


def find_likeness(report: Report, keys: dict[int, int]) -> Likeness | None:
    """The earliest report that `report`, not stored yet, repeats; None for news."""
    candidates = _candidates(keys)
    words = words_of(report.text)
    own = shingles(words)
    for other in candidates.values():
        theirs = words_of(other.text)
        if not near_in_time(report, other) or resemblance(own, shingles(theirs)) < ALIKE:
            continue
        same = not adds_figures(words, theirs)
        return Likeness(other.duplicate_of or other, same, "near-same text")
    return _same_address(keys)


def _candidates(keys: dict[int, int]) -> dict[int, Report]:
    wanted = {(band, key) for band, key in keys.items() if band != ReportKey.URL}
    rows = ReportKey.objects.filter(key__in=[key for _band, key in wanted]).order_by("report_id")
    found = rows.values_list("report_id", "band", "key")[: MOST_CANDIDATES * BINS // ROWS]
    pks = list(dict.fromkeys(pk for pk, band, key in found if (band, key) in wanted))
    reports = Report.objects.select_related("duplicate_of").defer("spans")
    return dict(sorted(reports.in_bulk(pks[:MOST_CANDIDATES]).items()))


def _same_address(keys: dict[int, int]) -> Likeness | None:
    """A later version of a page whose text changed: linked, and read for what is new in it."""
    key = keys.get(ReportKey.URL)
    if key is None:
        return None
    rows = ReportKey.objects.filter(band=ReportKey.URL, key=key).order_by("report_id")
    row = rows.select_related("report__duplicate_of").first()
    if row is None:
        return None
    return Likeness(row.report.duplicate_of or row.report, False, "same address")


def near_in_time(one: Report, other: Report) -> bool:
    """Whether two reports may be of the same days: the same words a week later are news."""
    if one.published_at is None or other.published_at is None:
        return True
    return abs(one.published_at - other.published_at) <= NEAR


def resemblance(one: set[int], other: set[int]) -> float:
    """The share of shingles in common (Jaccard), 0..1."""
    union = len(one | other)
    return len(one & other) / union if union else 0.0


def adds_figures(words: Iterable[str], known: Iterable[str]) -> bool:
    """Whether `words` hold a figure, in digits or as a word, that `known` do not."""
    fresh = set(words) - set(known)
    return any(word in number_words() or any(map(str.isdecimal, word)) for word in fresh)


@cache
def number_words() -> frozenset[str]:
    """The number words of all languages that are read."""
    tables = (load_lexicon(language).get("coding", {}) for language in LANGUAGES)
    return frozenset(word.lower() for table in tables for word in table.get("numbers", {}))


def store_keys(report: Report, keys: dict[int, int]) -> None:
    """Keep the keys of a stored report, so that later ones find it."""
    rows = [ReportKey(report=report, band=band, key=key) for band, key in keys.items()]
    ReportKey.objects.bulk_create(rows, ignore_conflicts=True)
