"""Look-ups: by every id in Trakt's order, by exact title, several at once, the same question once."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.desk import Desk, Person
from tests.service.cases import HEAT, S1, S1E2, breaking_bad, heat, nobody, second
from tests.service.faces import Blocking
from watchprint import Episode, Invalid, Item, Movie, NotFound, Season, Show, TraktBroken
from watchprint import Person as Someone
from watchprint.service.titles.finding import aired_episodes, find, find_all, trakt_id


@pytest.fixture
def perform(service: Blocking, ann: Person) -> Any:
    """Runs a flow for that user."""
    return service.service.as_user(ann.access).runner.perform


@pytest.mark.parametrize(
    ("item", "trakt"),
    [
        (Movie(tmdb=949), HEAT),
        (Movie(imdb="tt0113277"), HEAT),
        (Movie(slug="heat-1995"), HEAT),
        (Movie(trakt=HEAT), HEAT),
        (Movie(title="heat", year=1995), HEAT),
        (Movie(tmdb=999_999_999, imdb="tt0113277"), HEAT),
        (Show(tvdb=81189), 1388),
        (Show(slug="breaking-bad"), 1388),
        (Season(breaking_bad, 1), S1),
        (Season(breaking_bad, tmdb=3572), S1),
        (second, S1E2),
        (Episode(tmdb=62086), S1E2),
        (Episode(imdb="tt1054724"), S1E2),
        (Episode(breaking_bad, 1, 2, tmdb=999_999_999), S1E2),
        (Someone(tmdb=1158), 95000026),
        (Someone(slug="al-pacino"), 95000026),
    ],
)
def test_every_name_leads_to_the_title(perform: Any, item: Item, trakt: int) -> None:
    known = perform(find(item))
    assert known.trakt == trakt
    assert known.item.kind == item.kind


@pytest.mark.parametrize(
    "item",
    [
        nobody,
        Show(slug="no-such-show"),
        Movie(title="Heat", year=1900),
        Season(breaking_bad, 99),
        Episode(breaking_bad, 1, 99),
        Episode(Show(tmdb=999_999_999), 1, 1),
        Someone(slug="no-such-person"),
    ],
)
def test_what_is_unknown_is_named(perform: Any, item: Item) -> None:
    with pytest.raises(NotFound) as told:
        perform(find(item))
    assert repr(item) in str(told.value)


def test_a_season_alone_cannot_be_found(perform: Any) -> None:
    with pytest.raises(Invalid, match="name its show"):
        perform(find(Season(tmdb=3572)))


def test_a_known_id_is_not_asked_for(perform: Any, desk: Desk) -> None:
    assert perform(trakt_id(Movie(trakt=5))) == 5
    assert desk.requests() == []


def test_many_at_once_ask_each_question_once(perform: Any, desk: Desk) -> None:
    items: list[Item] = [heat, nobody, second, Episode(breaking_bad, 1, 3), Episode(breaking_bad, 9, 9), heat]
    found = perform(find_all(items))
    assert [None if one is None else one.trakt for one in found][:3] == [HEAT, None, S1E2]
    assert (found[4], found[5].trakt) == (None, HEAT)
    asked = [(row["path"], str(row["query"])) for row in desk.requests()]
    assert sum(path.startswith("/search/tmdb/949") for path, _ in asked) == 1
    assert sum(path.startswith("/search/tmdb/1396") for path, _ in asked) == 1
    assert len(set(asked)) == len(asked)


def test_another_error_of_one_is_the_error_of_all(perform: Any, desk: Desk) -> None:
    desk.fault("500", "/search/tmdb/949", times=None)
    with pytest.raises(TraktBroken):
        perform(find_all([second, heat]))


def test_a_show_stands_for_its_aired_episodes(perform: Any, desk: Desk) -> None:
    sherlock = Show(trakt=19792)
    whole = perform(aired_episodes(sherlock))
    assert {one.item.season for one in whole} == {1, 2, 3, 4}
    assert [one.item.season for one in perform(aired_episodes(Season(sherlock, 0)))] == [0]
    desk.obey("POST", "clock", {"now": "2012-01-10T00:00:00Z"})
    perform(trakt_id(heat))
    assert len(perform(aired_episodes(sherlock))) < len(whole)
    with pytest.raises(NotFound):
        perform(aired_episodes(Season(sherlock, 77)))
