"""What each read asks: path and query, how large its pages are, what tells its rows apart, whether it needs a user."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, cast

import msgspec
import pytest

from watchprint.trakt.endpoints.lists import Lists
from watchprint.trakt.endpoints.lookups import Lookups
from watchprint.trakt.endpoints.movies import Movies
from watchprint.trakt.endpoints.search import Search, escaped
from watchprint.trakt.endpoints.shows import Shows
from watchprint.trakt.endpoints.sync import Sync
from watchprint.trakt.endpoints.users import Users
from watchprint.trakt.errors import Invalid
from watchprint.trakt.models.titles import Season
from watchprint.trakt.paging import Listing
from watchprint.trakt.wire import Call, Reply

MAY = datetime(2026, 5, 1, 12, 30, tzinfo=UTC)
MAY_TEXT = "2026-05-01T12:30:00.000Z"

ONE: list[tuple[Call[Any], str, dict[str, str]]] = [
    (Sync.last_activities.call(), "/sync/last_activities", {}),
    (Sync.collection_movies_map.call(), "/sync/collection/minimal/movies", {}),
    (Sync.collection_episodes_map.call(), "/sync/collection/minimal/episodes", {}),
    (Sync.collection_shows_map.call(), "/sync/collection/minimal/shows", {}),
    (Sync.watched_movies_map.call(), "/sync/watched/movies", {"extended": "min"}),
    (Sync.watched_episodes_map.call(), "/sync/watched/episodes", {"extended": "min"}),
    (
        Sync.watched_shows_map.call(specials=True, season_numbers=True),
        "/sync/watched/shows",
        {"extended": "min", "specials": "true", "season_numbers": "true"},
    ),
    (Users.settings.call(), "/users/settings", {}),
    (Users.profile.call(), "/users/me", {}),
    (Users.profile.call("ann", extended="full"), "/users/ann", {"extended": "full"}),
    (Users.stats.call(), "/users/me/stats", {}),
    (Users.watching.call("ann"), "/users/ann/watching", {}),
    (Users.watched_movies_map.call(), "/users/me/watched/movies", {"extended": "min"}),
    (Users.watched_shows_map.call("ann", specials=False), "/users/ann/watched/shows",
     {"extended": "min", "specials": "false"}),
    (Lists.get.call("my films"), "/users/me/lists/my%20films", {}),
    (Lists.get.call(7, user="ann"), "/users/ann/lists/7", {}),
    (Lists.public.call(7), "/lists/7", {}),
    (Shows.summary.call("dark"), "/shows/dark", {"extended": "full"}),
    (Shows.seasons.call(1, extended="full,episodes"), "/shows/1/seasons", {"extended": "full,episodes"}),
    (Shows.season.call(1, 0), "/shows/1/seasons/0", {"extended": "full"}),
    (Shows.season_info.call(1, 2), "/shows/1/seasons/2/info", {"extended": "full"}),
    (Shows.episode.call(1, 2, 3, extended=None), "/shows/1/seasons/2/episodes/3", {}),
    (Shows.next_episode.call(1), "/shows/1/next_episode", {"extended": "full"}),
    (Shows.last_episode.call(1), "/shows/1/last_episode", {"extended": "full"}),
    (
        Shows.progress_watched.call(1, hidden=False, specials=True, last_activity="watched"),
        "/shows/1/progress/watched",
        {"hidden": "false", "specials": "true", "last_activity": "watched"},
    ),
    (Shows.progress_collection.call(1, count_specials=False), "/shows/1/progress/collection",
     {"count_specials": "false"}),
    (Movies.summary.call("heat-1995"), "/movies/heat-1995", {"extended": "full"}),
    (Lookups.genres.call("shows", extended="subgenres"), "/genres/shows", {"extended": "subgenres"}),
    (Lookups.certifications.call(), "/certifications/movies", {}),
    (Lookups.countries.call("shows"), "/countries/shows", {}),
    (Lookups.languages.call(), "/languages/movies", {}),
    (Lookups.networks.call(), "/networks", {}),
]  # fmt: skip

MANY: list[tuple[Listing[Any], str, dict[str, str]]] = [
    (Sync.history.listing(), "/sync/history", {}),
    (
        Sync.history.listing(kind="shows", trakt_id=5, start_at=MAY, end_at=MAY, extended="full"),
        "/sync/history/shows/5",
        {"start_at": MAY_TEXT, "end_at": MAY_TEXT, "extended": "full"},
    ),
    (Sync.playback.listing(), "/sync/playback", {}),
    (Sync.playback.listing("movies", start_at=MAY), "/sync/playback/movies", {"start_at": MAY_TEXT}),
    (Sync.collection.listing(), "/sync/collection/media", {}),
    (Sync.collection.listing("shows", extended="full,metadata", available_on="plex"), "/sync/collection/shows",
     {"extended": "full,metadata", "available_on": "plex"}),
    (Sync.watched_movies.listing(extended="full"), "/sync/watched/movies", {"extended": "full"}),
    (Sync.watched_shows.listing(specials=True), "/sync/watched/shows", {"specials": "true"}),
    (Sync.watched_episodes.listing(), "/sync/watched/episodes", {}),
    (Sync.ratings.listing(), "/sync/ratings", {}),
    (Sync.ratings.listing(kind="movies"), "/sync/ratings/movies", {}),
    (Sync.ratings.listing(only=(9, 10)), "/sync/ratings/all/9,10", {}),
    (Sync.watchlist.listing(), "/sync/watchlist", {}),
    (Sync.watchlist.listing(kind="movies"), "/sync/watchlist/movies", {}),
    (Sync.watchlist.listing(sort_by="added"), "/sync/watchlist/all/added/asc", {}),
    (Sync.favorites.listing(kind="shows", sort_by="rank", sort_how="desc"), "/sync/favorites/shows/rank/desc", {}),
    (
        Sync.progress_watched.listing(hide_completed=True, lifetime_stats=False),
        "/sync/progress/watched",
        {"hide_completed": "true", "lifetime_stats": "false"},
    ),
    (Sync.up_next.listing(include_stats=True), "/sync/progress/up_next", {"include_stats": "true"}),
    (Sync.up_next_nitro.listing(intent="continue"), "/sync/progress/up_next_nitro", {"intent": "continue"}),
    (Users.history.listing(), "/users/me/history", {}),
    (Users.history.listing("ann", kind="movies", end_at=MAY), "/users/ann/history/movies", {"end_at": MAY_TEXT}),
    (Users.watched_movies.listing("ann"), "/users/ann/watched/movies", {}),
    (Users.watched_shows.listing(extended="progress"), "/users/me/watched/shows", {"extended": "progress"}),
    (Users.watched_episodes.listing(), "/users/me/watched/episodes", {}),
    (Users.ratings.listing("ann", only=(10,)), "/users/ann/ratings/all/10", {}),
    (Users.watchlist.listing("ann"), "/users/ann/watchlist", {}),
    (Users.favorites.listing(kind="movies"), "/users/me/favorites/movies", {}),
    (Users.collection.listing("ann", "movies"), "/users/ann/collection/movies", {}),
    (Users.hidden.listing("dropped", kind="show"), "/users/hidden/dropped", {"type": "show"}),
    (Lists.of.listing(), "/users/me/lists", {}),
    (Lists.items.listing("a/b"), "/users/me/lists/a%2Fb/items", {}),
    (
        Lists.items.listing(4, kinds=("movie", "person"), sort_by="title", user="ann", extended="full"),
        "/users/ann/lists/4/items/movie,person/title/asc",
        {"extended": "full"},
    ),
    (Lists.public_items.listing(4, kinds=("show",)), "/lists/4/items/show", {}),
    (Search.text.listing("heat"), "/search/movie,show", {"query": "heat"}),
    (
        Search.text.listing("what?", kinds=("episode",), fields=("title", "overview")),
        "/search/episode",
        {"query": "what\\?", "fields": "title,overview"},
    ),
    (Search.exact.listing("What?", kind="show"), "/search/show/exact", {"query": "What?"}),
    (Search.by_id.listing("tmdb", 949, kinds=("movie",)), "/search/tmdb/949", {"type": "movie"}),
    (Search.by_id.listing("imdb", "tt0113277"), "/search/imdb/tt0113277", {}),
]  # fmt: skip


@pytest.mark.parametrize(("call", "path", "query"), ONE, ids=[path for _, path, _ in ONE])
def test_a_read_asks(call: Call[Any], path: str, query: dict[str, str]) -> None:
    request = call.request
    assert (request.method, request.path, dict(request.query), request.body) == ("GET", path, query, None)
    assert call.repeatable
    assert call.bucket == "get"


@pytest.mark.parametrize(("listing", "path", "query"), MANY, ids=[path for _, path, _ in MANY])
def test_a_page_asks(listing: Listing[Any], path: str, query: dict[str, str]) -> None:
    request = listing.page(3, 50).request
    assert (request.method, request.path, request.body) == ("GET", path, None)
    assert dict(request.query) == {**query, "page": "3", "limit": "50"}


def test_every_read_is_in_the_tables() -> None:
    paths = {path for _, path, _ in [*ONE, *MANY]}
    asked: set[str] = set()
    for group in (Sync, Users, Lists, Shows, Movies, Lookups, Search):
        for name in dir(group):
            doc = (getattr(getattr(group, name), "__doc__", None) or "").partition("Source: GET ")[2].split(",")[0]
            if doc:
                asked.add(doc.strip())
    missing = {template for template in asked if not any(_fits(path, template) for path in paths)}
    assert not missing
    assert len(asked) > 45


def _fits(path: str, template: str) -> bool:
    """The path is one of the template's, whose last parts may be left out."""
    parts, wanted = path.split("/"), template.split("/")
    left_out = wanted[len(parts) :]
    return (
        len(parts) <= len(wanted)
        and all(w.startswith("{") or p == w for p, w in zip(parts, wanted, strict=False))
        and all(w.startswith("{") for w in left_out)
    )


@pytest.mark.parametrize(
    ("listing", "page_size"),
    [
        (Sync.history.listing(), 250),
        (Sync.watched_shows.listing(), 250),
        (Sync.watched_shows.listing(extended="full"), 250),
        (Sync.watched_shows.listing(extended="progress"), 100),
        (Sync.watched_shows.listing(extended="full,progress"), 100),
        (Users.watched_shows.listing(extended="progress"), 100),
        (Sync.progress_watched.listing(), 100),
        (Sync.up_next.listing(), 100),
        (Sync.up_next_nitro.listing(), 100),
    ],
)
def test_pages_are_as_large_as_trakt_gives_them(listing: Listing[Any], page_size: int) -> None:
    assert listing.page_size == page_size


def test_only_history_can_fix_the_end_of_a_walk() -> None:
    stamped = [listing.request.path for listing, _, _ in MANY if listing.stamp is not None]
    assert stamped == ["/sync/history", "/sync/history/shows/5", "/users/me/history", "/users/ann/history/movies"]


@pytest.mark.parametrize(
    ("ask", "needs_user"),
    [
        (Users.stats.call(), True),
        (Users.stats.call("ann"), False),
        (Users.watching.call(), True),
        (Users.watching.call("ann"), False),
        (Users.history.listing(), True),
        (Users.history.listing("ann"), False),
        (Users.watchlist.listing("ann"), False),
        (Users.hidden.listing("calendar"), True),
        (Lists.of.listing(), True),
        (Lists.get.call(1, user="ann"), False),
        (Lists.public.call(1), False),
        (Sync.watchlist.listing(), True),
        (Shows.summary.call(1), False),
        (Shows.next_episode.call(1), False),
        (Shows.progress_watched.call(1), True),
        (Search.text.listing("x"), False),
        (Lookups.genres.call(), False),
    ],
)
def test_only_what_is_ones_own_needs_a_user(ask: Call[Any] | Listing[Any], needs_user: bool) -> None:
    assert ask.needs_user is needs_user


def test_watching_is_none_without_content() -> None:
    call = Users.watching.call()
    assert call.read(Reply(204, {}, b"")) is None
    watching = call.read(Reply(200, {}, b'{"action":"checkin","type":"movie","movie":{"title":"Heat"}}'))
    assert watching is not None
    assert watching.movie is not None
    assert watching.movie.title == "Heat"


TITLE = '{"title":"T","ids":{"trakt":7}}'
BARE = '{"title":null,"ids":{"trakt":null}}'
KEYED = [
    (Sync.history.listing(), f'{{"id":5,"watched_at":"{MAY_TEXT}","movie":null}}', 5),
    (Sync.playback.listing(), '{"id":6,"movie":null}', 6),
    (Sync.watchlist.listing(), '{"id":8,"rank":1,"type":"movie","movie":null}', 8),
    (Lists.of.listing(), '{"ids":{"trakt":9}}', 9),
    (Lists.of.listing(), '{"name":null,"ids":null}', None),
    (Sync.watched_movies.listing(), f'{{"plays":1,"movie":{TITLE}}}', ("movie", 7)),
    (Sync.watched_movies.listing(), f'{{"plays":1,"movie":{BARE}}}', None),
    (Sync.watched_movies.listing(), '{"plays":null,"last_watched_at":null,"movie":null}', None),
    (Sync.watched_shows.listing(), f'{{"show":{TITLE},"seasons":null}}', ("show", 7)),
    (Sync.collection.listing(), f'{{"type":"episode","episode":{TITLE},"show":{BARE}}}', ("episode", 7)),
    (Sync.collection.listing(), f'{{"type":"show","show":{TITLE}}}', ("show", 7)),
    (Sync.collection.listing(), '{"type":"movie","movie":{"title":null,"year":null,"ids":null}}', None),
    (Sync.ratings.listing(), f'{{"rating":9,"season":{TITLE},"show":{BARE}}}', ("season", 7)),
    (Sync.up_next.listing(), f'{{"show":{TITLE},"progress":null}}', ("show", 7)),
    (Users.hidden.listing("comments"), '{"user":{"ids":{"trakt":3,"slug":null}}}', ("user", 3)),
    (Search.text.listing("x"), f'{{"score":1,"movie":{TITLE}}}', None),
]  # fmt: skip


@pytest.mark.parametrize(("listing", "row", "key"), KEYED)
def test_rows_are_told_apart_by_id_and_rows_of_deleted_titles_not_at_all(
    listing: Listing[Any], row: str, key: object
) -> None:
    rows: Sequence[Any] = listing.read(f"[{row}]".encode())
    assert [listing.key(r) for r in rows] == [key]


@pytest.mark.parametrize("text", ["", "  ", ".", ".."])
def test_a_blank_id_is_refused_before_it_means_another_path(text: str) -> None:
    with pytest.raises(Invalid, match="blank"):
        Lists.get.call(text)
    with pytest.raises(Invalid, match="blank"):
        Users.profile.call(text)


def test_a_missing_id_is_refused() -> None:
    with pytest.raises(Invalid, match="blank"):
        Lists.delete.call(cast(Any, None))


def test_one_title_needs_its_kind() -> None:
    with pytest.raises(Invalid, match="kind"):
        Sync.history.listing(trakt_id=5)


def test_a_search_needs_words_and_kinds() -> None:
    with pytest.raises(Invalid, match="blank"):
        Search.text.listing(" ")
    with pytest.raises(Invalid, match="what to search for"):
        Search.text.listing("x", kinds=())


def test_a_naive_time_is_refused() -> None:
    with pytest.raises(Invalid, match="time zone"):
        Sync.history.listing(start_at=datetime(2026, 1, 1))


def test_words_are_taken_as_they_are() -> None:
    assert escaped('a+b-c&&d||e!(f){g}[h]^"i"~*?:/\\') == (
        'a\\+b\\-c\\&\\&d\\|\\|e\\!\\(f\\)\\{g\\}\\[h\\]\\^\\"i\\"\\~\\*\\?\\:\\/\\\\'
    )
    assert escaped("Amélie 2") == "Amélie 2"


def test_answers_are_typed() -> None:
    body = msgspec.json.encode([{"number": 1, "ids": {"trakt": 4}, "episodes": [{"season": 1, "number": 1}]}])
    seasons = Shows.seasons.call(1).read(Reply(200, {}, body))
    assert [type(s) for s in seasons] == [Season]
    assert seasons[0].episodes is not None
    assert seasons[0].episodes[0].number == 1
