"""Under which terms the data is given away, and how a copy of it is cited."""

from __future__ import annotations

import datetime as dt

LICENCE = "Compiled by idlibmap. Quotes belong to their sources; cite the version you used."


def citation(day: dt.date, base_url: str, version: str = "") -> str:
    """How to cite the data as it stood on `day`; `version` names a release or snapshot."""
    named = f", version {version}" if version else ""
    return (
        f"idlibmap ({day.year}): events of the war in Idlib and north-west Syria{named},"
        f" as of {day.isoformat()}. {base_url}/"
    )
