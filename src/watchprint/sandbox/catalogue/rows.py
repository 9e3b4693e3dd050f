"""The shipped data file: what stands in it and how it becomes titles. Reads no file and draws no ids.

Gzipped JSON of arrays in the order of these fields. Times are minutes since 1970 (UTC), dates ISO text.
"""

from __future__ import annotations

import gzip
from datetime import UTC, date, datetime, timedelta

import msgspec
from msgspec import Struct, field

from watchprint.sandbox.catalogue.synthetic import community, episode_tmdb, season_tmdb
from watchprint.sandbox.catalogue.titles import Episode, Movie, Person, Season, Show

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class MovieRow(Struct, array_like=True, gc=False):
    """A film."""

    trakt: int
    slug: str
    title: str
    year: int | None
    imdb: str | None
    tmdb: int | None
    released: date | None
    runtime_min: int | None
    genres: tuple[str, ...]
    country: str | None
    language: str | None
    certification: str | None
    rating: float | None
    votes: int | None


class EpisodeRow(Struct, array_like=True, gc=False, omit_defaults=True):
    """An episode; most have nothing after the runtime."""

    trakt: int
    number: int
    number_abs: int | None
    aired_min: int | None
    runtime_min: int | None
    title: str | None = None
    tvdb: int | None = None
    imdb: str | None = None
    tmdb: int | None = None


class SeasonRow(Struct, array_like=True):
    """A season with its episodes."""

    trakt: int
    number: int
    tvdb: int | None
    tmdb: int | None
    episodes: list[EpisodeRow]


class ShowRow(Struct, array_like=True):
    """A show with its seasons."""

    trakt: int
    slug: str
    title: str
    year: int | None
    imdb: str | None
    tmdb: int | None
    tvdb: int | None
    aired_min: int | None
    runtime_min: int | None
    genres: tuple[str, ...]
    country: str | None
    language: str | None
    certification: str | None
    network: str | None
    status: str | None
    rating: float | None
    votes: int | None
    seasons: list[SeasonRow]


class PersonRow(Struct, array_like=True, gc=False):
    """A person."""

    trakt: int
    slug: str
    name: str
    imdb: str | None
    tmdb: int | None


class Shipped(Struct):
    """The whole file."""

    movies: list[MovieRow] = field(default_factory=list)
    shows: list[ShowRow] = field(default_factory=list)
    people: list[PersonRow] = field(default_factory=list)


def packed(data: Shipped) -> bytes:
    """The file's bytes; the same for the same data."""
    return gzip.compress(msgspec.json.encode(data), 9, mtime=0)


def unpacked(raw: bytes) -> Shipped:
    """The data in the file's bytes."""
    return msgspec.json.decode(gzip.decompress(raw), type=Shipped)


def instant(minutes: int | None) -> datetime | None:
    """The aware UTC instant of a number of minutes since 1970."""
    return None if minutes is None else EPOCH + timedelta(minutes=minutes)


def known_or_drawn(kind: str, trakt: int, rating: float | None, votes: int | None) -> tuple[float, int]:
    """Rating and votes as recorded, each drawn where it was not."""
    if rating is not None and votes is not None:
        return rating, votes
    drawn = community(kind, trakt)
    return drawn[0] if rating is None else rating, drawn[1] if votes is None else votes


def movie(row: MovieRow) -> Movie:
    """The film of a row."""
    rating, votes = known_or_drawn("movie", row.trakt, row.rating, row.votes)
    return Movie(
        trakt=row.trakt,
        slug=row.slug,
        title=row.title,
        year=row.year,
        imdb=row.imdb,
        tmdb=row.tmdb,
        released=row.released,
        runtime_min=row.runtime_min,
        genres=row.genres,
        country=row.country,
        language=row.language,
        certification=row.certification,
        rating=rating,
        votes=votes,
    )


def show(row: ShowRow) -> Show:
    """The show of a row, whole."""
    rating, votes = known_or_drawn("show", row.trakt, row.rating, row.votes)
    made = Show(
        trakt=row.trakt,
        slug=row.slug,
        title=row.title,
        year=row.year,
        imdb=row.imdb,
        tmdb=row.tmdb,
        tvdb=row.tvdb,
        first_aired=instant(row.aired_min),
        runtime_min=row.runtime_min,
        genres=row.genres,
        country=row.country,
        language=row.language,
        certification=row.certification,
        network=row.network,
        status=row.status,
        rating=rating,
        votes=votes,
    )
    made.seasons = [season(made, s) for s in row.seasons]
    return made


def season(parent: Show, row: SeasonRow) -> Season:
    """The season of a row, with its episodes."""
    tmdb = season_tmdb(row.trakt) if row.tmdb is None else row.tmdb
    made = Season(row.trakt, parent, row.number, row.tvdb, tmdb)
    made.episodes = [episode(made, e) for e in row.episodes]
    return made


def episode(parent: Season, row: EpisodeRow) -> Episode:
    """The episode of a row; its rating and votes are always drawn."""
    rating, votes = community("episode", row.trakt)
    tmdb = episode_tmdb(row.trakt) if row.tmdb is None else row.tmdb
    aired = None if row.aired_min is None else EPOCH + timedelta(minutes=row.aired_min)
    return Episode(
        row.trakt,
        parent,
        row.number,
        row.title,
        row.tvdb,
        row.imdb,
        tmdb,
        row.number_abs,
        aired,
        row.runtime_min,
        rating,
        votes,
    )


def person(row: PersonRow) -> Person:
    """The person of a row."""
    return Person(row.trakt, row.slug, row.name, row.imdb, row.tmdb)
