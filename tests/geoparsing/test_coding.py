"""What happened: types by the codebook, dates, places, participants, merging."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.geoparsing.coding import code_events
from events.geoparsing.document import Document, Sentence
from events.geoparsing.lexicon import LANGUAGES, load_lexicon
from events.vocabulary import SubEventType
from tests.geoparsing.documents import DCT, actor_index, coded, make_document

MONDAY, TUESDAY = dt.date(2020, 2, 17), dt.date(2020, 2, 18)

TYPES = [
    ("en", "Regime forces captured the town after heavy fighting.", "government_regains_territory"),
    ("en", "The town was captured by rebels.", "non_state_overtakes_territory"),
    ("en", "In four days of clashes killed about 30 people.", "armed_clash"),
    ("en", "Militants launched an attack on the position of the Syrian troops.", "armed_clash"),
    ("en", "Gunmen opened fire on the protest and killed a demonstrator.", "excessive_force"),
    (
        "en",
        "Security forces dispersed the demonstration with tear gas.",
        "protest_with_intervention",
    ),
    ("en", "Dozens demonstrated in the town against the checkpoint.", "peaceful_protest"),
    ("en", "Locals burned tires and threw stones at the convoy.", "violent_demonstration"),
    ("en", "An angry mob beat the thief.", "mob_violence"),
    ("en", "A helicopter dropped barrels with chlorine on the town.", "chemical_weapon"),
    ("en", "Russian jets attacked the village.", "air_drone_strike"),
    ("en", "Helicopters targeted the ground.", "air_drone_strike"),
    ("en", "The base came under attack from drones.", "air_drone_strike"),
    ("en", "A suicide bombing hit the courthouse.", "suicide_bomb"),
    ("en", "Regime artillery shelled the market.", "shelling"),
    ("en", "A Russian warplane was shot down by rebels.", "shelling"),
    ("en", "A landmine went off under a tractor.", "remote_explosive"),
    ("en", "He threw a grenade into the shop.", "grenade"),
    ("en", "The detainee said she was raped in the prison.", "sexual_violence"),
    ("en", "Unknown gunmen assassinated a doctor.", "attack"),
    ("en", "Militants kidnapped an aid worker.", "abduction"),
    ("en", "The two sides signed a ceasefire agreement.", "agreement"),
    ("en", "The army and the rebels held a prisoner swap.", "agreement"),
    ("en", "HTS arrested a journalist.", "arrests"),
    ("en", "Ahrar al-Sham arrested a journalist.", "abduction"),
    ("en", "HTS militants captured Abu Ahmad, a tribal leader.", "arrests"),
    ("en", "Turkish reinforcements crossed the border.", "change_to_group"),
    ("en", "Air defences shot down two drones near the base.", "disrupted_weapons_use"),
    ("en", "Police seized weapons in a house.", "disrupted_weapons_use"),
    ("en", "The Turkish army established an observation post.", "base_established"),
    ("en", "Fighters looted the shops.", "looting"),
    ("en", "Rebels withdrew from the town without a fight.", "non_violent_transfer"),
    ("en", "A mass grave was found.", "other"),
    ("en", "Snipers killed two soldiers.", "armed_clash"),
    ("en", "The town fell to rebels.", "non_state_overtakes_territory"),
    ("en", "The body of an unidentified man was found.", "attack"),
    ("en", "Police dispersed the protest by firing in the air.", "protest_with_intervention"),
    ("en", "Hundreds protested against the strikes on the province.", "peaceful_protest"),
    ("ar", "أسقطت الدفاعات الجوية طائرتين حربيتين", "shelling"),
    ("en", "A sniper shot at a child.", "attack"),
    ("en", "The front changed its name.", "change_to_group"),
    ("ru", "Армия отбила очередную атаку боевиков", "armed_clash"),
    ("ru", "Снаряды попали в рынок", "shelling"),
    ("tr", "Belde tek kurşun atılmadan el değiştirdi", "non_violent_transfer"),
    ("tr", "Grup kent merkezini denetimine aldı", "non_state_overtakes_territory"),
    ("tr", "Keskin nişancılar üç rejim askerini öldürdü", "armed_clash"),
    ("ar", "سيطرت قوات النظام على البلدة", "government_regains_territory"),
    ("ar", "شنت طائرات حربية روسية غارات على المدينة", "air_drone_strike"),
    ("ar", "قصفت قوات النظام القرية بالمدفعية", "shelling"),
    ("ar", "اندلعت اشتباكات بين الفصائل", "armed_clash"),
    ("ar", "انفجرت سيارة مفخخة في السوق", "remote_explosive"),
    ("ar", "اغتال مجهولون قائداً", "attack"),
    ("ar", "اعتقلت هيئة تحرير الشام ناشطاً", "arrests"),
    ("ar", "خرجت مظاهرة في المدينة", "peaceful_protest"),
    ("ar", "أعلن الطرفان التوصل إلى وقف إطلاق النار", "agreement"),
    ("ar", "أسقطت الدفاعات الجوية طائرة مسيرة", "disrupted_weapons_use"),
    ("ru", "Боевики обстреляли деревню из минометов", "shelling"),
    ("ru", "Самолеты ВКС нанесли удар по складу", "air_drone_strike"),
    ("ru", "Сирийская армия освободила город", "government_regains_territory"),
    ("ru", "Средства ПВО сбили три беспилотника", "disrupted_weapons_use"),
    ("ru", "Стороны подписали соглашение о перемирии", "agreement"),
    ("ru", "Неизвестные похитили врача", "abduction"),
    ("ru", "Прогремел взрыв на рынке", "remote_explosive"),
    ("tr", "Rejim güçleri köyü ele geçirdi", "government_regains_territory"),
    ("tr", "Rus uçakları köye hava saldırısı düzenledi", "air_drone_strike"),
    ("tr", "Rejim topçu atışıyla köyü vurdu", "shelling"),
    ("tr", "Bomba yüklü araç patladı", "remote_explosive"),
    ("tr", "Taraflar ateşkes anlaşması imzaladı", "agreement"),
    ("tr", "Kimliği belirsiz kişiler bir doktoru kaçırdı", "abduction"),
    ("tr", "İki insansız hava aracı düşürüldü", "disrupted_weapons_use"),
]


@pytest.mark.parametrize(("language", "text", "sub_type"), TYPES)
def test_words_decide_the_type(language, text, sub_type):
    assert [event.sub_event_type for event in coded(text, language=language)] == [sub_type]


def test_the_table_of_types_covers_the_codebook():
    assert {sub_type for _, _, sub_type in TYPES} == {code.value for code in SubEventType}


@pytest.mark.parametrize(
    "text",
    [
        "The prisoners went on hunger strike.",
        "The roads operate normally in the north.",
        "Idlib is controlled by HTS, the last stronghold of the opposition.",
        "According to the agreement, Turkish forces patrol the zone.",
        "Clashes take place regularly in the area.",
        "Two children died of cold in a camp.",
        "The attack did not take place.",
    ],
)
def test_what_is_no_event_gives_none(text):
    assert coded(text) == []


def test_a_date_in_the_sentence_dates_the_event():
    event = coded("On Tuesday rebels attacked the army.", times={"Tuesday": TUESDAY})[0]
    assert (event.start_date, event.end_date, event.date_text) == (TUESDAY, TUESDAY, "Tuesday")


def test_a_date_carries_to_the_next_sentence():
    text = "On Tuesday Turkish officers came.\nRebels attacked the army."
    assert coded(text, times={"Tuesday": TUESDAY})[0].start_date == TUESDAY


def test_a_date_that_lies_ahead_carries_no_further():
    text = "Patrols will start on 15 March.\nJets bombed the village."
    strike = coded(text, times={"15 March": dt.date(2020, 3, 15)})[-1]
    assert (strike.start_date, strike.modality) == (DCT, "happened")


def test_a_turkish_bound_stands_after_its_date():
    text = "Martın başından beri okullar vuruldu, salı günü uçaklar köyü bombaladı."
    march = (dt.date(2020, 2, 10), dt.date(2020, 2, 12))
    events = coded(text, times={"Martın": march, "salı günü": TUESDAY}, language="tr")
    assert {event.start_date for event in events} == {TUESDAY}


def test_the_date_of_the_statement_is_the_weaker_one():
    text = "The ministry said on Tuesday that rebels attacked the army on Monday."
    both = coded(text, times={"Tuesday": TUESDAY, "Monday": MONDAY})[0]
    only = coded("The ministry said on Tuesday that rebels attacked the army.",
                 times={"Tuesday": TUESDAY})[0]  # fmt: skip
    assert both.start_date == MONDAY
    assert (only.start_date, only.date_reason) == (TUESDAY, "date of the statement")
    assert only.confidence < both.confidence


def test_a_duration_counts_from_the_day_told_before():
    text = "Fights broke out on Monday.\nIn four days of clashes died 30 people."
    event = coded(text, times={"Monday": MONDAY, "four days": "P4D"})[0]
    assert (event.start_date, event.end_date) == (MONDAY, dt.date(2020, 2, 20))
    assert event.fatalities.best == 30


def test_a_bound_dates_nothing():
    text = "It was the first strike since March, a drone strike."
    event = coded(text, times={"March": (dt.date(2019, 3, 1), dt.date(2019, 3, 31))})[0]
    assert event.start_date == DCT


def test_a_report_without_any_date_leaves_the_event_undated():
    event = coded("Jets bombed the village.", dct=None)[0]
    assert (event.start_date, event.date_reason) == (None, "no date in the report")


def test_the_finest_place_of_the_sentence_is_the_events():
    text = "Jets bombed Saraqib in Idlib province."
    event = coded(text, {"Saraqib": "Saraqib", "Idlib": "Idlib"})[0]
    assert event.locality.place.name == "Saraqib"


def test_a_capital_for_its_government_is_no_place():
    text = "Clashes broke out in Saraqib.\n\nDamascus shelled the town."
    events = coded(text, {"Saraqib": "Saraqib", "Damascus": "~Damascus"})
    assert {event.locality.place.name for event in events} == {"Saraqib"}


def test_a_place_of_another_event_in_its_own_clause_is_left_to_it():
    text = "In Idlib a strike hit drones that rebels planned to use in an attack on Hmeimim."
    events = coded(text, {"Idlib": "Idlib", "Hmeimim": "Hmeimim"})
    happened = [event for event in events if event.modality == "happened"]
    assert [event.locality.place.name for event in happened] == ["Idlib"]


def test_the_village_points_back_to_the_last_one():
    text = "Rebels left Saraqib for Idlib.\nThe army shelled the town."
    events = coded(text, {"Saraqib": "Saraqib", "Idlib": "Idlib"})
    assert events[-1].locality.place.name == "Saraqib"


def test_a_total_over_a_list_of_places_is_divided_the_remainder_to_the_first():
    text = "Airstrikes hit Saraqib, Ariha and Binnish, killing eight people."
    events = coded(text, {"Saraqib": "Saraqib", "Ariha": "Ariha", "Binnish": "Binnish"})
    assert [event.locality.place.name for event in events] == ["Saraqib", "Ariha", "Binnish"]
    assert [event.fatalities.best for event in events] == [4, 2, 2]


def test_the_newsroom_of_a_dateline_is_no_place():
    text = "MOSCOW (Agency) - Jets bombed Saraqib."
    event = coded(text, {"MOSCOW": "Moscow", "Saraqib": "Saraqib"})[0]
    assert event.locality.place.name == "Saraqib"


def test_who_did_what_to_whom():
    event = coded("Russian jets bombed HTS positions and civilians in the village.")[0]
    roles = {participant.actor_id: participant.role for participant in event.participants}
    assert roles == {
        "air-force-of-russia": "actor",
        "hayat-tahrir-al-sham": "target",
        "civilians": "target",
    }


def test_an_agent_after_by_is_the_actor():
    event = coded("The village was shelled by the Syrian army.")[0]
    assert [(p.actor_id, p.role) for p in event.participants] == [
        ("military-forces-of-syria", "actor")
    ]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("According to the White Helmets, jets bombed the village.", "White Helmets"),
        ("Jets bombed the village, local sources said.", "local sources"),
        ("Jets bombed the village.", ""),
    ],
)
def test_who_says_so_is_kept(text, who):
    assert coded(text)[0].reported_by == who


def test_tellings_of_one_happening_are_one_event():
    text = (
        "Air strike kills five in Idlib\n\n"
        "Jets bombed a market in Saraqib on Tuesday.\n"
        "Five people were killed in the strike, a monitor said."
    )
    events = coded(text, {"Idlib": "Idlib", "Saraqib": "Saraqib"}, {"Tuesday": TUESDAY})
    assert len(events) == 1
    event = events[0]
    assert (event.locality.place.name, event.start_date) == ("Saraqib", TUESDAY)
    assert event.fatalities.best == 5
    assert any("told again" in reason for reason in event.reasons)


def test_other_places_and_other_days_are_other_events():
    text = "Jets bombed Saraqib on Monday.\nJets bombed Ariha on Tuesday.\nJets bombed Saraqib."
    events = coded(
        text.replace("bombed Saraqib.", "bombed Binnish."),
        {"Saraqib": "Saraqib", "Ariha": "Ariha", "Binnish": "Binnish"},
        {"Monday": MONDAY, "Tuesday": TUESDAY},
    )
    assert len(events) == 3


def test_a_toll_that_rose_replaces_the_first_and_keeps_the_day():
    text = (
        "A car bomb killed 12 people in Saraqib on Monday.\nThe death toll rose to 19 on Tuesday."
    )
    events = coded(text, {"Saraqib": "Saraqib"}, {"Monday": MONDAY, "Tuesday": TUESDAY})
    figures = events[0].fatalities
    assert (len(events), events[0].start_date) == (1, MONDAY)
    assert (figures.low, figures.best) == (12, 19)


def test_conflicting_counts_give_the_lowest_and_the_range():
    text = (
        "A car bomb killed 26 people in Saraqib.\nTen people died in the explosion, the army said."
    )
    figures = coded(text, {"Saraqib": "Saraqib"})[0].fatalities
    assert (figures.low, figures.best, figures.high) == (10, 10, 26)


def test_at_least_so_many_is_made_exact_by_a_later_count():
    text = "A car bomb killed at least 30 people in Saraqib.\nThe car bomb killed 33 people."
    assert coded(text, {"Saraqib": "Saraqib"})[0].fatalities.best == 33


def test_ground_taken_from_the_government_is_overtaken():
    event = coded("Armed men opposed to Assad are capturing villages from regime forces.")[0]
    assert event.sub_event_type == "non_state_overtakes_territory"


def test_verbal_acts_are_kept_apart():
    doc = make_document("Ankara accused Damascus of breaking the deal.", {"Ankara": "~Moscow"})
    acts = [e for e in code_events(doc, load_lexicon("en")).events if e.verbal]
    assert [act.sub_event_type for act in acts] == ["ACCUSE"]


def test_each_choice_says_why():
    event = coded("Jets bombed Saraqib.", {"Saraqib": "Saraqib"})[0]
    assert any(reason.startswith("type from") for reason in event.reasons)
    assert any(reason.startswith("place Saraqib") for reason in event.reasons)
    assert event.date_reason in event.reasons


WORDS = st.sampled_from(
    [
        "killed",
        "wounded",
        "5",
        "12",
        "dozens",
        "airstrike",
        "attack",
        "on",
        "by",
        "(",
        ")",
        ",",
        ".",
        "said",
        "that",
        "if",
        "not",
        "planned",
        "the",
        "town",
        "Saraqib",
        "قتل",
        "غارة",
        "و",
        "9",
        "погибли",
        "удар",
        "öldü",
        "saldırı",
        "bir",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=80).map(" ".join)))
def test_any_text_is_coded_and_each_offset_holds(text):
    for language in LANGUAGES:
        doc = make_document(text, language=language) if "\n" not in text else Document(text)
        for event in code_events(doc, load_lexicon(language)).events:
            assert 0 <= event.start <= event.trigger.start < event.trigger.end <= len(text)
            assert 0 <= event.confidence <= 1


@pytest.mark.parametrize("unit", ["killed 5 and wounded 7, ", "Russian army jets attack ", "("])
def test_time_grows_with_the_text_not_its_square(unit):
    lexicon = load_lexicon("en")

    def seconds(times: int) -> float:
        text = unit * times
        doc = Document(text, DCT, sentences=(Sentence(0, len(text), 0, 0),))
        started = time.process_time()
        code_events(doc, lexicon)
        return time.process_time() - started

    seconds(100)
    assert seconds(20_000) < 12 * seconds(4_000) + 0.5


def test_the_dictionary_is_read_once():
    assert actor_index() is actor_index()
