"""How long what is left of a walk takes, by the measured pace and a copy's share of Trakt's limits. Pure."""

from __future__ import annotations


def seconds_left(
    pages: int, *, page_s: float, free: int, per_window: int, window_s: float, into_window_s: float
) -> float:
    """Seconds until so many pages are read.

    Args:
        pages: How many are left.
        page_s: How long a page has taken so far, on average [s].
        free: How many may still be read in the running window.
        per_window: How many may be read in a window.
        window_s: A window's length [s].
        into_window_s: How long ago the running window began [s].
    """
    at_once = min(pages, free)
    later = pages - at_once
    if later <= 0:
        return pages * page_s
    whole_windows, last = divmod(later - 1, per_window)
    begins_s = max(at_once * page_s, window_s - into_window_s)
    return begins_s + whole_windows * max(window_s, per_window * page_s) + (last + 1) * page_s
