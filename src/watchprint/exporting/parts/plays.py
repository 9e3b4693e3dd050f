"""Plays: one row a finished viewing, with everything that is known of it and of its title."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from watchprint.domain.zones import Zones
from watchprint.exchange.tables import Column, Row, Table
from watchprint.exporting.parts.named import NAMING
from watchprint.exporting.parts.part import Part, Snapshot
from watchprint.store.plays.values import KeptPlay
from watchprint.store.titles.titles import KeptTitle

AT_ONCE: Final = 2000
"""Plays in memory at a time."""

FACTS: Final[tuple[Column, ...]] = (
    Column("runtime_min", "integer", "its length [min]"),
    Column("show_runtime_min", "integer", "the usual length of an episode of its show [min]"),
    Column("genres", "texts", "its genres, else its show's, in Trakt's words"),
    Column("country", "text", "where it was made, else its show: two letters"),
    Column("language", "text", "its original language, else its show's: two letters"),
    Column("network", "text", "who first showed it, else its show"),
    Column("certification", "text", "for whom it is, else its show: PG-13, TV-MA, …"),
    Column("released_on", "day", "the day a movie came out"),
    Column("first_aired_at", "instant", "when an episode or a show was first shown (UTC)"),
    Column("community_rating", "real", "what everybody gives it, from 0 to 10"),
    Column("community_votes", "integer", "how many have voted"),
    Column("status", "text", "released, ended, returning series, …; else its show's"),
)
_COLUMNS: Final[tuple[Column, ...]] = (
    Column("play_id", "text", "our id of the play; it stays the same"),
    Column("trakt_play_id", "integer", "its id in Trakt's history; unknown where Trakt does not have it"),
    Column("watched_at", "instant", "when the viewing ended (UTC, to the minute); unknown: nobody knows the day"),
    Column("watched_local", "wall_clock", "what the person's clock showed then"),
    Column("zone", "text", "the time zone of that clock (IANA)"),
    Column("finished_at", "instant", "when this program saw it end (UTC)"),
    Column("action", "text", "how it came to Trakt: scrobble, checkin or watch"),
    Column("trakt_state", "text", "none, owed, sending, unsure, there, too_soon or refused"),
    Column("sources", "texts", "through which doors it came, each as door:name"),
    *NAMING,
    *FACTS,
    Column("place", "text", "where it was watched"),
    Column("place_kind", "text", "home, friends, cinema, travel or other"),
    Column("place_latitude", "real", "degrees north"),
    Column("place_longitude", "real", "degrees east"),
    Column("place_venue_id", "text", "what another service calls the place"),
)


def _count(snapshot: Snapshot) -> int:
    return snapshot.work.plays.count(snapshot.account.id)


def _rows(snapshot: Snapshot) -> Iterator[list[Row]]:
    clock = WallClock(snapshot.account.zones)
    for some in plays_of(snapshot):
        yield [_row(snapshot, play, clock) for play in some]


def plays_of(snapshot: Snapshot) -> Iterator[list[KeptPlay]]:
    """The plays of the period, the latest first, undated ones last; their titles are at hand."""
    since, until = snapshot.instants()
    for some in snapshot.work.plays.walk(snapshot.account.id, since=since, until=until, size=AT_ONCE):
        inside = some if snapshot.period.is_all else [play for play in some if snapshot.holds(play.watched_at)]
        snapshot.named.look_up(play.title_id for play in inside)
        yield inside


def _row(snapshot: Snapshot, play: KeptPlay, clock: WallClock) -> Row:
    title = snapshot.named.title(play.title_id)
    naming = snapshot.named.naming(play.title_id)
    if title is None and play.kind is not None:
        naming = (None, play.kind, *naming[2:])
    at = play.watched_at
    return (
        play.id, play.trakt_id, at, *clock.shows(at), play.finished_at, play.action, play.state,
        [f"{source.kind}:{source.key}" for source in play.sources],
        *naming, *facts_of(title, snapshot.named.show_of(title)), *_place(play),
    )  # fmt: skip


def facts_of(title: KeptTitle | None, show: KeptTitle | None) -> tuple[Any, ...]:
    """The values of the columns `FACTS`."""
    if title is None:
        return (None,) * len(FACTS)
    own, shows = title.facts, None if show is None else show.facts
    genres = own.genres or (() if shows is None else shows.genres)

    def either(name: str) -> Any:
        said = getattr(own, name)
        return said if said is not None or shows is None else getattr(shows, name)

    return (
        own.runtime_min, None if shows is None else shows.runtime_min, list(genres) if genres else None,
        either("country"), either("language"), either("network"), either("certification"), own.released_on,
        own.first_aired_at, own.rating, own.votes, either("status"),
    )  # fmt: skip


def _place(play: KeptPlay) -> tuple[Any, ...]:
    place = play.place
    if place is None:
        return (None,) * 5
    return (place.name, place.kind, place.latitude, place.longitude, place.venue_id)


class WallClock:
    """What a person's clock shows, and the name of its zone."""

    def __init__(self, zones: Zones) -> None:
        self._zones = zones
        only = len(zones.spans) == 1
        self._only = (zones.spans[0][1], ZoneInfo(zones.spans[0][1])) if only else None

    def shows(self, at: datetime | None) -> tuple[datetime | None, str | None]:
        """The wall clock (naive) and the zone; unknown stays unknown."""
        if at is None:
            return None, None
        if self._only is not None:
            return at.astimezone(self._only[1]).replace(tzinfo=None, fold=0), self._only[0]
        name = self._zones.name_at(at)
        return at.astimezone(ZoneInfo(name)).replace(tzinfo=None, fold=0), name


PLAYS: Final = Part(
    Table("plays", "one row a finished viewing, the latest first, those of unknown date last", _COLUMNS), _count, _rows
)
