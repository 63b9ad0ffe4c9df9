"""What the map page's modules need to know."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.utils.translation import get_language

from events.publishing import store
from events.vocabulary import EventType, GeoPrecision, SubEventType


def page_config() -> dict[str, Any]:
    """What the page's modules need to know: addresses, language and the closed word lists."""
    return {
        "language": get_language() or "en",
        "manifestUrl": "/snapshot/manifest.json",
        "manifest": manifest_now(),
        "basemapUrl": static("basemap/region.json"),
        "tileUrl": settings.TILE_URL,
        "tileAttribution": settings.TILE_ATTRIBUTION,
        "types": {t.value: str(t.label) for t in EventType},
        "subTypes": {t.value: str(t.label) for t in SubEventType},
        "precisions": {p.value: str(p.label) for p in GeoPrecision},
    }


def manifest_now() -> dict[str, Any] | None:
    """The snapshot's manifest as it stands, which saves the page a request; None without one."""
    try:
        return store.open_manifest(settings.SNAPSHOT_ROOT)
    except OSError:
        return None
