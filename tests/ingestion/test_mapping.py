"""Tables with columns of their own names: guessed by their names, read by what an editor says."""

from __future__ import annotations

import datetime as dt

import pytest

from events.exceptions import RejectedReport, RowError
from events.ingestion.tables.mapping import NAMES, guess, peek, read_mapped
from events.ingestion.tables.rows import EventRow
from events.publishing.exports import OUR_COLUMNS

ARABIC = (
    "التاريخ;الموقع;خط العرض;خط الطول;عدد القتلى;ملاحظات\n20/02/2020;سراقب;35,864;36,806;3;قصف\n"
)
COLUMNS = {"start_date": 0, "place": 1, "latitude": 2, "longitude": 3, "fatalities_best": 4}


@pytest.fixture
def table(tmp_path):
    def written(text, encoding="utf-8"):
        path = tmp_path / "table.csv"
        path.write_bytes(text.encode(encoding))
        return path

    return written


@pytest.mark.parametrize(
    ("header", "found"),
    [
        (["Date", "Lat", "Long"], {"start_date": 0, "latitude": 1, "longitude": 2}),
        (["EVENT-DATE", "y", "x", "Notes"],
         {"start_date": 0, "latitude": 1, "longitude": 2, "summary": 3}),
        (["التاريخ", "خط العرض", "خط الطول", "القتلى"],
         {"start_date": 0, "latitude": 1, "longitude": 2, "fatalities_best": 3}),
        (["colour", ""], {}),
        (["date", "date"], {"start_date": 0}),
    ],
)  # fmt: skip
def test_columns_are_guessed_by_their_names(header, found):
    assert guess(header) == found


def test_our_own_columns_are_guessed_whole():
    found = guess(OUR_COLUMNS)
    assert found.keys() >= NAMES.keys() - {"targets", "admin1"}
    assert all(OUR_COLUMNS[at] == field for field, at in found.items() if field != "external_id")


def test_samples_are_shown_of_each_column(table):
    columns = peek(table(ARABIC))
    assert columns[1] == ("الموقع", ["سراقب"])
    assert len(columns) == 6


def test_a_mapped_row_is_an_event(table):
    [row] = read_mapped(table(ARABIC), COLUMNS, {"sub_event_type": "shelling"})
    assert isinstance(row, EventRow)
    assert (row.start, row.place, row.best) == (dt.date(2020, 2, 20), "سراقب", 3)
    assert (row.lat, row.lon) == (35.864, 36.806)


def test_a_row_without_an_id_is_known_again_by_its_cells(table):
    fixed = {"sub_event_type": "shelling"}
    [first] = read_mapped(table(ARABIC), COLUMNS, fixed)
    [again] = read_mapped(table(ARABIC), COLUMNS, fixed)
    [other] = read_mapped(table(ARABIC.replace(";3;", ";4;")), COLUMNS, fixed)
    assert first.external_id == again.external_id != other.external_id


def test_wrong_rows_are_named(table):
    bad = "someday;سراقب;35;36;1;x\n20/02/2020;x;95;36;1;x\n20/02/2020;x\n"
    rows = list(read_mapped(table(ARABIC + bad), COLUMNS, {"sub_event_type": "shelling"}))
    assert [row.line for row in rows[1:] if isinstance(row, RowError)] == [3, 4, 5]


@pytest.mark.parametrize("text", ["", "one column\n1\n", "a," * 300 + "b\n"])
def test_what_is_no_table_is_refused(table, text):
    with pytest.raises(RejectedReport):
        peek(table(text))
