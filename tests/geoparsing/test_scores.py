"""How read events are held against the gold ones."""

from __future__ import annotations

from typing import Any

from events.geoparsing.evaluation import evaluate

HASS, ARIHA = (35.57, 36.55), (35.81, 36.61)


def make_wanted(place: tuple[float, float], killed: int | None = None) -> dict[str, Any]:
    return {
        "type": "Explosions/Remote violence", "sub_type": "Air/drone strike",
        "date_start": "2020-02-20", "date_end": "2020-02-20", "place": "a place",
        "lat": place[0], "lon": place[1], "coord_tolerance_km": 5, "fatalities": killed,
    }  # fmt: skip


def make_answer(place: tuple[float, float], killed: int | None = None) -> dict[str, Any]:
    return {
        "event_type": "Explosions/Remote violence", "sub_event_type": "Air/drone strike",
        "start_date": "2020-02-20", "end_date": "2020-02-20",
        "lat": place[0], "lon": place[1], "fatalities": killed,
    }  # fmt: skip


def rates(wanted: list[dict[str, Any]], answers: list[dict[str, Any]]) -> dict[str, float]:
    gold = {"doc_id": "x", "text": "", "toponyms": [], "dates": [], "events": wanted}
    read = {"toponyms": [], "dates": [], "events": answers}
    return {score.name: score.value for score in evaluate([gold], [read])[0]}


def test_an_answer_at_another_event_s_place_is_left_to_that_event() -> None:
    found = rates([make_wanted(ARIHA), make_wanted(HASS, 3)], [make_answer(HASS, 3)])
    assert found["events: type, date and place"] == 0.5
    assert found["events: figures right, of those stated"] == 1.0


def test_an_answer_serves_one_event_alone() -> None:
    found = rates([make_wanted(HASS), make_wanted(HASS)], [make_answer(HASS)])
    assert found["events: type and date"] == 0.5


def test_the_order_of_the_answers_says_nothing() -> None:
    wanted, answers = [make_wanted(ARIHA), make_wanted(HASS)], [make_answer(HASS)]
    answers.append(make_answer(ARIHA))
    assert rates(wanted, answers) == rates(wanted, answers[::-1])
    assert rates(wanted, answers)["events: type, date and place"] == 1.0
