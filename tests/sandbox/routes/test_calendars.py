"""Calendars (trakt-api.md 16) and look-ups (18)."""

from __future__ import annotations

import pytest

from tests.sandbox.routes.asking import Asker
from tests.sandbox.routes.small import CODA, WIRE


def titles(ada: Asker, path: str) -> list[tuple[str, str]]:
    rows = ada.get(f"/calendars/{path}")
    return [
        (row["first_aired"][:10], row["show"]["title"]) if "show" in row else (row["released"], row["movie"]["title"])
        for row in rows
    ]


def test_mine_are_shows_watched_or_listed() -> None:
    ada = Asker()
    assert titles(ada, "my/shows") == []
    ada.post("/sync/watchlist", {"shows": [{"ids": {"trakt": WIRE}}]})
    assert titles(ada, "my/shows") == [("2026-03-13", "The Wire")]
    ada.post("/sync/history", {"shows": [{"ids": {"trakt": WIRE}, "seasons": [{"number": 1}]}]})
    assert titles(ada, "my/shows") == [("2026-03-13", "The Wire")], "watched now, no longer listed"
    ada.post("/users/hidden/dropped", {"shows": [{"ids": {"trakt": WIRE}}]}, 200)
    assert titles(ada, "my/shows") == []
    assert titles(ada, "all/shows") == [("2026-03-13", "The Wire")]


def test_days_and_headers() -> None:
    nobody = Asker(slug=None)
    said = nobody.ask("GET", "/calendars/all/shows")
    assert (said.headers["X-Start-Date"], said.headers["X-End-Date"]) == ("2026-03-10", "2026-03-16")
    said = nobody.ask("GET", "/calendars/all/shows/2026-03-13/1")
    assert len(said.json) == 1
    assert nobody.get("/calendars/all/shows/2026-03-10/3") == []
    assert nobody.ask("GET", "/calendars/all/shows/2026-03-01/99").headers["X-End-Date"] == "2026-04-02"
    nobody.get("/calendars/all/shows/soon", 400)
    nobody.get("/calendars/all/shows/2026-03-01/many", 400)
    assert Asker(slug=None).ask("GET", "/calendars/my/shows").status == 401


def test_new_premieres_finales() -> None:
    nobody = Asker(slug=None)
    assert len(titles(nobody, "all/shows/2010-01-01/31")) == 2
    assert titles(nobody, "all/shows/new/2010-01-01/31") == [("2010-01-01", "Bond")]
    assert titles(nobody, "all/shows/premieres/2016-01-01/1") == [("2016-01-01", "Anime")]
    assert titles(nobody, "all/shows/new/2016-01-01/1") == []
    assert titles(nobody, "all/shows/finales/2010-01-01/31") == [("2010-01-08", "Bond")]


def test_films_and_media() -> None:
    ada = Asker()
    assert titles(ada, "all/movies/2031-01-01/1") == [("2031-01-01", "Coda")]
    assert titles(ada, "my/movies/2031-01-01/1") == []
    ada.post("/sync/watchlist", {"movies": [{"ids": {"trakt": CODA}}]})
    assert titles(ada, "my/movies/2031-01-01/1") == titles(ada, "my/media/2031-01-01/1") == [("2031-01-01", "Coda")]
    assert titles(ada, "my/dvd/2031-01-01/1") == []
    assert titles(ada, "all/media/2026-03-10/7") == [("2026-03-13", "The Wire")]
    assert titles(ada, "all/media/2026-03-10/7?type=movie") == []
    assert titles(ada, "all/shows/2026-03-10/7?genres=horror") == []


@pytest.mark.parametrize("kind", ["movies", "shows"])
def test_lookups(kind: str) -> None:
    nobody = Asker(slug=None)
    genres = nobody.get(f"/genres/{kind}?extended=subgenres")
    assert {"name": "Science Fiction", "slug": "science-fiction", "subgenres": []} in genres
    assert "subgenres" not in nobody.get(f"/genres/{kind}")[0]
    assert "r" in {row["slug"] for row in nobody.get("/certifications/movies")["us"]}
    assert "tv-ma" in {row["slug"] for row in nobody.get("/certifications/shows")["us"]}
    assert {"name": "United States", "code": "us"} in nobody.get(f"/countries/{kind}")
    assert {"name": "English", "code": "en"} in nobody.get(f"/languages/{kind}")
    for look in ("genres", "certifications", "countries", "languages"):
        nobody.get(f"/{look}/books", 404)


def test_networks_are_the_catalogue_s() -> None:
    rows = Asker(slug=None).get("/networks")
    assert [(row["name"], row["country"]) for row in rows] == [("BBC", "gb"), ("HBO", "us")]


def test_nothing_is_recommended_or_ranked() -> None:
    ada = Asker()
    assert ada.get("/recommendations/movies") == ada.get("/shows/trending") == ada.get("/lists/popular") == []
    ada.get("/recommendations/books", 404)
