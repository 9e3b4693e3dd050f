"""Items made of what Trakt sent: all ids, and the show where a row has one. Pure.

A row whose title Trakt has lost (every field null) gives None: the row is kept, its title is unknown.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Protocol

from watchprint.trakt import items
from watchprint.trakt.errors import Invalid
from watchprint.trakt.items import Item, ids_of
from watchprint.trakt.models import titles
from watchprint.trakt.models.ids import Ids


class Row(Protocol):
    """Any row that may hold a title. What it lacks it need not have."""

    @property
    def show(self) -> titles.Show | None: ...


def item_of(row: Row) -> Item | None:
    """The item that a row speaks of, or None where Trakt has lost it."""
    kind = getattr(row, "type", None) or ""
    try:
        return _of_kind(kind, row)
    except Invalid:
        return None


def _of_kind(kind: str, row: Any) -> Item | None:
    movie, episode = getattr(row, "movie", None), getattr(row, "episode", None)
    season, person = getattr(row, "season", None), getattr(row, "person", None)
    show: titles.Show | None = row.show
    if movie is not None and kind in ("movie", ""):
        return movie_of(movie)
    if episode is not None and kind in ("episode", ""):
        return episode_of(episode, show)
    if isinstance(season, titles.Season) and kind in ("season", ""):
        return season_of(season, show)
    if person is not None and kind in ("person", ""):
        return person_of(person)
    return show_of(show) if show is not None and kind in ("show", "") else None


def movie_of(movie: titles.Movie) -> items.Movie:
    """The film, with all ids.

    Raises:
        Invalid: It has neither an id nor a title.
    """
    return items.Movie(**_ids(movie, "trakt", "slug", "imdb", "tmdb"), title=movie.title or None, year=movie.year)


def show_of(show: titles.Show) -> items.Show:
    """The show, with all ids.

    Raises:
        Invalid: It has neither an id nor a title.
    """
    ids = _ids(show, "trakt", "slug", "imdb", "tmdb", "tvdb")
    return items.Show(**ids, title=show.title or None, year=show.year)


def season_of(season: titles.Season, show: titles.Show | None) -> items.Season:
    """The season with its show.

    Raises:
        Invalid: Nothing says which season it is.
    """
    return items.Season(known_show(show), season.number, **_ids(season, "trakt", "tmdb", "tvdb"))


def episode_of(episode: titles.Episode, show: titles.Show | None) -> items.Episode:
    """The episode with its show.

    Raises:
        Invalid: Nothing says which episode it is.
    """
    ids = _ids(episode, "trakt", "imdb", "tmdb", "tvdb")
    return items.Episode(known_show(show), episode.season, episode.number, **ids, title=episode.title or None)


def person_of(person: titles.Person) -> items.Person:
    """The person, with all ids.

    Raises:
        Invalid: It has no id.
    """
    return items.Person(**_ids(person, "trakt", "slug", "imdb", "tmdb"), name=person.name or None)


def known_show(show: titles.Show | None) -> items.Show | None:
    """The show, or None where a row does not say which it is."""
    return None if show is None else _known_show(show.ids, show.title, show.year)


@lru_cache(maxsize=4096)
def _known_show(ids: Ids, title: str | None, year: int | None) -> items.Show | None:
    """Rows of one show come by the hundred, each with the show anew."""
    return show_of(titles.Show(title=title, year=year, ids=ids)) if ids_of(ids) or title else None


def _ids(title: Any, *schemes: str) -> dict[str, Any]:
    known = ids_of(title.ids)
    return {scheme: known[scheme] for scheme in schemes if scheme in known}
