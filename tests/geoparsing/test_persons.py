"""The dead counted one by one, and counts that are of the same dead."""

from __future__ import annotations

import pytest

from tests.geoparsing.documents import coded

COUNTS = [
    ("en", "A landmine exploded and killed a farmer and his son.", 2),
    ("en", "An air strike hit an ambulance, killing a medic, a driver and a volunteer.", 3),
    ("en", "A barrel bomb killed a couple and their daughter.", 3),
    ("en", "Unknown gunmen shot dead Abu Walid in the village.", 1),
    ("en", "An air strike hit the town: a girl of eleven died.", 1),
    ("en", "Six soldiers and nine fighters of the party died in clashes.", 15),
    ("en", "Four people were killed and 12 were wounded in an air strike.", 4),
    ("en", "Five people died in the car bomb; the monitor put the toll at six.", 5),
    ("en", "An air strike killed more than 130 people, most of them fighters.", 130),
    ("ar", "قتل أحد عشر مقاتلا في اشتباكات عنيفة", 11),
    ("ar", "عدد قتلى الغارة الجوية بلغ 86 شخصا", 86),
    ("ru", "При авиаударе убиты медсестра и трое больных", 4),
    ("ru", "Бои унесли жизни не менее 19 боевиков; правозащитники говорят о 28 погибших", 19),
    ("tr", "Hava saldırısında dört savaşçı öldü, bir kadın yaralandı", 4),
]


@pytest.mark.parametrize(("language", "text", "expected"), COUNTS)
def test_each_of_the_dead_counts_once(language: str, text: str, expected: int) -> None:
    figures = coded(text, language=language)[0].fatalities
    assert figures is not None
    assert figures.best == expected


def test_an_amount_of_people_is_no_single_one() -> None:
    assert coded("An air strike killed a number of people.")[0].fatalities is None
