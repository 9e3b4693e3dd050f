"""What is written is what is kept: every play, every column, in every format; the same bytes for the same data."""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from tests.exporting.person import EVENING, NIGHT
from watchprint import exporting
from watchprint.domain.period import PeriodError
from watchprint.domain.play import Arrival, Source
from watchprint.exchange.tables.csv_table import read_back
from watchprint.exporting import ExportCancelled, ExportRefused, ExportUnwritable, Format, Step
from watchprint.exporting.parts import ALL
from watchprint.store import Store

ONE_TABLE: list[Format] = ["csv", "ndjson", "parquet"]


def as_rows(path: Path, format: Format, part: str) -> list[dict[str, Any]]:
    """A file's rows, in Python's values."""
    table = next(each.table for each in ALL.values() if each.table.name == part)
    if format == "csv":
        with path.open("rb") as stream:
            return [dict(zip(table.names, row, strict=True)) for row in read_back(stream, table)]
    if format == "parquet":
        rows: list[dict[str, Any]] = pq.read_table(path).to_pylist()
        return rows
    return [_typed(json.loads(line), part) for line in path.read_text().split("\n") if line]


def _typed(row: dict[str, Any], part: str) -> dict[str, Any]:
    table = next(each.table for each in ALL.values() if each.table.name == part)
    forms = {"instant": datetime.fromisoformat, "wall_clock": datetime.fromisoformat, "day": date.fromisoformat}
    types = {column.name: column.type for column in table.columns}
    return {
        name: forms[types[name]](value) if value is not None and types[name] in forms else value
        for name, value in row.items()
    }


def plays(store: Store, account: int, tmp_path: Path, format: Format = "csv", **asked: Any) -> list[dict[str, Any]]:
    target = tmp_path / f"plays.{format}"
    exported = exporting.write(store, account, target, format=format, force=True, **asked)
    rows = as_rows(target, format, "plays")
    assert exported.rows == {"plays": len(rows)}
    return rows


@pytest.mark.parametrize("format", ONE_TABLE)
def test_a_play_carries_everything_that_is_known_of_it(store: Store, ann: int, tmp_path: Path, format: Format) -> None:
    rows = plays(store, ann, tmp_path, format)
    [kept] = [play for play in store.read(lambda work: work.plays.page(ann)) if play.trakt_id == 7_000_000_001]
    [row] = [row for row in rows if row["trakt_play_id"] == 7_000_000_001]
    assert row == {
        "play_id": kept.id,
        "trakt_play_id": 7_000_000_001,
        "watched_at": EVENING,
        "watched_local": datetime(2024, 5, 1, 17, 30),
        "zone": "America/New_York",
        "finished_at": EVENING,
        "action": "scrobble",
        "trakt_state": "there",
        "sources": ["session:s1", "trakt:7000000001"],
        "title_id": kept.title_id,
        "kind": "movie",
        "title": "Heat",
        "year": 1995,
        "show": None,
        "season": None,
        "number": None,
        "trakt": 501,
        "imdb": "tt0113277",
        "tmdb": 949,
        "tvdb": None,
        "slugs": ["heat-1995"],
        "plex": ["5d77"],
        "show_title_id": None,
        "show_trakt": None,
        "show_imdb": None,
        "show_tmdb": None,
        "show_tvdb": None,
        "show_slugs": None,
        "show_plex": None,
        "runtime_min": 170,
        "show_runtime_min": None,
        "genres": ["crime", "drama"],
        "country": "us",
        "language": "en",
        "network": None,
        "certification": "R",
        "released_on": date(1995, 12, 15),
        "first_aired_at": None,
        "community_rating": 8.25,
        "community_votes": 40_001,
        "status": "released",
        "place": "Home, sweet home",
        "place_kind": "home",
        "place_latitude": 52.5,
        "place_longitude": -13.4,
        "place_venue_id": None,
    }


@pytest.mark.parametrize("format", ONE_TABLE)
def test_an_episode_has_its_show_and_what_its_show_knows(
    store: Store, ann: int, tmp_path: Path, format: Format
) -> None:
    [row] = [row for row in plays(store, ann, tmp_path, format) if row["trakt_play_id"] == 7_000_000_000]
    said = ("kind", "title", "year", "show", "season", "number", "trakt", "tvdb", "show_trakt", "show_tmdb")
    assert [row[name] for name in said] == ["episode", "Pilot", 2004, "Lost", 1, 1, 16048, 127131, 73, 4607]
    assert (row["runtime_min"], row["show_runtime_min"], row["genres"]) == (None, 42, ["mystery"])
    assert (row["network"], row["country"]) == ("ABC", "us")
    assert (row["watched_local"], row["zone"]) == (datetime(2023, 10, 29, 2, 30), "Europe/Berlin")


@pytest.mark.parametrize("format", ONE_TABLE)
def test_an_unknown_date_is_unknown_and_never_1970(store: Store, ann: int, tmp_path: Path, format: Format) -> None:
    rows = plays(store, ann, tmp_path, format)
    undated = [row for row in rows if row["watched_at"] is None]
    assert [(row["title"], row["season"], row["watched_local"], row["zone"]) for row in undated] == [
        ('=Amélie 🎬, "le" film\n', None, None, None),
        (None, 0, None, None),
    ]
    assert "1970" not in (tmp_path / f"plays.{format}").read_bytes().decode("latin-1")


def test_the_latest_play_comes_first_and_removed_ones_do_not_come(store: Store, ann: int, tmp_path: Path) -> None:
    rows = plays(store, ann, tmp_path)
    assert [row["watched_at"] for row in rows] == [EVENING, NIGHT, NIGHT, None, None]
    assert 99 not in [row["trakt_play_id"] for row in rows]
    [lost] = [row for row in rows if row["trakt_play_id"] == 5_000_000_000]
    assert (lost["title_id"], lost["kind"], lost["title"]) == (None, "movie", None)


def test_a_title_is_no_formula_in_a_spreadsheet(store: Store, ann: int, tmp_path: Path) -> None:
    plays(store, ann, tmp_path)
    text = (tmp_path / "plays.csv").read_text("utf-8-sig")
    assert '"\'=Amélie 🎬, ""le"" film' in text


def test_the_same_data_is_the_same_bytes(store: Store, ann: int, tmp_path: Path) -> None:
    for each in exporting.FORMATS:
        first, second = tmp_path / "one.x", tmp_path / "two.x"
        for target in (first, second):
            exporting.write(store, ann, target, format=each, force=True)
        assert first.read_bytes() == second.read_bytes(), each


def test_json_holds_every_part(store: Store, ann: int, tmp_path: Path) -> None:
    target = tmp_path / "all.json"
    exported = exporting.write(store, ann, target, format="json")
    found = json.loads(target.read_text())
    assert list(found) == list(exporting.PARTS)
    assert {part: len(rows) for part, rows in found.items()} == exported.rows
    assert exported.rows == {
        "plays": 5, "ratings": 4, "watchlist": 1, "collection": 2, "favourites": 1, "lists": 4, "titles": 7,
        "positions": 1,
    }  # fmt: skip
    for part, rows in found.items():
        assert all(list(row) == list(ALL[part].table.names) for row in rows), part
    [empty] = [row for row in found["lists"] if row["list_name"] == "Empty, still"]
    assert empty["title_id"] is None
    assert [row["title"] for row in found["lists"]] == ["Al Pacino", "Heat", None, "Pilot"]
    [heat] = [row for row in found["collection"] if row["title"] == "Heat"]
    assert (heat["media_type"], heat["is_3d"], heat["more"]) == ("bluray", False, '{"available_on":["plex"]}')
    [rated] = [row for row in found["ratings"] if row["kind"] == "movie"]
    assert (rated["rating"], rated["community_votes"]) == (10, 40_001)
    [paused] = found["positions"]
    assert (paused["title"], paused["progress_pct"]) == ("Heat", 41.5)
    [pilot] = [row for row in found["titles"] if row["title"] == "Pilot"]
    assert pilot["sources"] == ["name=trakt", "first_aired_at=trakt"]


@pytest.mark.parametrize("format", ONE_TABLE)
def test_a_folder_has_a_file_a_part(store: Store, ann: int, tmp_path: Path, format: Format) -> None:
    folder = tmp_path / "copy"
    exported = exporting.write(store, ann, folder, format=format, parts=["lists", "plays"])
    assert [file.path for file in exported.files] == [folder / f"plays.{format}", folder / f"lists.{format}"]
    assert len(as_rows(folder / f"lists.{format}", format, "lists")) == 4
    assert sorted(path.name for path in folder.iterdir()) == [f"lists.{format}", f"plays.{format}"]


def test_every_part_has_rows_of_its_own_columns_in_parquet(store: Store, ann: int, tmp_path: Path) -> None:
    exported = exporting.write(store, ann, tmp_path / "all", format="parquet")
    assert len(exported.files) == len(exporting.PARTS)
    for part in exporting.PARTS:
        table = pq.read_table(tmp_path / "all" / f"{part}.parquet")
        assert table.schema.names == list(ALL[part].table.names)
        assert len(table) == exported.rows[part]


@pytest.mark.parametrize(
    ("period", "count"),
    [("all", 5), ("2024", 1), ("2023-10", 2), ("2023-10-28", 2), ("2023-10-29", 0), ("..2023-12-31", 2)],
)
def test_a_period_is_of_local_days(store: Store, ann: int, tmp_path: Path, period: str, count: int) -> None:
    assert len(plays(store, ann, tmp_path, period=period)) == count


def test_a_period_that_is_none_is_refused_and_nothing_is_left(store: Store, ann: int, tmp_path: Path) -> None:
    with pytest.raises(PeriodError):
        exporting.write(store, ann, tmp_path / "plays.csv", format="csv", period="yesteryear")
    with pytest.raises(ExportRefused, match="take what is left out as removed"):
        exporting.write(store, ann, tmp_path / "plays.zip", format="trakt-zip", period="2024")
    assert list(tmp_path.glob("*plays*")) == []


def test_a_stream_takes_text_formats_only(store: Store, ann: int) -> None:
    stream = io.BytesIO()
    assert exporting.write(store, ann, stream, format="ndjson").rows == {"plays": 5}
    assert len(stream.getvalue().splitlines()) == 5
    out = io.BytesIO()
    exporting.write(store, ann, out, format="csv", parts=["watchlist"])
    assert out.getvalue().startswith(b"title_id,"), "no mark in a pipe"
    with pytest.raises(ExportRefused, match="a pipe takes csv, json or ndjson"):
        exporting.write(store, ann, io.BytesIO(), format="parquet", parts=["plays"])


def test_progress_is_told_and_reaches_its_end(store: Store, ann: int, tmp_path: Path) -> None:
    told: list[Step] = []
    exporting.write(store, ann, tmp_path / "all.json", format="json", on_progress=told.append)
    for part in exporting.PARTS:
        mine = [step for step in told if step.part == part]
        assert mine[-1].done == mine[-1].total
        assert [step.done for step in mine] == sorted(step.done for step in mine)


@pytest.mark.parametrize("format", ["csv", "json", "parquet", "trakt-zip"])
def test_called_off_it_leaves_nothing(store: Store, ann: int, tmp_path: Path, format: Format) -> None:
    calls: list[int] = []

    def cancelled() -> bool:
        calls.append(1)
        return len(calls) > 1

    with pytest.raises(ExportCancelled):
        exporting.write(store, ann, tmp_path / "out.x", format=format, cancelled=cancelled)
    assert [path for path in tmp_path.iterdir() if path.is_file()] == []
    assert store.read(lambda work: work.files.all()) == []


def test_a_file_that_is_there_stays_unless_it_is_forced(store: Store, ann: int, tmp_path: Path) -> None:
    target = tmp_path / "plays.csv"
    target.write_text("mine")
    with pytest.raises(ExportRefused, match="--force"):
        exporting.write(store, ann, target, format="csv")
    assert target.read_text() == "mine"
    exporting.write(store, ann, target, format="csv", force=True)
    assert target.read_text("utf-8-sig").startswith("play_id,")
    assert target.stat().st_mode & 0o777 == 0o600


def test_a_file_that_comes_meanwhile_stays(store: Store, ann: int, tmp_path: Path) -> None:
    folder, late = tmp_path / "copy", tmp_path / "copy" / "ratings.csv"

    def arrives(step: Step) -> None:
        if step.part == "ratings" and not late.exists():
            late.write_text("mine")

    with pytest.raises(ExportRefused, match="is there already"):
        exporting.write(store, ann, folder, format="csv", on_progress=arrives)
    assert [(path.name, path.read_text()) for path in folder.iterdir()] == [("ratings.csv", "mine")]


def test_where_nothing_can_be_written_it_says_so(store: Store, ann: int, tmp_path: Path) -> None:
    with pytest.raises(ExportUnwritable, match="does not exist"):
        exporting.write(store, ann, tmp_path / "no" / "plays.csv", format="csv")
    (tmp_path / "x.json").mkdir()
    with pytest.raises(ExportRefused, match="is a folder"):
        exporting.write(store, ann, tmp_path / "x.json", format="json", force=True)


def test_files_are_noted_so_that_forgetting_names_them(store: Store, ann: int, tmp_path: Path) -> None:
    target = tmp_path / "plays.csv"
    exporting.write(store, ann, target, format="csv")
    assert store.read(lambda work: work.files.all()) == [(target.resolve(), "export")]
    assert store.forget(ann).elsewhere == (target.resolve(),)


def test_what_is_kept_does_not_move(store: Store, ann: int, tmp_path: Path) -> None:
    before = store.read(lambda work: work.accounts.revision(ann))
    exporting.write(store, ann, tmp_path / "all.json", format="json")
    assert store.read(lambda work: work.accounts.revision(ann)) == before


def test_many_plays_come_in_pieces_and_none_is_lost(store: Store, tmp_path: Path) -> None:
    bob = store.write(lambda work: work.accounts.create("bob")).id
    count = 4_500
    rows = [
        Arrival(title_id=None, watched_at=datetime(2020, 1, 1, tzinfo=UTC) + timedelta(hours=n // 2),
                sources=(Source("file", str(n)),))
        for n in range(count)
    ]  # fmt: skip
    store.write(lambda work: work.plays.arrive(bob, rows))
    for each in ONE_TABLE:
        found = plays(store, bob, tmp_path, each)
        assert len({row["play_id"] for row in found}) == count
        assert [row["watched_at"] for row in found] == sorted((row["watched_at"] for row in found), reverse=True)
