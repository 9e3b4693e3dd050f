"""What a Plex server's answers say: its libraries, and the rows in them as titles. Pure.

Ratings are left out: a Plex server passes on those of other sites, without votes and without saying whose they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from watchprint.domain.title import Facts, Title
from watchprint.titles.answers.library import Kind, Page, Row
from watchprint.titles.answers.reading import day, ids, mapping, minutes_of_ms, rows, text, texts, whole, year
from watchprint.titles.words import countries, genres
from watchprint.titles.words.certifications import american

TYPES: Final[Mapping[Kind, str]] = {"movie": "1", "show": "2", "episode": "4"}
"""What Plex calls each kind when rows of it are asked for."""
_AGENT: Final = re.compile(r"com\.plexapp\.agents\.(imdb|themoviedb|thetvdb)://(tt\d+|\d+)")
_SCHEMES: Final = {"imdb": "imdb", "themoviedb": "tmdb", "thetvdb": "tvdb"}


@dataclass(frozen=True, slots=True)
class Library:
    """A library of movies or of shows."""

    key: str
    kind: Literal["movie", "show"]


def libraries(document: Any) -> list[Library] | None:
    """The libraries with films or series in them; None: the answer is no Plex server's."""
    container = mapping(document).get("MediaContainer")
    if not isinstance(container, dict):
        return None
    found = []
    for row in rows(container.get("Directory")):
        key, kind = text(row.get("key")), row.get("type")
        if key is not None and key.isalnum() and kind in ("movie", "show"):
            found.append(Library(key, kind))
    return found


def page(document: Any, kind: Kind, shows: Mapping[str, Title]) -> Page | None:
    """The rows of an answer; None: it is no Plex server's.

    Args:
        kind: What was asked for.
        shows: The shows that were read before, by the server's keys.
    """
    container = mapping(document).get("MediaContainer")
    if not isinstance(container, dict):
        return None
    metadata = container.get("Metadata")
    found = rows(metadata)
    read = tuple(row for each in found if (row := _row(each, kind, shows)) is not None)
    return Page(read, len(metadata) if isinstance(metadata, list) else 0, whole(container.get("totalSize"), 0))


def _row(row: Mapping[str, Any], kind: Kind, shows: Mapping[str, Title]) -> Row | None:
    key = text(row.get("ratingKey"))
    if key is None or not key.isalnum() or row.get("type", kind) != kind:
        return None
    return Row(key, _episode(row, shows) if kind == "episode" else _title(row, kind))


def _title(row: Mapping[str, Any], kind: Literal["movie", "show"]) -> Title:
    tags = {name: texts([each.get("tag") for each in rows(row.get(name))]) for name in ("Genre", "Country")}
    facts = Facts(
        name=text(row.get("title")),
        year=year(row.get("year")),
        runtime_min=minutes_of_ms(row.get("duration")),
        genres=genres.slugs(tags["Genre"]),
        country=countries.first(tags["Country"]),
        network=(text(row.get("network")) or text(row.get("studio"))) if kind == "show" else None,
        certification=american(text(row.get("contentRating"))),
        released_on=_day(row),
    )
    return Title(kind=kind, ids=_ids(row), facts=facts)


def _episode(row: Mapping[str, Any], shows: Mapping[str, Title]) -> Title:
    show = shows.get(text(row.get("grandparentRatingKey")) or "")
    if show is None:
        show = Title(kind="show", ids=_of_guid(text(row.get("grandparentGuid"))))
    facts = Facts(name=text(row.get("title")), runtime_min=minutes_of_ms(row.get("duration")), released_on=_day(row))
    season, number = whole(row.get("parentIndex"), 0), whole(row.get("index"), 0)
    return Title(kind="episode", ids=_ids(row, of_episode=True), facts=facts, show=show, season=season, number=number)


def _day(row: Mapping[str, Any]) -> date | None:
    return day(row.get("originallyAvailableAt"))


def _ids(row: Mapping[str, Any], *, of_episode: bool = False) -> dict[str, str | int | None]:
    """The ids of a row; an older agent's id on an episode is its show's, and left out."""
    said: dict[str, str] = {}
    for guid in texts([each.get("id") for each in rows(row.get("Guid"))]):
        scheme, _, value = guid.partition("://")
        said.setdefault(scheme, value)
    found = ids(said.get("imdb"), said.get("tmdb"), said.get("tvdb"))
    return {**({} if of_episode else _of_agent(text(row.get("guid")))), **_of_guid(text(row.get("guid"))), **found}


def _of_guid(guid: str | None) -> dict[str, str | int | None]:
    """Plex's own id, out of plex://movie/5d77…"""
    if guid is None or not guid.startswith("plex://"):
        return {}
    value = guid.rpartition("/")[2]
    return {"plex": value} if value.isalnum() else {}


def _of_agent(guid: str | None) -> dict[str, str | int | None]:
    """The id out of an older agent's: com.plexapp.agents.imdb://tt0113277?lang=en."""
    found = _AGENT.match(guid or "")
    if found is None:
        return {}
    scheme = _SCHEMES[found[1]]
    return ids(**{"imdb_id" if scheme == "imdb" else scheme: found[2]})
