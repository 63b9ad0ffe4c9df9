"""What points back: "the attack", "17 fighters had been killed", "in return"."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.geoparsing.documents import coded

MONDAY, TUESDAY = dt.date(2020, 2, 17), dt.date(2020, 2, 18)
TOWNS = {"Saraqib": "Saraqib", "Ariha": "Ariha"}


@pytest.mark.parametrize(
    ("language", "first", "later"),
    [
        ("en", "Jets bombed Saraqib.", "The attack killed five people."),
        ("en", "A car bomb went off in Saraqib.", "The blast killed five people."),
        ("en", "Rebels and the army clashed in Saraqib.", "At least five fighters were killed."),
        ("ar", "قصفت طائرات روسية مدينة Saraqib", "وأسفر القصف عن مقتل خمسة مدنيين"),
        ("ru", "Самолеты нанесли удар по городу Saraqib.", "В результате атаки погибли пятеро."),
        ("tr", "Uçaklar Saraqib ilçesini bombaladı.", "Saldırıda beş sivil öldü."),
    ],
)
def test_what_points_back_adds_to_the_event_told_before(language, first, later):
    events = coded(f"{first}\n{later}", {"Saraqib": "Saraqib"}, language=language)
    assert [(e.locality.place.name, e.fatalities.best) for e in events] == [("Saraqib", 5)]


def test_a_turkish_attack_at_the_head_of_a_sentence_was_told_before():
    text = "Konvoy hava saldırısına uğradı.\nSaldırı, konvoy Saraqib yakınındayken düzenlendi."
    events = coded(text, {"Saraqib": "Saraqib"}, language="tr")
    assert [(e.sub_event_type, e.locality.place.name) for e in events] == [
        ("air_drone_strike", "Saraqib")
    ]


def test_words_of_killing_take_the_event_of_their_own_kind():
    text = (
        "Rebels fought the army in Saraqib, and two suicide bombers blew themselves up in Ariha.\n"
        "At least 30 fighters of both sides were killed."
    )
    events = coded(text, TOWNS)
    dead = {e.sub_event_type: e.fatalities.best for e in events if e.fatalities}
    assert dead == {"armed_clash": 30}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Rebels shelled Saraqib.\nTurkish artillery fired shells in response."),
        ("ru", "Боевики обстреляли Saraqib.\nАрмия обстреляла их позиции в ответ."),
        ("tr", "Muhalifler Saraqib'e havan atışı yaptı.\nOrdu topçu ateşiyle karşılık verdi."),
    ],
)
def test_a_blow_in_return_is_an_event_of_its_own(language, text):
    events = coded(text, {"Saraqib": "Saraqib"}, language=language)
    assert [e.sub_event_type for e in events] == ["shelling", "shelling"]


def test_the_killing_that_an_attack_led_to_is_no_second_event():
    text = (
        "The army targeted with artillery shells, early on, a clinic in Saraqib in the west of "
        "Ariha, what led to the death of seven civilians."
    )
    events = coded(text, TOWNS)
    assert [(e.sub_event_type, e.fatalities.best) for e in events] == [("shelling", 7)]


def test_a_new_paragraph_that_opens_with_then_keeps_the_day():
    text = (
        "On Monday rebels attacked the army.\n\n"
        "Jets bombed Ariha on Tuesday.\n\nThen jets bombed Saraqib."
    )
    events = coded(text, TOWNS, {"Monday": MONDAY, "Tuesday": TUESDAY})
    assert events[-1].start_date == TUESDAY


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        (
            "en",
            "Air strikes killed 23 people as the army pressed an offensive.",
            "air_drone_strike",
        ),
        ("ru", "Авиаудар убил пятерых на фоне наступления армии.", "air_drone_strike"),
    ],
)
def test_what_goes_on_meanwhile_is_not_the_news(language, text, kind):
    assert [e.sub_event_type for e in coded(text, language=language)] == [kind]


def test_those_among_the_dead_are_no_further_event():
    text = "Jets bombed Saraqib.\nEight members of one family were among the dead in Ariha."
    assert [e.locality.place.name for e in coded(text, TOWNS)] == ["Saraqib"]


def test_a_sum_of_weeks_is_no_event():
    text = "Since late January strikes have hit 12 hospitals."
    january = (dt.date(2020, 1, 21), dt.date(2020, 1, 31))
    assert coded(text, times={"late January": january}) == []
    assert coded("It was the first strike since late January.", times={"late January": january})


def test_a_bare_denial_is_said_of_the_event_told_before():
    text = "Jets bombed Saraqib.\nMoscow denied carrying out any raids."
    assert [e.stance for e in coded(text, {"Saraqib": "Saraqib"})] == ["asserts"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("tr", "Muhalifler köyü ele geçirmek için toplandı."),
        ("tr", "Muhalifler köyü geri almak amacıyla hazırlandı."),
    ],
)
def test_a_purpose_is_planned(language, text):
    assert [e.modality for e in coded(text, language=language)] == ["planned"]


def test_a_protest_that_was_dispersed_is_the_one_told_before():
    text = "Residents of Saraqib protested.\nFighters dispersed the protest with tear gas."
    events = coded(text, {"Saraqib": "Saraqib"})
    assert [e.sub_event_type for e in events] == ["protest_with_intervention"]


def test_the_place_of_what_set_the_fighting_off_is_not_its_own():
    text = (
        "Clashes broke out in Saraqib on Monday.\n"
        "The fighting was set off by the arrest of a commander in Ariha on Tuesday.\n"
        "At least 17 fighters were killed."
    )
    times = {"Monday": MONDAY, "Tuesday": TUESDAY}
    clash = next(e for e in coded(text, TOWNS, times) if e.sub_event_type == "armed_clash")
    assert (clash.locality.place.name, clash.start_date) == ("Saraqib", MONDAY)
    assert clash.fatalities.best == 17


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "No group claimed responsibility for the attack."),
        ("en", "The patrol was not carried out."),
        ("ru", "Ответственность за подрыв автобуса взяла группировка."),
        ("tr", "Saldırıyı üstlenen olmadı."),
    ],
)
def test_what_is_only_claimed_or_called_off_is_no_event(language, text):
    assert coded(text, language=language) == []


def test_what_a_colon_explains_is_the_event_before_it():
    text = "The reason was the shelling of Saraqib: rockets fell near Ariha, one man was killed."
    assert len(coded(text, {"Saraqib": "Saraqib"})) == 1


def test_a_displacement_from_several_places_is_one_event():
    text = "Thousands of civilians fled Saraqib, Ariha and Binnish."
    names = {name: name for name in ("Saraqib", "Ariha", "Binnish")}
    assert [e.sub_event_type for e in coded(text, names)] == ["other"]


def test_a_month_of_killings_without_a_place_is_no_event():
    text = "A mine killed a soldier in Saraqib.\nIn January 94 civilians were killed."
    january = (dt.date(2020, 1, 1), dt.date(2020, 1, 31))
    events = coded(text, {"Saraqib": "Saraqib"}, {"In January": january})
    assert [(e.start_date, e.fatalities.best) for e in events] == [(dt.date(2020, 2, 21), 1)]


def test_at_least_so_many_are_no_negation():
    assert coded("Погибли не менее 39 человек.", language="ru")[0].fatalities.best == 39


def test_what_protesters_demand_leaves_the_protest_as_it_is():
    text = "شهدت المدينة مظاهرة طالبت بتحسين الخدمات"
    assert [e.modality for e in coded(text, language="ar")] == ["happened"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The strike hit a market in Saraqib."),
        ("en", "The shelling targeted houses in Saraqib."),
        ("tr", "Savaş uçakları, saldırılarda Saraqib köyünü hedef aldı."),
    ],
)
def test_what_a_strike_hit_is_no_second_attack(language, text):
    events = coded(text, {"Saraqib": "Saraqib"}, language=language)
    assert [e.sub_event_type for e in events] != ["attack"]
    assert len(events) == 1


def test_what_came_before_with_other_dead_is_another_event():
    text = "Four soldiers were killed in an ambush in Saraqib.\nEarlier, two soldiers were killed."
    events = coded(text, {"Saraqib": "Saraqib"})
    assert sorted(e.fatalities.best for e in events) == [2, 4]
