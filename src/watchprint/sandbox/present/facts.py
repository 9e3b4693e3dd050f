"""Titles as JSON objects: the minimal form and what `extended=full` adds (trakt-api.md 6). No text from sources.

Facts that the catalogue does not hold are null: Trakt allows that for everything beyond the minimal form.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from watchprint.sandbox.catalogue.titles import Episode, Movie, Person, Season, Show, Title
from watchprint.sandbox.rules.instants import has_aired, runtime_min, stamp, stamp_or_none

NO_SOCIAL = {"twitter": None, "facebook": None, "instagram": None, "wikipedia": None}


def minimal(title: Title) -> dict[str, Any]:
    """The minimal form: names, numbers, ids."""
    match title:
        case Movie():
            ids = {"trakt": title.trakt, "slug": title.slug, "imdb": title.imdb, "tmdb": title.tmdb}
            return {"title": title.title, "year": title.year, "ids": ids}
        case Show():
            ids = {
                "trakt": title.trakt,
                "slug": title.slug,
                "tvdb": title.tvdb,
                "imdb": title.imdb,
                "tmdb": title.tmdb,
            }
            return {"title": title.title, "year": title.year, "ids": ids}
        case Season():
            return {
                "number": title.number,
                "ids": {"trakt": title.trakt, "tvdb": title.tvdb, "tmdb": title.tmdb},
            }
        case Episode():
            ids = {"trakt": title.trakt, "tvdb": title.tvdb, "imdb": title.imdb, "tmdb": title.tmdb}
            name = title.title or f"Episode {title.number}"
            return {"season": title.season.number, "number": title.number, "title": name, "ids": ids}
        case Person():
            ids = {"trakt": title.trakt, "slug": title.slug, "imdb": title.imdb, "tmdb": title.tmdb}
            return {"name": title.name, "ids": ids}


def facts(title: Title, now: datetime) -> dict[str, Any]:
    """What `extended=full` adds, without images."""
    match title:
        case Movie():
            return _movie_facts(title, now)
        case Show():
            return _show_facts(title, now)
        case Season():
            return _season_facts(title, now)
        case Episode():
            return _episode_facts(title)
        case Person():
            return _person_facts()


def aired_count(show: Show, now: datetime) -> int:
    """How many episodes have aired; specials do not count."""
    return sum(has_aired(e, now) for season in show.seasons if season.number for e in season.episodes)


def season_title(season: Season) -> str:
    """The name of a season."""
    return f"Season {season.number}" if season.number else "Specials"


def _movie_facts(movie: Movie, now: datetime) -> dict[str, Any]:
    out = movie.released is not None and movie.released <= now.date()
    return {
        "original_title": movie.title,
        "tagline": None,
        "overview": None,
        "released": movie.released.isoformat() if movie.released else None,
        "runtime": movie.runtime_min,
        "country": movie.country,
        "trailer": None,
        "homepage": None,
        "status": "released" if out else "planned",
        "rating": movie.rating,
        "votes": movie.votes,
        "comment_count": 0,
        "updated_at": None,
        "language": movie.language,
        "languages": [movie.language] if movie.language else [],
        "available_translations": [movie.language] if movie.language else [],
        "genres": list(movie.genres),
        "subgenres": [],
        "certification": movie.certification,
        "after_credits": False,
        "during_credits": False,
        "social_ids": NO_SOCIAL,
    }


def _show_facts(show: Show, now: datetime) -> dict[str, Any]:
    aired = [e for season in show.seasons if season.number for e in season.episodes if has_aired(e, now)]
    first = show.first_aired
    return {
        "original_title": show.title,
        "tagline": None,
        "overview": None,
        "first_aired": stamp_or_none(first),
        "airs": {
            "day": f"{first:%A}" if first else None,
            "time": f"{first:%H:%M}" if first else None,
            "timezone": "UTC" if first else None,
        },
        "runtime": show.runtime_min,
        "total_runtime": sum(runtime_min(e) or 0 for e in aired),
        "certification": show.certification,
        "network": show.network,
        "country": show.country,
        "trailer": None,
        "homepage": None,
        "status": show.status,
        "rating": show.rating,
        "votes": show.votes,
        "comment_count": 0,
        "updated_at": None,
        "language": show.language,
        "languages": [show.language] if show.language else [],
        "available_translations": [show.language] if show.language else [],
        "genres": list(show.genres),
        "subgenres": [],
        "aired_episodes": len(aired),
        "social_ids": NO_SOCIAL,
    }


def _season_facts(season: Season, now: datetime) -> dict[str, Any]:
    aired = [e for e in season.episodes if has_aired(e, now)]
    first = min((e.first_aired for e in season.episodes if e.first_aired), default=None)
    votes = sum(e.votes for e in season.episodes)
    row = {
        "rating": sum(e.rating * e.votes for e in season.episodes) / votes if votes else 0.0,
        "votes": votes,
        "episode_count": len(season.episodes),
        "aired_episodes": len(aired),
        "title": season_title(season),
        "overview": None,
        "updated_at": None,
        "total_runtime": sum(runtime_min(e) or 0 for e in aired),
        "network": season.show.network,
        "original_title": season_title(season),
    }
    return row if first is None else {**row, "first_aired": stamp(first)}


def _episode_facts(episode: Episode) -> dict[str, Any]:
    aired = stamp_or_none(episode.first_aired)
    return {
        "number_abs": episode.number_abs,
        "overview": None,
        "first_aired": aired,
        "released": aired and aired[:10],
        "effective_release_date": aired,
        "updated_at": None,
        "rating": episode.rating,
        "votes": episode.votes,
        "comment_count": 0,
        "available_translations": [],
        "runtime": episode.runtime_min,
        "episode_type": _episode_type(episode),
        "original_title": episode.title or f"Episode {episode.number}",
        "after_credits": False,
        "during_credits": False,
    }


def _episode_type(episode: Episode) -> str:
    """Trakt's word for the episode's place in its season and show."""
    season, show = episode.season, episode.show
    if season.number == 0:
        return "standard"
    if episode is season.episodes[0]:
        return "series_premiere" if season.number == 1 else "season_premiere"
    if episode is not season.episodes[-1]:
        return "standard"
    over = season is show.seasons[-1] and show.status in ("ended", "canceled")
    return "series_finale" if over else "season_finale"


def _person_facts() -> dict[str, Any]:
    unknown = ("biography", "birthday", "death", "birthplace", "homepage", "known_for_department", "updated_at")
    return {"social_ids": NO_SOCIAL, **dict.fromkeys(unknown), "gender": "unknown"}
