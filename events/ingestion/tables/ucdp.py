"""Rows of UCDP GED, 41 or 49 columns, read by name (Sundberg and Melander 2013)."""

from __future__ import annotations

from events.ingestion.tables.rows import EventRow, Party, count, day, ordered, point
from events.vocabulary import ActorRole, GeoPrecision, SubEventType, TimePrecision

COLUMNS = frozenset({"id", "type_of_violence", "where_prec", "date_prec", "date_start"})
TIME = {
    "1": TimePrecision.DAY,
    "2": TimePrecision.WEEK,
    "3": TimePrecision.WEEK,
    "4": TimePrecision.MONTH,
    "5": TimePrecision.YEAR,
}
# where_prec: our precision, radius in km, kind of the place that is named
WHERE = {
    "1": (GeoPrecision.EXACT, 0.0, ""),
    "2": (GeoPrecision.ABOUT, 25.0, ""),
    "3": (GeoPrecision.REGION, 15.0, "district"),
    "4": (GeoPrecision.REGION, 45.0, "governorate"),
    "5": (GeoPrecision.REGION, 30.0, "region"),
    "6": (GeoPrecision.REGION, 300.0, "country"),
    "7": (GeoPrecision.REGION, 30.0, "region"),
}
# UCDP codes who fought, not how; the headline's words decide where they are plain
WORDS = (
    (SubEventType.CHEMICAL_WEAPON, ("chemical", "chlorine", "sarin", "toxic gas")),
    (SubEventType.SUICIDE_BOMB, ("suicide",)),
    (
        SubEventType.AIR_STRIKE,
        ("air strike", "airstrike", "air raid", "warplane", "barrel bomb", "helicopter", "drone"),
    ),
    (SubEventType.REMOTE_EXPLOSIVE, ("ied", "landmine", "mine explo", "car bomb", "booby")),
    (SubEventType.SHELLING, ("shell", "mortar", "rocket", "missile", "artillery")),
)
COUNTRIES = {"Syria": "SY", "Turkey": "TR", "Lebanon": "LB", "Iraq": "IQ", "Jordan": "JO"}


def read_row(row: dict[str, str], line: int) -> EventRow:
    """The event of a row; raises ValueError or KeyError naming what is wrong."""
    start, end = day(row["date_start"]), day(row.get("date_end") or row["date_start"])
    if end < start:
        raise ValueError(f"date_end {end} is before date_start {start}")
    lat, lon = point(row["latitude"], row["longitude"])
    precision, radius, kind = _known(WHERE, row["where_prec"], "where_prec")
    low, best, high = ordered(count(row["low"]), count(row["best"]), count(row["high"]))
    return EventRow(
        external_id=row["id"].strip(),
        sub_event_type=sub_type(row),
        start=start,
        end=end,
        lat=lat,
        lon=lon,
        time_precision=_known(TIME, row["date_prec"], "date_prec"),
        geo_precision=precision,
        radius_km=radius,
        place=place_name(row),
        place_kind=kind,
        admin1=row.get("adm_1", ""),
        country=COUNTRIES.get(row.get("country", ""), ""),
        parties=parties(row),
        low=low,
        best=best,
        high=high,
        summary=headline(row),
        own={key: value for key, value in row.items() if value != ""},
        line=line,
    )


def _known(table: dict, value: str, column: str):  # type: ignore[no-untyped-def, type-arg]
    try:
        return table[value.strip()]
    except KeyError:
        known = ", ".join(table)
        raise ValueError(f"{column} is {value!r}; known are {known}") from None


def sub_type(row: dict[str, str]) -> SubEventType:
    """How it was done, as far as the headline says; else by the type of violence."""
    words = f" {row.get('source_headline', '')} ".lower()
    for kind, signs in WORDS:
        if any(sign in words for sign in signs):
            return kind
    one_sided = row["type_of_violence"].strip() == "3"
    return SubEventType.ATTACK if one_sided else SubEventType.ARMED_CLASH


def place_name(row: dict[str, str]) -> str:
    """The narrowest name that the precision allows."""
    named = {"3": "adm_2", "4": "adm_1", "6": "country"}.get(row["where_prec"].strip())
    return (row.get(named or "where_coordinates") or row.get("where_coordinates") or "").strip()


def parties(row: dict[str, str]) -> tuple[Party, ...]:
    """Side A and side B; the civilians of one-sided violence are its target."""
    one, two = row["side_a"].strip(), row["side_b"].strip()
    role = ActorRole.TARGET if row["type_of_violence"].strip() == "3" else ActorRole.ACTOR
    found = [Party(one, 1 if one.startswith("Government of") else 0)] if one else []
    if two:
        found.append(Party(two, 7 if two == "Civilians" else 0, role))
    return tuple(found)


def headline(row: dict[str, str]) -> str:
    """The first headline, at most 500 characters."""
    return (row.get("source_headline") or "").split(";")[0].strip()[:500]
