#!/usr/bin/env python3
"""The one door: prepares its own environment, then is Django's manage.py."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent


def main() -> None:
    """Re-enter in the project's own environment, then run the command."""
    sys.path.insert(0, str(ROOT))
    from idlibmap import bootstrap

    bootstrap.enter(ROOT, sys.argv)
    if sys.argv[1:2] == ["demo"]:
        os.environ.setdefault("DEBUG", "on")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "idlibmap.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
