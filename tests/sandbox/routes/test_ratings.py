"""Ratings (trakt-api.md 11.6)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.routes.asking import Asker
from tests.sandbox.routes.small import ALIEN, HEAT, WIRE, WIRE_S1, WIRE_S1E1


def heat(**attrs: Any) -> dict[str, Any]:
    return {"movies": [{"ids": {"trakt": HEAT}, **attrs}]}


@pytest.mark.parametrize("rating", [0, 11, -1, 7.5, "8", True, None])
def test_a_rating_is_a_whole_number_from_1_to_10(rating: Any) -> None:
    ada = Asker()
    body = {"movies": [{"ids": {"trakt": ALIEN}, "rating": 5}, *heat(rating=rating)["movies"]]}
    assert ada.ask("POST", "/sync/ratings", body).status == 422
    assert ada.ask("POST", "/sync/ratings", heat()).status == 422
    assert ada.get("/sync/ratings") == [], "nothing is written"


def test_every_type_is_rated_itself() -> None:
    ada = Asker()
    body = {
        **heat(rating=10, rated_at="2020-01-02T03:04:05Z"),
        "shows": [{"ids": {"trakt": WIRE}, "rating": 9}],
        "seasons": [{"ids": {"trakt": WIRE_S1}, "rating": 8}],
        "episodes": [{"ids": {"trakt": WIRE_S1E1}, "rating": 7}, {"ids": {"trakt": 404}, "rating": 3}],
    }
    answer = ada.post("/sync/ratings", body)
    assert answer["added"] == {"movies": 1, "shows": 1, "seasons": 1, "episodes": 1}
    assert answer["not_found"]["episodes"] == [{"ids": {"trakt": 404}, "rating": 3}]
    rows = {row["type"]: row for row in ada.get("/sync/ratings")}
    assert {kind: row["rating"] for kind, row in rows.items()} == {"movie": 10, "show": 9, "season": 8, "episode": 7}
    assert rows["movie"]["rated_at"] == "2020-01-02T03:04:05.000Z", "seconds are kept"
    assert rows["season"]["season"]["aired_episodes"] == 3
    assert rows["season"]["show"]["title"] == rows["episode"]["show"]["title"] == "The Wire"


def test_seasons_and_episodes_named_in_a_show() -> None:
    ada = Asker()
    seasons = [{"number": 1, "rating": 6, "episodes": [{"number": 2, "rating": 4}]}, {"number": 2}]
    ada.post("/sync/ratings", {"shows": [{"ids": {"trakt": WIRE}, "rating": 9, "seasons": seasons}]})
    assert {(row["type"], row["rating"]) for row in ada.get("/sync/ratings")} == {("episode", 4), ("season", 9)}


def test_rating_again_overwrites() -> None:
    ada = Asker()
    ada.post("/sync/ratings", heat(rating=3))
    assert ada.post("/sync/ratings", heat(rating=4))["added"]["movies"] == 1
    assert [row["rating"] for row in ada.get("/sync/ratings")] == [4]


def test_by_type_and_points() -> None:
    ada = Asker()
    ada.post("/sync/ratings", {**heat(rating=10), "shows": [{"ids": {"trakt": WIRE}, "rating": 9}]})
    counts = {"/movies": 1, "/all": 2, "/movies/10": 1, "/movies/9": 0, "/all/9,10": 2, "/all/8": 0, "/seasons": 0}
    for path, count in counts.items():
        assert len(ada.get(f"/sync/ratings{path}")) == len(ada.get(f"/users/ada/ratings{path}")) == count, path
    ada.get("/sync/ratings/people", 404)


def test_all_rows_unless_paged() -> None:
    ada = Asker()
    rows = [{"ids": {"trakt": trakt}, "rating": 5} for trakt in (WIRE_S1E1, WIRE_S1E1 + 1, WIRE_S1E1 + 2)]
    ada.post("/sync/ratings", {"episodes": rows})
    assert "X-Pagination-Limit" not in ada.ask("GET", "/sync/ratings").headers
    assert ada.walk("/sync/ratings", 2) == ada.get("/sync/ratings")


def test_removing() -> None:
    ada = Asker()
    ada.post("/sync/ratings", heat(rating=3))
    answer = ada.post("/sync/ratings/remove", {"movies": [{"ids": {"trakt": n}} for n in (HEAT, ALIEN, 404)]}, 200)
    assert answer["deleted"] == {"movies": 1, "shows": 0, "seasons": 0, "episodes": 0}
    assert answer["not_found"]["movies"] == [{"ids": {"trakt": 404}}]
    assert ada.get("/sync/ratings") == []
