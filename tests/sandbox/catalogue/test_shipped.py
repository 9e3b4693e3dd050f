"""The shipped catalogue: its size, its traps, and its ids against the large catalogue."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchprint.sandbox.catalogue import Movie, Show, builtin, rows
from watchprint.sandbox.catalogue.shipped import DATA
from watchprint.sandbox.catalogue.synthetic import (
    EPISODE_TMDB,
    FIRST_SYNTHETIC,
    SEASON_TMDB,
    community,
    episode_tmdb,
    season_tmdb,
)
from watchprint.sandbox.present.names import GENRES


def test_it_is_large_enough_and_small_enough() -> None:
    catalogue = builtin()
    assert len(catalogue.movies) >= 400
    assert len(catalogue.shows) >= 100
    assert len(catalogue.episodes) >= 6_000
    assert len(catalogue.people) >= 60
    data = files("watchprint.sandbox.catalogue").joinpath("data")
    assert len(data.joinpath(DATA).read_bytes()) < 500_000
    assert "CC BY-SA 4.0" in data.joinpath("NOTICE").read_text(encoding="utf-8")


def test_the_well_known_ids_are_the_real_ones() -> None:
    catalogue = builtin()
    for kind, tmdb, trakt, title in (
        ("movie", 949, 789, "Heat"),
        ("movie", 603, 481, "The Matrix"),
        ("show", 1396, 1388, "Breaking Bad"),
        ("show", 1399, 1390, "Game of Thrones"),
    ):
        found = catalogue.by_ids(kind, {"tmdb": tmdb})
        assert isinstance(found, (Movie, Show))
        assert (found.trakt, found.title) == (trakt, title)


def test_ids_are_unique_per_type() -> None:
    catalogue = builtin()
    for titles in (catalogue.movies, catalogue.shows, catalogue.seasons, catalogue.episodes, catalogue.people):
        for scheme in ("imdb", "tmdb", "tvdb"):
            ids = [i for t in titles.values() if (i := getattr(t, scheme, None)) is not None]
            assert len(ids) == len(set(ids)), scheme
    slugs = [m.slug for m in catalogue.movies.values()]
    assert len(slugs) == len(set(slugs))
    assert len({p.slug for p in catalogue.people.values()}) == len(catalogue.people)


def test_all_films_shows_seasons_and_episodes_have_a_tmdb_id() -> None:
    catalogue = builtin()
    for titles in (catalogue.movies, catalogue.shows, catalogue.seasons, catalogue.episodes):
        assert all(title.tmdb is not None for title in titles.values())
    drawn = [e for e in catalogue.episodes.values() if (e.tmdb or 0) >= EPISODE_TMDB]
    assert all(e.tmdb == episode_tmdb(e.trakt) for e in drawn)
    named = [s for s in catalogue.seasons.values() if (s.tmdb or 0) >= SEASON_TMDB]
    assert all(s.tmdb == season_tmdb(s.trakt) for s in named)


def test_genres_are_trakts_slugs_and_countries_and_languages_are_codes() -> None:
    catalogue = builtin()
    titles: list[Movie | Show] = [*catalogue.movies.values(), *catalogue.shows.values()]
    for title in titles:
        assert set(title.genres) <= set(GENRES)
        assert len(title.country or "xx") == len(title.language or "xx") == 2
    assert len({m.country for m in catalogue.movies.values()}) >= 20
    assert len({s.network for s in catalogue.shows.values()}) >= 30


def test_seasons_and_episodes_stand_in_order_under_their_parents() -> None:
    for show in builtin().shows.values():
        numbers = [s.number for s in show.seasons]
        assert numbers == sorted(set(numbers))
        for season in show.seasons:
            assert season.show is show
            assert season.episodes
            episodes = [e.number for e in season.episodes]
            assert episodes == sorted(set(episodes))
            assert all(e.season is season and e.show is show for e in season.episodes)


def test_the_traps_are_there() -> None:
    catalogue = builtin()
    films, shows = list(catalogue.movies.values()), list(catalogue.shows.values())
    episodes = list(catalogue.episodes.values())
    far = datetime(2090, 1, 1, tzinfo=UTC)
    assert [m.title for m in films if m.runtime_min is None and m.year]
    assert [m for m in films if m.year is None and m.released is None]
    assert [s for s in shows if s.runtime_min is None]
    assert [e for e in episodes if e.title is None]
    assert [e for e in episodes if e.title is not None]
    assert [e for e in episodes if e.first_aired is None]
    assert [e for e in episodes if e.first_aired and e.first_aired > far]
    assert [s for s in catalogue.seasons.values() if s.number == 0]
    assert [m for m in films if not m.title.isascii()]
    assert {m.year for m in films if m.title == "The Thing"} == {1982, 2011}
    assert set(catalogue.movies) & set(catalogue.shows)
    assert [m for m in films if m.imdb is None]


def test_every_rating_is_one() -> None:
    catalogue = builtin()
    announced = {m.trakt for m in catalogue.movies.values() if m.year is None}
    for titles in (catalogue.movies, catalogue.shows, catalogue.episodes):
        for title in titles.values():
            assert 1 <= title.rating <= 10 or title.trakt in announced
            assert title.votes > 0 or title.trakt in announced


@given(st.integers(1, 2**40))
def test_drawn_figures_depend_on_the_title_alone(trakt: int) -> None:
    rating, votes = community("movie", trakt)
    assert (rating, votes) == community("movie", trakt)
    assert 4 <= rating <= 10
    assert 20 <= votes <= 40_000


@given(st.integers(1, 99_999), st.integers(0, 99_999))
def test_drawn_ids_never_meet(real: int, ours: int) -> None:
    episodes = {episode_tmdb(real), episode_tmdb(900_000_000 + real), episode_tmdb(900_000_000 + ours)}
    assert len(episodes) == (2 if ours == real else 3)
    seasons = {season_tmdb(real), season_tmdb(800_000_000 + real), season_tmdb(800_000_000 + ours)}
    assert len(seasons) == (2 if ours == real else 3)


def test_a_packed_catalogue_is_read_back_the_same() -> None:
    raw = files("watchprint.sandbox.catalogue").joinpath("data", DATA).read_bytes()
    assert rows.packed(rows.unpacked(raw)) == raw


def facts(folder: Path, name: str) -> dict[int, dict[str, Any]]:
    """The large catalogue's rows by Trakt id."""
    import pyarrow.parquet as pq

    return {row["trakt"]: row for row in pq.read_table(folder / f"{name}.parquet").to_pylist()}


@pytest.mark.shared
@pytest.mark.parametrize("name", ["movies", "shows"])
def test_ids_are_those_of_the_large_catalogue(shared_dir: Path, name: str) -> None:
    known = facts(shared_dir / "catalog", name)
    ours = builtin().movies if name == "movies" else builtin().shows
    schemes = ("slug", "title", "year", "imdb", "tmdb") + (("tvdb",) if name == "shows" else ())
    strangers = [t for t in ours.values() if t.trakt not in known]
    assert all(t.trakt >= FIRST_SYNTHETIC and t.title.startswith("Untitled ") for t in strangers)
    for title in ours.values():
        row = known.get(title.trakt)
        if row is not None:
            assert {k: getattr(title, k) for k in schemes} == {k: row[k] for k in schemes}
            assert not row["trakt_synthetic"]


@pytest.mark.shared
@pytest.mark.parametrize("name", ["seasons", "episodes"])
def test_ids_of_parts_are_those_of_the_large_catalogue(shared_dir: Path, name: str) -> None:
    known = facts(shared_dir / "catalog", name)
    ours = builtin().seasons if name == "seasons" else builtin().episodes
    for part in ours.values():
        row = known.get(part.trakt)
        if row is None:
            assert 95_200_000 < part.trakt < 95_400_000
            continue
        assert (row["show_id"], row["number"], row["tvdb"]) == (part.show.trakt, part.number, part.tvdb)
        assert part.tmdb == row["tmdb"] or (row["tmdb"] is None and (part.tmdb or 0) >= SEASON_TMDB)
        if name == "episodes":
            assert (row["imdb"], row["title"]) == (getattr(part, "imdb", None), getattr(part, "title", None))
