"""Who is named in a sentence and took no part in what happened: speakers, helpers, holders."""

from __future__ import annotations

import pytest

from tests.geoparsing.documents import coded

TOWNS = {"Saraqib": "Saraqib", "Ariha": "Ariha"}


def parties(text: str, language: str = "en") -> set[str]:
    """The slugs of all who took part in the events of a text."""
    events = coded(text, {name: name for name in TOWNS if name in text}, language=language)
    assert events
    return {p.actor_id for event in events for p in event.participants}


@pytest.mark.parametrize(
    ("language", "text", "who"),
    [
        (
            "en",
            "The White Helmets, rescuers who work beside the rebels, said shelling hit Saraqib.",
            {"white-helmets", "opposition-rebels"},
        ),
        ("ar", "قال الدفاع المدني في بيان إن قصفا مدفعيا استهدف Saraqib", {"white-helmets"}),
        (
            "en",
            "Rebels shelled Saraqib, a town controlled by Jabhat al-Nusra.",
            {"jabhat-al-nusra"},
        ),
        (
            "en",
            "Jets bombed Saraqib and the White Helmets rushed the wounded to hospital.",
            {"white-helmets"},
        ),
        ("tr", "Uçaklar Saraqib beldesini bombaladı, Beyaz Miğferler yaralıları kurtardı.", set()),
    ],
)
def test_who_speaks_holds_or_helps_takes_no_part(language, text, who):
    assert not parties(text, language) & (who | {"white-helmets", "journalists"})


def test_rescuers_who_are_hit_are_targets():
    assert "white-helmets" in parties("An air strike killed three White Helmets in Saraqib.")


def test_one_blow_told_by_two_sides_is_one_event():
    text = (
        "Russian jets struck Saraqib and killed 19 people.\n"
        "Syrian army air strikes in Saraqibb killed 19 people, the mayor told reporters."
    )
    events = coded(text, {"Saraqib ": "Saraqib", "Saraqibb": "Saraqib"})
    assert [(e.sub_event_type, e.fatalities.best) for e in events] == [("air_drone_strike", 19)]


def test_equal_counts_at_two_named_places_are_two_events():
    text = "Air strikes on Saraqib killed five people.\nIn Ariha, air strikes killed five people."
    events = coded(text, TOWNS)
    assert [(e.locality.place.name, e.fatalities.best) for e in events] == [
        ("Saraqib", 5),
        ("Ariha", 5),
    ]


def test_the_bombardment_of_the_same_town_is_the_strike_told_before():
    text = (
        "Jets bombed Saraqib.\nPeople gathered.\nNobody spoke.\nNobody slept.\n"
        "Residents of Sarakib cleared rubble from houses hit in the bombardment."
    )
    events = coded(text, {"Saraqib": "Saraqib", "Sarakib": "Saraqib"})
    assert [e.sub_event_type for e in events] == ["air_drone_strike"]
