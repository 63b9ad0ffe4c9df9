"""Event tables of others (ACLED, UCDP GED, GeoJSON) and our own CSV become events."""

from events.ingestion.tables.loading import Outcome, load_table
from events.ingestion.tables.readers import FORMATS, read_table
from events.ingestion.tables.rows import EventRow

__all__ = ["FORMATS", "EventRow", "Outcome", "load_table", "read_table"]
