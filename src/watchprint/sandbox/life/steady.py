"""A steady life: a wanted number of viewings, evening after evening, without quirks. For users of tests.

Shows are seen in order and only when they were out; when everything was seen, it is seen again. Works in
whole minutes since 1970, so that 100,000 viewings take a fraction of a second.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from watchprint.sandbox.catalogue import Catalogue
from watchprint.sandbox.catalogue.titles import Episode, Movie, Show
from watchprint.sandbox.life.record import Viewing, runtime_of

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DAY_MIN = 24 * 60
LONGEST_YEARS = 14
"""How far back a steady life reaches; more plays make fuller days, and only then more years."""
FULLEST_DAY = 20
SETTLED_MIN = 7 * DAY_MIN
"""Nothing is seen in its first days, so that a life may be moved by a few."""
MOVIE_EVERY = 9
"""About one viewing in so many is a film."""
LATEST_MIN = 23 * 60 + 45
"""A day's last viewing ends by this local minute."""
GAP_MIN = 3


class NothingToWatch(Exception):
    """The catalogue has nothing that had been out when a play should have happened."""


@dataclass(slots=True)
class Reel:
    """A title, or the episodes of a show in order, and when it was out as a whole (minutes since 1970)."""

    out_min: int
    titles: list[Movie] | list[Episode]


def minute(at: datetime) -> int:
    """Whole minutes since 1970."""
    return int((at - EPOCH).total_seconds()) // 60


def movie_reels(catalogue: Catalogue) -> list[Reel]:
    """Films with a known date, oldest first."""
    dated = [m for m in catalogue.movies.values() if m.released is not None]
    reels = [Reel(minute(datetime.combine(m.released or date.min, time(), UTC)), [m]) for m in dated]
    return sorted(reels, key=lambda reel: reel.out_min)


def show_reels(catalogue: Catalogue) -> list[Reel]:
    """Shows' regular episodes with a known date, by the day on which the last of them was out."""
    reels = []
    for show in catalogue.shows.values():
        episodes = regular_episodes(show)
        if episodes:
            reels.append(Reel(max(minute(e.first_aired) for e in episodes if e.first_aired), episodes))
    return sorted(reels, key=lambda reel: reel.out_min)


def regular_episodes(show: Show) -> list[Episode]:
    """Episodes of numbered seasons up to the first without an air date, in order."""
    found: list[Episode] = []
    for season in show.seasons:
        for episode in season.episodes if season.number else ():
            if episode.first_aired is None:
                return found
            found.append(episode)
    return found


class Programme:
    """What comes next: a show to its end, then another, films between; never twice before all were seen."""

    def __init__(self, catalogue: Catalogue, rng: Random) -> None:
        self._rng = rng
        self._shows = show_reels(catalogue)
        self._movies = movie_reels(catalogue)
        self._shows_out = [reel.out_min for reel in self._shows]
        self._movies_out = [reel.out_min for reel in self._movies]
        self._seen: set[int] = set()
        self._running: Iterator[Episode] = iter(())

    def next(self, at_min: int) -> Movie | Episode:
        """The next thing to see at that minute.

        Raises:
            NothingToWatch: Nothing had been out.
        """
        if self._rng.random() * MOVIE_EVERY < 1:
            film = self._pick(self._movies, self._movies_out, at_min)
            if film is not None:
                return film.titles[0]
        episode = next(self._running, None)
        if episode is not None:
            return episode
        reel = self._pick(self._shows, self._shows_out, at_min) or self._pick(self._movies, self._movies_out, at_min)
        if reel is None:
            raise NothingToWatch(
                "Nothing in the catalogue had been out early enough for so many plays. "
                "Ask for fewer plays, or set the sandbox's clock to a later day."
            )
        first, *rest = reel.titles
        self._running = (e for e in rest if isinstance(e, Episode))
        return first

    def _pick(self, reels: list[Reel], out: list[int], at_min: int) -> Reel | None:
        count = bisect_right(out, at_min - SETTLED_MIN)
        if not count:
            return None
        for _ in range(8):
            reel = reels[self._rng.randrange(count)]
            if id(reel) not in self._seen:
                break
        self._seen.add(id(reel))
        return reel


def steady_viewings(catalogue: Catalogue, count: int, rng: Random, *, now: datetime, zone: ZoneInfo) -> list[Viewing]:
    """Exactly that many viewings, oldest first; they do not overlap, the last ends on the evening before now.

    Raises:
        NothingToWatch: The catalogue has nothing that had been out early enough.
    """
    programme = Programme(catalogue, rng)
    made: list[tuple[int, Movie | Episode]] = []
    free_min = 0
    yesterday_on = now.astimezone(zone).date() - timedelta(days=1)
    for day_on, wanted in _days(count, rng, yesterday_on):
        midnight_min = minute(datetime.combine(day_on, time(), zone).astimezone(UTC))
        titles = [programme.next(midnight_min) for _ in range(wanted)]
        at_min = max(free_min, midnight_min + _start_min(titles, rng))
        for title in titles:
            at_min += runtime_of(title)
            made.append((at_min, title))
            at_min += GAP_MIN
        free_min = at_min
    late_days = _days_late(made, yesterday_on, zone)
    return [Viewing(EPOCH + timedelta(days=-late_days, minutes=at), t, _action(rng)) for at, t in made]


def _days(count: int, rng: Random, last_on: date) -> list[tuple[date, int]]:
    """The days on which something is seen and how many, oldest first."""
    a_day = min(FULLEST_DAY, max(2, -(-count // (LONGEST_YEARS * 365))))
    left, day_on = count, last_on
    days: list[tuple[date, int]] = []
    while left > 0:
        wanted = min(left, rng.randint(a_day - 1, a_day + 1))
        days.append((day_on, wanted))
        left -= wanted
        day_on -= timedelta(days=1 if a_day > 4 else rng.choice((1, 1, 2, 3)))
    days.reverse()
    return days


def _start_min(titles: Sequence[Movie | Episode], rng: Random) -> int:
    """The local minute of the day at which the first of them begins, so that all end before midnight."""
    spare = LATEST_MIN - sum(runtime_of(t) + GAP_MIN for t in titles)
    return max(0, spare - rng.randrange(max(1, min(150, spare))))


def _days_late(made: list[tuple[int, Movie | Episode]], last_on: date, zone: ZoneInfo) -> int:
    """How many days too late the last viewing ends: long films on full days push the days after them."""
    if not made:
        return 0
    end_min = minute(datetime.combine(last_on, time(), zone).astimezone(UTC)) + LATEST_MIN
    return max(0, -(-(made[-1][0] - end_min) // DAY_MIN))


def _action(rng: Random) -> str:
    draw = rng.random()
    return "scrobble" if draw < 0.8 else "watch" if draw < 0.93 else "checkin"
