"""Users with a wanted number of plays: exact, in order, possible, and quick."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchprint.sandbox.catalogue import Catalogue, Episode, Movie, builtin
from watchprint.sandbox.life import SlugTaken, add_user, limits_of
from watchprint.sandbox.life.record import length_of
from watchprint.sandbox.life.steady import NothingToWatch
from watchprint.sandbox.state import Item, Limits, Play, State

NOW = datetime(2026, 11, 22, 9, 30, 15, 123456, tzinfo=UTC)
ZONES = ("UTC", "Europe/Berlin", "America/Los_Angeles", "Asia/Kolkata", "Pacific/Kiritimati")


def seen(play: Play) -> Movie | Episode:
    """The title of a play."""
    title = builtin().get(Item(play.type, play.trakt))
    assert isinstance(title, (Movie, Episode))
    return title


def out_at(title: Movie | Episode) -> datetime:
    """When a title came out."""
    if isinstance(title, Episode):
        assert title.first_aired is not None
        return title.first_aired
    assert title.released is not None
    return datetime(title.released.year, title.released.month, title.released.day, tzinfo=UTC)


@settings(max_examples=30, deadline=None)
@given(
    st.integers(0, 400) | st.just(6_000),
    st.integers(0, 1_000),
    st.sampled_from(ZONES),
    st.datetimes(datetime(2012, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),
)
def test_a_life_is_exact_and_possible(plays: int, seed: int, zone: str, now: datetime) -> None:
    state = State(seed=1)
    user = add_user(state, builtin(), slug="u", plays=plays, seed=seed, now=now, zone=zone)
    assert len(user.history) == plays
    keys = [(p.watched_at, p.id) for p in user.history]
    assert keys == sorted(keys, reverse=True)
    ids = [p.id for p in user.history]
    assert ids == sorted(set(ids), reverse=True)
    for play in user.history:
        assert play.watched_at.second == play.watched_at.microsecond == 0
        assert out_at(seen(play)) < play.watched_at - length_of(seen(play))
    for later, earlier in pairwise(user.history):
        assert later.watched_at - length_of(seen(later)) >= earlier.watched_at
    if plays:
        yesterday = now.astimezone(ZoneInfo(zone)).date() - timedelta(days=1)
        ended = user.history[0].watched_at.astimezone(ZoneInfo(zone))
        assert ended.date() == yesterday or plays > 400
        assert ended.date() <= yesterday
        assert user.joined_at < user.history[-1].watched_at
    else:
        assert user.joined_at == now.replace(microsecond=0)


def test_an_account_without_plays_is_empty() -> None:
    user = add_user(State(seed=1), builtin(), slug="empty", now=NOW)
    rows = [user.history, user.ratings, user.collection, user.playback, user.lists, user.hidden]
    assert not any(rows)
    assert user.watchlist is not None
    assert user.favorites is not None
    assert (user.watchlist.type, user.favorites.type) == ("watchlist", "favorites")
    assert user.watchlist.entries == user.favorites.entries == []
    assert user.watchlist.slug is user.favorites.slug is None
    assert user.watchlist.id != user.favorites.id
    assert set(user.activities.values()) == {user.joined_at}
    assert len(user.activities) == 41
    assert not user.vip
    assert user.limits == Limits()


def test_a_slug_is_given_once() -> None:
    state = State(seed=1)
    first = add_user(state, builtin(), slug="u", plays=2, now=NOW)
    with pytest.raises(SlugTaken, match="already has a user 'u'"):
        add_user(state, builtin(), slug="u", now=NOW)
    assert state.users == {"u": first}


def test_limits_are_those_of_the_kind_of_account_unless_given() -> None:
    state = State(seed=1)
    vip = add_user(state, builtin(), slug="vip", now=NOW, vip=True)
    own = add_user(state, builtin(), slug="own", now=NOW, vip=True, limits=Limits(lists=1))
    assert (vip.limits.watchlist_items, vip.limits.lists, vip.limits.ratings) == (5_000, 100, 20_000)
    assert (own.limits.lists, own.limits.watchlist_items) == (1, 250)
    vip.limits.lists = 3
    assert limits_of(vip=True).lists == 100, "a user's limits are its own"


def test_users_share_one_sequence_of_ids_and_differ() -> None:
    state = State(seed=1)
    one = add_user(state, builtin(), slug="one", plays=40, now=NOW)
    two = add_user(state, builtin(), slug="two", plays=40, now=NOW)
    ids = [p.id for user in (one, two) for p in user.history]
    assert len(set(ids)) == 80
    assert one.uuid != two.uuid
    assert one.trakt != two.trakt
    assert [p.trakt for p in one.history] != [p.trakt for p in two.history]


def test_another_seed_is_another_life_and_the_same_seed_the_same() -> None:
    def life(seed: int) -> bytes:
        state = State(seed=1)
        add_user(state, builtin(), slug="u", plays=60, seed=seed, now=NOW)
        return msgspec.json.encode(state)

    assert life(1) == life(1) != life(2)


def test_a_hundred_thousand_plays_are_made() -> None:
    user = add_user(State(seed=1), builtin(), slug="big", plays=100_000, now=NOW)
    assert len(user.history) == 100_000
    assert max(Counter(p.watched_at for p in user.history).values()) == 1


def test_shows_are_followed_in_order() -> None:
    user = add_user(State(seed=1), builtin(), slug="u", plays=500, now=NOW)
    titles = [seen(play) for play in reversed(user.history)]
    episodes = [e for e in titles if isinstance(e, Episode)]
    breaks = 0
    for before, after in pairwise(episodes):
        if before.show is after.show:
            assert (after.season.number, after.number) > (before.season.number, before.number)
        else:
            breaks += 1
    assert 0 < breaks < len(episodes) / 5
    assert 20 < len(titles) - len(episodes) < 120


@pytest.mark.parametrize("catalogue", [Catalogue([], []), builtin()])
def test_nothing_to_watch_is_said(catalogue: Catalogue) -> None:
    with pytest.raises(NothingToWatch, match="fewer plays"):
        add_user(State(seed=1), catalogue, slug="u", plays=1, now=datetime(1900, 1, 2, tzinfo=UTC))


def test_films_alone_are_enough() -> None:
    few = Catalogue(list(builtin().movies.values())[:5], [])
    assert len(add_user(State(seed=1), few, slug="u", plays=12, now=NOW).history) == 12
