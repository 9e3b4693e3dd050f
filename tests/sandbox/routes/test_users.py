"""Settings, profiles, statistics, hidden titles, private users (trakt-api.md 12)."""

from __future__ import annotations

import pytest

from tests.sandbox.routes.asking import Asker
from tests.sandbox.routes.small import ALIEN, BOND, HEAT, WIRE, WIRE_S1, WIRE_S1E1

PATHS = ["history", "watched/movies", "ratings", "watchlist", "favorites", "collection/movies", "stats", "lists"]


def test_settings() -> None:
    ada = Asker()
    said = ada.get("/users/settings")
    assert said["user"]["ids"] == {"slug": "ada", "trakt": 1, "uuid": "uuid-ada"}
    assert said["account"]["timezone"] == "Europe/Paris"
    assert said["connections"]["mastodon"] is True
    assert said["connections"]["twitter"] is False
    assert said["limits"]["watchlist"] == {"item_count": 250}
    assert said["limits"]["list"] == {"count": 5, "item_count": 250}
    assert "browsing" not in said
    assert ada.get("/users/settings?extended=browsing")["browsing"]["watchnow"]["country"] is None
    assert ada.as_(None).ask("GET", "/users/settings").status == 401


def test_writing_settings() -> None:
    ada = Asker()
    body = {
        "user": {"name": "Ada L", "location": "London", "about": "hi", "dob": "1990-03-11", "private": True},
        "browsing": {"watchnow": {"country": "gb"}, "dark_knight": "true"},
    }
    said = ada.ask("PUT", "/users/settings", body)
    assert (said.status, said.json) == (201, None)
    user = ada.get("/users/settings?extended=browsing")
    assert (user["user"]["name"], user["user"]["private"], user["user"]["age"]) == ("Ada L", True, 35)
    assert user["browsing"]["watchnow"] == {"country": "gb", "favorites": [], "only_favorites": False}
    ada.advance(days=1)
    assert ada.get("/users/me?extended=full")["age"] == 36
    assert ada.ask("PUT", "/users/settings", {"user": {"dob": "soon"}}).status == 400
    assert ada.ask("PUT", "/users/settings", {"user": {"name": 4}}).status == 400


def test_profiles() -> None:
    ada = Asker()
    own = ada.get("/users/me")
    assert own == ada.get("/users/ada")
    assert own["ids"] == {"slug": "ada", "trakt": 1}
    assert own["deleted"] is False
    full = ada.get("/users/ada?extended=full,vip")
    assert full["joined_at"] == "2026-02-28T20:15:42.000Z"
    assert full["images"]["avatar"]["full"] == "http://127.0.0.1:8177/images/avatar/user/1.svg"
    assert full["vip_years"] == 0
    assert ada.get("/users/vic?extended=vip")["vip_years"] == 1
    ada.get("/users/nobody", 404)
    assert ada.as_(None).ask("GET", "/users/me").status == 401


def test_a_private_profile_shows_strangers_only_the_name() -> None:
    ada = Asker()
    said = ada.ask("GET", "/users/pam?extended=full")
    assert said.json == {"username": "Pam", "private": True, "deleted": False, "ids": {"slug": "pam", "trakt": 3}}
    assert said.headers["X-Private-User"] == "true"
    assert "joined_at" in ada.as_("pam").get("/users/pam?extended=full")


@pytest.mark.parametrize("path", PATHS)
def test_a_private_user_is_401_to_others_and_says_so(path: str) -> None:
    ada = Asker()
    for other in (ada, ada.as_(None)):
        said = other.ask("GET", f"/users/pam/{path}")
        assert (said.status, said.headers) == (401, {"X-Private-User": "true"})
    assert ada.as_("pam").ask("GET", f"/users/me/{path}").headers["X-Private-User"] == "true"
    assert ada.ask("GET", f"/users/vic/{path}").headers["X-Private-User"] == "false"
    assert "X-Private-User" not in ada.as_(None).ask("GET", f"/users/vic/{path}").headers
    ada.get(f"/users/nobody/{path}", 404)
    ada.as_(None).get(f"/users/me/{path}", 401)


def test_stats_count_plays_titles_and_minutes() -> None:
    ada = Asker()
    ada.post("/sync/history", {"movies": [{"ids": {"trakt": HEAT}}] * 2, "shows": [{"ids": {"trakt": BOND}}]})
    ada.post("/sync/collection", {"movies": [{"ids": {"trakt": ALIEN}}], "shows": [{"ids": {"trakt": WIRE}}]})
    ada.post("/sync/ratings", {"movies": [{"ids": {"trakt": HEAT}, "rating": 9}]})
    said = ada.get("/users/ada/stats")
    assert said["movies"] == {
        "plays": 2,
        "watched": 1,
        "minutes": 340,
        "collected": 1,
        "ratings": 1,
        "comments": 0,
    }
    assert said["episodes"]["minutes"] == 50 + 30, "an episode without runtime counts its show's"
    assert said["episodes"]["collected"] == 5
    assert (said["shows"]["watched"], said["shows"]["collected"]) == (1, 1)
    assert (said["ratings"]["total"], said["ratings"]["distribution"]["9"]) == (1, 1)


def test_hidden_sections() -> None:
    ada = Asker()
    body = {"shows": [{"ids": {"trakt": WIRE}}, {"ids": {"trakt": 404}}], "seasons": [{"ids": {"trakt": WIRE_S1}}]}
    answer = ada.post("/users/hidden/progress_watched", body, 200)
    assert answer["added"] == {"movies": 0, "shows": 1, "seasons": 1, "season": 1, "users": 0}
    assert answer["not_found"]["shows"] == [{"ids": {"trakt": 404}}]
    rows = ada.get("/users/hidden/progress_watched")
    assert {row["type"] for row in rows} == {"show", "season"}
    assert [row["type"] for row in ada.get("/users/hidden/progress_watched?type=season")] == ["season"]
    assert ada.get("/users/hidden/calendar") == []
    answer = ada.post("/users/hidden/progress_watched/remove", body, 200)
    assert answer["deleted"] == {"movies": 0, "shows": 1, "seasons": 1, "episodes": 0, "users": 0}
    assert ada.get("/users/hidden/progress_watched") == []


@pytest.mark.parametrize(
    ("section", "kinds"),
    [
        ("calendar", {"movie", "show"}),
        ("progress_watched", {"show", "season"}),
        ("progress_collected", {"show", "season"}),
        ("recommendations", {"movie", "show"}),
        ("dropped", {"show"}),
    ],
)
def test_what_a_section_holds(section: str, kinds: set[str]) -> None:
    ada = Asker()
    body = {
        "movies": [{"ids": {"trakt": HEAT}}],
        "shows": [{"ids": {"trakt": WIRE}}],
        "seasons": [{"ids": {"trakt": WIRE_S1}}],
        "episodes": [{"ids": {"trakt": WIRE_S1E1}}],
    }
    for _ in range(2):
        ada.post(f"/users/hidden/{section}", body, 200)
        assert {row["type"] for row in ada.get(f"/users/hidden/{section}")} == kinds
        assert len(ada.get(f"/users/hidden/{section}")) == len(kinds)


def test_hidden_is_paged_by_ten_with_its_time() -> None:
    ada = Asker()
    ada.post("/users/hidden/dropped", {"shows": [{"ids": {"trakt": WIRE}, "hidden_at": "2020-01-01T00:00:00Z"}]}, 200)
    said = ada.ask("GET", "/users/hidden/dropped")
    assert said.headers["X-Pagination-Limit"] == "10"
    assert said.json[0]["hidden_at"] == "2020-01-01T00:00:00.000Z"


def test_blocked_commenters_and_the_section_that_is_only_read() -> None:
    ada = Asker(slug="vic")
    answer = ada.post("/users/hidden/comments", {"users": [{"ids": {"slug": "ada"}}, {"ids": {"slug": "x"}}]}, 200)
    assert answer["added"]["users"] == 1
    assert answer["not_found"]["users"] == [{"ids": {"slug": "x"}}]
    assert ada.get("/users/hidden/comments")[0]["user"]["username"] == "Ada"
    assert (
        ada.post("/users/hidden/comments/remove", {"users": [{"ids": {"slug": "ada"}}]}, 200)["deleted"]["users"] == 1
    )
    ada.post(f"/shows/{WIRE}/progress/watched/reset", {}, 200)
    assert ada.get("/users/hidden/progress_watched_reset")[0]["show"]["title"] == "The Wire"
    ada.post("/users/hidden/progress_watched_reset", {}, 404)
    ada.get("/users/hidden/attic", 404)


def test_what_a_sandbox_lacks_is_empty() -> None:
    ada = Asker()
    for path in ("friends", "followers", "following", "likes/lists", "comments/all/all", "notes/all", "smart-lists"):
        assert ada.get(f"/users/me/{path}") == [], path
        ada.get(f"/users/pam/{path}", 401)
    for path in ("requests", "requests/following", "blocked", "likes/comments"):
        assert ada.get(f"/users/{path}") == [], path
    assert ada.get("/users/me/lists/collaborations") == []
    ada.get("/users/me/smart-lists/1", 404)
    ada.get("/users/saved_filters", 426)
    assert ada.as_("vic").get("/users/saved_filters/movies") == []
