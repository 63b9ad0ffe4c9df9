"""Where an event happened, and which named places are not where it happened."""

from __future__ import annotations

import pytest

from tests.geoparsing.documents import coded


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Jets bombed Saraqib.\nIn Moscow the ministry said that rebels shelled the army."),
        ("en", "Jets bombed Saraqib.\nSpeaking in Moscow, a general said rebels had shelled it."),
        ("en", "Jets bombed Saraqib.\nIn Damascus, the command said that rebels shelled the army."),
        ("ru", "Авиация бомбила Saraqib.\nВ Moscow заявили, что боевики обстреляли армию."),
        ("ar", "قصف الطيران Saraqib\nوفي Moscow قالت الوزارة إن مسلحين قصفوا الجيش بالمدفعية"),
    ],
)
def test_where_somebody_speaks_is_not_where_it_happened(language, text):
    names = {name: name for name in ("Saraqib", "Moscow", "Damascus") if name in text}
    events = coded(text, names, language=language)
    assert {event.locality.place.name for event in events} == {"Saraqib"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Jets that took off from Hmeimim bombed Saraqib."),
        ("tr", "Hmeimim'den havalanan uçaklar Saraqib'de bir aracı vurdu."),
    ],
)
def test_where_the_jets_came_from_is_not_where_they_struck(language, text):
    event = coded(text, {"Hmeimim": "Hmeimim", "Saraqib": "Saraqib"}, language=language)[0]
    assert event.locality.place.name == "Saraqib"


def test_an_origin_alone_leaves_the_place_told_before():
    text = "Jets bombed Saraqib.\nA plane from Hmeimim shelled the town."
    events = coded(text, {"Saraqib": "Saraqib", "Hmeimim": "Hmeimim"})
    assert {event.locality.place.name for event in events} == {"Saraqib"}


def test_ground_is_taken_by_its_name_too():
    event = coded("The army seized Saraqib.", {"Saraqib": "Saraqib"})[0]
    assert (event.sub_event_type, event.locality.place.name) == (
        "government_regains_territory",
        "Saraqib",
    )


def test_an_item_of_a_list_needs_no_verb():
    text = "- Saraqib: 22 artillery shells.\n- Ariha: six mortar rounds in olive groves."
    events = coded(text, {"Saraqib": "Saraqib", "Ariha": "Ariha"})
    assert [(e.sub_event_type, e.locality.place.name) for e in events] == [
        ("shelling", "Saraqib"),
        ("shelling", "Ariha"),
    ]


def test_what_is_only_planned_sets_no_scene():
    text = "Jets bombed Saraqib.\nRebels plan to attack Ariha.\nShelling killed two people."
    events = coded(text, {"Saraqib": "Saraqib", "Ariha": "Ariha"})
    assert [e.locality.place.name for e in events if e.fatalities] == ["Saraqib"]
