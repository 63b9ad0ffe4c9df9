"""Accounts: one's own sessions and second factor, and the users that administrators keep."""

from __future__ import annotations

import base64
from typing import Any

import qrcode
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_otp import login as otp_login
from django_otp.plugins.otp_totp.admin import TOTPDeviceAdmin
from django_otp.plugins.otp_totp.models import TOTPDevice
from qrcode.image.svg import SvgPathImage

from events.curation.roles import role_of

MOST_SESSIONS = 5000


class DeskUserAdmin(UserAdmin):
    """Roles are groups; rights beyond a role are given on the command line only."""

    list_display = ("username", "is_active", "is_staff", "last_login", "role")
    list_filter = ("is_active", "groups")
    filter_horizontal = ("groups",)

    @admin.display(description="role")
    def role(self, user: User) -> str:
        return role_of(user)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return super().get_fieldsets(request, obj)
        return (
            (None, {"fields": ("username", "password")}),
            (_("Person"), {"fields": ("first_name", "last_name", "email")}),
            (_("Role"), {"fields": ("is_active", "is_staff", "groups")}),
            (_("Dates"), {"fields": ("last_login", "date_joined")}),
        )

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request)
        return rows if request.user.is_superuser else rows.filter(is_superuser=False)

    def get_urls(self) -> list[Any]:
        mine = [
            path("account/", self.admin_site.admin_view(account_view), name="events_account"),
            path("factor/", self.admin_site.admin_view(factor_view), name="events_factor"),
        ]
        return [*mine, *super().get_urls()]


admin.site.unregister(User)
admin.site.register(User, DeskUserAdmin)


class DeviceAdmin(TOTPDeviceAdmin):
    """Second factors; an unknown one is not found, whoever asks."""

    def config_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        get_object_or_404(TOTPDevice, pk=pk)
        return super().config_view(request, pk)

    def qrcode_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        get_object_or_404(TOTPDevice, pk=pk)
        return super().qrcode_view(request, pk)


admin.site.unregister(TOTPDevice)
admin.site.register(TOTPDevice, DeviceAdmin)


def factor_view(request: HttpRequest) -> HttpResponse:
    """The second factor: shown for this session, or set up when there is none yet."""
    device = device_of(request.user)
    if request.method == "POST":
        token = request.POST.get("token", "").strip()
        allowed, _why = device.verify_is_allowed()
        if allowed and device.verify_token(token):
            TOTPDevice.objects.filter(pk=device.pk).update(confirmed=True)
            otp_login(request, device)
            request.session.cycle_key()  # whoever held the key before has shown no second factor
            return HttpResponseRedirect(reverse("admin:index"))
        messages.error(request, _("This code is not right, or too many were tried; wait a little."))
    context = {
        **admin.site.each_context(request),
        "title": _("Second factor"),
        "is_new": not device.confirmed,
        "secret": base64.b32encode(device.bin_key).decode() if not device.confirmed else "",
        "picture": qr_picture(device.config_url) if not device.confirmed else "",
    }
    return TemplateResponse(request, "admin/events/factor.html", context)


def device_of(user: Any) -> TOTPDevice:
    """The person's device; an unconfirmed one is made when there is none."""
    rows = TOTPDevice.objects.filter(user=user)
    held = rows.filter(confirmed=True).first() or rows.first()
    return held or TOTPDevice.objects.create(user=user, name="desk", confirmed=False)


def qr_picture(text: str) -> str:
    """A QR code as a data address, for an `img`."""
    picture = qrcode.make(text, image_factory=SvgPathImage, border=1)
    return "data:image/svg+xml;base64," + base64.b64encode(picture.to_string()).decode()


def account_view(request: HttpRequest) -> HttpResponse:
    """One's own open sessions, each of which can be ended, and the second factor."""
    if request.method == "POST":
        ended = end_sessions(request, request.POST.get("session", ""))
        messages.success(request, _("%d sessions ended.") % ended)
        return HttpResponseRedirect(reverse("admin:events_account"))
    context = {
        **admin.site.each_context(request),
        "title": _("Account"),
        "sessions": sessions_of(request),
        "devices": request.user.totpdevice_set.filter(confirmed=True).count(),
    }
    return TemplateResponse(request, "admin/events/account.html", context)


def sessions_of(request: HttpRequest) -> list[dict[str, Any]]:
    """The open sessions of the person, their own present one marked. Keys are never shown whole."""
    rows = Session.objects.filter(expire_date__gt=timezone.now()).order_by("-expire_date")
    own = str(request.user.pk)
    found = []
    for row in rows[:MOST_SESSIONS]:
        if row.get_decoded().get("_auth_user_id") == own:
            here = row.session_key == request.session.session_key
            found.append({"tag": row.session_key[-8:], "until": row.expire_date, "here": here})
    return found


def end_sessions(request: HttpRequest, tag: str) -> int:
    """End the session with this tag, or with "others" all but the present one."""
    rows = Session.objects.filter(expire_date__gt=timezone.now())
    own, ended = str(request.user.pk), 0
    for row in rows[:MOST_SESSIONS]:
        if row.get_decoded().get("_auth_user_id") != own:
            continue
        here = row.session_key == request.session.session_key
        if (tag == "others" and not here) or row.session_key[-8:] == tag:
            row.delete()
            ended += 1
    return ended
