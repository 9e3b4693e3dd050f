"""What the service's methods give, for both faces, with the token and without it. Read by the checkers, never run."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from typing import assert_type

from watchprint import (
    UNKNOWN,
    AsyncPages,
    AsyncTraktService,
    Checkin,
    Episode,
    Favorited,
    FileTokens,
    Found,
    Item,
    List,
    ListedItem,
    Movie,
    OwnedItem,
    Pages,
    Person,
    Place,
    Play,
    Rated,
    Removed,
    Scrobble,
    Seen,
    Show,
    TokenSource,
    Trakt,
    TraktService,
    Unfavorited,
    UserStats,
    Watching,
    Written,
)


def blocking(service: TraktService, token: str, film: Movie, episode: Episode, show: Show, at: datetime) -> None:
    assert_type(service.scrobble_start(token, film, 10), Scrobble)
    assert_type(service.scrobble_pause(token, episode, 10.5, sharing=["twitter"]), Scrobble)
    assert_type(service.scrobble_stop(token, film, progress=95), Scrobble)
    assert_type(service.checkin_movie(token, film, place=Place("Odeon"), share_place=True), Checkin)
    assert_type(service.checkin_episode(token, episode, message="again"), Checkin)
    assert_type(service.add_to_history(token, [film, Seen(episode, at)], at=UNKNOWN), Written)
    assert_type(service.remove_from_history(token, play_ids=[1]), Removed)
    assert_type(service.get_history(token, kind="movie", item=film, since=at, limit=5), Pages[Play])
    assert_type(iter(service.get_history(token)), Iterator[Play])
    assert_type(service.get_history(token).all(), list[Play])
    assert_type(service.add_to_collection(token, show), Written)
    assert_type(service.remove_from_collection(token, show), Removed)
    assert_type(service.get_collection(token, kind="show"), Pages[OwnedItem])
    assert_type(service.add_to_watchlist(token, show), Written)
    assert_type(service.remove_from_watchlist(token, show), Removed)
    assert_type(service.get_watchlist(token, sort="added/desc"), Pages[ListedItem])
    assert_type(service.create_list(token, "Noir", privacy="public"), List)
    assert_type(service.get_user_lists(token), Pages[List])
    assert_type(service.get_list_items(token, "noir", kind="person"), Pages[ListedItem])
    assert_type(service.add_to_list(token, "noir", [film, Person(tmdb=1)]), Written)
    assert_type(service.remove_from_list(token, 5, film), Removed)
    assert_type(service.add_to_favorites(token, [film, show]), Favorited)
    assert_type(service.remove_from_favorites(token, film), Unfavorited)
    assert_type(service.get_favorites(token, kind="show"), Pages[Rated])
    assert_type(service.get_user_stats(token), UserStats)
    assert_type(service.get_user_watching(token), Watching | None)
    assert_type(service.search(token, "heat", limit=3), Pages[Found])
    assert_type(service.trakt, Trakt)


def for_one_user(service: TraktService, source: TokenSource, film: Movie) -> None:
    user = service.as_user(source)
    assert_type(user.add_to_history(film), Written)
    assert_type(user.get_history(limit=1).first(), Play | None)
    assert_type(service.as_user(FileTokens("tokens.json")).get_user_stats(), UserStats)
    for play in user.get_history():
        assert_type(play.item, Item | None)


async def awaiting(service: AsyncTraktService, token: str, film: Movie, episode: Episode) -> None:
    assert_type(await service.scrobble_start(token, film, 10), Scrobble)
    assert_type(await service.checkin_episode(token, episode), Checkin)
    assert_type(await service.add_to_history(token, [film]), Written)
    assert_type(service.get_history(token, limit=5), AsyncPages[Play])
    assert_type(aiter(service.get_history(token)), AsyncIterator[Play])
    assert_type(await service.get_watchlist(token).all(), list[ListedItem])
    assert_type(await service.create_list(token, "Noir"), List)
    assert_type(await service.remove_from_favorites(token, film), Unfavorited)
    assert_type(await service.get_user_watching(token), Watching | None)
    user = service.as_user(token)
    assert_type(await user.add_to_history(film, at="released"), Written)
    async for row in user.get_collection():
        assert_type(row, OwnedItem)
    await service.delete_checkin(token)
    await service.delete_list(token, "noir")


def wrong(service: TraktService, film: Movie) -> None:
    """What the checkers refuse."""
    service.scrobble_start(film, 10)  # type: ignore[arg-type,call-arg]  # ty: ignore[missing-argument,invalid-argument-type]
    service.add_to_history("token", 949)  # type: ignore[arg-type]  # ty: ignore[invalid-argument-type]
    service.get_history("token", kind="movies")  # type: ignore[arg-type]  # ty: ignore[invalid-argument-type]
