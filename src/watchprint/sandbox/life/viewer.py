"""A viewer who follows shows: starts them, keeps up, waits for new episodes, drops some, sees favourites again.

Episodes of a show are seen in order, each only once it has aired, and never two things at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random

from watchprint.sandbox.catalogue import Catalogue
from watchprint.sandbox.catalogue.titles import Episode, Movie, Show
from watchprint.sandbox.life.evenings import Evening
from watchprint.sandbox.life.record import Viewing, length_of
from watchprint.sandbox.life.steady import regular_episodes
from watchprint.sandbox.life.taste import ERAS, Palette, era_at

SHOWS_AT_ONCE = 3
REWATCH_AFTER = timedelta(days=240)
FRESH_DAYS = 420
"""A film is fresh for so long after its release."""
DISLIKED, TIRING, LIKED = 0.14, 0.007, 0.0015
"""Chances that a show is dropped after an episode: one that disappoints, a long one, any other."""
LONG = 140
UNWATCHABLE = frozenset({"talk-show", "news", "game-show", "sporting-event"})


@dataclass(slots=True)
class Run:
    """A show on its way: the episodes, the next one's place, and the chance that it is dropped after one."""

    show: Show
    episodes: list[Episode]
    drop: float
    at: int = 0
    again: bool = False

    def upcoming(self) -> Episode | None:
        """The next episode; None at the end."""
        return self.episodes[self.at] if self.at < len(self.episodes) else None


class Viewer:
    """Somebody with a taste, from a first to a last day.

    Args:
        catalogue: What there is.
        rng: The dice.
        first_on: First day of the life.
        last_on: Last day of the life.
        reserved: Titles that this life leaves alone.
    """

    def __init__(
        self, catalogue: Catalogue, rng: Random, first_on: date, last_on: date, reserved: Iterable[Movie | Show]
    ) -> None:
        self._rng = rng
        self._first_on = first_on
        self._days = max(1, (last_on - first_on).days)
        self._busy_until = datetime(1970, 1, 1, tzinfo=UTC)
        taken = {id(title) for title in reserved}
        shows = [s for s in catalogue.shows.values() if id(s) not in taken and not UNWATCHABLE & {*s.genres}]
        films = [m for m in catalogue.movies.values() if id(m) not in taken and m.released is not None]
        self._shows = [Palette(shows, era) for era in ERAS]
        self._films = [Palette(films, era) for era in ERAS]
        self._era = 0
        self._started: set[int] = set()
        self.active: list[Run] = []
        self.waiting: list[Run] = []
        self.dropped: list[tuple[Show, datetime]] = []
        self._whole: list[Run] = []
        self._finished: dict[int, datetime] = {}
        self.seen_films: dict[int, list[datetime]] = {}
        self._loved: list[Movie] = []
        self.viewings: list[Viewing] = []

    def sit(self, evening: Evening) -> None:
        """Spend a sitting: what is seen is added to `viewings`."""
        at = max(evening.start, self._busy_until + timedelta(minutes=self._rng.randint(2, 20)))
        end = evening.start + timedelta(minutes=evening.budget_min)
        self._era = era_at((at.date() - self._first_on).days / self._days)
        if evening.film:
            at = self._see_film(at)
        run = self._choose(at)
        left = 1_000 if evening.binge else self._rng.choice((1, 1, 2, 2, 3))
        while run is not None and at + length_of(run.episodes[run.at]) <= end:
            at = self._see_next(run, at)
            left -= 1
            run = run if left and self._ready(run, at) else self._choose(at)
            left = left or self._rng.choice((1, 1, 2))

    def _see(self, title: Movie | Episode, start: datetime) -> datetime:
        end = start + length_of(title)
        draw = self._rng.random()
        action = "scrobble" if draw < 0.8 else "watch" if draw < 0.92 else "checkin"
        self.viewings.append(Viewing(end, title, action))
        self._busy_until = end
        return end

    def _see_next(self, run: Run, at: datetime) -> datetime:
        end = self._see(run.episodes[run.at], at)
        run.at += 1
        if run.at == len(run.episodes):
            self.active.remove(run)
            self._finished[id(run.show)] = end
            if not run.again:
                self._whole.append(run)
        elif self._rng.random() < run.drop:
            self.active.remove(run)
            if not run.again:
                self.dropped.append((run.show, end))
        return end + timedelta(minutes=self._rng.choice((0, 1, 1, 2, 4, 9)))

    def _ready(self, run: Run, at: datetime) -> bool:
        """Whether the run goes on now; one whose next episode has not aired moves to the waiting ones."""
        if run not in self.active:
            return False
        if _aired(run.upcoming(), at):
            return True
        self.active.remove(run)
        self.waiting.append(run)
        return False

    def _choose(self, at: datetime) -> Run | None:
        self.active = [run for run in tuple(self.active) if self._ready(run, at)]
        back = [run for run in self.waiting if _aired(run.upcoming(), at)]
        self.waiting = [run for run in self.waiting if run not in back]
        self.active = back + self.active
        while len(self.active) < SHOWS_AT_ONCE:
            run = self._start(at)
            if run is None:
                break
            self.active.append(run)
        if not self.active:
            return None
        return self._rng.choice(self.active[:2] if self._rng.random() < 0.75 else self.active)

    def _start(self, at: datetime) -> Run | None:
        if self._rng.random() < 0.1:
            again = self._rewatch(at)
            if again is not None:
                return again
        show = self._shows[self._era].pick(self._rng, lambda s: self._new(s, at))
        if show is None:
            return self._rewatch(at)
        self._started.add(id(show))
        episodes = regular_episodes(show)
        drop = DISLIKED if self._rng.random() < 0.14 else TIRING if len(episodes) > LONG else LIKED
        return Run(show, episodes, drop)

    def _new(self, show: Show, at: datetime) -> bool:
        if id(show) in self._started:
            return False
        first = next((e for s in show.seasons if s.number for e in s.episodes), None)
        return _aired(first, at)

    def _rewatch(self, at: datetime) -> Run | None:
        old = [run for run in self._whole if self._finished[id(run.show)] + REWATCH_AFTER < at]
        going = {id(run.show) for run in [*self.active, *self.waiting]}
        old = [run for run in old if id(run.show) not in going]
        if not old:
            return None
        run = self._rng.choice(old)
        season = run.episodes[self._rng.randrange(len(run.episodes))].season
        episodes = [e for e in run.episodes if e.season is season]
        return Run(run.show, episodes, 0.02, again=True)

    def _see_film(self, at: datetime) -> datetime:
        film = self._film(at)
        if film is None:
            return at
        end = self._see(film, at)
        times = self.seen_films.setdefault(id(film), [])
        if not times and self._rng.random() < 0.12:
            self._loved.append(film)
        times.append(end)
        return end + timedelta(minutes=self._rng.randint(3, 20))

    def _film(self, at: datetime) -> Movie | None:
        loved = [m for m in self._loved if self.seen_films[id(m)][-1] + REWATCH_AFTER < at]
        if loved and self._rng.random() < 0.1:
            return self._rng.choice(loved)
        fresh = self._rng.random() < 0.3
        palette = self._films[self._era]
        film = palette.pick(self._rng, lambda m: self._unseen(m, at.date(), fresh=fresh))
        if film is None and fresh:
            film = palette.pick(self._rng, lambda m: self._unseen(m, at.date(), fresh=False))
        return film

    def _unseen(self, film: Movie, day_on: date, *, fresh: bool) -> bool:
        if film.released is None or film.released >= day_on or id(film) in self.seen_films:
            return False
        return not fresh or (day_on - film.released).days < FRESH_DAYS


def _aired(episode: Episode | None, at: datetime) -> bool:
    return episode is not None and episode.first_aired is not None and episode.first_aired <= at
