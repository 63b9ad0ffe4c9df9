"""Files as reports: text, HTML, PDF, DOCX, JSON lines, CSV and feeds become drafts to take in.

A file that cannot be read, or a row of one, raises or yields a clear error; nothing else is lost.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import feedparser
import trafilatura
from charset_normalizer import from_bytes
from docx import Document as Docx
from pypdf import PdfReader

from events.exceptions import RejectedReport, RowError
from events.ingestion.bounding import bounded
from events.ingestion.fetching import fetch

MOST_PAGES = 500
MOST_ENTRIES = 10_000
MOST_FILE_BYTES = 200 * 1024 * 1024
MOST_UNPACKED = 100 * 1024 * 1024
LONGEST_CELL = 10 * 1024 * 1024
csv.field_size_limit(max(LONGEST_CELL, csv.field_size_limit()))


@dataclass(frozen=True, slots=True)
class Draft:
    """A report before it is stored; `line` is its place in a file of many."""

    text: str
    title: str = ""
    url: str = ""
    published: dt.datetime | dt.date | None = None
    language: str = ""
    author: str = ""
    line: int = 1

    def details(self) -> dict[str, Any]:
        """What `take_in` wants to know besides text and source."""
        return {
            "title": self.title,
            "url": self.url,
            "published_at": self.published,
            "language": self.language,
            "author": self.author,
        }


Item = Draft | RowError


def read_file(path: Path) -> Iterator[Item]:
    """The drafts of a file, by its suffix; rows that are wrong come as RowError.

    Raises RejectedReport when the file as a whole cannot be read.
    """
    try:
        if path.stat().st_size > MOST_FILE_BYTES:
            raise RejectedReport(f"{path.name} has more than {MOST_FILE_BYTES // 2**20} MB.")
        raw = path.read_bytes()
    except OSError as error:
        raise RejectedReport(f"{path.name} cannot be read: {error.strerror}") from error
    yield from read_bytes(raw, path.suffix.lower())


def read_bytes(raw: bytes, suffix: str) -> Iterator[Item]:
    """The drafts of a file's content; `suffix` such as ".html" says what it is."""
    reader = READERS.get(suffix)
    if reader is None:
        raise RejectedReport(f"{suffix or 'no suffix'}: known are {', '.join(sorted(READERS))}")
    if not raw.strip():
        raise RejectedReport("The file is empty.")
    if suffix in BOUNDED:
        yield from bounded(lambda: reader(raw))
    else:
        yield from reader(raw)


def read_address(url: str) -> Iterator[Item]:
    """The drafts behind an address: an article, a PDF, plain text or the entries of a feed.

    Raises FetchRefused or RejectedReport.
    """
    fetched = fetch(url)
    suffix = SUFFIX_OF_TYPE.get(fetched.content_type, ".html")
    if suffix == ".html":
        yield from bounded(lambda: html_draft(fetched.content, fetched.url))
        return
    for item in read_bytes(fetched.content, suffix):
        yield replace(item, url=item.url or fetched.url) if isinstance(item, Draft) else item


def decode(raw: bytes) -> str:
    """`raw` as text: UTF-8 (with or without a mark), else the most likely other charset."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", "replace")
    best = from_bytes(raw, cp_isolation=["cp1256", "cp1251", "cp1254", "cp1252"]).best()
    return str(best) if best else raw.decode("utf-8", "replace")


def _text(raw: bytes) -> Iterator[Item]:
    yield Draft(decode(raw))


def _html(raw: bytes) -> Iterator[Item]:
    yield from html_draft(raw)


def html_draft(raw: bytes | str, url: str = "") -> Iterator[Draft]:
    """The article of a page with its title, date and author."""
    found = trafilatura.bare_extraction(raw, url=url or None, with_metadata=True)
    if found is None or not (found.text or "").strip():
        raise RejectedReport("No article was found in the page.")
    yield Draft(
        text=found.text,
        title=found.title or "",
        url=found.url or url,
        published=parse_moment(found.date),
        author=found.author or "",
    )


def _pdf(raw: bytes) -> Iterator[Item]:
    try:
        reader = PdfReader(io.BytesIO(raw))
        pages = [page.extract_text() or "" for page in reader.pages[:MOST_PAGES]]
    except Exception as error:  # pypdf raises many kinds on broken files
        raise RejectedReport(f"The PDF cannot be read: {error}") from error
    text = "\n\n".join(pages).strip()
    if not text:
        raise RejectedReport("The PDF has no text in it; it may be a scan.")
    yield Draft(text)


def _docx(raw: bytes) -> Iterator[Item]:
    refuse_bombs(raw)
    try:
        paragraphs = [p.text for p in Docx(io.BytesIO(raw)).paragraphs]
    except Exception as error:  # python-docx raises many kinds on broken files
        raise RejectedReport(f"The document cannot be read: {error}") from error
    yield Draft("\n\n".join(p for p in paragraphs if p.strip()))


def refuse_bombs(raw: bytes) -> None:
    """Refuse a packed file that unpacks to more than a document has."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            size = sum(part.file_size for part in packed.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise RejectedReport(f"The document cannot be read: {error}") from error
    if size > MOST_UNPACKED:
        raise RejectedReport(f"The document unpacks to more than {MOST_UNPACKED // 2**20} MB.")


def _json_lines(raw: bytes) -> Iterator[Item]:
    for line, text in enumerate(decode(raw).splitlines(), 1):
        if text.strip():
            yield _guarded(line, lambda text=text: json.loads(text))


def _csv(raw: bytes) -> Iterator[Item]:
    text = decode(raw)
    try:
        dialect: Any = csv.Sniffer().sniff(text[:4096], delimiters=",;\t|")
    except csv.Error:
        dialect = csv.excel
    reader = csv.DictReader(io.StringIO(text, newline=""), dialect=dialect)
    if "text" not in (reader.fieldnames or []):
        raise RejectedReport("The table has no column named text.")
    try:
        for row in reader:
            yield _guarded(reader.line_num, lambda row=row: row)
    except csv.Error as error:
        yield RowError(reader.line_num + 1, f"{error}; the rest of the file was not read")


def _guarded(line: int, read: Callable[[], Any]) -> Item:
    try:
        return draft_of(read(), line)
    except (ValueError, RecursionError) as error:
        return RowError(line, str(error) or "cannot be read")


def draft_of(record: Any, line: int = 1) -> Draft:
    """A draft from a mapping with text and, if known, title, url, published, language, author."""
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        raise ValueError("no text")
    return Draft(
        text=record["text"],
        title=str(record.get("title") or ""),
        url=str(record.get("url") or ""),
        published=parse_moment(record.get("published")),
        language=str(record.get("language") or ""),
        author=str(record.get("author") or ""),
        line=line,
    )


def parse_moment(value: Any) -> dt.datetime | dt.date | None:
    """An ISO day or moment; None for nothing. Raises ValueError for anything else."""
    if not value:
        return None
    text = str(value).strip()
    try:
        if len(text) == 10:
            return dt.date.fromisoformat(text)
        return dt.datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError as error:
        raise ValueError(f"published: {text[:40]!r} is not a day such as 2020-02-20") from error


def _feed(raw: bytes) -> Iterator[Item]:
    found = feedparser.parse(raw)
    if not found.entries:
        raise RejectedReport("The feed has no entries, or is not RSS or Atom.")
    for line, entry in enumerate(found.entries[:MOST_ENTRIES], 1):
        yield _entry(line, entry)
    more = len(found.entries) - MOST_ENTRIES
    if more > 0:
        yield RowError(MOST_ENTRIES + 1, f"{more} more entries were not read")


def _entry(line: int, entry: Any) -> Item:
    parts = [c.get("value", "") for c in entry.get("content", [])] or [entry.get("summary", "")]
    markup = max(parts, key=len)
    text = trafilatura.html2txt(f"<html><body>{markup}</body></html>") if markup else ""
    if not (text or "").strip():
        return RowError(line, f"the entry {entry.get('title', '')[:60]!r} has no text")
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    published = dt.datetime(*moment[:6], tzinfo=dt.UTC) if moment else None
    return Draft(
        text=text,
        title=entry.get("title", ""),
        url=entry.get("link", ""),
        published=published,
        author=entry.get("author", ""),
        line=line,
    )


READERS: dict[str, Callable[[bytes], Iterator[Item]]] = {
    ".txt": _text,
    ".html": _html,
    ".htm": _html,
    ".pdf": _pdf,
    ".docx": _docx,
    ".jsonl": _json_lines,
    ".csv": _csv,
    ".xml": _feed,
    ".rss": _feed,
    ".atom": _feed,
}
BOUNDED = frozenset({".html", ".htm", ".pdf", ".docx", ".xml", ".rss", ".atom"})
"""What is read in a child process: formats whose readers a file can lead astray."""

SUFFIX_OF_TYPE = {
    "text/plain": ".txt",
    "application/pdf": ".pdf",
    "application/rss+xml": ".rss",
    "application/atom+xml": ".atom",
    "application/xml": ".xml",
    "text/xml": ".xml",
}
