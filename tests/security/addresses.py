"""All addresses of the site, read from the URL list itself: what is added later is attacked too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.urls import URLPattern, get_resolver
from django.urls.converters import get_converters

NAMED = re.compile(r"\(\?P<(\w+)>[^()]*(?:\([^()]*\))?[^()]*\)")
SLUG = "x-1"


def patterns() -> Iterator[tuple[str, URLPattern]]:
    """Each route as text, with its pattern."""
    yield from _walk("", get_resolver())


def _walk(prefix: str, resolver: Any) -> Iterator[tuple[str, URLPattern]]:
    for each in resolver.url_patterns:
        route = prefix + str(each.pattern)
        if isinstance(each, URLPattern):
            yield route, each
        else:
            yield from _walk(route, each)


def filled(route: str, values: dict[str, str], number: str = "1", word: str = SLUG) -> str:
    """An address of the route: its parameters by name, else a number or a word by their kind."""

    def value(match: re.Match[str]) -> str:
        kind, name = match["kind"] or "str", match["name"]
        return values.get(name, number if kind == "int" else word)

    address = re.sub(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>", value, route)
    address = NAMED.sub(lambda m: values.get(m[1], word), address)
    return "/" + address.replace("^", "").replace("$", "").replace("\\", "").replace("/.*", "/x")


def admin_addresses(values: dict[str, str]) -> list[str]:
    """Every address of the admin, its parameters filled in."""
    found = [filled(route, values) for route, _pattern in patterns() if route.startswith("admin/")]
    return sorted(set(found))


def public_addresses(values: dict[str, str]) -> list[str]:
    """Every public address."""
    return sorted(
        {filled(route, values) for route, _p in patterns() if not route.startswith("admin/")}
    )


def changelists() -> list[str]:
    """The tables of the admin."""
    names = [(m._meta.app_label, m._meta.model_name) for m in admin.site._registry]
    return [f"/admin/{app}/{name}/" for app, name in names]


assert "int" in get_converters()
