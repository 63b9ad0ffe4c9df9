"""The table of places: whole in itself, and near the figures it names as its references."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from events.geoparsing.names import fold
from events.vocabulary import PlaceKind

TABLE = Path(__file__).resolve().parents[1] / "fixtures" / "tables" / "places.csv"
HEADER = [
    *("slug", "name", "kind", "parent", "lat", "lon", "radius_km", "country", "ar", "names"),
    *("valid_from", "valid_to", "ref", "note", "importance"),
]
KIND_ORDER = [
    *("country", "region", "zone", "governorate", "district", "subdistrict", "city", "town"),
    *("village", "neighbourhood", "mountain", "water", "route", "prison", "air_base"),
    *("military_base", "checkpoint", "crossing", "observation_post", "camp", "hospital"),
    *("school", "industrial", "government", "landmark"),
]
SYRIA_BOX = (32.3, 35.4, 37.4, 42.45)
SETTLEMENTS = ("city", "town", "village")
PARENT_KINDS = {
    "district": {"governorate"},
    "subdistrict": {"district"},
    "governorate": {"country"},
}
COMMON_WORDS = {
    *("has", "have", "is", "as", "an", "and", "in", "on", "at", "to", "of", "or", "are", "was"),
    *("bad", "bare", "bat", "ban", "man", "men", "sea", "see", "sun", "hat", "habit", "mare"),
    *("turkey", "china", "jordan", "georgia", "harem", "katana", "san", "dana", "salma", "visit"),
    *("martin", "kelly", "brad", "moan", "shia", "rare", "safe", "zone", "road", "camp", "rai"),
    *("state", "gulf", "coast", "ali", "omar", "rami", "rasha", "karim", "safa", "sharia"),
}
"""Words and given names of running English: a place so called needs a note."""

Table = list[dict[str, str]]


@cache
def table() -> Table:
    with TABLE.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def by_slug() -> dict[str, dict[str, str]]:
    return {row["slug"]: row for row in table()}


def spellings(row: dict[str, str]) -> list[tuple[str, str]]:
    """(language, spelling) of every name of a row, the preferred and the Arabic one first."""
    rest = [tuple(part.split(":", 1)) for part in row["names"].split("|") if part]
    return [("en", row["name"]), ("ar", row["ar"]), *rest]


def ancestors(row: dict[str, str]) -> Iterator[dict[str, str]]:
    places, steps = by_slug(), 0
    while row["parent"] and steps < 10:
        row, steps = places[row["parent"]], steps + 1
        yield row


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    east = math.radians(other_lon - lon) * math.cos(math.radians((lat + other_lat) / 2))
    return 6371 * math.hypot(east, math.radians(other_lat - lat))


def off_by(row: dict[str, str], lat: float, lon: float) -> float:
    return kilometres(float(row["lat"]), float(row["lon"]), lat, lon)


def test_the_header_is_the_agreed_one() -> None:
    assert list(table()[0]) == HEADER


def test_two_thousand_places_bear_fifteen_thousand_different_names() -> None:
    assert len(table()) >= 2000
    assert len({(lang, text) for row in table() for lang, text in spellings(row)}) >= 15_000


def test_slugs_stand_once() -> None:
    assert [slug for slug, n in Counter(row["slug"] for row in table()).items() if n > 1] == []


def test_rows_stand_by_kind_and_then_by_slug() -> None:
    keys = [(KIND_ORDER.index(row["kind"]), row["slug"]) for row in table()]
    assert keys == sorted(keys)
    assert set(KIND_ORDER) == set(PlaceKind.values)


def test_parents_are_places_of_the_table_and_chains_end() -> None:
    places = by_slug()
    assert [row["slug"] for row in table() if row["parent"] and row["parent"] not in places] == []
    assert [row["slug"] for row in table() if len(list(ancestors(row))) >= 10] == []


def test_administrative_units_hang_on_the_unit_above() -> None:
    places = by_slug()
    for row in table():
        allowed = PARENT_KINDS.get(row["kind"])
        assert allowed is None or places[row["parent"]]["kind"] in allowed, row["slug"]


@pytest.mark.parametrize(("kind", "count"), [("governorate", 14), ("district", 62)])
def test_syria_has_all_its_governorates_and_districts(kind: str, count: int) -> None:
    ours = [row for row in table() if row["kind"] == kind and row["country"] == "SY"]
    assert len(ours) == count


def test_places_in_syria_lie_in_syria() -> None:
    south, west, north, east = SYRIA_BOX
    for row in table():
        lat, lon = float(row["lat"]), float(row["lon"])
        assert abs(lat) <= 90, row["slug"]
        assert abs(lon) <= 180, row["slug"]
        inside = south <= lat <= north and west <= lon <= east
        assert inside or row["country"] != "SY", row["slug"]


def test_a_site_lies_by_the_town_it_belongs_to() -> None:
    places = by_slug()
    for row in table():
        parent = places.get(row["parent"])
        if parent is None or parent["kind"] not in SETTLEMENTS:
            continue
        reach = 1.9 * float(parent["radius_km"]) + 7.5
        assert off_by(row, float(parent["lat"]), float(parent["lon"])) <= reach, row["slug"]


def test_every_place_has_a_radius_an_importance_and_a_reference() -> None:
    for row in table():
        assert 0 < float(row["radius_km"]) <= 6000, row["slug"]
        assert 0 <= int(row["importance"]) <= 100, row["slug"]
        assert row["ref"], row["slug"]


def test_country_codes_are_two_capitals_or_nothing() -> None:
    codes = {row["country"] for row in table()} - {""}
    assert [code for code in codes if not (len(code) == 2 and code.isupper())] == []
    assert all(row["country"] for row in table() if row["kind"] == "country")


def test_validity_is_in_days_that_run_forward() -> None:
    for row in table():
        days = [dt.date.fromisoformat(row[key]) for key in ("valid_from", "valid_to") if row[key]]
        assert days == sorted(days), row["slug"]


def test_a_spelling_stands_once_in_its_row_and_names_its_language() -> None:
    for row in table():
        found = [(lang, text.casefold()) for lang, text in spellings(row)]
        assert len(found) == len(set(found)), row["slug"]
        assert all(lang in ("en", "ar", "ru", "tr") and text for lang, text in found), row["slug"]
        assert all(text == text.strip() for _lang, text in spellings(row)), row["slug"]


SCRIPTS = {"en": (0x41, 0x24F), "tr": (0x41, 0x24F), "ru": (0x400, 0x4FF), "ar": (0x600, 0x6FF)}


@pytest.mark.parametrize("language", sorted(SCRIPTS))
def test_spellings_are_in_the_script_of_their_language(language: str) -> None:
    first, last = SCRIPTS[language]
    for row in table():
        for lang, text in spellings(row):
            letters = [sign for sign in text if sign.isalpha() and ord(sign) < 0x1E00]
            strange = [sign for sign in letters if not first <= ord(sign) <= last]
            known_mix = language == "ar" and set(strange) <= {"M"}  # the roads M4 and M5
            assert lang != language or not strange or known_mix, (row["slug"], text)


def test_a_name_that_is_a_common_word_is_noted() -> None:
    for row in table():
        if row["kind"] in ("district", "subdistrict", "governorate"):
            continue
        english = [text for lang, text in spellings(row) if lang == "en"]
        clash = [text for text in english if fold(text) in COMMON_WORDS]
        assert not clash or row["note"], (row["slug"], clash)


def test_every_place_has_latin_arabic_and_russian_names() -> None:
    for row in table():
        languages = {lang for lang, text in spellings(row) if text}
        missing = {"en", "ar", "ru", "tr"} - languages
        # A Turkish spelling that is the preferred Latin one is not told twice.
        assert missing <= {"tr"}, row["slug"]


def test_twelve_turkish_posts_have_their_number_and_day() -> None:
    numbered = [row for row in table() if row["note"].startswith("post ")]
    assert sorted(int(row["note"].split()[1].strip(",;")) for row in numbered) == list(range(1, 13))
    assert all(row["valid_from"] and row["kind"] == "observation_post" for row in numbered)


@pytest.fixture(scope="module")
def who_is_on_first(shared: Path) -> Table:
    path = shared / "data" / "gazetteer" / "wof_sy_places.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as source:
        return list(csv.DictReader(source))


@pytest.fixture(scope="module")
def ocha_points(shared: Path) -> dict[str, tuple[float, float]]:
    """OCHA p-code -> (lat, lon) of the unit's centre, on all three levels."""
    points = {}
    for level in (1, 2):
        path = shared / "data" / "boundaries" / f"ocha_cod_ab_syr_admin{level}_simplified.geojson"
        for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
            unit = feature["properties"]
            points[unit[f"adm{level}_pcode"]] = (unit["center_lat"], unit["center_lon"])
    path = shared / "data" / "gazetteer" / "opensyria_subdistricts.json"
    for unit in json.loads(path.read_text(encoding="utf-8")):
        centre = unit["centroid"]
        code = unit["externalIds"]["ochaPcode"]
        points[code] = (centre["latitude"], centre["longitude"])
    return points


def test_places_lie_where_the_reference_they_name_has_them(who_is_on_first: Table) -> None:
    points = {f"GeoNames {row['gn_id']}": row for row in who_is_on_first if row["gn_id"]}
    points |= {f"WOF {row['wof_id']}": row for row in who_is_on_first}
    checked = [row for row in table() if row["ref"] in points]
    assert len(checked) >= 900
    for row in checked:
        figure = points[row["ref"]]
        assert off_by(row, float(figure["lat"]), float(figure["lon"])) <= 3, row["slug"]


def test_units_lie_where_ocha_has_them(ocha_points: dict[str, tuple[float, float]]) -> None:
    units = [row for row in table() if row["ref"].startswith("OCHA ")]
    assert len(units) >= 76
    for row in units:
        figure = ocha_points[row["ref"].removeprefix("OCHA ")]
        # The agreed point of Idlib Governorate is rounded.
        limit = 10 if row["kind"] == "governorate" else 3
        assert off_by(row, *figure) <= limit, row["slug"]


def test_settlements_lie_by_their_namesakes_of_the_reference(who_is_on_first: Table) -> None:
    """A settlement whose like-named neighbours (within 15 km) all lie over 3 km off says why."""
    named: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for figure in who_is_on_first:
        point = (float(figure["lat"]), float(figure["lon"]))
        for name in figure["names"].split("|"):
            named[fold(name.split(":", 1)[-1])].append(point)
    strays = []
    for row in table():
        if row["kind"] not in SETTLEMENTS or row["country"] != "SY" or row["note"]:
            continue
        texts = {fold(text) for lang, text in spellings(row) if lang in ("en", "ar")}
        distances = [off_by(row, *point) for text in texts for point in named[text]]
        near = min((distance for distance in distances if distance < 15), default=0)
        strays += [(row["slug"], near)] if near > 3 else []
    assert strays == []
