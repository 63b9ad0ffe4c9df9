"""Tables that editors bring in: bombs are refused before they are unpacked, cells are values."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from events.models import Event
from tests.factories import make_user

pytestmark = pytest.mark.django_db
IMPORT = "/admin/events/event/import/"
CSV, XLSX = "0", "1"


def make_bomb(megabytes: int) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"\x00" * (megabytes * 1024 * 1024))
    return raw.getvalue()


@pytest.fixture
def bring():
    client = Client(raise_request_exception=False)
    client.force_login(make_user(role="administrator"))

    def posted(name: str, raw: bytes, kind: str):
        file = SimpleUploadedFile(name, raw)
        return client.post(IMPORT, {"import_file": file, "format": kind, "resource": "0"})

    return posted


@pytest.mark.parametrize(
    ("name", "raw", "kind"),
    [
        ("bomb.xlsx", make_bomb(200), XLSX),
        ("large.csv", b"uid,summary\n" + b"x" * 11 * 1024 * 1024, CSV),
        ("not.xlsx", b"PK\x03\x04 no archive", XLSX),
        ("text.xlsx", b"uid\n", XLSX),
        ("binary.csv", bytes(range(256)) * 100, CSV),
        ("empty.csv", b"", CSV),
        ("nul.csv", b"uid,summary\n\x00,\x00\n", CSV),
        ("../../etc/passwd.csv", b"uid\n", CSV),
        ("script.csv", b"uid,summary\n<script>alert(1)</script>,<script>alert(1)</script>\n", CSV),
    ],
)
def test_a_hostile_table_is_refused_in_words_and_changes_nothing(bring, name, raw, kind):
    response = bring(name, raw, kind)
    assert response.status_code in (200, 302, 400, 403, 413)
    assert b"<script>alert(1)" not in response.content
    assert not Event.objects.exists()


def test_a_stranger_brings_in_nothing(client):
    assert client.post(IMPORT, {}).status_code in (302, 403)
