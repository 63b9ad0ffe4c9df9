"""Tables out of the admin and back in, for all nouns: CSV and XLSX, dry run first, errors by row.

The stock pages mark what would change with inline styles; ours come without, for the strict CSP.
"""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.encoding import force_str
from django.utils.html import conditional_escape, format_html
from django.utils.translation import gettext as _
from import_export import resources
from import_export.admin import ImportExportMixin
from import_export.exceptions import FieldError
from import_export.formats import base_formats
from import_export.forms import ExportForm, ImportForm

from events.curation.roles import CURATE
from events.exceptions import RejectedReport
from events.ingestion.documents import refuse_bombs
from events.publishing.exports import safe, unsafe

CAME_IN = "came in with a table"
WORKBOOK = b"PK"
NUMBER = re.compile(r"-?[0-9]{1,20}(?:\.[0-9]{1,20})?(?:e-?[0-9]{1,3})?")


class PlainDiff(resources.Diff):
    """Old and new value of each column, as markup without inline styles."""

    def as_html(self) -> list[str]:
        pairs = zip(self.left, self.right, strict=False)
        return [_difference("" if self.new else force_str(a), force_str(b)) for a, b in pairs]


def _difference(old: str, new: str) -> str:
    if old == new:
        return conditional_escape(new)
    if not old:
        return format_html("<ins>{}</ins>", new)
    return format_html("<del>{}</del> <ins>{}</ins>", old, new)


class TableResource(resources.ModelResource):
    """Rows are checked by their model's rules; a changed row says who brought it, and how."""

    @classmethod
    def get_diff_class(cls) -> type[PlainDiff]:
        return PlainDiff

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        """A table without the column that tells its rows apart is refused in words."""
        missing = [name for name in self.get_import_id_fields() if name not in dataset.headers]
        if missing:
            names = {"missing": missing[0], "columns": ", ".join(self.fields)}
            said = _("The first line names no column “%(missing)s”. Columns: %(columns)s.") % names
            raise FieldError(said)

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        """What went out with an apostrophe before it comes back without."""
        for name, cell in row.items():
            row[name] = unsafe(cell)

    def before_save_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        instance._history_user = kwargs.get("user")
        instance._change_reason = CAME_IN


class FormulaSafe:
    """A format that writes no cell which a spreadsheet takes for a formula; numbers stay numbers.

    The package's own setting knows "=" alone, and cuts it off.
    """

    def export_data(self, dataset: Any, **kwargs: Any) -> Any:
        for _row in range(len(dataset)):
            dataset.append([_guarded(cell) for cell in dataset.lpop()])
        return super().export_data(dataset, **kwargs)  # type: ignore[misc]


def _guarded(cell: Any) -> Any:
    return cell if isinstance(cell, str) and NUMBER.fullmatch(cell) else safe(cell)


class SafeCSV(FormulaSafe, base_formats.CSV):
    """CSV without formulas."""


class SafeXLSX(FormulaSafe, base_formats.XLSX):
    """XLSX without formulas."""


class TableOptions:
    """What the `Meta` of each resource starts from."""

    skip_unchanged = True
    report_skipped = True
    use_transactions = True
    clean_model_instances = True


class TableForm(ImportForm):
    """A table to bring in, looked at before it is unpacked."""

    def clean_import_file(self) -> Any:
        """The file, unless it is too large or would unpack to too much."""
        file = self.cleaned_data["import_file"]
        if file.size > settings.REPORT_MAX_BYTES:
            raise forms.ValidationError(_("The table is too large."))
        self.raw = file.read()
        file.seek(0)
        if self.raw.startswith(WORKBOOK):
            try:
                refuse_bombs(self.raw)
            except RejectedReport as refusal:
                raise forms.ValidationError(str(refusal)) from refusal
        return file

    def clean(self) -> dict[str, Any]:
        """The file is of the format that was chosen."""
        data = super().clean() or self.cleaned_data
        if "import_file" in data and "format" in data:
            chosen = dict(self.fields["format"].choices).get(data["format"], "")
            fault = fault_of(self.raw, is_workbook=chosen == "xlsx")
            if fault:
                self.add_error("import_file", fault)
        return data


def fault_of(raw: bytes, *, is_workbook: bool) -> str:
    """Why a file is no table of the chosen format, in words; "" for none."""
    if raw.startswith(WORKBOOK) != is_workbook:
        return (
            _("This is a workbook: choose xlsx.") if not is_workbook else _("This is no workbook.")
        )
    if is_workbook:
        return ""
    try:
        is_text = "\0" not in raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        is_text = False
    return (
        "" if is_text else _("This is no text in UTF-8: save the table as CSV in UTF-8 or as XLSX.")
    )


class TableExport(ImportExportMixin):
    """Import for those who curate, export for those who see the rows."""

    import_form_class = TableForm
    export_form_class = ExportForm
    import_template_name = "admin/events/import.html"
    import_export_change_list_template = "admin/events/event/change_list.html"

    def get_import_formats(self) -> list[Any]:
        return [base_formats.CSV, base_formats.XLSX]

    def get_export_formats(self) -> list[Any]:
        return [SafeCSV, SafeXLSX]

    def has_import_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(CURATE)

    def has_export_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(f"events.view_{self.opts.model_name}")
