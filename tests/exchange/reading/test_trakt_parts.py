"""The parts of an export by its files, and those that `_errors.json` names, whatever its shape."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchprint.exchange.reading.trakt_parts import TAKEN, failed_parts, parts_of, unknown_parts

PATHS = {
    "watched-history": "history",
    "watched-movies": "watched/movies",
    "watched-shows": "watched/shows",
    "ratings-movies": "ratings/movies",
    "ratings-shows": "ratings/shows",
    "ratings-seasons": "ratings/seasons",
    "ratings-episodes": "ratings/episodes",
    "collection-movies": "collection/movies",
    "collection-shows": "collection/shows",
    "collection-episodes": "collection/episodes",
    "lists-watchlist": "watchlist",
    "lists-favorites": "favorites",
    "lists-lists": "lists",
}
SHAPES: list[Any] = [
    lambda path, part: [{"endpoint": f"users/ann/{path}?extended=gdpr", "error": "HTTP 404", "fetchedPages": 0}],
    lambda path, part: {f"/users/ann/{path}": 500},
    lambda path, part: [f"{part}.json"],
    lambda path, part: {"failed": {"files": [part.replace("-", "_")]}},
    lambda path, part: f"could not fetch {path}",
]


def test_every_part_has_a_path() -> None:
    assert set(PATHS) == set(TAKEN)


@pytest.mark.parametrize("part", TAKEN)
@pytest.mark.parametrize("shape", range(len(SHAPES)))
def test_a_part_that_is_named_is_found_and_no_other(part: str, shape: int) -> None:
    said = json.dumps(SHAPES[shape](PATHS[part], part)).encode()
    assert failed_parts(said) == ({part}, False)


def test_families_lists_and_what_is_not_taken() -> None:
    assert failed_parts(b'["users/ann/ratings"]')[0] == {part for part in TAKEN if part.startswith("ratings")}
    assert failed_parts(b'["users/ann/lists/71/items"]') == ({"list:71"}, False)
    assert failed_parts(b'[{"endpoint": "users/ann/stats"}]') == (set(), False)
    assert failed_parts(b'["likes/lists", "comments"]') == (set(), False)
    assert failed_parts(b"[]") == failed_parts(b"{}") == failed_parts(b"null") == (set(), False)
    assert failed_parts(b'{"message": "timed out"}') == (set(), True)
    assert failed_parts(b"\xff\xfe not json, watchlist") == ({"lists-watchlist"}, False)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(JSON)
def test_any_json_is_read(said: Any) -> None:
    failed_parts(json.dumps(said).encode())


def test_files_by_part_and_page() -> None:
    listed = ["lists-list-71-top-10.json", "lists-list-71-top-10-2.json", "lists-lists.json"]
    names = ["watched-history-2.json", "Ratings-Movies.JSON", *listed, "notes-movies.json", "a.txt"]
    parts = parts_of(names, "x.zip")
    assert parts.files("ratings-movies") == ["Ratings-Movies.JSON"]
    assert sorted(parts.items) == ["71"]
    assert len(parts.items["71"]) == 2
    assert parts.others == ("notes-movies.json", "a.txt")
    unknown = unknown_parts(parts, None)
    assert unknown["watched-history"] == "page 1 of 2 is absent"
    assert "lists-lists" not in unknown
    assert "ratings-shows" in unknown
