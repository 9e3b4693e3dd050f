"""Where in time the next request may leave, so that no window has more than its share. Pure; whole microseconds.

Trakt does not say where its windows begin, so that every window counts, wherever it begins.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence


def earliest(taken: Sequence[int], most: int, window_us: int, from_us: int) -> int:
    """The first instant from `from_us` on at which one more place leaves no window with more than `most`.

    Args:
        taken: Places that are taken, in order; some may lie ahead.
        most: Places in any half-open window.
        window_us: Its length.
    """
    at = from_us
    while True:
        crowded = [
            first
            for first, last in zip(taken, taken[most - 1 :], strict=False)
            if max(last, at) - min(first, at) < window_us
        ]
        if not crowded:
            return at
        at = crowded[-1] + window_us


def earliest_of_both(
    taken: Sequence[int], by_copy: Sequence[int], most: int, most_by_copy: int, window_us: int, from_us: int
) -> int:
    """The same for a copy, which has a share of its own of what is there for all."""
    at = from_us
    while True:
        for_copy = earliest(by_copy, most_by_copy, window_us, at)
        at = earliest(taken, most, window_us, for_copy)
        if at == for_copy:
            return at


def since(taken: Sequence[int], after_us: int) -> list[int]:
    """The places that count still: those after this instant."""
    return list(taken[bisect_right(taken, after_us) :])
