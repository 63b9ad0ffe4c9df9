"""Where an event happened, and which named places are not where it happened."""

from __future__ import annotations

from dataclasses import replace

import pytest

from events.geoparsing.coding import code_events
from events.geoparsing.lexicon import load_lexicon
from tests.geoparsing.documents import coded, make_document


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


def test_the_city_points_back_to_where_something_happened_last():
    text = "Jets bombed Ariha, west of Damascus.\nThe city was shelled by the army."
    events = coded(text, {"Ariha": "Ariha", "Damascus": "Damascus"})
    assert events[-1].locality.place.name == "Ariha"


def test_a_list_of_places_goes_on_after_brackets():
    text = "Militants shelled Saraqib (province of Idlib), Ariha and Binnish."
    events = coded(text, {"Saraqib": "Saraqib", "Ariha": "Ariha", "Binnish": "Binnish"})
    assert [e.locality.place.name for e in events] == ["Saraqib", "Ariha", "Binnish"]


def test_an_agreement_without_a_place_holds_where_the_report_is_about():
    text = "Idlib was quiet.\nJets bombed Saraqib.\nThe two sides agreed on a ceasefire."
    events = coded(text, {"Idlib": "Idlib", "Saraqib": "Saraqib"})
    places = {e.sub_event_type: e.locality.place.name for e in events}
    assert places["agreement"] == "Idlib"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Strikes killed five people in Saraqib and three in Ariha."),
        ("ru", "Авиаудары убили пятерых в Saraqib и троих в Ariha."),
        ("ar", "قتل خمسة مدنيين في Saraqib وثلاثة في Ariha بغارات جوية"),
    ],
)
def test_numbers_with_places_of_their_own_are_events_of_their_own(language, text):
    events = coded(text, {"Saraqib": "Saraqib", "Ariha": "Ariha"}, language=language)
    dead = {event.locality.place.name: event.fatalities.best for event in events}
    assert dead == {"Saraqib": 5, "Ariha": 3}


def test_a_long_list_of_places_leaves_the_weapon_near_its_verb():
    text = "Savaş uçakları, Saraqib, Ariha, Binnish ve Idlib köylerini hedef aldı."
    names = {name: name for name in ("Saraqib", "Ariha", "Binnish", "Idlib")}
    kinds = {event.sub_event_type for event in coded(text, names, language="tr")}
    assert kinds == {"air_drone_strike"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "HTS arrested a fighter from Ariha.\nA patrol of HTS arrested him in Saraqib."),
        ("en", "HTS arrested a man from Ariha in Saraqib."),
    ],
)
def test_where_the_arrested_comes_from_holds_only_until_a_better_place(language, text):
    events = coded(text, {"Ariha": "Ariha", "Saraqib": "Saraqib"}, language=language)
    assert [(e.sub_event_type, e.locality.place.name) for e in events] == [("arrests", "Saraqib")]


def test_what_only_locates_the_place_before_it_is_no_further_place():
    text = "Dozens demonstrated in the village of Saraqib, north of Ariha."
    doc = make_document(text, {"Saraqib": "Saraqib", "north of Ariha": "Ariha"})
    places = list(doc.localities)
    places[1] = replace(places[1], geo_precision=2, radius_km=8.0)
    doc = replace(doc, localities=tuple(places))
    events = code_events(doc, load_lexicon("en")).events
    assert [e.locality.place.name for e in events if not e.verbal] == ["Saraqib"]


def test_a_protest_that_was_the_reason_for_an_arrest_is_the_arrest():
    text = "HTS arrested two people after participating in a protest in Saraqib."
    assert [e.sub_event_type for e in coded(text, {"Saraqib": "Saraqib"})] == ["arrests"]


def test_a_capital_beside_the_word_for_its_government_is_no_place():
    text = "Jets bombed Saraqib.\nThe town was captured by rebels against the Damascus government."
    events = coded(text, {"Saraqib": "Saraqib", "Damascus": "Damascus"})
    assert [e.locality.place.name for e in events] == ["Saraqib", "Saraqib"]


def test_where_a_turkish_source_is_is_not_where_it_happened():
    text = "Idlib'deki kaynaklardan alınan bilgiye göre Saraqib'e hava saldırısı düzenlendi."
    events = coded(text, {"Idlib": "Idlib", "Saraqib": "Saraqib"}, language="tr")
    assert [e.locality.place.name for e in events] == ["Saraqib"]


def test_the_base_that_jets_took_off_from_is_not_where_they_struck():
    text = "Uçaklar Saraqib beldesini bombaladı.\nHmeimim Üssü'nden kalkan uçaklar da saldırdı."
    events = coded(text, {"Saraqib": "Saraqib", "Hmeimim": "Hmeimim"}, language="tr")
    assert {e.locality.place.name for e in events} == {"Saraqib"}


def test_the_province_of_a_base_that_jets_left_is_no_place_either():
    text = "Uçaklar Saraqib köyünü bombaladı.\nAriha'daki Hmeimim Üssü'nden kalkan uçaklar vurdu."
    names = {"Saraqib": "Saraqib", "Ariha": "Ariha", "Hmeimim": "Hmeimim"}
    assert {e.locality.place.name for e in coded(text, names, language="tr")} == {"Saraqib"}
