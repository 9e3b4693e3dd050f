"""How many values there are, counted by how common they are: Hill numbers, also at an equal n. Pure; numerics by scipy.

A Hill number is the number of equally common values that would be as diverse: order 1 is exp(entropy), order 2 the
inverse of the chance that two belong together. What is larger shows more, so years are compared at an equal n.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import exp, sqrt

SHUFFLES = 999


def hill(counts: Sequence[int]) -> tuple[float, float]:
    """The Hill numbers of order 1 and 2 of counts above 0."""
    import numpy as np  # slow to load, and most answers need none
    from scipy.special import entr

    shares = np.asarray(counts) / sum(counts)
    return exp(float(entr(shares).sum())), float(1 / (shares**2).sum())


def rarefied(counts: Sequence[int], n: int) -> tuple[float, float]:
    """The Hill numbers of order 1 and 2 that are expected of n members drawn without putting them back.

    Args:
        counts: of each value, above 0.
        n: how many are drawn, at most all.

    Source: Chao et al. 2014, "Rarefaction and extrapolation with Hill numbers", formulas 5 and 6 (the expected
        frequency counts of a smaller sample).
    """
    import numpy as np
    from scipy.special import entr
    from scipy.stats import hypergeom

    of, how_many = zip(*sorted(Counter(counts).items()), strict=True)
    times = np.arange(1, min(n, max(of)) + 1)
    expected = np.asarray(how_many) @ hypergeom.pmf(times[None, :], sum(counts), np.asarray(of)[:, None], n)
    return exp(float(expected @ entr(times / n))), 1 / float(expected @ (times / n) ** 2)


def deviation(counts: Sequence[int]) -> float:
    """The standard deviation of the Hill number of order 1 for one member; over sqrt(n) it is its standard error."""
    from math import log

    n = sum(counts)
    shares = [count / n for count in counts]
    of_entropy = sum(share * log(share) ** 2 for share in shares) - sum(share * log(share) for share in shares) ** 2
    return hill(counts)[0] * sqrt(max(0.0, of_entropy))


def differ(earlier: Sequence[int], later: Sequence[int]) -> tuple[float | None, bool]:
    """How likely chance alone makes the diversity of two parts differ as much, and whether the later one has more.

    Args:
        earlier, later: how often each value stands in the one and in the other, in the same order.

    Returns:
        p (None where a part is empty), from putting the members of both at random into parts of the same sizes.
    """
    import numpy as np
    from scipy.special import entr

    whole, size = np.asarray(earlier) + np.asarray(later), int(sum(earlier))
    rest = int(whole.sum()) - size
    if not size or not rest:
        return None, False
    dice = np.random.default_rng(20260630)
    drawn = dice.multivariate_hypergeometric(whole, size, size=SHUFFLES, method="marginals")
    firsts = np.vstack([np.asarray(earlier)[None, :], drawn])
    gaps = np.exp(entr((whole - firsts) / rest).sum(axis=1)) - np.exp(entr(firsts / size).sum(axis=1))
    as_far = np.abs(gaps[1:]) >= abs(gaps[0]) - 1e-12
    return (1 + int(as_far.sum())) / (SHUFFLES + 1), bool(gaps[0] > 0)
