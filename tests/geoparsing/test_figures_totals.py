"""Counts that carry their number in a noun or verb, that break a total down, or look back."""

from __future__ import annotations

import datetime as dt

import pytest

from events.geoparsing.coding.nouns import dual_forms, single_forms
from tests.geoparsing.documents import coded

WORDINGS = [
    # the dual of a noun or a verb counts two
    ("ar", "مقتل مسعفتين بغارة جوية", 2),
    ("ar", "غارة جوية أسفرت عن مقتل امرأة وابنتيها", 3),
    ("ar", "هاجم مجهولون ناشطا وزميله بغارة جوية فقتلا على الفور", 2),
    ("ar", "لقي شخصان مصرعهما بغارة جوية", 2),
    ("ar", "لقي رجل وابنه مصرعهما بغارة جوية", 2),
    # an "and" or "with" in one word with the digits
    ("ar", "مقتل 9 عناصر من قوات النظام و6 من الفصائل بغارة جوية", 15),
    ("ar", "مقتل 7 عناصر وخمسة مسلحين بغارة جوية", 12),
    # who died before the verb, and whose verb comes after
    ("ar", "إن 6 مدنيين استشهدوا وأصيب آخران جراء غارة جوية", 6),
    ("ar", "وكان عشرة مدنيين قتلوا وجرح ثلاثون آخرون بغارة جوية", 10),
    ("en", "One child was killed and six people were injured in an air strike.", 1),
    ("tr", "Hava saldırısında 5 çocuk ve 2 kadın olmak üzere toplam 7 kişi öldü.", 7),
    # "واحدة" is "one", no "and" with a number
    ("ar", "مقتل 3 أشخاص من عائلة واحدة بغارة جوية", 3),
    # what breaks a total down counts nobody anew
    ("ar", "مقتل 182 شخصا بغارة جوية هم 102 من الهيئة و19 من الفصائل و61 من قوات النظام", 182),
    ("ar", "قتل 5 مدنيين، هم امرأة وطفلاها ورجلان، بغارة جوية", 5),
    ("ar", "قتل على إثر الغارة الجوية أربعة عناصر بينهم قيادي، وامرأة كانت في بيتها", 5),
    ("en", "An air strike killed 12 people: seven men, three women and two children.", 12),
    ("en", "An air strike killed 89 persons, among which 31 women and five children.", 89),
    ("tr", "Hava saldırısında aralarında 2 çocuğun da bulunduğu 10 sivil öldü.", 10),
    ("tr", "Hava saldırısında aralarında bir komutanın da olduğu dört kişi öldü.", 4),
    # a verb of dying in two halves, with who died between
    ("ar", "فقد ثلاثة طلاب وأستاذ مدرسة حياتهم بغارة جوية", 4),
    # a toll stands after "to", however far from the word for it
    (
        "ar",
        "ارتفعت حصيلة القتلى المدنيين في القصف الجوي على مخيم للنازحين قرب الحدود مساء أمس إلى 10",
        10,
    ),
    # wounded, and one of what are no people
    ("ar", "شهيدان وعدد من الجرحى بغارة جوية", 2),
    ("ar", "مقتل معتقل بغارة جوية على أحد السجون", 1),
    # the verb that follows decides where verbs come last
    ("tr", "Gözaltına alınan bir kişi, ailesine göre cezaevinde hava saldırısında öldü.", 1),
    ("tr", "Çatışmada 27 rejim askeri ile 18 muhalifin can verdiği bildirildi.", 45),
    ("tr", "Hava saldırısında ölenler: bir baba ve iki oğlu", 3),
    ("ru", "В боях обе стороны потеряли более ста человек.", 100),
    # a row before the verb, its members named or counted
    ("tr", "Çatışmalarda rejim güçlerinden 15, muhaliflerden 9 kişi öldü.", 24),
    ("tr", "Patlamada 3 kişi olay yerinde, 2 kişi de hastanede hayatını kaybetti.", 5),
    ("tr", "Topçu atışında bir komutan, eşi ve iki çocuğu öldü.", 4),
    ("tr", "Top mermisi anne ile kundaktaki bebeğini öldürdü.", 2),
    ("tr", "Hava saldırısında biri astsubay olmak üzere 2 asker şehit düştü.", 2),
    ("en", "The father and his three sons were killed by shelling.", 4),
    ("ru", "При обстреле погибла женщина с двумя детьми.", 3),
    ("ru", "При обстреле убиты имам мечети и его племянник.", 2),
    ("ar", "قتل في الغارة الجوية 14 عنصرا من قوات النظام مقابل خمسة من الفصائل", 19),
    # "والد" begins with the letter of "and"
    ("ar", "مقتل شقيقين وإصابة والدهما بغارة جوية", 2),
    ("ar", "اغتيل القيادي أبو يوسف مع مرافقه بغارة جوية", 2),
    ("tr", "Hava saldırısı örgütün valisini ve iki çocuğunu öldürdü.", 3),
    # a subset of one ends with its clause; who a total is made of may be named
    ("ar", "قُتل ضابطان أحدهما برتبة عقيد، وأربعة جنود، بغارة جوية", 6),
    ("ar", "قضى ثلاثة مدنيين، امرأة وطفلاها، بغارة جوية", 3),
    ("en", "A civilian was killed by shelling and four others were injured.", 1),
    ("en", "Three people - a man, his wife and their daughter - died in shelling.", 3),
    ("ru", "В бою погиб командир отряда и трое его подчиненных.", 4),
    ("tr", "Hava saldırısında örgütün lideri Ebu Ahmed öldürüldü.", 1),
    ("tr", "Çatışmalarda yirmiye yakın kişi öldü.", 20),
    ("tr", "Hava saldırısında yüzden fazla kişi öldü.", 100),
    # each with a number of its own, or one for both
    ("en", "The air strike claimed 21 lives and wounded 40.", 21),
    ("ar", "ارتقاء 8 شهداء وإصابة أكثر من 20 مدنيا بغارة جوية", 8),
    # bodies are of those whom the strike killed
    ("ar", "انتشال جثامين أربعة مدنيين بعد غارات جوية", 4),
    ("ar", "مقتل سيدة بغارة جوية دون وقوع قتلى آخرين", 1),
]


@pytest.mark.parametrize(("language", "text", "best"), WORDINGS)
def test_a_wording_counts_the_dead(language: str, text: str, best: int) -> None:
    figures = [event.fatalities for event in coded(text, language=language)]
    assert [f.best for f in figures if f is not None] == [best]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("tr", "Topçu atışıyla 18 terörist etkisiz hale getirildi."),
        ("ar", "قصف مدفعي هدد حياة ثلاثة مدنيين"),
        ("ar", "غارة جوية أدت إلى حالات اختناق لدى أحد عشر شخصا"),
        ("tr", "Hava saldırısı bu yüzden can kaybı olmadan sona erdi."),
        ("ru", "Боевики потеряли до сорока человек убитыми и ранеными при обстреле."),
    ],
)
def test_what_may_be_no_death_counts_none(language: str, text: str) -> None:
    assert [e.fatalities for e in coded(text, language=language)] == [None]


def test_a_fight_of_the_last_days_is_no_sum_of_the_war() -> None:
    text = "قتل في المعارك منذ الأربعاء 182 شخصا"
    recent = coded(text, times={"الأربعاء": dt.date(2020, 2, 19)}, language="ar")
    assert [e.fatalities.best for e in recent] == [182]
    assert coded(text, times={"الأربعاء": dt.date(2019, 2, 20)}, language="ar") == []


def test_forms_of_a_noun_are_made_from_the_word() -> None:
    table = {"kin": ["زوجة", "طفل"], "plural_in_in": ["مسعف"], "adjectives": ["مسلح"]}
    single, dual = set(single_forms(table)), set(dual_forms(table))
    assert {"طفل", "طفلا", "طفلة", "طفلها", "زوجته", "مسعفة", "مسلحا"} <= single
    assert "مسلحة" not in single, "the adjective of groups is no woman"
    assert {"طفلان", "طفلين", "طفلاها", "طفليه", "مسعفان", "مسعفتين"} <= dual
    assert "مسعفين" not in dual, "may be any number"
    turkish = set(single_forms({"turkish": ["çocuk", "vali", "polis"]}))
    assert {"çocuğu", "çocuğun", "valisini", "valiyi", "polisimizin"} <= turkish
    assert "çocuklar" not in turkish, "no plural is one person"


LISTED = {"Saraqib": "Saraqib", "Ariha": "Ariha", "Binnish": "Binnish"}


@pytest.mark.parametrize(
    ("language", "text", "places", "expected"),
    [
        # a total is divided, the remainder to the place named first
        (
            "en",
            "Jets bombed Saraqib, Ariha and Binnish, killing 13 people.",
            LISTED,
            {"Saraqib": 5, "Ariha": 4, "Binnish": 4},
        ),
        # a number told of one place is of that place alone
        (
            "en",
            "Jets bombed Saraqib, Ariha and Binnish, killing two people in Areeha.",
            LISTED | {"Areeha": "Ariha"},
            {"Ariha": 2},
        ),
        (
            "ar",
            "شن الطيران غارات على سراقب وأريحا، ما أدى إلى مقتل رجل وزوجته في اريحا",
            {"سراقب": "Saraqib", "أريحا": "Ariha", "اريحا": "Ariha"},
            {"Ariha": 2},
        ),
    ],
)
def test_a_total_is_divided_unless_the_text_splits_it(
    language: str, text: str, places: dict[str, str], expected: dict[str, int]
) -> None:
    events = coded(text, places, language=language)
    assert {e.locality.place.name: e.fatalities.best for e in events if e.fatalities} == expected
