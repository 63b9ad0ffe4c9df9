"""The API, shaped as OGC API - Features part 1: GIS tools read it as a layer."""

from events.api.root import api
from events.api.root import not_found as api_not_found

__all__ = ["api", "api_not_found"]
