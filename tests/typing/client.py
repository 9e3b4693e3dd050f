"""What the client's calls give, for both faces. Read by the checkers, never run."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import assert_type

from watchprint.trakt import AsyncPages, AsyncTrakt, DeviceCode, Pages, Subject, SyncItems, Tokens, TokenSource, Trakt
from watchprint.trakt.conversation.grants import DeviceAnswer
from watchprint.trakt.models.catalogue import Genre, SearchRow
from watchprint.trakt.models.collection import CollectedRow
from watchprint.trakt.models.history import HistoryRow
from watchprint.trakt.models.lists import ListItem, TraktList
from watchprint.trakt.models.playing import CheckedIn, PlaybackRow, Scrobbled, Watching
from watchprint.trakt.models.progress import ProgressRow, ShowProgress
from watchprint.trakt.models.ratings import RatingRow
from watchprint.trakt.models.stats import UserStats
from watchprint.trakt.models.titles import Episode, Movie, Season, Show
from watchprint.trakt.models.users import Activities, HiddenRow, Settings
from watchprint.trakt.models.watched import PlayTimes, ShowPlayTimes, WatchedShow
from watchprint.trakt.models.writes import Added, Removed, Reordered


def blocking(trakt: Trakt, items: SyncItems, subject: Subject, code: DeviceCode) -> None:
    assert_type(trakt.sync.last_activities(), Activities)
    assert_type(trakt.sync.history(kind="movies", limit=5), Pages[HistoryRow])
    assert_type(iter(trakt.sync.history()), Iterator[HistoryRow])
    assert_type(trakt.sync.history().all(), list[HistoryRow])
    assert_type(trakt.sync.history().first(), HistoryRow | None)
    assert_type(trakt.sync.playback("episodes"), Pages[PlaybackRow])
    assert_type(trakt.sync.collection("shows"), Pages[CollectedRow])
    assert_type(trakt.sync.watched_shows(extended="progress"), Pages[WatchedShow])
    assert_type(trakt.sync.watched_movies_map(), PlayTimes)
    assert_type(trakt.sync.watched_shows_map(specials=True), ShowPlayTimes)
    assert_type(trakt.sync.ratings(), Pages[RatingRow])
    assert_type(trakt.sync.watchlist(sort_by="added"), Pages[ListItem])
    assert_type(trakt.sync.up_next(), Pages[ProgressRow])
    assert_type(trakt.sync.add_to_history(items), Added)
    assert_type(trakt.sync.remove_from_history(items), Removed)
    assert_type(trakt.sync.reorder_favorites([1, 2]), Reordered)
    assert_type(trakt.scrobble.stop(subject, 95.0), Scrobbled)
    assert_type(trakt.checkin.create(subject), CheckedIn)
    assert_type(trakt.users.settings(), Settings)
    assert_type(trakt.users.stats("ann"), UserStats)
    assert_type(trakt.users.watching(), Watching | None)
    assert_type(trakt.users.history("ann"), Pages[HistoryRow])
    assert_type(trakt.users.hidden("dropped"), Pages[HiddenRow])
    assert_type(trakt.lists.of(), Pages[TraktList])
    assert_type(trakt.lists.create("Noir"), TraktList)
    assert_type(trakt.lists.items("noir"), Pages[ListItem])
    assert_type(trakt.search.by_id("tmdb", 949), Pages[SearchRow])
    assert_type(trakt.shows.seasons(1), list[Season])
    assert_type(trakt.shows.season(1, 2), list[Episode])
    assert_type(trakt.shows.next_episode(1), Episode | None)
    assert_type(trakt.shows.progress_watched(1), ShowProgress)
    assert_type(trakt.movies.summary(1), Movie)
    assert_type(trakt.lookups.genres(), list[Genre])
    assert_type(trakt.oauth.authorize_url(state="s", code_challenge="c"), str)
    assert_type(trakt.oauth.device_code(), DeviceCode)
    assert_type(trakt.oauth.device_token("c"), DeviceAnswer)
    assert_type(trakt.oauth.sign_in_by_device(code), Tokens)
    assert_type(trakt.as_user("token").shows.summary("dark"), Show)


async def awaiting(trakt: AsyncTrakt, items: SyncItems, subject: Subject, code: DeviceCode) -> None:
    assert_type(await trakt.sync.last_activities(), Activities)
    assert_type(trakt.sync.history(kind="movies", limit=5), AsyncPages[HistoryRow])
    assert_type(aiter(trakt.sync.history()), AsyncIterator[HistoryRow])
    assert_type(await trakt.sync.history().all(), list[HistoryRow])
    assert_type(await trakt.sync.history().first(), HistoryRow | None)
    assert_type(trakt.sync.collection("shows"), AsyncPages[CollectedRow])
    assert_type(await trakt.sync.watched_movies_map(), PlayTimes)
    assert_type(trakt.sync.ratings(), AsyncPages[RatingRow])
    assert_type(await trakt.sync.add_to_history(items), Added)
    assert_type(await trakt.scrobble.stop(subject, 95.0), Scrobbled)
    assert_type(await trakt.checkin.create(subject), CheckedIn)
    assert_type(await trakt.users.settings(), Settings)
    assert_type(await trakt.users.watching(), Watching | None)
    assert_type(trakt.lists.of(), AsyncPages[TraktList])
    assert_type(await trakt.lists.create("Noir"), TraktList)
    assert_type(trakt.search.text("heat"), AsyncPages[SearchRow])
    assert_type(await trakt.shows.seasons(1), list[Season])
    assert_type(await trakt.shows.next_episode(1), Episode | None)
    assert_type(trakt.oauth.authorize_url(state="s", code_challenge="c"), str)
    assert_type(await trakt.oauth.sign_in_by_device(code), Tokens)
    assert_type(await trakt.as_user("token").movies.summary(1), Movie)


def sources(source: TokenSource) -> None:
    assert_type(source.current(), Tokens)
    assert_type(Trakt("client-id", tokens=source).sync.last_activities(), Activities)
