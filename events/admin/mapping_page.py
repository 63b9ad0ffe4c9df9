"""A table of an editor's own: uploaded, its columns mapped to ours, tried, brought in.

What comes in are candidates; what is public is changed by publishers alone. The file waits between
the steps in a folder of this process's user, under a name that stands in the session only.
"""

from __future__ import annotations

import os
import secrets
import tempfile
import time
from pathlib import Path
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.admin.mapping_form import LABELS, MappingForm
from events.curation.roles import CURATE, PUBLISH
from events.exceptions import RejectedReport
from events.ingestion.tables import Outcome, load_table
from events.ingestion.tables.mapping import peek, read_mapped
from events.models import Source
from events.tasks import republish_after_commit
from events.vocabulary import SourceKind

LARGEST = 20 * 1024 * 1024
SNIFFED = 4096
KEPT_SECONDS = 2 * 3600
MOST_SHOWN = 50
SESSION = "table_to_map"


class UploadForm(forms.Form):
    table = forms.FileField(label=gettext_lazy("A table (CSV)"))

    def clean_table(self) -> UploadedFile:
        table = self.cleaned_data["table"]
        if table.size > LARGEST:
            limit = LARGEST // 2**20
            hint = _("At most %d MB; larger ones go through the command import_events.") % limit
            raise forms.ValidationError(hint)
        head = table.read(SNIFFED)
        table.seek(0)
        if b"\0" in head:
            raise forms.ValidationError(_("This is no text: save the table as CSV in UTF-8."))
        return table


def mapping_view(request: HttpRequest, site: Any) -> HttpResponse:
    """Upload; then columns, a trial and the import, all at one address."""
    if not (request.user.has_perm(CURATE) and request.user.has_perm("events.add_event")):
        raise PermissionDenied
    context = {
        **site.each_context(request),
        "title": _("Bring in a table"),
        "upload": UploadForm(),
        "labels": LABELS,
    }
    if request.method == "POST":
        answer = uploaded if "table" in request.FILES else mapped
        context |= answer(request)
    return TemplateResponse(request, "admin/events/mapping.html", context)


def uploaded(request: HttpRequest) -> dict[str, Any]:
    """The columns of the table that was sent, with what they seem to mean."""
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return {"upload": form}
    path = store(form.cleaned_data["table"])
    try:
        columns = peek(path)
    except RejectedReport as error:
        path.unlink(missing_ok=True)
        form.add_error("table", str(error))
        return {"upload": form}
    forget(request)
    name = Path(form.cleaned_data["table"].name).name[:100]
    request.session[SESSION] = {"file": path.name, "name": name}
    return {"form": MappingForm(columns, request.user), "name": name}


def mapped(request: HttpRequest) -> dict[str, Any]:
    """What the mapped table would do, or did."""
    held = request.session.get(SESSION) or {}
    path = folder() / Path(held.get("file", "")).name
    if not held or not path.is_file():
        upload = UploadForm({}, {})
        upload.add_error(None, _("The table is no longer here: send it again."))
        return {"upload": upload}
    form = MappingForm(peek(path), request.user, request.POST)
    found: dict[str, Any] = {"form": form, "name": held["name"]}
    if not form.is_valid():
        return found
    for_good = "import" in request.POST
    try:
        outcome = bring_in(request.user, path, form, for_good)
    except RejectedReport as error:
        form.add_error(None, str(error))
        return found
    if for_good:
        forget(request)
        found = {"name": held["name"], "done": True}
    more = max(0, len(outcome.errors) - MOST_SHOWN)
    return {**found, "outcome": outcome, "errors": outcome.errors[:MOST_SHOWN], "more": more}


def bring_in(user: Any, path: Path, form: MappingForm, for_good: bool) -> Outcome:
    """Load the table as candidates; unless `for_good`, everything is undone again."""
    rows = read_mapped(path, form.columns(), form.fixed())
    may_publish = user.has_perm(PUBLISH)
    with transaction.atomic():
        dataset = form.cleaned_data["dataset"] or new_dataset(
            form.cleaned_data["new_dataset"], user
        )
        outcome = load_table(rows, dataset, keep_public=not may_publish, by=user)
        transaction.set_rollback(not for_good)
        if for_good and may_publish and outcome.changed:
            republish_after_commit()
    return outcome


def new_dataset(name: str, user: Any) -> Source:
    """A source for a table; who may not add sources does not come here, see the form."""
    slug = slugify(name)[:100] or "dataset"
    if Source.objects.filter(slug=slug).exists():
        slug = f"{slug}-{secrets.token_hex(3)}"
    source = Source(name=name, slug=slug, kind=SourceKind.DATASET)
    source._history_user, source._change_reason = user, "came with a table"
    source.save()
    return source


def folder() -> Path:
    """Where tables wait; nobody else may look into it."""
    path = Path(tempfile.gettempdir()) / f"idlibmap-tables-{os.getuid()}"
    path.mkdir(mode=0o700, exist_ok=True)
    held = path.lstat()
    if held.st_uid != os.getuid() or held.st_mode & 0o077:
        raise RejectedReport(f"{path} is open to others.")
    return path


def store(table: UploadedFile) -> Path:
    """Keep an uploaded table for the next steps, and drop those that were left lying."""
    over = time.time() - KEPT_SECONDS
    for old in folder().glob("*.csv"):
        if old.stat().st_mtime < over:
            old.unlink(missing_ok=True)
    path = folder() / f"{secrets.token_hex(16)}.csv"
    with path.open("wb") as target:
        for piece in table.chunks():
            target.write(piece)
    return path


def forget(request: HttpRequest) -> None:
    """Drop the table of this session."""
    held = request.session.pop(SESSION, None)
    if held:
        (folder() / Path(held["file"]).name).unlink(missing_ok=True)
