"""The side files that a map opens only when somebody reads: texts of events, and where an id lies.

Texts are cut into blocks of calendar days, so that a change touches the block of its days alone and
all others keep their names. What a block is made of is read as plain values and hashed; only blocks
whose hash is new are made again. An id leads to the day its event starts on, and so to its block.
"""

from __future__ import annotations

import functools
import hashlib
import json
import zlib
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from events.models import Claim, Event, Participation
from events.publishing import cleaning, features, store
from events.publishing.features import PublicEvent, public_events

BLOCK_ROWS = 1024
BUCKET_IDS = 4096
RENDERERS = (cleaning, features)
"""What makes public text of values: when its code changes, all blocks are made again."""

BLOCKS = "blocks.json"
"""Remembers which values gave which block: hash -> file name. Never served."""

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
    known, made = store.read_json(root / BLOCKS), {}
    values = read_values()
    rows = enumerate(zip(days, uids, strict=True))
    for _, group in groupby(rows, key=lambda row: row[1][0] // texts.days):
        block = list(group)
        inside = [uid for _, (_, uid) in block]
        key = digest_of([(uid, values.get(uid)) for uid in inside])
        name = known.get(key)
        if name is None or not store.is_whole(root, name):
            name = store.put(root, _block_json(inside), ".json", "text-").name
        made[key] = name
        texts.blocks.append([block[0][0], name])
    store.write(root / BLOCKS, json.dumps(made).encode())
    texts.ids = put_ids(root, uids, days)
    return texts


def digest_of(values: list[Any]) -> str:
    """A hash of plain values and of the code that renders them."""
    return hashlib.sha256(rendering() + repr(values).encode()).hexdigest()[:32]


@functools.cache
def rendering() -> bytes:
    """A hash of the code that makes public text of values."""
    files = [__file__, *(str(module.__file__) for module in RENDERERS)]
    return hashlib.sha256(b"".join(Path(name).read_bytes() for name in files)).digest()


EVENT_VALUES = (
    "summary",
    "is_graphic",
    "grade",
    "dataset__name",
    "dataset__is_public",
    "external_id",
    "coarsen_km",
    "place__coarsen_km",
    "quotes",
    "published_at",
    "updated_at",
)
CLAIM_VALUES = (
    "report__source__name",
    "report__source__slug",
    "report__title",
    "report__url",
    "report__published_at",
    "quote",
    "sentence_start",
    "trigger_start",
    "trigger_end",
    "reported_by",
    "stance",
    "modality",
    "date_text",
    "date_reason",
    "place_text",
    "place_reason",
    "fatalities_low",
    "fatalities_best",
    "fatalities_high",
    "fatalities_text",
)


def read_values() -> dict[str, list[tuple]]:
    """All values that the text of each published event is made of, by uid; no model instances."""
    published = Event.objects.published()
    claims = Claim.objects.public().filter(event__in=published).order_by("pk")
    parts = Participation.objects.filter(event__in=published).order_by("pk")
    found: defaultdict[str, list[tuple]] = defaultdict(list)
    for rows in (
        published.values_list("uid", *EVENT_VALUES),
        claims.values_list("event__uid", *CLAIM_VALUES),
        parts.values_list("event__uid", "actor__slug", "role"),
    ):
        for uid, *values in rows.iterator(chunk_size=10_000):
            found[uid].append(tuple(values))
    return found


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
