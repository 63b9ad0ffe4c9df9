"""Reading is never in the way of readers: work in the background yields the processor."""

from __future__ import annotations

import os

NICENESS = 15


def yield_to_readers() -> None:
    """Lower this process's priority; once lowered, and where it cannot be, nothing happens."""
    try:
        if os.getpriority(os.PRIO_PROCESS, 0) < NICENESS:
            os.setpriority(os.PRIO_PROCESS, 0, NICENESS)
    except OSError:  # pragma: no cover
        return
