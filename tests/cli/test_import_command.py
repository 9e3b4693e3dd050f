"""`watchprint import` and `imports`: the program itself, on a home of its own, without any Trakt."""

from __future__ import annotations

import csv
import time
from pathlib import Path

import pytest

from tests.cli.running import Cli, Terminal
from tests.importing.files import Said, at, zipped
from tests.importing.test_taking import WHOLE, whole_zip


@pytest.fixture
def home(tmp_path: Path) -> Cli:
    """The command line with a home, and nothing else."""
    return Cli({"WATCHPRINT_HOME": str(tmp_path / "home")})


def test_a_file_is_tried_taken_in_listed_and_undone(home: Cli, tmp_path: Path) -> None:
    path = str(whole_zip(tmp_path))
    tried = home("import", path, "--account", "ann", "--dry-run", "--json")
    assert (tried.code, tried.json["import"], tried.json["parts"]["plays"]["added"]) == (0, None, 4)
    assert home("accounts", "--json").json == []
    done = home("import", path, "--account", "ann", "--zone", "Europe/Berlin", "--json")
    assert done.code == 0
    assert done.json["parts"] == tried.json["parts"]
    assert done.json["import"] == 1
    assert done.json["coverage"]["runtime_min"] == 0
    assert done.json["raise_by"]
    again = home("import", path)
    assert "Nothing was new" in again.err
    assert [(each["import"], each["added"]) for each in home("imports", "--json").json] == [(1, done_added(done.json))]
    undone = home("imports", "undo", "1", "--json")
    assert undone.json["gone"] > 0
    assert home("imports", "--json").json[0]["undone_at"] is not None
    assert home("imports", "undo", "1").code == 0
    assert home("imports", "undo", "9").code == 4


def done_added(report: dict[str, dict[str, dict[str, int]]]) -> int:
    return sum(part["added"] for part in report["parts"].values())


def test_what_is_shown(home: Cli, tmp_path: Path) -> None:
    shown = home("import", str(whole_zip(tmp_path)), "--account", "ann")
    assert shown.code == 0
    assert "is taken in" in shown.out
    assert "What is known of the plays" in shown.out
    for words in ("collection-movies is unknown", "Undo it with: watchprint imports undo 1", "times are unknown"):
        assert words in shown.err


def test_whose_it_is(home: Cli, tmp_path: Path) -> None:
    path = str(whole_zip(tmp_path))
    assert "--account NAME" in home("import", path).err
    assert home("import", path).code == 2
    assert home("import", path, "--account", "ann").code == 0
    bob = str(whole_zip(tmp_path, Said(user="bob"), "bob.zip", day=1))
    refused = home("import", bob)
    assert refused.code == 2
    assert "'bob'" in refused.sentence
    assert "--force" in refused.sentence
    assert home("import", bob, "--force").code == 0
    assert home("import", bob, "--account", "bob").code == 0
    assert "several accounts (ann, bob)" in home("import", path).err


def test_a_file_that_cannot_be_read(home: Cli, tmp_path: Path) -> None:
    path = zipped(tmp_path / "bad.zip", {"watched-history-1.json": b"[{]"})
    for file in (str(path), str(tmp_path / "absent.zip")):
        ended = home("import", file, "--account", "ann")
        assert ended.code == 12
        assert file in ended.sentence
    assert home("accounts", "--json").json == []


def test_rows_are_written_completed_and_handed_in(home: Cli, tmp_path: Path) -> None:
    home("import", str(whole_zip(tmp_path)), "--account", "ann")
    rows, open_ = tmp_path / "rows.csv", tmp_path / "open.csv"
    rows.write_text("type,title,watched_at\nmovie,Nowhere,2024-05-01T20:00:00Z\nmovie,Heat,2023-01-01T20:00:00Z\n")
    done = home("import", str(rows), "--problems", str(open_), "--json")
    assert (done.code, done.json["parts"]["plays"]["added"], len(done.json["problems"])) == (0, 1, 1)
    number = str(done.json["import"])
    [row] = csv.DictReader(open_.read_text().splitlines())
    open_.write_text(f"row,type,imdb_id,watched_at\n{row['row']},movie,tt7777777,{row['watched_at']}\n")
    fixed = home("imports", "correct", number, str(open_), "--json")
    assert (fixed.code, fixed.json["parts"]["plays"]["added"]) == (0, 1)
    assert home("imports", "problems", number, str(tmp_path / "left.csv"), "--json").json["problems"] == 0
    assert home("imports", "correct", "9", str(open_)).code == 4


def test_ctrl_c_leaves_nothing(home: Cli, tmp_path: Path) -> None:
    plays = {n: (("f1", "f2", "e1", "e2")[n % 4], at(n)) for n in range(1, 60_001)}
    path = whole_zip(tmp_path, Said(plays=plays), "large.zip")
    home("accounts", "create", "ann")
    with Terminal(home.whole(), "import", str(path)) as terminal:
        terminal.until("Taking in")
        time.sleep(0.5)  # by now it writes
        terminal.type("\x03")
        assert terminal.ended() == 130, terminal.text
    assert "Nothing of the file was kept." in terminal.text
    assert home("imports", "--json").json == []
    assert home("accounts", "--json").json[0]["plays"] == 0


@pytest.mark.shared
def test_the_demo_export_as_a_process(home: Cli, shared_dir: Path) -> None:
    path = str(shared_dir / "history" / "demo_trakt_export_full.zip")
    done = home.process("import", path, "--account", "demo", "--json")
    assert done.code == 0, done.err
    assert done.json["parts"]["plays"] | {"rows": 7003, "added": 7003} == done.json["parts"]["plays"]
    assert done.json["coverage"]["runtime_min"] == 1.0


def test_what_is_told_says_no_more_than_it_knows(home: Cli, tmp_path: Path) -> None:
    lines = [f"movie,{n},Film {n},199{n % 10},2024-05-01T20:0{n % 10}:00Z" for n in range(1, 2_001)]
    rows = tmp_path / "rows.csv"
    rows.write_text(
        "type,trakt_id,title,year,watched_at\n" + "\n".join(lines) + "\nmovie,9999,Film,,2024-06-01T20:00:00Z\n"
    )
    shown = home("import", str(rows), "--account", "ann")
    [year] = [line for line in shown.out.splitlines() if line.startswith("year ")]
    assert year.split() == ["year", "99.9", "%", "2,000", "of", "2,001"], "not known of all is not 100 %"
    assert "ambiguous" not in shown.out, "columns that would say nothing are left out"
    listed = home("imports").out
    assert "2,001" in listed
    assert "not taken" not in listed
    assert "Import 1 is undone: 2,001 rows gone again." in home("imports", "undo", "1").err
    assert "undone" in home("imports").out


def test_an_account_without_plays_is_told_what_to_do(home: Cli) -> None:
    home("accounts", "create", "ann")
    shown = home("titles")
    assert "What is known of 0 plays of ann" in shown.out
    assert "take a file in" in shown.err


def test_every_part_is_told(home: Cli, tmp_path: Path) -> None:
    done = home("import", str(whole_zip(tmp_path, WHOLE)), "--account", "ann", "--json")
    assert set(done.json["parts"]) == {"titles", "plays", "ratings", "watchlist", "favorites", "lists"}
