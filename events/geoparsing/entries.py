"""Entry: one place of the gazetteer."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

_KIND_WEIGHT = {
    "country": 0.9, "governorate": 0.7, "city": 0.55, "town": 0.4, "district": 0.35, "region": 0.4,
    "subdistrict": 0.25, "air_base": 0.4, "crossing": 0.4, "prison": 0.3, "zone": 0.4,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One place. `names` are (spelling, language); `country` is ISO alpha-2 of where it lies.

    `importance` (0..1, or 0..100 as tables have it) decides between namesakes when the report says
    nothing; 0 stands for not known.
    """

    place_id: str
    name: str
    kind: str
    lat: float
    lon: float
    radius_km: float = 0.0
    parent: str = ""
    country: str = ""
    population: int = 0
    importance: float = 0.0
    names: tuple[tuple[str, str], ...] = ()
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None

    @property
    def weight(self) -> float:
        """The importance as 0..1; where it is not known, what the kind and population suggest."""
        if self.importance > 0:
            return self.importance / 100 if self.importance > 1 else self.importance
        people = min(0.3, math.log10(self.population + 1) / 20)
        return _KIND_WEIGHT.get(self.kind, 0.08) + people

    def spellings(self) -> list[str]:
        """All spellings, the preferred one first, without repeats."""
        return list(dict.fromkeys([self.name, *(text for text, _ in self.names)]))
