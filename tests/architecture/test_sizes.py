"""Files and functions stay small enough to read."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LONGEST_FILE, LONGEST_FUNCTION = 400, 50


def sources() -> list[Path]:
    found = [p for pattern in ("*.py", "*.js", "*.css") for p in ROOT.rglob(pattern)]
    skipped = {".venv", "node_modules", "migrations", "staticfiles", "vendor", ".git"}
    return sorted(p for p in found if not skipped & set(p.relative_to(ROOT).parts))


@pytest.mark.parametrize("path", sources(), ids=lambda p: str(p.relative_to(ROOT)))
def test_a_file_has_at_most_400_lines(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize(
    "path", [p for p in sources() if p.suffix == ".py"], ids=lambda p: str(p.relative_to(ROOT))
)
def test_a_function_has_at_most_50_lines(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = node.end_lineno - node.lineno + 1
            assert length <= LONGEST_FUNCTION, f"{node.name} has {length} lines"


def test_no_drawer_is_named_utils_helpers_or_common():
    for path in sources():
        assert path.stem not in ("utils", "helpers", "common", "misc"), path
