"""`watchprint export`, as people type it."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.cli.keeping import home_of, looked_up
from tests.cli.running import PROGRAM, Cli
from tests.exporting.person import a_full_account
from watchprint.exchange import trakt_zip
from watchprint.store import Store


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """The folder in which the command is typed."""
    folder = tmp_path / "here"
    folder.mkdir()
    return folder


@pytest.fixture
def program(tmp_path: Path, here: Path) -> Cli:
    """The command line at a home in which Ann has something of everything; no Trakt is asked."""
    cli = Cli({"WATCHPRINT_HOME": str(tmp_path / "home")}, folder=here)
    with Store.open(home=home_of(cli)) as store:
        a_full_account(store)
        store.write(lambda work: work.accounts.create("bob"))
    return cli


def test_the_format_is_what_the_file_ends_in(program: Cli, here: Path) -> None:
    for name in ("plays.csv", "all.json", "plays.ndjson", "plays.parquet", "copy.zip", "UPPER.CSV"):
        ended = program.process("export", name)
        assert ended.code == 0, ended.err
        assert "plays: 5" in ended.err
    assert (here / "UPPER.CSV").read_bytes() == (here / "plays.csv").read_bytes()
    assert (here / "plays.parquet").read_bytes()[:4] == b"PAR1"
    export = trakt_zip.read(here / "copy.zip")
    assert export.plays is not None
    assert len(export.plays) == 5


def test_the_report_is_data_on_request(program: Cli, here: Path) -> None:
    said = program.process("export", "copy/", "--part", "plays", "--part", "lists", "--json").json
    assert said == {
        "format": "csv",
        "files": [
            {"path": str(here / "copy" / "plays.csv"), "rows": {"plays": 5}},
            {"path": str(here / "copy" / "lists.csv"), "rows": {"lists": 4}},
        ],
    }


def test_stdout_carries_the_export_and_nothing_else(program: Cli) -> None:
    ended = program.process("export", "-", "--format", "csv", "--period", "2024")
    assert ended.err == ""
    [row] = csv.DictReader(io.StringIO(ended.out))
    assert (row["title"], row["watched_at"]) == ("Heat", "2024-05-01T21:30:00Z")
    lines = program.process("export", "--stdout", "--format", "ndjson", "--part", "favorites").out
    assert json.loads(lines)["title"] == "Heat"
    assert program.process("export", "x.csv", "--stdout").code == 2
    assert program.process("export", "-", "--json").code == 2
    assert program.process("export", "-", "--format", "parquet", "--part", "plays").code == 2


def test_without_a_file_it_has_a_name_of_its_own(program: Cli, here: Path) -> None:
    assert program.process("export").code == 0
    assert program.process("export", "--format", "csv", "--account", "BOB").code == 0
    assert program.process("export", "--format", "parquet", "--part", "plays", "--part", "titles").code == 0
    assert sorted(path.name for path in here.iterdir()) == [
        "watchprint-ann",
        "watchprint-ann.json",
        "watchprint-bob-plays.csv",
    ]
    assert sorted(path.name for path in (here / "watchprint-ann").iterdir()) == ["plays.parquet", "titles.parquet"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["plays.txt"], 2, "give --format"),
        (["plays.csv", "--format", "xml"], 2, "no format 'xml'"),
        (["plays.csv", "--part", "comments"], 2, "no part 'comments'"),
        (["plays.csv", "--part", "plays", "--part", "lists"], 2, "holds one part"),
        (["plays.csv", "--period", "never"], 2, "is not understood"),
        (["copy.zip", "--period", "2024"], 2, "the whole history"),
        (["no/plays.csv"], 12, "does not exist"),
        (["plays.csv", "--account", "nobody"], 4, "nobody"),
    ],
)
def test_what_cannot_be_is_said_and_leaves_nothing(
    program: Cli, here: Path, arguments: list[str], code: int, words: str
) -> None:
    ended = program.process("export", *arguments)
    assert ended.code == code
    assert words in " ".join(ended.err.split())
    assert list(here.iterdir()) == []


def test_a_file_that_is_there_stays_unless_forced(program: Cli, here: Path) -> None:
    (here / "plays.csv").write_text("mine")
    ended = program.process("export", "plays.csv")
    assert ended.code == 2
    assert "--force" in ended.sentence
    assert (here / "plays.csv").read_text() == "mine"
    assert program.process("export", "plays.csv", "--force").code == 0


def test_forgetting_names_the_files(program: Cli, here: Path) -> None:
    assert program.process("export", "plays.csv").code == 0
    assert [path for path, _ in looked_up(program, lambda work: work.files.all())] == [here / "plays.csv"]


def test_a_reader_that_has_enough_is_no_error(program: Cli) -> None:
    reading, writing = os.pipe()
    with subprocess.Popen(
        [*PROGRAM, "export", "-"], env=program.whole(), stdout=writing, stderr=subprocess.PIPE, text=True
    ) as running:
        os.close(writing)
        os.close(reading)
        _, err = running.communicate(timeout=60)
    assert (running.returncode, err) == (0, "")
