"""What a search term of the desk's lists stands for: words, places in any spelling, actors, ids.

A term is first looked up in the small tables of names; rows are then found by the ids of those, so
that no list of hundreds of thousands of mentions or quotes is read letter by letter.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Max, Q, QuerySet

from events.admin.paging import MOST_COUNTED
from events.admin.searching import find_places
from events.geoparsing.names import fold
from events.models import Actor, Claim, Event, Mention, Participation, Report

LONGEST_TERM = 200
MOST_ACTORS = 50
NEWEST_QUOTES = 40_000


@dataclass(frozen=True, slots=True)
class Term:
    """A term with what it names: ids of places and actors, and the key of its spelling."""

    words: tuple[str, ...]
    key: str
    places: tuple[int, ...]
    actors: tuple[int, ...]


def read_term(text: str) -> Term:
    """Look a term up among the names of places and actors."""
    text = text[:LONGEST_TERM].strip()
    named = Q(name__icontains=text) | Q(name_ar__icontains=text) | Q(names__text__icontains=text)
    actors = Actor.objects.filter(named).order_by("pk").values_list("pk", flat=True).distinct()
    places = tuple(place.pk for place in find_places(text))
    return Term(tuple(text.split()[:8]), fold(text), places, tuple(actors[:MOST_ACTORS]))


def contains(column: str, words: tuple[str, ...]) -> Q:
    """Each of the words stands in the column."""
    found = Q()
    for word in words:
        found &= Q(**{f"{column}__icontains": word})
    return found


def reports_for(rows: QuerySet[Report], text: str) -> QuerySet[Report]:
    """The reports with the words in title, author or address, or that name the place or actor."""
    term = read_term(text)
    named = Mention.objects.filter(Q(place__in=term.places) | Q(search_key=term.key))
    acting = Participation.objects.filter(actor__in=term.actors).values("event")
    claims = Claim.objects.filter(event__in=acting)
    condition = contains("title", term.words) | contains("author", term.words)
    condition |= contains("url", term.words) | Q(pk__in=named.values("report"))
    condition |= Q(pk__in=claims.values("report")) if term.actors else Q()
    return _found(rows, condition)


def events_for(rows: QuerySet[Event], text: str) -> QuerySet[Event]:
    """The events with this id, place or actor, or the words in their summary or a newest quote."""
    term = read_term(text)
    acting = Participation.objects.filter(actor__in=term.actors).values("event")
    condition = Q(uid=text.strip()) | Q(external_id=text.strip()) | Q(place__in=term.places)
    condition |= ~Q(summary="") & contains("summary", term.words)
    condition |= Q(pk__in=acting) if term.actors else Q()
    condition |= Q(pk__in=_newest_quoting(term.words))
    return _found(rows, condition)


def _newest_quoting(words: tuple[str, ...]) -> list[int]:
    newest = Claim.objects.aggregate(last=Max("pk"))["last"] or 0
    rows = Claim.objects.filter(contains("quote", words), pk__gt=newest - NEWEST_QUOTES)
    return list(rows.order_by("-pk").values_list("event_id", flat=True)[:MOST_COUNTED])


def _found(rows: QuerySet, condition: Q) -> QuerySet:
    """The rows, found once: the list counts them and takes its page from their ids."""
    keys = rows.filter(condition).order_by("-pk").values_list("pk", flat=True)
    return rows.filter(pk__in=list(keys[: MOST_COUNTED + 1]))
