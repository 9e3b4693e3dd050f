"""Items from Trakt's rows: every id, the show too; what is lost is None and never an error."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from watchprint import Episode, Movie, Season, Show
from watchprint import Person as Someone
from watchprint.service.titles.given import item_of
from watchprint.trakt.models.catalogue import SearchRow
from watchprint.trakt.models.collection import CollectedRow
from watchprint.trakt.models.history import HistoryRow
from watchprint.trakt.models.lists import ListItem

SHOW = {
    "title": "Breaking Bad",
    "year": 2008,
    "ids": {"trakt": 1388, "slug": "breaking-bad", "tmdb": 1396, "imdb": None},
}
BREAKING_BAD = Show(trakt=1388, slug="breaking-bad", tmdb=1396, title="Breaking Bad", year=2008)
IDS = {"trakt": 1, "tmdb": 2, "tvdb": 3, "imdb": "tt0000004"}


def listed(**fields: Any) -> Any:
    return item_of(msgspec.convert(fields, ListItem))


def test_each_kind_has_all_its_ids() -> None:
    movie = {"title": "Heat", "year": 1995, "ids": {**IDS, "slug": "heat-1995"}}
    assert listed(type="movie", movie=movie) == Movie(
        trakt=1, slug="heat-1995", imdb="tt0000004", tmdb=2, title="Heat", year=1995
    )
    assert listed(type="show", show=SHOW) == BREAKING_BAD
    season = {"number": 0, "ids": {"trakt": 1, "tmdb": 2, "tvdb": None}}
    assert listed(type="season", season=season, show=SHOW) == Season(BREAKING_BAD, 0, trakt=1, tmdb=2)
    episode = {"season": 1, "number": 2, "title": None, "ids": IDS}
    assert listed(type="episode", episode=episode, show=SHOW) == Episode(
        BREAKING_BAD, 1, 2, trakt=1, tmdb=2, tvdb=3, imdb="tt0000004"
    )
    person = {"name": "Al Pacino", "ids": {"trakt": 1, "slug": "al-pacino", "imdb": "nm0000199", "tmdb": 1158}}
    assert listed(type="person", person=person) == Someone(
        trakt=1, slug="al-pacino", imdb="nm0000199", tmdb=1158, name="Al Pacino"
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"type": "movie", "movie": None},
        {"type": "movie", "movie": {"title": None, "year": None, "ids": {"trakt": None, "slug": None}}},
        {"type": "episode", "episode": None, "show": SHOW},
        {"type": "episode", "episode": {"season": None, "number": None, "ids": {}}, "show": SHOW},
        {"type": "season", "season": None, "show": SHOW},
        {"type": "person", "person": {"name": "Nobody", "ids": {}}},
        {"type": "something new"},
        {},
    ],
)
def test_a_lost_title_is_none(fields: dict[str, Any]) -> None:
    assert listed(**fields) is None


def test_a_row_without_a_type_says_what_it_holds() -> None:
    row = msgspec.convert({"show": SHOW, "last_collected_at": "2024-01-01T00:00:00Z"}, CollectedRow)
    assert item_of(row) == BREAKING_BAD
    episode = {"season": 1, "number": 1, "ids": {"trakt": 9}}
    both = msgspec.convert(
        {"id": 1, "watched_at": "2024-01-01T00:00:00Z", "episode": episode, "show": SHOW}, HistoryRow
    )
    assert item_of(both) == Episode(BREAKING_BAD, 1, 1, trakt=9)
    assert item_of(msgspec.convert({"type": "list", "list": {"name": "x"}}, SearchRow)) is None


def test_odd_ids_are_unknown_ids() -> None:
    movie = {"title": "X", "ids": {"trakt": 7, "slug": None, "imdb": "0113277", "tmdb": 0}}
    assert listed(type="movie", movie=movie) == Movie(trakt=7, title="X")
