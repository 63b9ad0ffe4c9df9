"""Rows to bytes: the cases that the browser's tests read too, and what must hold for any rows."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import json
import lzma
import random
from array import array
from pathlib import Path

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.publishing.columns import deltas, escaped, ranked, varint, varints, zigzag
from events.publishing.pack import EventRow, pack

WRITTEN = json.loads((Path(__file__).parent.parent / "snapshot_cases.json").read_text())
CASES = WRITTEN["cases"]


def rows_of(case) -> list[EventRow]:
    return [make_row(**row) for row in case["rows"]]


def make_row(**values) -> EventRow:
    values = {**WRITTEN["defaults"], **values}
    sets = {key: tuple(values[key]) for key in ("actors", "sources")}
    return EventRow(**{**values, **sets})


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_rows_give_the_bytes_that_are_written_down(case):
    rows = rows_of(case)
    packed = pack(rows)
    assert packed.data.hex() == case["hex"]
    assert [rows[i].uid for i in packed.order] == case["order"]
    assert (packed.places, packed.actors) == (case["places"], case["actors"])
    assert packed.sources == case["sources"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_order_that_rows_come_in_does_not_matter(case):
    rows = rows_of(case)
    shuffled = random.Random(3).sample(rows, len(rows))
    packed = pack(shuffled)
    assert packed.data.hex() == case["hex"]
    assert [shuffled[i].uid for i in packed.order] == case["order"]


def test_an_event_that_ends_before_it_starts_is_refused():
    with pytest.raises(ValueError, match="ends before it starts"):
        pack([make_row(start_day=10, end_day=9)])


def test_no_exact_digit_survives_beyond_a_metre():
    assert pack([make_row(lat=35.864719)]).data == pack([make_row(lat=35.864721)]).data


def read_varints(data: bytes, count: int) -> list[int]:
    values, at = [], 0
    for _ in range(count):
        value, shift = 0, 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                break
        values.append(value)
    assert at == len(data)
    return values


@given(st.lists(st.integers(0, 2**40)))
def test_varints_can_be_read_back(values):
    assert read_varints(varints(values), len(values)) == values


@given(st.lists(st.integers(-(2**40), 2**40)))
def test_deltas_can_be_read_back(values):
    at, found = 0, []
    for step in deltas(values):
        at += step // 2 if step % 2 == 0 else -(step + 1) // 2
        found.append(at)
    assert found == values


@given(st.lists(st.integers(0, 2**30), min_size=1))
def test_an_escaped_column_can_be_read_back(values):
    data = escaped(values)
    heads, rest = data[: len(values)], data[len(values) :]
    more = iter(read_varints(rest, sum(head == 255 for head in heads)))
    assert [head if head < 255 else 255 + next(more) for head in heads] == values


@pytest.mark.parametrize(("value", "coded"), [(0, 0), (-1, 1), (1, 2), (-2, 3), (2**31, 2**32)])
def test_small_numbers_of_either_sign_stay_small(value, coded):
    assert zigzag(value) == coded


def test_a_varint_has_seven_bits_a_byte():
    assert [varint(v).hex() for v in (0, 127, 128, 300)] == ["00", "7f", "8001", "ac02"]


def test_ranks_go_by_frequency_then_by_value():
    assert ranked(["b", "c", "a", "c", "b"])[0] == ["b", "c", "a"]


row_values = st.builds(
    EventRow,
    uid=st.uuids().map(str),
    place=st.sampled_from([None, "a", "b", "c"]),
    start_day=st.integers(17_000, 17_010),
    end_day=st.integers(17_010, 17_400),
    sub_type=st.integers(0, 24),
    time_precision=st.integers(0, 3),
    geo_precision=st.integers(1, 3),
    lat=st.floats(-80, 80),
    lon=st.floats(-180, 180),
    radius_km=st.floats(0, 500),
    low=st.none() | st.integers(0, 500),
    best=st.none() | st.integers(0, 500),
    high=st.none() | st.integers(0, 500),
    n_sources=st.integers(0, 300),
    contested=st.booleans(),
    actors=st.lists(st.sampled_from("xyz"), unique=True).map(sorted).map(tuple),
    sources=st.lists(st.sampled_from("pqr"), unique=True).map(sorted).map(tuple),
)


@settings(max_examples=50, deadline=None)
@given(st.lists(row_values, max_size=30, unique_by=lambda row: row.uid))
def test_any_rows_in_any_order_give_the_same_bytes(rows):
    packed = pack(rows)
    assert pack(rows[::-1]).data == packed.data
    assert sorted(packed.order) == list(range(len(rows)))
    assert [rows[i].start_day for i in packed.order] == sorted(row.start_day for row in rows)


def read_ucdp(path: Path) -> list[EventRow]:
    """Real events as rows; sub-types are guessed roughly, which only the bytes care about."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [ucdp_row(record) for record in csv.DictReader(file)]


def ucdp_row(record: dict[str, str]) -> EventRow:
    start, end = (
        dt.date.fromisoformat(record[key][:10]).toordinal() - dt.date(1970, 1, 1).toordinal()
        for key in ("date_start", "date_end")
    )
    headline = record["source_headline"].lower()
    sub_type = 9 if "strike" in headline else 11 if "shell" in headline else 2
    sources = {name.strip() for name in record["source_office"].split(";")} - {""}
    return EventRow(
        record["id"], f"{record['where_coordinates']} {record['adm_2']} {record['adm_1']}",
        start, end, sub_type, (0, 0, 1, 1, 2, 3)[int(record["date_prec"])],
        min(3, int(record["where_prec"])), float(record["latitude"]), float(record["longitude"]),
        0.0, int(record["low"]), int(record["best"]), int(record["high"]),
        max(0, int(record["number_of_sources"])), False,
        tuple(sorted({record["side_a"], record["side_b"]})), tuple(sorted(sources)),
    )  # fmt: skip


def plain_columns(rows: list[EventRow]) -> bytes:
    """The same columns without any coding of ours: sorted rows, 32-bit numbers, field by field."""
    rows = sorted(rows, key=lambda row: (row.start_day, row.place, row))
    columns = []
    for column in zip(*(row[1:] for row in rows), strict=True):
        if isinstance(column[0], float):
            column = [round(value * 100_000) for value in column]
        if not isinstance(column[0], int):
            numbers = {value: i for i, value in enumerate(dict.fromkeys(column))}
            column = [numbers[value] for value in column]
        columns.append(array("i", column).tobytes())
    return b"".join(columns)


def test_real_events_take_less_than_xz_needs_for_the_same_columns(shared):
    path = shared / "data" / "events" / "ucdp_ged191_syria_2016_2019.csv.gz"
    rows = read_ucdp(path)
    ours = len(brotli.compress(pack(rows).data, quality=11, lgwin=24))
    xz = len(lzma.compress(plain_columns(rows), preset=9 | lzma.PRESET_EXTREME))
    assert ours <= 1.05 * xz
    assert ours <= 1.05 * len(lzma.compress(pack(rows).data, preset=9 | lzma.PRESET_EXTREME))
