"""What your watching says: each insight declared once, computed from rows in hand.

`compute("totals", plays=rows)` answers one question; `load(plays=rows)` keeps the rows for several. Knows nothing
of where rows come from: it never asks Trakt and stores nothing. Importing it loads neither DuckDB nor Arrow.
"""

from __future__ import annotations

from watchprint.insights.answer import Answer, Before, Change, LeftOut
from watchprint.insights.beside import Beside, beside_trakt
from watchprint.insights.catalogue import NAMES, catalogue
from watchprint.insights.compute import compute, load, prepared
from watchprint.insights.errors import BadQuestion, BadRows, ExtraMissing, InsightsError, UnknownInsight
from watchprint.insights.insight import Effect, Insight, Parameter
from watchprint.insights.question import Asked
from watchprint.insights.rows import PlayRow, RatingRow, TitleRow

__all__ = [
    "NAMES",
    "Answer",
    "Asked",
    "BadQuestion",
    "BadRows",
    "Before",
    "Beside",
    "Change",
    "Effect",
    "ExtraMissing",
    "Insight",
    "InsightsError",
    "LeftOut",
    "Parameter",
    "PlayRow",
    "RatingRow",
    "TitleRow",
    "UnknownInsight",
    "beside_trakt",
    "catalogue",
    "compute",
    "load",
    "prepared",
]
