"""Trakt's rows as titles of ours: every fact of a full row, nothing that it does not say, none of deleted titles."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest

from watchprint.domain.title import FACT_NAMES, Facts, Title
from watchprint.sync.translate.titles import (
    day,
    episode_title,
    movie_title,
    person_title,
    season_title,
    show_title,
    title_of,
)
from watchprint.trakt.models import Episode, HistoryRow, Movie, Person, RatingRow, Season, Show
from watchprint.trakt.models.collection import CollectedRow
from watchprint.trakt.models.ids import Ids, PlexIds
from watchprint.trakt.models.lists import ListItem

AIRED = datetime(2008, 1, 21, 2, 0, tzinfo=UTC)
IDS = Ids(trakt=1, slug="one", imdb="tt1", tmdb=2, tvdb=3, plex=PlexIds(guid="5d77", slug="one-plex"))
MOVIE = Movie(
    title="Größe 映画", year=1995, ids=IDS, released="1995-12-15", runtime=170, country="us", language="en",
    genres=["crime", "drama"], certification="R", rating=8.25, votes=40_000, status="released",
)  # fmt: skip
SHOW = Show(
    title="One", year=2008, ids=Ids(trakt=7), first_aired=AIRED, runtime=47, country="us", language="en",
    network="AMC", genres=["drama"], certification="TV-MA", rating=9.3, votes=100, status="ended", aired_episodes=62,
)  # fmt: skip


def test_a_film_says_all_it_knows() -> None:
    expected = Facts(
        name="Größe 映画", year=1995, runtime_min=170, genres=("crime", "drama"), country="us", language="en",
        certification="R", released_on=date(1995, 12, 15), rating=8.25, votes=40_000, status="released",
    )  # fmt: skip
    ids: dict[str, str | int | None] = {"trakt": 1, "imdb": "tt1", "tmdb": 2, "tvdb": 3, "plex": "5d77", "slug": "one"}
    assert movie_title(MOVIE) == Title(kind="movie", ids=ids, facts=expected)


def test_a_show_says_all_it_knows() -> None:
    expected = Facts(
        name="One", year=2008, runtime_min=47, genres=("drama",), country="us", language="en", network="AMC",
        certification="TV-MA", first_aired_at=AIRED, rating=9.3, votes=100, status="ended", aired_episodes=62,
    )  # fmt: skip
    assert show_title(SHOW) == Title(kind="show", ids={"trakt": 7}, facts=expected)


def test_every_fact_is_said_by_some_row() -> None:
    said = {name for title in (movie_title(MOVIE), show_title(SHOW)) if title for name in title.facts.said()}
    assert said == set(FACT_NAMES)


def test_seasons_and_episodes_stand_in_their_show() -> None:
    episode = Episode(
        season=1, number=2, title="Two", ids=Ids(trakt=12), first_aired=AIRED, runtime=47, rating=8.0, votes=9
    )
    found = episode_title(episode, SHOW)
    assert found is not None
    assert (found.season, found.number, found.show) == (1, 2, show_title(SHOW))
    assert found.facts == Facts(name="Two", runtime_min=47, first_aired_at=AIRED, rating=8.0, votes=9)
    season = season_title(Season(number=0, ids=Ids(trakt=5), first_aired=AIRED, aired_episodes=3, network="AMC"), SHOW)
    assert season is not None
    assert (season.season, season.number, season.show) == (0, None, show_title(SHOW))
    assert season.facts == Facts(first_aired_at=AIRED, aired_episodes=3, network="AMC")
    placed = episode_title(Episode(season=1, number=2), Show(ids=Ids(trakt=7)))
    assert placed is not None, "its place names it"
    assert placed.ids == {}


@pytest.mark.parametrize(
    "found",
    [
        movie_title(None),
        movie_title(Movie()),
        show_title(Show()),
        season_title(Season(), Show()),
        season_title(Season(number=1), Show()),
        episode_title(Episode(), SHOW),
        episode_title(Episode(season=1), SHOW),
        episode_title(Episode(season=1, number=1), None),
        person_title(Person(name="Nobody")),
    ],
)
def test_a_row_of_a_deleted_title_names_nothing(found: Title | None) -> None:
    assert found is None


def test_rows_with_every_field_null_are_read() -> None:
    for kind in (Movie, Show, Season, Episode, Person):
        nulls = {name: None for name in kind.__struct_fields__ if name != "ids"}
        row = msgspec.json.decode(msgspec.json.encode(nulls), type=kind)
        objects: dict[str, Any] = {kind.__name__.lower(): row}
        assert title_of(ListItem(type=kind.__name__.lower(), **objects)) is None


def test_what_is_nought_is_not_known() -> None:
    bare = movie_title(msgspec.structs.replace(MOVIE, runtime=0, rating=0.0, votes=0, year=0, genres=[], country=""))
    assert bare is not None
    assert bare.facts.said() == {
        "name": "Größe 映画", "language": "en", "certification": "R", "released_on": date(1995, 12, 15), "votes": 0,
        "status": "released",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1995-12-15", date(1995, 12, 15)),
        ("1995-12-15T23:00:00.000Z", date(1995, 12, 15)),
        ("", None),
        (None, None),
        ("0000-00-00", None),
        ("soon", None),
    ],
)
def test_days(text: str | None, expected: date | None) -> None:
    assert day(text) == expected


ROWS: list[tuple[Any, str | None]] = [
    (HistoryRow(id=1, watched_at=AIRED, type="movie", movie=MOVIE), "movie"),
    (HistoryRow(id=1, watched_at=AIRED, type="episode", episode=None, show=SHOW), None),
    (HistoryRow(id=1, watched_at=AIRED, episode=Episode(ids=Ids(trakt=3)), show=SHOW), "episode"),
    (RatingRow(type="show", show=SHOW), "show"),
    (RatingRow(type="season", season=Season(number=1), show=SHOW), "season"),
    (RatingRow(type="season", show=SHOW), None),
    (CollectedRow(movie=MOVIE), "movie"),
    (CollectedRow(episode=Episode(ids=Ids(trakt=3)), show=SHOW), "episode"),
    (ListItem(type="person", person=Person(name="Ann", ids=Ids(trakt=9))), "person"),
    (ListItem(type="movie", movie=None), None),
    (ListItem(type="something new", movie=MOVIE), None),
]


@pytest.mark.parametrize(("row", "kind"), ROWS)
def test_a_row_is_about_what_its_type_says(row: Any, kind: str | None) -> None:
    found = title_of(row)
    assert (None if found is None else found.kind) == kind
