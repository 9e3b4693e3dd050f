"""Parts of an endpoint's rows against slices of a list, over clamping, counting and silent endpoints."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.trakt.paging_model import Endpoint, Header, Row, listing, missing, true
from watchprint.trakt.errors import Invalid, Unreadable
from watchprint.trakt.flows import Ask, Flow, result_of
from watchprint.trakt.paging import as_they_are
from watchprint.trakt.parts import Part, part_of

sizes = st.integers(1, 12)


def numbered(count: int, begin: int = 1000) -> list[Row]:
    return [[begin - n, begin - n] for n in range(count)]


def answered(endpoints: list[Endpoint], size: int, begin: int, most: int, limit: int | None = None) -> Part[Row]:
    """The part, each call answered by the endpoint that it names."""
    plan = [as_they_are(listing(size, place=str(n))) for n in range(len(endpoints))]
    flow: Flow[Part[Row]] = part_of(result_of(plan), begin, most, limit)
    answers = None
    while True:
        try:
            step = flow.send(answers)
        except StopIteration as done:
            part: Part[Row] = done.value
            return part
        assert isinstance(step, Ask)
        answers = [endpoints[int(call.request.query["place"])].answer(call) for call in step.calls]


@given(
    st.lists(st.integers(0, 30), min_size=1, max_size=3),
    st.sampled_from([true, missing]),
    st.booleans(),
    sizes,
    sizes,
    st.integers(0, 70),
    st.integers(1, 25),
    st.none() | st.integers(0, 60),
)
def test_a_part_is_a_slice_of_all_rows(
    counts: list[int], says: Header, paged: bool, size: int, most_rows: int, begin: int, most: int, limit: int | None
) -> None:
    of_pages = true if paged else missing
    endpoints = [
        Endpoint(numbered(n, 1000 * (k + 1)), most_rows, of_pages, of_pages, says, paged) for k, n in enumerate(counts)
    ]
    whole = [row for endpoint in endpoints for row in endpoint.rows][:limit]
    part = answered(endpoints, size, begin, most, limit)
    assert part == Part(whole[begin : begin + most], begin, len(whole))
    assert part.is_last == (begin + most >= len(whole) or (begin + len(part.rows) >= len(whole)))
    if says is true and paged and len(counts) == 1 and most <= min(size, most_rows):
        assert len(endpoints[0].asked) <= 2


def test_a_count_that_the_rows_contradict_is_an_error_and_never_a_short_part() -> None:
    endpoint = Endpoint(numbered(7), 5, item_count=lambda value: str(value + 1))
    with pytest.raises(Unreadable, match="twice"):
        answered([endpoint], 5, 5, 5)


def test_rows_that_move_once_are_read_again() -> None:
    endpoint = Endpoint(numbered(9), 3, changes={2: lambda rows: rows[1:]})
    assert answered([endpoint], 9, 0, 9).rows == numbered(9)[1:]


@pytest.mark.parametrize(("begin", "most"), [(-1, 1), (0, 0)])
def test_a_part_that_is_none_is_refused(begin: int, most: int) -> None:
    with pytest.raises(Invalid):
        answered([Endpoint(numbered(3), 3)], 3, begin, most)
