"""Wordings of counts in four languages, each with what it counts: best and high."""

from __future__ import annotations

import pytest

from tests.geoparsing.documents import coded

WORDINGS = [
    ("en", "An air strike killed at least four people, including two children.", 4, 4),
    ("en", "Shelling killed at least four, including two children.", 4, 4),
    ("en", "An air strike killed 9 including 3 children.", 9, 9),
    ("en", "The shelling left three dead.", 3, 3),
    ("en", "The shelling left five people dead and 12 wounded.", 5, 5),
    ("en", "5 killed and 12 wounded in shelling of the town.", 5, 5),
    ("en", "Five were killed and twelve wounded in the shelling.", 5, 5),
    ("en", "Air strikes killed a family of five.", 5, 5),
    ("en", "An air strike killed a woman, her two children and a neighbour.", 4, 4),
    ("en", "Seven people, four of them children, were killed in an air strike.", 7, 7),
    ("en", "An air strike killed seven members of one family.", 7, 7),
    ("en", "A car bomb killed three people and injured more than 20 others.", 3, 3),
    ("en", "The toll of the car bomb rose to 12.", 12, 12),
    ("en", "A sixth person died of wounds after the shelling, raising the toll to 12.", 12, 12),
    ("en", "Two men were shot dead by three gunmen.", 2, 2),
    ("en", "A roadside bomb killed a Turkish soldier and wounded two.", 1, 1),
    ("en", "A commander was shot dead by two men on a motorcycle.", 1, 1),
    ("en", "An air strike on a school killed ten pupils and two teachers.", 12, 12),
    ("en", "Rescuers pulled six bodies from the rubble after the air strike.", 6, 6),
    ("en", "The bombing claimed the lives of 14 people.", 14, 14),
    ("en", "No casualties were reported in the shelling.", 0, 0),
    ("en", "The shelling caused no casualties.", 0, 0),
    ("en", "More than a dozen people were killed in an air strike.", 12, 12),
    ("en", "Dozens of people were killed in air strikes.", 12, 99),
    ("en", "Four soldiers lost their lives in an attack on the convoy.", 4, 4),
    ("en", "A landmine explosion killed two brothers.", 2, 2),
    ("en", "Militants shelled the village; a civilian was killed and two wounded.", 1, 1),
    (
        "en",
        "As result of shelling of militants two servicemen were lost, three were wounded.",
        2,
        2,
    ),
    ("ar", "قتل شخصان في غارة جوية", 2, 2),
    ("ar", "مقتل قتيلان وإصابة 5 في قصف مدفعي", 2, 2),
    ("ar", "أدى القصف إلى سقوط قتيلين وخمسة جرحى", 2, 2),
    ("ar", "استشهد 3 مدنيين بينهم طفلان جراء قصف مدفعي", 3, 3),
    ("ar", "قصف مدفعي أوقع 3 قتلى و12 جريحا", 3, 3),
    ("ar", "غارة جوية أودت بحياة خمسة أشخاص", 5, 5),
    ("ar", "غارات جوية أسفرت عن مقتل امرأة وطفليها", 3, 3),
    ("ar", "مقتل مدني وإصابة آخرين بقصف مدفعي", 1, 1),
    ("ar", "قتلت طفلة وأصيب والدها بانفجار لغم", 1, 1),
    ("ar", "ارتفعت حصيلة القصف إلى ٢١ قتيلا", 21, 21),
    ("ar", "ارتفع عدد قتلى القصف إلى 14", 14, 14),
    ("ar", "قتل أربعة عناصر من قوات النظام في هجوم", 4, 4),
    ("ar", "مقتل ثلاثة مدنيين من عائلة واحدة بقصف صاروخي", 3, 3),
    ("ar", "سقط عشرات القتلى في القصف المدفعي", 12, 99),
    ("ar", "لقي شخصان مصرعهما بانفجار عبوة ناسفة", 2, 2),
    ("ar", "وفاة طفل متأثرا بجراحه إثر قصف مدفعي", 1, 1),
    ("ar", "قصف مدفعي دون إصابات", 0, 0),
    ("ar", "انفجار عبوة ناسفة أسفر عن استشهاد شاب", 1, 1),
    ("ar", "استشهد أب وثلاثة من أطفاله في غارة جوية", 4, 4),
    ("ar", "قتل 12 وجرح 30 آخرون في تفجير سيارة مفخخة", 12, 12),
    ("ru", "При обстреле погибли трое и ранены пятеро.", 3, 3),
    ("ru", "В результате авиаудара погибли двое человек.", 2, 2),
    ("ru", "Жертвами авиаудара стали семь человек.", 7, 7),
    ("ru", "Жертвами обстрела стали четверо мирных жителей, в том числе двое детей.", 4, 4),
    ("ru", "Число погибших при взрыве выросло до 12.", 12, 12),
    ("ru", "Число жертв теракта возросло до двадцати трех.", 23, 23),
    ("ru", "В результате обстрела погиб один мирный житель, еще двое ранены.", 1, 1),
    ("ru", "При взрыве погибло не менее десяти человек.", 10, 10),
    ("ru", "Обстрел привел к гибели пяти человек.", 5, 5),
    ("ru", "В результате обстрела погиб военнослужащий сирийской армии.", 1, 1),
    ("ru", "При обстреле убиты женщина и двое детей.", 3, 3),
    ("ru", "Обстрел обошелся без жертв.", 0, 0),
    ("ru", "Боевики потеряли в бою до 30 человек убитыми.", 30, 30),
    ("ru", "В результате атаки погибли двое сирийских военнослужащих, ранены четверо.", 2, 2),
    ("ru", "Авиаудар унес жизни 11 человек, из них четверо дети.", 11, 11),
    ("ru", "Убиты более ста боевиков в боях.", 100, 100),
    ("tr", "Hava saldırısında 3 sivil hayatını kaybetti.", 3, 3),
    ("tr", "Patlamada ölü sayısı 5'e yükseldi.", 5, 5),
    ("tr", "Patlamada ölenlerin sayısı 12'ye çıktı.", 12, 12),
    ("tr", "Hava saldırısında 2'si çocuk 7 sivil öldü, 11 kişi yaralandı.", 7, 7),
    ("tr", "Topçu saldırısında biri kadın 4 sivil can verdi.", 4, 4),
    ("tr", "Saldırıda aynı aileden beş kişi hayatını kaybetti, 3 kişi yaralandı.", 5, 5),
    ("tr", "Saldırıda 2 asker şehit oldu, 5 asker yaralandı.", 2, 2),
    ("tr", "Bombalı araçla düzenlenen saldırıda 8 kişi öldü.", 8, 8),
    ("tr", "Hava saldırısında bir kadın ile iki çocuğu öldü.", 3, 3),
    ("tr", "Roketli saldırıda 1 kişi öldü, 6 kişi yaralandı.", 1, 1),
    ("tr", "Hava saldırısında ölen ya da yaralanan olmadı.", 0, 0),
    ("tr", "Saldırıda can kaybı yaşanmadı.", 0, 0),
    ("tr", "Patlamada onlarca kişi öldü.", 12, 99),
    ("tr", "Hava saldırısında en az 10 sivil yaşamını yitirdi.", 10, 10),
    ("tr", "Çatışmalarda 14 rejim askeri öldürüldü, 3 muhalif yaralandı.", 14, 14),
    ("ar", "قصف مدفعي أسفر عن استشهاد مدنيين اثنين وإصابة آخرين", 2, 2),
    ("ar", "مقتل ما لا يقل عن 12 عنصرا في هجوم", 12, 12),
    ("ar", "ارتقى ستة شهداء في غارة جوية", 6, 6),
    ("ar", "غارة جوية راح ضحيتها 8 مدنيين", 8, 8),
    ("ar", "غارات جوية خلفت 4 قتلى و20 جريحا", 4, 4),
    ("ar", "قضى ثلاثة أطفال بقصف مدفعي", 3, 3),
    ("ar", "سقط قتيل وثلاثة جرحى بقصف صاروخي", 1, 1),
    ("ar", "خمسة قتلى بينهم امرأتان بغارة جوية", 5, 5),
    ("ar", "بلغ عدد قتلى الغارة الجوية 11", 11, 11),
    ("ar", "الغارة أدت إلى مقتل عائلة كاملة من 5 أفراد", 5, 5),
    ("ar", "قتل جندي تركي وأصيب اثنان بانفجار عبوة ناسفة", 1, 1),
    ("ar", "مقتل قيادي ومرافقه بانفجار عبوة ناسفة", 2, 2),
    ("ar", "مقتل 15 مدنيا وجرح أكثر من 40 آخرين بينهم نساء وأطفال في غارة جوية", 15, 15),
    ("ar", "قتلت امرأة وثلاثة من أولادها بغارة جوية", 4, 4),
    ("ar", "مقتل 3 أشخاص من عائلة واحدة هم أب وابناه بغارة جوية", 3, 3),
    ("ar", "استشهد 4 مدنيين هم طفلان وامرأتان بقصف مدفعي", 4, 4),
    ("ar", "استشهدت سيدة وأصيب أطفالها الثلاثة بقصف مدفعي", 1, 1),
    ("ar", "وثق الفريق مقتل 3 مدنيين جراء غارات جوية", 3, 3),
    ("ar", "قتل ٧ أشخاص وأصيب ٢٢ آخرون بانفجار سيارة مفخخة", 7, 7),
    ("ar", "ارتفعت حصيلة قتلى الانفجار إلى ١٤ بعد وفاة أحد الجرحى", 14, 14),
    ("ar", "لقي 9 عناصر من قوات النظام مصرعهم بهجوم على حاجز", 9, 9),
    ("ar", "أعلن الجيش مقتل 33 جنديا تركيا في غارة جوية", 33, 33),
    ("ar", "مقتل طفل وإصابة شقيقه بانفجار لغم", 1, 1),
    ("ar", "قتل أحدهم بانفجار لغم", 1, 1),
    ("ru", "Погибли не менее 39 человек при взрыве, в том числе 12 детей.", 39, 39),
    ("ru", "В результате взрыва погибли восемь и ранены более тридцати человек.", 8, 8),
    ("ru", "Обстрел унес жизни семьи из пяти человек.", 5, 5),
    ("ru", "Взрыв убил двоих военных и ранил еще троих.", 2, 2),
    ("ru", "При обстреле погибла семья: родители и трое детей.", 3, 3),
    ("ru", "Потери боевиков в боях составили 45 человек убитыми.", 45, 45),
    ("ru", "Двое российских военных погибли при минометном обстреле.", 2, 2),
    ("ru", "Боестолкновение, в котором погибли 12 боевиков и четверо солдат", 16, 16),
    ("tr", "Hava saldırısında ölen sivillerin sayısı 9 oldu.", 9, 9),
    ("tr", "Mayın patladı, 2 asker şehit düştü.", 2, 2),
    ("tr", "Rejimin topçu saldırısında bir bebek ile annesi öldü.", 2, 2),
    ("en", "The blast killed one and wounded six.", 1, 1),
    ("en", "Air strikes killed more than 20, mostly women and children.", 20, 20),
    ("en", "A mother and her four children died in an air strike.", 5, 5),
    ("en", "Twin bombings killed 24, including four children and a rescuer.", 24, 24),
    ("en", "At least 16 were killed, 10 of them children, in a missile attack on a camp.", 16, 16),
    ("en", "Clashes left 18 rebels and 11 soldiers dead.", 29, 29),
    ("en", "An air strike killed five people, two of them medics.", 5, 5),
    ("en", "Suicide bombing kills 8 in Idlib restaurant", 8, 8),
    ("en", "Death toll in car bombing rises to 15", 15, 15),
    ("en", "Shelling killed a boy, 12, and his uncle.", 2, 2),
    ("en", "One person was killed and four injured when an IED exploded.", 1, 1),
    ("en", "A drone strike killed two men riding a motorcycle.", 2, 2),
    ("en", "The mortar attack killed 3 Syrian soldiers and injured 5.", 3, 3),
    ("en", "As a result of the attack, a Syrian serviceman died and three were injured.", 1, 1),
    ("en", "Two children died of their wounds after the shelling.", 2, 2),
]


@pytest.mark.parametrize(("language", "text", "best", "high"), WORDINGS)
def test_a_wording_counts_the_dead(language, text, best, high):
    figures = [event.fatalities for event in coded(text, language=language)]
    assert [(f.best, f.high) for f in figures if f is not None] == [(best, high)]


def test_where_so_many_died_is_the_place_named_last():
    text = "Jets struck Saraqib and Ariha, where seven people lost their lives."
    events = coded(text, {"Saraqib": "Saraqib", "Ariha": "Ariha"})
    dead = {e.locality.place.name: e.fatalities and e.fatalities.best for e in events}
    assert dead == {"Saraqib": None, "Ariha": 7}


def test_a_sentence_that_none_died_is_said_of_the_event_before():
    events = coded("Jets bombed Saraqib.\nNo casualties.", {"Saraqib": "Saraqib"})
    assert [e.fatalities.best for e in events] == [0]


def test_somebody_named_along_with_others_counts_too():
    text = "The spokesman Abu Khalid al-Shami was killed along with two of his guards by shelling."
    assert coded(text)[0].fatalities.best == 3
