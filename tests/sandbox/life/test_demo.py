"""The demo user: large, possible, various, below every limit, and the same in every process."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from watchprint.sandbox.catalogue import Catalogue, Episode, Movie, Season, Show, builtin
from watchprint.sandbox.life import SlugTaken, demo_user
from watchprint.sandbox.life.record import length_of
from watchprint.sandbox.life.taste import ERAS, era_at
from watchprint.sandbox.state import UNKNOWN, Item, Limits, Play, State, User

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


@cache
def lived(seed: int = 7, now: datetime = NOW) -> tuple[State, User]:
    """A state with the demo user alone."""
    state = State(seed=seed)
    return state, demo_user(state, builtin(), seed=seed, now=now)


def demo() -> User:
    """The demo user of most tests."""
    return lived()[1]


def seen(play: Play) -> Movie | Episode:
    """The title of a play."""
    title = builtin().get(Item(play.type, play.trakt))
    assert isinstance(title, (Movie, Episode))
    return title


def dated(user: User) -> list[Play]:
    """Plays with a date, oldest first."""
    return [p for p in reversed(user.history) if p.watched_at != UNKNOWN]


@settings(max_examples=12, deadline=None)
@example(1, datetime(2014, 1, 1, tzinfo=UTC))
@given(
    st.integers(0, 10_000),
    st.datetimes(datetime(2014, 1, 1), datetime(2036, 1, 1), timezones=st.just(UTC)),
)
def test_any_seed_and_clock_make_a_full_life_below_all_limits(seed: int, now: datetime) -> None:
    user = demo_user(State(seed=seed), builtin(), seed=seed, now=now)
    assert 4_000 <= len(user.history) <= 7_000
    assert (user.slug, user.zone, user.vip, user.limits) == ("demo", "Europe/Berlin", False, Limits())
    assert_below_limits(user)
    assert_possible(user, now)
    assert_various(user)


def assert_below_limits(user: User) -> None:
    """Room is left for a client's own rows in every table."""
    limits = user.limits
    assert user.watchlist is not None
    assert user.favorites is not None
    assert len(user.history) < limits.history_plays / 2
    assert len(user.ratings) < limits.ratings / 2
    assert len(user.watchlist.entries) < limits.watchlist_items - 50
    assert len(user.favorites.entries) < limits.favorites_items - 50
    assert len(user.lists) < limits.lists
    assert all(len(one.entries) < limits.items_per_list - 50 for one in user.lists)
    assert len(user.collection) < limits.collection_items - 100
    discs = [c for c in user.collection if c.metadata and c.metadata["media_type"] == "bluray"]
    assert len(discs) < 100


def assert_possible(user: User, now: datetime) -> None:
    """Rows in order, nothing before it was out or after now, nothing watched twice at once."""
    keys = [(p.watched_at, p.id) for p in user.history]
    assert keys == sorted(keys, reverse=True)
    ids = [p.id for p in user.history]
    assert ids == sorted(set(ids), reverse=True)
    yesterday = now.astimezone(BERLIN).date() - timedelta(days=1)
    ended = user.history[0].watched_at.astimezone(BERLIN)
    assert ended.date() == yesterday
    assert ended.hour >= 20
    for play in dated(user):
        title = seen(play)
        assert play.watched_at.second == 0
        if isinstance(title, Episode):
            assert title.first_aired is not None
            assert title.first_aired <= play.watched_at
        else:
            assert title.released is not None
            assert title.released <= play.watched_at.date()
    assert_one_thing_at_a_time(user)


def assert_one_thing_at_a_time(user: User) -> None:
    """Viewings do not overlap, bulk marks and the film that was counted twice left aside."""
    per_minute = Counter(p.watched_at for p in dated(user))
    rows = [p for p in dated(user) if per_minute[p.watched_at] < 4]
    overlaps = [
        (a, b) for a, b in pairwise(rows) if b.watched_at - length_of(seen(b)) < a.watched_at and a.trakt != b.trakt
    ]
    assert overlaps == []


def assert_various(user: User) -> None:
    """Every list has a row of each type that it can hold."""
    assert user.watchlist is not None
    assert user.favorites is not None
    assert {e.item.type for e in user.watchlist.entries} == {"movie", "show", "season", "episode"}
    assert {e.item.type for e in user.favorites.entries} == {"movie", "show"}
    assert {r.item.type for r in user.ratings} == {"movie", "show", "season", "episode"}
    assert {p.type for p in user.history} == {"movie", "episode"}
    assert {p.item.type for p in user.playback} == {"movie", "episode"}
    assert {c.item.type for c in user.collection} == {"movie", "episode"}
    full = {e.item.type for one in user.lists for e in one.entries}
    assert full == {"movie", "show", "season", "episode", "person"}
    sections = {(h.section, h.item.type) for h in user.hidden}
    assert sections >= {
        ("calendar", "movie"),
        ("calendar", "show"),
        ("progress_watched", "show"),
        ("progress_watched", "season"),
        ("progress_collected", "show"),
        ("progress_collected", "season"),
        ("recommendations", "movie"),
        ("recommendations", "show"),
        ("dropped", "show"),
    }


def test_the_catalogue_has_everything_that_the_account_names() -> None:
    user = demo()
    assert user.watchlist is not None
    assert user.favorites is not None
    entries = [e for one in (user.watchlist, user.favorites, *user.lists) for e in one.entries]
    items = [e.item for e in entries] + [r.item for r in user.ratings] + [c.item for c in user.collection]
    items += [p.item for p in user.playback] + [h.item for h in user.hidden]
    assert all(builtin().get(item) is not None for item in items)


def test_all_ids_of_the_account_come_from_the_sandboxs_sequence() -> None:
    state, user = lived()
    assert user.watchlist is not None
    assert user.favorites is not None
    lists = [user.watchlist, user.favorites, *user.lists]
    ids = [p.id for p in user.history] + [p.id for p in user.playback] + [one.id for one in lists]
    ids += [e.id for one in lists for e in one.entries] + [user.trakt]
    assert len(ids) == len(set(ids))
    assert max(ids) <= state.next_id


def test_ranks_follow_the_time_of_listing() -> None:
    user = demo()
    assert user.watchlist is not None
    assert user.favorites is not None
    for one in (user.watchlist, user.favorites, *user.lists):
        assert [e.rank for e in one.entries] == list(range(1, len(one.entries) + 1))
        times = [e.listed_at for e in one.entries]
        assert times == sorted(times)
        assert one.created_at <= min(times, default=one.created_at)
        assert one.updated_at == max(times, default=one.created_at) <= NOW
        assert len({e.item for e in one.entries}) == len(one.entries)


def test_nothing_on_the_watchlist_was_watched() -> None:
    user = demo()
    assert user.watchlist is not None
    films = {p.trakt for p in user.history if p.type == "movie"}
    shows = {watched.show for p in user.history if isinstance(watched := seen(p), Episode)}
    for entry in user.watchlist.entries:
        title = builtin().get(entry.item)
        if isinstance(title, Movie):
            assert title.trakt not in films
        else:
            assert isinstance(title, (Show, Season, Episode))
            assert (title if isinstance(title, Show) else title.show) not in shows


def test_what_is_in_progress_was_not_finished() -> None:
    user = demo()
    watched = {(p.type, p.trakt) for p in user.history}
    for row in user.playback:
        assert (row.item.type, row.item.trakt) not in watched
        assert 1 <= row.progress < 80
        assert NOW - timedelta(days=180) < row.paused_at <= NOW
    times = [row.paused_at for row in user.playback]
    assert times == sorted(times, reverse=True)


def test_nothing_is_dated_before_the_account_or_after_now() -> None:
    user = demo()
    assert user.watchlist is not None
    assert user.favorites is not None
    stamps = [r.rated_at for r in user.ratings] + [c.collected_at for c in user.collection]
    stamps += [h.hidden_at for h in user.hidden] + [p.paused_at for p in user.playback]
    stamps += [e.listed_at for one in (user.watchlist, user.favorites, *user.lists) for e in one.entries]
    assert all(user.joined_at <= at <= NOW for at in stamps)
    assert all(p.watched_at <= NOW for p in user.history)
    assert dated(user)[0].watched_at < user.joined_at, "some plays were added afterwards"


def test_activities_are_the_last_changes() -> None:
    user = demo()
    assert user.watchlist is not None
    last = user.activities
    assert last["episodes.watched_at"] == max(p.watched_at for p in user.history if p.type == "episode")
    assert last["movies.rated_at"] == max(r.rated_at for r in user.ratings if r.item.type == "movie")
    assert last["episodes.paused_at"] == max(p.paused_at for p in user.playback if p.item.type == "episode")
    assert last["watchlist.updated_at"] == user.watchlist.entries[-1].listed_at
    assert last["shows.dropped_at"] == max(h.hidden_at for h in user.hidden if h.section == "dropped")
    assert last["lists.updated_at"] == max(one.updated_at for one in user.lists)
    assert last["notes.updated_at"] == last["comments.liked_at"] == user.joined_at
    assert len(last) == 41
    assert all(user.joined_at <= at <= NOW for at in last.values())


def test_shows_are_followed_in_order() -> None:
    progress: dict[int, tuple[int, int]] = {}
    seen_before: set[int] = set()
    for play in dated(demo()):
        title = seen(play)
        if not isinstance(title, Episode) or not title.season.number or title.trakt in seen_before:
            continue
        seen_before.add(title.trakt)
        place = (title.season.number, title.number)
        assert place > progress.get(title.show.trakt, (0, 0)), title
        progress[title.show.trakt] = place
    assert len(progress) > 60


def test_there_are_evenings_weekends_binges_rewatches_and_quiet_months() -> None:
    plays = dated(demo())
    per_minute = Counter(p.watched_at for p in plays)
    single = [p.watched_at.astimezone(BERLIN) for p in plays if per_minute[p.watched_at] < 4]
    hours = Counter(at.hour for at in single)
    assert sum(hours[h] for h in (19, 20, 21, 22, 23, 0)) > 0.6 * len(single)
    days = Counter((at - timedelta(hours=4)).date() for at in single)
    weekend = sum(n for day, n in days.items() if day.weekday() >= 5)
    assert weekend / 2 > 1.5 * (len(single) - weekend) / 5
    assert len([n for n in days.values() if n >= 7]) > 40
    assert max(days.values()) < 30
    again = Counter((p.type, p.trakt) for p in plays)
    assert sum(n > 1 for n in again.values()) > 100
    months = {(at.year, at.month) for at in single}
    whole = {(y, m) for y in range(2017, 2026) for m in range(1, 13)}
    assert len(whole - months) >= 1
    assert max(per_minute.values()) > 20
    assert {p.action for p in plays} == {"scrobble", "checkin", "watch"}


def test_every_year_of_the_ten_has_its_share() -> None:
    years = Counter(p.watched_at.astimezone(BERLIN).year for p in dated(demo()))
    assert set(years) == set(range(2016, 2027))
    assert all(years[year] > 250 for year in range(2017, 2026))


def test_taste_changes_over_the_eras() -> None:
    plays = dated(demo())
    start, end = plays[0].watched_at, plays[-1].watched_at
    shares: list[Counter[str]] = [Counter() for _ in ERAS]
    for play in plays:
        title = seen(play)
        genres = title.genres if isinstance(title, Movie) else title.show.genres
        shares[era_at((play.watched_at - start) / (end - start))].update(genres)
    parts = [{g: n / sum(share.values()) for g, n in share.items()} for share in shares]
    assert parts[0]["comedy"] > 1.3 * max(parts[1]["comedy"], parts[2]["comedy"])
    assert parts[1]["science-fiction"] > 1.4 * max(parts[0]["science-fiction"], parts[2]["science-fiction"])
    assert parts[2]["drama"] > parts[0]["drama"]


def test_ratings_are_spread_around_the_communitys() -> None:
    ratings = [r.rating for r in demo().ratings]
    assert set(ratings) >= {3, 4, 5, 6, 7, 8, 9, 10}
    assert all(1 <= r <= 10 for r in ratings)
    assert len({r.item for r in demo().ratings}) == len(ratings) > 200


def test_another_seed_is_another_life_and_there_is_one_demo_user() -> None:
    state, user = lived()
    other = lived(8)[1]
    assert [p.trakt for p in user.history] != [p.trakt for p in other.history]
    with pytest.raises(SlugTaken):
        demo_user(state, builtin(), seed=7, now=NOW)


def test_the_same_state_comes_from_every_process() -> None:
    code = (
        "import sys, msgspec; from datetime import datetime, UTC\n"
        "from watchprint.sandbox.catalogue import builtin\n"
        "from watchprint.sandbox.life import demo_user, add_user\n"
        "from watchprint.sandbox.state import State\n"
        "state, now = State(seed=7), datetime(2026, 11, 22, 9, 30, tzinfo=UTC)\n"
        "demo_user(state, builtin(), seed=7, now=now)\n"
        "add_user(state, builtin(), slug='u', plays=300, seed=3, now=now, zone='Asia/Tokyo')\n"
        "sys.stdout.buffer.write(msgspec.json.encode(state))"
    )
    outputs = []
    for hash_seed in ("0", "1", "4242"):
        env = {**os.environ, "PYTHONHASHSEED": hash_seed}
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=env)
        outputs.append(done.stdout)
    assert outputs[0] == outputs[1] == outputs[2]
    assert msgspec.json.decode(outputs[0], type=State).users["demo"] == demo()


def test_a_state_with_the_demo_user_survives_json() -> None:
    state, _ = lived()
    assert msgspec.json.decode(msgspec.json.encode(state), type=State) == state


@pytest.mark.parametrize(("films", "shows"), [(0, 0), (0, 2), (30, 0), (3, 2)])
def test_a_small_catalogue_makes_a_small_life(films: int, shows: int) -> None:
    single = [s for s in builtin().shows.values() if len(s.seasons) == 1][:shows]
    few = Catalogue(list(builtin().movies.values())[:films], single)
    user = demo_user(State(seed=1), few, seed=1, now=NOW)
    assert len(user.history) < 2_000
    assert bool(user.history) == bool(films or shows)
    assert_one_thing_at_a_time(user)
