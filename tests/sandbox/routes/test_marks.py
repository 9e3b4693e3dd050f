"""The watchlist and the favorites (trakt-api.md 11.7, 11.8)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.routes.asking import Asker
from tests.sandbox.routes.small import ALIEN, BLANK, BOND, CODA, HEAT, WIRE, WIRE_S1, WIRE_S1E1

BOTH = pytest.mark.parametrize("which", ["watchlist", "favorites"])


def movies(*ids: int, **attrs: Any) -> dict[str, Any]:
    return {"movies": [{"ids": {"trakt": trakt}, **attrs} for trakt in ids]}


def names(rows: list[Any]) -> list[str]:
    return [(row.get("movie") or row.get("show"))["title"] for row in rows]


def test_the_watchlist_holds_four_types() -> None:
    ada = Asker()
    body = {
        **movies(HEAT, 404),
        "shows": [{"ids": {"trakt": WIRE}}],
        "seasons": [{"ids": {"trakt": WIRE_S1}}],
        "episodes": [{"ids": {"trakt": WIRE_S1E1}}],
    }
    answer = ada.post("/sync/watchlist", body)
    assert answer["added"] == {"movies": 1, "shows": 1, "seasons": 1, "episodes": 1}
    assert answer["not_found"]["movies"] == [{"ids": {"trakt": 404}}]
    assert answer["list"] == {"updated_at": "2026-03-10T20:15:42.000Z", "item_count": 4}
    rows = ada.get("/sync/watchlist")
    assert [(row["rank"], row["type"]) for row in rows] == [(1, "movie"), (2, "show"), (3, "season"), (4, "episode")]
    assert rows[2]["show"]["title"] == "The Wire"
    assert ada.post("/sync/watchlist", body)["existing"] == answer["added"]


def test_favorites_hold_movies_and_shows_whole() -> None:
    ada = Asker()
    body = {**movies(HEAT), "shows": [{"ids": {"trakt": WIRE}, "seasons": [{"number": 1}]}], "seasons": []}
    answer = ada.post("/sync/favorites", body)
    assert answer["added"] == {"movies": 1, "shows": 1}
    assert set(answer["not_found"]) == {"movies", "shows"}
    assert names(ada.get("/sync/favorites")) == ["Heat", "The Wire"]
    ada.get("/sync/favorites/seasons", 404)
    assert ada.post("/sync/favorites/remove", body, 200)["deleted"] == {"movies": 1, "shows": 1}


@BOTH
def test_types_of_the_path(which: str) -> None:
    ada = Asker()
    ada.post(f"/sync/{which}", {**movies(HEAT), "shows": [{"ids": {"trakt": WIRE}}]})
    both = ["Heat", "The Wire"]
    for path, expected in {
        "all": both,
        "movies": both[:1],
        "shows": both[1:],
        "movie,show": both,
        "media": both,
    }.items():
        assert names(ada.get(f"/sync/{which}/{path}")) == expected, path
        assert names(ada.get(f"/users/ada/{which}/{path}/rank/asc")) == expected, path
    ada.get(f"/sync/{which}/books", 404)


@BOTH
def test_the_same_title_twice_in_a_request_is_added_once(which: str) -> None:
    answer = Asker().post(f"/sync/{which}", movies(HEAT, HEAT, ALIEN))
    assert (answer["added"]["movies"], answer["existing"]["movies"]) == (2, 1)


@BOTH
def test_removal_closes_the_ranks(which: str) -> None:
    ada = Asker()
    ada.post(f"/sync/{which}", movies(HEAT, ALIEN, CODA))
    answer = ada.post(f"/sync/{which}/remove", movies(ALIEN, BLANK, 404), 200)
    assert answer["deleted"]["movies"] == 1
    assert answer["not_found"]["movies"] == [{"ids": {"trakt": 404}}]
    assert answer["list"]["item_count"] == 2
    ada.post(f"/sync/{which}", movies(BLANK))
    assert [row["rank"] for row in ada.get(f"/sync/{which}")] == [1, 2, 3]


@BOTH
def test_reorder_puts_the_named_first(which: str) -> None:
    ada = Asker()
    ada.post(f"/sync/{which}", movies(HEAT, ALIEN, CODA))
    ids = [row["id"] for row in ada.get(f"/sync/{which}")]
    answer = ada.post(f"/sync/{which}/reorder", {"rank": [ids[2], 7, ids[2]]}, 200)
    assert (answer["updated"], answer["skipped_ids"]) == (1, [7])
    assert names(ada.get(f"/sync/{which}")) == ["Coda", "Heat", "Alien"]
    assert {row["id"] for row in ada.get(f"/sync/{which}")} == set(ids)


@BOTH
def test_list_metadata_and_its_sort(which: str) -> None:
    ada = Asker()
    ada.post(f"/sync/{which}", movies(HEAT, ALIEN))
    said = ada.ask("PUT", f"/sync/{which}", {"description": "mine", "sort_by": "title", "sort_how": "asc"})
    assert said.status == 200
    assert (said.json["type"], said.json["ids"]["slug"], said.json["description"]) == (which, None, "mine")
    said = ada.ask("GET", f"/sync/{which}")
    assert names(said.json) == ["Alien", "Heat"]
    assert (said.headers["X-Sort-By"], said.headers["X-Sort-How"]) == ("title", "asc")
    assert said.headers["X-List-ID"].isdigit()
    assert ada.ask("PUT", f"/sync/{which}", {"sort_how": "sideways"}).status == 400


def test_sorts() -> None:
    ada = Asker()
    ada.post("/sync/watchlist", movies(HEAT))
    ada.advance(minutes=1)
    ada.post("/sync/watchlist", movies(ALIEN, BLANK))
    ada.post("/sync/ratings", movies(HEAT, rating=3))
    ada.post("/sync/ratings", movies(ALIEN, rating=9))
    expected = {
        "rank/asc": ["Heat", "Alien", "Blank"],
        "rank/desc": ["Blank", "Alien", "Heat"],
        "added/desc": ["Blank", "Alien", "Heat"],
        "title/asc": ["Alien", "Blank", "Heat"],
        "released/asc": ["Alien", "Heat", "Blank"],
        "released/desc": ["Heat", "Alien", "Blank"],
        "runtime/desc": ["Heat", "Alien", "Blank"],
        "percentage/desc": ["Alien", "Heat", "Blank"],
        "my_rating/asc": ["Heat", "Alien", "Blank"],
        "my_rating/desc": ["Alien", "Heat", "Blank"],
        "nonsense/asc": ["Heat", "Alien", "Blank"],
        "imdb_rating/desc": ["Blank", "Alien", "Heat"],
    }
    for sort, titles in expected.items():
        assert names(ada.get(f"/sync/watchlist/all/{sort}")) == titles, sort
    assert sorted(names(ada.get("/sync/watchlist/all/random/asc"))) == ["Alien", "Blank", "Heat"]
    assert names(ada.get("/sync/watchlist?sort_by=title&sort_how=desc")) == ["Heat", "Blank", "Alien"]


@pytest.mark.parametrize(("slug", "applied"), [("ada", "rank"), ("vic", "imdb_rating")])
def test_vip_sorts_fall_back_to_rank(slug: str, applied: str) -> None:
    said = Asker(slug=slug).ask("GET", "/sync/watchlist/all/imdb_rating/desc")
    pairs = [(said.headers[f"X-{name}Sort-By"], said.headers[f"X-{name}Sort-How"]) for name in ("", "Applied-")]
    assert pairs == [(applied, "desc")] * 2


def test_hide() -> None:
    ada = Asker()
    ada.post("/sync/watchlist", {**movies(HEAT, ALIEN, CODA, BLANK), "shows": [{"ids": {"trakt": BOND}}]})
    ada.post("/sync/collection", movies(ALIEN))
    ada.post("/sync/ratings", movies(HEAT, rating=3))
    every = {"Heat", "Alien", "Coda", "Blank", "Bond"}
    hidden = {
        "collected": {"Alien"},
        "uncollected": every - {"Alien"},
        "rated": {"Heat"},
        "unrated": every - {"Heat"},
        "unwatched": every,
        "unreleased": {"Coda", "Blank", "Bond"},
        "noreleasedate": {"Blank", "Bond"},
        "ended": {"Bond"},
        "airing": set(),
        "unwatchlisted": set(),
        "listed": set(),
        "notes": set(),
        "nonotes": every,
        "collected,rated": {"Alien", "Heat"},
    }
    for words, gone in hidden.items():
        assert set(names(ada.get(f"/users/ada/watchlist?hide={words}"))) == every - gone, words


def test_filters() -> None:
    ada = Asker()
    ada.post("/sync/watchlist", {**movies(HEAT, ALIEN, BLANK), "shows": [{"ids": {"trakt": WIRE}}]})
    for query, expected in {
        "genres=horror": {"Alien"},
        "genres=crime,horror": {"Heat", "Alien", "The Wire"},
        "years=1979": {"Alien"},
        "years=1990-2010": {"Heat", "The Wire"},
        "runtimes=100-120": {"Alien"},
        "countries=us": {"Heat", "The Wire"},
        "certifications=tv-ma": {"The Wire"},
        "ratings=85-100": {"The Wire"},
        "years=nonsense": {"Heat", "Alien", "Blank", "The Wire"},
    }.items():
        assert set(names(ada.get(f"/sync/watchlist?{query}"))) == expected, query


@pytest.mark.parametrize(
    ("slug", "which", "length", "status"),
    [
        ("ada", "watchlist", 10, 426),
        ("vic", "watchlist", 500, 201),
        ("vic", "watchlist", 501, 422),
        ("ada", "favorites", 500, 201),
        ("ada", "favorites", 501, 422),
    ],
)
def test_notes_when_adding(slug: str, which: str, length: int, status: int) -> None:
    user = Asker(slug=slug)
    assert user.ask("POST", f"/sync/{which}", movies(HEAT, notes="x" * length)).status == status
    rows = user.get(f"/sync/{which}")
    assert [row["notes"] for row in rows] == (["x" * length] if status == 201 else [])


@pytest.mark.parametrize(
    ("slug", "which", "notes", "status"),
    [
        ("ada", "watchlist", "n", 426),
        ("vic", "watchlist", "n", 204),
        ("vic", "watchlist", None, 204),
        ("vic", "watchlist", "x" * 501, 422),
        ("ada", "favorites", "n", 204),
    ],
)
def test_notes_of_one_item(slug: str, which: str, notes: str | None, status: int) -> None:
    user = Asker(slug=slug)
    user.post(f"/sync/{which}", movies(HEAT))
    entry = user.get(f"/sync/{which}")[0]["id"]
    assert user.ask("PUT", f"/sync/{which}/{entry}", {"notes": notes}).status == status
    assert user.get(f"/sync/{which}")[0]["notes"] == (notes if status == 204 else None)
    assert user.ask("PUT", f"/sync/{which}/7", {"notes": "n"}).status == 404
    assert user.ask("PUT", f"/sync/{which}/seven", {"notes": "n"}).status == 404


@BOTH
def test_null_notes_are_400_when_adding(which: str) -> None:
    said = Asker(slug="vic").ask("POST", f"/sync/{which}", movies(HEAT, notes=None))
    assert (said.status, said.json) == (400, {"error": "Expected string, received null"})


@BOTH
def test_reading_an_untouched_list_makes_none(which: str) -> None:
    ada = Asker()
    said = ada.ask("GET", f"/sync/{which}")
    assert (said.json, said.headers["X-Pagination-Item-Count"]) == ([], "0")
    assert ada.user.watchlist is None
    assert ada.user.favorites is None
    assert ada.get(f"/users/ada/{which}/comments/newest") == []


@BOTH
def test_a_page_walk_is_a_partition(which: str) -> None:
    ada = Asker()
    ada.post(f"/sync/{which}", movies(HEAT, ALIEN, CODA, BLANK))
    assert ada.walk(f"/sync/{which}/all/title/desc", 3) == ada.get(f"/sync/{which}/all/title/desc")
    assert ada.ask("GET", f"/sync/{which}?limit=999").headers["X-Pagination-Limit"] == "250"
