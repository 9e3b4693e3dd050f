"""A straight line through points in time, and whether it is certain that it rises or falls.

Pure; the line is the standard library's, which needs nothing loaded; only how likely it is by chance needs scipy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import StatisticsError, linear_regression, variance

CERTAIN_P = 0.02
"""Below this the slope is told: of fifty histories without a change one shows as much by chance."""
FEWEST_POINTS = 12


@dataclass(frozen=True, slots=True)
class Trend:
    """A line.

    Args:
        slope: by how much the value changes in a year.
        error: the standard error of the slope.
        points: how many points it goes through.
    """

    slope: float
    error: float
    points: int

    @property
    def p(self) -> float:
        """How likely chance alone gives a slope as steep."""
        from scipy.special import stdtr  # slow to load, and most answers need none

        if self.error == 0:
            return 1.0 if self.slope == 0 else 0.0
        return float(2 * stdtr(self.points - 2, -abs(self.slope / self.error)))

    @property
    def is_certain(self) -> bool:
        """The slope is not by chance."""
        return self.p < CERTAIN_P


def trend(points: Sequence[tuple[float, float]]) -> Trend | None:
    """The line through points (time in years, value); None below twelve points."""
    if len(points) < FEWEST_POINTS:
        return None
    at, values = [each for each, _ in points], [value for _, value in points]
    try:
        slope, intercept = linear_regression(at, values)
    except StatisticsError:  # all at one time
        return Trend(0.0, 0.0, len(points))
    off = sum((value - intercept - slope * time) ** 2 for time, value in points)
    spread = variance(at) * (len(points) - 1)
    return Trend(slope, sqrt(off / (len(points) - 2) / spread), len(points))
