"""What strangers wrote, made fit for the public: addresses that only lead, names that only name.

Quotes are left as they are, letter by letter: they are evidence, and pages set them apart.
"""

from __future__ import annotations

from urllib.parse import urlsplit

LONGEST_ADDRESS = 2000
TURNING = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Characters that turn the direction of writing: in a name they can make it read as another one."""
BREAKING = (*range(32), *range(127, 160), 0x2028, 0x2029)
DROPPED = {ord(c): None for c in TURNING} | dict.fromkeys(BREAKING, " ")


def web_address(text: str) -> str:
    """`text` if it is an http or https address that a link may lead to, "" for anything else."""
    if len(text) > LONGEST_ADDRESS or any(c <= " " or c in TURNING for c in text):
        return ""
    try:
        parts = urlsplit(text)
        usable = (
            parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
        )
    except ValueError:
        return ""
    return text if usable else ""


def one_line(text: str) -> str:
    """A name or title on one line, without characters that turn the direction of what follows."""
    return text.translate(DROPPED).strip()
