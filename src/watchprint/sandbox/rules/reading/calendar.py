"""What airs and comes out in a span of days (trakt-api.md 16). Days are UTC days, as on Trakt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from watchprint.sandbox.catalogue.titles import Episode, Movie, Show
from watchprint.sandbox.kernel import World
from watchprint.sandbox.rules.keeping.hidden import hidden_ids
from watchprint.sandbox.rules.reading.index import viewed
from watchprint.sandbox.state import User

MOST_DAYS = 33


@dataclass(frozen=True, slots=True)
class Days:
    """A span of UTC days, both ends inclusive."""

    first: date
    last: date

    @classmethod
    def asked(cls, start: str | None, days: str | None, now: datetime) -> Days | None:
        """The span that a path says; today and 7 days where it says nothing; None when it says nonsense."""
        try:
            first = date.fromisoformat(start) if start else now.date()
            count = min(max(int(days), 1), MOST_DAYS) if days else 7
            return cls(first, first + timedelta(days=count - 1))
        except (ValueError, OverflowError):
            return None

    def holds(self, at: datetime | None) -> bool:
        """Whether the instant lies on one of these days."""
        return at is not None and self.first <= at.astimezone(UTC).date() <= self.last

    def headers(self) -> dict[str, str]:
        """The span as Trakt answers it."""
        return {"X-Start-Date": self.first.isoformat(), "X-End-Date": self.last.isoformat()}


def airing(world: World, user: User | None, days: Days, which: str) -> list[Episode]:
    """The episodes of these days, in order of airing.

    Args:
        world: Catalogue and clock.
        user: Only the shows that they watched or have on the watchlist, and watchlisted episodes, without
            dropped shows and those hidden in the calendar; None: all shows.
        days: The span.
        which: "" for all, or new, premieres, finales.
    """
    shows, singles = _mine(world, user)
    episodes = [
        episode
        for show in world.catalogue.shows.values()
        for episode in _of(show, days, which)
        if shows is None or show.trakt in shows or episode.trakt in singles
    ]
    return sorted(episodes, key=lambda e: (e.first_aired or datetime.min.replace(tzinfo=UTC), e.trakt))


def coming_out(world: World, user: User | None, days: Days) -> list[Movie]:
    """The films of these days in order of release; with a user, those on the watchlist or in the library."""
    mine: set[int] | None = None
    if user is not None:
        listed = user.watchlist.entries if user.watchlist else []
        mine = {entry.item.trakt for entry in listed if entry.item.type == "movie"}
        mine |= {row.item.trakt for row in user.collection if row.item.type == "movie"}
        mine -= hidden_ids(user, "movie", "calendar")
    films = [
        film
        for film in world.catalogue.movies.values()
        if film.released is not None
        and days.holds(datetime.combine(film.released, time(), UTC))
        and (mine is None or film.trakt in mine)
    ]
    return sorted(films, key=lambda film: (film.released or date.min, film.trakt))


def _mine(world: World, user: User | None) -> tuple[set[int] | None, set[int]]:
    if user is None:
        return None, set()
    listed = user.watchlist.entries if user.watchlist else []
    shows = set(viewed(user, world).by_show) | {e.item.trakt for e in listed if e.item.type == "show"}
    shows -= hidden_ids(user, "show", "calendar", "dropped")
    return shows, {e.item.trakt for e in listed if e.item.type == "episode"}


def _of(show: Show, days: Days, which: str) -> Iterator[Episode]:
    for season in show.seasons:
        for episode in season.episodes:
            first, last = episode is season.episodes[0], episode is season.episodes[-1]
            wanted = {
                "new": season.number == 1 and first,
                "premieres": season.number > 0 and first,
                "finales": season.number > 0 and last,
            }
            if days.holds(episode.first_aired) and wanted.get(which, True):
                yield episode
