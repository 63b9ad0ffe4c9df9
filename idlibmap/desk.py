"""The admin's site: publishers and administrators show a second factor before they see anything."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

GUARDED_ROLES = frozenset({"publisher", "administrator"})
OPEN_WITHOUT = frozenset(
    {"events_factor", "logout", "jsi18n", "password_change", "password_change_done"}
)
"""Pages that a person may open before the second factor."""


def lacks_factor(user: Any) -> bool:
    """Whether this person still has to show a second factor in this session."""
    if not getattr(settings, "REQUIRE_TOTP", False) or user.is_verified():
        return False
    return user.is_superuser or user.groups.filter(name__in=GUARDED_ROLES).exists()


class DeskSite(AdminSite):
    """Django's site, with the second factor in front of every page that is not about it.

    Who may see no rows of a noun is refused before a row is looked for, and so cannot learn from
    the answers which there are.
    """

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Callable[..., Any]:
        return super().admin_view(self.guarded(view), cacheable)

    def guarded(self, view: Callable[..., Any]) -> Callable[..., Any]:
        """The view for those who have shown their second factor; others are sent to show it."""

        @functools.wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            name = (request.resolver_match.url_name if request.resolver_match else "") or ""
            if name not in OPEN_WITHOUT and lacks_factor(request.user):
                return HttpResponseRedirect(reverse("admin:events_factor"))
            if not self.may_look(request, name):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return inner

    def may_look(self, request: HttpRequest, name: str) -> bool:
        """Whether the role sees rows of the noun that the page `name` is about."""
        for model, its_admin in self._registry.items():
            if name.startswith(f"{model._meta.app_label}_{model._meta.model_name}_"):
                return its_admin.has_view_permission(request)
        return True
