"""Pages over HTTP: every row once, in order; where rows moved meanwhile it is said, and no page is ever short."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.desk import Desk, Person
from tests.web.running import Served

HEAT = {"type": "movie", "ids": {"tmdb": 949}}


@pytest.fixture
def plays(served: Served, desk: Desk, ann: Person) -> list[int]:
    """The ids of 23 plays, newest first."""
    seen = [HEAT | {"at": f"2024-05-{day:02}T20:15:00Z"} for day in range(1, 24)]
    assert served.ask("POST", "/api/v1/history", {"items": seen}, ann.access).json["added"] == 23
    return [row["id"] for row in desk.obey("GET", "users/ann")["history"]]


def walked(served: Served, token: str, address: str | None) -> list[Any]:
    pages = []
    while address is not None:
        answer = served.ask("GET", address, token=token)
        assert answer.status == 200, answer
        page = answer.json
        assert (f'<{page["next"]}>; rel="next"' in answer.headers["Link"]) == (page["next"] is not None)
        pages.append(page)
        address = page["next"]
    return pages


@pytest.mark.parametrize("limit", [1, 7, 23, 24, 250])
def test_a_walk_gives_every_row_once_in_order(limit: int, served: Served, ann: Person, plays: list[int]) -> None:
    pages = walked(served, ann.access, f"/api/v1/history?limit={limit}&kind=movie")
    assert [row["id"] for page in pages for row in page["rows"]] == plays
    assert {page["total"] for page in pages} == {23}
    assert len(pages) == -(-23 // limit)
    assert [page["page"] for page in pages] == list(range(1, len(pages) + 1))


def test_a_page_costs_two_requests_at_most(served: Served, desk: Desk, ann: Person, plays: list[int]) -> None:
    desk.obey("DELETE", "requests")
    page = served.ask("GET", "/api/v1/history?page=3&limit=5", token=ann.access).json
    assert [row["id"] for row in page["rows"]] == plays[10:15]
    assert sum(row["path"].startswith("/sync/history") for row in desk.requests()) == 1


def test_rows_that_moved_are_told_and_the_walk_begins_again(served: Served, ann: Person, plays: list[int]) -> None:
    first = served.ask("GET", "/api/v1/history?limit=10", token=ann.access).json
    removed = served.ask("POST", "/api/v1/history/remove", {"play_ids": plays[:1]}, ann.access)
    assert removed.json["deleted"] == 1
    moved = served.ask("GET", first["next"], token=ann.access)
    assert (moved.status, moved.problem, moved.json["may_retry"]) == (409, "rows-moved", True)
    again = walked(served, ann.access, "/api/v1/history?limit=10")
    assert [row["id"] for page in again for row in page["rows"]] == plays[1:]


def test_a_page_past_the_end_is_empty_and_says_how_many_there_are(
    served: Served, ann: Person, plays: list[int]
) -> None:
    page = served.ask("GET", "/api/v1/history?page=9&limit=10", token=ann.access).json
    assert (page["rows"], page["total"], page["next"]) == ([], 23, None)


def test_two_listings_in_a_row_are_one(served: Served, ann: Person) -> None:
    episodes = [{"type": "episode", "show": {"ids": {"tmdb": 1396}}, "season": 1, "number": n} for n in range(1, 6)]
    assert served.ask("POST", "/api/v1/collection", {"items": [HEAT, *episodes]}, ann.access).json["added"] == 6
    pages = walked(served, ann.access, "/api/v1/collection?limit=4")
    assert [len(page["rows"]) for page in pages] == [4, 2]
    kinds = [row["item"]["type"] for page in pages for row in page["rows"]]
    assert kinds == ["movie"] + ["episode"] * 5


def test_a_count_that_the_rows_contradict_is_a_problem_and_never_a_short_page(
    served: Served, desk: Desk, ann: Person, plays: list[int]
) -> None:
    desk.fault("bad_count", "/sync/history", times=None)
    answer = served.ask("GET", "/api/v1/history?limit=50", token=ann.access)
    desk.obey("DELETE", "faults")
    assert (answer.status, answer.problem) == (502, "unreadable")
