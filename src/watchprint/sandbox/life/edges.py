"""The odd viewings of a life: those on which date arithmetic and counting go wrong. Each is planted on purpose.

They are played with titles of their own, so that they disturb no show that is followed, on days that the
ordinary life leaves free. All clock changes come from the zone's own rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from watchprint.sandbox.catalogue import Catalogue
from watchprint.sandbox.catalogue.titles import Episode, Movie, Show
from watchprint.sandbox.life.record import Viewing, runtime_of
from watchprint.sandbox.life.steady import regular_episodes
from watchprint.sandbox.state import UNKNOWN

FEW_EPISODES, MANY_EPISODES = 12, 40
"""A show for single edges and small bulk marks has at least the first and at most the second."""
DAY_AND_MORE_MIN = 25 * 60
"""A bulk mark over a day holds at least so much running time [min]."""


@dataclass(slots=True)
class Cast:
    """Titles that only the edges use."""

    single: Show
    """Short episodes, all aired before the life began: one edge after another."""
    marked: Show
    """Six of its episodes are marked as seen in one minute."""
    whole: Show
    """More than a day of running time, marked as seen in one minute."""
    undated: Show
    """Its first season was seen at an unknown time."""
    films: list[Movie]
    special: Episode | None
    """An episode of season 0."""

    def titles(self) -> list[Movie | Show]:
        """All that must be left to the edges."""
        return [self.single, self.marked, self.whole, self.undated, *self.films]


class Edge(NamedTuple):
    """A planted viewing and why it is there."""

    viewing: Viewing
    why: str


def cast(catalogue: Catalogue, first_on: date) -> Cast | None:
    """Titles fit for the edges, the least known first; None if the catalogue has too few."""
    before = datetime.combine(first_on, time(), UTC)
    lasting = {id(s): episodes for s in catalogue.shows.values() if (episodes := regular_episodes(s))}
    done = [
        s
        for s in sorted(catalogue.shows.values(), key=lambda s: (s.votes, s.trakt))
        if id(s) in lasting and _last_aired(lasting[id(s)]) < before
    ]
    short = [s for s in done if FEW_EPISODES <= len(lasting[id(s)]) <= MANY_EPISODES]
    short.sort(key=lambda s: runtime_of(lasting[id(s)][0]))
    long = [s for s in done if s not in short[:3] and _minutes(lasting[id(s)]) >= DAY_AND_MORE_MIN]
    films = [m for m in catalogue.movies.values() if m.released is not None and m.released < first_on]
    films = sorted((m for m in films if m.runtime_min), key=lambda m: (m.votes, m.trakt))[:8]
    if len(short) < 3 or not long or len(films) < 8:
        return None
    specials = (s.seasons[0].episodes for s in catalogue.shows.values() if s.seasons and not s.seasons[0].number)
    special = next((e for es in specials for e in es if e.first_aired and e.first_aired < before), None)
    return Cast(short[0], short[1], min(long, key=lambda s: len(lasting[id(s)])), short[2], films, special)


def _last_aired(episodes: list[Episode]) -> datetime:
    return max(e.first_aired for e in episodes if e.first_aired)


def _minutes(episodes: list[Episode]) -> int:
    return sum(runtime_of(e) for e in episodes)


def clock_changes(zone: ZoneInfo, year: int) -> tuple[datetime | None, datetime | None]:
    """The instants (UTC) at which the zone's clocks go forward and back in a year; None if they do not."""
    forward = back = None
    hour, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    step = timedelta(days=1)
    while hour < end:
        change = _offset(zone, hour + step) - _offset(zone, hour)
        if change:
            at = next(h for h in (hour + timedelta(hours=i) for i in range(1, 25)) if _moved(zone, hour, h))
            forward, back = (at, back) if change > timedelta() else (forward, at)
        hour += step
    return forward, back


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()


def _moved(zone: ZoneInfo, since: datetime, at: datetime) -> bool:
    return _offset(zone, since) != _offset(zone, at)


def planted(parts: Cast, zone: ZoneInfo, first_on: date, last_on: date) -> list[Edge]:
    """All edges of a life, oldest first; a life without whole years has only the undated ones."""
    years = list(range(first_on.year + 1, last_on.year))
    dated = list(_dated(parts, zone, years)) if len(years) >= 3 else []
    return [*_undated(parts), *sorted(dated, key=lambda edge: edge.viewing.at)]


def busy_days(edges: list[Edge], zone: ZoneInfo) -> set[date]:
    """Local days around the dated edges, on which nothing else is seen."""
    days = {e.viewing.at.astimezone(zone).date() for e in edges if e.viewing.at != UNKNOWN}
    return {day + timedelta(days=n) for day in days for n in (-1, 0, 1)}


def _undated(parts: Cast) -> Iterator[Edge]:
    season = parts.undated.seasons[0] if parts.undated.seasons[0].number else parts.undated.seasons[1]
    titles: list[Movie | Episode] = [*parts.films[:5], *season.episodes]
    for title in titles:
        yield Edge(Viewing(UNKNOWN, title, "watch"), "no date")


def _dated(parts: Cast, zone: ZoneInfo, years: list[int]) -> Iterator[Edge]:
    nights = sorted(_nights(zone, years))
    for (at, why), episode in zip(nights, regular_episodes(parts.single), strict=False):
        yield Edge(Viewing(at, episode), why)
    yield from _marks(parts, zone, years)
    yield from _films(parts, zone, years)
    if parts.special is not None:
        yield Edge(Viewing(_local(zone, years[1], 12, 27, 20, 15), parts.special, "watch"), "special")


def _nights(zone: ZoneInfo, years: list[int]) -> Iterator[tuple[datetime, str]]:
    def year(n: int) -> int:
        return years[n % len(years)]

    _, back = clock_changes(zone, year(-2))
    forward, _ = clock_changes(zone, year(-3))
    if back is not None:
        yield back - timedelta(minutes=30), "the hour that comes twice, first time"
        yield back + timedelta(minutes=30), "the hour that comes twice, second time"
    if forward is not None:
        yield forward + timedelta(minutes=5), "just after the hour that is left out"
    yield _local(zone, year(2), 12, 31, 23, 59), "last minute of the local year"
    yield _local(zone, year(4), 1, 1, 0, 1), "first minute of the local year"
    yield _local(zone, year(3), 5, 12, 3, 59), "last minute before 04:00"
    yield _local(zone, year(3), 6, 16, 4, 0), "04:00 sharp"
    leap = [y for y in years if y % 4 == 0 and (y % 100 or y % 400 == 0)]
    if leap:
        yield _local(zone, leap[-1], 2, 29, 23, 58), "leap day"


def _marks(parts: Cast, zone: ZoneInfo, years: list[int]) -> Iterator[Edge]:
    at = _local(zone, years[0], 5, 13, 14, 0)
    for episode in regular_episodes(parts.marked)[:6]:
        yield Edge(Viewing(at, episode, "watch"), "six marked in one minute")
    at = _local(zone, years[5 % len(years)], 10, 8, 11, 30)
    for episode in regular_episodes(parts.whole):
        yield Edge(Viewing(at, episode, "watch"), "more than a day marked in one minute")


def _films(parts: Cast, zone: ZoneInfo, years: list[int]) -> Iterator[Edge]:
    doubled, twice, _ = parts.films[5:8]
    year = years[-1]
    yield Edge(Viewing(_local(zone, year, 3, 11, 21, 14), doubled, "scrobble"), "counted twice")
    yield Edge(Viewing(_local(zone, year, 3, 11, 21, 15), doubled, "checkin"), "counted twice")
    yield Edge(Viewing(_local(zone, year, 11, 19, 15, 20), twice), "seen twice on one day")
    yield Edge(Viewing(_local(zone, year, 11, 19, 22, 40), twice), "seen twice on one day")


def _local(zone: ZoneInfo, year: int, month: int, day: int, hour: int, minute: int) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=zone).astimezone(UTC)
