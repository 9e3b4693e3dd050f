"""Which values mark one part of a whole: log-odds against the rest, with a prior, in standard errors. Pure."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from math import log, sqrt
from typing import TypeVar

V = TypeVar("V", bound=Hashable)

PRIOR = 20.0
"""What the prior weighs, in counts shared out as in the whole."""


def weighted_log_odds(part: Mapping[V, float], rest: Mapping[V, float]) -> dict[V, float]:
    """By value, its log-odds in the part against the rest, in standard errors; values that neither has are left out.

    Args:
        part, rest: how much there is of each value.

    Source: Monroe, Colaresi and Quinn 2008, "Fightin' Words", formulas 15 to 22 (informative Dirichlet prior).
    """
    whole = {value: part.get(value, 0.0) + rest.get(value, 0.0) for value in {**part, **rest}}
    total, n_part, n_rest = sum(whole.values()), sum(part.values()), sum(rest.values())
    found = {}
    for value, count in whole.items():
        if count <= 0 or count >= total:
            continue
        prior = PRIOR * count / total
        here, there = part.get(value, 0.0) + prior, rest.get(value, 0.0) + prior
        odds = log(here / (n_part + PRIOR - here)) - log(there / (n_rest + PRIOR - there))
        found[value] = odds / sqrt(1 / here + 1 / there)
    return found
