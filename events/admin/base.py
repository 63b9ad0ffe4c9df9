"""What every page of the desk's admin shares: reasons for a change, the history, the roles."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from simple_history.admin import SimpleHistoryAdmin

from events.admin.history import HistoryFeed
from events.admin.paging import CappedPaginator
from events.tasks import republish_after_commit

REASON = "change_reason"
"""The form field in which an editor says why."""
FORM = "changed in the form"


class DeskAdmin(HistoryFeed, SimpleHistoryAdmin):
    """Saves with who and why, and publishes the snapshot anew when the public may see it."""

    list_per_page = 50
    show_full_result_count = False
    paginator = CappedPaginator
    change_form_template = "admin/events/change_form.html"
    public = True

    def save_model(self, request: HttpRequest, obj: models.Model, form: Any, change: bool) -> None:
        sign(obj, request)
        super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        for row in formset.forms:
            sign(row.instance, request)
        super().save_formset(request, form, formset, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if self.public:
            republish_after_commit()

    def delete_model(self, request: HttpRequest, obj: models.Model) -> None:
        sign(obj, request)
        super().delete_model(request, obj)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """No deleting by the dozen: every row that goes is looked at."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows that are looked at here and made elsewhere."""

    show_full_result_count = False
    paginator = CappedPaginator

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def sign(row: models.Model, request: HttpRequest) -> None:
    """Put the person and the reason that stands in the form on a row about to be saved."""
    row._history_user = request.user
    row._change_reason = request.POST.get(REASON, "")[:500] or FORM
