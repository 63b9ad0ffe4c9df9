"""Events at the desk: the list, the form with its checklist, publishing and retracting."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events import curation
from events.admin.answers import announce
from events.admin.base import REASON, DeskAdmin
from events.admin.cards import place_sentence
from events.admin.event_filters import DatasetFilter, PeriodFilter, StandingFilter
from events.admin.event_form import EventForm
from events.admin.event_table import EventResource
from events.admin.tables import TableExport
from events.admin.term_search import events_for
from events.curation.roles import CURATE, PUBLISH, may
from events.models import Claim, Event, Participation
from events.vocabulary import ReviewStatus


class ClaimInline(admin.TabularInline):
    """What reports say; the words and their place in the text are not typed here."""

    model = Claim
    fk_name = "event"
    extra = 0
    fields = ("quote", "stance", "modality", "reported_by", *("fatalities_low", "fatalities_high"))
    readonly_fields = ("quote",)
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ParticipationInline(admin.TabularInline):
    model = Participation
    extra = 1
    autocomplete_fields = ("actor",)


@admin.register(Event)
class EventAdmin(TableExport, DeskAdmin):
    form = EventForm
    resource_classes = (EventResource,)
    list_display = ("title", "days", "place", "status", "confidence", "is_sensitive")
    list_filter = (
        "status",
        PeriodFilter,
        StandingFilter,
        "sub_event_type",
        "geo_precision",
        "is_sensitive",
        "is_contested",
        DatasetFilter,
    )
    list_select_related = ("place",)
    search_fields = ("uid", "summary")
    search_help_text = gettext_lazy("An id, a place, an actor, words of a summary or a newer quote")
    autocomplete_fields = ("place",)
    inlines = (ParticipationInline, ClaimInline)
    actions = ("confirm_chosen", "publish_chosen")
    change_form_template = "admin/events/event/change_form.html"
    fieldsets = (
        (
            gettext_lazy("What"),
            {
                "fields": (
                    "sub_event_type",
                    ("fatalities_low", "fatalities_best", "fatalities_high"),
                    "summary",
                    ("grade", "is_contested", "is_graphic"),
                ),
                "classes": ("half",),
            },
        ),
        (
            gettext_lazy("When"),
            {
                "fields": (("start_date", "end_date"), "time_precision", "seen_version"),
                "classes": ("half",),
            },
        ),
        (
            gettext_lazy("Where"),
            {
                "fields": ("place", "latitude", "longitude", ("radius_km", "geo_precision")),
                "classes": ("where",),
            },
        ),
        (
            gettext_lazy("Who could be harmed"),
            {
                "fields": (("is_sensitive", "harm_checked"), ("coarsen_km", "quotes")),
                "classes": ("harm",),
            },
        ),
        (gettext_lazy("Among ourselves"), {"fields": ("private_note", "help_wanted")}),
    )

    @admin.display(description=gettext_lazy("Type"), ordering="sub_event_type")
    def title(self, event: Event) -> str:
        return str(event.get_sub_event_type_display())

    @admin.display(description=gettext_lazy("Days"), ordering="start_date")
    def days(self, event: Event) -> str:
        from events.templatetags.desk import days_text

        return days_text(event.start_date, event.end_date)

    def get_urls(self) -> list[Any]:
        decide = path(
            "<int:pk>/decide/",
            self.admin_site.admin_view(self.decide_view),
            name="events_event_decide",
        )
        return [decide, *super().get_urls()]

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        return (events_for(queryset, search_term) if search_term.strip() else queryset), False

    def has_change_permission(self, request: HttpRequest, obj: Event | None = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or may(request.user, CURATE, obj))

    def save_model(self, request: HttpRequest, obj: Event, form: Any, change: bool) -> None:
        if not change:
            super().save_model(request, obj, form, change)
            return
        changes = form.changes()
        if changes:
            stored = Event.objects.get(pk=obj.pk)
            reason = request.POST.get(REASON, "")
            curation.correct(stored, changes, request.user, reason)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        self.public = form.instance.status == ReviewStatus.PUBLISHED
        super().save_related(request, form, formsets, change)

    def restore(self, request: HttpRequest, row: Event, state: Any, reason: str) -> None:
        """An earlier state comes back as a correction, through the same checks as any other."""
        from events.curation.review import CORRECTABLE

        values = {
            name: getattr(state, name)
            for name in CORRECTABLE
            if getattr(state, name) != getattr(row, name)
        }
        if values:
            announce(curation.correct(row, values, request.user, reason or _("restored")))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        event = self.get_object(request, object_id)
        about = about_event(request, event) if event else {}
        return super().change_view(request, object_id, form_url, {**about, **(extra_context or {})})

    def decide_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Confirm, publish, retract or open again from the event's own page."""
        event = get_object_or_404(Event, pk=pk)
        address = reverse("admin:events_event_change", args=[pk])
        if request.method == "POST":
            self._decide(request, event)
        return HttpResponseRedirect(address)

    def _decide(self, request: HttpRequest, event: Event) -> None:
        reason = request.POST.get(REASON, "").strip()
        verbs = {
            "confirm": lambda: curation.confirm(event, request.user, reason=reason),
            "publish": lambda: curation.publish(event, request.user, reason=reason),
            "retract": lambda: curation.retract(event, request.user, reason),
            "reopen": lambda: curation.reopen(event, request.user, reason),
            "reject": lambda: curation.reject(event, request.user, reason),
            "split": lambda: curation.split(event, chosen_claims(request), request.user, reason),
        }
        verb = verbs.get(request.POST.get("verb", ""))
        try:
            if verb:
                announce(verb())
        except curation.Refused as refusal:
            messages.error(request, str(refusal))

    @admin.action(description=gettext_lazy("Confirm the chosen events"))
    def confirm_chosen(self, request: HttpRequest, queryset: Any) -> None:
        self._each(request, queryset, curation.confirm)

    @admin.action(description=gettext_lazy("Publish the chosen events"))
    def publish_chosen(self, request: HttpRequest, queryset: Any) -> None:
        self._each(request, queryset, curation.publish)

    def _each(self, request: HttpRequest, queryset: Any, verb: Any) -> None:
        done = 0
        for event in queryset:
            try:
                announce(verb(event, request.user))
                done += 1
            except curation.Refused as refusal:
                messages.error(request, f"{event}: {refusal}")
        messages.success(request, _("%d events done.") % done)


def chosen_claims(request: HttpRequest) -> list[Claim]:
    """The claims that were ticked on the event's page."""
    keys = [key for key in request.POST.getlist("claim") if key.isascii() and key.isdigit()]
    return list(Claim.objects.filter(pk__in=keys[:200]))


def about_event(request: HttpRequest, event: Event) -> dict[str, Any]:
    """What the page of an event shows beside its form."""
    claims = list(event.claims.select_related("report__source"))
    checks = curation.publication_checklist(event, claims)
    return {
        "event": event,
        "claims": claims,
        "checks": checks,
        "checks_done": sum(check.ok for check in checks),
        "asks_for_harm": curation.asks_for_harm(event),
        "place_sentence": place_sentence(event),
        "may_publish": may(request.user, PUBLISH),
        "may_curate": may(request.user, CURATE, event),
        "merges": curation.merges_of(event),
        "report": claims[0].report if claims else None,
        "harm_choices": (("0", _("exact")), ("1", "1 km"), ("5", "5 km"), ("20", "20 km")),
    }
