"""Stories at the desk: steps in order beside the words, a preview, publishing by publishers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db import transaction
from django.db.models import Count, F, TextField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from events.admin.base import DeskAdmin, sign
from events.curation.roles import PUBLISH
from events.models import Story, StoryStep
from events.models.stories import MOST_STEPS
from events.publishing.page import page_config
from events.publishing.stories import story_context
from events.vocabulary import StoryStatus

OUT_OF_THE_WAY = 1000
"""Added to the orders of stored steps while they are numbered anew, since an order stands once."""
PROSE = {TextField: {"widget": forms.Textarea(attrs={"rows": 4, "cols": 60, "dir": "auto"})}}


class StepForm(forms.ModelForm):
    """A step. Its order is a wish: on saving, the steps are numbered from one by it."""

    position = forms.IntegerField(
        label=_("Order"), min_value=1, max_value=MOST_STEPS, required=False
    )

    class Meta:
        model = StoryStep
        fields = (
            *("event", "area", "title", "title_ar", "text", "text_ar"),
            *("from_date", "to_date", "latitude", "longitude", "zoom"),
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["position"].initial = self.instance.order


class StepInline(admin.StackedInline):
    model = StoryStep
    form = StepForm
    extra = 1
    max_num = MOST_STEPS
    formfield_overrides = PROSE
    autocomplete_fields = ("event", "area")
    fields = (
        ("position", "event", "area"),
        ("title", "title_ar"),
        ("text", "text_ar"),
        ("from_date", "to_date"),
        ("latitude", "longitude", "zoom"),
    )


@admin.register(Story)
class StoryAdmin(DeskAdmin):
    inlines = (StepInline,)
    list_display = ("title", "title_ar", "status", "step_count", "updated_at")
    list_filter = ("status",)
    search_fields = ("title", "title_ar", "slug", "steps__title")
    prepopulated_fields = {"slug": ("title",)}
    fieldsets = (
        (None, {"fields": (("title", "title_ar"), ("slug", "status"), "preview")}),
        (_("Introduction"), {"fields": (("intro", "intro_ar"),)}),
    )
    formfield_overrides = PROSE
    public = False  # the snapshot holds no stories; their pages are read from the tables

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(count=Count("steps"))

    @admin.display(description=_("Steps"), ordering="count")
    def step_count(self, story: Any) -> int:
        return story.count

    @admin.display(description=_("As the public would see it"))
    def preview(self, story: Story) -> str:
        if not story.pk:
            return "–"
        address = reverse("admin:events_story_preview", args=[story.pk])
        return format_html('<a href="{}">{}</a>', address, _("Open the story"))

    def view_on_site(self, story: Story) -> str | None:
        """Only what is published is on the site."""
        return story.get_absolute_url() if story.status == StoryStatus.PUBLISHED else None

    def get_readonly_fields(self, request: HttpRequest, obj: Story | None = None) -> Any:
        """Only publishers set the status."""
        return ("preview",) if request.user.has_perm(PUBLISH) else ("preview", "status")

    def get_prepopulated_fields(self, request: HttpRequest, obj: Story | None = None) -> Any:
        return {} if obj else self.prepopulated_fields

    def has_change_permission(self, request: HttpRequest, obj: Story | None = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        is_public = obj is not None and obj.status == StoryStatus.PUBLISHED
        return allowed and (not is_public or request.user.has_perm(PUBLISH))

    def get_urls(self) -> list[Any]:
        preview = path(
            "<int:pk>/preview/",
            self.admin_site.admin_view(self.preview_view),
            name="events_story_preview",
        )
        return [preview, *super().get_urls()]

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The story's page before it is public; its events pass the same gate as in public."""
        story = get_object_or_404(Story, pk=pk)
        if not self.has_view_permission(request, story):
            return HttpResponse(status=403)
        if not story.steps.exists():
            return HttpResponse(_("This story has no steps yet."), content_type="text/plain")
        return render(request, "story.html", story_context(story, page_config()))

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Save the steps, numbered from one in the order that was asked for."""
        with transaction.atomic():
            formset.save(commit=False)
            for step in formset.deleted_objects:
                sign(step, request)
                step.delete()
            _number_anew(request, form.instance, formset)
        formset.save_m2m()


def _number_anew(request: HttpRequest, story: Story, formset: Any) -> None:
    kept = [row for row in formset.forms if _is_kept(row, formset)]
    last = len(kept) + MOST_STEPS
    kept.sort(key=lambda row: row.cleaned_data.get("position") or last)
    story.steps.update(order=F("order") + OUT_OF_THE_WAY)
    for number, row in enumerate(kept, 1):
        step = row.instance
        if row.has_changed() or step.order != number:
            step.order = number
            sign(step, request)
            step.save()
        else:
            StoryStep.objects.filter(pk=step.pk).update(order=number)


def _is_kept(row: Any, formset: Any) -> bool:
    deleted = formset.can_delete and formset._should_delete_form(row)
    return not deleted and (row.instance.pk is not None or row.has_changed())
