"""The profile shows everything of its owner, and nothing of anybody else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from watchprint import Episode, Movie, Show, TraktService
from watchprint.testing import TestTrakt, TestUser

from .conftest import Visit
from .running import Browser

HEAT = {"kind": "movie", "tmdb": 949}
ALIEN = {"kind": "movie", "tmdb": 348}
BREAKING_BAD = {"kind": "show", "tmdb": 1396}
PILOT = {"kind": "episode", "show_tmdb": 1396, "season": 1, "number": 1}


class AtOnce:
    """A pace without waiting, for what a test puts there beforehand: this Trakt counts no requests."""

    def admit(self, user: str, bucket: str) -> float:
        return 0.0

    def observe(self, user: str, bucket: str, status: int, headers: Mapping[str, str]) -> None: ...


def done(browser: Browser, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = browser.post(path, body)
    assert answer.status_code in (200, 201), answer.text
    said: dict[str, Any] = answer.json()
    return said


def filled(browser: Browser) -> str:
    """Something on every shelf; the new list's name in addresses."""
    assert done(browser, "/shelves/history", {"items": [PILOT], "at": "2026-01-31T20:15:00Z"})["changed"] == 1
    assert done(browser, "/shelves/collection", {"items": [HEAT, PILOT]})["changed"] == 2
    assert done(browser, "/shelves/watchlist", {"items": [ALIEN, BREAKING_BAD]})["changed"] == 2
    assert done(browser, "/shelves/favorites", {"items": [HEAT, BREAKING_BAD]})["changed"] == 2
    made = done(browser, "/lists", {"name": "Rainy <Sundays>"})
    slug = str(made["slug"])
    assert done(browser, f"/lists/{slug}/items", {"items": [HEAT, BREAKING_BAD, PILOT]})["changed"] == 3
    return slug


def names(entries: list[dict[str, Any]]) -> list[str | None]:
    return [entry["title"]["title"] for entry in entries]


def test_everything_is_shown(browser: Browser) -> None:
    slug = filled(browser)
    done(browser, "/player/start", {"item": HEAT, "progress_pct": 10})
    whole = browser.get("/profile").json()
    assert whole["watching"]["title"]["title"] == "Heat"
    assert whole["stats"] == {"plays": 1, "minutes": 58, "movies": 0, "episodes": 1, "shows": 1, "ratings": 2}
    assert [entry["at"] for entry in whole["history"]] == ["2026-01-31T20:15:00Z"]
    assert names(whole["history"]) == ["Pilot"]
    assert names(whole["collection"]) == ["Heat", "Pilot"]
    assert set(names(whole["watchlist"])) == {"Alien", "Breaking Bad"}
    assert names(whole["favorites"]) == ["Heat", "Breaking Bad"]
    assert {entry["note"] for entry in whole["favorites"]} == {"10/10"}
    assert whole["lists"] == [{"name": "Rainy <Sundays>", "slug": slug, "privacy": "private", "items_n": 3}]
    assert names(browser.get(f"/lists/{slug}/items").json()) == ["Heat", "Breaking Bad", "Pilot"]
    page = browser.get("/").text
    for shown in ("Watching now: <strong>Heat (1995)</strong>", "Breaking Bad 1x01 Pilot", "31 Jan 2026"):
        assert shown in page
    assert "Rainy &lt;Sundays&gt;" in page


def test_everything_can_be_taken_away(browser: Browser, trakt: TestTrakt, trakt_user: TestUser) -> None:
    with TraktService(trakt.client_id, api_url=trakt.base_url, pacing=AtOnce()) as service:
        me = service.as_user(trakt_user.access_token)
        pilot = Episode(Show(tmdb=1396), season=1, number=1)
        me.add_to_history(pilot)
        me.add_to_collection([Movie(tmdb=949), pilot])
        me.add_to_watchlist([Movie(tmdb=348), Show(tmdb=1396)])
        me.add_to_favorites([Movie(tmdb=949), Show(tmdb=1396)])
        slug = me.create_list("Rainy Sundays").ids.slug
        me.add_to_list("rainy-sundays", [Movie(tmdb=949), Show(tmdb=1396), pilot])
    assert slug == "rainy-sundays"
    assert done(browser, "/shelves/history/remove", {"items": [PILOT]})["changed"] == 1
    assert done(browser, "/shelves/collection/remove", {"items": [HEAT, PILOT]})["changed"] == 2
    assert done(browser, "/shelves/watchlist/remove", {"items": [ALIEN, BREAKING_BAD]})["changed"] == 2
    assert done(browser, "/shelves/favorites/remove", {"items": [HEAT, BREAKING_BAD]})["changed"] == 2
    assert done(browser, f"/lists/{slug}/items/remove", {"items": [HEAT]})["changed"] == 1
    assert len(browser.get(f"/lists/{slug}/items").json()) == 2
    assert browser.delete(f"/lists/{slug}").status_code == 204
    gone = browser.get(f"/lists/{slug}/items")
    assert (gone.status_code, gone.json()["error"]) == (404, "unknown_title")
    for shelf in ("history", "collection", "watchlist", "favorites"):
        assert browser.get(f"/shelves/{shelf}").json() == []
    assert browser.get("/lists").json() == []


def test_the_same_again_changes_nothing(browser: Browser, trakt: TestTrakt, trakt_user: TestUser) -> None:
    viewing = {"items": [HEAT], "at": "2026-01-31T20:15:00Z"}
    trakt.fault("stored_504", method="POST", path="/sync/history")
    lost = browser.post("/shelves/history", viewing)
    assert (lost.status_code, lost.json()["error"]) == (409, "unsure")
    assert done(browser, "/shelves/history", viewing) == {"changed": 0, "already": 1, "unknown": []}
    assert len(trakt.plays(trakt_user)) == 1


def test_what_trakt_does_not_know_is_named(browser: Browser) -> None:
    made_up = {"kind": "movie", "tmdb": 1_999_999_999}
    said = done(browser, "/shelves/watchlist", {"items": [HEAT, made_up]})
    assert said["changed"] == 1
    assert [title["tmdb"] for title in said["unknown"]] == [1_999_999_999]


@pytest.mark.trakt_user(plays=120)
def test_shelves_are_read_to_their_end(browser: Browser) -> None:
    assert len(browser.get("/profile").json()["history"]) == 10
    assert len(browser.get("/profile?rows=3").json()["history"]) == 3
    assert len(browser.get("/shelves/history").json()) == 120
    assert browser.get("/profile?rows=0").status_code == 422


def test_titles_are_found_to_put_them_somewhere(browser: Browser) -> None:
    found = browser.get("/search?text=heat&rows=5").json()
    assert 949 in [title["tmdb"] for title in found]
    assert len(found) <= 5
    assert [title["title"] for title in browser.get("/search?text=tmdb:348").json() if title["kind"] == "movie"] == [
        "Alien"
    ]


def test_nobody_sees_anything_of_anybody_else(
    browser: Browser, visit: Visit, trakt: TestTrakt, trakt_user: TestUser
) -> None:
    done(browser, "/shelves/favorites", {"items": [HEAT]})
    slug = done(browser, "/lists", {"name": "Rainy Sundays"})["slug"]
    done(browser, "/player/stop", {"item": PILOT, "progress_pct": 99})
    stranger = visit()
    stranger.sign_in(trakt.user("stranger").slug)
    whole = stranger.get("/profile").json()
    assert (whole["slug"], whole["watching"]) == ("stranger", None)
    assert set(whole["stats"].values()) == {0}
    for shelf in ("history", "collection", "watchlist", "favorites"):
        assert whole[shelf] == stranger.get(f"/shelves/{shelf}").json() == []
    assert whole["lists"] == []
    assert stranger.get(f"/lists/{slug}/items").status_code == 404
    assert stranger.delete(f"/lists/{slug}").status_code == 404
    for shown in ("Heat", "Pilot", "Rainy", trakt_user.slug):
        assert shown not in stranger.get("/").text
    assert stranger.delete("/account").status_code == 204
    assert names(browser.get("/profile").json()["history"]) == ["Pilot"]


PRIVATE = [
    ("GET", "/profile"), ("GET", "/shelves/history"), ("POST", "/shelves/history"), ("GET", "/shelves/favorites"),
    ("POST", "/shelves/favorites"), ("GET", "/lists"), ("POST", "/lists"), ("GET", "/lists/x/items"),
    ("DELETE", "/lists/x"), ("GET", "/search?text=heat"), ("POST", "/player/start"), ("POST", "/player/stop"),
    ("POST", "/player/progress"), ("GET", "/player/live"), ("POST", "/checkin"), ("DELETE", "/checkin"),
    ("DELETE", "/account"),
]  # fmt: skip


def test_nothing_without_a_session(visit: Visit, trakt: TestTrakt) -> None:
    browser = visit()
    browser.http.cookies.set("session", "made-up", domain="127.0.0.1")
    for method, path in PRIVATE:
        assert browser.http.request(method, path).status_code == 401, (method, path)
    assert trakt.requests == []
