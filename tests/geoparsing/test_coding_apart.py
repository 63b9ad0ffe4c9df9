"""Several strikes in one sentence or list, each with its own place and its own dead."""

from __future__ import annotations

import pytest

from tests.geoparsing.documents import coded

TOWNS = {"Saraqib": "Saraqib", "Ariha": "Ariha", "Binnish": "Binnish"}


def dead_by_place(text: str, language: str) -> dict[str, int | None]:
    named = {name: name for name in TOWNS if name in text}
    events = coded(text, named, language=language)
    return {e.locality.place.name: e.fatalities and e.fatalities.best for e in events}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Six people died in shelling of Saraqib, while three others died in Ariha."),
        ("en", "Jets struck Saraqib, killing six people, and Ariha, where three people died."),
        (
            "ar",
            "قتل ستة مدنيين جراء استهداف طائرات روسية منازل في بلدة Saraqib بغارات جوية، "
            "فيما قتل ثلاثة آخرون جراء قصف مماثل استهدف بلدة Ariha",
        ),
    ],
)
def test_each_clause_keeps_its_place_and_its_dead(language, text):
    assert dead_by_place(text, language) == {"Saraqib": 6, "Ariha": 3}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The army shelled Saraqib, the town of Ariha and the village of Binnish."),
        ("ar", "قصفت قوات النظام بلدة Saraqib وقرية Ariha وبلدة Binnish بالمدفعية"),
        ("tr", "Savaş uçakları Saraqib beldesini, Ariha köyünü ve Binnish köyünü bombaladı."),
        ("ru", "Самолеты нанесли удары по городу Saraqib, поселку Ariha и деревне Binnish."),
    ],
)
def test_a_list_goes_on_over_words_for_kinds_of_places(language, text):
    assert dead_by_place(text, language) == {"Saraqib": None, "Ariha": None, "Binnish": None}


def test_whose_village_it_is_breaks_no_list():
    text = "Uçaklar Saraqib'in Ariha köyünü ve Idlib'in Binnish köyünü bombaladı."
    names = {"Saraqib": "Saraqib", "Ariha": "Ariha", "Idlib": "Idlib", "Binnish": "Binnish"}
    events = coded(text, names, language="tr")
    assert {e.locality.place.name for e in events} == {"Ariha", "Binnish"}


def test_the_dead_of_a_named_strike_are_no_strike_of_their_own():
    text = "Three people died in the attack of helicopters on Saraqib, and rebels moved to Ariha."
    assert dead_by_place(text, "en") == {"Saraqib": 3}


def test_ground_taken_is_an_event_at_each_place():
    text = "The Syrian army reestablished control over the villages of Saraqib, Ariha and Binnish."
    events = coded(text, TOWNS)
    assert {e.sub_event_type for e in events} == {"government_regains_territory"}
    assert {e.locality.place.name for e in events} == set(TOWNS)


def test_by_whom_another_thing_was_done_is_not_who_took_the_town():
    text = "Syrian army units liberated Saraqib after an attack by Jabhat al-Nusra fighters."
    assert coded(text, {"Saraqib": "Saraqib"})[0].sub_event_type == "government_regains_territory"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "قصفت طائرات روسية بلدة (Saraqib) بعدة غارات جوية"),
        ("ar", "انفجرت عبوة ناسفة بالقرب من قرية Saraqib"),
        ("en", "Rebels shelled Saraqib, which has been besieged since January 2019."),
    ],
)
def test_brackets_nearness_and_a_siege_leave_the_place_and_the_news(language, text):
    assert dead_by_place(text, language) == {"Saraqib": None}


@pytest.mark.parametrize(
    ("text", "dead"),
    [
        (
            "Saraqib köyünde 2, Ariha beldesinde 1, Binnish beldesinde 4 kişi öldü.",
            {"Saraqib": 2, "Ariha": 1, "Binnish": 4},
        ),
        ("Saraqib köyünde 2, Ariha beldesinde 3 kişi öldü.", {"Saraqib": 2, "Ariha": 3}),
    ],
)
def test_numbers_of_a_turkish_list_share_the_verb_at_its_end(text, dead):
    assert dead_by_place(text, "tr") == dead


def test_an_arabic_verb_takes_the_place_of_its_own_clause():
    text = (
        "اغتيل مقاتل برصاص مجهولين في بلدة Saraqib على طريق مدينة Ariha، "
        "كما قتل عنصر بطريقة مماثلة على الأوتوستراد الدولي قرب مدينة Binnish"
    )
    assert "Binnish" in dead_by_place(text, "ar")


def test_a_toll_that_may_rise_takes_no_number():
    text = (
        "Jets carried out raids on Ariha, which caused the death of two children, and the death "
        "toll is expected to rise because some people are in critical condition."
    )
    assert dead_by_place(text, "en") == {"Ariha": 2}


def test_shells_that_are_launched_are_shelling():
    text = "Helicopters attacked Saraqib, followed by launching 50 homemade shells on Ariha."
    events = coded(text, {"Saraqib": "Saraqib", "Ariha": "Ariha"})
    kinds = {e.locality.place.name: e.sub_event_type for e in events}
    assert kinds == {"Saraqib": "air_drone_strike", "Ariha": "shelling"}
