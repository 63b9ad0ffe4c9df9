"""What every page of the desk's admin shares: reasons for a change, the history, the roles."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _
from simple_history.admin import SimpleHistoryAdmin

from events.admin.history import HistoryFeed
from events.admin.paging import CappedPaginator
from events.tasks import republish_after_commit

REASON = "change_reason"
"""The form field in which an editor says why."""
FORM = "changed in the form"


class PlainNames:
    """Mixin: what a person types into a field of one line reads as it is stored."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if field is not None and type(db_field) is models.CharField and not db_field.choices:
            field.validators = [*field.validators, refuse_turned_text]
        return field


class DeskAdmin(PlainNames, HistoryFeed, SimpleHistoryAdmin):
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


def refuse_turned_text(text: str) -> None:
    """Names hold no invisible mark that turns the direction: they would read as other names."""
    if TURNING & set(text):
        raise ValidationError(
            _("Here stands an invisible mark that turns the direction of writing; type it again.")
        )


TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def sign(row: models.Model, request: HttpRequest) -> None:
    """Put the person and the reason that stands in the form on a row about to be saved."""
    row._history_user = request.user
    row._change_reason = request.POST.get(REASON, "")[:500] or FORM
