"""How long a walk still takes, beside reading page by page under the limit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchprint.sync.pace import seconds_left

WINDOW_S, LIMIT = 300.0, 250


def reading(pages: int, page_s: float) -> list[float]:
    """When each page has been read, of a walk that begins now: never more than the limit begin in a window."""
    begun: list[float] = []
    done: list[float] = []
    at = 0.0
    for n in range(pages):
        if n >= LIMIT:
            at = max(at, begun[n - LIMIT] + WINDOW_S)
        begun.append(at)
        at += page_s
        done.append(at)
    return done


@given(st.integers(1, 2000), st.floats(0.01, 2.0))
def test_at_the_start_it_is_what_reading_takes(pages: int, page_s: float) -> None:
    guess = seconds_left(pages, page_s=page_s, free=LIMIT, per_window=LIMIT, window_s=WINDOW_S, into_window_s=0.0)
    assert guess == pytest.approx(reading(pages, page_s)[-1], rel=0.02, abs=0.01)


@given(st.integers(2, 2000), st.floats(0.01, 1.0), st.data())
def test_on_the_way_it_is_what_is_left(pages: int, page_s: float, data: st.DataObject) -> None:
    done = reading(pages, page_s)
    read = data.draw(st.integers(1, pages - 1))
    now = done[read - 1]
    window = (read - 1) // LIMIT
    began = done[window * LIMIT] - page_s
    left = seconds_left(
        pages - read, page_s=page_s, free=(window + 1) * LIMIT - read, per_window=LIMIT, window_s=WINDOW_S,
        into_window_s=min(now - began, WINDOW_S),
    )  # fmt: skip
    assert left == pytest.approx(done[-1] - now, rel=0.02, abs=0.01)
