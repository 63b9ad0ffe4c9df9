"""Webhooks: where it is told what is published and retracted, and what was answered there."""

from __future__ import annotations

import ipaddress
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from events.admin.administrators import AdministratorsAdmin, Choices
from events.exceptions import FetchRefused
from events.ingestion.fetching import checked
from events.models import Delivery, Webhook
from events.models.webhooks import KINDS, new_secret
from events.publishing.announcements import baseline_if_nobody_listens, trial_delivery
from events.tasks import send_delivery

SHOWN = 20
NOTE = _(
    "It signs what is sent: the header Idlibmap-Signature holds HMAC-SHA-256 of"
    " “<seconds>.<body>”, see docs/deployment.md."
)


class WebhookForm(forms.ModelForm):
    kinds = Choices(label=_("What is told"), choices=[(kind, kind) for kind in KINDS])
    renew = forms.BooleanField(label=_("Make a new secret"), required=False)

    class Meta:
        model = Webhook
        fields = ("name", "url", "kinds", "is_active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            self.fields.pop("renew", None)

    def clean_url(self) -> str:
        """An address that is allowed: http(s), and not this machine or its neighbours.

        Names are looked up when something is sent; what they lead to is checked there.
        """
        try:
            url = checked(self.cleaned_data["url"])
        except FetchRefused as error:
            raise forms.ValidationError(str(error)) from error
        if is_near(urlsplit(url).hostname or ""):
            raise forms.ValidationError(_("This address lies in our own network."))
        return url


def is_near(host: str) -> bool:
    """Whether a host says by itself that it is this machine or a neighbour."""
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return host == "localhost" or host.endswith((".localhost", ".local", ".internal"))


@admin.register(Webhook)
class WebhookAdmin(AdministratorsAdmin):
    form = WebhookForm
    change_form_template = "admin/events/webhook.html"
    list_display = ("name", "url", "is_active", "waiting", "last_answer")
    search_fields = ("name", "url")

    @admin.display(description=_("Waiting"))
    def waiting(self, hook: Webhook) -> int:
        return hook.deliveries.filter(delivered_at=None, given_up_at=None).count()

    @admin.display(description=_("Last answer"))
    def last_answer(self, hook: Webhook) -> str:
        last = hook.deliveries.filter(attempts__gt=0).order_by("-pk").first()
        return outcome(last) if last else "–"

    @admin.display(description=_("Last answers"))
    def answers(self, hook: Webhook) -> str:
        """The newest deliveries, each with how it went."""
        rows = [
            (f"{timezone.localtime(row.created_at):%Y-%m-%d %H:%M}", row.body.get("type", ""),
             len(row.body.get("events", ())), row.attempts, outcome(row))
            for row in hook.deliveries.order_by("-pk")[:SHOWN]
        ]  # fmt: skip
        if not rows:
            return _("Nothing was told yet.")
        names = (_("Made"), _("What"), _("Events"), _("Tries"), _("Answer"))
        return format_html(
            '<table class="claims"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>',
            format_html_join("", '<th scope="col">{}</th>', ((name,) for name in names)),
            format_html_join("", "<tr>" + "<td>{}</td>" * len(names) + "</tr>", rows),
        )

    def get_fields(self, request: HttpRequest, obj: Webhook | None = None) -> list[str]:
        fields = ["name", "url", "kinds", "is_active"]
        return [*fields, "renew", "answers"] if obj else fields

    def get_readonly_fields(self, request: HttpRequest, obj: Webhook | None = None) -> list[str]:
        return ["answers"] if obj else []

    def save_model(self, request: HttpRequest, obj: Webhook, form: Any, change: bool) -> None:
        """Who begins to listen, or listens again, is told of changes from now on."""
        if obj.is_active and (not change or "is_active" in form.changed_data):
            baseline_if_nobody_listens()
        if form.cleaned_data.get("renew"):
            obj.secret = new_secret()
        super().save_model(request, obj, form, change)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> Any:
        return self.shown_once(request, obj, obj.secret, NOTE)

    def response_change(self, request: HttpRequest, obj: Webhook) -> HttpResponse:
        if request.POST.get("renew"):
            return self.shown_once(request, obj, obj.secret, NOTE)
        if "_try" in request.POST:
            self.send_trial(request, obj)
            return HttpResponseRedirect(request.path)
        return super().response_change(request, obj)

    def send_trial(self, request: HttpRequest, hook: Webhook) -> None:
        """Send a test once the form is stored; never within its transaction."""
        if not hook.is_active:
            self.message_user(request, _("It is paused: nothing is sent."), messages.WARNING)
            return
        key = trial_delivery(hook).pk
        transaction.on_commit(lambda: send_delivery.enqueue(key))
        self.message_user(request, _("A test is sent: see the last answers."))


def outcome(delivery: Delivery) -> str:
    """How a delivery went, in words."""
    if delivery.delivered_at:
        return _("accepted, %s") % f"{timezone.localtime(delivery.delivered_at):%Y-%m-%d %H:%M}"
    if delivery.given_up_at:
        return _("given up: %s") % delivery.last_error
    return delivery.last_error or _("waiting")
