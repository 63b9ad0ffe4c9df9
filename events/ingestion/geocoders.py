"""Geocoders with geopy's face: our gazetteer first, Nominatim by choice, rate-limited, cached."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.cache import cache
from geopy.exc import GeocoderQueryError, GeopyError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import Nominatim
from geopy.geocoders.base import Geocoder
from geopy.location import Location
from geopy.point import Point

from events.geoparsing.document import Candidate
from events.geoparsing.gazetteer import Gazetteer

DAY = 24 * 3600
SECONDS_BETWEEN_CALLS = 1.1
USER_AGENT = "idlibmap (https://github.com/idlibmap/idlibmap)"


class GazetteerGeocoder(Geocoder):
    """geopy's `geocode` and `reverse` over our own gazetteer: no network, no key."""

    def __init__(self, gazetteer: Gazetteer, **options: Any) -> None:
        super().__init__(**options)
        self.gazetteer = gazetteer

    def geocode(
        self, query: str, *, exactly_one: bool = True, limit: int = 10, timeout: Any = None
    ) -> Location | list[Location] | None:
        """The place that `query` names (WGS 84), or the best `limit` of them; None for no match.

        Raises geopy.exc.GeocoderQueryError for an empty query.
        """
        if not query or not query.strip():
            raise GeocoderQueryError("The query is empty.")
        found = [location(c) for c in self.gazetteer.candidates(query) if c.lat is not None]
        if not found:
            return None
        return found[0] if exactly_one else found[:limit]

    def reverse(
        self, query: Any, *, exactly_one: bool = True, limit: int = 10, timeout: Any = None
    ) -> Location | list[Location] | None:
        """The places nearest to a point (anything geopy.Point reads), nearest first."""
        point = Point(query)
        near = self.gazetteer.nearest(point.latitude, point.longitude, limit)
        found = [
            location(Candidate(e.place_id, e.name, e.kind, e.lat, e.lon), distance_km=km)
            for e, km in near
        ]
        if not found:
            return None
        return found[0] if exactly_one else found


def location(candidate: Candidate, **raw: Any) -> Location:
    """A gazetteer candidate as a geopy Location; `raw` holds slug, kind, score and reasons."""
    raw |= {
        "place": candidate.place_id,
        "kind": candidate.kind,
        "score": candidate.score,
        "reasons": list(candidate.reasons),
    }
    return Location(candidate.name, Point(candidate.lat, candidate.lon), raw)


class CachedNominatim:
    """Nominatim at most once in 1.1 s, answers kept 30 days; off unless NOMINATIM_URL is set."""

    def __init__(self, domain: str) -> None:
        self.nominatim = Nominatim(user_agent=USER_AGENT, domain=domain, timeout=10)
        pace = {"min_delay_seconds": SECONDS_BETWEEN_CALLS, "max_retries": 1}
        self._geocode = RateLimiter(self.nominatim.geocode, **pace)
        self._reverse = RateLimiter(self.nominatim.reverse, **pace)

    def geocode(self, query: str, *, exactly_one: bool = True, limit: int = 10) -> Any:
        """Nominatim's answer; None where it has none or does not answer."""
        key = f"nominatim:geocode:{query.strip().lower()[:150]}"
        found = self._cached(key, lambda: self._geocode(query, exactly_one=False, limit=limit))
        return _first(found, exactly_one)

    def reverse(self, query: Any, *, exactly_one: bool = True, limit: int = 10) -> Any:
        """The address of a point."""
        point = Point(query)
        key = f"nominatim:reverse:{point.latitude:.4f},{point.longitude:.4f}"
        found = self._cached(key, lambda: self._reverse(point, exactly_one=False))
        return _first(found, exactly_one)

    def _cached(self, key: str, ask: Any) -> Any:
        safe_key = "".join(c if c.isalnum() or c in ":.,-" else "_" for c in key)
        held = cache.get(safe_key)
        if held is not None:
            return [Location(*fields) for fields in held]
        try:
            found = ask() or []
        except GeopyError:
            return []
        rows = [(x.address, tuple(x.point), x.raw) for x in found]
        cache.set(safe_key, rows, 30 * DAY)
        return found


def _first(found: Any, exactly_one: bool) -> Any:
    if not found:
        return None
    return found[0] if exactly_one else found


class FallbackGeocoder:
    """The gazetteer's answer, or the second geocoder's where the gazetteer has none."""

    def __init__(self, first: Any, second: Any = None) -> None:
        self.first, self.second = first, second

    def geocode(self, query: str, **options: Any) -> Any:
        found = self.first.geocode(query, **options)
        return found if found or not self.second else self.second.geocode(query, **options)

    def reverse(self, query: Any, **options: Any) -> Any:
        found = self.first.reverse(query, **options)
        return found if found or not self.second else self.second.reverse(query, **options)


def make_geocoder(gazetteer: Gazetteer) -> FallbackGeocoder:
    """The geocoder that the settings ask for."""
    domain = settings.NOMINATIM_URL.removeprefix("https://").strip("/")
    second = CachedNominatim(domain) if domain else None
    return FallbackGeocoder(GazetteerGeocoder(gazetteer), second)
