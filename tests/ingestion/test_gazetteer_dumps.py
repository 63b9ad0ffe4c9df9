"""Gazetteers fetched from a public address: whole or not at all, and no bombs."""

from __future__ import annotations

import gzip
import io
import tempfile
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.management import CommandError, call_command

from events.exceptions import RejectedReport
from events.ingestion import fetching
from events.ingestion.gazetteer import dumps, read_gazetteer
from events.models import Place
from tests.ingestion.test_gazetteer import geonames_row

pytestmark = pytest.mark.django_db
ROWS = "\n".join(geonames_row(str(n), f"Village {n}", lat=f"35.{n:02}") for n in range(10, 40))


def make_zip(**members: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name.replace("_", "."), text)
    return packed.getvalue()


class Site(BaseHTTPRequestHandler):
    """A server of dumps, good and bad."""

    BODIES = {
        "/export/SY.zip": make_zip(SY_txt=ROWS, readme_txt="The format is as follows."),
        "/places.txt": ROWS.encode(),
        "/download?id=7": gzip.compress(ROWS.encode()),
        "/page": b"<!doctype html><title>Not here</title>",
        "/bomb.zip": make_zip(SY_txt="0" * 30_000_000),
        "/bomb.gz": gzip.compress(ROWS.encode() + b"0" * 30_000_000),
        "/torn.zip": make_zip(SY_txt=ROWS)[:-40],
    }

    def do_GET(self):
        if self.path == "/moved":
            return self.answer(302, b"", Location="/export/SY.zip")
        if self.path == "/inside":
            return self.answer(302, b"", Location="http://10.0.0.1/SY.zip")
        if self.path == "/short":
            return self.answer(200, b"1\t", length=5000)
        body = self.BODIES.get(self.path)
        return self.answer(404, b"") if body is None else self.answer(200, body)

    def answer(self, status, body, length=None, **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(length or len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """Quiet."""


@pytest.fixture
def site(monkeypatch, tmp_path):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    port = server.server_address[1]
    make_session = fetching.make_session
    monkeypatch.setattr(fetching, "PORTS", frozenset({None, 80, port}))
    monkeypatch.setattr(fetching, "make_session", lambda: make_session(allow_loopback=True))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    yield f"http://127.0.0.1:{port}"
    server.shutdown()
    server.server_close()
    assert list(tmp_path.iterdir()) == []  # whatever happened, no file is left behind


@pytest.mark.parametrize("path", ["/export/SY.zip", "/places.txt", "/download?id=7", "/moved"])
def test_a_dump_is_fetched_unpacked_and_loaded_as_a_file_is(site, path, capsys):
    call_command("import_gazetteer", url=[site + path])
    assert Place.objects.count() == 30
    assert f"{site + path}: 30 places added" in capsys.readouterr().out


def test_a_dump_that_is_fetched_again_changes_nothing(site, capsys):
    call_command("import_gazetteer", url=[site + "/export/SY.zip", site + "/export/SY.zip"])
    assert "0 places added, 30 matched" in capsys.readouterr().out
    assert Place.objects.count() == 30


BAD = {
    "/none": "404",
    "/inside": "not allowed",
    "/short": "broke off",
    "/page": "not a gazetteer format",
    "/bomb.zip": "would unpack to 30,000,000 bytes",
    "/bomb.gz": "unpacks to more than",
    "/torn.zip": "cannot be read",
}


@pytest.mark.parametrize(("path", "hint"), BAD.items())
def test_a_bad_dump_is_named_and_nothing_is_written(site, path, hint):
    with pytest.raises(CommandError, match=hint) as raised:
        call_command("import_gazetteer", url=[site + path])
    assert site + path in str(raised.value)
    assert not Place.objects.exists()


def test_a_dump_beyond_the_limits_is_refused(site, monkeypatch):
    monkeypatch.setattr(dumps, "MOST_BYTES", 100)
    with pytest.raises(CommandError, match="more than 0 MB"):
        call_command("import_gazetteer", url=[site + "/places.txt"])
    monkeypatch.setattr(dumps, "MOST_BYTES", 10**6)
    monkeypatch.setattr(dumps, "MOST_SECONDS", -1.0)
    with pytest.raises(CommandError, match="took more"):
        call_command("import_gazetteer", url=[site + "/places.txt"])


@pytest.mark.parametrize("url", ["http://127.0.0.1/SY.zip", "file:///etc/passwd", "ftp://x.org/a"])
def test_an_address_of_this_machine_or_of_no_web_is_refused(url):
    with pytest.raises(CommandError, match="Nothing was loaded"):
        call_command("import_gazetteer", url=[url])


def test_without_a_file_or_an_address_there_is_nothing_to_load():
    with pytest.raises(CommandError, match="Name a file"):
        call_command("import_gazetteer")


def test_a_zip_without_a_file_is_refused(tmp_path):
    path = tmp_path / "empty.zip"
    path.write_bytes(make_zip())
    with pytest.raises(RejectedReport, match="no file"):
        list(read_gazetteer(path))


def test_a_packed_table_without_an_end_of_line_is_refused(tmp_path):
    path = tmp_path / "endless.txt.gz"
    path.write_bytes(gzip.compress(ROWS.encode() + b"x" * 5_000_000))
    with pytest.raises(RejectedReport, match="unpacks to more"):
        list(read_gazetteer(path))
