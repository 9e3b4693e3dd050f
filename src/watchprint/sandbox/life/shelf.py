"""The library of somebody who likes discs: films, some shows whole, and newer things as files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from random import Random

from watchprint.sandbox.catalogue.titles import Episode, Movie, Show
from watchprint.sandbox.life.record import item_of
from watchprint.sandbox.life.shortlists import time_between
from watchprint.sandbox.state import Collected

MOST_DISCS = 70
"""Physical copies; a free account may hold 100."""
MOST_FILMS, MOST_EPISODES = 190, 320
ON_SALE_AFTER = timedelta(days=120)
Metadata = dict[str, str | bool | None]

DISC: Metadata = {
    "media_type": "bluray",
    "resolution": "hd_1080p",
    "hdr": None,
    "audio": "dts_ma",
    "audio_channels": "5.1",
    "3d": False,
}
FILES: tuple[Metadata | None, ...] = (
    {
        "media_type": "digital",
        "resolution": "uhd_4k",
        "hdr": "dolby_vision",
        "audio": "dolby_atmos",
        "audio_channels": "7.1.4",
        "3d": False,
    },
    {
        "media_type": "digital",
        "resolution": "hd_1080p",
        "hdr": None,
        "audio": "aac",
        "audio_channels": "2.0",
        "3d": False,
    },
    {"media_type": "digital", "resolution": "hd_720p", "hdr": None, "audio": None, "audio_channels": None, "3d": None},
    None,
)


def library(
    rng: Random, films: Sequence[Movie], shows: Sequence[Show], since: datetime, now: datetime
) -> list[Collected]:
    """Owned films and episodes, oldest first.

    Args:
        rng: The dice.
        films: Films to choose from, the dearest first.
        shows: Shows to own whole, the dearest first.
        since: When the collecting began.
        now: The sandbox's clock.
    """
    made = []
    for number, film in enumerate(films[:MOST_FILMS]):
        out_at = datetime.combine(film.released or since.date(), time(), UTC) + ON_SALE_AFTER
        at = time_between(rng, max(since, min(out_at, now)), now)
        data = DISC if number < MOST_DISCS - 10 else rng.choice(FILES)
        made.append(_owned(film, at, data))
    for number, episodes in enumerate(_whole_shows(shows)):
        first_aired = min((e.first_aired for e in episodes if e.first_aired), default=since)
        at = max(time_between(rng, since, now), min(first_aired + ON_SALE_AFTER, now))
        data = DISC if number == 0 and len(episodes) <= 10 else rng.choice(FILES)
        made.extend(_owned(e, at, data) for e in episodes if e.first_aired and e.first_aired < at)
    return sorted(made, key=lambda row: row.collected_at)


def _owned(title: Movie | Episode, at: datetime, data: Metadata | None) -> Collected:
    return Collected(item_of(title), at, at, None if data is None else dict(data))


def _whole_shows(shows: Sequence[Show]) -> Iterator[list[Episode]]:
    left = MOST_EPISODES
    for show in shows:
        episodes = [e for season in show.seasons if season.number for e in season.episodes]
        if 0 < len(episodes) <= left:
            left -= len(episodes)
            yield episodes
