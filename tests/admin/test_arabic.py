"""The desk read in Arabic: no word of English is left on its pages but names, codes and quotes."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.urls import reverse
from django.utils.translation import gettext, ngettext, override

from events.admin import naming, reasons
from events.models import Decision
from events.vocabulary import SubEventType
from tests.factories import (
    make_actor,
    make_claim,
    make_event,
    make_mention,
    make_participation,
    make_place,
    make_report,
    make_source,
    make_user,
)

WORD = re.compile(r"[A-Za-z]{3,}")
CODES = {"idlibmap", "Esc", "Ctrl", "CSV", "XLSX", "TOTP", "GED", "UCDP", "ACLED", "URL", "API"}
CODES |= {"Alt", "Meta", "English", "Türkçe", "rana", "RANA", "UTC", "JSON", "Idlibmap", "HMAC"}
STOCK = {"Search", "True", "False"}
"""What Django's own pages say in English only: the words beside three of its icons."""
UNREAD = {"code", "script", "style", "template", "svg", "kbd", "bdi", "textarea"}
SPOKEN = ("aria-label", "title", "placeholder", "alt", "data-saved", "data-offline", "data-sign-in")


class Reader(HTMLParser):
    """Collects what a reader of Arabic sees or is told; names and quotes are marked as such."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        theirs = held.get("lang") not in (None, "ar") or "theirs" in (held.get("class") or "")
        if not (theirs or self.is_unread):
            self.words += [held.get(name) or "" for name in SPOKEN]
            self.words += [held.get("value") or ""] if held.get("type") == "submit" else []
        if tag not in {"input", "br", "link", "meta", "img", "col", "hr", "path", "use", "rect"}:
            self.open.append((tag, theirs or tag in UNREAD))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self.is_unread:
            self.words.append(data)

    @property
    def is_unread(self) -> bool:
        return any(unread for _tag, unread in self.open)


def english_in(html: str) -> list[str]:
    """What a page says in Latin letters, names and codes left out."""
    reader = Reader()
    reader.feed(html)
    said = [text.strip() for text in reader.words if set(WORD.findall(text)) - CODES - STOCK]
    return list(dict.fromkeys(said))


@pytest.fixture
def rows(client, db) -> dict[str, Any]:
    """A report of the desk with all that a page can show, and its rows."""
    user = make_user("rana", role="publisher")
    client.force_login(user)
    place = make_place("الصرمان", slug="surman", name_ar="الصرمان")
    source = make_source(name="وكالة", slug="agency")
    report = make_report("سقطت قذائف على الصرمان يوم الثلاثاء.", source=source, language="ar")
    report.title = "قذائف"
    report.save()
    event, other = (make_event(place=place, sub_event_type=SubEventType.SHELLING) for _n in "ab")
    for each in (event, other):
        make_claim(
            each,
            report=report,
            date_text="يوم الثلاثاء",
            date_reason='date from "يوم الثلاثاء": weekday before the report of 2018-02-16',
        )
    for verb in ("confirm", "merge", "undo", "hold"):
        Decision.objects.create(verb=verb, label="قذائف", by=user, event=event)
    make_participation(event, make_actor("جماعة", slug="group", name_ar="جماعة"))
    mention = make_mention(report, "الصرمان", place=place, reason="spelling known")
    mention.candidates = [{"place": place.slug, "score": 0.5, "reasons": ["spelling known"]}]
    mention.save()
    return {"report": report, "event": event, "other": other, "place": place, "mention": mention}


def pages(rows: dict[str, Any]) -> dict[str, str]:
    report, event, place = rows["report"].pk, rows["event"].pk, rows["place"].pk
    desk = reverse("admin:events_report_desk", args=[report])
    return {
        "queue": reverse("admin:events_report_changelist"),
        "desk": desk,
        "editing": f"{desk}?edit={event}",
        "mention": reverse("admin:events_report_mention", args=[report, rows["mention"].pk]),
        "nothing found": reverse("admin:events_report_mention", args=[report, rows["mention"].pk])
        + "?q=ظظظ",
        "merge": reverse("admin:events_report_merge", args=[report, event, rows["other"].pk]),
        "event": reverse("admin:events_event_change", args=[event]),
        "event history": reverse("admin:events_event_history", args=[event]),
        "report history": reverse("admin:events_report_history", args=[report]),
        "place": reverse("admin:events_place_change", args=[place]),
        "place history": reverse("admin:events_place_history", args=[place]),
        "dashboard": reverse("admin:index"),
        "add a report": reverse("admin:events_report_add"),
        "a report's form": reverse("admin:events_report_change", args=[report]),
        "add a place": reverse("admin:events_place_add"),
        "events": reverse("admin:events_event_changelist"),
        "places": reverse("admin:events_place_changelist"),
        "actors": reverse("admin:events_actor_changelist"),
        "sources": reverse("admin:events_source_changelist"),
        "mentions": reverse("admin:events_mention_changelist"),
        "decisions": reverse("admin:events_decision_changelist"),
        "merges": reverse("admin:events_merge_changelist"),
        "account": reverse("admin:events_account"),
        "factor": reverse("admin:events_factor"),
    }


def test_no_page_of_the_desk_says_a_word_of_english_to_a_reader_of_arabic(client, rows):
    found = {}
    for name, address in pages(rows).items():
        answer = client.get(address, headers={"accept-language": "ar"})
        assert answer.status_code == 200, name
        said = english_in(answer.content.decode())
        found |= {name: said} if said else {}
    assert found == {}, "\n".join(map(str, found.items()))


def test_the_catalogue_holds_every_phrase_of_the_machine_and_every_name_of_a_column():
    with override("ar"):
        wanted = reasons.phrases() | {n for n in naming.names() if not n.startswith("histor")}
        missing = {phrase for phrase in wanted if not ARABIC.search(gettext(phrase))}
    assert missing == set()


ARABIC = re.compile("[\u0600-\u06ff]")


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, "قول واحد"), (2, "قولان"), (3, "3 أقوال"), (11, "11 قولاً"), (100, "100 قول")],
)
def test_a_number_and_its_noun_agree(count, said):
    with override("ar"):
        text = ngettext("%(n)s claim", "%(n)s claims", count) % {"n": count}
    assert text == said
