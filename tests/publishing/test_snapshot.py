"""Publishing: what goes into the snapshot's files, and what never does."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.utils import timezone

from events.models import Event, Participation
from events.publishing import store
from events.publishing.snapshot import publish, read_rows
from events.vocabulary import ReviewStatus
from tests.factories import make_actor, make_claim, make_event, make_place, make_report, make_source

pytestmark = pytest.mark.django_db


def make_published(**values):
    values.setdefault("status", ReviewStatus.PUBLISHED)
    return make_event(**values)


def read_json(root, name: str):
    return json.loads(store.open_file(root, name).path.read_bytes())


def public_bytes(root) -> bytes:
    manifest = store.open_manifest(root)
    names = [manifest["bin"]["url"], manifest["names"]["url"], *manifest["ids"]]
    names += [name for _, name in manifest["texts"]["blocks"]]
    return b"".join(store.open_file(root, name).path.read_bytes() for name in names)


def test_only_published_events_are_in_it(snapshot_root):
    make_published()
    make_event()
    make_published(status=ReviewStatus.RETRACTED)
    merged = make_published()
    make_published(merged_into=merged)
    manifest = publish(snapshot_root)
    assert manifest["rows"] == 2


def test_the_manifest_names_what_was_retracted_in_the_last_day(snapshot_root):
    now = timezone.now()
    for uid, hours in [("lately", 2), ("before-that", 20), ("long-ago", 30)]:
        left = now - dt.timedelta(hours=hours)
        make_event(uid=uid, status=ReviewStatus.RETRACTED, retracted_at=left)
    make_event(uid="never-public")
    make_published(uid="public")
    assert publish(snapshot_root)["retracted"] == ["lately", "before-that"]


def test_nothing_published_yet_is_a_snapshot_without_rows(snapshot_root):
    manifest = publish(snapshot_root)
    assert (manifest["rows"], manifest["from"], manifest["to"]) == (0, None, None)
    assert store.open_file(snapshot_root, manifest["bin"]["url"]).path.exists()


def test_the_manifest_says_what_a_reader_needs(snapshot_root):
    make_published(start_date=dt.date(2020, 2, 20))
    make_published(start_date=dt.date(2020, 3, 1), end_date=dt.date(2020, 3, 6))
    manifest = publish(snapshot_root)
    assert manifest == store.open_manifest(snapshot_root)
    assert (manifest["from"], manifest["to"], manifest["version"]) == (
        "2020-02-20",
        "2020-03-06",
        1,
    )
    stored = store.open_file(snapshot_root, manifest["bin"]["url"]).path.read_bytes()
    assert len(stored) == manifest["bin"]["bytes"]
    assert manifest["hash"] == store.digest(stored)


def test_the_same_events_give_the_same_files(snapshot_root, tmp_path):
    for day in (3, 1, 2):
        make_published(start_date=dt.date(2020, 1, day))
    first, again = publish(snapshot_root), publish(tmp_path / "other")
    del first["built_at"], again["built_at"]
    assert first == again


def test_names_stand_in_the_order_of_the_numbers_and_their_surroundings_follow(snapshot_root):
    governorate = make_place("Idlib Governorate", slug="idlib-governorate", kind="governorate")
    saraqib = make_place("Saraqib", slug="saraqib", parent=governorate, name_ar="سراقب")
    event = make_published(place=saraqib)
    Participation.objects.create(event=event, actor=make_actor("HTS", slug="hts"))
    source = make_source("Enab Baladi", slug="enab")
    make_claim(event, report=make_report(source=source))
    names = read_json(snapshot_root, publish(snapshot_root)["names"]["url"])
    assert [p["slug"] for p in names["places"]] == ["saraqib", "idlib-governorate"]
    assert names["places"][0] == {
        "slug": "saraqib", "en": "Saraqib", "ar": "سراقب", "kind": "town",
        "governorate": "idlib-governorate", "parent": "idlib-governorate",
    }  # fmt: skip
    assert [a["slug"] for a in names["actors"]] == ["hts"]
    assert names["sources"] == [{"slug": "enab", "name": "Enab Baladi"}]


def test_texts_stand_in_row_order_and_an_id_leads_to_its_day(snapshot_root):
    late = make_published(start_date=dt.date(2020, 1, 2), summary="The later one")
    early = make_published(start_date=dt.date(2020, 1, 1), summary="The earlier one")
    make_claim(early, quote="Jets struck the market in Idlib on Thursday, killing 5 people")
    manifest = publish(snapshot_root)
    texts = [t for _, name in manifest["texts"]["blocks"] for t in read_json(snapshot_root, name)]
    assert [text["uid"] for text in texts] == [early.uid, late.uid]
    assert texts[0]["claims"][0]["quote"].startswith("Jets struck")
    ids = read_json(snapshot_root, manifest["ids"][0])
    assert ids == {late.uid: 18263, early.uid: 18262}


def test_a_change_leaves_the_text_blocks_of_other_days_as_they_are(snapshot_root):
    events = [make_published(start_date=dt.date(2015, 1, 1) + dt.timedelta(d)) for d in range(2049)]
    before = publish(snapshot_root)["texts"]["blocks"]
    Event.objects.filter(pk=events[2000].pk).update(summary="Changed")
    after = publish(snapshot_root)["texts"]["blocks"]
    assert len(before) > 2
    assert sum(a != b for a, b in zip(before, after, strict=True)) == 1


def test_the_exact_point_of_a_coarsened_event_is_in_no_byte(snapshot_root):
    prison = make_place("Idlib Central Prison", slug="idlib-central-prison", kind="prison",
                        lat=35.94321, lon=36.61234, coarsen_km=5.0)  # fmt: skip
    event = make_published(place=prison, latitude=35.94321, longitude=36.61234)
    make_claim(event, place_text="the prison's eastern wall")
    (row,) = read_rows()
    assert (row.lat, row.lon) != (35.94321, 36.61234)
    assert row.geo_precision == 2
    assert row.radius_km >= 5
    publish(snapshot_root)
    assert b"eastern wall" not in public_bytes(snapshot_root)
    assert b"idlib-central-prison" not in public_bytes(snapshot_root)


def test_private_things_are_in_no_byte(snapshot_root):
    secret = make_source("A friend in town", slug="a-friend", is_public=False)
    event = make_published(private_note="met in a cafe", help_wanted="who was it")
    make_claim(event, report=make_report(source=secret, title="Hidden title"), quote="Hidden words")
    make_event(summary="A draft")
    publish(snapshot_root)
    found = public_bytes(snapshot_root)
    for private in (b"friend", b"cafe", b"who was it", b"Hidden", b"A draft"):
        assert private not in found


def test_reading_the_rows_takes_a_fixed_number_of_queries(django_assert_num_queries):
    for _ in range(3):
        event = make_published()
        make_claim(event)
        Participation.objects.create(event=event, actor=make_actor())
    with django_assert_num_queries(4):
        assert len(read_rows()) == 3


def change_claim(event) -> None:
    event.claims.update(quote="Other words")


def change_report(event) -> None:
    type(event.claims.get().report).objects.update(title="Another title")


def hide_source(event) -> None:
    type(event.claims.get().report.source).objects.update(is_public=False)


def change_role(event) -> None:
    event.participations.update(role="target")


def coarsen(event) -> None:
    Event.objects.filter(pk=event.pk).update(coarsen_km=5.0)


def change_summary(event) -> None:
    Event.objects.filter(pk=event.pk).update(summary="Another summary")


@pytest.mark.parametrize(
    "change", [change_claim, change_report, hide_source, change_role, coarsen, change_summary]
)
def test_a_block_is_made_again_when_anything_in_it_changed(snapshot_root, change):
    event = make_published(summary="A summary")
    make_claim(event, place_text="at the wall")
    Participation.objects.create(event=event, actor=make_actor())
    before = publish(snapshot_root)["texts"]["blocks"]
    assert publish(snapshot_root)["texts"]["blocks"] == before
    change(event)
    assert publish(snapshot_root)["texts"]["blocks"] != before


def test_an_unchanged_block_is_not_made_again(snapshot_root, monkeypatch):
    make_published()
    before = publish(snapshot_root)["texts"]["blocks"]
    monkeypatch.setattr("events.publishing.texts._block_json", None)
    assert publish(snapshot_root)["texts"]["blocks"] == before
