"""What TVmaze's answers say of shows and their episodes. Pure.

TVmaze's rating has no votes and is left out. For shows without an hour (most of the streaming ones) it makes the
instant of airing up; there only the day is taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from watchprint.domain.title import Facts, Title
from watchprint.titles.answers.reading import day, ids, instant, mapping, rows, runtime_min, text, texts, whole
from watchprint.titles.words import countries, genres, languages

_STATUS: Final = {"running": "returning series", "ended": "ended", "in development": "planned"}


@dataclass(frozen=True, slots=True)
class Known:
    """A show with its episodes.

    Attributes:
        episodes: By season and number.
    """

    show: Title
    episodes: Mapping[tuple[int, int], Title]


def show_id(document: Any) -> int | None:
    """TVmaze's own id of the show in an answer."""
    return whole(mapping(document).get("id"))


def known(document: Any) -> Known | None:
    """The show of an answer and the episodes in it; None: it is none."""
    said = mapping(document)
    if show_id(said) is None:
        return None
    show = _show(said)
    found: dict[tuple[int, int], Title] = {}
    for row in rows(mapping(said.get("_embedded")).get("episodes")):
        season, number = whole(row.get("season"), 0), whole(row.get("number"), 0)
        if season is not None and number is not None:
            found[season, number] = _episode(row, show, season, number)
    return Known(show, found)


def _show(said: Mapping[str, Any]) -> Title:
    external, on = mapping(said.get("externals")), day(said.get("premiered"))
    where = mapping(said.get("network")) or mapping(said.get("webChannel"))
    of_type = text(said.get("type"))
    status = text(said.get("status"))
    facts = Facts(
        name=text(said.get("name")),
        year=None if on is None else on.year,
        runtime_min=runtime_min(said.get("runtime")) or runtime_min(said.get("averageRuntime")),
        genres=genres.slugs([*texts(said.get("genres")), *([of_type] if of_type else [])]),
        country=countries.code(text(mapping(where.get("country")).get("code"))),
        language=languages.code(text(said.get("language"))),
        network=text(where.get("name")),
        released_on=on,
        status=_STATUS.get((status or "").lower()),
    )
    return Title(kind="show", ids=ids(external.get("imdb"), None, external.get("thetvdb")), facts=facts)


def _episode(row: Mapping[str, Any], show: Title, season: int, number: int) -> Title:
    facts = Facts(
        name=text(row.get("name")),
        runtime_min=runtime_min(row.get("runtime")),
        released_on=day(row.get("airdate")),
        first_aired_at=instant(row.get("airstamp")) if text(row.get("airtime")) else None,
    )
    return Title(kind="episode", facts=facts, show=show, season=season, number=number)
