"""Means of small groups, drawn towards the mean of the whole by as many rows as they lack. Pure."""

from __future__ import annotations

PRIOR_ROWS = 10
FEWEST_ROWS = 5


def shrunk_mean(group_sum: float, group_n: int, whole_mean: float) -> float | None:
    """The group's mean as if it had `PRIOR_ROWS` more rows at the mean of the whole; None below `FEWEST_ROWS`.

    Args:
        group_sum: the sum over the group's rows.
        group_n: how many rows it has.
        whole_mean: the mean over all groups.

    Source: posterior mean of a normal mean with a prior worth `PRIOR_ROWS` observations
        (Efron and Morris 1975, "Data analysis using Stein's estimator and its generalizations").
    """
    if group_n < FEWEST_ROWS:
        return None
    return (group_sum + PRIOR_ROWS * whole_mean) / (group_n + PRIOR_ROWS)
