"""Files as reports: each kind, and each way in which a file is wrong."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from docx import Document as Docx

from events.exceptions import RejectedReport, RowError
from events.ingestion.documents import Draft, decode, read_bytes


def drafts(raw: bytes, suffix: str) -> list:
    return list(read_bytes(raw, suffix))


def test_plain_text_is_one_draft():
    assert drafts(b"Jets struck Idlib.", ".txt") == [Draft("Jets struck Idlib.")]


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("utf-8-sig", "Idlib, إدلب"),
        ("utf-16", "Idlib, إدلب"),
        (
            "cp1256",
            "قصفت طائرات حربية مدينة إدلب صباح اليوم وأدى القصف إلى مقتل مدنيين في السوق",
        ),
        (
            "cp1251",
            "Военные самолёты нанесли удар по городу Идлиб, сообщили местные жители агентству",
        ),
    ],
)
def test_other_charsets_are_recognised(charset, text):
    assert decode(text.encode(charset)) == text


def test_an_html_page_gives_its_article_title_and_date():
    page = """<html><head><title>Jets over Idlib</title>
    <meta property="article:published_time" content="2020-02-20T10:00:00Z"></head>
    <body><nav>Home About</nav><article><h1>Jets over Idlib</h1>""" + (
        "<p>Warplanes struck the market of Ariha on Thursday and five people were killed there,"
        " rescuers said in the evening.</p>" * 6
    )
    [draft] = drafts((page + "</article></body></html>").encode(), ".html")
    assert "struck the market of Ariha" in draft.text
    assert "Home About" not in draft.text
    assert draft.title == "Jets over Idlib"
    assert str(draft.published)[:10] == "2020-02-20"


def test_a_word_document_gives_its_paragraphs():
    document, file = Docx(), io.BytesIO()
    document.add_paragraph("Shells fell on Saraqib.")
    document.add_paragraph("Nobody was hurt.")
    document.save(file)
    [draft] = drafts(file.getvalue(), ".docx")
    assert draft.text == "Shells fell on Saraqib.\n\nNobody was hurt."


def test_json_lines_keep_the_good_and_name_the_bad():
    raw = b'{"text": "a", "published": "2020-02-20"}\nnot json\n\n{"title": "b"}\n{"text": "c"}'
    first, second, third, fourth = drafts(raw, ".jsonl")
    assert first == Draft("a", published=dt.date(2020, 2, 20))
    assert isinstance(second, RowError)
    assert second.line == 2
    assert third == RowError(4, "no text")
    assert fourth.text == "c"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_table_is_read_with_any_usual_delimiter(delimiter):
    rows = [["text", "title", "published"], ["Jets.", "T", "2020-02-20"], ["More.", "U", "soon"]]
    raw = "\ufeff" + "\r\n".join(delimiter.join(row) for row in rows)
    good, bad = drafts(raw.encode(), ".csv")
    assert good == Draft("Jets.", title="T", published=dt.date(2020, 2, 20), line=2)
    assert isinstance(bad, RowError)
    assert "soon" in bad.reason


def test_a_feed_gives_a_draft_an_entry():
    raw = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>
    <item><title>Jets</title><link>http://a/1</link><description>&lt;p&gt;Jets struck
    Ariha.&lt;/p&gt;</description><pubDate>Thu, 20 Feb 2020 10:00:00 GMT</pubDate></item>
    <item><title>Empty</title></item></channel></rss>"""
    first, second = drafts(raw, ".rss")
    assert "Jets struck" in first.text
    assert first.published == dt.datetime(2020, 2, 20, 10, tzinfo=dt.UTC)
    assert isinstance(second, RowError)


@pytest.mark.parametrize(
    ("raw", "suffix", "hint"),
    [
        (b"", ".txt", "empty"),
        (b"x", ".exe", "known are"),
        (b"not a pdf", ".pdf", "PDF cannot be read"),
        (b"not a zip", ".docx", "document cannot be read"),
        (b"a,b\n1,2\n", ".csv", "no column named text"),
        (b"<html><body></body></html>", ".html", "No article"),
        (b"plain words", ".rss", "no entries"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(raw, suffix, hint):
    with pytest.raises(RejectedReport, match=hint):
        drafts(raw, suffix)
