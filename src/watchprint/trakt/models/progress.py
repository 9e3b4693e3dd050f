"""How far the user is: one show in detail, and the feeds of all shows.

Only aired episodes count; specials only where they were asked for. `completed` is of the current run (since
`reset_at`), not of all time.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from watchprint.trakt.models.titles import Episode, Season, Show


class ProgressStats(Struct, frozen=True, gc=False):
    """Plays and minutes, where they were asked for."""

    play_count: int | None = None
    minutes_watched: int | None = None
    minutes_left: int | None = None


class EpisodeProgress(Struct, frozen=True, gc=False):
    """One aired episode."""

    number: int | None = None
    completed: bool = False
    last_watched_at: datetime | None = None
    collected_at: datetime | None = None
    stats: ProgressStats | None = None


class SeasonProgress(Struct, frozen=True):
    """One season."""

    number: int | None = None
    title: str | None = None
    aired: int = 0
    completed: int = 0
    episodes: list[EpisodeProgress] = []
    stats: ProgressStats | None = None


class ShowProgress(Struct, frozen=True):
    """One show in detail, watched or collected (then `last_collected_at`, and no reset)."""

    aired: int = 0
    completed: int = 0
    last_watched_at: datetime | None = None
    last_collected_at: datetime | None = None
    reset_at: datetime | None = None
    seasons: list[SeasonProgress] = []
    hidden_seasons: list[Season] = []
    next_episode: Episode | None = None
    last_episode: Episode | None = None
    stats: ProgressStats | None = None


class ProgressSummary(Struct, frozen=True):
    """A show's progress in a feed."""

    aired: int = 0
    completed: int = 0
    last_watched_at: datetime | None = None
    reset_at: datetime | None = None
    next_episode: Episode | None = None
    last_episode: Episode | None = None
    stats: ProgressStats | None = None


class ProgressRow(Struct, frozen=True):
    """One show of a feed."""

    show: Show | None = None
    progress: ProgressSummary = ProgressSummary()


class ShowReset(Struct, frozen=True, gc=False):
    """From when on plays count for the current run."""

    reset_at: datetime | None = None
