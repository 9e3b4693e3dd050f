"""CSV and JSON rows: matched by ids, places and names; kept with candidates where that is not clear; corrected."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.importing.files import Said, at, content, zipped
from tests.importing.test_taking import WHOLE, adds_up, whole_zip
from watchprint.domain.title import Facts, Title
from watchprint.importing import NotCorrectable, corrected, report_of, take_in, undo, write_problems
from watchprint.store import Store

HEAD = "type,imdb_id,trakt_id,tmdb_id,title,year,show_title,season,episode,watched_at,rating,rated_at,watchlisted_at\n"


def table(path: Path, *rows: str, head: str = HEAD) -> Path:
    path.write_text(head + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def knows(store: Store, *titles: tuple[int, str, int | None]) -> None:
    rows = [Title(kind="movie", ids={"trakt": n}, facts=Facts(name=name, year=year)) for n, name, year in titles]
    store.write(lambda work: work.titles.resolve_all(rows, "trakt"))


def test_a_row_says_as_much_as_it_has(store: Store, ann: int, tmp_path: Path) -> None:
    path = table(
        tmp_path / "rows.csv",
        "movie,tt0000001,1,,,,,,,2024-05-01T20:00:00Z,8,2024-05-01T21:00:00Z,2024-04-01T00:00:00Z",
        "movie,tt0000002,,,,,,,,,,,2024-04-01T00:00:00Z",
        "episode,,,,,,Severance,,,unknown,,,",
        "movie,tt0000003,,,,,,,,,,,",
    )
    report = take_in(store, ann, path)
    assert adds_up(report)
    assert {part: done.added for part, done in report.parts.items()} == {
        "plays": 1, "ratings": 1, "watchlist": 1, "other": 0,
    }  # fmt: skip
    assert [(p.part, p.place, p.standing) for p in report.problems] == [
        ("plays", "row 3", "unresolved"), ("other", "row 4", "unresolved"),
    ]  # fmt: skip
    kept = content(store, ann)
    assert kept["plays"] == [(None, "f1", at(0), "none", None)]
    assert kept["ratings"] == [("f1", 8, at(0).replace(hour=21))]


def test_a_table_after_an_export_finds_its_plays(store: Store, ann: int, tmp_path: Path) -> None:
    take_in(store, ann, whole_zip(tmp_path))
    kept = content(store, ann)
    path = table(
        tmp_path / "rows.csv",
        "movie,,1,,,,,,,2024-05-01T20:00:31Z,,,",
        "episode,,,,,,severance,1,1,2024-05-01T22:00:00Z,,,",
        "movie,,,,Ronin,1992,,,,unknown,,,",
    )
    report = take_in(store, ann, path)
    assert (report.parts["plays"].there, report.parts["plays"].added) == (3, 0)
    assert content(store, ann) == kept


def test_an_export_after_a_table_finds_its_plays(store: Store, ann: int, tmp_path: Path) -> None:
    take_in(store, ann, table(tmp_path / "rows.csv", "movie,,1,,,,,,,2024-05-01T20:03:00Z,,,"))
    report = take_in(store, ann, whole_zip(tmp_path))
    assert (report.parts["plays"].there, report.parts["plays"].added) == (1, 3)
    assert (1, "f1", at(0), "there", "scrobble") in content(store, ann)["plays"]


def test_a_longer_table_adds_only_what_is_new(store: Store, ann: int, tmp_path: Path) -> None:
    rows = ["movie,,1,,,,,,,2024-05-01T20:00:00Z,,,", "movie,,1,,,,,,,2024-05-01T20:00:00Z,,,"]
    take_in(store, ann, table(tmp_path / "may.csv", *rows))
    assert len(content(store, ann)["plays"]) == 2  # the same row twice is two viewings
    more = "movie,,2,,,,,,,2024-05-02T20:00:00Z,,,"
    report = take_in(store, ann, table(tmp_path / "june.csv", more, *rows))
    assert (report.parts["plays"].there, report.parts["plays"].added) == (2, 1)
    assert len(content(store, ann)["plays"]) == 3


@pytest.mark.parametrize("column", ["row", "place", "Place"])
def test_what_a_table_says_of_a_place_is_not_which_row_it_is(
    store: Store, ann: int, tmp_path: Path, column: str
) -> None:
    head = f"type,trakt_id,watched_at,{column}\n"
    days = [f"movie,1,2024-05-0{day}T20:00:00Z,Home" for day in (1, 2, 3)]
    report = take_in(store, ann, table(tmp_path / "rows.csv", *days, head=head))
    assert (report.parts["plays"].rows, report.parts["plays"].added) == (3, 3)
    assert len(content(store, ann)["plays"]) == 3


def test_times_are_read_as_is_said(store: Store, ann: int, tmp_path: Path) -> None:
    path = table(
        tmp_path / "rows.csv",
        "movie,,1,,,,,,,2024-05-01 20:00,,,",
        "movie,,1,,,,,,,2024-01-02,,,",
        "movie,,1,,,,,,,1714593600,,,",
        "movie,,1,,,,,,,1970-01-01T00:00:00Z,,,",
        "movie,,1,,,,,,,2024-05-01T20:00:00+05:00,,,",
        "movie,,1,,,,,,,released,,,",
    )
    report = take_in(store, ann, path)
    times = {when for _, _, when, _, _ in content(store, ann)["plays"]}
    assert times == {
        datetime(2024, 5, 1, 18, 0, tzinfo=UTC), datetime(2024, 1, 2, 11, 0, tzinfo=UTC),
        datetime(2024, 5, 1, 20, 0, tzinfo=UTC), None, datetime(2024, 5, 1, 15, 0, tzinfo=UTC),
    }  # fmt: skip
    said = " ".join(report.notes)
    for words in ("1 times have no zone", "1 times are only a day", "1 times are numbers", "1 times are unknown"):
        assert words in said
    assert [problem.place for problem in report.problems] == ["row 6"]


def test_a_name_that_several_have_is_ambiguous_and_one_that_none_has_unresolved(
    store: Store, ann: int, tmp_path: Path
) -> None:
    knows(store, (1, "Heat", 1995), (2, "Heat", 1986), (3, "Alien", 1979), (4, "Amélie", 2001))
    path = table(
        tmp_path / "rows.csv",
        "movie,,,,Heat,,,,,2024-05-01T20:00:00Z,,,",
        "movie,,,,HEAT,1986,,,,2024-05-02T20:00:00Z,,,",
        "movie,,,,Alien,1980,,,,2024-05-03T20:00:00Z,,,",
        "movie,,,,Nowhere,,,,,2024-05-04T20:00:00Z,,,",
        "movie,,,,Amelie,,,,,2024-05-05T20:00:00Z,,,",
        ",,,,Alien,1979,,,,2024-05-06T20:00:00Z,,,",
        ",tt7777777,,,,,,,,2024-05-06T20:00:00Z,,,",
    )
    report = take_in(store, ann, path)
    assert adds_up(report)
    assert [(p.place, p.standing, len(p.candidates)) for p in report.problems] == [
        ("row 1", "ambiguous", 2), ("row 3", "ambiguous", 1), ("row 4", "unresolved", 0), ("row 7", "unresolved", 0),
    ]  # fmt: skip
    assert sorted(what for _, what, _, _, _ in content(store, ann)["plays"]) == ["f2", "f3", "f4"]
    assert any("a name that one title here has" in note for note in report.notes)


def test_problems_are_written_completed_and_handed_in(store: Store, ann: int, tmp_path: Path) -> None:
    knows(store, (1, "Heat", 1995), (2, "Heat", 1986))
    path = table(
        tmp_path / "rows.csv",
        "movie,,,,Heat,,,,,2024-05-01T20:00:00Z,7,,",
        "movie,,,,=Nowhere,,,,,2024-05-04T20:00:00Z,,,",
        "movie,,1,,,,,,,2024-05-04T23:00:00Z,,,",
    )
    report = take_in(store, ann, path)
    assert report.import_id is not None
    assert (report.parts["plays"].added, len(report.problems)) == (1, 3)
    open_ = tmp_path / "open.csv"
    assert write_problems(report_of(store, report.import_id).problems, open_) == 3
    assert open_.stat().st_mode & 0o077 == 0
    rows = list(csv.DictReader(open_.read_text(encoding="utf-8").splitlines()))
    assert rows[0]["candidates"].count("Heat") == 2
    assert all(not row["title"].startswith("=") for row in rows)
    for row in rows:
        row["trakt_id"] = "1" if row["title"] == "Heat" else ""
    with open_.open("w", encoding="utf-8", newline="") as stream:
        written = csv.DictWriter(stream, list(rows[0]))
        written.writeheader()
        written.writerows(rows)
    done = corrected(store, report.import_id, open_)
    assert (done.parts["plays"].added, done.parts["ratings"].added, len(done.problems)) == (1, 1, 1)
    after = report_of(store, report.import_id)
    assert adds_up(after)
    assert (after.parts["plays"].added, after.parts["plays"].unresolved, after.parts["ratings"].added) == (2, 1, 1)
    kept = content(store, ann)
    again = corrected(store, report.import_id, open_)
    assert again.total().added == 0
    assert content(store, ann) == kept
    undo(store, report.import_id)
    assert content(store, ann)["plays"] == content(store, ann)["ratings"] == []
    with pytest.raises(NotCorrectable):
        corrected(store, report.import_id, open_)


def test_flat_json_as_trakts_importer_takes_it(store: Store, ann: int, tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [
        {"imdb_id": "tt0068646", "type": "movie", "watched_at": "2024-10-25T20:00:00Z", "rating": 6},
        {"imdb_id": "tt15239678", "type": "movie", "watchlisted_at": "2024-04-30T11:00:00Z"},
        {"ids": {"tmdb": 95396}, "type": "show", "watched_at": "2024-04-30T11:00:00Z"},
        {"ids": {"trakt": 5}, "movie": None, "type": "movie", "rated_at": "2024-04-30T11:00:00Z", "rating": 4.5},
    ]
    for name, text in (("array.json", json.dumps(rows)), ("lines.ndjson", "\n".join(map(json.dumps, rows)))):
        path = tmp_path / name
        path.write_text(text)
        report = take_in(store, ann, path, dry_run=True)
        assert adds_up(report)
        assert (report.parts["plays"].added, report.parts["plays"].unresolved) == (1, 1)
        assert (report.parts["ratings"].added, report.parts["ratings"].unresolved) == (1, 1)
        assert report.parts["watchlist"].added == 1


def test_an_object_of_arrays(store: Store, ann: int, tmp_path: Path) -> None:
    path = tmp_path / "all.json"
    movie = {"title": "Heat", "year": 1995, "ids": {"imdb": "tt0113277"}}
    path.write_text(
        json.dumps(
            {
                "movies": [movie | {"watched_at": "2024-05-01T20:00:00Z"}],
                "ratings": [{"rated_at": "2024-05-01T20:00:00Z", "rating": 9, "movie": movie}],
                "likes": [],
            }
        )
    )
    report = take_in(store, ann, path)
    assert (report.parts["plays"].added, report.parts["ratings"].added) == (1, 1)
    assert "Not taken in: likes." in report.notes


def test_an_export_in_the_zip_layout_keeps_problems_apart_from_plays(store: Store, ann: int, tmp_path: Path) -> None:
    said = WHOLE.files()
    said["lists-watchlist.json"] = [{"rank": 1, "id": 1, "listed_at": None, "type": "movie", "movie": None}]
    report = take_in(store, ann, zipped(tmp_path / "export.zip", said))
    assert adds_up(report)
    assert report.parts["watchlist"].unresolved == 1
    assert report.parts["plays"].added == len(Said(**vars(WHOLE)).plays)


@pytest.mark.parametrize("form", ["csv", "ndjson", "json"])
def test_our_own_tables_are_taken_back(store: Store, ann: int, tmp_path: Path, form: str) -> None:
    rows = [
        {"play_id": "a", "trakt_play_id": "1", "watched_at": "2024-05-01T20:00:00Z", "type": "movie", "trakt_id": "1"},
        {"play_id": "b", "trakt_play_id": "", "watched_at": "", "type": "movie", "trakt_id": "2"},
        {
            "play_id": "c",
            "trakt_play_id": "",
            "watched_at": "2024-05-02T20:00:00Z",
            "type": "episode",
            "trakt_id": "501",
        },
    ]
    path = tmp_path / f"plays.{form}"
    if form == "csv":
        lines = [",".join(rows[0]), *(",".join(row.values()) for row in rows)]
        path.write_text("\n".join(lines))
    else:
        path.write_text("\n".join(map(json.dumps, rows)) if form == "ndjson" else json.dumps(rows))
    report = take_in(store, ann, path)
    assert (report.rows, report.parts["plays"].added) == (3, 3)
    times = {(number, when, state) for number, _, when, state, _ in content(store, ann)["plays"]}
    assert times == {(1, at(0), "there"), (None, None, "none"), (None, at(12), "none")}
