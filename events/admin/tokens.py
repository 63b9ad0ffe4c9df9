"""Tokens of programs: made with a secret that is shown once, limited, ended."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.admin.administrators import AdministratorsAdmin, Choices
from events.models import ApiToken
from events.models.tokens import SCOPES, issue_token

NOTE = _("Programs send it in the header Authorization: Bearer <secret>.")


class TokenForm(forms.ModelForm):
    """A token's name, source, scopes and last day; `revoke` ends one that is in force."""

    scopes = Choices(label=_("Scopes"), choices=[(scope, scope) for scope in SCOPES])
    last_day = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Empty: it does not run out."),
    )
    revoke = forms.BooleanField(label=_("Revoke now, for good"), required=False)

    class Meta:
        model = ApiToken
        fields = ("name", "source", "scopes")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        until = self.instance.expires_at
        if until and "last_day" in self.fields:
            self.fields["last_day"].initial = timezone.localtime(until - SECOND).date()
        if not self.instance.pk:
            self.fields.pop("revoke", None)

    def clean_last_day(self) -> dt.date | None:
        day = self.cleaned_data["last_day"]
        if day and "last_day" in self.changed_data and day < timezone.localdate():
            raise forms.ValidationError(_("This day is over."))
        return day

    def expires_at(self) -> dt.datetime | None:
        """The end of the last day, in Damascus."""
        day = self.cleaned_data.get("last_day")
        if day is None:
            return None
        midnight = dt.datetime.combine(day + dt.timedelta(days=1), dt.time())
        return timezone.make_aware(midnight)


SECOND = dt.timedelta(seconds=1)


@admin.register(ApiToken)
class TokenAdmin(AdministratorsAdmin):
    form = TokenForm
    list_display = ("name", "source", "scope_names", "state", "used_at", "created_at")
    list_select_related = ("source",)
    search_fields = ("name", "source__name")
    autocomplete_fields = ("source",)
    actions = ("revoke_chosen",)

    @admin.display(description=_("Scopes"))
    def scope_names(self, token: ApiToken) -> str:
        return ", ".join(token.scopes)

    @admin.display(description=_("State"))
    def state(self, token: ApiToken) -> str:
        if token.revoked_at:
            return _("revoked")
        over = token.expires_at and token.expires_at <= timezone.now()
        return _("run out") if over else _("in force")

    def get_fields(self, request: HttpRequest, obj: ApiToken | None = None) -> list[str]:
        fields = ["name", "source", "scopes", "last_day"]
        return [*fields, "revoke", *self.get_readonly_fields(request, obj)] if obj else fields

    def get_readonly_fields(self, request: HttpRequest, obj: ApiToken | None = None) -> list[str]:
        return ["state", "created_at", "used_at", "revoked_at"] if obj else []

    def save_model(self, request: HttpRequest, obj: ApiToken, form: Any, change: bool) -> None:
        """A new token is issued with its secret; an old one keeps it."""
        obj.expires_at = form.expires_at()
        if change:
            if form.cleaned_data.get("revoke") and not obj.revoked_at:
                obj.revoked_at = timezone.now()
            super().save_model(request, obj, form, change)
            return
        obj.secret, made = issue_token(obj.name, obj.source, tuple(obj.scopes), obj.expires_at)
        obj.pk, obj.digest = made.pk, made.digest

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> Any:
        return self.shown_once(request, obj, obj.secret, NOTE)

    @admin.action(description=_("Revoke the chosen tokens"))
    def revoke_chosen(self, request: HttpRequest, tokens: Any) -> HttpResponse | None:
        ended = tokens.filter(revoked_at=None).update(revoked_at=timezone.now())
        self.message_user(request, _("%d tokens revoked.") % ended)
        return None
