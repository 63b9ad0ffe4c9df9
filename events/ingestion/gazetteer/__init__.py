"""Gazetteers of others: GeoNames, Who's On First, OpenSyria and our own CSV become places."""

from events.ingestion.gazetteer.dumps import fetched_dump
from events.ingestion.gazetteer.formats import FORMATS, read_gazetteer
from events.ingestion.gazetteer.loading import Outcome, load_records
from events.ingestion.gazetteer.records import GazetteerRecord

__all__ = [
    "FORMATS",
    "GazetteerRecord",
    "Outcome",
    "fetched_dump",
    "load_records",
    "read_gazetteer",
]
