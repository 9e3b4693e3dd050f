"""Where a series of shares changes: penalised change-points with Jensen-Shannon cost. Pure; the search is ruptures'.

The penalty is made from the series itself: its blocks are put into random orders, which have no change by making, and
a change must gain more than nearly all of those give. The dice have a fixed seed, so that an answer stays the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

SHUFFLES = 199
LEVEL = 0.985
"""A change gains more than this share of the series in random order gives."""
SHORTEST_BLOCK = 3
BLOCKS = 12
"""Neighbours stay together in a random order, three or a twelfth of all, because what is begun goes on for a while."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What was found.

    Args:
        ends: where each stretch ends, exclusive; the last is the length of the series.
        gain: what the best single cut gains (n times the Jensen-Shannon divergence of its two sides, in nats).
        penalty: what a cut must gain, by what the same moments give in random order.
    """

    ends: tuple[int, ...]
    gain: float
    penalty: float


def changes(shares: Any, *, fewest: int) -> Changes:
    """The change-points of a series.

    Args:
        shares: an array, one row a moment, of shares that add up to 1 (or several such sets side by side).
        fewest: how many moments a stretch has at least.

    Source: PELT (Killick, Fearnhead and Eckley 2012); Jensen-Shannon divergence (Lin 1991).
    """
    import numpy as np  # slow to load, and most answers need none

    dice = np.random.default_rng(20260630)
    orders = np.stack([_in_blocks(dice, len(shares)) for _ in range(SHUFFLES)])
    at_random = np.asarray([_best_gain(shares[order], fewest) for order in orders])
    penalty = float(np.quantile(at_random, LEVEL))
    gain = _best_gain(shares, fewest)
    ends = _cut(costs(shares), len(shares), fewest, penalty)
    return Changes(ends, gain, penalty)


def costs(shares: Any) -> Any:
    """The cost of each stretch [start, end): the sum of its members' divergences from their mean, in nats."""
    import numpy as np
    from scipy.special import entr

    n = len(shares)
    sums = np.vstack([np.zeros(shares.shape[1]), np.cumsum(shares, axis=0)])
    own = np.concatenate([[0.0], np.cumsum(entr(shares).sum(axis=1))])
    found = np.zeros((n + 1, n + 1))
    for start in range(n):
        lengths = np.arange(1, n - start + 1)
        means = np.maximum(sums[start + 1 :] - sums[start], 0.0) / lengths[:, None]
        found[start, start + 1 :] = lengths * entr(means).sum(axis=1) - (own[start + 1 :] - own[start])
    return found


def _best_gain(shares: Any, fewest: int) -> float:
    """What the best single cut gains."""
    import numpy as np
    from scipy.special import entr

    n = len(shares)
    sums = np.cumsum(shares, axis=0)
    left = np.arange(fewest, n - fewest + 1)
    if not len(left):
        return 0.0
    before = sums[left - 1]
    parts = left * entr(before / left[:, None]).sum(axis=1)
    parts += (n - left) * entr(np.maximum(sums[-1] - before, 0.0) / (n - left)[:, None]).sum(axis=1)
    return float((n * entr(sums[-1] / n).sum() - parts).max())


def _in_blocks(dice: Any, n: int) -> Any:
    """The places of a series in a random order that keeps blocks of neighbours together; the first may be short."""
    import numpy as np

    size = max(SHORTEST_BLOCK, n // BLOCKS)
    first = int(dice.integers(1, size + 1))
    blocks = np.split(np.arange(n), range(first, n, size))
    return np.concatenate([blocks[place] for place in dice.permutation(len(blocks))])


def _cut(table: Any, n: int, fewest: int, penalty: float) -> tuple[int, ...]:
    """The ends of the stretches of least cost, where each cut costs the penalty."""
    from ruptures import Pelt
    from ruptures.base import BaseCost

    class Looked(BaseCost):  # type: ignore[misc]
        """A cost that stands in a table already."""

        model = "table"
        min_size = fewest

        def fit(self, signal: Any) -> Any:
            self.signal = signal
            return self

        def error(self, start: int, end: int) -> float:
            return float(table[start, end])

    search = Pelt(custom_cost=Looked(), min_size=fewest, jump=1).fit(table[:n, :1])
    return tuple(int(end) for end in search.predict(pen=penalty))
