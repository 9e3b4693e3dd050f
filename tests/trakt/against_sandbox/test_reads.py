"""Every read, on both faces, against a real sandbox: typed rows that agree with what the sandbox keeps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from tests.trakt.against_sandbox.faces import Ask, Face, every_endpoint
from watchprint.sandbox.state import User
from watchprint.trakt import models as m
from watchprint.trakt.conversation.reading import unknown_fields
from watchprint.trakt.errors import NotConfigured, NotFound, TokenExpired

FILM, SHOW = "the-matrix-1999", "the-pitt"
Check = Callable[[Any, User], object]


def rows(kind: type, count: Callable[[User], int]) -> Check:
    """As many rows of this kind as the sandbox keeps."""

    def check(found: Any, me: User) -> bool:
        return {type(row) for row in found} <= {kind} and len(found) == count(me) and len(found) > 0

    return check


def titles(me: User, *kinds: str) -> int:
    """Watched titles of these kinds."""
    return len({(play.type, play.trakt) for play in me.history if play.type in kinds})


def some(kind: type) -> Check:
    return lambda found, me: len(found) > 0 and {type(row) for row in found} == {kind}


def one(kind: type) -> Check:
    return lambda found, me: type(found) is kind


def hidden(me: User, section: str) -> int:
    return sum(row.section == section for row in me.hidden)


def times(found: Any) -> int:
    """How many instants a map holds."""
    if isinstance(found, datetime):
        return 1
    return sum(map(times, found.values() if isinstance(found, dict) else found))


def plays(me: User, *kinds: str) -> int:
    return sum(play.type in kinds for play in me.history)


READS: list[tuple[str, Ask, Check]] = [
    ("sync.last_activities", lambda t: t.sync.last_activities(),
     lambda found, me: found.episodes.watched_at == me.activities["episodes.watched_at"]),
    ("sync.history", lambda t: t.sync.history(extended="full"),
     lambda found, me: [(row.id, row.watched_at) for row in found] == [(p.id, p.watched_at) for p in me.history]),
    ("sync.history", lambda t: t.sync.history(kind="movies"), rows(m.HistoryRow, lambda me: plays(me, "movie"))),
    ("sync.history", lambda t: t.sync.history(limit=7), lambda found, me: len(found) == 7),
    ("sync.playback", lambda t: t.sync.playback(extended="full"), rows(m.PlaybackRow, lambda me: len(me.playback))),
    ("sync.collection", lambda t: t.sync.collection("movies", extended="full,metadata"),
     lambda found, me: all(row.movie.runtime for row in found) and len(found) == len(movies_owned(me))),
    ("sync.collection", lambda t: t.sync.collection("episodes", extended="metadata"),
     rows(m.CollectedRow, lambda me: len(me.collection) - len(movies_owned(me)))),
    ("sync.collection", lambda t: t.sync.collection("shows"),
     lambda found, me: times([[e.collected_at for s in row.seasons for e in s.episodes] for row in found])
     == len(me.collection) - len(movies_owned(me))),
    ("sync.collection", lambda t: t.sync.collection(), some(m.CollectedRow)),
    ("sync.collection_movies_map", lambda t: t.sync.collection_movies_map(),
     lambda found, me: set(found) == movies_owned(me)),
    ("sync.collection_episodes_map", lambda t: t.sync.collection_episodes_map(),
     lambda found, me: times(found) == len(me.collection) - len(movies_owned(me))),
    ("sync.collection_shows_map", lambda t: t.sync.collection_shows_map(),
     lambda found, me: times(found) == len(me.collection) - len(movies_owned(me))),
    ("sync.watched_movies", lambda t: t.sync.watched_movies(extended="full"),
     lambda found, me: sum(row.plays for row in found) == plays(me, "movie") and all(row.movie for row in found)),
    ("sync.watched_shows", lambda t: t.sync.watched_shows(extended="full,progress", specials=True),
     lambda found, me: sum(e.plays for r in found for s in r.seasons for e in s.episodes) == plays(me, "episode")),
    ("sync.watched_shows", lambda t: t.sync.watched_shows(), lambda found, me: all(r.seasons is None for r in found)),
    ("sync.watched_episodes", lambda t: t.sync.watched_episodes(),
     rows(m.WatchedEpisode, lambda me: titles(me, "episode"))),
    ("sync.watched_movies_map", lambda t: t.sync.watched_movies_map(),
     lambda found, me: {int(k): len(v) for k, v in found.items()}
     == Counter(p.trakt for p in me.history if p.type == "movie")),
    ("sync.watched_shows_map", lambda t: t.sync.watched_shows_map(specials=True, season_numbers=True),
     lambda found, me: times(found) == plays(me, "episode") and all("|" in s for show in found.values() for s in show)),
    ("sync.watched_episodes_map", lambda t: t.sync.watched_episodes_map(),
     lambda found, me: times(found) == plays(me, "episode")),
    ("sync.ratings", lambda t: t.sync.ratings(extended="full"),
     lambda found, me: Counter(row.rating for row in found) == Counter(r.rating for r in me.ratings)),
    ("sync.ratings", lambda t: t.sync.ratings(kind="movies", only=(9, 10)),
     lambda found, me: len(found) == sum(r.rating >= 9 and r.item.type == "movie" for r in me.ratings)),
    ("sync.watchlist", lambda t: t.sync.watchlist(extended="full"), rows(m.ListItem, lambda me: entries(me.watchlist))),
    ("sync.watchlist", lambda t: t.sync.watchlist(sort_by="added", sort_how="desc"),
     lambda found, me: [r.listed_at for r in found] == sorted((r.listed_at for r in found), reverse=True)),
    ("sync.favorites", lambda t: t.sync.favorites(), rows(m.ListItem, lambda me: entries(me.favorites))),
    ("sync.progress_watched", lambda t: t.sync.progress_watched(hide_completed=True),
     lambda found, me: found and all(row.progress.completed < row.progress.aired for row in found)),
    ("sync.up_next", lambda t: t.sync.up_next(include_stats=True),
     lambda found, me: found and all(row.progress.next_episode and row.progress.stats for row in found)),
    ("sync.up_next_nitro", lambda t: t.sync.up_next_nitro(intent="continue"), some(m.ProgressRow)),
    ("users.settings", lambda t: t.users.settings(),
     lambda found, me: (found.account.timezone, found.limits.list.count) == (me.zone, me.limits.lists)),
    ("users.profile", lambda t: t.users.profile(extended="full"),
     lambda found, me: (found.ids.slug, found.joined_at) == (me.slug, me.joined_at)),
    ("users.stats", lambda t: t.users.stats("demo"),
     lambda found, me: (found.movies.plays, found.ratings.total) == (plays(me, "movie"), len(me.ratings))),
    ("users.watching", lambda t: t.users.watching(), lambda found, me: found is None and me.watching is None),
    ("users.history", lambda t: t.users.history("demo", kind="episodes"),
     rows(m.HistoryRow, lambda me: plays(me, "episode"))),
    ("users.watched_movies", lambda t: t.users.watched_movies(), rows(m.WatchedMovie, lambda me: titles(me, "movie"))),
    ("users.watched_shows", lambda t: t.users.watched_shows("demo", extended="progress"), some(m.WatchedShow)),
    ("users.watched_episodes", lambda t: t.users.watched_episodes(), some(m.WatchedEpisode)),
    ("users.watched_movies_map", lambda t: t.users.watched_movies_map(),
     lambda found, me: times(found) == plays(me, "movie")),
    ("users.watched_shows_map", lambda t: t.users.watched_shows_map("demo", specials=True),
     lambda found, me: times(found) == plays(me, "episode")),
    ("users.ratings", lambda t: t.users.ratings(), rows(m.RatingRow, lambda me: len(me.ratings))),
    ("users.watchlist", lambda t: t.users.watchlist("demo"), rows(m.ListItem, lambda me: entries(me.watchlist))),
    ("users.favorites", lambda t: t.users.favorites(), rows(m.ListItem, lambda me: entries(me.favorites))),
    ("users.collection", lambda t: t.users.collection("demo", "movies"),
     rows(m.CollectedRow, lambda me: len(movies_owned(me)))),
    ("users.hidden", lambda t: t.users.hidden("dropped", extended="full"),
     rows(m.HiddenRow, lambda me: hidden(me, "dropped"))),
    ("lists.of", lambda t: t.lists.of(), rows(m.TraktList, lambda me: len(me.lists))),
    ("lists.get", lambda t: t.lists.get("rainy-sundays"), lambda found, me: found.ids.trakt == rainy(me).id),
    ("lists.items", lambda t: t.lists.items("rainy-sundays", extended="full"),
     rows(m.ListItem, lambda me: len(rainy(me).entries))),
    ("lists.items", lambda t: t.lists.items("rainy-sundays", kinds=("movie", "show"), sort_by="title"),
     lambda found, me: {row.type for row in found} <= {"movie", "show"}),
    ("search.text", lambda t: t.search.text("matrix", limit=3), some(m.SearchRow)),
    ("search.exact", lambda t: t.search.exact("The Pitt", kind="show"),
     lambda found, me: [row.show.ids.slug for row in found] == [SHOW]),
    ("search.by_id", lambda t: t.search.by_id("tmdb", 603, kinds=("movie",)),
     lambda found, me: [row.movie.ids.slug for row in found] == [FILM]),
    ("search.by_id", lambda t: t.search.by_id("tmdb", 999_999_999), lambda found, me: found == []),
    ("shows.summary", lambda t: t.shows.summary(SHOW), lambda found, me: found.network and found.runtime > 0),
    ("shows.seasons", lambda t: t.shows.seasons(SHOW, extended="full,episodes"),
     lambda found, me: [e.number for e in found[0].episodes] == list(range(1, len(found[0].episodes) + 1))),
    ("shows.season", lambda t: t.shows.season(SHOW, 1), some(m.Episode)),
    ("shows.season_info", lambda t: t.shows.season_info(SHOW, 1), lambda found, me: found.number == 1),
    ("shows.episode", lambda t: t.shows.episode(SHOW, 1, 2), lambda found, me: (found.season, found.number) == (1, 2)),
    ("shows.next_episode", lambda t: t.shows.next_episode("breaking-bad"), lambda found, me: found is None),
    ("shows.last_episode", lambda t: t.shows.last_episode(SHOW), one(m.Episode)),
    ("shows.progress_watched", lambda t: t.shows.progress_watched(SHOW, include_stats=True),
     lambda found, me: found.completed == sum(e.completed for s in found.seasons for e in s.episodes)),
    ("shows.progress_collection", lambda t: t.shows.progress_collection(SHOW), one(m.ShowProgress)),
    ("movies.summary", lambda t: t.movies.summary(FILM),
     lambda found, me: (found.title, found.year) == ("The Matrix", 1999)),
    ("lookups.genres", lambda t: t.lookups.genres(), some(m.Genre)),
    ("lookups.certifications", lambda t: t.lookups.certifications("shows"),
     lambda found, me: "tv-ma" in {c.slug for c in found["us"]}),
    ("lookups.countries", lambda t: t.lookups.countries(), some(m.Country)),
    ("lookups.languages", lambda t: t.lookups.languages("shows"), some(m.Language)),
    ("lookups.networks", lambda t: t.lookups.networks(), some(m.Network)),
]  # fmt: skip


def movies_owned(me: User) -> set[str]:
    return {str(row.item.trakt) for row in me.collection if row.item.type == "movie"}


def entries(kept: Any) -> int:
    return len(kept.entries)


def rainy(me: User) -> Any:
    return next(kept for kept in me.lists if kept.slug == "rainy-sundays")


@pytest.mark.parametrize(("name", "ask", "check"), READS, ids=[f"{i}-{name}" for i, (name, _, _) in enumerate(READS)])
def test_a_read_agrees_with_the_sandbox(demo: Face, name: str, ask: Ask, check: Check) -> None:
    before = unknown_fields.copy()
    found = demo.do(ask)
    assert demo.called == {name}
    assert check(found, demo.me()), f"{name}: {str(found)[:500]}"
    assert unknown_fields - before == {}


def test_public_lists_need_nobody(nobody: Face) -> None:
    demo = nobody.server.greeting["users"][0]["slug"]
    kept = rainy(nobody.server.run(lambda sandbox: sandbox.world.state.users[demo]))
    assert nobody.do(lambda t: t.lists.public(kept.id)).name == kept.name
    assert len(nobody.do(lambda t: t.lists.public_items(kept.id, extended="full"))) == len(kept.entries)
    assert nobody.called == {"lists.public", "lists.public_items"}


def test_every_read_is_called_here() -> None:
    called = {name for name, _, _ in READS} | {"lists.public", "lists.public_items"}
    pages_and_gets = {name for name in every_endpoint() if name.split(".")[0] not in ("oauth", "scrobble", "checkin")}
    writes = ("add", "remove", "reorder", "update", "create", "delete", "hide", "unhide", "reset", "undo")
    reads = {name for name in pages_and_gets if name.split(".")[1].split("_")[0] not in writes}
    assert called == reads


def test_what_needs_a_user_says_so(nobody: Face) -> None:
    asks: list[Ask] = [lambda t: t.sync.history(), lambda t: t.users.stats(), lambda t: t.checkin.delete()]
    for ask in asks:
        with pytest.raises(NotConfigured, match="needs a user"):
            nobody.do(ask)


def test_unknown_things_are_not_found(demo: Face) -> None:
    asks: list[Ask] = [
        lambda t: t.shows.summary("no-such-show"),
        lambda t: t.movies.summary(999_999_999),
        lambda t: t.lists.get("no-such-list"),
        lambda t: t.users.profile("no-such-user"),
        lambda t: t.shows.episode(SHOW, 99, 1),
        lambda t: t.sync.history(kind="movies", trakt_id=999_999_999),
    ]
    for ask in asks:
        with pytest.raises(NotFound):
            demo.do(ask)


def test_a_revoked_token_is_expired(nobody: Face) -> None:
    with pytest.raises(TokenExpired):
        nobody.as_user("demo", "not-a-token-that-was-issued").do(lambda t: t.users.settings())
