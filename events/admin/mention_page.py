"""The page of one mention: why this place, which others it may be, and where else it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib.admin import site
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from events import curation
from events.admin.answers import answer
from events.admin.reasons import reason_text
from events.admin.searching import find_places, read_coordinates, typed_place
from events.curation.roles import CURATE, may
from events.models import Decision, Mention, Place, Report
from events.vocabulary import MentionStatus

LETTERS = "ABCDEFGHI"
AROUND = 46
MOST_SHOWN = 60
AGAINST = ("but ", "no ", "not ", "far ", "other ", "outside", "different")
"""How a reason against a candidate begins, in the parser's words."""


@dataclass(slots=True)
class Option:
    """One candidate as the page shows it: letter, key, score, what speaks for and against."""

    letter: str
    key: int
    place: Place
    score: float
    reasons: list[tuple[str, bool]] = field(default_factory=list)
    chosen: bool = False

    @property
    def width(self) -> float:
        """The length of the score's bar, of 54."""
        return round(54 * max(0.0, min(1.0, self.score)), 1)


@dataclass(frozen=True, slots=True)
class Line:
    """Another mention with the words around it (a key word in context)."""

    mention: Mention
    before: str
    after: str
    ticked: bool


def mention_view(request: HttpRequest, pk: int, mention: int) -> HttpResponse:
    """Shows a mention; a POST decides on it."""
    report = get_object_or_404(Report.objects.select_related("source"), pk=pk)
    row = get_object_or_404(Mention.objects.select_related("place"), pk=mention, report=report)
    if not request.user.has_perm("events.view_mention"):
        raise PermissionDenied
    if request.method == "POST":
        return _decide(request, report, row)
    page = mention_context(request, report, row)
    return TemplateResponse(request, "admin/events/mention/popover.html", page)


def mention_context(request: HttpRequest, report: Report, mention: Mention) -> dict[str, Any]:
    """All that the page prints; `q` searches the gazetteer instead of the parser's candidates."""
    text = request.GET.get("q", "").strip()[:200]
    options = searched(text) if text else options_of(mention)
    others = curation.same_spelling(mention)
    chosen = next((option for option in options if option.chosen), None)
    lines = [line_of(other, chosen) for other in others[:MOST_SHOWN]]
    return {
        **site.each_context(request),
        "title": _("Which place is “%s”?") % mention.text,
        "report": report,
        "mention": mention,
        "options": options,
        "chosen": chosen,
        "why": why_of(mention, chosen),
        "common": common_reasons(options),
        "query": text,
        "point": read_coordinates(text),
        "report_point": middle_of(report, mention),
        "lines": lines,
        "ticked": sum(line.ticked for line in lines),
        "reports": len({line.mention.report_id for line in lines}),
        "learns": chosen is not None and curation.is_new_spelling(chosen.place, mention.text),
        "may_curate": may(request.user, CURATE),
        "is_open": mention.status == MentionStatus.UNVERIFIED,
    }


def common_reasons(options: list[Option]) -> set[str]:
    """What is said of every candidate: it is read once, at the chosen one."""
    said = [{text for text, _for in option.reasons} for option in options]
    return set.intersection(*said) if len(said) > 1 else set()


def why_of(mention: Mention, chosen: Option | None) -> str:
    """Why the parser chose as it did, as far as the chosen place's own reasons do not say it."""
    said = {text for text, _for in chosen.reasons} if chosen else set()
    parts = [reason_text(part) for part in mention.reason.split("; ")]
    return _("; ").join(part for part in parts if part not in said)


def middle_of(report: Report, mention: Mention) -> tuple[float, float] | None:
    """Where a map for this name opens: at the placed mention that stands nearest in the text."""
    rows = report.mentions.filter(place__latitude__isnull=False)
    points = rows.values_list("start", "place__latitude", "place__longitude")
    near = min(points, key=lambda each: abs(each[0] - mention.start), default=None)
    return near[1:] if near else None


def options_of(mention: Mention) -> list[Option]:
    """The parser's candidates, what it chose first."""
    held = {entry["place"]: entry for entry in mention.candidates}
    places = Place.objects.filter(slug__in=held).select_related("parent")
    rows = {place.slug: place for place in places}
    if mention.place_id and mention.place.slug not in rows:
        rows[mention.place.slug] = mention.place
        held[mention.place.slug] = {"score": mention.score, "reasons": [mention.reason]}
    order = sorted(held, key=lambda slug: (not _is_chosen(mention, slug), -held[slug]["score"]))
    slugs = [slug for slug in order if slug in rows][: len(LETTERS)]
    found = [_option(number, rows[slug], held[slug]) for number, slug in enumerate(slugs)]
    for option in found[:1]:
        option.chosen = True
    return found


def _is_chosen(mention: Mention, slug: str) -> bool:
    return mention.place_id is not None and mention.place.slug == slug


def _option(number: int, place: Place, entry: dict[str, Any]) -> Option:
    said = [text for text in entry.get("reasons", []) if text]
    reasons = [(reason_text(text), not _speaks_against(text)) for text in said]
    return Option(LETTERS[number], number + 1, place, float(entry.get("score", 0)), reasons)


def _speaks_against(text: str) -> bool:
    return text.lower().startswith(AGAINST)


def searched(text: str) -> list[Option]:
    """The gazetteer's answers to a search."""
    found = find_places(text, len(LETTERS))
    options = [
        Option(LETTERS[n], n + 1, place, 1.0, [(FOUND, True)]) for n, place in enumerate(found)
    ]
    for option in options[:1]:
        option.chosen = True
    for option in options:
        option.reasons = [(_(FOUND), True)]
    return options


FOUND = gettext_noop("found in the gazetteer by its name")


def line_of(mention: Mention, chosen: Option | None) -> Line:
    """A mention in its context; ticked when the parser reads it as the chosen place or as none."""
    text = mention.report.text
    before = text[max(0, mention.start - AROUND) : mention.start].replace("\n", " ")
    after = text[mention.end : mention.end + AROUND].replace("\n", " ")
    before = before.split(" ", 1)[-1] if mention.start > AROUND else before  # no half words
    after = after.rsplit(" ", 1)[0] if mention.end + AROUND < len(text) else after
    same = chosen is not None and mention.place_id in (None, chosen.place.pk)
    return Line(mention, before, after, same or _was_alike(mention, chosen))


def _was_alike(mention: Mention, chosen: Option | None) -> bool:
    """Whether the other mention was read with as little certainty as this one."""
    return chosen is not None and mention.score < 0.6


def _decide(request: HttpRequest, report: Report, mention: Mention) -> HttpResponse:
    from events.admin.desk import desk_url, refusal

    card = request.POST.get("card", "")
    onward = desk_url(report, int(card) if card.isascii() and card.isdigit() else None)
    if request.POST.get("verb") == "unidentifiable":
        reason = request.POST.get("reason", "")
        return answer(
            request,
            lambda: curation.mark_unidentifiable(mention, request.user, reason),
            onward,
            refusal(request, report),
        )
    decide = drop if request.POST.get("verb") == "point" else choose
    return answer(request, lambda: decide(request, mention), onward, refusal(request, report))


def drop(request: HttpRequest, mention: Mention) -> Decision:
    """Put the mention at a point that was dropped on the map or pasted."""
    point = read_coordinates(request.POST.get("point", ""))
    if point is None:
        raise curation.Refused(_("Click the map, or paste coordinates such as 35.401 35.948."))
    return curation.drop_point(mention, *point, request.user, request.POST.get("reason", ""))


def choose(request: HttpRequest, mention: Mention) -> Decision:
    """Put the mention, and the ticked others, at the place that was chosen or typed."""
    data = request.POST
    place = _place_of(data.get("place", ""), data.get("typed", ""))
    if place is None:
        raise curation.Refused(_("Choose a place first."))
    also: list[Mention] = []
    if data.get("verb") != "here":
        keys = [key for key in data.getlist("also") if key.isascii() and key.isdigit()]
        also = list(Mention.objects.filter(pk__in=keys[:500]))
    learn = data.get("verb") != "here" and curation.is_new_spelling(place, mention.text)
    reason = data.get("reason", "")
    return curation.reassign(mention, place, request.user, also, learn=learn, reason=reason)


def _place_of(key: str, typed: str) -> Place | None:
    if typed.strip():
        return typed_place(typed).place
    return Place.objects.filter(pk=key).first() if key.isascii() and key.isdigit() else None
