"""The read-only API, shaped as OGC API - Features part 1: GIS tools read it as a layer."""

from events.api.root import api

__all__ = ["api"]
