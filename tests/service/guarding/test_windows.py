"""Windows: every asked minute is inside one, they are far apart, and none is longer than it must be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from watchprint.service.guarding.windows import NEAR, windows

START = datetime(2024, 1, 1, tzinfo=UTC)
minutes = st.integers(0, 20 * 1440).map(lambda n: START + timedelta(minutes=n))
spans = st.tuples(minutes, st.integers(0, 90)).map(lambda pair: (pair[0], pair[0] + timedelta(minutes=pair[1])))


def test_an_evening_is_one_window() -> None:
    evening = [START + timedelta(hours=hour) for hour in (19, 23, 26)]
    assert windows((at, at) for at in evening) == [(evening[0], evening[-1])]
    next_week = START + timedelta(days=8)
    assert windows([(next_week, next_week), (START, START)]) == [(START, START), (next_week, next_week)]
    assert windows([]) == []


@given(st.lists(spans, max_size=12))
def test_windows_cover_all_and_nothing_needless(asked: list[tuple[datetime, datetime]]) -> None:
    made = windows(asked)
    assert made == sorted(made)
    for first_at, last_at in asked:
        assert sum(begins <= first_at and last_at <= ends for begins, ends in made) == 1
    for (_, ends), (begins, _) in pairwise(made):
        assert begins - ends >= NEAR
    for begins, ends in made:
        inside = sorted(span for span in asked if begins <= span[0] <= ends)
        assert (begins, ends) == (inside[0][0], max(last_at for _, last_at in inside))
        reach = inside[0][1]
        for first_at, last_at in inside[1:]:
            assert first_at - reach < NEAR
            reach = max(reach, last_at)
