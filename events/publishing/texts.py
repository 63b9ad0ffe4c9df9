"""The side files that a map opens only when somebody reads: texts of events, and where an id lies.

Texts are cut into blocks of calendar days, so that a change touches the block of its days alone and
all others keep their names. An id leads to the day its event starts on, and so to its block.
"""

from __future__ import annotations

import datetime as dt
import json
import zlib
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from events.models import Event
from events.publishing import store
from events.publishing.features import PublicEvent, public_events

BLOCK_ROWS = 1024
BUCKET_IDS = 4096
EPOCH = dt.date(1970, 1, 1).toordinal()

TEXT_KEYS = (
    "uid",
    "summary",
    "is_graphic",
    "grade",
    "dataset",
    "external_id",
    "updated",
)


@dataclass(slots=True)
class Texts:
    """The text and id files of a snapshot, as the manifest tells of them.

    Blocks are [first row, file name], each of the rows that start within `days` days.
    """

    days: int = 1
    blocks: list[list[int | str]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)

    @property
    def files(self) -> list[str]:
        return [*(str(name) for _, name in self.blocks), *self.ids]


def put_texts(root: Path, uids: list[str], days: list[int]) -> Texts:
    """Store the texts of rows given by uid and start day, in row order."""
    texts = Texts(days=block_days(days))
    rows = enumerate(zip(days, uids, strict=True))
    for _, group in groupby(rows, key=lambda row: row[1][0] // texts.days):
        block = list(group)
        name = store.put(root, _block_json([uid for _, (_, uid) in block]), ".json", "text-").name
        texts.blocks.append([block[0][0], name])
    texts.ids = put_ids(root, uids, days)
    return texts


def block_days(days: list[int]) -> int:
    """How many days a block spans: a power of two that gives blocks of about BLOCK_ROWS rows."""
    span = days[-1] - days[0] + 1 if days else 1
    wanted = max(1.0, BLOCK_ROWS * span / max(1, len(days)))
    return int(1 << (round(wanted).bit_length() - 1))


def _block_json(uids: list[str]) -> bytes:
    """The texts of these events, in this order; one that has gone meanwhile is null."""
    events = Event.objects.published().filter(uid__in=uids).order_by("uid")
    found = {record["uid"]: text_of(record) for record in public_events(events)}
    texts = [found.get(uid) for uid in uids]
    return json.dumps(texts, ensure_ascii=False, separators=(",", ":")).encode()


def text_of(record: PublicEvent) -> dict[str, Any]:
    """What a card shows beyond the columns: summary, roles and claims with their quotes."""
    return {
        **{key: record[key] for key in TEXT_KEYS if record[key]},  # type: ignore[literal-required]
        "roles": {actor["slug"]: actor["role"] for actor in record["actors"]},
        "claims": [
            {k: v for k, v in claim.items() if v not in ("", None)} for claim in record["claims"]
        ],
    }


def put_ids(root: Path, uids: list[str], days: list[int]) -> list[str]:
    """Store uid -> start day in buckets by CRC-32, a power of two of them."""
    count = 1 << max(0, (len(uids) // BUCKET_IDS).bit_length())
    buckets: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for uid, day in zip(uids, days, strict=True):
        buckets[zlib.crc32(uid.encode()) % count][uid] = day
    return [
        store.put(root, json.dumps(buckets[k], sort_keys=True).encode(), ".json", "ids-").name
        for k in range(count if uids else 0)
    ]
