"""Releases: dated, hashed, comparable, and of public data only."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import json

import pytest
from django.core.management import call_command

from events.publishing.release import publish_release
from events.vocabulary import ReviewStatus
from tests.factories import make_event, make_place, make_published_event

pytestmark = pytest.mark.django_db
DAY = dt.date(2021, 3, 4)
BASE = "https://example.org"


def package_of(release):
    return json.loads((release.path / "datapackage.json").read_text("utf-8"))


def test_a_release_holds_what_is_public_with_hashes_that_are_true(tmp_path):
    event = make_published_event(place=make_place("Ariha"))
    make_event(place=make_place("Secret village"))
    release = publish_release(tmp_path, BASE, DAY)
    package = package_of(release)
    assert release.rows == 1
    assert package["version"] == release.version
    assert release.version.startswith("2021-03-04-")
    assert release.version in package["citation"]
    for resource in package["resources"]:
        content = (release.path / resource["path"]).read_bytes()
        assert resource["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()
        assert resource["bytes"] == len(content)
        assert b"Secret" not in content
    assert event.uid in (release.path / "events.csv").read_text("utf-8")


def test_the_fields_of_the_description_are_the_columns_of_the_table(tmp_path):
    make_published_event()
    release = publish_release(tmp_path, BASE, DAY)
    for resource in package_of(release)["resources"]:
        with (release.path / resource["path"]).open(encoding="utf-8-sig", newline="") as source:
            header = next(csv.reader(source))
        assert [f["name"] for f in resource["schema"]["fields"]] == header


def test_the_same_data_is_the_same_release(tmp_path):
    make_published_event()
    first, again = (publish_release(tmp_path, BASE, DAY) for _n in range(2))
    assert first.path == again.path
    assert len(list((tmp_path / "releases").iterdir())) == 1


def test_a_release_tells_what_changed_since_the_one_before(tmp_path):
    place = make_place("Ariha")
    stays, goes = (make_published_event(place=place) for _n in range(2))
    publish_release(tmp_path, BASE, DAY)
    stays.fatalities_low = stays.fatalities_best = stays.fatalities_high = 3
    stays.save()
    goes.status, goes.retracted_at = ReviewStatus.RETRACTED, "2021-03-05T00:00:00Z"
    goes.save()
    comes = make_published_event(place=place)
    release = publish_release(tmp_path, BASE, DAY + dt.timedelta(days=1))
    assert release.changes == {"added": 1, "changed": 1, "gone": 1}
    with (release.path / "changes.csv").open(newline="") as source:
        rows = {row["id"]: row for row in csv.DictReader(source)}
    assert rows[comes.uid]["change"] == "added"
    assert rows[goes.uid]["change"] == "gone"
    assert rows[stays.uid]["columns"] == "fatalities_low; fatalities_best; fatalities_high"
    assert goes.uid in (release.path / "retracted.csv").read_text()


def test_nothing_half_written_is_left_behind(tmp_path, monkeypatch):
    make_published_event()

    def full_disk(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("events.publishing.release.describe", full_disk)
    with pytest.raises(OSError, match="No space"):
        publish_release(tmp_path, BASE, DAY)
    assert list((tmp_path / "releases").iterdir()) == []


def test_the_command_says_where_the_release_is(tmp_path, capsys):
    make_published_event()
    call_command("publish_release", "--root", str(tmp_path))
    assert "1 events in " in capsys.readouterr().out
