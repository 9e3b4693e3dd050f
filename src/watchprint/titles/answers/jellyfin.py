"""What a Jellyfin or Emby server's answers say: rows of its library as titles. Pure.

Both speak the same language here. Community ratings are left out: they are another site's, without votes. A premiere
is a day, written as the midnight of the server's zone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal

from watchprint.domain.title import Facts, Title
from watchprint.titles.answers.library import Kind, Page, Row
from watchprint.titles.answers.reading import day_near, ids, mapping, minutes_of_ticks, rows, text, texts, whole, year
from watchprint.titles.words import countries, genres
from watchprint.titles.words.certifications import american

TYPES: Final[Mapping[Kind, str]] = {"movie": "Movie", "show": "Series", "episode": "Episode"}
_KINDS: Final[Mapping[str, Kind]] = {name: kind for kind, name in TYPES.items()}


def page(document: Any, shows: Mapping[str, Title]) -> Page | None:
    """The rows of an answer; None: it is neither a Jellyfin's nor an Emby's.

    Args:
        shows: The shows that were read before, by the server's ids.
    """
    items = mapping(document).get("Items")
    if not isinstance(items, list):
        return None
    read = tuple(row for each in rows(items) if (row := _row(each, shows)) is not None)
    total = whole(mapping(document).get("TotalRecordCount"), 1)  # a server that does not count says 0
    return Page(read, len(items), total)


def _row(row: Mapping[str, Any], shows: Mapping[str, Title]) -> Row | None:
    key, kind = text(row.get("Id")), _KINDS.get(text(row.get("Type")) or "")
    if key is None or kind is None:
        return None
    return Row(key, _episode(row, shows) if kind == "episode" else _title(row, kind))


def _title(row: Mapping[str, Any], kind: Literal["movie", "show"]) -> Title:
    studios = texts([each.get("Name") for each in rows(row.get("Studios"))])
    facts = Facts(
        name=text(row.get("Name")),
        year=year(row.get("ProductionYear")),
        runtime_min=minutes_of_ticks(row.get("RunTimeTicks")),
        genres=genres.slugs(texts(row.get("Genres"))),
        country=countries.first(texts(row.get("ProductionLocations"))),
        network=studios[0] if kind == "show" and studios else None,
        certification=american(text(row.get("OfficialRating"))),
        released_on=day_near(row.get("PremiereDate")),
    )
    return Title(kind=kind, ids=_ids(row), facts=facts)


def _episode(row: Mapping[str, Any], shows: Mapping[str, Title]) -> Title:
    facts = Facts(
        name=text(row.get("Name")),
        runtime_min=minutes_of_ticks(row.get("RunTimeTicks")),
        released_on=day_near(row.get("PremiereDate")),
    )
    return Title(
        kind="episode",
        ids=_ids(row),
        facts=facts,
        show=shows.get(text(row.get("SeriesId")) or "", Title(kind="show")),
        season=whole(row.get("ParentIndexNumber"), 0),
        number=whole(row.get("IndexNumber"), 0),
    )


def _ids(row: Mapping[str, Any]) -> dict[str, str | int | None]:
    said = {name.casefold(): value for name, value in mapping(row.get("ProviderIds")).items()}
    return ids(said.get("imdb"), said.get("tmdb"), said.get("tvdb"))
