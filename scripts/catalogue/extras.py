"""Titles and gaps that no table has but every client must stand: they exist for tests and are named so.

Ids: Trakt 95,100,000 upward for films, 95,200,000 upward for seasons, 95,300,000 upward for episodes; TMDB
ids of the films 95,100,000 upward.
"""

from __future__ import annotations

from datetime import datetime

from watchprint.sandbox.catalogue.rows import EPOCH, EpisodeRow, MovieRow, SeasonRow, ShowRow

FIRST_FILM, FIRST_SEASON, FIRST_EPISODE = 95_100_001, 95_200_001, 95_300_001
ANNOUNCED_AT = datetime(2099, 1, 6, 2, 0, tzinfo=EPOCH.tzinfo)
"""Long after any clock that a test sets."""
WEEK_MIN = 7 * 24 * 60
ANNOUNCED = {"Severance": 3, "Silo": 4}
"""Shows with a season to come, and its number."""
UNDATED = {"Silo"}
"""Of those, the ones whose last announced episode has no air date."""


def extra_movies() -> list[MovieRow]:
    """Films announced without a year, a date or a length."""
    names = ("Untitled Northern Project", "Untitled Heist Film", "Untitled Weltraum-Märchen")
    return [
        MovieRow(
            trakt=FIRST_FILM + i,
            slug="-".join(name.lower().replace("ä", "a").split()),
            title=name,
            year=None,
            imdb=None,
            tmdb=FIRST_FILM + i,
            released=None,
            runtime_min=None,
            genres=(),
            country=None,
            language=None,
            certification=None,
            rating=0.0,
            votes=0,
        )
        for i, name in enumerate(names)
    ]


def with_traps(show: ShowRow) -> ShowRow:
    """The show, with its announced season if it has one."""
    number = ANNOUNCED.get(show.title)
    if number is None:
        return show
    place = list(ANNOUNCED).index(show.title)
    count = sum(len(s.episodes) for s in show.seasons if s.number)
    start = int((ANNOUNCED_AT - EPOCH).total_seconds()) // 60
    episodes = [
        EpisodeRow(FIRST_EPISODE + 10 * place + i, i + 1, count + i + 1, start + i * WEEK_MIN, None) for i in range(4)
    ]
    if show.title in UNDATED:
        episodes[-1].aired_min = None
    show.seasons.append(SeasonRow(FIRST_SEASON + place, number, None, None, episodes))
    return show
