"""What requests say: titles by their ids, with what is to be stored of each. What is None is never sent.

    SyncItems(movies=(Entry(ids=Ids(tmdb=949), watched_at=datetime.now(UTC)),))
    Subject(show=Entry(ids=Ids(tmdb=1396)), episode=EpisodeRef(season=1, number=2))

Instants are aware datetimes, or text as Trakt takes it ("released", "unknown", an ISO time with its zone).
"""

from __future__ import annotations

from datetime import datetime
from typing import Final, TypeAlias

from msgspec import Struct, field
from msgspec.structs import force_setattr

from watchprint.trakt.errors import Invalid
from watchprint.trakt.models.ids import Ids
from watchprint.trakt.requests import utc_text

When: TypeAlias = datetime | str
WORDS: Final = frozenset({"released", "unknown"})
_INSTANTS: Final = ("watched_at", "collected_at", "rated_at", "hidden_at")


class _Marks(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What may be said of a title, by endpoint (history, collection, ratings, lists, hidden)."""

    watched_at: When | None = None
    collected_at: When | None = None
    media_type: str | None = None
    resolution: str | None = None
    hdr: str | None = None
    audio: str | None = None
    audio_channels: str | None = None
    is_3d: bool | None = field(name="3d", default=None)
    rating: int | None = None
    rated_at: When | None = None
    notes: str | None = None
    hidden_at: When | None = None

    def __post_init__(self) -> None:
        for name in _INSTANTS:
            value = getattr(self, name)
            if value is not None:
                force_setattr(self, name, instant_text(value))
        if self.rating is not None and (isinstance(self.rating, bool) or self.rating not in range(1, 11)):
            raise Invalid(f"a rating is a whole number from 1 to 10, not {self.rating!r}")


class EpisodeEntry(_Marks, frozen=True, omit_defaults=True, kw_only=True):
    """An episode of the season that it stands in."""

    number: int


class SeasonEntry(_Marks, frozen=True, omit_defaults=True, kw_only=True):
    """A season of the show that it stands in; without `episodes`, all of it."""

    number: int
    episodes: tuple[EpisodeEntry, ...] = ()


class Entry(_Marks, frozen=True, omit_defaults=True, kw_only=True):
    """A title (or a person): by ids, else by title and year. A show without `seasons` is the whole show.

    Raises:
        Invalid: Nothing says which title it is, or a time has no zone.
    """

    ids: Ids | None = None
    title: str | None = None
    year: int | None = None
    name: str | None = None
    seasons: tuple[SeasonEntry, ...] = ()

    def __post_init__(self) -> None:
        _Marks.__post_init__(self)
        force_setattr(self, "ids", _known(self.ids))
        if self.ids is None and not self.title and not self.name:
            raise Invalid("nothing says which title is meant: give an id, e.g. Ids(tmdb=949)")


class UserSlug(Struct, frozen=True):
    """How requests name a user."""

    slug: str


class UserEntry(Struct, frozen=True):
    """A user, to hide the comments of."""

    ids: UserSlug


class SyncItems(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The titles of one bulk write, at most 100. Each array is looked up among its own kind.

    Attributes:
        ids: Single plays, by history id (removal from history only).
        users: Users (hidden comments only).
    """

    movies: tuple[Entry, ...] = ()
    shows: tuple[Entry, ...] = ()
    seasons: tuple[Entry, ...] = ()
    episodes: tuple[Entry, ...] = ()
    people: tuple[Entry, ...] = ()
    users: tuple[UserEntry, ...] = ()
    ids: tuple[int, ...] = ()

    def __len__(self) -> int:
        """How many entries there are, a show with its seasons as one."""
        arrays = (self.movies, self.shows, self.seasons, self.episodes, self.people, self.users, self.ids)
        return sum(map(len, arrays))

    def entries(self) -> tuple[Entry, ...]:
        """The titles of all kinds."""
        return (*self.movies, *self.shows, *self.seasons, *self.episodes, *self.people)


class EpisodeRef(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One episode: by ids, or within a show by season and number, or by its absolute number (anime)."""

    ids: Ids | None = None
    season: int | None = None
    number: int | None = None
    number_abs: int | None = None

    def __post_init__(self) -> None:
        force_setattr(self, "ids", _known(self.ids))

    @property
    def within_show(self) -> bool:
        """Known by its place in a show."""
        return (self.season is not None and self.number is not None) or self.number_abs is not None


class Subject(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What is watched: a film, an episode by ids, or an episode by its place in a show.

    Raises:
        Invalid: It is none of these.
    """

    movie: Entry | None = None
    show: Entry | None = None
    episode: EpisodeRef | None = None

    def __post_init__(self) -> None:
        match (self.movie, self.show, self.episode):
            case (Entry(), None, None):
                return
            case (None, None, EpisodeRef(ids=Ids())):
                return
            case (None, Entry(), EpisodeRef() as episode) if episode.within_show:
                return
        raise Invalid("only a film, or one episode (by ids, or by show, season and number) can be watched")


def instant_text(at: When) -> str:
    """An instant as Trakt writes it.

    Raises:
        Invalid: It has no time zone, or the text is no instant.
    """
    if isinstance(at, str):
        if at in WORDS:
            return at
        try:
            at = datetime.fromisoformat(at)
        except ValueError:
            raise Invalid(f"{at!r} is no time: write 2026-01-31T20:15:00Z, released or unknown") from None
    if not isinstance(at, datetime):
        raise Invalid(f"a time is an aware datetime or ISO text, not {type(at).__name__}")
    return utc_text(at)


def _known(ids: Ids | None) -> Ids | None:
    """The ids if there is any that requests may carry."""
    if ids is None:
        return None
    known = Ids(ids.trakt, ids.slug or None, ids.imdb or None, ids.tmdb, ids.tvdb)
    return known if known != Ids() else None
