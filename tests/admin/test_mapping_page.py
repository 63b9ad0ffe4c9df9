"""A table of an editor's own: sent, mapped, tried, brought in; nothing public is changed by it."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from events.admin import mapping_page
from events.models import Event, Source
from tests.factories import make_event, make_source, make_user

pytestmark = pytest.mark.django_db
PAGE = "/admin/events/source/table/"
TABLE = (
    "Ref;Day;Where;Lat;Long;What;Killed\n"
    "a1;20/02/2020;سراقب;35.864;36.806;Attack;3\n"
    "a2;21/02/2020;Ariha;35.81;36.61;Attack;<script>alert(1)</script>\n"
    "a3;22/02/2020;Ariha;35.81;36.61;Attack;0\n"
)
MEANS = ("external_id", "start_date", "place", "latitude", "longitude", "sub_event_type")


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    folder = tmp_path / "tables"
    folder.mkdir(mode=0o700)
    monkeypatch.setattr(mapping_page, "folder", lambda: folder)
    return folder


@pytest.fixture
def editor(client):
    client.force_login(make_user(role="editor"))
    return client


def send(client, text=TABLE, name="mine.csv"):
    raw = text.encode() if isinstance(text, str) else text
    return client.post(PAGE, {"table": SimpleUploadedFile(name, raw)})


def mapping(**values):
    means = {f"means_{at}": field for at, field in enumerate((*MEANS, "fatalities_best"))}
    return {**means, **values}


def test_columns_are_shown_with_samples_and_guesses(editor):
    page = send(editor).content.decode()
    assert "سراقب" in page
    assert '<option value="start_date" selected>' in page
    assert "<script>alert(1)" not in page


def test_a_trial_names_wrong_rows_and_changes_nothing(editor):
    send(editor)
    dataset = make_source("Mine", kind="dataset")
    page = editor.post(PAGE, mapping(dataset=dataset.pk, **{"try": "1"})).content.decode()
    assert "2 new, 0 changed, 0 unchanged, 1 rows refused" in page
    assert '<td class="num">3</td>' in page
    assert "<script>alert(1)" not in page
    assert not Event.objects.exists()


def test_what_is_brought_in_are_candidates_of_the_dataset_once(editor, own_folder):
    dataset = make_source("Mine", kind="dataset")
    form = mapping(dataset=dataset.pk, **{"import": "1"})
    for added in (2, 0):
        send(editor)
        assert f"{added} new" in editor.post(PAGE, form).content.decode()
        assert list(own_folder.iterdir()) == []
    assert set(Event.objects.values_list("status", "dataset")) == {("candidate", dataset.pk)}
    assert Event.objects.filter(place__name="سراقب", fatalities_best=3).count() == 1


def test_an_editor_changes_nothing_that_is_public(editor, client):
    dataset = make_source("Mine", kind="dataset")
    public = make_event(dataset=dataset, external_id="a1", status="published", summary="as it is")
    form = mapping(dataset=dataset.pk, **{"import": "1"})
    send(editor)
    editor.post(PAGE, form)
    assert Event.objects.get(pk=public.pk).summary == "as it is"
    client.force_login(make_user(role="publisher"))
    send(client)
    assert "1 changed" in client.post(PAGE, form).content.decode()
    event = Event.objects.get(pk=public.pk)
    assert (event.summary, event.fatalities_best) == ("", 3)
    assert event.history.first().history_user is not None


def test_only_who_may_add_sources_names_a_new_dataset(editor, client):
    form = mapping(new_dataset="قاعدة جديدة", **{"import": "1"})
    send(editor)
    editor.post(PAGE, form)
    assert not Source.objects.exists()
    client.force_login(make_user(role="publisher"))
    send(client)
    client.post(PAGE, form)
    assert Source.objects.get().name == "قاعدة جديدة"
    assert Event.objects.count() == 2


def test_a_trial_with_a_new_dataset_leaves_no_dataset(client):
    client.force_login(make_user(role="publisher"))
    send(client)
    client.post(PAGE, mapping(new_dataset="Mine", **{"try": "1"}))
    assert not Source.objects.exists()


@pytest.mark.parametrize(
    ("change", "hint"),
    [
        ({"means_1": ""}, "No column means “First day”."),
        ({"means_2": "latitude"}, "Two columns mean “Latitude”."),
        ({"means_5": ""}, "Choose a type"),
        ({"dataset": ""}, "Choose the dataset"),
        ({"means_0": "private_note"}, "not one of the available choices"),
    ],
)
def test_a_mapping_that_does_not_do_is_refused_with_its_reason(editor, change, hint):
    send(editor)
    dataset = make_source("Mine", kind="dataset")
    form = mapping(dataset=dataset.pk, **{"import": "1"}) | change
    assert hint in editor.post(PAGE, form).content.decode()
    assert not Event.objects.exists()


@pytest.mark.parametrize("raw", [b"", b"\x00\x00", b"one\n1\n", b"a,b\n" + b"x" * 3_000_000])
def test_what_is_no_table_is_refused_and_not_kept(editor, own_folder, raw):
    assert send(editor, raw).status_code == 200
    assert list(own_folder.iterdir()) == []


def test_a_table_that_is_gone_is_asked_for_again(editor, own_folder):
    send(editor)
    for path in own_folder.iterdir():
        path.unlink()
    assert "send it again" in editor.post(PAGE, mapping()).content.decode()


def test_a_session_names_no_file_outside_the_folder(editor, own_folder):
    session = editor.session
    session[mapping_page.SESSION] = {"file": "../../etc/passwd", "name": "x"}
    session.save()
    assert "send it again" in editor.post(PAGE, mapping()).content.decode()


def test_large_tables_are_refused(editor, own_folder, monkeypatch):
    monkeypatch.setattr(mapping_page, "LARGEST", 100)
    assert "import_events" in send(editor).content.decode()
    assert list(own_folder.iterdir()) == []


def test_the_page_holds_no_inline_style_or_script(editor):
    page = send(editor).content.decode()
    main = page[page.index('id="mapping"') :]
    assert " style=" not in main
    assert "<script" not in main.split("</main>")[0]


def test_the_page_speaks_arabic(editor):
    editor.cookies["django_language"] = "ar"
    page = send(editor).content.decode()
    assert 'dir="rtl"' in page
    assert "معنى الأعمدة" in page
    assert "خط العرض" in page


def test_a_contributor_brings_in_nothing(client):
    client.force_login(make_user(role="contributor"))
    assert client.get(PAGE).status_code == 403
    assert send(client).status_code == 403
