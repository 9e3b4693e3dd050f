"""Random histories and random batches: what is there afterwards is what the slow reference says; a second try adds
nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from tests.sandbox.desk import Desk, Person
from tests.service.faces import Blocking
from tests.service.guarding.reference import BOOK, EPOCH, Leaf, Play, Wish, expected, minute
from watchprint import RELEASED, UNKNOWN, Episode, Movie, Season, Seen, Show
from watchprint.sandbox.rules.instants import released_at, viewing_time

NOW = datetime(2026, 3, 1, 20, 15, 30, tzinfo=UTC)
HEAT = BOOK.movies[789]
HEATHERS = BOOK.movies[1781]
SHERLOCK = BOOK.shows[19792]
CHERNOBYL = BOOK.shows[145186]
EPISODES = [e for show in (SHERLOCK, CHERNOBYL) for season in show.seasons[:3] for e in season.episodes]
LEAVES: list[Leaf] = [HEAT, HEATHERS, *EPISODES]
MINUTES = [
    minute(NOW) - timedelta(minutes=3),
    minute(NOW) - timedelta(minutes=30),
    datetime(2024, 5, 1, 20, 15, tzinfo=UTC),
    datetime(2024, 5, 1, 20, 16, tzinfo=UTC),
    datetime(2021, 12, 31, 23, 59, tzinfo=UTC),
    EPOCH,
]
USERS = count()


def movie_names(movie: Any) -> list[Movie]:
    return [
        Movie(tmdb=movie.tmdb),
        Movie(imdb=movie.imdb),
        Movie(trakt=movie.trakt),
        Movie(slug=movie.slug),
        Movie(title=movie.title.upper(), year=movie.year),
        Movie(tmdb=movie.tmdb, imdb=movie.imdb),
    ]


def show_names(show: Any) -> list[Show]:
    return [
        Show(tmdb=show.tmdb),
        Show(trakt=show.trakt),
        Show(imdb=show.imdb),
        Show(tvdb=show.tvdb),
        Show(slug=show.slug),
        Show(title=show.title, year=show.year),
    ]


def episode_names(episode: Any) -> list[Episode]:
    placed = [Episode(show, episode.season.number, episode.number) for show in show_names(episode.show)]
    return [*placed, Episode(tmdb=episode.tmdb), Episode(trakt=episode.trakt)]


def season_names(season: Any) -> list[Season]:
    return [*(Season(show, season.number) for show in show_names(season.show)), Season(tmdb=season.tmdb)]


NAMES: dict[str, Callable[[Any], list[Any]]] = {
    "Movie": movie_names,
    "Show": show_names,
    "Season": season_names,
    "Episode": episode_names,
}


@st.composite
def wishes(draw: st.DrawFn) -> Wish:
    title = draw(
        st.one_of(
            st.sampled_from([HEAT, HEATHERS]),
            st.sampled_from(EPISODES),
            st.sampled_from([SHERLOCK, CHERNOBYL]),
            st.sampled_from([*SHERLOCK.seasons[:3], *CHERNOBYL.seasons]),
        )
    )
    names = NAMES[type(title).__name__](title)
    item = draw(st.sampled_from(names))
    seconds = timedelta(seconds=draw(st.integers(0, 59)))
    exact = st.sampled_from(MINUTES[:-1]).map(lambda at: at + seconds)
    loose = isinstance(item, Season) and item.show is None
    when = draw(exact if loose else st.one_of(exact, st.sampled_from([None, UNKNOWN, RELEASED])))
    return Wish(title, item, when)


@st.composite
def histories(draw: st.DrawFn) -> list[Play]:
    plays: list[Play] = []
    for leaf in draw(st.lists(st.sampled_from(LEAVES), max_size=8, unique_by=id)):
        out_at = released_at(leaf)
        near = [] if out_at is None else [minute(out_at + viewing_time(leaf) + timedelta(hours=7))]
        for at in draw(st.lists(st.sampled_from([*MINUTES, *near]), min_size=1, max_size=3, unique=True)):
            plays.append((type(leaf).__name__.lower(), leaf.trakt, at))
    return plays


def put(desk: Desk, user: Person, plays: list[Play]) -> None:
    """These plays into the user's history, without our client."""
    body = {
        f"{kind}s": [
            {"ids": {"trakt": trakt}, "watched_at": "unknown" if at == EPOCH else at.isoformat().replace("+00:00", "Z")}
            for of, trakt, at in plays
            if of == kind
        ]
        for kind in ("movie", "episode")
    }
    assert desk.post("/sync/history", body, user).status == 201


def kept(desk: Desk, user: Person) -> Counter[Play]:
    rows = desk.obey("GET", f"users/{user.slug}")["history"]
    return Counter((row["type"], row["trakt"], datetime.fromisoformat(row["watched_at"])) for row in rows)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(existing=histories(), asked=st.lists(wishes(), min_size=1, max_size=6))
def test_the_guard_is_equal_to_the_reference(
    desk: Desk, service: Blocking, existing: list[Play], asked: list[Wish]
) -> None:
    user = desk.user(f"user{next(USERS)}")
    if existing:
        put(desk, user, existing)
    items = [Seen(wish.item, wish.when) for wish in asked]
    right = expected(existing, asked, NOW)
    answer = service.call("add_to_history", user.access, items)
    assert kept(desk, user) == right.plays
    assert (answer.added, answer.not_found) == (right.added, ())
    loose = sum(isinstance(wish.item, Season) and wish.item.show is None for wish in asked)
    event(f"{min(right.added, 1)} added, {min(right.skipped, 1)} skipped, {min(loose, 1)} loose seasons")
    if not loose:
        assert answer.skipped == right.skipped
    again = service.call("add_to_history", user.access, items)
    assert again.added == 0
    assert kept(desk, user) == right.plays


@pytest.mark.parametrize("existing", [[("movie", 789, MINUTES[2])]])
def test_without_the_guard_there_would_be_two(desk: Desk, service: Blocking, ann: Person, existing: list[Play]) -> None:
    put(desk, ann, existing)
    service.call("add_to_history", ann.access, Movie(tmdb=949), at=MINUTES[2], allow_duplicates=True)
    assert kept(desk, ann) == Counter({existing[0]: 2})
