"""A toy gazetteer of the north-west, and the steps up to resolution over a line of text."""

from __future__ import annotations

import functools

from events.geoparsing.document import Document
from events.geoparsing.gazetteer import Entry, Gazetteer
from events.geoparsing.lexicon import load_lexicon
from events.geoparsing.recognition import recognise
from events.geoparsing.resolution import resolve
from events.geoparsing.segmentation import segment
from events.geoparsing.world import with_world

ROWS = (
    ("syria", "Syria", "country", 35.0, 38.0, 300, "", "ar:سوريا|ru:Сирия|tr:Suriye"),
    ("idlib-governorate", "Idlib Governorate", "governorate", 35.83, 36.67, 45, "syria",
     "en:Idlib|ar:إدلب|ru:Идлиб|tr:İdlib"),
    ("idlib", "Idlib", "city", 35.9306, 36.6339, 4, "idlib-governorate",
     "en:Idlib City|ar:إدلب|ru:Идлиб|tr:İdlib"),
    ("aleppo-governorate", "Aleppo Governorate", "governorate", 36.15, 37.4, 80, "syria",
     "en:Aleppo|ar:حلب|ru:Алеппо|tr:Halep"),
    ("aleppo", "Aleppo", "city", 36.2, 37.16, 9, "aleppo-governorate", "ar:حلب|ru:Алеппо|tr:Halep"),
    ("hama-governorate", "Hama Governorate", "governorate", 35.3, 37.3, 60, "syria",
     "en:Hama|ar:حماة|ru:Хама|tr:Hama"),
    ("hama", "Hama", "city", 35.13, 36.76, 6, "hama-governorate", "ar:حماة|ru:Хама"),
    ("latakia", "Latakia", "city", 35.53, 35.79, 6, "syria", "ar:اللاذقية|ru:Латакия|tr:Lazkiye"),
    ("saraqib", "Saraqib", "town", 35.8645, 36.8059, 2, "idlib-governorate",
     "en:Saraqeb|ar:سراقب|ru:Саракиб|tr:Serakib"),
    ("ariha", "Ariha", "town", 35.8136, 36.6094, 2, "idlib-governorate",
     "ar:أريحا|ru:Ариха|tr:Eriha"),
    ("kafr-nabl", "Kafr Nabl", "town", 35.6144, 36.5611, 2, "idlib-governorate",
     "en:Kafranbel|ar:كفرنبل|ru:Кафр-Набль|tr:Kefr Nebil"),
    ("jisr-al-shughur", "Jisr al-Shughur", "city", 35.8142, 36.3198, 2, "idlib-governorate",
     "ar:جسر الشغور|ru:Джиср-эш-Шугур|tr:Cisr eş-Şuğur"),
    ("khan-shaykhun", "Khan Shaykhun", "town", 35.4421, 36.651, 2, "idlib-governorate",
     "en:Khan Sheikhoun|ar:خان شيخون|ru:Хан-Шейхун"),
    ("al-dana", "al-Dana", "town", 36.2128, 36.7692, 2, "idlib-governorate", "ar:الدانا"),
    ("hass", "Hass", "village", 35.595, 36.57, 1, "idlib-governorate", "en:Has|ar:حاس"),
    ("al-bab", "al-Bab", "city", 36.37, 37.517, 3, "aleppo-governorate", "ar:الباب|ru:Эль-Баб"),
    ("tall-abyad-hama", "Tall Abyad", "village", 35.2, 36.6, 1, "hama-governorate", "ar:تل أبيض"),
    ("tall-abyad-aleppo", "Tall Abyad", "village", 36.5, 37.9, 1, "aleppo-governorate", ""),
    ("hmeimim", "Hmeimim", "village", 35.4, 35.94, 1, "latakia", "ar:حميميم"),
    ("hmeimim-air-base", "Hmeimim Air Base", "air_base", 35.401, 35.948, 2, "latakia",
     "en:Hmeimim|en:Khmeimim|ar:مطار حميميم|ar:حميميم|ru:Хмеймим|tr:Hmeymim"),
    ("idlib-central-prison", "Idlib Central Prison", "prison", 35.93, 36.6, 1, "idlib", ""),
    ("jabal-al-zawiya", "Jabal al-Zawiya", "mountain", 35.7, 36.55, 15, "idlib-governorate",
     "ar:جبل الزاوية"),
    ("taftanaz", "Taftanaz", "town", 35.9997, 36.7858, 2, "idlib-governorate", "ar:تفتناز"),
    ("border", "Syrian-Turkish Border", "region", 36.2, 36.6, 50, "", "en:Turkish border"),
)  # fmt: skip


def make_entry(
    place_id: str = "idlib",
    name: str = "Idlib",
    kind: str = "city",
    lat: float = 35.93,
    lon: float = 36.63,
    radius_km: float = 4,
    parent: str = "",
    names: str = "",
) -> Entry:
    """An entry whose `names` are "language:spelling" joined by "|"."""
    spellings = tuple(
        (text, code) for code, _, text in (n.partition(":") for n in names.split("|"))
    )
    listed = tuple(pair for pair in spellings if pair[0])
    return Entry(place_id, name, kind, lat, lon, radius_km, parent, "SY", names=listed)


def make_entries() -> list[Entry]:
    """The toy places."""
    return [make_entry(*row) for row in ROWS]


@functools.cache
def make_gazetteer() -> Gazetteer:
    """The toy places and the world."""
    return Gazetteer(with_world(make_entries()))


def read_places(text: str, language: str = "en", gazetteer: Gazetteer | None = None) -> Document:
    """The document after the steps up to resolution."""
    known = gazetteer or make_gazetteer()
    lexicon = load_lexicon(language)
    doc = segment(Document(text, language=language), lexicon)
    return resolve(recognise(doc, known, lexicon), known, lexicon)


def places_of(text: str, language: str = "en") -> dict[str, str | None]:
    """{surface: place id or None} of the toponyms that are no demonyms."""
    return {
        item.text: item.place.place_id if item.place else None
        for item in read_places(text, language).toponyms
        if item.role != "demonym"
    }
