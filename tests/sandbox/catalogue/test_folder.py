"""The large catalogue from a folder, and folders that cannot be one."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from watchprint.sandbox.catalogue import CatalogueError, load_folder
from watchprint.sandbox.catalogue.synthetic import community

TABLES: dict[str, list[dict[str, Any]]] = {
    "movies": [
        {
            "trakt": 2,
            "slug": "b-2000",
            "title": "B",
            "year": 2000,
            "imdb": None,
            "tmdb": 9,
            "runtime": None,
            "released": date(2000, 1, 2),
            "genres": None,
            "country": None,
            "language": None,
            "certification": None,
            "rating": None,
            "votes": None,
        },
    ],
    "shows": [
        {
            "trakt": 5,
            "slug": "s",
            "title": "S",
            "year": 1999,
            "imdb": "tt5",
            "tmdb": 1,
            "tvdb": 2,
            "first_aired_date": date(1999, 3, 4),
            "runtime": 30,
            "genres": ["drama"],
            "country": "us",
            "language": "en",
            "certification": None,
            "network": "N",
            "status": "ended",
            "rating": 8.5,
            "votes": 10,
        },
        {
            "trakt": 7,
            "slug": "s",
            "title": "S",
            "year": 2003,
            "imdb": None,
            "tmdb": 3,
            "tvdb": None,
            "first_aired_date": None,
            "runtime": None,
            "genres": [],
            "country": None,
            "language": None,
            "certification": None,
            "network": None,
            "status": None,
            "rating": None,
            "votes": None,
        },
    ],
    "seasons": [
        {"show_id": 5, "number": 1, "trakt": 51, "tvdb": None, "tmdb": 4},
        {"show_id": 5, "number": 0, "trakt": 50, "tvdb": None, "tmdb": None},
    ],
    "episodes": [
        {
            "show_id": 5,
            "season": 1,
            "number": 2,
            "trakt": 512,
            "title": None,
            "tvdb": None,
            "imdb": None,
            "tmdb": None,
            "number_abs": 2,
            "first_aired": None,
            "runtime": 29,
        },
        {
            "show_id": 5,
            "season": 1,
            "number": 1,
            "trakt": 511,
            "title": "One",
            "tvdb": 1,
            "imdb": "tt9",
            "tmdb": 8,
            "number_abs": 1,
            "first_aired": datetime(1999, 3, 4, 20, 30, tzinfo=UTC),
            "runtime": None,
        },
    ],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a tiny catalogue."""
    for name, rows in TABLES.items():
        pq.write_table(pa.Table.from_pylist(rows), tmp_path / f"{name}.parquet")
    return tmp_path


def test_titles_come_with_their_facts(folder: Path) -> None:
    catalogue = load_folder(folder)
    film = catalogue.movies[2]
    assert (film.title, film.year, film.released, film.runtime_min, film.genres) == (
        "B", 2000, date(2000, 1, 2), None, (),
    )  # fmt: skip
    assert (film.rating, film.votes) == community("movie", 2)
    show = catalogue.shows[5]
    assert (show.rating, show.votes, show.network) == (8.5, 10, "N")
    assert show.first_aired == datetime(1999, 3, 4, tzinfo=UTC)
    assert [s.number for s in show.seasons] == [0, 1]
    one, two = show.seasons[1].episodes
    assert (one.title, one.first_aired, one.tmdb) == ("One", datetime(1999, 3, 4, 20, 30, tzinfo=UTC), 8)
    assert (two.title, two.first_aired, two.runtime_min, two.tmdb) == (None, None, 29, None)


def test_a_shared_slug_goes_to_the_better_known_show(folder: Path) -> None:
    catalogue = load_folder(folder)
    drawn = community("show", 7)[1]
    assert catalogue.by_path("show", "s") is catalogue.shows[5 if drawn < 10 else 7]
    assert catalogue.by_path("show", "5") is catalogue.shows[5]
    assert catalogue.by_path("show", "7") is catalogue.shows[7]


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"no folder .*nowhere.*movies\.parquet"):
        load_folder(tmp_path / "nowhere")


@pytest.mark.parametrize("name", TABLES)
def test_a_missing_table_is_named(folder: Path, name: str) -> None:
    (folder / f"{name}.parquet").unlink()
    with pytest.raises(CatalogueError, match=rf"{name}\.parquet is missing"):
        load_folder(folder)


@pytest.mark.parametrize("content", [b"", b"PAR1", b"not parquet at all", b"PAR1" + b"\0" * 100 + b"PAR1"])
def test_a_corrupt_table_is_named(folder: Path, content: bytes) -> None:
    (folder / "episodes.parquet").write_bytes(content)
    with pytest.raises(CatalogueError, match=r"episodes\.parquet cannot be read"):
        load_folder(folder)


def test_a_cut_table_is_named(folder: Path) -> None:
    file = folder / "movies.parquet"
    file.write_bytes(file.read_bytes()[:-40])
    with pytest.raises(CatalogueError, match=r"movies\.parquet cannot be read"):
        load_folder(folder)


def test_a_missing_column_is_an_error_that_names_the_columns(folder: Path) -> None:
    rows = [{k: v for k, v in row.items() if k != "tmdb"} for row in TABLES["movies"]]
    pq.write_table(pa.Table.from_pylist(rows), folder / "movies.parquet")
    with pytest.raises(CatalogueError, match=r"movies\.parquet .* needs the columns trakt, slug"):
        load_folder(folder)


@pytest.mark.parametrize(("name", "parent"), [("seasons", "show 6"), ("episodes", "season 1 of show 6")])
def test_rows_without_a_parent_are_an_error(folder: Path, name: str, parent: str) -> None:
    rows = [{**row, "show_id": 6} for row in TABLES[name]]
    pq.write_table(pa.Table.from_pylist(rows), folder / f"{name}.parquet")
    with pytest.raises(CatalogueError, match=parent):
        load_folder(folder)


def test_without_pyarrow_the_extra_is_named(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['pyarrow'] = None\n"
        "from watchprint.sandbox.catalogue import load_folder, builtin, CatalogueError\n"
        "builtin()\n"
        "try: load_folder(sys.argv[1])\n"
        "except CatalogueError as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    assert "watchprint[insights]" in done.stdout


@pytest.mark.shared
def test_the_large_catalogue_is_loaded(shared_dir: Path) -> None:
    catalogue = load_folder(shared_dir / "catalog")
    assert (len(catalogue.movies), len(catalogue.shows), len(catalogue.episodes)) == (5_995, 2_047, 79_368)
    galactica = catalogue.by_path("show", "battlestar-galactica-2003")
    assert galactica is catalogue.shows[1959]
    assert catalogue.by_ids("show", {"tmdb": 71365}) is catalogue.shows[173344]
