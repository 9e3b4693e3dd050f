"""The line through points is the one that scipy draws, with its error and how likely it is by chance."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import linregress

from watchprint.insights.statistics.trend import Trend, trend

points = st.lists(st.integers(-500, 500), min_size=12, max_size=60)


@given(points)
def test_it_is_scipys(values: list[int]) -> None:
    assume(len({*values}) > 1)  # of a level line scipy says no number
    times = [2010 + place / 12 for place in range(len(values))]
    found, theirs = trend(list(zip(times, values, strict=True))), linregress(times, values)
    assert found is not None
    assert found.slope == pytest.approx(theirs.slope, rel=1e-6, abs=1e-6)
    assert found.error == pytest.approx(theirs.stderr, rel=1e-6, abs=1e-6)
    if theirs.stderr > 1e-6:
        assert found.p == pytest.approx(theirs.pvalue, rel=1e-5, abs=1e-9)


def test_where_nothing_moves_nothing_is_certain() -> None:
    assert trend([(float(place), 3.0) for place in range(12)]) == Trend(0.0, 0.0, 12)
    assert trend([(2020.0, float(place)) for place in range(12)]) == Trend(0.0, 0.0, 12)
    assert not Trend(0.0, 0.0, 12).is_certain
    assert Trend(1.0, 0.0, 12).is_certain


def test_eleven_points_are_too_few() -> None:
    assert trend([(float(place), float(place)) for place in range(11)]) is None
