"""Whether it happened: plans, threats, conditions, history; denials and doubts."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from events.geoparsing.coding import code_events
from events.geoparsing.lexicon import load_lexicon
from tests.geoparsing.documents import coded, make_document

MODES = [
    ("en", "Rebels planned to use the drones in an attack on the army.", "planned"),
    ("en", "The army is preparing an offensive on the town.", "planned"),
    ("en", "Turkish forces will attack the army.", "planned"),
    ("en", "Ankara warned of an attack on the army.", "threatened"),
    ("en", "If the army attacks the town, people could flee.", "hypothetical"),
    ("en", "The army attacked the town.", "happened"),
    ("ar", "تستعد قوات النظام لشن هجوم على البلدة", "planned"),
    ("ar", "هددت أنقرة بشن هجوم", "threatened"),
    ("ar", "شنت قوات النظام هجوماً على البلدة", "happened"),
    ("ru", "Армия планирует наступление на город", "planned"),
    ("ru", "Анкара пригрозила наступлением", "threatened"),
    ("ru", "Армия начала наступление на город", "happened"),
    ("tr", "Rejim güçleri köye saldırı planlıyor", "planned"),
    ("tr", "Rejim güçleri köye saldıracak", "planned"),
    ("tr", "Rejim güçleri köye saldırdı", "happened"),
]


@pytest.mark.parametrize(("language", "text", "modality"), MODES)
def test_the_mode_is_read_from_words_around_the_event(language, text, modality):
    assert [event.modality for event in coded(text, language=language)] == [modality]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "There were no attacks on the army."),
        ("en", "The army did not attack the town."),
        ("ru", "Авиация удары по городу не наносила"),
        ("ar", "لم تقصف قوات النظام البلدة"),
    ],
)
def test_what_did_not_happen_is_no_event(language, text):
    assert coded(text, language=language) == []


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Moscow denied that its jets bombed the town.", "denies"),
        ("The army allegedly shelled the town.", "doubts"),
        ("The army shelled the town.", "asserts"),
    ],
)
def test_denials_and_doubts_are_stances(text, stance):
    assert coded(text)[0].stance == stance


def test_a_threat_of_fighting_is_coded_other():
    event = coded("Ankara warned of a military operation.")[0]
    assert (event.sub_event_type, event.modality) == ("other", "threatened")


@pytest.mark.parametrize(
    ("first", "last", "modality"),
    [
        (dt.date(2015, 1, 1), dt.date(2015, 12, 31), "historical"),
        (dt.date(2019, 9, 1), dt.date(2019, 9, 30), "happened"),
        (dt.date(2020, 2, 25), dt.date(2020, 2, 25), "planned"),
    ],
)
def test_the_date_can_make_it_history_or_a_plan(first, last, modality):
    event = coded("Rebels captured the town then.", times={"then": (first, last)})[0]
    assert event.modality == modality


def test_what_goes_on_since_an_old_year_is_background():
    year = (dt.date(2015, 1, 1), dt.date(2015, 12, 31))
    text = "The army has retaken large areas since Russia intervened in 2015."
    assert [e.modality for e in coded(text, times={"2015": year})] in ([], ["historical"])


@pytest.mark.parametrize(
    ("language", "text", "dead"),
    [
        ("en", "Shelling killed four people, and the death toll is expected to rise.", 4),
        ("en", "Four people died in an air strike and the toll could rise further.", 4),
        ("tr", "Hava saldırısında 4 kişi öldü, ölü sayısının artmasından endişe ediliyor.", 4),
        ("tr", "Hava saldırısında 5 çocuk ve 2 kadın olmak üzere toplam 7 kişi öldü.", 7),
        ("ru", "При авиаударе погибли четыре человека, число жертв может возрасти.", 4),
    ],
)
def test_a_toll_that_may_rise_leaves_the_strike_a_fact(language, text, dead):
    events = coded(text, language=language)
    assert [(e.modality, e.fatalities.best) for e in events] == [("happened", dead)]


def test_a_day_that_a_report_calls_its_own_is_no_plan():
    text = "Four people died in an air strike on Friday."
    friday = dt.date(2020, 2, 28)
    doc = make_document(text, times={"Friday": friday}, dct=dt.date(2020, 2, 27))
    assert [e.modality for e in code_events(doc, load_lexicon("en")).events] == ["planned"]
    times = (replace(doc.times[0], flags=("weekday-mismatch",)),)
    events = code_events(replace(doc, times=times), load_lexicon("en")).events
    assert [e.modality for e in events] == ["happened"]
