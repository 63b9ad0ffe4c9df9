"""How many were killed, by the codebook: stated, never inferred."""

from __future__ import annotations

import pytest

from tests.geoparsing.documents import coded

COUNTS = [
    ("en", "An air strike killed 12 civilians and wounded 30.", (12, 12, 12)),
    (
        "en",
        "At least 12 people were killed in an air strike, including three children.",
        (12, 12, 12),
    ),
    ("en", "An air strike killed between 10 and 26 people.", (10, 10, 26)),
    ("en", "An air strike killed 10 to 26 people.", (10, 10, 26)),
    ("en", "An air strike killed dozens.", (12, 12, 99)),
    ("en", "Several people were killed in an air strike.", (3, 3, 9)),
    ("en", "Hundreds died in the shelling of the town.", (100, 100, 999)),
    ("en", "An air strike hit a home, killing a woman and two children.", (3, 3, 3)),
    ("en", "Eight civilians, five of them children, died in air strikes.", (8, 8, 8)),
    ("en", "An air strike killed the group's leader.", (1, 1, 1)),
    ("en", "Twenty-three soldiers and two officers were killed in clashes.", (25, 25, 25)),
    ("en", "An air strike killed one hundred and five people.", (105, 105, 105)),
    ("en", "Air strikes destroyed two buildings, killing 9.", (9, 9, 9)),
    ("ar", "مقتل 9 مدنيين وإصابة 20 في غارة جوية", (9, 9, 9)),
    ("ar", "قتل ثلاثة وعشرون مدنياً في غارة جوية", (23, 23, 23)),
    ("ar", "قتل طفلان في غارة جوية", (2, 2, 2)),
    ("ar", "غارة جوية أوقعت ١٢ قتيلاً", (12, 12, 12)),
    ("ar", "قصف مدفعي بمقتل رجل وامرأة", (2, 2, 2)),
    ("ru", "В результате авиаудара погибли семь человек, 12 ранены", (7, 7, 7)),
    ("ru", "При обстреле убиты двое военных, еще пятеро получили ранения", (2, 2, 2)),
    ("ru", "Авиаудар унес жизни десятков человек", (12, 12, 99)),
    ("tr", "Hava saldırısında 5'i çocuk 12 sivil öldü, 50'den fazla kişi yaralandı", (12, 12, 12)),
    ("tr", "Hava saldırısında yirmi üç kişi hayatını kaybetti", (23, 23, 23)),
    ("tr", "Hava saldırısında bir çocuk öldü", (1, 1, 1)),
]


@pytest.mark.parametrize(("language", "text", "expected"), COUNTS)
def test_the_killed_are_counted(language, text, expected):
    figures = coded(text, language=language)[0].fatalities
    assert figures is not None
    assert (figures.low, figures.best, figures.high) == expected
    assert text[figures.start : figures.end] == figures.text or ";" in figures.text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "An air strike hit the market."),
        ("en", "An air strike wounded 12 people."),
        ("en", "The air strike left 20 people killed and wounded."),
        ("en", "Jets carried out 14 air strikes on the road."),
        ("ar", "غارة جوية أدت إلى إصابة 12 مدنياً"),
        ("ru", "При авиаударе ранены 12 человек"),
        ("tr", "Hava saldırısında 12 kişi yaralandı"),
    ],
)
def test_what_counts_no_killed_gives_none(language, text):
    assert coded(text, language=language)[0].fatalities is None


def test_a_sum_of_the_war_is_no_event():
    assert coded("The war has killed more than 360,000 people.") == []


def test_each_count_goes_to_its_own_event():
    text = "A car bomb killed five people in Saraqib, while shelling killed three in Ariha."
    events = coded(text, {"Saraqib": "Saraqib", "Ariha": "Ariha"})
    assert [(e.locality.place.name, e.fatalities.best) for e in events] == [
        ("Saraqib", 5),
        ("Ariha", 3),
    ]
