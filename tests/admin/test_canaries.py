"""Nothing public that no one approved: secrets are planted, and every public byte is searched."""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from events import curation, tasks
from events.models import Event
from events.vocabulary import PlaceKind, ReviewStatus
from tests.factories import (
    make_claim,
    make_event,
    make_mention,
    make_place,
    make_published_event,
    make_report,
    make_source,
    make_user,
)

EXACT_LAT, EXACT_LON = 35.614737, 36.523919
SECRETS = (
    "draftsummary",
    "rejectedsummary",
    "retractedsummary",
    "mergedsummary",
    "confirmedsummary",
    "eventnote",
    "reportnote",
    "sourcenote",
    "privatesourcename",
    "privatesourceurl",
    "privatequote",
    "editorlogin",
    "Editorfirstname",
    "historyreason",
    "helpquestion",
    "rejectreason",
    "sensitivesite",
    "unquotedtext",
    "draftmention",
    "drafttitle",
    "statusnote",
    "villagequote",
    "villagetitle",
    "villageaddress",
    "villagesaid",
)
SEEDS = (
    "/",
    "/embed/",
    "/about/",
    "/events/",
    "/feed/",
    "/healthz",
    "/robots.txt",
    "/sitemap.xml",
    "/nothing-here/",
    "/events/abcdefghjk/",
    "/snapshot/manifest.json",
    "/export/retracted.csv",
    "/api/",
    "/api/openapi.json",
    "/api/collections",
    "/api/collections/events/items?limit=1000",
    "/api/collections/events/items?q=draftsummary",
    "/api/collections/events/items?q=unquotedtext",
    "/api/collections/events/items?q=villagetitle",
    "/api/collections/places/items?limit=1000",
    "/api/collections/reports/items?limit=1000",
    "/api/tombstones",
    "/feed/?q=privatequote",
    "/?lang=ar",
    *(f"/export/events.{kind}" for kind in ("csv", "geojson", "kml")),
    *(f"/export/events.csv?profile={profile}" for profile in ("acled", "ucdp")),
)
LINK = re.compile(rb"""(?:href|src)=["']([^"'#]{1,300})""")
MOST_PAGES = 400


def secret(word: str) -> str:
    return f"canary{word}qz"


@pytest.fixture
def planted(db, settings, tmp_path) -> Event:
    """One harmless published event, one coarsened one, and a secret in every private corner."""
    settings.SNAPSHOT_ROOT = tmp_path
    editor = make_user(
        secret("editorlogin"), role="publisher", first_name=secret("Editorfirstname")
    )
    hidden = make_source(
        secret("privatesourcename"), is_public=False, note=secret("sourcenote"), slug="hidden"
    )
    report = make_report(
        f"A strike hit Idlib. {secret('unquotedtext')} was not quoted.",
        private_note=secret("reportnote"),
        status_note=secret("statusnote"),
        help_wanted=secret("helpquestion"),
        added_by=editor,
    )
    plain = make_published_event(place=make_place("Idlib"), private_note=secret("eventnote"))
    coarse = make_sensitive_event(report)
    make_claim(
        plain,
        quote=secret("privatequote"),
        report=make_report(
            f"{secret('privatequote')} it is said.",
            source=hidden,
            url=f"https://example.org/{secret('privatesourceurl')}",
        ),
    )
    make_unapproved(report, editor)
    reason = secret("historyreason")
    curation.correct(plain, {"is_graphic": True}, editor, reason)
    tasks.republish.enqueue()
    return coarse


def make_sensitive_event(report: Any) -> Event:
    governorate = make_place(
        "Idlib Governorate", 35.8, 36.6, kind=PlaceKind.GOVERNORATE, radius_km=45.0
    )
    site = make_place(
        secret("sensitivesite"), EXACT_LAT, EXACT_LON, kind=PlaceKind.CAMP, parent=governorate
    )
    event = make_event(
        place=site,
        status=ReviewStatus.PUBLISHED,
        published_at=report.received_at,
        is_sensitive=True,
        harm_checked=True,
        coarsen_km=10.0,
    )
    make_claim(event, report=report, quote="A strike hit Idlib.")
    village = make_report(
        f"Shells fell on {secret('villagequote')}, killing five.",
        title=f"Shells on {secret('villagetitle')}",
        url=f"https://example.org/{secret('villageaddress')}",
    )
    make_claim(event, report=village, reported_by=f"people of {secret('villagesaid')}")
    return event


def make_unapproved(report: Any, editor: Any) -> None:
    draft_report = make_report("Not read by anybody yet.", title=secret("drafttitle"))
    draft = make_event(summary=secret("draftsummary"))
    make_claim(draft, report=draft_report)
    make_event(status=ReviewStatus.CONFIRMED, summary=secret("confirmedsummary"))
    rejected = make_event(summary=secret("rejectedsummary"))
    curation.reject(rejected, editor, secret("rejectreason"))
    retracted = make_published_event(summary=secret("retractedsummary"))
    curation.retract(retracted, editor, secret("historyreason"))
    kept, merged = make_published_event(), make_published_event(summary=secret("mergedsummary"))
    curation.merge(kept, merged, editor)
    mentioned = make_report(f"Near {secret('draftmention')} today.")
    make_mention(mentioned, secret("draftmention"))


def crawl(client: Client) -> Iterator[tuple[str, bytes]]:
    """Every page that can be reached from the seeds, and every file of the snapshot."""
    waiting, seen = [*SEEDS, *(f"/events/{uid}/" for uid in uids())], set()
    while waiting and len(seen) < MOST_PAGES:
        address = waiting.pop(0)
        if address in seen:
            continue
        seen.add(address)
        answer = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        yield address, body
        yield f"{address} (headers)", str(dict(answer.headers)).encode()
        waiting += [link for link in links_in(address, body) if link not in seen]


def uids() -> list[str]:
    return list(Event.objects.values_list("uid", flat=True))


def links_in(address: str, body: bytes) -> Iterator[str]:
    found = [match.decode("utf-8", "replace") for match in LINK.findall(body[:400_000])]
    if address.endswith("manifest.json"):
        found += [f"/snapshot/{name}" for name in names_in(json.loads(body))]
    for link in found:
        link = link.replace("&amp;", "&").removeprefix("http://testserver")
        if link.startswith("/") and not link.startswith(("//", "/static/", "/admin/")):
            yield link


def names_in(value: Any) -> Iterator[str]:
    if isinstance(value, str) and value.endswith((".bin", ".json")):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from names_in(each)


def point_encodings() -> list[bytes]:
    """The exact point as text and as the numbers a packed file may hold."""
    found = []
    for value in (EXACT_LAT, EXACT_LON):
        text = str(value)
        found += [text.encode(), text[:-1].encode(), text[:-2].encode()]
        found += [struct.pack("<d", value), struct.pack("<f", value)]
        found += [struct.pack("<i", round(value * scale)) for scale in (10**5, 10**6, 10**7)]
    return found


def test_no_public_byte_tells_what_is_private(planted):
    client, leaks, pages = Client(raise_request_exception=False), [], 0
    for address, body in crawl(client):
        pages += 1
        leaks += [(address, word) for word in SECRETS if secret(word).encode() in body]
        leaks += [(address, each) for each in point_encodings() if each in body]
    # an answer may repeat the question
    asked = {f"/api/collections/events/items?q={q}" for q in ("draftsummary", "villagetitle")}
    assert [leak for leak in leaks if leak[0] not in asked] == []
    assert pages > 2 * len(SEEDS)


def test_words_of_a_coarsened_event_are_public_once_an_editor_says_so(planted):
    curation.correct(planted, {"quotes": "shown"}, make_user(role="publisher"), "no village named")
    tasks.republish.enqueue()
    pages = dict(crawl(Client(raise_request_exception=False)))
    word = secret("villagequote").encode()
    found = {address for address, body in pages.items() if word in body}
    assert f"/events/{planted.uid}/" in found
    assert any(address.startswith("/snapshot/") for address in found)


def test_a_search_does_not_find_a_coarsened_event_by_withheld_words(planted):
    address = "/api/collections/events/items?q=" + secret("villagequote")
    assert Client().get(address).json()["numberMatched"] == 0


def test_the_crawl_would_find_a_leak(planted):
    """The harmless event is found, so the crawl looks where events stand."""
    pages = dict(crawl(Client(raise_request_exception=False)))
    assert any(planted.uid.encode() in body for body in pages.values())
    assert any(address.startswith("/snapshot/") and ".bin" in address for address in pages)


TOMBSTONE = re.compile(rb"<at:deleted-entry [^>]*/?>|\"retracted\": ?\[[^\]]*\]")
"""Where an id that is gone is named, so that whoever holds it drops it: the feed, the manifest."""


def test_a_retraction_reaches_every_public_byte_at_once(
    planted, django_capture_on_commit_callbacks
):
    from events.admin.answers import announce

    with django_capture_on_commit_callbacks(execute=True):
        announce(curation.retract(planted, make_user(role="publisher"), "the camp was named"))
    found = [
        address
        for address, body in crawl(Client(raise_request_exception=False))
        if planted.uid.encode() in TOMBSTONE.sub(b"", body)
        and planted.uid not in address
        and "tombstones" not in address
        and "retracted" not in address
    ]
    assert found == []
