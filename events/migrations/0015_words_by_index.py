"""Words are found by an index of their letters on PostgreSQL, where its extension pg_trgm is there.

Without the extension, or without the right to add it, a search reads all texts, as on SQLite.
"""

from __future__ import annotations

from typing import Any

from django.db import DatabaseError, migrations, transaction

COLUMNS = {
    "claim_quote_letters": ("events_claim", "quote"),
    "report_title_letters": ("events_report", "title"),
    "event_summary_letters": ("events_event", "summary"),
}
INDEX = "CREATE INDEX IF NOT EXISTS {} ON {} USING gin (UPPER({}::text) gin_trgm_ops)"


def add(apps: Any, schema_editor: Any) -> None:
    """`icontains` asks for UPPER(column::text), so that is what stands in the index."""
    connection = schema_editor.connection
    if connection.vendor != "postgresql" or not has_letters(connection):
        return
    for name, (table, column) in COLUMNS.items():
        schema_editor.execute(INDEX.format(name, table, column))


def has_letters(connection: Any) -> bool:
    """Whether the extension could be added, or was there."""
    try:
        with transaction.atomic(connection.alias), connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except DatabaseError:
        return False
    return True


def drop(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for name in COLUMNS:
            schema_editor.execute(f"DROP INDEX IF EXISTS {name}")


class Migration(migrations.Migration):
    dependencies = [("events", "0014_tokens_run_out_webhooks_choose")]

    operations = [migrations.RunPython(add, drop)]
