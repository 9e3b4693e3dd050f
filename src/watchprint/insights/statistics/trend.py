"""A straight line through points in time, and whether it is certain that it rises or falls. Pure; numerics by scipy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan

CERTAIN_P = 0.02
"""Below this the slope is told: of fifty histories without a change one shows as much by chance."""
FEWEST_POINTS = 12


@dataclass(frozen=True, slots=True)
class Trend:
    """A line.

    Args:
        slope: by how much the value changes in a year.
        p: how likely chance alone gives a slope as steep; `error`: the standard error of the slope.
    """

    slope: float
    p: float
    error: float

    @property
    def is_certain(self) -> bool:
        """The slope is not by chance."""
        return self.p < CERTAIN_P


def trend(points: Sequence[tuple[float, float]]) -> Trend | None:
    """The line through points (time in years, value); None below twelve points."""
    if len(points) < FEWEST_POINTS:
        return None
    from scipy.stats import linregress  # slow to load, and most answers need none

    found = linregress([at for at, _ in points], [value for _, value in points])
    return Trend(float(found.slope), 1.0 if isnan(found.pvalue) else float(found.pvalue), float(found.stderr))
