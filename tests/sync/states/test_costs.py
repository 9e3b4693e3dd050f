"""What each part costs in requests: first, after one change, and when rows are many."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.sync.states.desk import PART, Desk, film
from watchprint.sandbox.state import Collected, Item, Rating, User
from watchprint.trakt import AsyncTrakt

RANKED = "/all/rank/asc"
ONE = {
    "settings": "/users/settings",
    "watchlist": f"/sync/watchlist{RANKED}",
    "positions": "/sync/playback",
    "ratings of movies": "/sync/ratings/movies",
    "ratings of shows": "/sync/ratings/shows",
    "ratings of seasons": "/sync/ratings/seasons",
    "ratings of episodes": "/sync/ratings/episodes",
    "favourites": f"/sync/favorites{RANKED}",
    "lists": "/users/me/lists",
    "library of movies": "/sync/collection/movies",
    "library of episodes": "/sync/collection/episodes",
}
SIX = {"rating": 6}
Act = Callable[[AsyncTrakt, Desk, int], object]
ACTS: dict[str, tuple[Act, str, list[str]]] = {
    "a film rated": (lambda t, d, m: t.sync.add_ratings(d.marked({("movie", m): SIX})), "ratings of movies", []),
    "a film listed": (lambda t, d, m: t.sync.add_to_watchlist(d.items("movie", m)), "watchlist", []),
    "a favourite": (lambda t, d, m: t.sync.add_to_favorites(d.items("movie", m)), "favourites", []),
    "a film owned": (lambda t, d, m: t.sync.add_to_collection(d.items("movie", m)), "library of movies", []),
    "a film paused": (lambda t, d, m: t.scrobble.stop(film(m), 30.0), "positions", []),
    "a list made": (lambda t, d, m: t.lists.create("Noir"), "lists", ["items"]),
}  # fmt: skip


def test_the_first_reading_costs_one_request_a_part(desk: Desk) -> None:
    asked = desk.requests(desk.sync)
    assert asked == ["/sync/last_activities", *(ONE[name] for name in PART)]
    assert desk.requests(desk.sync) == ["/sync/last_activities"], "and then nothing"


@pytest.mark.parametrize("what", ACTS)
def test_one_change_costs_its_part(desk: Desk, what: str) -> None:
    act, name, more = ACTS[what]
    desk.sync()
    movie = desk.catalogue()["movie"][0]
    doing: Any = act
    desk.do(lambda trakt: doing(trakt, desk, movie))
    asked = desk.requests(desk.sync)
    assert asked[:2] == ["/sync/last_activities", ONE[name]]
    assert [path.split("/")[5] for path in asked[2:]] == more
    desk.check()


def rate_many(desk: Desk, count: int) -> list[int]:
    """So many rated episodes, as if long ago."""
    episodes = desk.server.run(lambda sandbox: sorted(sandbox.world.catalogue.episodes))[:count]
    at = desk.store.clock.now()

    def rated(user: User) -> None:
        user.ratings += [Rating(Item("episode", each), 5, at) for each in episodes]
        user.activities["episodes.rated_at"] = at

    desk.change(rated)
    desk.later(60)
    return episodes


def test_many_ratings_cost_their_pages_and_one_look_more(desk: Desk) -> None:
    rate_many(desk, 600)
    part = PART["ratings of episodes"]
    asked = desk.requests(lambda: desk.read(part))
    assert asked == [ONE[part.name]] * 3 + ["/sync/last_activities"]
    desk.check()


def own_many(desk: Desk, count: int) -> list[int]:
    """So many owned episodes; their ids."""
    episodes = desk.server.run(lambda sandbox: sorted(sandbox.world.catalogue.episodes))[:count]
    at = desk.store.clock.now().replace(microsecond=0)

    def owned(user: User) -> None:
        user.collection += [Collected(Item("episode", each), at, at, {"media_type": "digital"}) for each in episodes]

    desk.change(owned)
    desk.later(60)
    return episodes


def test_a_large_library_that_grows_costs_two(desk: Desk) -> None:
    part, episodes = PART["library of episodes"], own_many(desk, 1100)
    *new, later = desk.server.run(lambda sandbox: sorted(sandbox.world.catalogue.episodes))[1100:1104]
    whole = desk.requests(lambda: desk.read(part))
    assert whole == [ONE[part.name]] * 5 + ["/sync/last_activities"]
    desk.check()
    desk.do(lambda t: t.sync.add_to_collection(desk.items("episode", *new)))
    desk.later(60)
    assert desk.requests(lambda: desk.read(part)) == ["/sync/collection/minimal/episodes", ONE[part.name]]
    desk.check()
    desk.do(lambda t: t.sync.remove_from_collection(desk.items("episode", episodes[3])))
    desk.do(lambda t: t.sync.add_to_collection(desk.items("episode", later)))
    desk.later(60)
    assert len(desk.requests(lambda: desk.read(part))) == 1 + 5 + 1, "what a map lacks is not gone for that"
    desk.check()
    better = desk.marked({("episode", episodes[5]): {"resolution": "uhd_4k"}})
    desk.do(lambda t: t.sync.add_to_collection(better))
    desk.later(60)
    desk.read(part)
    desk.check()
    desk.later(days=8)
    desk.do(lambda t: t.sync.add_to_collection(desk.items("episode", episodes[3])))
    desk.later(60)
    assert len(desk.requests(lambda: desk.read(part))) == 5 + 1, "whole once a week"
    desk.check()
