"""Comparing plays as multisets, beside a slow and obvious reference; and what may be removed."""

from __future__ import annotations

from collections import Counter
from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from watchprint.store.plays.values import AtTrakt
from watchprint.sync.plan import Comparison, Point, Quirks, Row, Tally, agrees, quirks_of, replaced, too_many

titles, minutes = st.integers(1, 4), st.one_of(st.none(), st.integers(0, 5))
histories = st.dictionaries(st.integers(1, 14), st.tuples(titles, minutes), max_size=12)
"""A history: id of the row to title and minute."""


def at(history: dict[int, tuple[int, int | None]]) -> dict[int, AtTrakt]:
    return {id_: AtTrakt(f"p{id_}", title, minute, id_) for id_, (title, minute) in history.items()}


def tally(history: dict[int, tuple[int, int | None]]) -> Counter[Point]:
    return Counter(history.values())


def rows(history: dict[int, tuple[int, int | None]], titles: set[int]) -> list[Row]:
    return [Row(id_, title, minute) for id_, (title, minute) in history.items() if title in titles]


def _of_titles(some: frozenset[int], point: Point) -> bool:
    return point[0] in some


@given(histories, histories)
def test_after_reading_the_titles_that_differ_both_sides_are_equal(
    theirs: dict[int, tuple[int, int | None]], ours: dict[int, tuple[int, int | None]]
) -> None:
    """A row may have another date; that it is of another title only a whole walk can tell in every case."""
    ours = {id_: (theirs.get(id_, (title, 0))[0], minute) for id_, (title, minute) in ours.items()}
    compared = Comparison(tally(theirs), at(ours))
    for _ in range(len(theirs) + len(ours) + 1):
        differing = {title for title, _ in compared.difference().points if title is not None}
        if not differing:
            break
        compared.take(rows(theirs, differing), partial(_of_titles, frozenset(differing)))
    assert not compared.difference()
    assert Counter((each.title, each.minute) for each in compared.ours.values()) == tally(theirs)
    assert compared.count == len(theirs)
    for each in compared.gone:
        assert each.trakt_id not in theirs, "what Trakt has is never removed"
    for old, new in compared.renewed.items():
        assert old not in theirs
        assert theirs[new] == ours[old]


@given(histories, histories, st.sets(titles))
def test_what_was_not_read_is_never_removed(
    theirs: dict[int, tuple[int, int | None]], ours: dict[int, tuple[int, int | None]], read: set[int]
) -> None:
    compared = Comparison(tally(theirs), at(ours))
    compared.take(rows(theirs, read), lambda point: point[0] in read)
    assert all(each.title in read for each in compared.gone)
    assert all(ours[old][0] in read for old in compared.renewed)


@given(histories, histories)
def test_a_map_alone_removes_nothing(
    theirs: dict[int, tuple[int, int | None]], ours: dict[int, tuple[int, int | None]]
) -> None:
    compared = Comparison(tally(theirs), at(ours))
    compared.take([], lambda point: False)
    assert not compared.gone
    assert not compared.renewed
    assert compared.count == len(ours)


@given(histories, histories)
def test_what_a_map_has_otherwise_is_taken_out_of_it(
    theirs: dict[int, tuple[int, int | None]], ours: dict[int, tuple[int, int | None]]
) -> None:
    left = Comparison(tally(theirs), at(ours)).difference()
    quirks = quirks_of(left)
    assert quirks is not None
    assert quirks.taken_out_of(tally(theirs)) == tally(ours)


def test_too_much_otherwise_is_not_remembered() -> None:
    many: Tally = Counter({(n, 1): 1 for n in range(2000)})
    assert quirks_of(Comparison(many, {}).difference()) is None
    assert Quirks(Counter(), Counter()).taken_out_of(many) == many


def test_a_row_without_a_title_keeps_the_title_that_is_known() -> None:
    compared = Comparison(Counter({(7, 30): 1}), at({1: (7, 20)}))
    compared.take([Row(1, None, 30)], lambda point: True)
    assert not compared.difference()
    assert not compared.gone


def test_a_map_agrees_with_a_count_or_not() -> None:
    assert agrees(Counter({(1, 1): 2}), 2)
    assert agrees(Counter({(1, 1): 2}), None)
    assert not agrees(Counter({(1, 1): 2}), 3)
    assert too_many(Counter({(1, 1): 11}), 100)
    assert not too_many(Counter({(1, 1): 10}), 100)


def test_what_a_walk_has_not_met_is_renewed_or_gone() -> None:
    unseen = list(at({1: (7, 20), 2: (7, 20), 3: (8, 20)}).values())
    newcomers = list(at({9: (7, 20), 10: (8, 21)}).values())
    renewed, gone = replaced(unseen, newcomers)
    assert renewed == {1: 9}
    assert [each.trakt_id for each in gone] == [2, 3]
