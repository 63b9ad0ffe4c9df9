"""Where a page finds its modules: an import map to hashed ones, or all of the map's as one file."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

from django import template
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from events.publishing import pagecode

register = template.Library()
MODULES = Path(settings.BASE_DIR) / "static" / "js"


@register.simple_tag(takes_context=True)
def import_map(context: Context) -> SafeString:
    """`<script type="importmap">` for all modules under static/js, with the page's CSP nonce.

    Relative imports resolve to the plain address, which the map then sends to the hashed one.
    """
    request = context.get("request")
    nonce = getattr(request, "csp_nonce", "") if request else ""
    # json.dumps output of our own file names: "<" cannot occur, so nothing needs escaping.
    return format_html(
        '<script type="importmap" nonce="{}">{}</script>', str(nonce), SafeString(_json())
    )


@register.simple_tag
def map_code(kind: str) -> str:
    """The address of the map page's modules ("js") or stylesheets ("css"), each as one file."""
    return pagecode.address(kind)


@register.simple_tag
def snapshot_preloads(config: dict[str, Any]) -> SafeString:
    """`<link rel="preload">` for the files that the page's manifest names: they come with it."""
    manifest = config.get("manifest") or {}
    folder = str(config["manifestUrl"]).rpartition("/")[0]
    files = (manifest.get(part, {}).get("url") for part in ("bin", "names"))
    rows = ((f"{folder}/{name}",) for name in files if name)
    return format_html_join("\n", '<link rel="preload" href="{}" as="fetch" crossorigin>', rows)


def _json() -> str:
    return _map() if settings.DEBUG is False else _map.__wrapped__()


@functools.cache
def _map() -> str:
    names = sorted(p.relative_to(MODULES.parent).as_posix() for p in MODULES.rglob("*.js"))
    return json.dumps({"imports": dict(_hashed(name) for name in names)}, separators=(",", ":"))


def _hashed(name: str) -> tuple[str, str]:
    plain = f"{staticfiles_storage.base_url or settings.STATIC_URL}{name}"
    return plain, static(name)


@register.simple_tag
def vocabulary_json() -> dict[str, Any]:
    """The closed word lists as the page's configuration: codes with their labels."""
    from events.vocabulary import EventType, GeoPrecision, SubEventType

    return {
        "types": [t.value for t in SubEventType],
        "eventTypes": [t.value for t in EventType],
        "eventTypeOf": {t.value: t.event_type.value for t in SubEventType},
        "labels": {str(t.value): str(t.label) for kind in (SubEventType, EventType) for t in kind},
        "precisions": {str(p.value): str(p.label) for p in GeoPrecision},
    }
