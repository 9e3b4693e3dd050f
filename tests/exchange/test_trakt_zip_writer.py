"""What is written in the layout of Trakt's export is read back equal, and looks like what Trakt writes."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from watchprint.exchange import trakt_zip
from watchprint.exchange.trakt_rows import Episode, Ids, Listed, Play, Profile, ProfileIds, Rating, Title, Watched
from watchprint.exchange.trakt_zip_writer import TraktZip, instant_text, list_file

PACKED_AT = datetime(2026, 7, 1, tzinfo=UTC)
T = TypeVar("T")
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
WHOLE = st.integers(0, 2**53)
AT = st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))
MINUTE = AT.map(lambda at: at.replace(second=0, microsecond=0))
IDS = st.builds(Ids, trakt=st.none() | WHOLE, slug=st.none() | TEXT, imdb=st.none() | TEXT, tmdb=st.none() | WHOLE)
TITLE = st.builds(
    Title,
    title=st.none() | TEXT,
    year=st.none() | st.integers(1888, 2030),
    ids=st.none() | IDS,
    runtime=st.none() | st.integers(0, 600),
    genres=st.none() | st.lists(TEXT, max_size=3),
    rating=st.none() | st.floats(0, 10),
    released=st.none() | TEXT,
)
EPISODE = st.builds(
    Episode, season=st.none() | WHOLE, number=st.none() | WHOLE, title=st.none() | TEXT, ids=st.none() | IDS
)
UNKNOWN = st.just(datetime(1970, 1, 1, tzinfo=UTC))
PLAY = st.builds(
    Play,
    id=st.none() | st.integers(1, 2**63 - 1),
    watched_at=st.none() | UNKNOWN | MINUTE,
    action=st.none() | st.sampled_from(["watch", "scrobble", "checkin"]),
    type=st.none() | st.sampled_from(["movie", "episode"]),
    movie=st.none() | TITLE,
    episode=st.none() | EPISODE,
    show=st.none() | TITLE,
)
RATING = st.builds(
    Rating, rating=st.integers(1, 10), rated_at=st.none() | AT, movie=st.none() | TITLE, season=st.none() | EPISODE
)
LISTED = st.builds(
    Listed,
    rank=st.none() | WHOLE,
    id=st.none() | WHOLE,
    listed_at=st.none() | AT,
    notes=st.none() | TEXT,
    show=st.none() | TITLE,
)
WATCHED = st.builds(Watched, plays=st.none() | WHOLE, last_watched_at=st.none() | AT, movie=st.none() | TITLE)
ROWS = st.tuples(
    st.lists(PLAY, max_size=9),
    st.lists(WATCHED, max_size=4),
    st.lists(RATING, max_size=4),
    st.lists(LISTED, max_size=4),
)


def packed(write: Callable[[TraktZip], object], page_rows: int = 250) -> io.BytesIO:
    stream = io.BytesIO()
    with TraktZip(stream, packed_at=PACKED_AT, page_rows=page_rows) as archive:
        write(archive)
    return stream


def members(stream: io.BytesIO) -> dict[str, Any]:
    with zipfile.ZipFile(stream) as archive:
        return {name: json.loads(archive.read(name)) for name in archive.namelist()}


@given(ROWS, st.integers(1, 4))
def test_rows_are_read_back_equal(
    rows: tuple[list[Play], list[Watched], list[Rating], list[Listed]], page_rows: int
) -> None:
    plays, titles, ratings, watchlist = rows
    profile = Profile(username="ann", vip=True, ids=ProfileIds(slug="ann", uuid="u-1"))

    def write(archive: TraktZip) -> None:
        assert archive.paged("watched-history", plays) == len(plays)
        archive.paged("watched-movies", titles)
        archive.paged("watched-shows", [])
        archive.whole("ratings-movies", ratings)
        archive.whole("lists-watchlist", watchlist)
        archive.single("user-profile", profile)

    with tempfile.NamedTemporaryFile(suffix=".zip") as file:
        file.write(packed(write, page_rows).getvalue())
        file.flush()
        export = trakt_zip.read(file.name)
    assert export.plays == plays
    assert export.titles == titles
    assert export.ratings == ratings
    assert export.watchlist == watchlist
    assert export.profile == profile
    assert set(export.missing) == {"ratings-shows", "ratings-seasons", "ratings-episodes", "user-stats"}


def test_pages_have_numbers_and_the_last_is_shorter() -> None:
    plays = [Play(id=n) for n in range(1, 8)]
    found = members(packed(lambda archive: archive.paged("watched-history", plays), page_rows=3))
    assert {name: [row["id"] for row in rows] for name, rows in found.items()} == {
        "watched-history-1.json": [1, 2, 3],
        "watched-history-2.json": [4, 5, 6],
        "watched-history-3.json": [7],
    }


def test_a_part_without_rows_is_known_to_be_empty() -> None:
    assert members(packed(lambda archive: archive.paged("watched-history", []))) == {"watched-history-1.json": []}


def test_what_a_row_does_not_say_is_left_out_and_never_null() -> None:
    show = Title(title="Lost", ids=Ids(trakt=73))
    rows: list[Struct] = [Play(id=n, type="episode", show=show, episode=Episode(season=1, number=n)) for n in (1, 2)]
    [first, second] = members(packed(lambda archive: archive.whole("watched-history", rows)))["watched-history.json"]
    assert first == {
        "id": 1,
        "type": "episode",
        "episode": {"season": 1, "number": 1},
        "show": {"title": "Lost", "ids": {"trakt": 73}},
    }
    assert second["show"] == first["show"]


@given(AT)
def test_instants_look_like_trakts_and_lose_nothing(at: datetime) -> None:
    text = instant_text(at)
    assert text.endswith("Z")
    assert len(text) == (27 if at.microsecond % 1000 else 24)
    assert datetime.fromisoformat(text) == at
    assert instant_text(at.astimezone(UTC) + timedelta()) == text


@pytest.mark.parametrize(
    ("name", "expected"),
    [("to-show-anna", "lists-list-7-to-show-anna"), ("Été & Co.!", "lists-list-7-t-co"), ("日本", "lists-list-7")],
)
def test_a_list_has_a_file_of_its_own(name: str, expected: str) -> None:
    assert list_file(7, name) == expected


@pytest.mark.shared
@pytest.mark.parametrize("name", ["demo_trakt_export.zip", "demo_trakt_export_full.zip"])
def test_a_real_layout_is_written_again_as_it_was(shared_dir: Path, name: str) -> None:
    original = shared_dir / "history" / name
    export = trakt_zip.read(original)
    assert export.plays is not None
    assert export.titles is not None
    assert export.watchlist is not None
    plays, titles, watchlist = export.plays, export.titles, export.watchlist

    def write(archive: TraktZip) -> None:
        archive.paged("watched-history", plays)
        archive.whole("watched-movies-1", [row for row in titles if row.movie is not None])
        archive.whole("watched-shows-1", [row for row in titles if row.show is not None])
        archive.whole("lists-watchlist", watchlist)

    written = members(packed(write))
    with zipfile.ZipFile(original) as archive:
        theirs = {name: json.loads(archive.read(name)) for name in written}
    history = {name for name in written if name.startswith("watched-history")}
    assert len(history) == 29
    assert {name: written[name] for name in history} == {name: theirs[name] for name in history}
    for row in theirs["lists-watchlist.json"]:
        assert row.pop("notes") is None
    assert written["lists-watchlist.json"] == theirs["lists-watchlist.json"]
