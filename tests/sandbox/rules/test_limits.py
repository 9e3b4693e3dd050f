"""Account limits: the whole request fails and nothing is written (trakt-api.md 5)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.routes.asking import Asker
from tests.sandbox.routes.small import ALIEN, CODA, HEAT
from watchprint.sandbox.life.account import VIP_LIMITS
from watchprint.sandbox.state import Limits

THREE = {"movies": [{"ids": {"trakt": trakt}, "rating": 5} for trakt in (HEAT, ALIEN, CODA)]}
TWO = {"movies": THREE["movies"][:2]}
ITEMS = "/users/me/lists/mine/items"
CASES = [
    ("watchlist_items", "/sync/watchlist", "/sync/watchlist"),
    ("favorites_items", "/sync/favorites", "/sync/favorites"),
    ("collection_items", "/sync/collection", "/sync/collection/movies"),
    ("items_per_list", ITEMS, ITEMS),
    ("history_plays", "/sync/history", "/sync/history"),
    ("ratings", "/sync/ratings", "/sync/ratings"),
]


def limited(name: str, most: int, slug: str = "ada") -> Asker:
    user = Asker(slug=slug)
    user.post("/users/me/lists", {"name": "Mine"})
    setattr(user.user.limits, name, most)
    return user


@pytest.mark.parametrize(("name", "post", "get"), CASES)
def test_one_too_many_fails_whole(name: str, post: str, get: str) -> None:
    ada = limited(name, 2)
    revision = ada.user.revision
    said = ada.ask("POST", post, THREE)
    assert (said.status, said.json) == (420, None)
    assert said.headers == {
        "X-Account-Limit": "2",
        "X-VIP-User": "false",
        "X-Upgrade-URL": "https://app.trakt.tv/vip",
    }
    assert ada.get(get) == []
    assert ada.user.revision == revision
    ada.post(post, TWO)
    assert len(ada.get(get)) == 2, "up to the limit is fine"


@pytest.mark.parametrize(("name", "post", "get"), [case for case in CASES if case[0] != "history_plays"])
def test_what_is_there_already_needs_no_room(name: str, post: str, get: str) -> None:
    ada = limited(name, 2)
    ada.post(post, TWO)
    ada.post(post, TWO)
    ada.post(post, {"movies": [*TWO["movies"], {"ids": {"trakt": 404}, "rating": 3}]})
    assert len(ada.get(get)) == 2


@pytest.mark.parametrize(("name", "post", "get"), [case for case in CASES if case[0] != "history_plays"])
def test_an_account_over_its_limit_may_repeat_itself(name: str, post: str, get: str) -> None:
    ada = limited(name, 2)
    ada.post(post, TWO)
    setattr(ada.user.limits, name, 1)
    ada.post(post, TWO)
    assert ada.ask("POST", post, THREE).status == 420


def test_every_play_needs_room() -> None:
    ada = limited("history_plays", 2)
    ada.post("/sync/history", TWO)
    assert ada.ask("POST", "/sync/history", {"movies": TWO["movies"][:1]}).status == 420
    body = {"movie": {"ids": {"trakt": HEAT}}, "progress": 90}
    ada.ask("POST", "/scrobble/start", {**body, "progress": 1})
    assert ada.ask("POST", "/scrobble/stop", body).status == 420
    assert ada.get("/users/me/watching")["movie"]["title"] == "Heat", "nothing is written"
    assert ada.ask("POST", "/checkin", body).status == 420
    assert ada.ask("POST", "/scrobble/stop", {**body, "progress": 50}).status == 201


def test_lists() -> None:
    ada = limited("lists", 2)
    ada.post("/users/me/lists", {"name": "B"})
    assert ada.ask("POST", "/users/me/lists", {"name": "C"}).status == 420
    assert len(ada.get("/users/me/lists")) == 2


def test_notes() -> None:
    vic = limited("notes", 1, "vic")
    noted = [{**movie, "notes": "n"} for movie in TWO["movies"]]
    assert vic.ask("POST", "/sync/watchlist", {"movies": noted}).status == 420
    vic.post("/sync/watchlist", {"movies": noted[:1]})
    vic.post("/sync/favorites", TWO)
    entry = vic.get("/sync/favorites")[0]["id"]
    said = vic.ask("PUT", f"/sync/favorites/{entry}", {"notes": "n"})
    assert (said.status, said.headers["X-VIP-User"]) == (420, "true")
    first = vic.get("/sync/watchlist")[0]["id"]
    assert vic.ask("PUT", f"/sync/watchlist/{first}", {"notes": "other"}).status == 204, "not one more"
    assert vic.ask("PUT", f"/sync/watchlist/{first}", {"notes": None}).status == 204
    assert vic.ask("PUT", f"/sync/favorites/{entry}", {"notes": "n"}).status == 204


@pytest.mark.parametrize(("limits", "lists", "watchlist"), [(Limits(), 5, 250), (VIP_LIMITS, 100, 5000)])
def test_settings_tell_the_limits(limits: Limits, lists: int, watchlist: int) -> None:
    ada = Asker()
    ada.user.limits = limits
    told: dict[str, Any] = ada.get("/users/settings")["limits"]
    assert (told["list"]["count"], told["watchlist"]["item_count"]) == (lists, watchlist)
    assert told["collection"]["item_count"] == limits.collection_items
    assert told["favorites"]["item_count"] == limits.favorites_items
    assert told["notes"]["item_count"] == limits.notes
