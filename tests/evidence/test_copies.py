"""A backup under traffic is of one moment, proves itself, and comes back row for row."""

from __future__ import annotations

import io
import json
import tarfile

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection

from events.evidence import postgres
from events.evidence.chain import seal, verify
from events.evidence.copies import CopyError, backup, engine, restore
from events.models import Event, Report
from tests.factories import make_published_event, make_report, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def copy(tmp_path):
    """A backup of a database with an event, its report and a session."""
    make_published_event()
    make_user("editor", role="editor")
    Session.objects.create(session_key="k" * 32, session_data="", expire_date="2999-01-01 00:00Z")
    seal(everything=True)
    backup(tmp_path / "copy.tar")
    return tmp_path / "copy.tar"


def test_what_was_lost_or_changed_since_comes_back(copy):
    before = Event.objects.get(), Report.objects.get()
    Report.objects.update(title="changed")
    make_report()
    restore(copy)
    assert Report.objects.get().title == before[1].title
    assert Event.objects.get().uid == before[0].uid
    assert verify().holds
    make_report()  # and the tables go on counting where they were


def test_a_chain_that_grows_meanwhile_leaves_the_copys_own_head(tmp_path, monkeypatch):
    make_published_event()
    seal(everything=True)
    real = engine().digests

    def slowly(*connection):
        if not grown:
            grown.append(make_report())
            seal(everything=True)
        return real(*connection)

    grown: list[Report] = []
    monkeypatch.setattr(engine(), "digests", slowly)
    told = backup(tmp_path / "copy.tar")
    assert grown
    restore(tmp_path / "copy.tar")
    assert Report.objects.count() == 1
    assert verify([told.head]).holds


def test_nobody_stays_logged_in_after_a_restoration(copy):
    restore(copy)
    assert not Session.objects.exists()


def test_the_file_is_for_the_owners_eyes_only(copy):
    assert copy.stat().st_mode & 0o077 == 0


def remade(copy, name, change):
    """The same tar with one member changed."""
    other = copy.with_name("other.tar")
    with tarfile.open(copy) as old, tarfile.open(other, "w") as new:
        for member in old:
            data = old.extractfile(member).read()
            if member.name == name:
                data = change(data)
                member.size = len(data)
            new.addfile(member, io.BytesIO(data))
    return other


def with_value(**values):
    return lambda data: json.dumps({**json.loads(data), **values}).encode()


@pytest.mark.parametrize(
    ("name", "change", "why"),
    [
        ("data", lambda data: data[:-10] + b"0123456789", "another digest"),
        ("manifest.json", with_value(sha256="0" * 64), "another digest"),
        ("manifest.json", with_value(engine="oracle"), "is of oracle"),
        ("manifest.json", with_value(format=99), "another format"),
        ("manifest.json", with_value(migrations=[["events", "9999_later"]]), "newer version"),
        ("manifest.json", lambda data: b"{", "not a whole backup"),
    ],
)
def test_a_damaged_or_foreign_copy_is_refused_and_nothing_changes(copy, name, change, why):
    Report.objects.update(title="kept")
    with pytest.raises(CopyError, match=why):
        restore(remade(copy, name, change))
    assert Report.objects.get().title == "kept"


def test_half_a_file_is_refused(copy):
    copy.write_bytes(copy.read_bytes()[:3000])
    with pytest.raises(CopyError, match="not a whole backup"):
        restore(copy)


def test_the_commands_ask_before_they_replace_anything(copy):
    with pytest.raises(CommandError, match="overwrite"):
        call_command("backup", str(copy))
    with pytest.raises(CommandError, match="overwrite"):
        call_command("restore", str(copy))
    out = io.StringIO()
    call_command("restore", str(copy), overwrite=True, stdout=out)
    assert "as in the backup" in out.getvalue()


def test_without_pg_dump_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda _name: None)
    with pytest.raises(postgres.Failed, match="postgresql-client"):
        postgres.run(connection, "pg_dump")
