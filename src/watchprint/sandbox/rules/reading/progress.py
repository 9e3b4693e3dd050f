"""How far a user is in a show: aired, completed, what comes next (trakt-api.md 15).

Only aired episodes count; one of unknown air date never does. What counts as done is an argument: plays for
watched progress, the library for collected.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from watchprint.sandbox.catalogue.titles import Episode, Season, Show
from watchprint.sandbox.rules.instants import has_aired, runtime_min

Marks = Mapping[int, Sequence[datetime]]
"""Episode Trakt id to when it was done, newest first."""


@dataclass(frozen=True, slots=True)
class View:
    """How progress is looked at.

    Args:
        now: The clock (UTC).
        specials: Season 0 is shown.
        count_specials: Season 0, if shown, counts in the totals.
        by_activity: The last episode is the one done most recently, else the furthest.
        hidden: Seasons (Trakt ids) that are left out.
        since: Only what was done from then on completes an episode.
        lifetime: `stats` count everything, not only what was done since the reset.
    """

    now: datetime
    specials: bool = False
    count_specials: bool = True
    by_activity: bool = False
    hidden: frozenset[int] = frozenset()
    since: datetime | None = None
    lifetime: bool = False


@dataclass(slots=True)
class Tally:
    """Plays, minutes watched and minutes left of an episode, a season or a show."""

    play_count: int = 0
    minutes_watched: int = 0
    minutes_left: int = 0

    def add(self, other: Tally) -> None:
        """Count the other's too."""
        self.play_count += other.play_count
        self.minutes_watched += other.minutes_watched
        self.minutes_left += other.minutes_left


@dataclass(slots=True)
class EpisodeProgress:
    """One aired episode; `at` is when it was last done in this session, None if it is not completed."""

    episode: Episode
    at: datetime | None
    tally: Tally


@dataclass(slots=True)
class SeasonProgress:
    """One season with its aired episodes."""

    season: Season
    episodes: list[EpisodeProgress]

    @property
    def completed(self) -> int:
        """How many of its episodes are done."""
        return sum(one.at is not None for one in self.episodes)

    @property
    def tally(self) -> Tally:
        """Its episodes' counts together."""
        whole = Tally()
        for one in self.episodes:
            whole.add(one.tally)
        return whole


@dataclass(slots=True)
class Progress:
    """One show."""

    show: Show
    seasons: list[SeasonProgress] = field(default_factory=list)
    aired: int = 0
    completed: int = 0
    last_at: datetime | None = None
    last_episode: Episode | None = None
    next_episode: Episode | None = None
    tally: Tally = field(default_factory=Tally)


def progress(show: Show, marks: Marks, view: View) -> Progress:
    """How far the show is."""
    made = Progress(show)
    for season in _shown(show, view):
        episodes = [_episode(e, marks, view) for e in season.episodes if has_aired(e, view.now)]
        one = SeasonProgress(season, episodes)
        made.seasons.append(one)
        if season.number or view.count_specials:
            made.aired += len(episodes)
            made.completed += one.completed
            made.tally.add(one.tally)
    done_at = [marks[e.trakt][0] for season in show.seasons for e in season.episodes if marks.get(e.trakt)]
    made.last_at = max(done_at, default=None)
    made.last_episode = _last(made, view)
    made.next_episode = _next(show, made.last_episode, marks, view)
    return made


def _shown(show: Show, view: View) -> Iterator[Season]:
    for season in show.seasons:
        if (season.number or view.specials) and season.trakt not in view.hidden:
            yield season


def _done(episode: Episode, marks: Marks, view: View) -> datetime | None:
    """When the episode was last done in this session."""
    times = marks.get(episode.trakt)
    if not times or (view.since is not None and times[0] < view.since):
        return None
    return times[0]


def _episode(episode: Episode, marks: Marks, view: View) -> EpisodeProgress:
    at = _done(episode, marks, view)
    times = marks.get(episode.trakt, ())
    if view.since is not None and not view.lifetime:
        times = [time for time in times if time >= view.since]
    runtime = runtime_min(episode) or 0
    return EpisodeProgress(episode, at, Tally(len(times), len(times) * runtime, 0 if at else runtime))


def _last(made: Progress, view: View) -> Episode | None:
    done = [(one.at, one.episode) for s in made.seasons for one in s.episodes if one.at is not None]
    if not done:
        return None
    if view.by_activity:
        return max(done, key=lambda pair: (pair[0], _order(pair[1])))[1]
    return max(done, key=lambda pair: _order(pair[1]))[1]


def _next(show: Show, last: Episode | None, marks: Marks, view: View) -> Episode | None:
    """The first episode after the last one that is not done, aired or announced with a date."""
    for season in sorted(_shown(show, view), key=lambda s: s.number):
        for episode in sorted(season.episodes, key=lambda e: e.number):
            if last is not None and _order(episode) <= _order(last):
                continue
            if episode.first_aired is not None and _done(episode, marks, view) is None:
                return episode
    return None


def _order(episode: Episode) -> tuple[int, int]:
    return episode.season.number, episode.number
