"""What a date phrase is read against, and what a reading is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from events.geoparsing.timex.calendar import Period

PAST, FUTURE, THEN_FUTURE, SINCE = -1, 1, 2, -2


@dataclass(frozen=True, slots=True)
class Reading:
    """A resolved phrase: TIMEX3 type and value, the days it covers, and why.

    `anchors` says whether later phrases ("the next day", "in May") may lean on it; `has_year`
    whether the text itself gave the year.
    """

    timex_type: str
    value: str
    start: dt.date | None
    end: dt.date | None
    precision: str
    reason: str
    kind: str = "point"
    flags: tuple[str, ...] = ()
    anchors: Period | None = None
    has_year: bool = False


@dataclass(slots=True)
class Context:
    """Where the reading stands in the report.

    `anchor` is the last date mentioned (narrative), `tense` what the words around the phrase say:
    -1 past, 1 future, 2 future seen from a past time, -2 "since", 0 nothing. `narrative` is true
    when the text is history told by its own dates. `stretch` are the two last dates with years
    that one sentence named, from one to a later one; `first_day` is the first day mentioned;
    `opens` is true at the head of a later paragraph. `main` is where the first stretch of a history
    begins, `story` the last date told since, `paragraph` that of the anchor;
    `bc` is the year before our era last named, `bc_age` how many sentences ago.
    """

    dct: dt.date | None
    narrative: bool = False
    anchor: Period | None = None
    anchor_has_year: bool = False
    anchor_age: int = 99
    day_anchor: dt.date | None = None
    first_day: dt.date | None = None
    opens: bool = False
    stretch: tuple[Period, Period] | None = None
    main: Period | None = None
    story: Period | None = None
    paragraph: int = 0
    bc: int | None = None
    bc_age: int = 0
    tense: int = 0

    @property
    def now(self) -> dt.date | None:
        """The day that phrases are counted from: the report's, in a history the last told."""
        if not self.narrative or self.anchor is None:
            return self.dct
        return self.day_anchor_in_anchor or self.anchor.start

    @property
    def spoken(self) -> dt.date | None:
        """The day that somebody speaks on: the report's, where it is known."""
        return self.dct or self.now

    @property
    def week(self) -> dt.date | None:
        """A day of the week that a bare weekday is of: in a history the day last spoken of.

        A history in which only a year or a month was named knows no weekday of its own.
        """
        if not self.narrative or self.anchor is None:
            return self.now
        return self.day_anchor_in_anchor or self.dct or self.anchor.start

    @property
    def day_anchor_in_anchor(self) -> dt.date | None:
        """The last day mentioned, when it lies within the last period mentioned."""
        day, anchor = self.day_anchor, self.anchor
        if day and anchor and anchor.start <= day <= anchor.end:
            return day
        return None

    @property
    def reference(self) -> Period | None:
        """What "that", "later" and "the next" lean on: the last date mentioned, else the report."""
        from_report = Period(self.dct.isoformat(), self.dct, self.dct, "D") if self.dct else None
        return self.anchor or from_report

    @property
    def label_of_anchor(self) -> str:
        """How a reason names the date last mentioned."""
        return self.anchor.value if self.anchor else "no date"

    @property
    def label(self) -> str:
        """How a reason names the day that phrases are counted from."""
        if self.dct and not (self.narrative and self.anchor):
            return f"the report of {self.dct.isoformat()}"
        return f"the date last mentioned, {self.anchor.value}" if self.anchor else "no known date"


Values = Mapping[str, Any]


def point(period: Period, reason: str, **more: Any) -> Reading:
    """A DATE that names `period`; leans later phrases on it."""
    fields: dict[str, Any] = {"anchors": period, **more}
    kind = fields.pop("timex_type", "DATE")
    value = fields.pop("value", period.value)
    return Reading(kind, value, period.start, period.end, period.precision, reason, **fields)


def unresolved(
    value: str, reason: str, timex_type: str = "DATE", kind: str = "reference"
) -> Reading:
    """A phrase that no known date can be counted from."""
    return Reading(timex_type, value, None, None, "day", reason, kind=kind)
