"""What is cut, counted wrongly, without its title, or changed while it is read: nothing is wrongly removed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.sync.states.desk import PART, Desk, film
from tests.sync.states.test_costs import rate_many
from watchprint.sandbox.state import Item, ListEntry, User
from watchprint.trakt.errors import TraktError, Unreadable

PATHS = {
    "watchlist": "/sync/watchlist*",
    "favourites": "/sync/favorites*",
    "ratings of movies": "/sync/ratings/movies*",
    "library of movies": "/sync/collection/movies*",
    "positions": "/sync/playback*",
    "lists": "/users/me/lists/*",
}


def filled(desk: Desk, *, certain: bool = True) -> list[int]:
    """Eight films everywhere, as they have been for a while, read and stored; their ids."""
    movies = desk.catalogue()["movie"][:8]
    some = desk.items("movie", *movies)
    desk.do(lambda t: t.sync.add_to_watchlist(some))
    desk.do(lambda t: t.sync.add_to_favorites(some))
    for n, each in enumerate(movies):
        one_more(desk, each, n + 1)
    made = desk.do(lambda t: t.lists.create("Noir"))
    desk.do(lambda t: t.lists.add(made.ids.trakt or 0, some))
    desk.later(60)
    doubtful = any(each.doubtful for each in desk.sync().values())
    assert doubtful is not certain
    if certain:
        desk.check()
    return movies


def one_more(desk: Desk, movie: int, points: int) -> None:
    """A film rated, owned and paused, all at a time of its own."""
    desk.do(lambda t: t.sync.add_ratings(desk.marked({("movie", movie): {"rating": points}})))
    desk.do(lambda t: t.sync.add_to_collection(desk.items("movie", movie)))
    desk.do(lambda t: t.scrobble.stop(film(movie), 30.0))
    desk.later(60)


def again(desk: Desk, name: str) -> Any:
    """The part read anew; of a list, as if it had changed."""
    if name == "lists":
        desk.change(lambda user: setattr(user.lists[0], "updated_at", user.lists[0].updated_at + timedelta(seconds=1)))
    return desk.read(PART[name])[name]


@pytest.mark.parametrize("name", PATHS)
def test_rows_that_lose_their_titles_once_are_read_again(desk: Desk, name: str) -> None:
    filled(desk)
    desk.fault("null_rows", PATHS[name])
    assert not again(desk, name), "nothing has come, changed or gone"
    desk.check()


@pytest.mark.parametrize("name", PATHS)
def test_new_rows_that_lose_their_titles_are_not_lost(desk: Desk, name: str) -> None:
    filled(desk)
    fresh = desk.catalogue()["movie"][8]
    desk.do(lambda t: t.sync.add_to_watchlist(desk.items("movie", fresh)))
    desk.do(lambda t: t.sync.add_to_favorites(desk.items("movie", fresh)))
    desk.do(lambda t: t.lists.add(desk.user.lists[0].id, desk.items("movie", fresh)))
    one_more(desk, fresh, 5)
    desk.fault("null_rows", PATHS[name], every=1)
    found = desk.sync()[name]
    assert (len(found.added), found.doubtful) == (1, False), "read again at once"
    desk.check()
    desk.fault("null_rows", PATHS[name], every=1, times=2)
    again(desk, name)
    desk.sync()
    desk.check()


@pytest.mark.parametrize("name", PATHS)
def test_new_rows_without_titles_are_looked_at_again_the_next_time(desk: Desk, name: str) -> None:
    desk.fault("null_rows", PATHS[name], every=1, times=2)
    filled(desk, certain=False)
    desk.sync()
    desk.check()


@pytest.mark.parametrize("name", PATHS)
def test_rows_that_have_lost_their_titles_for_good_stay(desk: Desk, name: str) -> None:
    movies = filled(desk)
    desk.fault("null_rows", PATHS[name], times=None)
    assert not again(desk, name)
    desk.check()
    asked = desk.requests(lambda: again(desk, name))
    assert len(asked) == (2 if name == "lists" else 1), "they are known now, and not looked for again"
    desk.do(lambda t: t.sync.remove_from_watchlist(desk.items("movie", movies[1])))
    desk.do(lambda t: t.sync.remove_ratings(desk.items("movie", movies[1])))
    desk.read(PART["watchlist"], PART["ratings of movies"])
    desk.check()


@pytest.mark.parametrize("kind", ["bad_count", "truncated", "bad_json"])
@pytest.mark.parametrize("name", PATHS)
def test_an_answer_that_is_not_whole_stores_nothing(desk: Desk, name: str, kind: str) -> None:
    filled(desk)
    before = desk.store.read(lambda work: work.accounts.revision(desk.account_id))
    desk.do(lambda t: t.sync.remove_from_watchlist(desk.items("movie", desk.catalogue()["movie"][0])))
    desk.fault(kind, PATHS[name], times=None)
    with pytest.raises(TraktError):
        again(desk, name)
    assert desk.store.read(lambda work: work.accounts.revision(desk.account_id)) == before
    desk.mend()
    desk.sync()
    desk.check()


@pytest.mark.parametrize("kind", ["bad_count", "truncated", "bad_json", "503", "reset"])
@pytest.mark.parametrize("name", PATHS)
def test_one_broken_answer_is_asked_for_again(desk: Desk, name: str, kind: str) -> None:
    filled(desk)
    desk.fault(kind, PATHS[name])
    assert not again(desk, name)
    desk.check()


# --- what changes while it is read


def listed_many(desk: Desk, count: int) -> None:
    """So many episodes on the watchlist, as if long ago."""
    episodes = desk.server.run(lambda sandbox: sorted(sandbox.world.catalogue.episodes))[:count]
    at = desk.store.clock.now().replace(microsecond=0)

    def listed(user: User) -> None:
        assert user.watchlist is not None
        entries = [ListEntry(2_000_000_000 + n, n, Item("episode", each), at) for n, each in enumerate(episodes, 1)]
        user.watchlist.entries = entries

    desk.change(listed)
    desk.later(60)


def swapped(desk: Desk) -> Callable[[User], None]:
    """One entry leaves the front and another comes to the end: the count is the same, and no row comes twice."""
    fresh = iter(desk.server.run(lambda sandbox: sorted(sandbox.world.catalogue.episodes))[5000:])

    def deed(user: User) -> None:
        assert user.watchlist is not None
        entries = user.watchlist.entries[1:]
        at = max(each.listed_at for each in entries) + timedelta(minutes=3)
        new = next(fresh)
        user.watchlist.entries = [*entries, ListEntry(3_000_000_000 + new, 0, Item("episode", new), at)]
        for rank, entry in enumerate(user.watchlist.entries, 1):
            entry.rank = rank
        user.activities["episodes.watchlisted_at"] = at

    return deed


def test_a_row_that_slips_between_two_pages_is_not_taken_for_gone(desk: Desk) -> None:
    listed_many(desk, 600)
    desk.read(PART["watchlist"])
    desk.check()
    desk.meddle("page=2", swapped(desk))
    [slipped] = [each[1] for each in desk.theirs()["watchlist"] if each[0] == 251]
    found = desk.read(PART["watchlist"])["watchlist"]
    desk.check()
    assert len(found.gone) == 1, "the one that left"
    assert slipped in {each[1] for each in desk.ours()["watchlist"]}


def test_what_changes_whenever_it_is_read_is_not_stored(desk: Desk) -> None:
    listed_many(desk, 600)
    desk.read(PART["watchlist"])
    before = desk.ours()["watchlist"]
    desk.meddle("page=2", swapped(desk), times=99)
    with pytest.raises(Unreadable, match="changes while it is read"):
        desk.read(PART["watchlist"])
    assert desk.ours()["watchlist"] == before
    desk.mend()
    desk.later(60)
    desk.read(PART["watchlist"])
    desk.check()


def test_a_change_just_before_a_long_reading_makes_it_no_error(desk: Desk) -> None:
    episodes = rate_many(desk, 300)
    desk.do(lambda t: t.sync.remove_ratings(desk.items("episode", episodes[0])))
    desk.read(PART["ratings of episodes"])
    desk.check()


def test_a_list_that_is_deleted_while_it_is_read(desk: Desk) -> None:
    filled(desk)
    made = desk.do(lambda t: t.lists.create("Late"))
    desk.do(lambda t: t.lists.add(made.ids.trakt or 0, desk.items("movie", *desk.catalogue()["movie"][:2])))

    def deleted(user: User) -> None:
        user.lists.pop()

    desk.meddle(f"lists/{made.ids.trakt}/items", deleted)
    desk.read(PART["lists"])
    desk.check()


def test_entries_that_come_while_the_lists_are_read(desk: Desk) -> None:
    filled(desk)
    late = desk.do(lambda t: t.lists.create("Late")).ids.trakt or 0
    movies = desk.catalogue()["movie"]
    desk.do(lambda t: t.lists.add(late, desk.items("movie", *movies[:2])))

    def more(user: User) -> None:
        one, at = user.lists[1], desk_now
        one.entries.append(ListEntry(4_000_000_000, 3, Item("movie", movies[5]), at))
        one.updated_at = at
        user.activities["lists.updated_at"] = at

    desk_now = (desk.store.clock.now() + timedelta(seconds=30)).replace(microsecond=0)
    desk.meddle(f"lists/{late}/items", more)
    desk.read(PART["lists"])
    desk.check()


def test_a_server_that_lags_behind_its_own_writes(desk: Desk) -> None:
    movies = filled(desk)
    desk.fault("lag", lag_s=20.0)
    desk.do(lambda t: t.sync.remove_from_watchlist(desk.items("movie", movies[0])))
    assert not desk.sync(), "nobody can see it yet"
    desk.later(30)
    assert len(desk.sync()["watchlist"].gone) == 1
    desk.check()
