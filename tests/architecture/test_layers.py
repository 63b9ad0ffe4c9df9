"""The house's rules as tests: who may import whom, in Python and in JavaScript."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EVENTS = ROOT / "events"

# floor of each room; a room may import rooms of lower floors only, and its own
FLOORS = {
    "vocabulary": 1,
    "exceptions": 1,
    "geoparsing": 2,
    "models": 3,
    "ingestion": 4,
    "curation": 4,
    "publishing": 4,
    "evidence": 4,
    "tasks": 5,
    "admin": 6,
    "management": 6,
    "api": 6,
    "views": 6,
    "feeds": 6,
    "urls": 7,
}
# rooms that stand beside the floors: framework glue
FREE = {
    "apps",
    "caching",
    "checks",
    "limits",
    "logs",
    "middleware",
    "migrations",
    "outages",
    "staticstorage",
    "templatetags",
}
STEPS = ("segmentation", "recognition", "resolution", "timex", "actors", "coding")


def python_files() -> list[Path]:
    return [p for p in sorted(EVENTS.rglob("*.py")) if "migrations" not in p.parts]


def room_of(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else ""


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def source_of(path: Path, node: ast.ImportFrom) -> str:
    """The module that an import names, a relative one made absolute."""
    if not node.level:
        return node.module or ""
    package = list(path.relative_to(ROOT).parts[: -node.level])
    return ".".join([*package, *([node.module] if node.module else [])])


def imports_of(path: Path) -> list[str]:
    """All modules of the project that a file imports, anywhere in it."""
    found: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [a.name for a in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = source_of(path, node)
            found += [f"{base}.{a.name}" for a in node.names]
    return [name for name in found if name.startswith("events.")]


@pytest.mark.parametrize("path", python_files(), ids=lambda p: str(p.relative_to(ROOT)))
def test_a_room_imports_only_lower_floors(path):
    room = room_of(module_of(path))
    if room in FREE or room == "":
        return
    for name in imports_of(path):
        other = room_of(name)
        if other == room or other in FREE:
            continue
        assert FLOORS[other] < FLOORS[room], f"{room} must not import {name}"


@pytest.mark.parametrize("path", sorted((EVENTS / "geoparsing").rglob("*.py")), ids=str)
def test_the_parser_knows_no_database_network_clock_or_settings(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    banned = ("django", "requests", "socket", "urllib", "events.models", "time")
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.Import):
            names = [a.name for a in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        for name in names:
            assert name.split(".")[0] not in banned, f"{path.name} imports {name}"
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\b(date\.today|datetime\.now|utcnow)\(", text), (
        "the clock is an argument"
    )


def test_steps_of_the_parser_do_not_import_each_other():
    for path in (EVENTS / "geoparsing").rglob("*.py"):
        own = path.relative_to(EVENTS / "geoparsing").with_suffix("").parts[0]
        if own not in STEPS:
            continue
        for name in imports_of(path):
            parts = name.split(".")
            other = parts[2] if len(parts) > 2 and parts[1] == "geoparsing" else ""
            assert other == own or other not in STEPS, f"{path.name} imports {name}"


def test_models_use_only_the_names_of_the_parser():
    for path in (EVENTS / "models").glob("*.py"):
        for name in imports_of(path):
            if room_of(name) == "geoparsing":
                assert name.startswith("events.geoparsing.names"), name


def test_public_rooms_never_reach_the_back_of_the_house():
    for room in ("api", "views", "feeds"):
        files = [EVENTS / f"{room}.py"] if (EVENTS / f"{room}.py").exists() else []
        for path in [*files, *(EVENTS / room).rglob("*.py")]:
            for name in imports_of(path):
                assert room_of(name) not in ("ingestion", "curation", "geoparsing"), name


def test_there_is_no_circle_of_imports():
    graph = {module_of(p): set() for p in python_files()}
    for path in python_files():
        for name in imports_of(path):
            target = name if name in graph else name.rpartition(".")[0]
            if target in graph and target != module_of(path):
                graph[module_of(path)].add(target)
    done: set[str] = set()

    def visit(module: str, trail: list[str]) -> None:
        assert module not in trail, " -> ".join([*trail[trail.index(module) :], module])
        if module not in done:
            for other in sorted(graph[module]):
                visit(other, [*trail, module])
            done.add(module)

    for module in graph:
        visit(module, [])


# ---------------------------------------------------------------- JavaScript

JS = ROOT / "static" / "js"
MAY = {
    "main": {"ui", "map", "model", "page", "i18n"},
    "page": {"model"},
    "ui": {"ui", "model", "i18n"},
    "map": {"map", "model", "i18n"},
    "model": {"model"},
    "i18n": {"i18n"},
    "admin": {"admin", "model"},
}


def js_files() -> list[Path]:
    return sorted(JS.rglob("*.js"))


def js_room(path: Path) -> str:
    return path.relative_to(JS).with_suffix("").parts[0]


@pytest.mark.parametrize("path", js_files(), ids=lambda p: str(p.relative_to(JS)))
def test_a_js_module_imports_only_what_its_room_may(path):
    for target in re.findall(r"""(?:from|import)\s+['"](\.[^'"]+)['"]""", path.read_text("utf-8")):
        other = (path.parent / target).resolve()
        assert other.exists(), f"{path.name} imports {target}, which is not there"
        assert js_room(other) in MAY[js_room(path)], f"{path.name} imports {target}"


def test_one_module_touches_leaflet_on_the_map_and_one_at_the_desk():
    using = [p for p in js_files() if re.search(r"\bwindow\.L\b", p.read_text("utf-8"))]
    rooms = [js_room(p) for p in using]
    assert len(rooms) == len(set(rooms)), f"more than one module: {using}"


@pytest.mark.parametrize("path", js_files(), ids=lambda p: str(p.relative_to(JS)))
def test_js_writes_no_markup_from_strings(path):
    text = path.read_text("utf-8")
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", text)
