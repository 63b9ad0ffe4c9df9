"""The map page's code as it travels: its modules in one file, its stylesheets in one.

The sources stay plain ES modules and plain stylesheets. Asked for one by one they are a hundred
requests. In ten instead the map could be used after 0.66 s where it took 0.79 s, and 0.66 s where
it took 1.22 s on a busier machine (medians of four, one version after the other by turns; other
changes of the same day are in these figures). The modules follow each other, each in a function of
its own that gives what it exports, after those it imports. Only the forms that our modules use are
known (imports of names on one line, exports of declarations); anything else is an error at once.
"""

from __future__ import annotations

import functools
import gzip
import hashlib
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

import brotli
from django.conf import settings
from django.contrib.staticfiles import finders

ENTRY = "js/main.js"
LIBRARY = "leaflet/leaflet.js"
"""Comes first in the modules' file: a request less, and nobody waits for the slower of two."""
STYLES = (
    "leaflet/leaflet.css",
    *(
        f"css/{name}.css"
        for name in (
            "tokens", "base", "layout", "map", "filters", "list", "timeline", "card", "compare",
            "dialog", "states", "phone",
        )
    ),
)  # fmt: skip
"""In the order of the cascade."""

KINDS = {"js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8"}
ENCODERS = {"br": lambda data: brotli.compress(data, quality=10), "gzip": gzip.compress}

_IMPORT = re.compile(r"import \{ ([\w$, ]{1,400}) \} from '(\.{1,2}/[\w./]{1,80})';")
_DECLARED = re.compile(r"export (?:async )?(?:function|const|class) ([\w$]{1,60})")
_LISTED = re.compile(r"export \{ ([\w$, ]{1,400}) \};")
_COMMENT = re.compile(r"/\*[^*]{0,4000}\*/\s{0,10}")


class Unstapled(Exception):
    """A module of a form that cannot be put into one file with others."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One file: what it is named after, its bytes, and the same packed, by encoding."""

    digest: str
    content_type: str
    data: bytes
    packed: dict[str, bytes]

    def encoded(self, accepted: set[str]) -> tuple[str, bytes]:
        """The encoding to send ("" for none) and its bytes."""
        coding = next((name for name in ENCODERS if name in accepted), "")
        return coding, self.packed[coding] if coding else self.data


def address(kind: str) -> str:
    """Where the page finds its code of a kind, "js" or "css"."""
    return f"/code/map-{parcel(kind).digest}.{kind}"


def parcel(kind: str) -> Parcel:
    """The file of a kind; made once, and while DEBUG is on whenever a source was changed."""
    return _parcel(kind, _age() if settings.DEBUG else 0)


@functools.lru_cache(maxsize=4)
def _parcel(kind: str, _changed: int) -> Parcel:
    text = library() + stapled_modules(ENTRY) if kind == "js" else joined_styles(STYLES)
    data = text.encode()
    packed = {name: encode(data) for name, encode in ENCODERS.items()}
    return Parcel(hashlib.sha256(data).hexdigest()[:16], KINDS[kind], data, packed)


def _age() -> int:
    """When a source was last changed, in nanoseconds."""
    folders = (settings.BASE_DIR / "static" / kind for kind in KINDS)
    return max(path.stat().st_mtime_ns for folder in folders for path in folder.rglob("*.*s"))


def joined_styles(names: tuple[str, ...]) -> str:
    """The stylesheets without their comments, one after another."""
    return "".join(_COMMENT.sub("", source(name)) for name in names)


def library() -> str:
    """Leaflet, which sets `window.L`; its licence stays, the pointer to its source map goes."""
    return source(LIBRARY).partition("\n//# sourceMappingURL=")[0] + "\n"


def stapled_modules(entry: str) -> str:
    """The module and all it imports as one module."""
    order = in_order(entry)
    number = {name: n for n, name in enumerate(order)}
    return "".join(_wrapped(name, number) for name in order)


def in_order(entry: str) -> list[str]:
    """The modules that `entry` needs, each after those it imports. Raises Unstapled on a circle."""
    done: list[str] = []
    open_: list[str] = []

    def visit(name: str) -> None:
        if name in done:
            return
        if name in open_:
            raise Unstapled(f"{name} imports itself by way of {open_[-1]}")
        open_.append(name)
        for other in _imports(name):
            visit(other)
        done.append(open_.pop())

    visit(entry)
    return done


def _imports(name: str) -> Iterator[str]:
    for line in source(name).splitlines():
        if line.startswith("import "):
            yield _import(name, line)[0]


def _import(name: str, line: str) -> tuple[str, str]:
    """The module a line imports, and the names as a pattern for `const`."""
    found = _IMPORT.fullmatch(line)
    if found is None:
        raise Unstapled(f"{name}: {line[:80]}")
    target = posixpath.normpath(posixpath.join(posixpath.dirname(name), found[2]))
    return target, found[1].replace(" as ", ": ")


def _wrapped(name: str, number: dict[str, int]) -> str:
    """A module as a function that is called at once and gives what the module exports."""
    exported: list[str] = []
    lines = [_line(name, line, number, exported) for line in _without_comments(source(name))]
    body = "\n".join(lines)
    given = ", ".join(exported)
    return f"const m{number[name]} = (() => {{\n{body}\nreturn {{ {given} }};\n}})();\n"


def _line(name: str, line: str, number: dict[str, int], exported: list[str]) -> str:
    if line.startswith("import "):
        target, names = _import(name, line)
        return f"const {{ {names} }} = m{number[target]};"
    if not line.startswith("export "):
        return line
    if listed := _LISTED.fullmatch(line):
        exported.append(listed[1])
        return ""
    declared = _DECLARED.match(line)
    if declared is None:
        raise Unstapled(f"{name}: {line[:80]}")
    exported.append(declared[1])
    return line.removeprefix("export ")


def _without_comments(text: str) -> Iterator[str]:
    """The lines that are not comments; a comment starts its line, here."""
    inside = False
    for line in text.splitlines():
        bare = line.strip()
        inside = inside or bare.startswith("/*")
        if not inside and bare and not bare.startswith("//"):
            yield line
        if inside and bare.endswith("*/"):
            inside = False


def source(name: str) -> str:
    """The text of a static file. Raises Unstapled when there is none."""
    path = finders.find(name)
    if path is None:
        raise Unstapled(f"there is no static file {name}")
    with open(path, encoding="utf-8") as file:
        return file.read()
