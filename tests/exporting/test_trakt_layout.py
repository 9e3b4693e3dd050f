"""A ZIP in Trakt's layout: both readers take it back to what is kept, and insights can be computed from it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from tests.exporting.person import EVENING, NIGHT
from watchprint import exporting
from watchprint.domain.zones import zones
from watchprint.exchange import trakt_zip
from watchprint.exchange.trakt_zip import Export
from watchprint.importing import take_in
from watchprint.store import Store

UNKNOWN_AT = datetime(1970, 1, 1, tzinfo=UTC)
OF_THIS_STORE = frozenset(
    {
        "play_id", "title_id", "show_title_id", "list_id", "appeared_at", "finished_at", "community_at",
        "at_rating_time", "watched_local", "zone", "sources", "plex", "show_plex", "more",
    }
)  # fmt: skip
"""Our numbers, when this program saw something and by whose clock: no row of Trakt's says them."""


@pytest.fixture
def written(store: Store, ann: int, tmp_path: Path) -> Path:
    target = tmp_path / "copy.zip"
    exporting.write(store, ann, target, format="trakt-zip")
    return target


def test_its_files_are_named_as_trakts_are(written: Path) -> None:
    with ZipFile(written) as archive:
        names = set(archive.namelist())
    assert names == {
        "watched-history-1.json", "watched-movies-1.json", "watched-shows-1.json", "watched-playback.json",
        "ratings-movies.json", "ratings-shows.json", "ratings-seasons.json", "ratings-episodes.json",
        "collection-movies-1.json", "collection-episodes-1.json", "lists-watchlist.json", "lists-favorites.json",
        "lists-lists.json", "lists-list-55-to-show-anna.json", "lists-list-100000000000000002-empty-still.json",
        "lists-list-100000000000000003-never-at-trakt.json", "user-profile.json",
    }  # fmt: skip


def test_plays_come_back_with_ids_times_and_titles(written: Path) -> None:
    export = trakt_zip.read(written)
    assert export.plays is not None
    said = [(p.id, p.watched_at, p.action, p.type, _title(p.movie or p.episode)) for p in export.plays]
    assert said == [
        (7_000_000_001, EVENING, "scrobble", "movie", "Heat"),
        *sorted(
            [
                (5_000_000_000, NIGHT, "checkin", "movie", None),
                (7_000_000_000, NIGHT, "watch", "episode", "Pilot"),
            ],
            key=lambda row: [each[0] for each in said].index(row[0]),
        ),
        (None, UNKNOWN_AT, None, "movie", '=Amélie 🎬, "le" film\n'),
        (6_000_000_000, UNKNOWN_AT, "watch", "episode", None),
    ]
    assert export.profile is not None
    assert export.profile.username == "ann"


def _title(said: object) -> str | None:
    return getattr(said, "title", None)


def test_watched_titles_add_up_and_carry_their_facts(written: Path) -> None:
    export = trakt_zip.read(written)
    assert export.titles is not None
    counts = {_title(row.movie or row.show): row.plays for row in export.titles}
    assert counts == {"Heat": 1, '=Amélie 🎬, "le" film\n': 1, "Lost": 2}
    [heat] = [row.movie for row in export.titles if row.movie is not None and row.movie.title == "Heat"]
    assert heat is not None
    facts = (heat.runtime, heat.genres, heat.country, heat.certification, heat.rating, heat.votes, heat.released)
    assert facts == (170, ["crime", "drama"], "us", "R", 8.25, 40_001, "1995-12-15")


def test_ratings_and_the_watchlist_come_back(written: Path) -> None:
    export: Export = trakt_zip.read(written)
    assert export.ratings is not None
    rated = {(row.type, row.rating, row.rated_at) for row in export.ratings}
    assert rated == {("movie", 10, EVENING), ("show", 7, None), ("season", 6, NIGHT), ("episode", 9, NIGHT)}
    assert export.watchlist is not None
    [entry] = export.watchlist
    assert (entry.rank, entry.id, entry.listed_at, entry.notes, entry.type) == (1, 3, NIGHT, "-> soon", "show")


def test_insights_are_computed_from_it(written: Path) -> None:
    from watchprint import insights

    answer = insights.compute("totals", **trakt_zip.read(written).rows())
    assert answer.n == 5


def test_parts_that_were_not_asked_for_are_unknown_and_not_empty(store: Store, ann: int, tmp_path: Path) -> None:
    target = tmp_path / "some.zip"
    exported = exporting.write(store, ann, target, format="trakt-zip", parts=["ratings"])
    assert exported.rows == {"ratings": 4}
    export = trakt_zip.read(target)
    assert export.plays is None
    assert {"watched-history", "lists-watchlist"} <= set(export.missing)


def test_the_reader_of_imports_takes_all_of_it(written: Path) -> None:
    from watchprint.exchange.reading.trakt_export import TraktExport

    reader = TraktExport(written, zones("UTC"))
    try:
        rows = list(reader.rows())
        lists = reader.lists()
    finally:
        reader.close()
    assert {row.wrong for row in rows if row.part in ("plays", "ratings", "collection", "watchlist")} <= {None}
    count = {part: sum(row.part == part for row in rows) for part in ("plays", "ratings", "collection", "lists")}
    assert count == {"plays": 5, "ratings": 4, "collection": 2, "lists": 3}
    assert [each.trakt_id for each in lists if each.trakt_id is not None] == [55]
    undated = [row for row in rows if row.part == "plays" and row.at is None]
    assert len(undated) == 2
    [heat] = [row for row in rows if row.part == "collection" and row.kind == "movie"]
    assert (heat.details["media_type"], heat.details["is_3d"], heat.at) == ("bluray", False, NIGHT)


def test_a_store_that_takes_it_in_holds_equal_rows(written: Path, store: Store, ann: int, tmp_path: Path) -> None:
    with Store.open(home=tmp_path / "other") as other:
        report = take_in(other, "ann", written)
        assert report.problems == ()
        assert other.read(lambda work: [each.name for each in work.shelves.lists(report.account_id)]) == [
            "To show Anna", "Empty, still", "Never at Trakt",
        ]  # fmt: skip
        assert told(other, report.account_id, tmp_path / "theirs.json") == told(store, ann, tmp_path / "ours.json")
        assert not take_in(other, "ann", written)


def told(store: Store, account_id: int, path: Path) -> dict[str, list[str]]:
    """What is kept of an account, as rows without what another store says otherwise."""
    parts = ["plays", "ratings", "watchlist", "collection", "favourites", "lists"]
    exporting.write(store, account_id, path, format="json", parts=parts)
    tables: dict[str, list[dict[str, Any]]] = json.loads(path.read_text(encoding="utf-8"))
    return {part: sorted(json.dumps(_comparable(row)) for row in rows) for part, rows in tables.items()}


def _comparable(row: dict[str, Any]) -> dict[str, Any]:
    """The row; what is read from a file has no white space around it."""
    said = {name: value for name, value in row.items() if name not in OF_THIS_STORE and not name.startswith("place")}
    return {name: value.strip() if isinstance(value, str) else value for name, value in said.items()}
