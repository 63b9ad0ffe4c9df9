"""Scores of a reading against gold: recognition, resolution, dates and events."""

from events.geoparsing.evaluation.gold import GoldError, load_gold
from events.geoparsing.evaluation.scores import Score, evaluate

__all__ = ["GoldError", "Score", "evaluate", "load_gold"]
