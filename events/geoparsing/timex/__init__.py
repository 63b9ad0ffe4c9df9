"""Time expressions: TIMEX3 type and value, the days they cover and why, in four languages.

tokens, lexer: text to token classes · grammar, knowledge: the lexicon's patterns, compiled ·
scanning: phrases · context, partial, absolute, relative, durations, clock, resolution: what they
mean · era: years BC · calendar, holidays: the arithmetic · dateline, reading, tagging: the walk
through a report.
"""

from __future__ import annotations

from events.geoparsing.timex.tagging import tag

__all__ = ["tag"]
