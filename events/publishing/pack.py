"""Event rows to the bytes of a snapshot. Pure: the same rows, in any order, give the same bytes.

The format is documented byte by byte in static/js/model/FORMAT.md and read by model/snapshot.js.
Rows are sorted by start day, then site; a site is a distinct "where". What belongs together (type
and actors, duration and time precision, figures, sources and contest) is one dictionary each,
ranked by frequency: on the UCDP data that is 7% smaller than a column for each.
"""

from __future__ import annotations

import gc
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, pairwise
from operator import itemgetter
from typing import NamedTuple

from events.models.points import morton
from events.publishing.columns import (
    deltas,
    escaped,
    numbered,
    ranked,
    section,
    varint,
    varints,
    zigzag,
)

MAGIC = b"IDLM"
VERSION = 1
DEGREE = 100_000
"""Coordinates are whole hundred-thousandths of a degree, about a metre."""


class EventRow(NamedTuple):
    """One published event, its point already coarsened. Days are days since 1970-01-01.

    Keys of place, actors and sources are slugs; the two tuples are sorted.
    """

    uid: str
    place: str | None
    start_day: int
    end_day: int
    sub_type: int
    time_precision: int
    geo_precision: int
    lat: float
    lon: float
    radius_km: float
    low: int | None
    best: int | None
    high: int | None
    n_sources: int
    contested: bool
    actors: tuple[str, ...]
    sources: tuple[str, ...]


class Site(NamedTuple):
    """A distinct "where": place, point in hundred-thousandths of a degree, radius in 100 m."""

    place: str
    lat: int
    lon: int
    radius: int
    precision: int


class Packed(NamedTuple):
    """The bytes, and what stands in them.

    `order` and `days` have, for each row, the input row it came from and its start day; places,
    actors and sources are the keys in the order that the file numbers them.
    """

    data: bytes
    order: list[int]
    days: list[int]
    last_day: int
    places: list[str]
    actors: list[str]
    sources: list[str]


class _Dictionary(NamedTuple):
    """A column's distinct values, most frequent first, and each input row's rank."""

    values: list[tuple]
    ranks: list[int]


def pack(rows: Iterable[EventRow]) -> Packed:
    """Pack event rows. Raises ValueError for a row that ends before it starts."""
    rows = rows if isinstance(rows, list) else list(rows)
    if not rows:
        return _packed_nothing()
    with _without_cycles():
        return _pack(rows)


def _pack(rows: list[EventRow]) -> Packed:
    columns = dict(zip(EventRow._fields, zip(*rows, strict=True), strict=True))
    sites, site_of = _sites(columns)
    dictionaries = _dictionaries(columns)
    starts = columns["start_day"]
    order = _sorted(columns["uid"], starts, [site_of, *(d.ranks for d in dictionaries)])
    days = [starts[i] for i in order]
    places = numbered(site.place for site in sites if site.place)
    whats, whens, figures, says = dictionaries
    actors = numbered(chain.from_iterable(what[1] for what in whats.values))
    sources = numbered(chain.from_iterable(said[2] for said in says.values))
    body = b"".join(
        [
            varint(len(rows)),
            section(_site_table(sites, places)),
            section(_day_counts(days)),
            section(escaped(_site_steps(days, [site_of[i] for i in order]))),
            section(_what_table(whats.values, actors)),
            section(_column(whats, order)),
            section(_when_table(whens.values)),
            section(_column(whens, order)),
            section(_figure_table(figures.values)),
            section(_column(figures, order)),
            section(_says_table(says.values, sources)),
            section(_column(says, order)),
        ]
    )
    last_day = max(columns["end_day"])
    keys = [list(numbers) for numbers in (places, actors, sources)]
    return Packed(_sealed(body), order, days, last_day, *keys)


@contextmanager
def _without_cycles() -> Iterator[None]:
    """No hunt for cycles: millions of fresh tuples would set it off again and again (1.5x)."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _packed_nothing() -> Packed:
    return Packed(_sealed(varint(0)), [], [], 0, [], [], [])


def _sealed(body: bytes) -> bytes:
    """Magic, version, three zero bytes, total length and CRC-32 of the body, both little-endian."""
    length = (16 + len(body)).to_bytes(4, "little")
    return (
        MAGIC + bytes([VERSION, 0, 0, 0]) + length + zlib.crc32(body).to_bytes(4, "little") + body
    )


def _sites(columns: dict[str, tuple]) -> tuple[list[Site], list[int]]:
    """The sites, those of much named places first and z-order within, and each row's site.

    A place's class is the bit length of its count: sorted so, the steps from site to site within a
    day are small, because popular sites are near the front, and neighbours still lie together.
    """
    keys = list(zip(*(columns[name] for name in _SITE_COLUMNS), strict=True))
    counts = Counter(keys)
    sites = {key: _site(*key) for key in counts}
    popular: Counter[tuple[str, int, int]] = Counter()
    for key, count in counts.items():
        popular[sites[key][:3]] += count
    order = sorted(set(sites.values()), key=lambda s: (-popular[s[:3]].bit_length(), _z(s), s))
    number = {site: i for i, site in enumerate(order)}
    number_of_key = {key: number[site] for key, site in sites.items()}
    return order, list(map(number_of_key.__getitem__, keys))


_SITE_COLUMNS = ("place", "lat", "lon", "radius_km", "geo_precision")


def _site(place: str | None, lat: float, lon: float, radius_km: float, precision: int) -> Site:
    return Site(
        place or "", round(lat * DEGREE), round(lon * DEGREE), round(radius_km * 10), precision
    )


def _z(site: Site) -> int:
    return morton(site.lat / DEGREE, site.lon / DEGREE) or 0


def _dictionaries(columns: dict[str, tuple]) -> list[_Dictionary]:
    """What, when, figures and who says so: a ranked dictionary each."""
    starts, ends = columns["start_day"], columns["end_day"]
    durations = [end - start for start, end in zip(starts, ends, strict=True)]
    if min(durations) < 0:
        raise ValueError("an event ends before it starts")
    figures: list[Sequence] = [columns[name] for name in ("low", "best", "high")]
    if not all(map(_is_stated, figures)):
        figures = [[-1 if value is None else value for value in column] for column in figures]
    return [
        _dictionary(columns["sub_type"], columns["actors"]),
        _dictionary(durations, columns["time_precision"]),
        _dictionary(*figures),
        _dictionary(columns["n_sources"], columns["contested"], columns["sources"]),
    ]


def _is_stated(column: Sequence[int | None]) -> bool:
    return None not in column


def _dictionary(*columns: Sequence) -> _Dictionary:
    keys = list(zip(*columns, strict=True))
    values, rank = ranked(keys)
    return _Dictionary(values, list(map(rank.__getitem__, keys)))


def _sorted(uids: Sequence[str], days: Sequence[int], keys: list[list[int]]) -> list[int]:
    """Input positions sorted by day, then the five keys, and by uid where all agree.

    All are folded into one number with the position in its lowest digits: sorting a million plain
    numbers costs a third of sorting tuples. The keys are ranks, so their ranges are known.
    """
    count, first = len(uids), min(days)
    a, b, c, d, e = (max(key) + 1 for key in keys)
    folded = [
        (((((day - first) * a + k0) * b + k1) * c + k2) * d + k3) * e + k4
        for day, k0, k1, k2, k3, k4 in zip(days, *keys, strict=True)
    ]
    order = [n % count for n in sorted([n * count + i for i, n in enumerate(folded)])]
    for start, end in _runs([folded[i] for i in order]):
        order[start:end] = sorted(order[start:end], key=lambda i: uids[i])
    return order


def _runs(values: list[int]) -> list[tuple[int, int]]:
    """Where equal values stand side by side: (start, end), end exclusive, two or more long."""
    same = [i for i, (a, b) in enumerate(pairwise(values)) if a == b]
    runs: list[tuple[int, int]] = []
    for i in same:
        if runs and runs[-1][1] == i + 1:
            runs[-1] = (runs[-1][0], i + 2)
        else:
            runs.append((i, i + 2))
    return runs


def _column(dictionary: _Dictionary, order: list[int]) -> bytes:
    return escaped(itemgetter(*order)(dictionary.ranks) if len(order) > 1 else dictionary.ranks)


def _day_counts(days: list[int]) -> bytes:
    """The first day, how many days there are, and how many rows start on each."""
    counts = Counter(days)
    span = range(days[0], days[-1] + 1)
    return varint(zigzag(days[0])) + varint(len(span)) + varints([counts[day] for day in span])


def _site_steps(days: list[int], sites: list[int]) -> list[int]:
    """Each row's site as the step from the row before; from 0 for the first row of a day."""
    before = [-1, *days[:-1]]
    previous = [0, *sites[:-1]]
    return [
        site - last if day == yesterday else site
        for day, yesterday, site, last in zip(days, before, sites, previous, strict=True)
    ]


def _site_table(sites: list[Site], places: dict[str, int]) -> bytes:
    return b"".join(
        [
            varint(len(sites)),
            varints(deltas([places[s.place] + 1 if s.place else 0 for s in sites])),
            varints(deltas([s.lat for s in sites])),
            varints(deltas([s.lon for s in sites])),
            varints([s.radius for s in sites]),
            bytes([s.precision for s in sites]),
        ]
    )


def _what_table(whats: list[tuple], actors: dict[str, int]) -> bytes:
    return varint(len(whats)) + bytes([w[0] for w in whats]) + _sets([w[1] for w in whats], actors)


def _when_table(whens: list[tuple]) -> bytes:
    return varint(len(whens)) + varints([w[0] for w in whens]) + bytes([w[1] for w in whens])


def _figure_table(figures: list[tuple]) -> bytes:
    parts = [varints([row[k] + 1 for row in figures]) for k in range(3)]
    return varint(len(figures)) + b"".join(parts)


def _says_table(says: list[tuple], sources: dict[str, int]) -> bytes:
    return b"".join(
        [
            varint(len(says)),
            varints([s[0] for s in says]),
            bytes([s[1] for s in says]),
            _sets([s[2] for s in says], sources),
        ]
    )


def _sets(sets: list[tuple[str, ...]], number: dict[str, int]) -> bytes:
    """The sizes of all sets, then their members' numbers."""
    members = [number[key] for key in chain.from_iterable(sets)]
    return varints(map(len, sets)) + varints(members)
