"""Tables in and out of the admin: dry run, errors by row, roles, no inline styles, all formats."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from events.models import Actor, Event, Place
from tests.factories import make_actor, make_event, make_place, make_place_name, make_user

pytestmark = pytest.mark.django_db
PLACE_HEAD = "slug,name,kind,parent,country,latitude,longitude,radius_km,names"


@pytest.fixture
def editor(client):
    user = make_user("rana", role="editor")
    client.force_login(user)
    return user


def bring(client, noun: str, data: bytes, name: str = "table.csv"):
    """The page after the dry run."""
    number = "0" if name.endswith("csv") else "1"
    file = SimpleUploadedFile(name, data)
    values = {"format": number, "import_file": file, "resource": "0"}
    return client.post(reverse(f"admin:events_{noun}_import"), values)


def confirm(client, noun: str, page):
    form = page.context_data["confirm_form"]
    values = {name: form[name].value() or "" for name in form.fields}
    return client.post(reverse(f"admin:events_{noun}_process_import"), values, follow=True)


def test_a_table_of_places_is_shown_first_and_comes_in_after(client, editor):
    governorate = make_place("Idlib governorate", slug="idlib-governorate")
    held = make_place("Saraqib", 35.0, 36.0, slug="saraqib")
    rows = (
        f"{PLACE_HEAD}\n"
        "saraqib,Saraqib,town,idlib-governorate,SY,35.864,36.806,2,en:Saraqeb|ar:سراقب\n"
        "new-camp,New camp,camp,idlib-governorate,SY,36.1,36.7,0.5,\n"
    )
    page = bring(client, "place", rows.encode())
    assert page.status_code == 200
    assert Place.objects.count() == 2, "a dry run stores nothing"
    assert "<del>35.0</del> <ins>35.864</ins>" in page.content.decode()
    confirm(client, "place", page)
    held.refresh_from_db()
    assert (held.latitude, held.parent, held.edited) == (35.864, governorate, True)
    assert set(held.names.values_list("language", "text")) == {("en", "Saraqeb"), ("ar", "سراقب")}
    newest = held.history.first()
    assert (newest.history_user, newest.history_change_reason) == (editor, "came in with a table")
    assert Place.objects.get(slug="new-camp").kind == "camp"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("x,X,town,,SY,95,36,1,", "90"),
        ("x,X,town,,SY,35,,1,", "point"),
        ("x,X,nonsense,,SY,35,36,1,", "nonsense"),
        ("x,X,town,nowhere,SY,35,36,1,", "Place matching query does not exist"),
        ("x,X,town,,SY,35,36,1,Saraqeb", "is no spelling"),
        ("x,X,town,,SY,thirty,36,1,", "thirty"),
    ],
)
def test_a_slip_in_a_row_is_said_and_nothing_of_the_table_is_stored(client, editor, row, said):
    rows = f"{PLACE_HEAD}\nfine,Fine,town,,SY,35,36,1,\n{row}\n"
    page = bring(client, "place", rows.encode())
    assert "confirm_form" not in page.context_data or page.context_data["confirm_form"] is None
    assert said in page.content.decode()
    assert Place.objects.count() == 0


def test_a_place_with_a_name_more_is_no_unchanged_row(client, editor):
    place = make_place("Saraqib", 35.0, 36.0, slug="saraqib", kind="town")
    rows = f"{PLACE_HEAD}\nsaraqib,Saraqib,town,,SY,35.0,36.0,1.0,en:Saraqeb\n"
    confirm(client, "place", bring(client, "place", rows.encode()))
    assert place.names.get().text == "Saraqeb"


def test_actors_come_in_as_a_workbook(client, editor):
    make_actor("Syrian opposition", slug="opposition")
    book = openpyxl.Workbook()
    book.active.append(["slug", "name", "kind", "parent", "is_generic", "names"])
    book.active.append(["new-brigade", "New Brigade", 3, "opposition", 0, "ar:اللواء الجديد"])
    file = io.BytesIO()
    book.save(file)
    confirm(client, "actor", bring(client, "actor", file.getvalue(), "actors.xlsx"))
    actor = Actor.objects.get(slug="new-brigade")
    assert (actor.parent.slug, actor.is_generic) == ("opposition", False)
    assert actor.names.get().text == "اللواء الجديد"


def test_events_without_an_id_come_in_as_candidates(client, editor):
    make_place("Idlib", slug="idlib")
    rows = (
        "uid,sub_event_type,start_date,place,latitude,longitude\n"
        ",shelling,2020-02-20,idlib,35.9,36.6\n,armed_clash,2020-02-21,idlib,35.9,36.6\n"
    )
    confirm(client, "event", bring(client, "event", rows.encode()))
    assert set(Event.objects.values_list("status", "place__slug")) == {("candidate", "idlib")}
    assert Event.objects.count() == 2


def test_what_goes_out_comes_in_unchanged(client, editor):
    place = make_place("Saraqib", kind="town")
    make_place_name(place, "Saraqeb")
    url = reverse("admin:events_place_export")
    out = client.post(url, {"format": "0", "resource": "0"}).content
    page = bring(client, "place", out)
    assert {row.import_type for row in page.context_data["result"].rows} == {"skip"}


@pytest.mark.parametrize("noun", ["event", "place", "actor"])
def test_tables_follow_the_roles(client, noun):
    client.force_login(make_user(role="contributor"))
    assert client.get(reverse(f"admin:events_{noun}_import")).status_code == 403
    assert client.get(reverse(f"admin:events_{noun}_export")).status_code == 200


@pytest.mark.parametrize("noun", ["event", "place", "actor"])
def test_pages_of_tables_carry_no_inline_styles_or_scripts(client, editor, noun):
    for verb in ("import", "export"):
        body = client.get(reverse(f"admin:events_{noun}_{verb}")).content.decode()
        assert not re.search(r"<[^>]+ style=|<style|<[^>]+ on[a-z]+=", body)


def test_a_dry_run_escapes_what_the_table_says(client, editor):
    event = make_event(summary="old")
    rows = f"uid,summary\n{event.uid},<b onclick=x()>new</b>\n"
    body = bring(client, "event", rows.encode()).content.decode()
    assert "<b onclick" not in body
    assert "<del>old</del> <ins>&lt;b onclick" in body


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("a.csv", bytes(range(256)), "no text in UTF-8"),
        ("a.csv", "slug,name\nx,y".encode("utf-16"), "no text in UTF-8"),
        ("a.csv", b"PK\x03\x04", "cannot be read"),
        ("a.csv", b"", "empty"),
        ("a.csv", b"title,day\n1,2\n", "names no column “slug”"),
        ("a.xlsx", b"slug,name\n", "no workbook"),
    ],
)
def test_a_faulty_file_is_refused_in_words(client, editor, name, raw, said):
    chosen = "1" if name.endswith("xlsx") else "0"
    file = SimpleUploadedFile(name, raw)
    address = reverse("admin:events_place_import")
    page = client.post(address, {"import_file": file, "format": chosen, "resource": ""})
    assert page.status_code == 200
    assert said in page.content.decode()
    assert "Traceback" not in page.content.decode()
    assert not Place.objects.exists()
