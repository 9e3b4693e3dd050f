"""Which rows a page has, against slicing by hand (trakt-api.md 3)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sandbox.routes.small import small_world
from watchprint.sandbox.kernel import Call, World
from watchprint.sandbox.paging import page_of

WORLD = small_world()


def call(query: dict[str, str], world: World = WORLD) -> Call:
    return Call("GET", "/", {}, query, None, {}, None, world)


@given(st.integers(0, 600), st.integers(1, 9), st.integers(1, 400))
def test_pages_are_a_partition(count: int, page: int, limit: int) -> None:
    rows = range(count)
    got, headers = page_of(call({"page": str(page), "limit": str(limit)}), rows)
    effective = min(limit, 250)
    assert list(got) == list(rows)[(page - 1) * effective :][:effective]
    assert headers["X-Pagination-Limit"] == str(effective)
    assert headers["X-Pagination-Item-Count"] == str(count)
    pages = int(headers["X-Pagination-Page-Count"])
    assert (pages - 1) * effective < count <= pages * effective or count == pages == 0
    walked = [n for p in range(1, pages + 1) for n in page_of(call({"page": str(p), "limit": str(limit)}), rows)[0]]
    assert walked == list(rows)


@given(st.text(max_size=5).filter(lambda text: not (text.isascii() and text.isdigit()) and text != "all"))
def test_garbage_counts_as_missing(text: str) -> None:
    assert page_of(call({"page": text, "limit": text}), range(300)) == page_of(call({}), range(300))


@pytest.mark.parametrize("page", ["0", "-1", "", "x", "²"])
def test_bad_pages_are_the_first(page: str) -> None:
    got, headers = page_of(call({"page": page}), range(300))
    assert (next(iter(got)), headers["X-Pagination-Page"], headers["X-Pagination-Limit"]) == (0, "1", "100")


def test_defaults_and_optional() -> None:
    assert len(page_of(call({}), range(300))[0]) == 100
    assert len(page_of(call({}), range(300), 10)[0]) == 10
    assert page_of(call({}), range(300), optional=True) == (range(300), {})
    assert len(page_of(call({"page": "1"}), range(300), optional=True)[0]) == 100
    assert len(page_of(call({"limit": "999"}), range(300), maximum=200)[0]) == 200


@pytest.mark.parametrize(
    ("strict", "whole", "rows"), [(False, True, 300), (True, True, 250), (False, False, 250), (True, False, 250)]
)
def test_all_is_first_party(strict: bool, whole: bool, rows: int) -> None:
    assert len(page_of(call({"limit": "all"}, small_world(strict=strict)), range(300), whole=whole)[0]) == rows
