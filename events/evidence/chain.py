"""A hash chain over all lines of history: what was changed behind the program's back shows.

`seal` adds links for lines that have none; it runs after each commit that wrote history. `verify`
recomputes everything and names the first link that does not hold. A chain that was cut off or made
anew shows against a head that was noted elsewhere (the log, a backup, paper).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import Exists, Max, OuterRef

from events.models import HistoryLink, Report
from events.models.reports import digest_of

log = logging.getLogger("idlibmap.evidence")

START = "0" * 64
BATCH = 500
LOOK_BACK = 2000
"""How far before the newest sealed line late ones are looked for: transactions end out of order."""
NAMED = 20
LOCK = 4_907_151
"""The number of the lock under which PostgreSQL lets one sealer work at a time."""


def histories() -> dict[str, type[models.Model]]:
    """The history models of the project by table name, sorted."""
    found = [m for m in apps.get_app_config("events").get_models() if hasattr(m, "instance_type")]
    return {model._meta.db_table: model for model in sorted(found, key=lambda m: m._meta.db_table)}


def row_digest(values: dict[str, Any]) -> str:
    """SHA-256 of a history row's values.

    Empty values are left out, so that a column added later changes no old digest; 0 is a value.
    """
    kept = {
        name: _plain(value)
        for name, value in values.items()
        if value is not None and value is not False and value not in ("", [], {})
    }
    text = json.dumps(kept, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    return value


def link_of(previous: str, table: str, history_id: int, digest: str) -> str:
    """The link after `previous`."""
    return hashlib.sha256(f"{previous}\n{table}\n{history_id}\n{digest}".encode()).hexdigest()


def head() -> HistoryLink | None:
    """The newest link."""
    return HistoryLink.objects.order_by("-number").first()


def seal(*, everything: bool = False) -> int:
    """Add links for lines of history that have none; how many. One sealer works at a time.

    `everything` looks at the whole history and not only near its end.
    """
    with transaction.atomic():
        _wait_for_turn()
        last = head()
        number, previous = (last.number, last.link) if last else (0, START)
        before = number
        for table, model in histories().items():
            for batch in _batches(_unsealed(table, model, everything)):
                number, previous = _append(table, batch, number, previous)
    if number > before:
        log.info("history sealed up to link %d %s", number, previous)
    return number - before


def _wait_for_turn() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _unsealed(table: str, model: Any, everything: bool) -> Iterator[dict[str, Any]]:
    sealed = HistoryLink.objects.filter(table=table, history_id=OuterRef("history_id"))
    rows = model.objects.filter(~Exists(sealed)).order_by("history_id")
    if not everything:
        newest = HistoryLink.objects.filter(table=table).aggregate(Max("history_id"))
        rows = rows.filter(history_id__gt=(newest["history_id__max"] or 0) - LOOK_BACK)
    yield from rows.values()


def unsealed() -> list[str]:
    """The lines of history that have no link, as `table history_id`, at most NAMED of a table.

    The program seals each line in the moment after its transaction. One without a link was put in
    by somebody else, or the program was killed in that moment.
    """
    return [
        f"{table} {row['history_id']}"
        for table, model in histories().items()
        for row in islice(_unsealed(table, model, everything=True), NAMED)
    ]


def _batches(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        yield batch


def _append(table: str, rows: list[dict[str, Any]], number: int, previous: str) -> tuple[int, str]:
    links = []
    for row in rows:
        number, digest = number + 1, row_digest(row)
        previous = link_of(previous, table, row["history_id"], digest)
        link = HistoryLink(
            number=number, table=table, history_id=row["history_id"], digest=digest, link=previous
        )
        links.append(link)
    HistoryLink.objects.bulk_create(links)
    return number, previous


def seal_after_commit(**_signal: Any) -> None:
    """Seal once the present transaction is through; once, however many lines it wrote."""
    if not any(each[1] is _seal_quietly for each in connection.run_on_commit):
        transaction.on_commit(_seal_quietly, robust=True)


def _seal_quietly() -> None:
    # What was decided is stored; what is not sealed now is sealed with the next line.
    try:
        seal()
    except Exception:
        log.exception("the history was not sealed")


@dataclass(slots=True)
class Verdict:
    """What `verify` found: links that hold, lines not sealed yet, and what does not hold."""

    links: int = 0
    head: str = START
    unsealed: int = 0
    reports: int = 0
    broken: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return not self.broken


def verify(noted: Iterable[str] = ()) -> Verdict:
    """Recompute the chain and the digests of the reports' texts.

    `noted` are heads that were written down earlier: each has to be one of the links.
    """
    verdict = Verdict()
    _verify_links(verdict)
    total = sum(model.objects.count() for model in histories().values())
    verdict.unsealed = max(0, total - HistoryLink.objects.count())
    for noted_head in noted:
        if not HistoryLink.objects.filter(link=noted_head).exists():
            verdict.broken.append(f"the head {noted_head} that was noted is not in the chain")
    _verify_texts(verdict)
    return verdict


def _verify_links(verdict: Verdict) -> None:
    """Walk the chain; stops at the first link that does not hold."""
    links = HistoryLink.objects.order_by("number").iterator(chunk_size=BATCH)
    while batch := list(islice(links, BATCH)):
        rows = _rows_of(batch)
        for link in batch:
            why = _why_broken(link, verdict, rows.get((link.table, link.history_id)))
            if why:
                verdict.broken.append(f"link {link.number} ({link.table} {link.history_id}): {why}")
                return
            verdict.links, verdict.head = link.number, link.link


def _rows_of(batch: list[HistoryLink]) -> dict[tuple[str, int], dict[str, Any]]:
    found = {}
    for table, model in histories().items():
        wanted = [link.history_id for link in batch if link.table == table]
        for row in model.objects.filter(history_id__in=wanted).values() if wanted else ():
            found[table, row["history_id"]] = row
    return found


def _why_broken(link: HistoryLink, verdict: Verdict, row: dict[str, Any] | None) -> str:
    if link.number != verdict.links + 1:
        return f"the links before it, from {verdict.links + 1} on, are gone"
    if row is None:
        return "the line of history is gone"
    if row_digest(row) != link.digest:
        return "the line of history was changed"
    if link_of(verdict.head, link.table, link.history_id, link.digest) != link.link:
        return "the link does not follow from the one before"
    return ""


def _verify_texts(verdict: Verdict) -> None:
    """Each report's text against its digest, and the digest against the report's history."""
    known = {row.id: row.digest for row in Report.history.order_by("history_id").iterator()}
    for report in Report.objects.only("text", "digest").order_by("pk").iterator(chunk_size=100):
        verdict.reports += 1
        told = known.get(report.pk, report.digest)
        if not digest_of(report.text) == report.digest == told:
            verdict.broken.append(f"report {report.pk}: its text is not the one that came in")
