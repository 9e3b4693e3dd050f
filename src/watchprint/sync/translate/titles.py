"""What Trakt's rows say of titles, as titles of ours. Pure.

A row of a deleted title has every field null: it names nothing, and becomes None. A nought that means "not known"
(runtime, votes) is not said.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final, TypeAlias

from watchprint.domain.title import Facts, Title
from watchprint.trakt.models import Episode, Movie, Person, Season, Show
from watchprint.trakt.models.ids import Ids

SOURCE: Final = "trakt"
"""Who says it, for the store."""

Ours: TypeAlias = Title | None
_NARROWEST_FIRST: Final = ("movie", "episode", "season", "show", "person")


def movie_title(movie: Movie | None) -> Ours:
    """A film with what its row says of it; None: the row names none."""
    if movie is None:
        return None
    facts = Facts(
        name=movie.title or None,
        year=movie.year or None,
        runtime_min=_minutes(movie.runtime),
        genres=tuple(movie.genres or ()),
        country=movie.country or None,
        language=movie.language or None,
        certification=movie.certification or None,
        released_on=day(movie.released),
        rating=_given(movie.rating, movie.votes),
        votes=movie.votes,
        status=movie.status or None,
    )
    return _named(Title(kind="movie", ids=ids_of(movie.ids), facts=facts))


def show_title(show: Show | None) -> Ours:
    """A show with what its row says of it; None: the row names none."""
    if show is None:
        return None
    facts = Facts(
        name=show.title or None,
        year=show.year or None,
        runtime_min=_minutes(show.runtime),
        genres=tuple(show.genres or ()),
        country=show.country or None,
        language=show.language or None,
        network=show.network or None,
        certification=show.certification or None,
        first_aired_at=show.first_aired,
        rating=_given(show.rating, show.votes),
        votes=show.votes,
        status=show.status or None,
        aired_episodes=show.aired_episodes,
    )
    return _named(Title(kind="show", ids=ids_of(show.ids), facts=facts))


def season_title(season: Season | None, show: Show | None = None) -> Ours:
    """A season, in its show where that is told; None: neither says which."""
    if season is None:
        return None
    facts = Facts(
        name=season.title or None,
        network=season.network or None,
        first_aired_at=season.first_aired,
        rating=_given(season.rating, season.votes),
        votes=season.votes,
        aired_episodes=season.aired_episodes,
    )
    whose = show_title(show)
    return _named(Title(kind="season", ids=ids_of(season.ids), facts=facts, show=whose, season=season.number))


def episode_title(episode: Episode | None, show: Show | None = None) -> Ours:
    """An episode, in its show where that is told; None: neither says which."""
    if episode is None:
        return None
    facts = Facts(
        name=episode.title or None,
        runtime_min=_minutes(episode.runtime),
        first_aired_at=episode.first_aired,
        rating=_given(episode.rating, episode.votes),
        votes=episode.votes,
    )
    place = {"season": episode.season, "number": episode.number}
    return _named(Title(kind="episode", ids=ids_of(episode.ids), facts=facts, show=show_title(show), **place))


def person_title(person: Person | None) -> Ours:
    """A person; None: the row names none."""
    if person is None:
        return None
    return _named(Title(kind="person", ids=ids_of(person.ids), facts=Facts(name=person.name or None)))


def title_of(row: Any) -> Ours:
    """The title that a row of any feed is about; None: it is deleted, and nothing says which it was.

    Args:
        row: A play, a rating, an entry, a copy, a position: `type` says which of its objects is meant (a row of an
            episode has its show too); without it, the narrowest that it has.
    """
    objects = {kind: getattr(row, kind, None) for kind in _NARROWEST_FIRST}
    kind = getattr(row, "type", None) or next((kind for kind, each in objects.items() if each is not None), None)
    match kind:
        case "movie":
            return movie_title(objects["movie"])
        case "episode":
            return episode_title(objects["episode"], objects["show"])
        case "season":
            return season_title(objects["season"], objects["show"])
        case "show":
            return show_title(objects["show"])
        case "person":
            return person_title(objects["person"])
    return None


def ids_of(ids: Ids) -> dict[str, str | int | None]:
    """The ids by scheme; those that Trakt does not know are left out."""
    plex = ids.plex.guid if ids.plex is not None else None
    known = {"trakt": ids.trakt, "imdb": ids.imdb, "tmdb": ids.tmdb, "tvdb": ids.tvdb, "plex": plex, "slug": ids.slug}
    return {scheme: value for scheme, value in known.items() if value}


def day(text: str | None) -> date | None:
    """A plain date, or the day of an instant in text; None: it is neither."""
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def _named(title: Title) -> Ours:
    """The title if it can be found again: by an id, or by its place in a show."""
    if title.named():
        return title
    placed = title.show is not None and title.season is not None
    return title if placed and (title.kind == "season" or title.number is not None) else None


def _minutes(runtime: int | None) -> int | None:
    return runtime if runtime is not None and runtime > 0 else None


def _given(rating: float | None, votes: int | None) -> float | None:
    """The community's rating; without a vote there is none."""
    return None if votes == 0 else rating
