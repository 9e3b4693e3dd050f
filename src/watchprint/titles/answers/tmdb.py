"""What TMDB's answers say of movies, shows and the episodes of a season. Pure.

Its ratings are its own community's: they are kept as TMDB's, and never stand in for Trakt's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from watchprint.domain.title import Facts, Title
from watchprint.titles.answers.reading import day, ids, mapping, number, rows, runtime_min, text, texts, whole
from watchprint.titles.words import countries, genres, languages
from watchprint.titles.words.certifications import american

_FOUND: Final = {"movie": "movie_results", "show": "tv_results"}
_THEATRICAL: Final = 3
_MOST_VOTES: Final = 2**53


@dataclass(frozen=True, slots=True)
class Episode:
    """An episode in a season's answer."""

    number: int
    title: Title


def found(document: Any, kind: Literal["movie", "show"]) -> int | None:
    """TMDB's id, out of a look-up by another service's; None: it knows none, or several."""
    results = {whole(row.get("id")) for row in rows(mapping(document).get(_FOUND[kind]))} - {None}
    return results.pop() if len(results) == 1 else None


def movie(document: Any) -> Title | None:
    """The movie of an answer; None: it is none."""
    said = mapping(document)
    if whole(said.get("id")) is None:
        return None
    external, on = mapping(said.get("external_ids")), day(said.get("release_date"))
    facts = Facts(
        name=text(said.get("title")),
        year=None if on is None else on.year,
        runtime_min=runtime_min(said.get("runtime")),
        certification=_movie_certification(said),
        released_on=on,
        **_common(said, ("origin_country", "production_countries")),
    )
    named = ids(said.get("imdb_id") or external.get("imdb_id"), said.get("id"))
    return Title(kind="movie", ids=named, facts=facts)


def show(document: Any) -> Title | None:
    """The show of an answer; None: it is none. The usual length of its episodes is often not known to TMDB."""
    said = mapping(document)
    if whole(said.get("id")) is None:
        return None
    external, on = mapping(said.get("external_ids")), day(said.get("first_air_date"))
    lengths = said.get("episode_run_time")
    networks = [name for each in rows(said.get("networks")) if (name := text(each.get("name"))) is not None]
    facts = Facts(
        name=text(said.get("name")),
        year=None if on is None else on.year,
        runtime_min=runtime_min(lengths[0]) if isinstance(lengths, list) and lengths else None,
        network=networks[0] if networks else None,
        certification=_show_certification(said),
        released_on=on,
        **_common(said, ("origin_country", "production_countries")),
    )
    named = ids(external.get("imdb_id"), said.get("id"), external.get("tvdb_id"))
    return Title(kind="show", ids=named, facts=facts)


def season(document: Any, of: Title, season_number: int) -> list[Episode] | None:
    """The episodes of a season; None: the answer is none of a season.

    Args:
        of: The show.
    """
    episodes = mapping(document).get("episodes")
    if not isinstance(episodes, list):
        return None
    read = []
    for row in rows(episodes):
        place = whole(row.get("episode_number"), 0)
        if place is None or whole(row.get("season_number", season_number), 0) != season_number:
            continue
        facts = Facts(
            name=text(row.get("name")),
            runtime_min=runtime_min(row.get("runtime")),
            released_on=day(row.get("air_date")),
            **_judged(row),
        )
        named = ids(None, row.get("id"))
        title = Title(kind="episode", ids=named, facts=facts, show=of, season=season_number, number=place)
        read.append(Episode(place, title))
    return read


def _common(said: Mapping[str, Any], where: tuple[str, str]) -> dict[str, Any]:
    produced = texts([each.get("iso_3166_1") for each in rows(said.get(where[1]))])
    status = text(said.get("status"))
    return {
        "genres": genres.slugs(texts([each.get("name") for each in rows(said.get("genres"))])),
        "country": countries.first([*texts(said.get(where[0])), *produced]),
        "language": languages.code(text(said.get("original_language"))),
        "status": None if status is None else status.lower(),
        **_judged(said),
    }


def _judged(said: Mapping[str, Any]) -> dict[str, Any]:
    """The rating with its votes; without votes it is none."""
    votes = whole(said.get("vote_count"), 1, _MOST_VOTES)
    rating = number(said.get("vote_average"), 0, 10)
    return {"rating": rating, "votes": votes} if votes is not None and rating is not None else {}


def _movie_certification(said: Mapping[str, Any]) -> str | None:
    """The United States', of the cinema's release before any other's."""
    dates = [
        date
        for country in rows(mapping(said.get("release_dates")).get("results"))
        if country.get("iso_3166_1") == "US"
        for date in rows(country.get("release_dates"))
    ]
    dates.sort(key=lambda date: date.get("type") != _THEATRICAL)
    return next((known for date in dates if (known := american(text(date.get("certification")))) is not None), None)


def _show_certification(said: Mapping[str, Any]) -> str | None:
    ratings = rows(mapping(said.get("content_ratings")).get("results"))
    american_ones = (american(text(each.get("rating"))) for each in ratings if each.get("iso_3166_1") == "US")
    return next((known for known in american_ones if known is not None), None)
