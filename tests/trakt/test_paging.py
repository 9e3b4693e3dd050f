"""Walks against a slow, obvious endpoint: exactly its rows, or an error, and no page too many."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from tests.trakt.paging_model import Endpoint, Header, Row, listing, missing, true, walked
from watchprint.trakt.errors import TraktBroken, Unreadable
from watchprint.trakt.paging import MOST_PAGES, READ_AHEAD, PageOf, Ticket, Walk, as_they_are, unchanged

abreasts = st.integers(1, 8)
counts = st.integers(0, 40)
sizes = st.integers(1, 12)


def numbered(count: int, *, named: bool = True, begin: int = 1000) -> list[Row]:
    """Rows, newest first; without names they have no key."""
    return [[begin - n if named else None, begin - n] for n in range(count)]


def shifted(by: int) -> Header:
    return lambda value: str(max(0, value + by))


def pages_needed(rows: int, size: int) -> int:
    """Full pages, the short one at the end (empty after a full one)."""
    return rows // size + 1


@given(counts, sizes, sizes, st.booleans(), st.booleans(), abreasts, st.randoms(use_true_random=False))
@example(0, 1, 1, True, True, 1, Random(0))
def test_every_row_once_in_order_and_no_page_too_many(
    count: int, size: int, most: int, named: bool, whole: bool, abreast: int, chance: Random
) -> None:
    endpoint = Endpoint(numbered(count, named=named), most)
    walk = Walk(listing(size, extended="full"), whole=whole)
    assert walked(walk, endpoint, abreast, chance) == endpoint.rows
    assert walk.total == count
    assert walk.attempt == 1
    effective = min(size, most)
    assert len(endpoint.asked) == pages_needed(count, effective)
    assert sorted(int(q["page"]) for q in endpoint.asked) == list(range(1, len(endpoint.asked) + 1))
    assert all(set(q) == {"page", "limit", "extended"} and q["extended"] == "full" for q in endpoint.asked)
    assert [int(q["limit"]) for q in endpoint.asked] == [size] + [effective] * (len(endpoint.asked) - 1)


@given(counts, st.integers(0, 45), sizes, sizes, st.booleans(), abreasts, st.randoms(use_true_random=False))
def test_a_limit_is_the_most_rows_in_all(
    count: int, limit: int, size: int, most: int, whole: bool, abreast: int, chance: Random
) -> None:
    endpoint = Endpoint(numbered(count), most)
    rows = walked(Walk(listing(size), limit, whole=whole), endpoint, abreast, chance)
    assert rows == endpoint.rows[:limit]
    effective = min(size, most, limit)
    assert len(endpoint.asked) <= (min(pages_needed(count, effective), -(-limit // effective)) if limit else 0)
    assert all(int(q["limit"]) <= limit for q in endpoint.asked)


HEADERS: dict[str, Header] = {
    "right": true,
    "missing": missing,
    "one less": shifted(-1),
    "one more": shifted(1),
    "much less": shifted(-13),
    "much more": shifted(13),
    "none": lambda value: "0",
    "absurd": lambda value: "99999999",
    "no number": lambda value: "²",
}


@given(
    counts, sizes, sizes, st.booleans(), st.booleans(), abreasts, st.randoms(use_true_random=False),
    *[st.sampled_from(sorted(HEADERS))] * 3,
)  # fmt: skip
@example(12, 12, 4, True, True, 2, Random(0), "missing", "missing", "missing")
@example(12, 12, 4, True, True, 2, Random(0), "much more", "one less", "missing")
def test_headers_that_lie_or_lack_never_cost_a_row(
    count: int,
    size: int,
    most: int,
    named: bool,
    whole: bool,
    abreast: int,
    chance: Random,
    limit: str,
    pages: str,
    items: str,
) -> None:
    """Where the count of rows is wrong, the effective limit is right: two lies that agree cannot be seen through."""
    assume(limit == "right" or HEADERS[items](count) in (str(count), None, "²"))
    rows = numbered(count, named=named)
    endpoint = Endpoint(rows, most, HEADERS[limit], HEADERS[pages], HEADERS[items])
    walk = Walk(listing(size), whole=whole)
    given_rows: list[Row] = []
    try:
        given_rows = walked(walk, endpoint, abreast, chance)
    except Unreadable:
        assert walk.attempt == 2
        assert (limit, pages, items) != ("right", "right", "right")
    else:
        assert given_rows == rows
    assert len(endpoint.asked) <= 2 * (pages_needed(count, min(size, most)) + 1 + READ_AHEAD)


@given(counts, sizes, st.booleans(), abreasts, st.randoms(use_true_random=False))
def test_an_endpoint_without_pages_is_read_once(
    count: int, size: int, whole: bool, abreast: int, chance: Random
) -> None:
    endpoint = Endpoint(numbered(count), limit=missing, page_count=missing, item_count=missing, paged=False)
    assert walked(Walk(listing(size), whole=whole), endpoint, abreast, chance) == endpoint.rows
    assert len(endpoint.asked) <= 2


def test_rows_without_keys_that_come_twice_are_not_taken_for_more() -> None:
    same: Callable[[int], None] = missing
    endpoint = Endpoint(numbered(3, named=False), 250, same, same, same, paged=False)
    with pytest.raises(Unreadable):
        walked(Walk(listing(5), whole=True), endpoint)


# --- rows that change while they are read

changes = st.lists(st.tuples(st.integers(2, 9), st.integers(0, 40)), max_size=3)


def inserted(place: int, number: int) -> Callable[[list[Row]], list[Row]]:
    def change(rows: list[Row]) -> list[Row]:
        at = min(place, len(rows))
        return [*rows[:at], [number, number], *rows[at:]]

    return change


def removed(place: int) -> Callable[[list[Row]], list[Row]]:
    def change(rows: list[Row]) -> list[Row]:
        return rows[:place] + rows[place + 1 :]

    return change


def changing(kind: str, when: list[tuple[int, int]], count: int, most: int, named: bool = True) -> Endpoint:
    """Rows added, or rows removed: what a walk cannot see is only when both cancel out."""
    made = {
        n: inserted(place, 5000 + n)
        if kind == "added"
        else removed(place)
        if kind == "removed"
        else inserted(0, 5000 + n)
        for n, place in when
    }
    return Endpoint(numbered(count, named=named), most, changes=made)


kinds = st.sampled_from(["added", "removed", "added on top"])


@given(kinds, changes, counts, sizes, sizes, st.booleans(), abreasts, st.randoms(use_true_random=False))
def test_a_whole_walk_is_one_snapshot(
    kind: str, when: list[tuple[int, int]], count: int, size: int, most: int, named: bool, abreast: int, chance: Random
) -> None:
    endpoint = changing(kind, when, count, most, named)
    try:
        rows = walked(Walk(listing(size, stamped=kind == "added on top"), whole=True), endpoint, abreast, chance)
    except Unreadable:
        assert when
    else:
        assert rows in endpoint.snapshots()


@given(kinds, changes, counts, sizes, sizes, abreasts, st.randoms(use_true_random=False))
def test_a_lazy_walk_gives_no_row_twice_and_leaves_none_out(
    kind: str, when: list[tuple[int, int]], count: int, size: int, most: int, abreast: int, chance: Random
) -> None:
    endpoint = changing(kind, when, count, most)
    walk = Walk(listing(size))
    try:
        rows = walked(walk, endpoint, abreast, chance)
    except Unreadable:
        return
    keys = [row[0] for row in rows]
    assert len(set(keys)) == len(keys)
    assert any({row[0] for row in state} <= set(keys) for state in endpoint.snapshots())
    if walk.attempt == 1:
        assert rows in endpoint.snapshots()


@given(st.integers(1, 12), counts, sizes, abreasts, st.randoms(use_true_random=False))
def test_a_lazy_walk_with_a_limit_gives_no_row_twice(
    limit: int, count: int, most: int, abreast: int, chance: Random
) -> None:
    endpoint = changing("added on top", [(2, 0), (4, 0)], count, most)
    try:
        rows = walked(Walk(listing(12), limit), endpoint, abreast, chance)
    except Unreadable:
        return
    assert len(rows) <= limit
    assert len({row[0] for row in rows}) == len(rows)


@given(st.integers(5, 40), st.integers(1, 4), abreasts, st.randoms(use_true_random=False))
def test_a_repeated_walk_fixes_the_end_of_time(count: int, most: int, abreast: int, chance: Random) -> None:
    """Plays that arrive all the while do not keep a walk from ending."""
    endpoint = Endpoint(numbered(count), most, changes={n: inserted(0, 5000 + n) for n in range(2, 200)})
    walk = Walk(listing(250, stamped=True), whole=True)
    rows = walked(walk, endpoint, abreast, chance)
    assert walk.attempt == 2
    fixed = [q["end_at"] for q in endpoint.asked if "end_at" in q]
    assert set(fixed) == {"2026-01-01T16:41:00.000Z"}  # a minute after the newest row of the first page
    assert rows == numbered(count)


def test_an_end_that_the_caller_gave_is_kept() -> None:
    endpoint = changing("added on top", [(2, 0)], 6, 3)
    walked(Walk(listing(3, stamped=True, end_at="2030-01-01T00:00:00.000Z"), whole=True), endpoint)
    assert {q["end_at"] for q in endpoint.asked} == {"2030-01-01T00:00:00.000Z"}


def test_a_walk_that_differs_twice_is_an_error_that_says_why() -> None:
    endpoint = Endpoint(numbered(7), 3, item_count=shifted(1))
    with pytest.raises(Unreadable, match=r"/sync/history cannot be read whole: it has 7 rows where Trakt counts 8"):
        walked(Walk(listing(3)), endpoint)


# --- its order, its bounds, its failures


def page(*numbers: int, count: int = 3, items: int = 6) -> PageOf[Row]:
    return PageOf([[n, n] for n in numbers], 2, count, items)


def opened() -> Walk[Row]:
    """A walk whose first of three pages is there, and whose others are asked for."""
    walk = Walk(listing(2))
    [(ticket, _)] = walk.take(9)
    walk.put(ticket, page(6, 5))
    assert len(walk.take(9)) == 3
    return walk


def test_rows_wait_for_those_before_them() -> None:
    walk = opened()
    assert walk.rows() == [[6, 6], [5, 5]]
    walk.put(Ticket(1, 3), page(2, 1))
    assert walk.rows() == []
    walk.put(Ticket(1, 2), page(4, 3))
    assert walk.rows() == [[4, 4], [3, 3], [2, 2], [1, 1]]


def test_an_error_waits_for_the_pages_before_it_and_stops_the_asking() -> None:
    walk, broken = opened(), TraktBroken("no")
    walk.put(Ticket(1, 3), broken)
    assert walk.take(9) == []
    walk.rows()
    with pytest.raises(TraktBroken):
        walk.put(Ticket(1, 2), page(4, 3))
    assert walk.rows() == [[4, 4], [3, 3]]


def test_an_error_behind_the_end_is_no_error() -> None:
    walk = opened()
    walk.put(Ticket(1, 4), TraktBroken("no"))
    walk.put(Ticket(1, 2), page(4, 3))
    walk.put(Ticket(1, 3), PageOf([[2, 2]], 2, 3, 5))
    assert walk.attempt == 2, "its count moved"
    again = Walk(listing(2), limit=4)
    [(ticket, _)] = again.take(1)
    again.put(ticket, page(6, 5))
    again.put(Ticket(1, 3), TraktBroken("no"))
    again.put(Ticket(1, 2), page(4, 3))
    assert again.done


def test_answers_of_a_walk_that_was_given_up_are_dropped() -> None:
    walk = opened()
    walk.put(Ticket(1, 2), page(5, 4))
    assert walk.attempt == 2
    walk.put(Ticket(1, 3), page(9, 8))
    walk.put(Ticket(1, 4), TraktBroken("no"))
    [(ticket, _)] = walk.take(1)
    assert ticket == Ticket(2, 1)


def test_pages_are_not_asked_for_far_ahead_of_one_that_is_late() -> None:
    walk = Walk(listing(1))
    [(ticket, _)] = walk.take(1)
    walk.put(ticket, PageOf([[1, 1]], 1, 500, 500))
    assert len(walk.take(999)) == READ_AHEAD


def test_a_walk_without_an_end_is_an_error() -> None:
    walk = Walk(listing(1))
    for number in range(MOST_PAGES - 1):
        [(ticket, _)] = walk.take(1)
        walk.put(ticket, PageOf([[number, number]], None, None, None))
    [(ticket, _)] = walk.take(1)
    with pytest.raises(Unreadable, match=f"{MOST_PAGES} pages"):
        walk.put(ticket, PageOf([[-1, -1]], None, None, None))


def test_rows_as_they_are() -> None:
    plain = as_they_are(listing())
    assert plain.convert is unchanged
    assert plain.convert([1, 2]) == [1, 2]
