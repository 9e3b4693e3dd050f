"""The reader of Trakt's export: what it reads, what it calls unknown, and what it refuses in one sentence."""

from __future__ import annotations

import json
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchprint.exchange import trakt_zip
from watchprint.exchange.errors import ExportUnreadable
from watchprint.exchange.members import Limits

HEAT = {"title": "Heat", "year": 1995, "ids": {"trakt": 1, "slug": "heat-1995", "plex": {"guid": "x"}}}
Build = Callable[..., Path]


def play(number: int, **more: Any) -> dict[str, Any]:
    at = "2024-05-01T20:00:00.000Z"
    return {"id": number, "watched_at": at, "action": "watch", "type": "movie", "movie": HEAT, **more}


WHOLE: dict[str, Any] = {
    "watched-history-1.json": [play(3), play(2)],
    "watched-history-2.json": [play(1)],
    "watched-movies-1.json": [{"plays": 3, "movie": {**HEAT, "runtime": 170, "genres": ["crime"]}}],
    "watched-shows-1.json": [],
    "ratings-movies.json": [{"rated_at": "2024-05-01T20:00:00.000Z", "rating": 9, "type": "movie", "movie": HEAT}],
    "ratings-shows.json": [],
    "ratings-seasons.json": [],
    "ratings-episodes.json": [],
    "lists-watchlist.json": [{"rank": 1, "id": 1, "listed_at": None, "type": "movie", "movie": HEAT}],
    "user-profile.json": {"username": "demo", "vip": False, "ids": {"slug": "demo"}},
    "user-stats.json": {"movies": {"plays": 3}},
}


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """Writes a ZIP of these files (JSON values, or bytes as they are) and gives its path."""

    def built(files: dict[str, Any], name: str = "export.zip") -> Path:
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
            for member, value in files.items():
                made.writestr(member, value if isinstance(value, bytes) else json.dumps(value))
        return path

    return built


def refused(path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(ExportUnreadable) as caught:
        trakt_zip.read(path, limits=limits)
    said = str(caught.value)
    assert str(path) in said
    assert said.endswith(".")
    assert "\n" not in said
    return said


def test_a_whole_export(build: Build) -> None:
    export = trakt_zip.read(build(WHOLE))
    assert [each.id for each in export.plays or []] == [3, 2, 1]
    assert export.plays is not None
    assert export.plays[0].movie is not None
    assert export.plays[0].movie.ids is not None
    assert export.plays[0].movie.ids.slug == "heat-1995"
    assert export.titles is not None
    assert export.titles[0].movie is not None
    assert export.titles[0].movie.runtime == 170
    assert [each.rating for each in export.ratings or []] == [9]
    assert len(export.watchlist or []) == 1
    assert export.profile is not None
    assert export.profile.ids is not None
    assert export.profile.ids.slug == "demo"
    assert export.stats == {"movies": {"plays": 3}}
    assert (export.missing, export.notes) == ({}, ())


def test_pages_are_read_by_number_with_or_without_folders(build: Build) -> None:
    pages = {f"watched/watched-history-{page}.json": [play(100 - page)] for page in (10, 2, 1, 3, 4, 5, 6, 7, 8, 9)}
    export = trakt_zip.read(build(pages))
    assert [each.id for each in export.plays or []] == list(range(99, 89, -1))
    assert "watched-history" not in export.missing


def test_a_part_may_have_no_number(build: Build) -> None:
    assert len(trakt_zip.read(build({"watched-history.json": [play(1)]})).plays or []) == 1


def test_absent_parts_are_unknown_never_empty(build: Build) -> None:
    export = trakt_zip.read(build({"watched-history-1.json": []}))
    assert export.plays == []
    assert (export.titles, export.ratings, export.watchlist, export.profile, export.stats) == (None,) * 5
    assert set(export.missing) == set(trakt_zip.PARTS) - {"watched-history"}
    assert export.rows() == {"plays": [], "titles": [], "ratings": []}
    only_ratings = trakt_zip.read(build({"ratings-movies.json": []}, "other.zip"))
    assert only_ratings.plays is None
    with pytest.raises(ExportUnreadable, match="holds no history"):
        only_ratings.rows()


@pytest.mark.parametrize(
    "said",
    [
        ["watched-history-2"],
        {"failed": [{"part": "watched/history", "status": 500}]},
        {"/users/me/history?page=3": "timed out"},
        {"WATCHED_HISTORY": None},
    ],
)
def test_parts_named_in_errors_are_unknown_whatever_its_shape(build: Build, said: Any) -> None:
    export = trakt_zip.read(build({**WHOLE, "_errors.json": said}))
    assert set(export.missing) == {"watched-history"}
    assert len(export.plays or []) == 3
    assert "_errors.json" in export.missing["watched-history"]


def test_errors_of_nothing_are_nothing_and_of_unknown_things_are_told(build: Build) -> None:
    assert trakt_zip.read(build({**WHOLE, "_errors.json": []})).missing == {}
    assert set(trakt_zip.read(build({**WHOLE, "_errors.json": ["notes"]})).missing) == {"_errors"}


def test_a_page_that_is_absent_makes_its_part_unknown(build: Build) -> None:
    files = {name: value for name, value in WHOLE.items() if name != "watched-history-1.json"}
    assert trakt_zip.read(build(files)).missing == {"watched-history": "page 1 of 2 is absent"}


def test_a_history_shorter_than_the_watched_titles_is_told(build: Build) -> None:
    notes = trakt_zip.read(build({**WHOLE, "watched-history-2.json": []})).notes
    assert len(notes) == 1
    assert "holds 2 plays" in notes[0]
    assert "add up to 3" in notes[0]


def test_empty_rows_are_counted_and_rows_without_a_title_kept(build: Build) -> None:
    files = {**WHOLE, "watched-history-2.json": [None, play(1, movie=None, watched_at=None)]}
    export = trakt_zip.read(build(files))
    assert [each.id for each in export.plays or []] == [3, 2, 1]
    assert "1 empty rows" in export.notes[0]


def test_unknown_fields_files_and_what_macos_adds_are_passed_over(build: Build) -> None:
    more = {"__MACOSX/._watched-history-1.json": b"\0", ".DS_Store": b"\0", "notes-movies.json": [], "a.txt": b"x"}
    files = {**WHOLE, **more, "watched-history-2.json": [play(1, mood="good")]}
    assert len(trakt_zip.read(build(files)).plays or []) == 3


def test_a_byte_order_mark_is_passed_over(build: Build) -> None:
    assert trakt_zip.read(build({"watched-history-1.json": b"\xef\xbb\xbf[]"})).plays == []


@pytest.mark.parametrize(
    "content",
    [b"", b"[", b"{}", b"null", b'[{"id": "x"}]', b"\xff\xfe[\x00]\x00", b"[" * 100_000, b'[{"id": 1, "type": 5}]',
     b'[{"id": 1, "watched_at": "soon"}]'],
)  # fmt: skip
def test_what_trakt_does_not_write(build: Build, content: bytes) -> None:
    assert "watched-history-1.json inside" in refused(build({"watched-history-1.json": content}))


def test_what_is_no_file_no_zip_or_no_export(tmp_path: Path, build: Build) -> None:
    assert "No such file" in refused(tmp_path / "absent.zip")
    assert "directory" in refused(tmp_path)
    text = tmp_path / "text.zip"
    text.write_text("not a zip")
    assert "not a whole ZIP" in refused(text)
    empty = tmp_path / "empty.zip"
    empty.write_bytes(b"")
    assert "not a whole ZIP" in refused(empty)
    assert "no Trakt export" in refused(build({"diary.csv": b"x"}))


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_cut_or_damaged_file_is_refused_or_read_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("cut") / "export.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for member, value in WHOLE.items():
            made.writestr(member, json.dumps(value))
    whole = path.read_bytes()
    content = bytearray(whole)
    if data.draw(st.booleans()):
        del content[data.draw(st.integers(0, len(content) - 1)) :]
    else:
        for _ in range(data.draw(st.integers(1, 8))):
            content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(content)
    try:
        trakt_zip.read(path)
    except ExportUnreadable:
        return
    assert len(content) == len(whole)


def test_a_bomb_is_refused_before_it_is_unpacked(build: Build) -> None:
    path = build({"watched-history-1.json": b" " * (64 << 20)})
    assert path.stat().st_size < 100_000
    assert "unpacks to more than" in refused(path)


def test_large_files_are_refused_by_size_one_by_one_and_together(build: Build) -> None:
    row = json.dumps([play(number) for number in range(2000)]).encode()
    path = build({"watched-history-1.json": row, "watched-history-2.json": row, "watched-history-3.json": row})
    assert "unpacks to more than" in refused(path, Limits(member_bytes=len(row) - 1))
    assert "unpacks to more than" in refused(path, Limits(total_bytes=len(row) * 2))
    assert len(trakt_zip.read(path, limits=Limits(member_bytes=len(row))).plays or []) == 6000


def test_too_many_files(build: Build) -> None:
    assert "too many" in refused(build({f"f{number}.json": [] for number in range(11)}), Limits(members=10))


@pytest.mark.parametrize(
    "name", ["../watched-history-1.json", "/etc/watched-history-1.json", "a\\..\\..\\x.json", "C:\\x.json"]
)
def test_names_that_point_outside(build: Build, name: str) -> None:
    assert "points outside" in refused(build({**WHOLE, name: []}))


def test_the_same_page_twice(build: Build) -> None:
    assert "twice" in refused(build({**WHOLE, "copy/watched-history-1.json": [play(9)]}))
    assert "twice" in refused(build({**WHOLE, "watched-history.json": [play(9)]}))


def test_an_encrypted_file(build: Build) -> None:
    path = build({"watched-history-1.json": [play(1)]})
    content = bytearray(path.read_bytes())
    local, central = content.index(b"PK\x03\x04"), content.index(b"PK\x01\x02")
    content[local + 6] |= 1
    content[central + 8] |= 1
    path.write_bytes(content)
    assert "encrypted" in refused(path)


def test_a_link_is_never_followed(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    link = zipfile.ZipInfo("watched-history-1.json")
    link.create_system = 3
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w") as made:
        made.writestr(link, "/etc/hostname")
    assert "not what Trakt writes" in refused(path)


@pytest.mark.shared
@pytest.mark.parametrize("name", ["demo_trakt_export.zip", "demo_trakt_export_full.zip"])
def test_the_demo_exports(shared_dir: Path, name: str) -> None:
    export = trakt_zip.read(shared_dir / "history" / name)
    counts = [len(rows or []) for rows in (export.plays, export.titles, export.ratings, export.watchlist)]
    assert counts == [7003, 568 + 160, 571, 200]
    assert (export.missing, export.notes) == ({}, ())
    assert export.profile is not None
    assert export.profile.username == "demo"
    assert export.stats == json.loads((shared_dir / "history" / "demo_expected_stats.json").read_text())
