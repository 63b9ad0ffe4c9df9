"""Arithmetic on points: the z-order key of a point, and the public point of a coarsened one."""

from __future__ import annotations

import hashlib
import math

MORTON_BITS = 28
KM_PER_DEGREE = 111.32


def morton(latitude: float | None, longitude: float | None) -> int | None:
    """The z-order key of a point in Web Mercator at zoom 28 (56 bits); None without a point.

    A tile z/x/y holds exactly the keys whose first 2z bits are its own, so a range scan of a B-tree
    answers it.
    """
    if latitude is None or longitude is None:
        return None
    size = 1 << MORTON_BITS
    radians = math.radians(max(-85.0511, min(85.0511, latitude)))
    x = int((longitude + 180) / 360 * size)
    y = int((1 - math.asinh(math.tan(radians)) / math.pi) / 2 * size)
    return _spread(min(size - 1, max(0, x))) | (_spread(min(size - 1, max(0, y))) << 1)


def _spread(value: int) -> int:
    """Put a zero bit between the bits of a 28-bit number."""
    value = (value | (value << 16)) & 0x0000FFFF0000FFFF
    value = (value | (value << 8)) & 0x00FF00FF00FF00FF
    value = (value | (value << 4)) & 0x0F0F0F0F0F0F0F0F
    value = (value | (value << 2)) & 0x3333333333333333
    return (value | (value << 1)) & 0x5555555555555555


def coarsened(latitude: float, longitude: float, km: float, key: str) -> tuple[float, float]:
    """The point moved onto a grid of `km`, by an offset fixed for `key`.

    The offset is the same at every publication, so that averaging many versions tells nothing; it
    depends on the place and not on the exact point. No `km` leaves the point as it is.
    """
    if not km or km <= 0:
        return latitude, longitude
    step_lat = km / KM_PER_DEGREE
    step_lon = step_lat / max(0.1, math.cos(math.radians(latitude)))
    lat0, lon0 = _offset(key)
    lat = (math.floor(latitude / step_lat - lat0) + lat0 + 0.5) * step_lat
    lon = (math.floor(longitude / step_lon - lon0) + lon0 + 0.5) * step_lon
    return round(max(-90.0, min(90.0, lat)), 4), round(max(-180.0, min(180.0, lon)), 4)


def _offset(key: str) -> tuple[float, float]:
    digest = hashlib.blake2b(key.encode(), digest_size=8).digest()
    return (
        int.from_bytes(digest[:4], "big") / 2**32,
        int.from_bytes(digest[4:], "big") / 2**32,
    )
