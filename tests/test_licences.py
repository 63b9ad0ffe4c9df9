"""Every package that the product runs on states a licence that lets others use the whole freely."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def test_each_packages_licence_is_an_open_one():
    if not (ROOT / ".venv/bin/python").exists():
        pytest.skip("reads the licences of the project's own environment, which is not here")
    done = subprocess.run([ROOT / ".ci/licences"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert done.stdout.rstrip().endswith("0 to look at")
    assert done.stdout.count("\n") > 30
