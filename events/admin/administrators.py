"""Pages that only administrators open: what programs may do, and who is told."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from events.curation.roles import ADMINISTRATOR, role_of


class AdministratorsAdmin(admin.ModelAdmin):
    """For administrators, whatever permissions a group holds; nothing is deleted, only ended."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return role_of(request.user) == ADMINISTRATOR

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_module_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def shown_once(self, request: HttpRequest, obj: Any, secret: str, note: str) -> HttpResponse:
        """The page with a secret: the answer to the form itself, so that it lies in no session,
        cookie or address, and in no cache."""
        context = {
            **self.admin_site.each_context(request),
            "title": str(obj),
            "secret": secret,
            "note": note,
            "opts": self.opts,
            "original": obj,
        }
        response = TemplateResponse(request, "admin/events/secret.html", context)
        response["Cache-Control"] = "no-store"
        return response


class Choices(forms.MultipleChoiceField):
    """Some of a few words, kept as a list; none at all is refused."""

    widget = forms.CheckboxSelectMultiple
