"""What TraktService answers: frozen values, each with the `item` it speaks of and all ids that Trakt gave.

Rows keep what Trakt sent as `row` (runtime, genres, dates), so that nothing has to be asked twice. A row that Trakt
has lost the title of is kept: its `item` is None. Nothing here asks or writes anything.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from watchprint.trakt.facts import Place
from watchprint.trakt.items import Item
from watchprint.trakt.models.catalogue import SearchRow
from watchprint.trakt.models.collection import CollectedRow
from watchprint.trakt.models.history import HistoryRow
from watchprint.trakt.models.ids import ListIds
from watchprint.trakt.models.lists import ListItem, TraktList
from watchprint.trakt.models.playing import Watching as WatchingNow
from watchprint.trakt.models.ratings import RatingRow
from watchprint.trakt.models.stats import UserStats
from watchprint.trakt.models.titles import Episode, Movie, Show

Missing: TypeAlias = Item | int
"""What Trakt does not know: an item as it was handed in, or the id of a play."""


@dataclass(frozen=True, slots=True)
class Scrobble:
    """What Trakt made of a playback's progress.

    Attributes:
        action: "start"; "pause" (the position is saved); "scrobble" (a play is stored); "none": below 1 % there is
            nothing to save, so that nothing was sent.
        progress: The progress that counts [%].
        item: What is watched.
        play_id: The play's id in the history, if there is one.
        already: True if the play was there before; nothing was added.
        watched_at: When it was finished, if `already`: says whether it is this viewing or an earlier one.
        expires_at: From when on Trakt takes it as a new viewing, if `already`.
    """

    action: str
    progress: float
    item: Item
    play_id: int | None = None
    already: bool = False
    watched_at: datetime | None = None
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Checkin:
    """A check-in that runs.

    Attributes:
        id: Its id; the play will have it too.
        item: What is watched.
        becomes_play_at: When it turns into a play (UTC).
        shared_to: The networks that it went to.
        place: Where it happens, as it was handed in.
        not_connected: The networks that were asked for and that the user has not connected on Trakt.
    """

    id: int
    item: Item
    becomes_play_at: datetime
    shared_to: tuple[str, ...] = ()
    place: Place | None = None
    not_connected: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """What an addition did.

    Attributes:
        added: How many are new. History counts plays and the library its films and episodes, so that a show counts
            as its episodes; lists count entries.
        existing: How many were there before, by Trakt's count.
        skipped: How many plays were not sent because they are there at that minute (history only).
        not_found: Items that Trakt does not know, as they were handed in.
        updated: How many were there and have new facts (library only).
    """

    added: int = 0
    existing: int = 0
    skipped: int = 0
    not_found: tuple[Item, ...] = ()
    updated: int = 0


@dataclass(frozen=True, slots=True)
class Removed:
    """What a removal did.

    Attributes:
        deleted: How many are gone; history counts plays.
        not_found: What Trakt does not know: items as they were handed in, and ids of plays.
    """

    deleted: int = 0
    not_found: tuple[Missing, ...] = ()


@dataclass(frozen=True, slots=True)
class Favorited:
    """What making favourites did. A favourite is a rating of 10.

    Attributes:
        added: How many are favourites now and were not.
        existing: How many had a 10 before.
        replaced: Those among the added that had another rating, with the rating that is gone.
        not_found: Items that Trakt does not know, as they were handed in.
    """

    added: int = 0
    existing: int = 0
    replaced: tuple[tuple[Item, int], ...] = ()
    not_found: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfavorited(Removed):
    """What taking favourites back did: a removal that leaves other ratings alone.

    Attributes:
        deleted: How many ratings of 10 are gone.
        not_found: Items that Trakt does not know, as they were handed in.
        not_favorite: What is no favourite, with the rating that it has and keeps (None: it has none).
    """

    not_favorite: tuple[tuple[Item, int | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Play:
    """A finished viewing.

    Attributes:
        id: Its id in the history; what `remove_from_history(play_ids=…)` takes.
        watched_at: Its end, to the minute (UTC); None: nobody knows.
        action: How it came: "scrobble", "checkin" or "watch" (marked by hand).
        item: The film or episode; None: Trakt has lost it.
        row: What Trakt sent, with all facts about the title.
    """

    id: int
    watched_at: datetime | None
    action: str
    item: Item | None
    row: HistoryRow = field(repr=False, compare=False)

    @property
    def type(self) -> str:
        """movie or episode."""
        return self.row.type

    @property
    def movie(self) -> Movie | None:
        """The film's facts."""
        return self.row.movie

    @property
    def episode(self) -> Episode | None:
        """The episode's facts."""
        return self.row.episode

    @property
    def show(self) -> Show | None:
        """The show's facts."""
        return self.row.show


@dataclass(frozen=True, slots=True)
class OwnedItem:
    """Something in the library.

    Attributes:
        item: What is owned; None: Trakt has lost the title.
        at: Since when (UTC); of a show, when its newest episode came.
        updated_at: When its facts were last changed (UTC).
        media_type, resolution, hdr, audio, audio_channels, is_3d: What is known of the copy.
        row: What Trakt sent; a show's holds its `seasons`.
    """

    item: Item | None
    at: datetime | None
    updated_at: datetime | None
    media_type: str | None
    resolution: str | None
    hdr: str | None
    audio: str | None
    audio_channels: str | None
    is_3d: bool | None
    row: CollectedRow = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class ListedItem:
    """An entry of the watchlist or of a list.

    Attributes:
        item: What is listed; None: Trakt has lost the title.
        listed_at: Since when (UTC).
        notes: The words beside it.
        rank: Its place, from 1.
        id: The entry's own id.
        row: What Trakt sent.
    """

    item: Item | None
    listed_at: datetime | None
    notes: str | None
    rank: int | None
    id: int | None
    row: ListItem = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Rated:
    """A title with its rating from 1 to 10, and since when it has it (UTC)."""

    item: Item | None
    rating: int | None
    rated_at: datetime | None
    row: RatingRow = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class List:
    """A list of the user.

    Attributes:
        name: What it is called.
        ids: `trakt` and `slug`; either names it.
        description: What it is for.
        privacy: "private", "link", "friends" or "public".
        item_count: How many entries it has.
        created_at, updated_at: When it was made and last changed (UTC).
        row: What Trakt sent.
    """

    name: str
    ids: ListIds
    description: str | None
    privacy: str | None
    item_count: int | None
    created_at: datetime | None
    updated_at: datetime | None
    row: TraktList = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Watching:
    """What the user watches now.

    Attributes:
        item: The film or episode; None: Trakt has lost it.
        action: "scrobble" or "checkin".
        started_at, expires_at: Its beginning and its end (UTC).
        progress_pct: How much of it is over [0-100]; None where Trakt does not say when it began or ends.
        row: What Trakt sent.
    """

    item: Item | None
    action: str
    started_at: datetime | None
    expires_at: datetime | None
    progress_pct: float | None
    row: WatchingNow = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Found:
    """A hit of a search, best first; `score` is Trakt's own measure (None: it gave none)."""

    item: Item | None
    score: float | None
    row: SearchRow = field(repr=False, compare=False)


__all__ = [
    "Checkin",
    "Favorited",
    "Found",
    "List",
    "ListedItem",
    "Missing",
    "OwnedItem",
    "Play",
    "Rated",
    "Removed",
    "Scrobble",
    "Unfavorited",
    "UserStats",
    "Watching",
    "Written",
]
