"""What each write sends, whether it may be sent twice, and that no null and nothing blank is ever sent."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchprint.trakt.endpoints.lists import Lists
from watchprint.trakt.endpoints.scrobble import Checkin, Scrobble
from watchprint.trakt.endpoints.shows import Shows
from watchprint.trakt.endpoints.sync import Sync
from watchprint.trakt.endpoints.users import Users
from watchprint.trakt.errors import Invalid
from watchprint.trakt.models.bodies import (
    Entry,
    EpisodeEntry,
    EpisodeRef,
    SeasonEntry,
    Subject,
    SyncItems,
    UserEntry,
    UserSlug,
)
from watchprint.trakt.models.ids import Ids, PlexIds
from watchprint.trakt.models.playing import Sharing
from watchprint.trakt.wire import Call

HEAT = Entry(ids=Ids(tmdb=949))
FILM = SyncItems(movies=(HEAT,))
FILM_BODY = {"movies": [{"ids": {"tmdb": 949}}]}
RATED = SyncItems(movies=(Entry(ids=Ids(tmdb=949), rating=9),))
RATED_BODY = {"movies": [{"rating": 9, "ids": {"tmdb": 949}}]}
SEEN = Subject(movie=HEAT)
SEEN_BODY = {"movie": {"ids": {"tmdb": 949}}}
RANK = {"rank": [3, 1]}
MAY = datetime(2026, 5, 1, 12, 30, 15, 250_000, tzinfo=UTC)

WRITES: list[tuple[Call[Any], str, str, Any, bool]] = [
    (Scrobble.start.call(SEEN, 12.5), "POST", "/scrobble/start", {**SEEN_BODY, "progress": 12.5}, True),
    (Scrobble.pause.call(SEEN, 50), "POST", "/scrobble/pause", {**SEEN_BODY, "progress": 50}, True),
    (Scrobble.stop.call(SEEN, 79.9), "POST", "/scrobble/stop", {**SEEN_BODY, "progress": 79.9}, True),
    (Scrobble.stop.call(SEEN, 80), "POST", "/scrobble/stop", {**SEEN_BODY, "progress": 80}, False),
    (Scrobble.start.call(SEEN, 0, sharing=Sharing(twitter=True)), "POST", "/scrobble/start",
     {**SEEN_BODY, "progress": 0, "sharing": {"twitter": True}}, True),
    (Checkin.create.call(SEEN), "POST", "/checkin", SEEN_BODY, False),
    (Checkin.create.call(SEEN, message="At last", sharing=Sharing(tumblr=False)), "POST", "/checkin",
     {**SEEN_BODY, "message": "At last", "sharing": {"tumblr": False}}, False),
    (Checkin.delete.call(), "DELETE", "/checkin", None, True),
    (Sync.remove_playback.call(13), "DELETE", "/sync/playback/13", None, False),
    (Sync.add_to_history.call(FILM), "POST", "/sync/history", FILM_BODY, False),
    (Sync.remove_from_history.call(SyncItems(ids=(5, 6))), "POST", "/sync/history/remove", {"ids": [5, 6]}, False),
    (Sync.add_to_collection.call(FILM), "POST", "/sync/collection", FILM_BODY, False),
    (Sync.remove_from_collection.call(FILM), "POST", "/sync/collection/remove", FILM_BODY, False),
    (Sync.add_ratings.call(RATED), "POST", "/sync/ratings", RATED_BODY, True),
    (Sync.remove_ratings.call(FILM), "POST", "/sync/ratings/remove", FILM_BODY, False),
    (Sync.add_to_watchlist.call(FILM), "POST", "/sync/watchlist", FILM_BODY, False),
    (Sync.remove_from_watchlist.call(FILM), "POST", "/sync/watchlist/remove", FILM_BODY, False),
    (Sync.reorder_watchlist.call([3, 1]), "POST", "/sync/watchlist/reorder", RANK, True),
    (Sync.update_watchlist.call(sort_by="added"), "PUT", "/sync/watchlist", {"sort_by": "added"}, True),
    (Sync.update_watchlist_item.call(3, notes="soon"), "PUT", "/sync/watchlist/3", {"notes": "soon"}, True),
    (Sync.add_to_favorites.call(FILM), "POST", "/sync/favorites", FILM_BODY, False),
    (Sync.remove_from_favorites.call(FILM), "POST", "/sync/favorites/remove", FILM_BODY, False),
    (Sync.reorder_favorites.call([3, 1]), "POST", "/sync/favorites/reorder", RANK, True),
    (Sync.update_favorites.call(description="Best"), "PUT", "/sync/favorites", {"description": "Best"}, True),
    (Sync.update_favorites_item.call(3, notes="again"), "PUT", "/sync/favorites/3", {"notes": "again"}, True),
    (Users.update_settings.call(name="Ann", private=True), "PUT", "/users/settings",
     {"user": {"name": "Ann", "private": True}}, True),
    (Users.update_settings.call(browsing={"locale": "de"}), "PUT", "/users/settings",
     {"browsing": {"locale": "de"}}, True),
    (Users.hide.call("dropped", SyncItems(shows=(HEAT,))), "POST", "/users/hidden/dropped",
     {"shows": [{"ids": {"tmdb": 949}}]}, False),
    (Users.hide.call("comments", SyncItems(users=(UserEntry(UserSlug("bob")),))), "POST", "/users/hidden/comments",
     {"users": [{"ids": {"slug": "bob"}}]}, False),
    (Users.unhide.call("calendar", FILM), "POST", "/users/hidden/calendar/remove", FILM_BODY, False),
    (Lists.create.call("Noir"), "POST", "/users/me/lists", {"name": "Noir", "privacy": "private"}, False),
    (Lists.create.call("Noir", description="Dark", privacy="public", allow_comments=False), "POST", "/users/me/lists",
     {"name": "Noir", "description": "Dark", "privacy": "public", "allow_comments": False}, False),
    (Lists.reorder.call([3, 1]), "POST", "/users/me/lists/reorder", RANK, True),
    (Lists.update.call("noir", name="Film noir"), "PUT", "/users/me/lists/noir", {"name": "Film noir"}, True),
    (Lists.delete.call(4), "DELETE", "/users/me/lists/4", None, False),
    (Lists.add.call(4, SyncItems(people=(Entry(ids=Ids(tmdb=380)),)), user="ann"), "POST", "/users/ann/lists/4/items",
     {"people": [{"ids": {"tmdb": 380}}]}, False),
    (Lists.remove.call(4, FILM), "POST", "/users/me/lists/4/items/remove", FILM_BODY, False),
    (Lists.reorder_items.call(4, [3, 1]), "POST", "/users/me/lists/4/items/reorder", RANK, True),
    (Lists.update_item.call(4, 9, notes="x"), "PUT", "/users/me/lists/4/items/9", {"notes": "x"}, True),
    (Shows.reset_progress.call(5), "POST", "/shows/5/progress/watched/reset", {}, False),
    (Shows.reset_progress.call(5, reset_at=MAY), "POST", "/shows/5/progress/watched/reset",
     {"reset_at": "2026-05-01T12:30:15.250Z"}, True),
    (Shows.undo_reset_progress.call(5), "DELETE", "/shows/5/progress/watched/reset", None, False),
]  # fmt: skip


@pytest.mark.parametrize(
    ("call", "method", "path", "body", "repeatable"), WRITES, ids=[f"{m} {p}" for _, m, p, _, _ in WRITES]
)
def test_a_write_sends(call: Call[Any], method: str, path: str, body: Any, repeatable: bool) -> None:
    request = call.request
    sent = None if request.body is None else msgspec.json.decode(request.body)
    assert (request.method, request.path, dict(request.query), sent) == (method, path, {}, body)
    assert (call.repeatable, call.bucket, call.needs_user) == (repeatable, "write", True)


def test_every_write_is_in_the_table() -> None:
    covered = {call.request.path for call, _, _, _, _ in WRITES}
    for group in (Scrobble, Checkin, Sync, Users, Lists, Shows):
        for name in dir(group):
            doc = getattr(getattr(group, name), "__doc__", None) or ""
            for method in ("POST", "PUT", "DELETE"):
                template = doc.partition(f"Source: {method} ")[2].strip()
                assert not template or any(_fits(path, template) for path in covered), f"{group.__name__}.{name}"


def _fits(path: str, template: str) -> bool:
    parts, wanted = path.split("/"), template.split("/")
    return len(parts) == len(wanted) and all(w.startswith("{") or p == w for p, w in zip(parts, wanted, strict=True))


def test_the_four_forms_of_what_is_watched() -> None:
    show = Entry(title="Dark", year=2017)
    forms = [
        (Subject(movie=HEAT), {"movie": {"ids": {"tmdb": 949}}}),
        (Subject(episode=EpisodeRef(ids=Ids(trakt=5))), {"episode": {"ids": {"trakt": 5}}}),
        (
            Subject(show=show, episode=EpisodeRef(season=1, number=2)),
            {"show": {"title": "Dark", "year": 2017}, "episode": {"season": 1, "number": 2}},
        ),
        (
            Subject(show=show, episode=EpisodeRef(number_abs=30)),
            {"show": {"title": "Dark", "year": 2017}, "episode": {"number_abs": 30}},
        ),
    ]
    for subject, body in forms:
        sent = Checkin.create.call(subject).request.body
        assert sent is not None
        assert msgspec.json.decode(sent) == body


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"show": HEAT},
        {"movie": HEAT, "show": HEAT},
        {"movie": HEAT, "episode": EpisodeRef(ids=Ids(trakt=1))},
        {"episode": EpisodeRef(season=1, number=2)},
        {"show": HEAT, "episode": EpisodeRef(season=1)},
        {"episode": EpisodeRef(ids=Ids())},
    ],
)
def test_nothing_else_can_be_watched(fields: dict[str, Any]) -> None:
    with pytest.raises(Invalid, match="only a film, or one episode"):
        Subject(**fields)


@pytest.mark.parametrize("progress", [-0.1, 100.1, float("nan"), float("inf"), "50", None, True])
def test_progress_is_a_percentage(progress: Any) -> None:
    with pytest.raises(Invalid, match="percentage"):
        Scrobble.stop.call(SEEN, progress)


def test_an_empty_batch_is_refused() -> None:
    for call in (Sync.add_to_history.call, Sync.remove_from_watchlist.call, Sync.add_to_collection.call):
        with pytest.raises(Invalid, match="nothing to send"):
            call(SyncItems())
    with pytest.raises(Invalid, match="nothing to reorder"):
        Sync.reorder_watchlist.call([])


def test_a_change_of_nothing_is_refused() -> None:
    for call in (Sync.update_watchlist.call, Users.update_settings.call):
        with pytest.raises(Invalid, match="nothing changes"):
            call()
    with pytest.raises(Invalid, match="nothing changes"):
        Lists.update.call(4)


def test_ratings_need_a_rating_where_they_apply() -> None:
    rated = EpisodeEntry(number=2, rating=8)
    Sync.add_ratings.call(
        SyncItems(shows=(Entry(ids=Ids(trakt=1), seasons=(SeasonEntry(number=1, episodes=(rated,)),)),))
    )
    with pytest.raises(Invalid, match="no rating"):
        Sync.add_ratings.call(FILM)
    with pytest.raises(Invalid, match="no rating"):
        Sync.add_ratings.call(SyncItems(shows=(Entry(ids=Ids(trakt=1), seasons=(SeasonEntry(number=1),)),)))


@pytest.mark.parametrize("rating", [0, 11, -1, 7.5, True, "8"])
def test_a_rating_is_from_one_to_ten(rating: Any) -> None:
    with pytest.raises(Invalid, match="1 to 10"):
        Entry(ids=Ids(trakt=1), rating=rating)


@pytest.mark.parametrize("ids", [None, Ids(), Ids(imdb="", slug=""), Ids(plex=PlexIds("guid"))])
def test_a_title_needs_something_to_be_found_by(ids: Ids | None) -> None:
    with pytest.raises(Invalid, match="which title"):
        Entry(ids=ids)
    assert Entry(ids=ids, title="Heat").ids is None


@pytest.mark.parametrize(
    ("at", "text"),
    [
        (MAY, "2026-05-01T12:30:15.250Z"),
        ("2026-05-01T14:30:15+02:00", "2026-05-01T12:30:15.000Z"),
        ("2026-05-01T12:30Z", "2026-05-01T12:30:00.000Z"),
        ("released", "released"),
        ("unknown", "unknown"),
    ],
)
def test_instants_are_sent_as_trakt_writes_them(at: Any, text: str) -> None:
    assert Entry(ids=Ids(trakt=1), watched_at=at).watched_at == text


@pytest.mark.parametrize("at", [datetime(2026, 1, 1), "2026-01-01", "2026-01-01T10:00:00", "yesterday", "", 1767225600])
def test_a_time_without_a_zone_is_refused(at: Any) -> None:
    with pytest.raises(Invalid):
        Entry(ids=Ids(trakt=1), watched_at=at)


# --- no null, whatever is given

texts = st.none() | st.text(min_size=1, max_size=5)
numbers = st.none() | st.integers(1, 10**9)
plex_ids = st.sampled_from([None, PlexIds(), PlexIds("guid")])
known_ids = st.builds(
    Ids, trakt=st.integers(1, 10**12), slug=st.none() | st.text(max_size=5),
    imdb=st.sampled_from([None, "", "tt0113277"]), tmdb=numbers, tvdb=numbers, plex=plex_ids,
)  # fmt: skip
whens = st.none() | st.datetimes(timezones=st.just(UTC)) | st.sampled_from(["released", "unknown"])
marks: dict[str, Any] = {
    "watched_at": whens, "collected_at": whens, "rated_at": whens, "hidden_at": whens, "media_type": texts,
    "resolution": texts, "hdr": texts, "audio": texts, "audio_channels": texts, "is_3d": st.none() | st.booleans(),
    "rating": st.none() | st.integers(1, 10), "notes": texts,
}  # fmt: skip
episode_entries = st.builds(EpisodeEntry, number=st.integers(0, 50), **marks)
season_entries = st.builds(
    SeasonEntry, number=st.integers(0, 9), episodes=st.lists(episode_entries, max_size=2).map(tuple), **marks
)
entries = st.builds(
    Entry, ids=known_ids, title=texts, year=st.none() | st.integers(1900, 2030), name=texts,
    seasons=st.lists(season_entries, max_size=2).map(tuple), **marks,
)  # fmt: skip
arrays = st.lists(entries, max_size=2).map(tuple)
batches = st.builds(
    SyncItems, movies=arrays, shows=arrays, seasons=arrays, episodes=arrays, people=arrays,
    ids=st.lists(st.integers(1, 2**62), max_size=2).map(tuple),
).filter(lambda items: len(items) > 0)  # fmt: skip


def has_null_or_empty(value: Any) -> bool:
    match value:
        case None:
            return True
        case dict():
            return any(v in ([], {}) or has_null_or_empty(v) for v in value.values())
        case list():
            return any(map(has_null_or_empty, value))
    return False


@given(batches)
def test_a_batch_never_sends_null_or_an_empty_array(items: SyncItems) -> None:
    body = Sync.add_to_history.call(items).request.body
    assert body is not None
    sent = msgspec.json.decode(body)
    assert not has_null_or_empty(sent)
    assert sum(len(array) for array in sent.values()) == len(items)


@given(
    sharing=st.none() | st.builds(Sharing, twitter=st.none() | st.booleans(), tumblr=st.none() | st.booleans()),
    message=texts,
    movie=entries,
)
def test_a_check_in_never_sends_null(sharing: Sharing | None, message: str | None, movie: Entry) -> None:
    body = Checkin.create.call(Subject(movie=movie), message=message, sharing=sharing).request.body
    assert body is not None
    sent = msgspec.json.decode(body)
    sent.pop("sharing", None) if sharing == Sharing() else None
    assert not has_null_or_empty(sent)


@given(st.dictionaries(st.sampled_from(["name", "description", "sort_by"]), texts))
def test_a_change_never_sends_null(values: dict[str, str | None]) -> None:
    changes: dict[str, Any] = {**values, "privacy": "public"}
    body = Lists.update.call(4, **changes).request.body
    assert body is not None
    assert not has_null_or_empty(msgspec.json.decode(body))
