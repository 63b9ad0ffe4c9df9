"""Histories told by their own dates: every date's TIMEX3 value, as TempEval-3 counts it.

The floors stand a little below what was measured.
"""

from __future__ import annotations

import datetime as dt

import pytest

from tests.gold.narratives import Narrative, read_narratives, tally, together

FLOOR_OF_ONE, FLOOR_OF_ALL = 0.92, 0.975
NARRATIVES = read_narratives()


@pytest.mark.parametrize("narrative", NARRATIVES, ids=lambda n: n.number)
@pytest.mark.parametrize("given", [True, False], ids=["published", "on an unknown day"])
def test_a_history_keeps_its_floor(narrative: Narrative, given: bool) -> None:
    counted = tally(narrative, narrative.published if given else None)
    assert counted.value_f1 >= FLOOR_OF_ONE, counted.errors


@pytest.mark.parametrize("years_later", [None, 0, 20], ids=["unknown", "as given", "much later"])
def test_all_histories_together_keep_their_floor(years_later: int | None) -> None:
    counted = together(tally(n, day_after(n.published, years_later)) for n in NARRATIVES)
    assert counted.value_f1 >= FLOOR_OF_ALL, counted.errors


def day_after(day: dt.date, years: int | None) -> dt.date | None:
    """The same day some years later; None for None."""
    return None if years is None else day.replace(year=day.year + years)


def test_the_file_holds_at_least_six_histories_in_four_languages() -> None:
    assert len(NARRATIVES) >= 6
    assert {narrative.language for narrative in NARRATIVES} == {"en", "ar", "ru", "tr"}
