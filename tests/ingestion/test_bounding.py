"""Readers led astray are ended, and the file is refused; the server goes on."""

from __future__ import annotations

import io
import time
import zipfile

import pytest

from events.exceptions import RejectedReport
from events.ingestion import documents
from events.ingestion.bounding import bounded
from events.ingestion.documents import Draft, read_bytes


def test_what_is_read_in_the_child_comes_back():
    assert bounded(lambda: [Draft("text", line=n) for n in range(3)])[2].line == 2


def test_a_reader_that_runs_for_ever_is_ended():
    started = time.monotonic()
    with pytest.raises(RejectedReport, match="more than 1 s"):
        bounded(lambda: time.sleep(60) or [], seconds=1)
    assert time.monotonic() - started < 10


def test_a_reader_that_eats_memory_is_ended():
    with pytest.raises(RejectedReport, match="memory"):
        bounded(lambda: [bytes(1 << 30)], memory=64 << 20)


def test_a_reader_that_kills_its_process_is_a_refused_file():
    def suicide():
        import os

        os.abort()

    with pytest.raises(RejectedReport, match="breaks its reader"):
        bounded(suicide)


@pytest.mark.parametrize("error", [RecursionError(), KeyError("x"), AssertionError()])
def test_whatever_a_reader_raises_the_file_is_refused(error):
    def broken():
        raise error

    with pytest.raises(RejectedReport, match=type(error).__name__):
        bounded(broken)


def packed(size: int) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * size)
    return target.getvalue()


def test_a_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(documents, "MOST_UNPACKED", 1000)
    with pytest.raises(RejectedReport, match="unpacks to more"):
        list(read_bytes(packed(1001), ".docx"))


def test_a_document_that_is_none_is_refused():
    with pytest.raises(RejectedReport, match="cannot be read"):
        list(read_bytes(packed(10), ".docx"))
    with pytest.raises(RejectedReport, match="cannot be read"):
        list(read_bytes(b"PK\x03\x04 not a zip", ".docx"))


def make_pdf(content: bytes = b"") -> bytes:
    from pypdf import PdfWriter

    writer, target = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.write(target)
    return target.getvalue()


def test_a_pdf_without_text_says_that_it_may_be_a_scan():
    with pytest.raises(RejectedReport, match="may be a scan"):
        list(read_bytes(make_pdf(), ".pdf"))


def test_a_feed_of_too_many_entries_is_read_as_far_as_allowed(monkeypatch):
    monkeypatch.setattr(documents, "MOST_ENTRIES", 5)
    entries = "".join(
        f"<item><title>{n}</title><description>Jets hit {n}.</description></item>" for n in range(8)
    )
    feed = f"<rss version='2.0'><channel><title>x</title>{entries}</channel></rss>".encode()
    items = list(read_bytes(feed, ".rss"))
    assert len(items) == 6
    assert "3 more entries" in str(items[-1])


def test_a_cell_that_is_too_long_stops_its_table_with_a_reason(monkeypatch):
    import csv

    held = csv.field_size_limit(100)
    try:
        items = list(read_bytes(b"text\nfine\n" + b"x" * 200 + b"\n", ".csv"))
    finally:
        csv.field_size_limit(held)
    assert items[0].text == "fine"
    assert "was not read" in str(items[1])
