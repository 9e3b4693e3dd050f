"""Watched titles: rows with their counts, and the compact maps of `extended=min` (trakt-api.md 11.4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from watchprint.sandbox.catalogue.titles import Episode
from watchprint.sandbox.kernel import World
from watchprint.sandbox.rules.instants import stamp, stamp_or_none
from watchprint.sandbox.rules.reading.index import Viewed, viewed
from watchprint.sandbox.state import Play, User

Counted = tuple[int, list[Play]]
"""A title's Trakt id and its plays, newest first."""


def watched(user: User, world: World, kind: str) -> Sequence[Counted]:
    """The user's watched movies, shows or episodes with their plays, most recently watched first."""
    index = viewed(user, world)
    rows: Mapping[str, dict[int, list[Play]]] = {
        "movies": index.by_movie,
        "shows": index.by_show,
        "episodes": index.by_episode,
    }
    return index.keep(("rows", kind), lambda: list(rows[kind].items()))


def counts(user: User, kind: str, counted: Counted) -> dict[str, Any]:
    """`plays`, `last_watched_at` and `last_updated_at` of one row."""
    trakt, plays = counted
    newest = plays[0].watched_at
    updated_at = user.watched_updated_at.get(f"{kind}/{trakt}", newest)
    return {"plays": len(plays), "last_watched_at": stamp(newest), "last_updated_at": stamp(updated_at)}


def reset_at(user: User, show: int) -> str | None:
    """When the progress of the show was reset."""
    return stamp_or_none(user.reset_at.get(show))


def seasons(plays: Sequence[Play], world: World, *, specials: bool) -> list[dict[str, Any]]:
    """A show's watched episodes by season: number, plays and newest play; specials only when asked for."""
    by_season: dict[int, dict[int, list[Play]]] = {}
    for play in plays:
        episode = world.catalogue.episodes[play.trakt]
        if episode.season.number or specials:
            by_season.setdefault(episode.season.number, {}).setdefault(episode.number, []).append(play)
    return [
        {
            "number": season,
            "episodes": [
                {"number": number, "plays": len(some), "last_watched_at": stamp(some[0].watched_at)}
                for number, some in sorted(episodes.items())
            ],
        }
        for season, episodes in sorted(by_season.items())
    ]


def flat_map(rows: Sequence[Counted]) -> dict[str, list[str]]:
    """`extended=min` of movies or episodes: Trakt id to the times of its plays."""
    return {str(trakt): [stamp(play.watched_at) for play in plays] for trakt, plays in rows}


def deep_map(
    rows: Sequence[Counted], index: Viewed, *, specials: bool, season_numbers: bool
) -> dict[str, dict[str, dict[str, list[str]]]]:
    """`extended=min` of shows: show, season, episode, times of its plays.

    Args:
        rows: Shows with their plays.
        index: The user's history.
        specials: Whether season 0 is in it; a show of which only specials were watched is left out otherwise.
        season_numbers: Whether the season's key is `id|number`.
    """
    episodes = index.catalogue.episodes
    shows: dict[str, dict[str, dict[str, list[str]]]] = {}
    for trakt, plays in rows:
        seasons: dict[str, dict[str, list[str]]] = {}
        for play in plays:
            episode: Episode = episodes[play.trakt]
            season = episode.season
            if season.number or specials:
                key = f"{season.trakt}|{season.number}" if season_numbers else str(season.trakt)
                times = seasons.setdefault(key, {}).setdefault(str(play.trakt), [])
                times.append(stamp(play.watched_at))
        if seasons:
            shows[str(trakt)] = seasons
    return shows
