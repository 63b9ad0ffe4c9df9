"""The desk's pages over HTTP: what they show, what they refuse, how many queries they take."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse

from events import curation
from events.models import Event, Place, Report
from events.vocabulary import Modality, ReportStatus, ReviewStatus
from tests.factories import (
    make_claim,
    make_event,
    make_mention,
    make_participation,
    make_place,
    make_published_event,
    make_report,
    make_source,
    make_user,
)

pytestmark = pytest.mark.django_db
QUEUE = "/admin/events/report/"


@pytest.fixture
def editor(client) -> Any:
    user = make_user("rana", role="editor")
    client.force_login(user)
    return user


def desk_of(report: Report) -> str:
    return reverse("admin:events_report_desk", args=[report.pk])


def make_full_report(number: int = 3, **values: Any) -> Report:
    """A report with some events, each with an actor, a mention and a quote of its own."""
    lines = [f"Shells fell on Village{n} and killed {n} people." for n in range(number)]
    report = make_report("\n\n".join([*lines, f"Number {Report.objects.count()}."]), **values)
    for n, line in enumerate(lines):
        place = make_place(f"Village{n} of {report.pk}")
        event = make_event(place=place)
        make_claim(event, report=report, quote=line)
        make_mention(report, f"Village{n}", place=place)
        make_participation(event)
    return report


# ---------------------------------------------------------------- the queue


def test_the_queue_shows_what_waits_oldest_first(client, editor):
    newer = make_full_report(title="Newer")
    older = make_report(title="Older", published_at="2019-01-01T12:00Z")
    make_report(title="Done", status=ReportStatus.FINISHED)
    page = client.get(QUEUE)
    assert [row.report for row in page.context_data["rows"]] == [older, newer]
    tiles = {tile.key: tile.count for tile in page.context_data["tiles"]}
    assert (tiles["waiting"], tiles["help"]) == (2, 0)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?type=battles", {"clash"}),
        ("?confidence=lo", {"strike"}),
        ("?governorate=none", {"clash"}),
        ("?source=one", {"clash"}),
        ("?language=ar", {"strike"}),
        ("?state=help", {"strike"}),
        ("?q=clash", {"clash"}),
        ("?type=riots", set()),
        ("?type=nonsense", set()),
        ("?state=nonsense", {"clash", "strike"}),
    ],
)
def test_the_queue_is_filtered(client, editor, query, found):
    one, two = make_source("One"), make_source("Two")
    clash = make_report(title="clash", source=one)
    make_claim(
        make_event(sub_event_type="armed_clash", latitude=None, longitude=None), report=clash
    )
    strike = make_report(title="strike", source=two, language="ar", help_wanted="Which al-Habit?")
    make_claim(make_event(place=make_place(), confidence=0.2), report=strike)
    rows = client.get(QUEUE + query).context_data["rows"]
    assert {row.report.title for row in rows} == found


def test_the_queue_takes_as_many_queries_for_many_reports_as_for_few(
    client, editor, django_assert_max_num_queries
):
    for _number in range(12):
        make_full_report()
    with django_assert_max_num_queries(30):
        client.get(QUEUE)


# ----------------------------------------------------------------- the desk


def test_the_desk_takes_as_many_queries_for_many_cards_as_for_few(
    client, editor, django_assert_max_num_queries
):
    report = make_full_report(20)
    with django_assert_max_num_queries(64):  # 12 cards are compared with their neighbours
        client.get(desk_of(report))


def test_statements_are_kept_apart_from_cards(client, editor):
    report = make_report()
    plan = make_event()
    make_claim(plan, report=report, modality=Modality.PLANNED)
    event = make_event()
    make_claim(event, report=report, quote="In Saraqib the shelling went on.")
    page = client.get(desk_of(report)).context_data
    assert [card.event for card in page["cards"]] == [event]
    assert [card.event for card in page["statements"]] == [plan]


def test_the_text_is_printed_whole_and_escaped(client, editor):
    text = "<script>alert(1)</script> & jets\u202eover Idlib\n\nSecond."
    report = make_report(text, title="<b>bold</b>")
    make_mention(report, "Idlib", place=make_place("<i>Idlib</i>"))
    body = client.get(desk_of(report)).content.decode()
    assert "<script>alert" not in body
    assert "<b>bold</b>" not in body
    shown = re.search(r"data-report-text>(.*?)</div>", body, re.DOTALL).group(1)
    bare = re.sub(r"<[^>]+>", "", shown)
    assert bare.split() == (
        ["&lt;script&gt;alert(1)&lt;/script&gt;", "&amp;", "jets\u202eover", "Idlib", "Second."]
    )


@pytest.mark.parametrize("path", ["", "?edit=1", "?edit=99999999999999999999", "?edit=x"])
def test_odd_questions_to_the_desk_are_answered(client, editor, path):
    assert client.get(desk_of(make_full_report()) + path).status_code == 200


def test_a_desk_of_200_kilobytes_is_shown(client, editor):
    report = make_report("Jets struck Idlib again. " * 8500)
    assert client.get(desk_of(report)).status_code == 200


def test_a_refused_decision_says_why_on_the_desk(client, editor):
    report = make_full_report(1)
    event = report.claims.get().event
    Event.objects.filter(pk=event.pk).update(latitude=None, longitude=None)
    answer = client.post(f"{desk_of(report)}event/{event.pk}/confirm/")
    assert answer.status_code == 422
    assert b"no place yet" in answer.content


def test_a_stale_confirmation_shows_both_values(client, editor):
    report = make_full_report(1)
    event = report.claims.get().event
    curation.correct(event, {"sub_event_type": "grenade"}, make_user("omar", role="editor"))
    answer = client.post(f"{desk_of(report)}event/{event.pk}/confirm/", {"version": 0})
    assert answer.status_code == 409
    assert b"omar" in answer.content


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("35.401 35.948", (35.401, 35.948)),
        ("35°24'3.6\"N 35°56'52.8\"E", (35.401, 35.948)),
        ("N 35 24 3.6 E 35 56 52.8", (35.401, 35.948)),
        ("Hmeimim", (35.4, 35.95)),
        ("al-Hmeimim", (35.4, 35.95)),
    ],
)
def test_a_card_is_put_where_an_editor_types(client, editor, typed, expected):
    make_place("Hmeimim", 35.4, 35.95).names.create(text="Hmeimim")
    report = make_full_report(1)
    event = report.claims.get().event
    answer = client.post(
        f"{desk_of(report)}event/{event.pk}/edit/", form_of(event) | {"where": typed}
    )
    assert answer.status_code == 302
    event.refresh_from_db()
    assert (event.latitude, event.longitude) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"start_date": "2020-03-02", "end_date": "2020-03-01"}, "end_date"),
        ({"where": "Nowhere at all"}, "where"),
        ({"actors": "Nobody; Anybody"}, "actors"),
        ({"fatalities_low": "9", "fatalities_best": "3"}, "fatalities_best"),
        ({"sub_event_type": "nonsense"}, "sub_event_type"),
    ],
)
def test_a_slip_is_said_at_its_field_and_nothing_is_stored(client, editor, values, field):
    report = make_full_report(1)
    event = report.claims.get().event
    answer = client.post(f"{desk_of(report)}event/{event.pk}/edit/", form_of(event) | values)
    assert answer.status_code == 422
    [card] = answer.context_data["cards"]
    assert field in card.form.errors
    assert Event.objects.get(pk=event.pk).version == event.version


def form_of(event: Event) -> dict[str, Any]:
    from events.admin.card_form import CardForm

    event.refresh_from_db()
    form = CardForm(event, event.claims.get())
    return {k: "" if v is None else v for k, v in form.initial.items()}


def test_one_saved_form_is_one_undo(client, editor):
    report = make_full_report(1)
    event = report.claims.get().event
    before = form_of(event)
    changed = {"stance": "doubts", "actors": "", "fatalities_best": "4"}
    client.post(f"{desk_of(report)}event/{event.pk}/edit/", before | changed)
    assert event.participations.count() == 0
    client.post(f"{desk_of(report)}undo/")
    after = form_of(event)
    assert {k: v for k, v in after.items() if k != "version"} == {
        k: v for k, v in before.items() if k != "version"
    }


# ---------------------------------------------------------- adding a report


def post_report(client, **values: Any) -> Any:
    source = values.pop("source", None) or make_source()
    data = {"source": source.pk, "title": "A strike", "day": "2020-02-21", **values}
    return client.post("/admin/events/report/add/", data)


def test_a_pasted_report_is_read_and_its_desk_opens(
    client, editor, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        answer = post_report(client, text="An air strike on Idlib killed five people on Thursday.")
    report = Report.objects.get()
    assert answer["Location"] == desk_of(report)
    assert (report.status, report.added_by) == (ReportStatus.READ, editor)
    assert report.dct.isoformat() == "2020-02-21"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", b"required"),
        ("   \n ", b"required"),
        ("\x01\x02\x03\x04\x05\x06\x07\x08", b"binary"),
    ],
)
def test_what_is_no_report_is_refused_at_its_field(client, editor, text, said):
    answer = post_report(client, text=text)
    assert answer.status_code == 200
    assert said in answer.content
    assert not Report.objects.exists()


def test_a_text_that_is_there_leads_to_its_desk(client, editor):
    held = make_report("The same words.")
    answer = post_report(client, text="The same words.")
    assert desk_of(held).encode() in answer.content
    assert Report.objects.count() == 1


# ------------------------------------------------------------ places, events


def test_a_place_in_use_is_not_deleted_and_says_so(client):
    client.force_login(make_user(role="administrator"))
    event = make_published_event()
    answer = client.post(f"/admin/events/place/{event.place_id}/delete/", {"post": "yes"})
    assert Place.objects.filter(pk=event.place_id).exists()
    assert b"Cannot delete" in answer.content or b"protected" in answer.content


@pytest.mark.parametrize("mark", ["\u202e", "\u202d", "\u2067"])
@pytest.mark.parametrize("column", ["name", "name_ar", "names-0-text"])
def test_a_name_that_turns_its_direction_is_refused_in_words(client, editor, column, mark):
    data = {"name": "Idlib", "name_ar": "", "kind": "town", "slug": "idlib", "country": "SY"}
    data |= {"latitude": "35.9", "longitude": "36.6", "radius_km": "1", "importance": "0"}
    data |= {"names-TOTAL_FORMS": "1", "names-INITIAL_FORMS": "0"}
    data |= {"names-0-text": "Idleb", "names-0-language": "en"}
    page = client.post(reverse("admin:events_place_add"), data | {column: f"Idl{mark}bi"})
    assert page.status_code == 200
    assert "turns the direction of writing" in page.content.decode()
    assert not Place.objects.exists()
    client.post(reverse("admin:events_place_add"), data)
    assert Place.objects.get().names.filter(text="Idleb").exists()


def test_history_tells_and_restores(client, editor):
    event = make_event(place=make_place("Idlib"))
    curation.correct(event, {"summary": "first words"}, editor, "as the witness says")
    curation.correct(event, {"summary": "second words"}, editor, "better")
    history = reverse("admin:events_event_history", args=[event.pk])
    body = client.get(history).content.decode()
    assert "first words" in body
    assert "as the witness says" in body
    earlier = event.history.all()[1]
    restore = reverse("admin:events_event_restore", args=[event.pk, earlier.history_id])
    client.post(restore, {"change_reason": "the first was right"})
    event.refresh_from_db()
    assert event.summary == "first words"
    assert event.history.first().history_change_reason == "the first was right"
    assert event.history.count() == 4


def test_the_event_form_shows_a_conflict_instead_of_overwriting(client, editor):
    event = make_event(place=make_place())
    make_claim(event)
    address = reverse("admin:events_event_change", args=[event.pk])
    data = admin_form_of(client.get(address)) | {"summary": "mine"}
    curation.correct(event, {"summary": "theirs"}, make_user("omar", role="editor"))
    answer = client.post(address, data)
    assert answer.status_code == 200
    said = str(answer.context_data["errors"])
    assert "theirs" in said
    assert "mine" in said
    again = client.post(address, data | {"seen_version": Event.objects.get(pk=event.pk).version})
    assert again.status_code == 302, again.context_data["errors"]
    event.refresh_from_db()
    assert event.summary == "mine"


def admin_form_of(answer: Any) -> dict[str, Any]:
    """The values a browser would send back."""
    context = answer.context_data
    forms = [context["adminform"].form]
    data: dict[str, Any] = {}
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    for form in forms:
        for bound in form:
            value = bound.value()
            data[bound.html_name] = "" if value is None or value is False else value
    return data


@pytest.mark.parametrize(
    "name",
    [
        "index",
        "events_report_changelist",
        "events_event_changelist",
        "events_event_add",
        "events_place_add",
        "events_report_add",
        "events_decision_changelist",
        "events_account",
    ],
)
def test_no_page_carries_inline_styles_or_scripts(client, name):
    client.force_login(make_user(role="publisher"))
    body = client.get(reverse(f"admin:{name}")).content.decode()
    assert not re.search(r"<[^>]+ style=|<style|<[^>]+ on[a-z]+=", body)
    for script in re.findall(r"<script[^>]*>", body):
        assert "src=" in script or "nonce=" in script or "application/json" in script


def test_a_whole_report_reaches_the_public(client, settings, tmp_path):
    settings.SNAPSHOT_ROOT = tmp_path
    publisher = make_user(role="publisher")
    client.force_login(publisher)
    report = make_full_report(2)
    for event in Event.objects.all():
        client.post(f"{desk_of(report)}event/{event.pk}/confirm/", {"version": event.version})
    answer = client.post(f"{desk_of(report)}finish/")
    assert answer["Location"] == QUEUE
    assert set(Event.objects.values_list("status", flat=True)) == {ReviewStatus.PUBLISHED}
    desk = client.get(desk_of(report)).content.decode()
    assert "2 events are public; undo takes them back." in desk
    assert "data-undo" in client.get(QUEUE).content.decode()
    client.post(f"{desk_of(report)}undo/")
    assert set(Event.objects.values_list("status", flat=True)) == {ReviewStatus.CONFIRMED}
    assert Report.objects.get().status == ReportStatus.READ
