"""Which change moves which fields of `last_activities`, and no others (trakt-api.md 11.1, 19)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.sandbox.routes.asking import Asker
from tests.sandbox.routes.small import ALIEN, BOND, HEAT, WIRE, WIRE_S1, WIRE_S1E1
from watchprint.sandbox.rules.activities import FIELDS

MOVIE: dict[str, Any] = {"movies": [{"ids": {"trakt": HEAT}}]}
OTHER: dict[str, Any] = {"movies": [{"ids": {"trakt": ALIEN}}]}
EPISODE: dict[str, Any] = {"episodes": [{"ids": {"trakt": WIRE_S1E1}}]}
SHOW: dict[str, Any] = {"shows": [{"ids": {"trakt": WIRE}}]}
SEASON: dict[str, Any] = {"seasons": [{"ids": {"trakt": WIRE_S1}}]}
ALL: dict[str, Any] = {**MOVIE, **EPISODE, **SHOW, **SEASON}
RATED = {kind: [{**item, "rating": 7} for item in items] for kind, items in ALL.items()}
SCROBBLE: dict[str, Any] = {"movie": {"ids": {"trakt": HEAT}}}


def fields(ada: Asker) -> dict[str, str]:
    said = ada.get("/sync/last_activities")
    flat = {f"{group}.{name}": at for group, names in said.items() if group != "all" for name, at in names.items()}
    assert said["all"] == max(flat.values())
    return flat


def moved(ada: Asker, act: Callable[[], object], minutes: int = 1) -> set[str]:
    """The fields that an act moves, a while later."""
    before, revision = fields(ada), ada.user.revision
    ada.advance(minutes=minutes)
    act()
    after = fields(ada)
    changed = {name for name, at in after.items() if at != before[name]}
    assert (ada.user.revision > revision) == bool(changed), "the revision moves with every change"
    return changed


def test_everything_is_there_and_old_at_first() -> None:
    ada = Asker()
    assert set(fields(ada).values()) == {"2026-02-28T20:15:42.000Z"}
    assert set(fields(ada)) == {f"{group}.{name}" for group, names in FIELDS.items() for name in names}


@pytest.mark.parametrize(
    ("prepare", "act", "expected"),
    [
        ([], ("POST", "/sync/history", MOVIE), {"movies.watched_at"}),
        ([], ("POST", "/sync/history", SHOW), {"episodes.watched_at"}),
        ([], ("POST", "/sync/history", {}), set()),
        ([("/sync/history", ALL)], ("POST", "/sync/history/remove", MOVIE), {"movies.watched_at"}),
        ([("/sync/history", ALL)], ("POST", "/sync/history/remove", EPISODE), {"episodes.watched_at"}),
        ([], ("POST", "/sync/history/remove", MOVIE), set()),
        (
            [("/sync/watchlist", ALL)],
            ("POST", "/sync/history", {**MOVIE, **EPISODE}),
            {
                "movies.watched_at",
                "episodes.watched_at",
                "movies.watchlisted_at",
                "shows.watchlisted_at",
                "seasons.watchlisted_at",
                "episodes.watchlisted_at",
                "watchlist.updated_at",
            },
        ),
        ([], ("POST", "/scrobble/pause", {**SCROBBLE, "progress": 9}), {"movies.paused_at"}),
        ([], ("POST", "/scrobble/stop", {**SCROBBLE, "progress": 90}), {"movies.watched_at"}),
        (
            [("/scrobble/pause", {**SCROBBLE, "progress": 9})],
            ("POST", "/scrobble/start", {**SCROBBLE, "progress": 9}),
            {"movies.paused_at"},
        ),
        (
            [("/scrobble/pause", {**SCROBBLE, "progress": 9})],
            ("POST", "/scrobble/stop", {**SCROBBLE, "progress": 90}),
            {"movies.paused_at", "movies.watched_at"},
        ),
        ([], ("POST", "/sync/collection", ALL), {"movies.collected_at", "episodes.collected_at"}),
        ([("/sync/collection", ALL)], ("POST", "/sync/collection", ALL), set()),
        ([("/sync/collection", ALL)], ("POST", "/sync/collection/remove", MOVIE), {"movies.collected_at"}),
        (
            [],
            ("POST", "/sync/ratings", RATED),
            {"movies.rated_at", "shows.rated_at", "seasons.rated_at", "episodes.rated_at"},
        ),
        ([("/sync/ratings", RATED)], ("POST", "/sync/ratings/remove", SEASON), {"seasons.rated_at"}),
        ([], ("POST", "/sync/ratings/remove", SEASON), set()),
        (
            [],
            ("POST", "/sync/watchlist", {**MOVIE, **SEASON}),
            {"movies.watchlisted_at", "seasons.watchlisted_at", "watchlist.updated_at"},
        ),
        ([("/sync/watchlist", MOVIE)], ("POST", "/sync/watchlist", MOVIE), set()),
        (
            [("/sync/watchlist", MOVIE)],
            ("POST", "/sync/watchlist/remove", ALL),
            {"movies.watchlisted_at", "watchlist.updated_at"},
        ),
        ([], ("POST", "/sync/favorites", MOVIE), {"movies.favorited_at", "favorites.updated_at"}),
        (
            [("/sync/favorites", {**MOVIE, **SHOW})],
            ("POST", "/sync/favorites/remove", SHOW),
            {"shows.favorited_at", "favorites.updated_at"},
        ),
        ([], ("PUT", "/sync/favorites", {"sort_by": "title"}), {"favorites.updated_at"}),
        ([], ("PUT", "/sync/watchlist", {"sort_by": "title"}), {"watchlist.updated_at"}),
        ([], ("POST", "/users/hidden/calendar", {**MOVIE, **SHOW}), {"movies.hidden_at", "shows.hidden_at"}),
        ([], ("POST", "/users/hidden/progress_watched", SEASON), {"seasons.hidden_at"}),
        ([], ("POST", "/users/hidden/recommendations", MOVIE), {"movies.hidden_at"}),
        ([], ("POST", "/users/hidden/dropped", SHOW), {"shows.dropped_at"}),
        ([("/users/hidden/dropped", SHOW)], ("POST", "/users/hidden/dropped/remove", SHOW), {"shows.dropped_at"}),
        (
            [],
            ("POST", "/users/hidden/comments", {"users": [{"ids": {"slug": "vic"}}]}),
            {"comments.blocked_at"},
        ),
        ([], ("POST", "/users/me/lists", {"name": "L"}), {"lists.updated_at"}),
        ([("/users/me/lists", {"name": "L"})], ("PUT", "/users/me/lists/l", {"name": "M"}), {"lists.updated_at"}),
        ([("/users/me/lists", {"name": "L"})], ("POST", "/users/me/lists/l/items", ALL), {"lists.updated_at"}),
        ([("/users/me/lists", {"name": "L"})], ("DELETE", "/users/me/lists/l", None), {"lists.updated_at"}),
        ([], ("PUT", "/users/settings", {"user": {"name": "x"}}), {"account.settings_at"}),
    ],
)
def test_an_act_moves_its_fields(prepare: list[tuple[str, Any]], act: tuple[str, str, Any], expected: set[str]) -> None:
    ada = Asker()
    for address, body in prepare:
        ada.ask("POST", address, body)
    method, address, body = act
    assert moved(ada, lambda: ada.ask(method, address, body)) == expected


def test_deleting_a_saved_position() -> None:
    ada = Asker()
    saved = ada.post("/scrobble/pause", {**SCROBBLE, "progress": 9})["id"]
    assert moved(ada, lambda: ada.ask("DELETE", f"/sync/playback/{saved}")) == {"movies.paused_at"}


@pytest.mark.parametrize("which", ["watchlist", "favorites"])
def test_reordering_and_noting(which: str) -> None:
    vic = Asker(slug="vic")
    vic.post(f"/sync/{which}", {"movies": [*MOVIE["movies"], *OTHER["movies"]], "shows": [{"ids": {"trakt": BOND}}]})
    rows = vic.get(f"/sync/{which}")
    expected = {f"movies.{'watchlisted_at' if which == 'watchlist' else 'favorited_at'}", f"{which}.updated_at"}
    assert moved(vic, lambda: vic.post(f"/sync/{which}/reorder", {"rank": [rows[1]["id"]]}, 200)) == expected
    assert moved(vic, lambda: vic.post(f"/sync/{which}/reorder", {"rank": [7]}, 200)) == set()
    entry = rows[0]["id"]
    assert moved(vic, lambda: vic.ask("PUT", f"/sync/{which}/{entry}", {"notes": "n"})) == expected


def test_a_checkin_moves_nothing_until_it_matures() -> None:
    ada = Asker()
    before = fields(ada)
    ada.post("/checkin", SCROBBLE)
    assert fields(ada) == before
    assert moved(ada, lambda: None, minutes=171) == {"movies.watched_at"}
    assert fields(ada)["movies.watched_at"] == "2026-03-10T23:05:42.000Z", "when it was due, not when one looked"


def test_a_change_shows_even_when_the_clock_was_put_back() -> None:
    ada = Asker()
    ada.post("/sync/history", MOVIE)
    ada.advance(days=-5)
    ada.post("/sync/history", MOVIE)
    assert fields(ada)["movies.watched_at"] == "2026-03-05T20:15:42.000Z"


def test_reading_moves_nothing() -> None:
    ada = Asker()
    ada.post("/sync/history", ALL)
    paths = ["history", "watched/shows", "collection/media", "ratings", "watchlist", "favorites", "playback"]
    revision = ada.user.revision
    for path in paths:
        ada.get(f"/sync/{path}")
    for path in ("/users/me/stats", "/users/settings", "/sync/progress/watched", "/users/hidden/dropped"):
        ada.get(path)
    assert ada.user.revision == revision
