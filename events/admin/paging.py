"""Counting that ends: the lists of the admin count up to a limit, since nobody pages to the end."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

MOST_COUNTED = 2000
"""Rows that a list counts and pages through; what lies beyond is found by filters and search."""


class CappedPaginator(Paginator):
    """A paginator whose count stops right after `MOST_COUNTED`; `is_capped` says that it did."""

    @cached_property
    def _counted(self) -> int:
        rows = self.object_list
        if isinstance(rows, QuerySet):
            return rows.order_by()[: MOST_COUNTED + 1].count()
        return len(rows)

    @cached_property
    def count(self) -> int:
        """The number of rows, at most `MOST_COUNTED`."""
        return min(self._counted, MOST_COUNTED)

    @property
    def is_capped(self) -> bool:
        """Whether there are more rows than are counted."""
        return self._counted > MOST_COUNTED
