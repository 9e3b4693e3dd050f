"""How long something goes on when some of it is still going: Kaplan-Meier curves. Pure; numerics by scipy."""

from __future__ import annotations

import warnings
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import isnan
from typing import Any

LEVEL = 0.9


@dataclass(frozen=True, slots=True)
class Curve:
    """The share that goes on beyond each duration.

    Args:
        longest: the longest duration met; beyond it the curve stays as it is.
    """

    longest: int
    _survival: Any
    _events: int

    def beyond(self, at: float) -> float:
        """The share that goes on beyond this duration, 0 to 1."""
        return float(self._survival.evaluate(at))

    def band(self, at: float) -> tuple[float | None, float | None]:
        """The 90 % confidence band of that share; (None, None) where nothing has ended up to there."""
        if not self._events or self.beyond(at) == 1:
            return None, None
        with _quietly():
            found = self._survival.confidence_interval(confidence_level=LEVEL)
        low, high = float(found.low.evaluate(at)), float(found.high.evaluate(at))
        if isnan(low) or isnan(high):
            return None, None
        return max(low, 0.0), min(high, 1.0)

    def error(self, at: float) -> float:
        """The standard error of that share; 0 where nothing has ended up to there."""
        low, high = self.band(at)
        return 0.0 if low is None or high is None else (high - low) / (2 * 1.6449)

    def median(self) -> int | None:
        """The shortest duration beyond which at most half go on; None where more than half go on for ever."""
        durations = range(1, self.longest + 1)
        return next(
            (at for at, left in zip(durations, self._survival.evaluate(durations), strict=True) if left <= 0.5), None
        )


def curve(durations: Sequence[int], ended: Sequence[bool]) -> Curve:
    """The curve of durations, of which some have ended and some go on."""
    from scipy.stats import ecdf  # slow to load, and most answers need none

    return Curve(max(durations), ecdf(_censored(durations, ended)).sf, sum(ended))


def differ(
    one: tuple[Sequence[int], Sequence[bool]], other: tuple[Sequence[int], Sequence[bool]]
) -> tuple[float | None, bool]:
    """How likely chance alone makes two groups differ as much, and whether the other one ends sooner.

    Returns:
        p (None where fewer than five have ended in all), and True where the other group ends sooner.
    """
    from scipy.stats import logrank

    if sum(one[1]) + sum(other[1]) < 5 or not one[0] or not other[0]:
        return None, False
    with _quietly():
        found = logrank(_censored(*one), _censored(*other))
    p = float(found.pvalue)
    return (None if isnan(p) else p), bool(found.statistic < 0)


@contextmanager
def _quietly() -> Generator[None]:
    """What cannot be told comes back as not a number, without a warning on the way."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        yield


def _censored(durations: Sequence[int], ended: Sequence[bool]) -> Any:
    from scipy.stats import CensoredData

    return CensoredData.right_censored([float(each) for each in durations], [not each for each in ended])
