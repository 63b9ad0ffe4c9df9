"""Our events in the columns of ACLED and UCDP GED (CODEBOOK, sections 2 and 3)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from events.publishing.features import PublicEvent, sources_of
from events.vocabulary import EventType, SubEventType

ACLED_COLUMNS = (
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
)
UCDP_COLUMNS = (
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
)
TIME_PRECISION = {"day": 1, "week": 2, "month": 3, "year": 3}
UCDP_TIME = {"day": 1, "week": 3, "month": 4, "year": 5}
COUNTRIES = {"SY": ("Syria", 760), "TR": ("Turkey", 792), "LB": ("Lebanon", 422)}
CIVILIANS = 7


def acled_row(record: PublicEvent, _base_url: str) -> list[Any] | None:
    """The 31 columns of ACLED; an event whose day is known only to the year is not exported."""
    if record["time_precision"] == "year":
        return None
    one, two, assoc = _sides(record)
    sub_type = SubEventType(record["sub_event_type_code"])
    day = middle(record)
    country, iso = COUNTRIES.get(record["country"] or "SY", ("", ""))
    return [
        record["uid"],
        day.isoformat(),
        day.year,
        TIME_PRECISION[record["time_precision"]],
        sub_type.disorder_type,
        record["event_type"],
        record["sub_event_type"],
        one["name"],
        assoc,
        one["kind"],
        two["name"],
        "",
        two["kind"],
        _interaction(one["kind"], two["kind"]),
        _civilian_targeting(record),
        iso,
        "Middle East",
        country,
        record["admin1"],
        "",
        "",
        record["place"],
        record["latitude"],
        record["longitude"],
        record["geo_precision"],
        "; ".join(sources_of(record)),
        "",
        record["summary"] or _first_quote(record),
        record["fatalities"][1] or 0,
        "",
        int(dt.datetime.fromisoformat(record["updated"]).timestamp()),
    ]


def middle(record: PublicEvent) -> dt.date:
    """The day that stands for the event: its first, or the middle of a wider interval."""
    start = dt.date.fromisoformat(record["start_date"])
    end = dt.date.fromisoformat(record["end_date"])
    return start if record["time_precision"] == "day" else start + (end - start) // 2


def _sides(record: PublicEvent) -> tuple[dict[str, Any], dict[str, Any], str]:
    """Actor 1, actor 2 (the target where there is one) and the associates of actor 1."""
    nobody = {"name": "", "kind": ""}
    targets = [a for a in record["actors"] if a["role"] == "target"]
    others = [a for a in record["actors"] if a["role"] == "actor"]
    associated = [a["name"] for a in record["actors"] if a["role"] == "associated"]
    one = others[0] if others else nobody
    rest = [*targets, *others[1:]]
    two = rest[0] if rest else nobody
    return one, two, "; ".join([*associated, *(a["name"] for a in rest[1:])])


def _interaction(one: Any, two: Any) -> str:
    kinds = sorted(int(k) for k in (one, two) if k != "")
    return "".join(map(str, kinds)) if len(kinds) == 2 else f"{kinds[0]}0" if kinds else ""


def _civilian_targeting(record: PublicEvent) -> str:
    if record["event_type_code"] == EventType.BATTLES:
        return ""
    hit = any(a["kind"] == CIVILIANS and a["role"] == "target" for a in record["actors"])
    by_type = record["event_type_code"] == EventType.CIVILIANS
    return "Civilians targeted" if hit or by_type else ""


def _first_quote(record: PublicEvent) -> str:
    return record["claims"][0]["quote"].strip() if record["claims"] else ""


def ucdp_row(record: PublicEvent, _base_url: str) -> list[Any]:
    """The 49 columns of UCDP GED; rows that came from UCDP give back their own columns."""
    own = record.get("attributes") or {}
    if own:
        return [own.get(column, "") for column in UCDP_COLUMNS]
    one, two, _assoc = _sides(record)
    low, best, high = record["fatalities"]
    start, end = record["start_date"], record["end_date"]
    country = COUNTRIES.get(record["country"] or "SY", ("", ""))[0]
    values: dict[str, Any] = {
        "id": record["uid"],
        "year": start[:4],
        "type_of_violence": _violence(record, one, two),
        "dyad_name": " - ".join(filter(None, [one["name"], two["name"]])),
        "side_a": one["name"],
        "side_b": two["name"],
        "number_of_sources": len(sources_of(record)) or -1,
        "source_article": "; ".join(sources_of(record)),
        "source_headline": record["claims"][0]["title"] if record["claims"] else "",
        "where_prec": _where_precision(record),
        "where_coordinates": record["place"],
        "where_description": record["summary"],
        "adm_1": record["admin1"],
        "latitude": record["latitude"],
        "longitude": record["longitude"],
        "geom_wkt": f"POINT({record['longitude']} {record['latitude']})",
        "country": country,
        "region": "Middle East",
        "event_clarity": 1 if record["time_precision"] == "day" else 2,
        "date_prec": UCDP_TIME[record["time_precision"]],
        "date_start": start,
        "date_end": end,
        "deaths_unknown": best or 0,
        "best": best or 0,
        "high": high or 0,
        "low": low or 0,
    }
    return [values.get(column, "") for column in UCDP_COLUMNS]


def _violence(record: PublicEvent, one: dict[str, Any], two: dict[str, Any]) -> int:
    """1 state-based, 2 non-state, 3 one-sided."""
    kinds = {one["kind"], two["kind"]}
    if record["event_type_code"] == EventType.CIVILIANS or CIVILIANS in kinds:
        return 3
    return 1 if kinds & {1, 8} else 2


def _where_precision(record: PublicEvent) -> int:
    """UCDP's place scale from ours: point 1, about 2, district 3, governorate 4, wider 6 or 5."""
    if record["geo_precision"] < 3:
        return record["geo_precision"]
    return {"district": 3, "subdistrict": 3, "governorate": 4, "country": 6}.get(
        record["place_kind"], 5
    )
