"""The next place in time is the first at which no window has too many: second by second it comes out the same."""

from __future__ import annotations

from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from watchprint.store.running.places import earliest, earliest_of_both, since

WINDOW = 10


def fits(taken: list[int], most: int) -> bool:
    """No window of ten seconds, wherever it begins, has more than the most."""
    return all(sum(begins <= at < begins + WINDOW for at in taken) <= most for begins in range(-30, 130))


@given(st.lists(st.integers(0, 60), max_size=14), st.integers(1, 4), st.integers(0, 70))
def test_the_first_place_that_fits_is_found(asked: list[int], most: int, from_s: int) -> None:
    taken: list[int] = []
    for at in asked:
        if fits([*taken, at], most):
            taken.append(at)
    taken.sort()
    expected = next(at for at in count(from_s) if fits([*taken, at], most))
    assert earliest(taken, most, WINDOW, from_s) == expected


@given(st.lists(st.tuples(st.integers(0, 40), st.booleans()), max_size=25))
def test_a_copy_keeps_to_its_share_and_to_the_whole(asked: list[tuple[int, bool]]) -> None:
    taken: list[int] = []
    by_copy: list[int] = []
    for from_s, copy in asked:
        expected = next(at for at in count(from_s) if fits([*taken, at], 4) and (not copy or fits([*by_copy, at], 2)))
        at = earliest_of_both(taken, by_copy, 4, 2, WINDOW, from_s) if copy else earliest(taken, 4, WINDOW, from_s)
        assert at == expected
        taken = sorted([*taken, at])
        by_copy = sorted([*by_copy, at]) if copy else by_copy


@given(st.lists(st.integers(0, 20)), st.integers(-1, 21))
def test_places_that_are_over_are_dropped(taken: list[int], after: int) -> None:
    assert since(sorted(taken), after) == sorted(at for at in taken if at > after)
