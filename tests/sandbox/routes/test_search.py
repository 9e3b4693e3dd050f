"""Search by text, exact title and id (trakt-api.md 14)."""

from __future__ import annotations

import pytest

from tests.sandbox.routes.asking import Asker
from tests.sandbox.routes.small import HEAT, WIRE


def test_by_text() -> None:
    nobody = Asker(slug=None)
    said = nobody.ask("GET", "/search/movie,show,person?query=wire")
    assert [row["show"]["title"] for row in said.json] == ["The Wire"]
    assert isinstance(said.json[0]["score"], int)
    assert said.headers["X-Pagination-Limit"] == "50"
    assert nobody.get("/search/movie?query=wire") == []
    assert nobody.get("/search/person?query=pacino")[0]["person"]["ids"]["slug"] == "al-pacino"
    episode = nobody.get("/search/episode?query=the wire part 1")[0]
    assert (episode["type"], episode["show"]["title"]) == ("episode", "The Wire")
    assert nobody.get("/search/movie?query=heat&extended=full")[0]["movie"]["runtime"] == 170
    assert nobody.get("/search/movie?query=heat&genres=horror") == []


def test_no_query_finds_nothing_and_unknown_types_are_404() -> None:
    nobody = Asker(slug=None)
    assert nobody.get("/search/movie") == nobody.get("/search/movie?query=") == []
    nobody.get("/search/podcast?query=heat", 404)
    nobody.get("/search/movie,podcast?query=heat", 404)


def test_scores_fall_and_pages_are_a_partition() -> None:
    nobody = Asker(slug=None)
    rows = nobody.get("/search/episode?query=part 1")
    scores = [row["score"] for row in rows]
    assert scores == sorted(scores, reverse=True)
    assert len(rows) > 3
    assert nobody.walk("/search/episode?query=part 1", 3) == rows


def test_exact_titles() -> None:
    nobody = Asker(slug=None)
    assert [row["movie"]["title"] for row in nobody.get("/search/movie,show/exact?query=HEAT")] == ["Heat"]
    assert nobody.get("/search/movie,show/exact?query=hea") == []


def test_public_lists_are_found_by_name() -> None:
    ada = Asker()
    for privacy in ("public", "private", "link"):
        ada.post("/users/me/lists", {"name": f"Noir {privacy}", "privacy": privacy})
    ada.as_("pam").post("/users/me/lists", {"name": "Noir too", "privacy": "public"})
    rows = ada.as_(None).get("/search/movie,list?query=noir")
    assert [row["list"]["name"] for row in rows] == ["Noir public"]


@pytest.mark.parametrize(
    ("path", "types"),
    [
        (f"trakt/{HEAT}", ["movie", "show"]),
        (f"trakt/{HEAT}?type=show", ["show"]),
        ("imdb/tt0113277", ["movie"]),
        ("tmdb/949", ["movie"]),
        ("tmdb/1158?type=movie,person", ["person"]),
        ("tvdb/79126", ["show"]),
        ("tvdb/28101?type=episode", ["episode"]),
        ("imdb/tt9999999", []),
    ],
)
def test_by_id(path: str, types: list[str]) -> None:
    rows = Asker(slug=None).get(f"/search/{path}")
    assert [row["type"] for row in rows] == types
    assert all(isinstance(row["score"], int) for row in rows)


def test_unknown_id_types_are_404() -> None:
    Asker(slug=None).get("/search/letterboxd/1", 404)
    Asker(slug=None).get(f"/search/trakt/{WIRE}?type=list", 404)
