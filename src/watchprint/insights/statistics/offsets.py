"""How far groups lie off the whole, drawn towards it by how little they hold (empirical Bayes). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

TOLD_P = 0.04
"""Below this, over all groups together, an offset is told: of 25 sets of groups that do not differ one shows any."""


@dataclass(frozen=True, slots=True)
class Offset:
    """How far one group lies off the whole.

    Args:
        raw: its mean minus that of the whole; `by_chance`: the standard deviation that chance alone gives it.
        shrunk: the posterior mean.
        p: how likely chance alone puts any of so many groups as far off.
    """

    raw: float
    by_chance: float
    shrunk: float
    p: float

    @property
    def is_told(self) -> bool:
        """The offset is not by chance."""
        return self.p < TOLD_P


def offsets(groups: Sequence[tuple[int, float]], n: int, mean: float, variance: float) -> list[Offset]:
    """The offsets of groups, in their order.

    Args:
        groups: of each how many members it has and the sum of their values; a member may be in several.
        n, mean, variance: of the values of the whole.

    Source: method of moments for the variance between groups (Morris 1983, "Parametric empirical Bayes inference");
        Bonferroni for the number of groups.
    """
    from scipy.stats import t  # slow to load, and most answers need none

    raws = [total / size - mean for size, total in groups]
    chances = [variance / size * (1 - size / n) for size, _ in groups]
    between = _between(raws, chances)
    found = []
    for raw, chance in zip(raws, chances, strict=True):
        if chance <= 0:
            found.append(Offset(raw, 0.0, 0.0, 1.0))
            continue
        kept = between / (between + chance)
        p = min(1.0, 2 * float(t.sf(abs(raw) / sqrt(chance), n - 1)) * len(groups))
        found.append(Offset(raw, sqrt(chance), raw * kept + 0.0, p))
    return found


def _between(raws: Sequence[float], chances: Sequence[float]) -> float:
    """The variance between groups beyond chance, from E[sum raw^2 / chance] = J + between x sum 1 / chance."""
    pairs = [(raw, chance) for raw, chance in zip(raws, chances, strict=True) if chance > 0]
    weight = sum(1 / chance for _, chance in pairs)
    return max(0.0, (sum(raw * raw / chance for raw, chance in pairs) - len(pairs)) / weight) if pairs else 0.0
