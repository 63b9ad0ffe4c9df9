"""Where machine and editors agree: for each step of the reading how often people kept it, by week.

Compared are the newest events that people confirmed: as they stand now, and as the parser made
them. It is the product's own measure of its reading.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from events.models import Event, Mention, Participation
from events.vocabulary import MentionStatus, ReviewStatus

MOST_COMPARED = 3000
WEEKS = 8
LINE = (80, 16)
"""Width and height of a step's line over the weeks."""


@dataclass(frozen=True, slots=True)
class Step:
    """How often editors left a step of the machine's reading as it was.

    `weeks` holds (kept, checked) of each of the last weeks, oldest first; `changed` what was
    changed most often, in words.
    """

    label: str
    checked: int
    kept: int
    weeks: tuple[tuple[int, int], ...] = ()
    changed: str = ""

    @property
    def percent(self) -> int:
        return round(100 * self.kept / self.checked) if self.checked else 0

    @property
    def x(self) -> float:
        """Where the dot stands on a line from 50 to 100 percent, of 200."""
        return round(200 * (max(50, self.percent) - 50) / 50, 1)

    @property
    def line(self) -> list[tuple[float, float]]:
        """The weeks in which something was checked, as points of a line; 40 percent is its foot."""
        width, height = LINE
        found = []
        for week, (kept, checked) in enumerate(self.weeks):
            if checked:
                share = max(0.4, kept / checked)
                tall = height * (share - 0.4) / 0.6
                found.append((round(week * width / (WEEKS - 1), 1), round(height - tall, 1)))
        return found

    @property
    def path(self) -> str:
        """The line as the path of an SVG."""
        return "M" + "L".join(f"{x} {y}" for x, y in self.line) if self.line else ""


COMPARED: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (gettext_lazy("Place chosen"), ("place_id",)),
    (gettext_lazy("Date value"), ("start_date", "end_date")),
    (gettext_lazy("Event type"), ("sub_event_type",)),
    (gettext_lazy("Figures"), ("fatalities_low", "fatalities_best", "fatalities_high")),
)
COLUMNS = (
    "place_id",
    "place__name",
    "place__name_ar",
    "start_date",
    "end_date",
    "sub_event_type",
    *COMPARED[3][1],
)


def agreement() -> list[Step]:
    """The steps: place found and chosen, date, actors, type, figures."""
    kept = (ReviewStatus.CONFIRMED, ReviewStatus.PUBLISHED)
    rows = Event.objects.filter(status__in=kept, confidence__isnull=False).order_by("-pk")
    rows = rows.values("pk", "updated_at", *COLUMNS)
    now = {row["pk"]: row for row in rows[:MOST_COMPARED]}
    first = Event.history.filter(id__in=now, history_type="+", confidence__isnull=False)
    plain = [name for name in COLUMNS if "__" not in name]
    made = {row["id"]: row for row in first.values("id", *plain)}
    both = [pk for pk in now if pk in made]
    steps = [
        step_of(str(label), now, both, lambda pk, n=names: _same(now[pk], made[pk], n))
        for label, names in COMPARED
    ]
    place, date, kind, figures = steps
    return [
        _mention_step(),
        _with_changed(place, now, made, both),
        date,
        _actors(now, both),
        kind,
        figures,
    ]


def _same(one: dict[str, Any], other: dict[str, Any], names: Iterable[str]) -> bool:
    return all(one[name] == other[name] for name in names)


def step_of(label: str, now: dict[int, Any], keys: list[int], kept: Callable[[int], bool]) -> Step:
    """A step with its weeks, from the events of `keys`."""
    weeks: defaultdict[int, list[bool]] = defaultdict(list)
    held = {pk: kept(pk) for pk in keys}
    for pk in keys:
        weeks[weeks_ago(now[pk]["updated_at"])].append(held[pk])
    line = [(sum(weeks[n]), len(weeks[n])) for n in range(WEEKS - 1, -1, -1)]
    return Step(label, len(keys), sum(held.values()), tuple(line))


def weeks_ago(moment: dt.datetime) -> int:
    """How many whole weeks ago."""
    return (timezone.now() - moment).days // 7


def _with_changed(step: Step, now: dict[int, Any], made: dict[int, Any], keys: list[int]) -> Step:
    """The places that editors most often had to put right."""
    moved = Counter(
        _name(now[pk])
        for pk in keys
        if now[pk]["place_id"] and now[pk]["place_id"] != made[pk]["place_id"]
    )
    names = _(", ").join(name for name, _count in moved.most_common(3))
    return Step(step.label, step.checked, step.kept, step.weeks, names)


def _name(event: dict[str, Any]) -> str:
    """The place's name in the reader's language."""
    arabic = event["place__name_ar"] if get_language() == "ar" else ""
    return arabic or event["place__name"]


def _actors(now: dict[int, Any], keys: list[int]) -> Step:
    """Whether the participants are those that the parser named."""
    rows = Participation.objects.filter(event__in=keys).values_list("event_id", "actor_id", "role")
    first = Participation.history.filter(
        event__in=keys, history_type="+", history_user__isnull=True
    ).values_list("event_id", "actor_id", "role")
    current, read = _by_event(rows), _by_event(first)
    return step_of(_("Actors"), now, keys, lambda pk: current[pk] == read[pk])


def _by_event(rows: Iterable[tuple[int, int, str]]) -> defaultdict[int, set[tuple[int, str]]]:
    found: defaultdict[int, set[tuple[int, str]]] = defaultdict(set)
    for event, actor, role in rows:
        found[event].add((actor, role))
    return found


def _mention_step() -> Step:
    """Place names that an editor could place, of all that the machine marked as one."""
    rows = Mention.objects.filter(verified_at__isnull=False).order_by("-verified_at")
    rows = rows.values_list("status", "verified_at")[:MOST_COMPARED]
    decided = [(s == MentionStatus.VERIFIED, at) for s, at in rows if s != MentionStatus.UNVERIFIED]
    weeks: defaultdict[int, list[bool]] = defaultdict(list)
    for kept, at in decided:
        weeks[weeks_ago(at)].append(kept)
    line = tuple((sum(weeks[n]), len(weeks[n])) for n in range(WEEKS - 1, -1, -1))
    return Step(_("Place found"), len(decided), sum(kept for kept, _at in decided), line)
