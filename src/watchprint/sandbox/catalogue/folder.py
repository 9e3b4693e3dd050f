"""A large catalogue from a folder of Parquet tables: movies, shows, seasons, episodes. Writes nothing.

Real where the tables are real; community ratings and votes that they lack are drawn, the same for the same
title. PyArrow is imported only here. Two shows that share a slug both stay; catalogue.py says who gets it.
"""

from __future__ import annotations

import gc
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from watchprint.sandbox.catalogue.catalogue import Catalogue
from watchprint.sandbox.catalogue.rows import known_or_drawn
from watchprint.sandbox.catalogue.synthetic import community
from watchprint.sandbox.catalogue.titles import Episode, Movie, Season, Show

if TYPE_CHECKING:
    import pyarrow as pa

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Columns = dict[str, list[Any]]


class CatalogueError(Exception):
    """A folder that cannot be used as a catalogue; the text says which file, why, and what to do."""


MOVIES = (
    *("trakt", "slug", "title", "year", "imdb", "tmdb", "released", "runtime", "genres"),
    *("country", "language", "certification", "rating", "votes"),
)
SHOWS = (
    *("trakt", "slug", "title", "year", "imdb", "tmdb", "tvdb", "first_aired_date", "runtime", "genres"),
    *("country", "language", "certification", "network", "status", "rating", "votes"),
)
SEASONS = ("show_id", "number", "trakt", "tvdb", "tmdb")
EPISODES = (
    *("show_id", "season", "number", "trakt", "title", "tvdb", "imdb", "tmdb"),
    *("number_abs", "first_aired", "runtime"),
)


def load_folder(path: str | Path) -> Catalogue:
    """The catalogue in a folder of Parquet tables.

    Args:
        path: Folder with movies.parquet, shows.parquet, seasons.parquet and episodes.parquet.

    Raises:
        CatalogueError: A table is missing, unreadable or lacks a column, or PyArrow is not installed.
    """
    folder = Path(path)
    if not folder.is_dir():
        raise CatalogueError(f"There is no folder {folder}. Name the one that holds movies.parquet and the rest.")
    with _uncollected():
        movies = [_movie(row) for row in _rows(_table(folder, "movies", MOVIES))]
        shows = {row["trakt"]: _show(row) for row in _rows(_table(folder, "shows", SHOWS))}
        seasons = _with_seasons(shows, _table(folder, "seasons", SEASONS), folder)
        _with_episodes(seasons, _table(folder, "episodes", EPISODES), folder)
        return Catalogue(movies, shows.values())


@contextmanager
def _uncollected() -> Generator[None, None, None]:
    """Without garbage collection: it would walk the growing heap of titles again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _table(folder: Path, name: str, columns: tuple[str, ...]) -> Columns:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as missing:
        raise CatalogueError(
            "A catalogue folder is read with PyArrow, which is not installed. "
            "Install watchprint[insights], or leave the catalogue out to use the shipped one."
        ) from missing
    file = folder / f"{name}.parquet"
    if not file.is_file():
        raise CatalogueError(f"{file} is missing. A catalogue folder holds movies, shows, seasons and episodes.")
    try:
        table = pq.read_table(file, columns=list(columns))
        return {c: _values(table.column(c)) for c in columns}
    except (pa.ArrowException, OSError, KeyError, ValueError) as broken:
        raise CatalogueError(
            f"{file} cannot be read as a catalogue table ({type(broken).__name__}). "
            f"It needs the columns {', '.join(columns)}; copy the folder again."
        ) from broken


def _values(column: pa.ChunkedArray) -> list[Any]:
    import pyarrow as pa

    if pa.types.is_timestamp(column.type):
        column = column.cast(pa.timestamp("ms", "UTC")).cast(pa.int64())
    values: list[Any] = column.to_pylist()
    return values


def _rows(columns: Columns) -> Iterator[dict[str, Any]]:
    names = tuple(columns)
    for values in zip(*columns.values(), strict=True):
        yield dict(zip(names, values, strict=True))


def _movie(row: dict[str, Any]) -> Movie:
    rating, votes = known_or_drawn("movie", row["trakt"], row["rating"], row["votes"])
    return Movie(
        trakt=row["trakt"],
        slug=row["slug"],
        title=row["title"],
        year=row["year"],
        imdb=row["imdb"],
        tmdb=row["tmdb"],
        released=row["released"],
        runtime_min=row["runtime"],
        genres=tuple(row["genres"] or ()),
        country=row["country"],
        language=row["language"],
        certification=row["certification"],
        rating=round(rating, 2),
        votes=votes,
    )


def _show(row: dict[str, Any]) -> Show:
    rating, votes = known_or_drawn("show", row["trakt"], row["rating"], row["votes"])
    premiered: date | None = row["first_aired_date"]
    return Show(
        trakt=row["trakt"],
        slug=row["slug"],
        title=row["title"],
        year=row["year"],
        imdb=row["imdb"],
        tmdb=row["tmdb"],
        tvdb=row["tvdb"],
        first_aired=None if premiered is None else datetime.combine(premiered, time(), UTC),
        runtime_min=row["runtime"],
        genres=tuple(row["genres"] or ()),
        country=row["country"],
        language=row["language"],
        certification=row["certification"],
        network=row["network"],
        status=row["status"],
        rating=round(rating, 2),
        votes=votes,
    )


def _with_seasons(shows: dict[int, Show], table: Columns, folder: Path) -> dict[tuple[int, int], Season]:
    made: dict[tuple[int, int], Season] = {}
    for show_id, number, trakt, tvdb, tmdb in zip(*table.values(), strict=True):
        show = shows.get(show_id)
        if show is None:
            raise _stray(folder, "seasons", f"show {show_id}")
        season = made[show_id, number] = Season(trakt, show, number, tvdb, tmdb)
        show.seasons.append(season)
    for show in shows.values():
        show.seasons.sort(key=lambda season: season.number)
    return made


def _with_episodes(seasons: dict[tuple[int, int], Season], table: Columns, folder: Path) -> None:
    for (
        show_id,
        of_season,
        number,
        trakt,
        title,
        tvdb,
        imdb,
        tmdb,
        number_abs,
        aired_ms,
        runtime,
    ) in zip(*table.values(), strict=True):
        season = seasons.get((show_id, of_season))
        if season is None:
            raise _stray(folder, "episodes", f"season {of_season} of show {show_id}")
        aired = None if aired_ms is None else EPOCH + timedelta(milliseconds=aired_ms)
        rating, votes = community("episode", trakt)
        season.episodes.append(
            Episode(trakt, season, number, title, tvdb, imdb, tmdb, number_abs, aired, runtime, rating, votes)
        )
    for season in seasons.values():
        season.episodes.sort(key=lambda episode: episode.number)


def _stray(folder: Path, name: str, parent: str) -> CatalogueError:
    return CatalogueError(
        f"{folder / name}.parquet has rows of {parent}, which the other tables do not have. "
        "The tables are not of one catalogue; copy the folder again."
    )
