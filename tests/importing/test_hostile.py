"""Files that are no exports: each is refused in one sentence, and nothing of it is kept."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.importing.files import FILMS, content, play, zipped
from watchprint.exchange.errors import ExportUnreadable
from watchprint.importing import take_in
from watchprint.store import Store

GOOD = [play(1, "f1", None), play(2, "e1", None)]
HEAD = b"type,trakt_id,watched_at\n"


def _zip(**members: object) -> Callable[[Path], Path]:
    named = {name.replace("__", "-") + ".json": value for name, value in members.items()}
    return lambda folder: zipped(folder / "export.zip", named)


def _file(name: str, data: bytes) -> Callable[[Path], Path]:
    def written(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(data)
        return path

    return written


def _cut(folder: Path) -> Path:
    path = zipped(folder / "export.zip", {"watched-history-1.json": GOOD * 500})
    path.write_bytes(path.read_bytes()[:-100])
    return path


def _link(folder: Path) -> Path:
    path = folder / "export.zip"
    path.symlink_to(folder / "absent.zip")
    return path


def _pipe(folder: Path) -> Path:
    os.mkfifo(folder / "pipe.csv")
    return folder / "pipe.csv"


REFUSED: dict[str, Callable[[Path], Path]] = {
    "bomb": _zip(watched__history__1=GOOD, watched__history__2=b" " * (64 << 20)),
    "second page broken": _zip(watched__history__1=GOOD, watched__history__2=b"[{]"),
    "page is an object": _zip(watched__history__1=GOOD, ratings__movies=b"{}"),
    "nan": _zip(watched__history__1=b'[{"id": NaN}]'),
    "deeply nested": _zip(watched__history__1=b"[" * 200_000),
    "nested zip": _file("export.zip", b"PK\x05\x06" + bytes(18)),
    "cut": _cut,
    "points outside": lambda folder: zipped(folder / "e.zip", {"../watched-history-1.json": GOOD}),
    "broken link": _link,
    "pipe": _pipe,
    "folder": lambda folder: folder,
    "empty": _file("rows.csv", b""),
    "csv with a NUL": _file("rows.csv", HEAD + b"movie,1,2024-05-01T20:00:00Z\nmovie,\x00,x\n"),
    "csv with a field of 2 MB": _file("rows.csv", HEAD + b"movie,1,2024-05-01\nmovie," + b"1" * (2 << 20) + b",x\n"),
    "csv with a quoted field over many lines": _file("rows.csv", HEAD + b'movie,"' + b"1\n" * 200_000 + b'",x\n'),
    "csv with a quote left open": _file("rows.csv", HEAD + b'movie,"1,2024-05-01\n'),
    "no headers": _file("rows.csv", b"a,b\n1,2\n"),
    "half UTF-16": _file("rows.csv", "type,trakt_id,watched_at\n".encode("utf-16") + b"\x00"),
    "text": _file("notes.txt", b"what I have seen"),
    "json cut off": _file("rows.json", json.dumps(GOOD).encode()[:-5]),
    "json of a number": _file("rows.json", b"[1, 2"),
    "json deeply nested": _file("rows.json", b'{"history":' + b"[" * 200_000),
    "json without rows": _file("rows.json", b'{"a": 1}'),
    "json in latin-1": _file("rows.json", '[{"title": "Amélie"}]'.encode("latin-1")),
    "pdf": _file("export.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 8),
}


@pytest.mark.parametrize("what", REFUSED)
def test_is_refused_in_one_sentence_and_leaves_nothing(store: Store, ann: int, tmp_path: Path, what: str) -> None:
    path = REFUSED[what](tmp_path)
    with pytest.raises(ExportUnreadable) as refused:
        take_in(store, ann, path)
    said = str(refused.value)
    assert str(path) in said
    assert len(said) < 600
    assert content(store, ann)["plays"] == []
    assert store.read(lambda work: work.imports.all(ann)) == []


ODD = [
    {"id": 10**400, "watched_at": None, "type": "movie", "movie": FILMS[1]},
    {"id": 2**63, "watched_at": None, "type": "movie", "movie": FILMS[1]},
    {"id": 7, "watched_at": "soon", "type": "movie", "movie": FILMS[1]},
    {"id": 8, "watched_at": "99999-01-01T00:00:00Z", "type": "movie", "movie": FILMS[1]},
    {"id": 9, "watched_at": None, "type": "movie", "movie": {"title": "x" * 100_000, "ids": {"trakt": 1}}},
    {"id": 10, "watched_at": None, "type": "movie", "movie": {"title": "x", "year": 10**9, "ids": {"trakt": 1}}},
    {"id": -4, "watched_at": None, "type": "movie", "movie": FILMS[1]},
    "text",
    5,
    [],
]


def test_a_row_that_cannot_be_read_is_one_row(store: Store, ann: int, tmp_path: Path) -> None:
    rows = [*GOOD, *ODD, None]
    huge = json.dumps(rows).encode()[:-1] + b', {"id": ' + b"9" * 1_000_000 + b"}]"
    report = take_in(store, ann, zipped(tmp_path / "export.zip", {"watched-history-1.json": huge}))
    plays = report.parts["plays"]
    assert (plays.rows, plays.added, plays.unresolved) == (len(ODD) + 3, 2, len(ODD) + 1)
    assert all(problem.reason and len(problem.reason) < 400 for problem in report.problems)
    assert any("1 empty rows" in note for note in report.notes)


def test_odd_texts_are_kept_as_databases_can(store: Store, ann: int, tmp_path: Path) -> None:
    odd = {"title": "He\u0000at \U0001f525 \u202e", "ids": {"trakt": 1, "slug": "he\u0000at"}}
    row = {"id": 1, "watched_at": None, "action": "scr\u0000obble", "type": "movie", "movie": odd}
    assert take_in(store, ann, zipped(tmp_path / "export.zip", {"watched-history-1.json": [row]})).parts["plays"].added


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters(store: Store, ann: int, tmp_path: Path, encoding: str, delimiter: str) -> None:
    text = 'Type,Trakt ID,Watched At,Title,Mood\nmovie,1,2024-05-01T20:00:00Z,"Amélie, ""A""",good\n\n'
    path = tmp_path / "rows.csv"
    path.write_bytes(text.replace(", ", " ").replace(",", delimiter).encode(encoding))
    report = take_in(store, ann, path)
    assert report.parts["plays"].added == 1
    assert "Columns that were passed over: Mood." in report.notes
    assert any("Windows-1252" in note for note in report.notes) == (encoding == "cp1252")
