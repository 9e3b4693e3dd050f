"""Facts that no source has, drawn so that the same title always gets the same ones: community rating, votes,
and TMDB ids of seasons and episodes. Never draws what identifies a film or show.
"""

from __future__ import annotations

FIRST_SYNTHETIC = 90_000_000
"""Trakt ids from here on are ours: no real title has one."""
SEASON_TMDB, EPISODE_TMDB = 600_000_000, 700_000_000
"""Where our TMDB ids of seasons and episodes begin; real ones are far below."""
REAL_ID_OFFSET = 50_000_000
_MASK = (1 << 64) - 1


def mixed(number: int) -> int:
    """64 bits that look random and depend on the number alone.

    Source: SplitMix64, https://prng.di.unimi.it/splitmix64.c (public domain).
    """
    z = (number + 0x9E3779B97F4A7C15) & _MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
    return z ^ (z >> 31)


def community(kind: str, trakt: int) -> tuple[float, int]:
    """A rating [0-10] and a number of votes for a title without known ones.

    Titles with low (old) Trakt ids are the better known ones and get more votes; ratings lie around 7.
    """
    bits = mixed(trakt * 8 + len(kind))
    spread = sum((bits >> shift) & 0xFFFF for shift in (0, 16, 32)) / 0xFFFF - 1.5
    fame = 60 if trakt >= FIRST_SYNTHETIC else max(40, min(20_000, 4_000_000 // (trakt + 100)))
    return round(7.1 + 1.6 * spread, 2), fame // 2 + (bits >> 48) % (fame + 1)


def season_tmdb(trakt: int) -> int:
    """Our TMDB id of a season without a known one; unique, as the Trakt id is."""
    return _derived(SEASON_TMDB, trakt, 800_000_000)


def episode_tmdb(trakt: int) -> int:
    """Our TMDB id of an episode without a known one; unique, as the Trakt id is."""
    return _derived(EPISODE_TMDB, trakt, 900_000_000)


def _derived(start: int, trakt: int, first: int) -> int:
    return start + (trakt - first if trakt >= first else REAL_ID_OFFSET + trakt)
