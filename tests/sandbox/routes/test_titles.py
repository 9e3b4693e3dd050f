"""Films, shows, seasons, episodes and people (trakt-api.md 6, 15)."""

from __future__ import annotations

import pytest

from tests.sandbox.routes.asking import Asker
from tests.sandbox.routes.small import ALIEN, ANIME, BLANK, BOND, CODA, HEAT, WIRE
from watchprint.sandbox.present.points import distribution


@pytest.mark.parametrize("name", [HEAT, "heat-1995", "tt0113277"])
def test_a_film_by_id_slug_and_imdb(name: str | int) -> None:
    assert Asker(slug=None).get(f"/movies/{name}") == {
        "title": "Heat",
        "year": 1995,
        "ids": {"trakt": HEAT, "slug": "heat-1995", "imdb": "tt0113277", "tmdb": 949},
    }


def test_full_forms() -> None:
    nobody = Asker(slug=None)
    film = nobody.get(f"/movies/{HEAT}?extended=full")
    assert (film["runtime"], film["status"], film["released"]) == (170, "released", "1995-12-15")
    assert nobody.get(f"/movies/{CODA}?extended=full")["status"] == "planned"
    blank = nobody.get(f"/movies/{BLANK}?extended=full")
    assert (blank["year"], blank["runtime"], blank["released"], blank["country"]) == (None, None, None, None)
    show = nobody.get(f"/shows/{WIRE}?extended=full")
    assert (show["network"], show["aired_episodes"], show["total_runtime"]) == ("HBO", 5, 250)
    assert show["airs"] == {"day": "Sunday", "time": "01:00", "timezone": "UTC"}
    assert set(show["images"]) == {"fanart", "poster", "logo", "clearart", "banner", "thumb"}
    assert "images" in nobody.get(f"/shows/{WIRE}?extended=images")
    assert nobody.get("/people/5?extended=full")["gender"] == "unknown"


def test_seasons_specials_first() -> None:
    nobody = Asker(slug=None)
    seasons = nobody.get(f"/shows/{WIRE}/seasons")
    assert [season["number"] for season in seasons] == [0, 1, 2]
    assert set(seasons[0]) == {"number", "ids"}
    full = nobody.get(f"/shows/{WIRE}/seasons?extended=full")[2]
    assert (full["episode_count"], full["aired_episodes"], full["title"]) == (4, 2, "Season 2")
    for levels in ("episodes", "full,episodes", "episodes,full"):
        with_episodes = nobody.get(f"/shows/{WIRE}/seasons?extended={levels}")
        assert [len(season["episodes"]) for season in with_episodes] == [1, 3, 4]
    assert "runtime" in nobody.get(f"/shows/{WIRE}/seasons?extended=full,episodes")[1]["episodes"][0]
    assert nobody.get(f"/shows/{WIRE}/seasons/0/info?extended=full")["title"] == "Specials"


def test_episodes() -> None:
    nobody = Asker(slug=None)
    assert [e["number"] for e in nobody.get(f"/shows/{WIRE}/seasons/1")] == [1, 2, 3]
    one = nobody.get("/shows/the-wire/seasons/1/episodes/3?extended=full")
    assert (one["title"], one["runtime"], one["episode_type"]) == ("Part 3", 50, "season_finale")
    first, last = (nobody.get(f"/shows/{BOND}/seasons/1/episodes/{n}?extended=full") for n in (1, 2))
    assert (first["episode_type"], last["episode_type"]) == ("series_premiere", "series_finale")
    assert nobody.get(f"/shows/{ANIME}/seasons/2/episodes/1?extended=full")["number_abs"] == 3


def test_an_episode_without_title_is_named_by_its_number() -> None:
    nobody = Asker(slug=None)
    nobody.world.catalogue.episodes[28101].title = None
    assert nobody.get(f"/shows/{WIRE}/seasons/1/episodes/1")["title"] == "Episode 1"


@pytest.mark.parametrize(
    "path",
    [
        "/movies/404",
        "/shows/404",
        "/people/404",
        f"/shows/{WIRE}/seasons/9",
        f"/shows/{WIRE}/seasons/one",
        f"/shows/{WIRE}/seasons/1/episodes/9",
        f"/shows/{WIRE}/seasons/9/info",
        "/shows/404/next_episode",
        "/movies/404/ratings",
        "/movies/404/comments",
        "/shows/404/progress/watched",
    ],
)
def test_unknown_ones_are_404(path: str) -> None:
    Asker().get(path, 404)


def test_next_and_last_episode() -> None:
    nobody = Asker(slug=None)
    assert nobody.get(f"/shows/{WIRE}/next_episode")["number"] == 3
    assert nobody.get(f"/shows/{WIRE}/last_episode")["number"] == 2
    nobody.get(f"/shows/{BOND}/next_episode", 204)
    nobody.advance(days=3)
    assert nobody.get(f"/shows/{WIRE}/last_episode")["number"] == 3
    nobody.get(f"/shows/{WIRE}/next_episode", 204)
    nobody.advance(days=-20_000)
    nobody.get(f"/shows/{WIRE}/last_episode", 204)


def test_points() -> None:
    nobody = Asker(slug=None)
    points = nobody.get(f"/movies/{HEAT}/ratings")
    assert (points["rating"], points["votes"], sum(points["distribution"].values())) == (8.2, 900, 900)
    nested = nobody.get(f"/movies/{HEAT}/ratings?extended=all")
    assert nested["trakt"] == points
    assert set(nested) == {"trakt", "tmdb", "imdb", "metascore", "rotten_tomatoes", "letterboxd"}
    assert "mal" in nobody.get(f"/shows/{WIRE}/ratings?extended=all")
    assert nobody.get(f"/shows/{WIRE}/seasons/1/ratings")["votes"] == 27
    assert nobody.get(f"/shows/{WIRE}/seasons/1/episodes/1/ratings")["votes"] == 9


@pytest.mark.parametrize(("rating", "votes"), [(8.25, 400), (10.0, 7), (0.0, 0), (1.0, 3), (9.99, 100)])
def test_a_distribution_has_the_votes_and_the_mean(rating: float, votes: int) -> None:
    counts = distribution(rating, votes)
    assert sum(counts.values()) == votes
    assert list(counts) == [str(n) for n in range(1, 11)]
    if votes:
        mean = sum(int(n) * count for n, count in counts.items()) / votes
        assert mean == pytest.approx(rating, abs=0.5 / votes + 1e-9)


def test_stats_are_those_of_the_sandbox_s_users() -> None:
    ada = Asker()
    body = {"movies": [{"ids": {"trakt": HEAT}}], "shows": [{"ids": {"trakt": WIRE}}]}
    for user in (ada, ada.as_("vic")):
        user.post("/sync/history", body)
    ada.post("/sync/collection", body)
    ada.post("/sync/favorites", body)
    film, show = ada.get(f"/movies/{HEAT}/stats"), ada.get(f"/shows/{WIRE}/stats")
    assert (film["watchers"], film["plays"], film["collectors"], film["favorited"]) == (2, 2, 1, 1)
    assert (show["watchers"], show["plays"], show["collected_episodes"]) == (2, 10, 5)
    assert ada.get(f"/movies/{ALIEN}/stats")["watchers"] == 0
    assert ada.get(f"/movies/{HEAT}/comments") == ada.get(f"/shows/{WIRE}/comments/newest") == []
