"""Reports at the desk: the queue, adding one by pasting it, and the way to its desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events import curation, tasks
from events.admin import desk, mention_page, merge_page, queue_counts, queue_filters
from events.admin import queue as queueing
from events.admin.answers import Toast, toast_of
from events.admin.base import DeskAdmin
from events.admin.term_search import reports_for
from events.curation.roles import CURATE
from events.exceptions import RejectedReport
from events.ingestion.reports import checked_moment, checked_text, take_in
from events.models import Mention, Report
from events.models.reports import digest_of


def checked_day(moment: Any) -> Any:
    """A form's day or moment of publication; what is wrong with it is said at the field."""
    try:
        return checked_moment(moment)
    except RejectedReport as refusal:
        raise forms.ValidationError(str(refusal)) from refusal


class PastedReportForm(forms.ModelForm):
    """A new report: its text is pasted, and taken in like any other."""

    day = forms.DateField(
        label=gettext_lazy("Published"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("Dates in the text are read from this day on."),
    )

    class Meta:
        model = Report
        fields = ("source", "title", "text", "day", "url", "author", "language", "private_note")
        widgets = {
            "text": forms.Textarea(attrs={"rows": 18, "class": "vLargeTextField pasted"}),
            "private_note": forms.Textarea(attrs={"rows": 2}),
        }

    def clean_day(self) -> Any:
        return checked_day(self.cleaned_data["day"])

    def clean_text(self) -> str:
        """The text as it will be stored; what is wrong with it is said at the field."""
        try:
            text = checked_text(self.cleaned_data["text"])
        except RejectedReport as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        held = Report.objects.filter(digest=digest_of(text)).first()
        if held is not None:
            address = reverse("admin:events_report_desk", args=[held.pk])
            said = _("This text is here already:")
            raise forms.ValidationError(
                format_html('{} <a href="{}">{}</a>', said, address, str(held))
            )
        return text


class ReportForm(forms.ModelForm):
    """What can be changed of a report that is here; its text stays, since claims quote it."""

    class Meta:
        model = Report
        fields = (
            "source",
            "title",
            "published_at",
            "url",
            "author",
            "language",
            "duplicate_of",
            "help_wanted",
            "private_note",
        )
        widgets = {"private_note": forms.Textarea(attrs={"rows": 3})}

    def clean_published_at(self) -> Any:
        return checked_day(self.cleaned_data["published_at"])


@admin.register(Report)
class ReportAdmin(DeskAdmin):
    list_display = ("title", "source", "published_at", "status")
    list_filter = (
        queue_filters.StateFilter,
        queue_filters.ConfidenceFilter,
        queue_filters.TypeFilter,
        queue_filters.PlaceFilter,
        queue_filters.SourceFilter,
        queue_filters.LanguageFilter,
    )
    list_per_page = 25
    list_select_related = ("source", "opened_by", "held_by")
    ordering = ("published_at", "pk")
    search_fields = ("title", "url", "author")
    search_help_text = gettext_lazy("Search titles, places, actors")
    autocomplete_fields = ("source", "duplicate_of")
    change_list_template = "admin/events/report/change_list.html"
    actions = None

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        mine = [
            path("start/", view(desk.start_view), name="events_report_start"),
            path("<int:pk>/desk/", view(desk.desk_view), name="events_report_desk"),
            path("<int:pk>/desk/hints/", view(queueing.hints_view), name="events_report_hints"),
            path(
                "<int:pk>/desk/event/<int:event>/merge/<int:other>/",
                view(merge_page.merge_view),
                name="events_report_merge",
            ),
            path(
                "<int:pk>/desk/event/<int:event>/<slug:verb>/",
                view(desk.event_view),
                name="events_report_event",
            ),
            path(
                "<int:pk>/desk/mention/<int:mention>/",
                view(mention_page.mention_view),
                name="events_report_mention",
            ),
            path("<int:pk>/desk/<slug:verb>/", view(desk.report_view), name="events_report_verb"),
        ]
        return [*mine, *super().get_urls()]

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        kwargs["form"] = ReportForm if obj else PastedReportForm
        return super().get_form(request, obj, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        form = ReportForm if obj else PastedReportForm
        return [(None, {"fields": form.Meta.fields})]

    def save_model(self, request: HttpRequest, obj: Report, form: Any, change: bool) -> None:
        if not change:
            self._take_in(request, obj, form)
            return
        super().save_model(request, obj, form, change)
        if "published_at" in form.changed_data or "language" in form.changed_data:
            tasks.extract_after_commit(obj.pk)

    def _take_in(self, request: HttpRequest, obj: Report, form: Any) -> None:
        data = form.cleaned_data
        taken = take_in(
            data["text"],
            data["source"],
            title=data["title"],
            url=data["url"],
            published_at=data["day"],
            language=data["language"],
            author=data["author"],
            added_by=request.user,
        )
        note = data["private_note"]
        if note and taken.created:
            Report.objects.filter(pk=taken.report.pk).update(private_note=note)
        obj.__dict__.update(taken.report.__dict__)
        tasks.extract_after_commit(obj.pk)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> Any:
        """The desk opens on the new report."""
        if "_popup" in request.POST:
            return super().response_add(request, obj, post_url_continue)
        return HttpResponseRedirect(reverse("admin:events_report_desk", args=[obj.pk]))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """Titles, authors and addresses by their words, places and actors by any of their names."""
        return (reports_for(queryset, search_term) if search_term.strip() else queryset), False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        answer = super().changelist_view(request, extra_context)
        changelist = getattr(answer, "context_data", {}).get("cl")
        if changelist is not None:
            answer.context_data |= queue_context(request, changelist)
        return answer


def queue_context(request: HttpRequest, changelist: Any) -> dict[str, Any]:
    """What the queue's template prints around and instead of the stock list."""
    reports = list(changelist.result_list)
    state = request.GET.get("state") or queue_counts.WAITING
    return {
        "title": _("Queue"),
        "tiles": queue_counts.tiles(request),
        "state": state,
        "state_label": queue_counts.LABELS.get(state, _("All reports")),
        "rows": queueing.rows_of(reports),
        "tabs": _tabs(request),
        "may_curate": request.user.has_perm(CURATE),
        "toast": _undoable(request),
        "first": (changelist.page_num - 1) * changelist.list_per_page + 1 if reports else 0,
        "last": (changelist.page_num - 1) * changelist.list_per_page + len(reports),
    }


def _undoable(request: HttpRequest) -> Toast | None:
    """One's own last step, when it was on a whole report."""
    last = curation.last_decision(request.user)
    return (
        toast_of(last)
        if last and last.report_id and last.verb in ("hold", "help", "finish")
        else None
    )


def _tabs(request: HttpRequest) -> dict[str, int]:
    kinds = queue_counts.counted_by_the_minute("filter:kinds", queue_filters.waiting_by_kind)
    return {
        "reports": queue_counts.waiting_count(request),
        "events": sum(count for _sub_type, _level, count in kinds),
        "mentions": queue_counts.counted_by_the_minute(
            "mentions", Mention.objects.open().order_by().count
        ),
    }
