"""Later sentences joined to the event they speak of, and those that tell of another day."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.geoparsing.documents import coded

MONDAY, TUESDAY = dt.date(2020, 2, 17), dt.date(2020, 2, 18)
TOWNS = {"Saraqib": "Saraqib", "Ariha": "Ariha"}


@pytest.mark.parametrize(
    ("language", "first", "later"),
    [
        ("tr", "Saraqib ilçesinde bomba yüklü araç patladı.", "Terör saldırısında 3 kişi öldü."),
        ("tr", "Saraqib ilçesinde bomba yüklü araç patladı.", "Saldırı sonucu 3 kişi öldü."),
        ("en", "A car bomb went off in Saraqib.", "The attack killed three civilians."),
        ("ru", "В Saraqib взорвался автомобиль.", "В результате атаки погибли трое."),
        ("ar", "انفجرت سيارة مفخخة في Saraqib", "وأسفر الهجوم عن مقتل ثلاثة مدنيين"),
    ],
)
def test_a_generic_noun_after_a_blast_is_that_blast(language, first, later):
    events = coded(f"{first}\n{later}", {"Saraqib": "Saraqib"}, language=language)
    assert [(e.sub_event_type, e.fatalities.best) for e in events] == [("remote_explosive", 3)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "A mine went off in Saraqib.\nNobody died."),
        ("ru", "В Saraqib взорвалась мина.\nНикто не погиб."),
        ("tr", "Saraqib ilçesinde mayın patladı.\nOlayda can kaybı yaşanmazken, hasar oluştu."),
        ("ar", "انفجر لغم في Saraqib\nولم يقتل أحد"),
    ],
)
def test_that_nobody_died_is_said_of_the_event_before(language, text):
    events = coded(text, {"Saraqib": "Saraqib"}, language=language)
    assert [(e.sub_event_type, e.fatalities.best) for e in events] == [("remote_explosive", 0)]


def test_a_killing_of_another_day_and_number_leaves_the_event_before_its_day():
    text = (
        "Four children were killed in an air strike on Saraqib on Tuesday.\n"
        "On Monday the army killed 13 militants in Saraqib."
    )
    events = coded(text, {"Saraqib": "Saraqib"}, {"Tuesday": TUESDAY, "Monday": MONDAY})
    assert {(e.start_date, e.fatalities.best) for e in events} == {(TUESDAY, 4), (MONDAY, 13)}


def test_the_attack_of_the_day_before_sets_no_day_for_what_follows():
    text = (
        "Dün Saraqib'de konvoya yönelik saldırının ardından bugün Ariha'da patlama oldu.\n"
        "Kavşakta bomba yüklü araç infilak etti, altı kişi öldü."
    )
    events = coded(text, TOWNS, {"Dün": MONDAY, "bugün": TUESDAY}, language="tr")
    assert [(e.locality.place.name, e.start_date) for e in events] == [
        ("Saraqib", MONDAY),
        ("Ariha", TUESDAY),
    ]
    assert events[1].fatalities.best == 6


def test_an_earlier_attack_elsewhere_is_not_the_blast_of_the_lead():
    text = "A blast shook Idlib.\nThe attack in Saraqib came on Monday."
    events = coded(text, {"Idlib": "Idlib", "Saraqib": "Saraqib"}, {"Monday": MONDAY})
    assert MONDAY in {e.start_date for e in events if e.locality.place.name == "Saraqib"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Войска открыли огонь по селам Saraqib и Ariha.", "shelling"),
        ("Неизвестные открыли огонь по мирным жителям в Saraqib.", "attack"),
        ("Школьный автобус попал под авиаобстрел в Saraqib.", "air_drone_strike"),
    ],
)
def test_what_fire_was_opened_on_types_it(text, kind):
    named = {name: place for name, place in TOWNS.items() if name in text}
    assert {e.sub_event_type for e in coded(text, named, language="ru")} == {kind}


def test_missiles_of_the_attack_that_were_shot_down_are_no_event_of_their_own():
    text = (
        "Jets struck several sites in Saraqib, killing two people.\n"
        "Some of the missiles fired by the jets were shot down.\nThe attacks damaged the road."
    )
    events = coded(text, {"Saraqib": "Saraqib"})
    assert [(e.sub_event_type, e.fatalities.best) for e in events] == [("air_drone_strike", 2)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Missiles fired by jets were shot down over Saraqib.", "disrupted_weapons_use"),
        ("A jet that had fired missiles was shot down over Saraqib.", "shelling"),
    ],
)
def test_what_was_shot_down_is_what_the_sentence_names_first(text, kind):
    assert [e.sub_event_type for e in coded(text, {"Saraqib": "Saraqib"})] == [kind]


def test_a_toll_that_rose_belongs_to_the_strike_and_holds():
    text = (
        "More than a dozen people were killed in an air strike on Saraqib.\n"
        "Jets attacked several targets.\nThe death toll has risen. By noon it had reached 14 dead."
    )
    events = coded(text, {"Saraqib": "Saraqib"})
    assert [(e.sub_event_type, e.fatalities.best) for e in events] == [("air_drone_strike", 14)]


def test_a_shelling_in_the_clause_before_a_drone_shot_down_is_told_as_well():
    text = (
        "أسفر قصف بلدة Saraqib عن إصابة ثمانية عسكريين وعدد من سكان الحي الغربي القديم بجروح، "
        "وتم إسقاط طائرة مسيرة فوق المواقع"
    )
    kinds = {e.sub_event_type for e in coded(text, {"Saraqib": "Saraqib"}, language="ar")}
    assert "shelling" in kinds


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "وأفادت وكالة سانا بأن الجيش استعاد السيطرة على بلدة Saraqib",
            "government_regains_territory",
        ),
        ("سيطر الجيش الحر على بلدة Saraqib", "non_state_overtakes_territory"),
        ("سيطر الجيش الوطني على بلدة Saraqib", "non_state_overtakes_territory"),
    ],
)
def test_an_army_without_more_words_is_the_governments(text, kind):
    events = coded(text, {"Saraqib": "Saraqib"}, language="ar")
    assert [e.sub_event_type for e in events] == [kind]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Ariha'nın karşısındaki bölgede mayın patladı.", [None]),
        ("Ariha'nın karşısındaki Saraqib ilçesinde mayın patladı.", ["Saraqib"]),
    ],
)
def test_what_a_turkish_place_lies_opposite_of_is_not_where_it_happened(text, places):
    named = {name: place for name, place in TOWNS.items() if name in text}
    found = [e.locality for e in coded(text, named, language="tr")]
    assert [where and where.place.name for where in found] == places
