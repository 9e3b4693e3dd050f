"""Tables that were exported can be taken in: no play is lost, and nothing comes to stand on another shelf."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.exporting.person import EVENING
from tests.exporting.test_trakt_layout import told
from watchprint import exporting
from watchprint.domain.play import Arrival, Place, Source
from watchprint.exporting.asked import Format
from watchprint.importing import ImportReport, take_in
from watchprint.store import Store

HOME = Place(name="Home, sweet home", kind="home")
TABLES: tuple[Format, ...] = ("csv", "ndjson", "json")


def counted(report: ImportReport) -> dict[str, tuple[int, int]]:
    """Rows, and those that were added, of each part."""
    return {part: (done.rows, done.added) for part, done in report.parts.items() if done.rows}


def said(store: Store, account_id: int, path: Path, part: str) -> list[tuple[Any, ...]]:
    """The names and the times of a part's rows."""
    names = ("title", "season", "number", "watched_at", "rated_at", "listed_at", "collected_at", "favourited_at")
    rows = [json.loads(row) for row in told(store, account_id, path)[part]]
    return sorted((tuple(row.get(name) for name in names) for row in rows), key=repr)


@pytest.mark.parametrize("format", TABLES)
def test_every_play_is_taken_in_wherever_it_was_watched(store: Store, ann: int, tmp_path: Path, format: Format) -> None:
    heat = store.read(lambda work: work.titles.find("movie", "trakt", "501"))
    more = [
        Arrival(
            title_id=heat,
            watched_at=EVENING + timedelta(days=n),
            sources=(Source("session", f"at home {n}"),),
            place=HOME,
        )
        for n in (1, 2, 3)
    ]
    store.write(lambda work: work.plays.arrive(ann, more))
    path = tmp_path / f"plays.{format}"
    exporting.write(store, ann, path, format=format, parts=["plays"])
    with Store.open(home=tmp_path / "other") as other:
        report = take_in(other, "ann", path)
        assert counted(report) == {"plays": (8, 8)}
        theirs = said(other, report.account_id, tmp_path / "theirs.json", "plays")
        assert theirs == said(store, ann, tmp_path / "ours.json", "plays")


@pytest.mark.parametrize("format", TABLES)
@pytest.mark.parametrize(
    ("part", "name", "rows"),
    [
        ("ratings", "ratings", 4),
        ("watchlist", "watchlist", 1),
        ("collection", "collection", 2),
        ("favourites", "favorites", 1),
    ],
)
def test_a_shelf_is_taken_in_as_that_shelf(
    store: Store, ann: int, tmp_path: Path, format: Format, part: str, name: str, rows: int
) -> None:
    path = tmp_path / f"{part}.{format}"
    exporting.write(store, ann, path, format=format, parts=[part])
    with Store.open(home=tmp_path / "other") as other:
        report = take_in(other, "ann", path)
        assert counted(report) == {name: (rows, rows)}
        theirs = said(other, report.account_id, tmp_path / "theirs.json", part)
        assert theirs == said(store, ann, tmp_path / "ours.json", part)


@pytest.mark.parametrize("format", ["csv", "ndjson"])
def test_a_personal_list_is_not_taken_for_the_watchlist(store: Store, ann: int, tmp_path: Path, format: Format) -> None:
    path = tmp_path / f"lists.{format}"
    exporting.write(store, ann, path, format=format, parts=["lists"])
    with Store.open(home=tmp_path / "other") as other:
        report = take_in(other, "ann", path)
        assert report.total().added == 0
        assert len(report.problems) == report.rows == 4
        assert any("personal lists are taken from Trakt's ZIP only" in each.reason for each in report.problems)
