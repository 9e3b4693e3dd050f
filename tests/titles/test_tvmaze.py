"""TVmaze, asked of series without a key: one request to find each, one for it and all its episodes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from tests.titles.running import Patient, asked_of, asking, source
from tests.titles.services import Row, TvMazeServer, serving
from tests.titles.shelf import Viewer, episode, movie, show
from watchprint.domain.title import Facts

BAD = show({"tvdb": 81189, "imdb": "tt0903747"})
SERIES: Row = {
    "id": 169, "name": "Breaking Bad", "type": "Scripted", "language": "English", "genres": ["Drama", "Crime", "DIY"],
    "status": "Ended", "runtime": 60, "averageRuntime": 60, "premiered": "2008-01-20", "rating": {"average": 9.2},
    "network": {"id": 20, "name": "AMC", "country": {"name": "United States", "code": "US"}}, "webChannel": None,
    "externals": {"tvrage": 18164, "thetvdb": 81189, "imdb": "tt0903747"},
    "_embedded": {"episodes": [
        {"id": 1, "name": "Pilot", "season": 1, "number": 1, "type": "regular", "airdate": "2008-01-20",
         "airtime": "22:00", "airstamp": "2008-01-21T03:00:00+00:00", "runtime": 62},
        {"id": 2, "name": "Special", "season": 1, "number": None, "airdate": "2009-02-17"},
    ]},
}  # fmt: skip
STREAMED: Row = {
    "id": 7, "name": "Streamed", "type": "Animation", "language": "Japanese", "genres": [], "status": "Running",
    "runtime": None, "averageRuntime": 24, "premiered": "2020-05-01", "network": None,
    "webChannel": {"name": "Netflix", "country": None}, "externals": {"thetvdb": None, "imdb": "tt0000007"},
    "_embedded": {"episodes": [
        {"season": 1, "number": 1, "airdate": "2020-05-01", "airtime": "", "airstamp": "2020-05-01T12:00:00+00:00",
         "runtime": 24},
    ]},
}  # fmt: skip


def test_a_series_is_found_and_told_of_with_its_episodes(ann: Viewer) -> None:
    [pilot, lost, heat] = ann.watch([episode(BAD, 1, 1), episode(BAD, 1, 9), movie({"imdb": "tt0113277"})])
    asked, server = asked_of(ann, "tvmaze", TvMazeServer({169: SERIES}))
    assert ann.kept(pilot).facts == Facts(
        name="Pilot", runtime_min=62, released_on=date(2008, 1, 20),
        first_aired_at=datetime(2008, 1, 21, 3, tzinfo=UTC),
    )  # fmt: skip
    show_id = ann.kept(pilot).show_id
    assert show_id is not None
    assert ann.kept(show_id).facts == Facts(
        name="Breaking Bad", year=2008, runtime_min=60, genres=("drama", "crime"), country="us", language="en",
        network="AMC", released_on=date(2008, 1, 20), status="ended",
    )  # fmt: skip
    assert ann.kept(heat).facts == ann.kept(lost).facts == Facts()
    assert (asked.asked, asked.learned, asked.not_known) == (3, 2, 1)
    assert [each.path for each in server.asked] == ["/lookup/shows", "/shows/169"]


def test_an_hour_that_is_made_up_is_not_taken(ann: Viewer) -> None:
    [first] = ann.watch([episode(show({"imdb": "tt0000007"}), 1, 1)])
    asked_of(ann, "tvmaze", TvMazeServer({7: STREAMED}))
    kept = ann.kept(first)
    assert kept.facts == Facts(runtime_min=24, released_on=date(2020, 5, 1))
    assert kept.show_id is not None
    facts = ann.kept(kept.show_id).facts
    assert (facts.network, facts.country, facts.genres, facts.language) == ("Netflix", None, ("animation",), "ja")
    assert facts.runtime_min == 24


def test_series_that_are_not_there_or_are_another_are_noted(ann: Viewer) -> None:
    other: dict[str, Any] = SERIES | {"externals": {"thetvdb": 81189, "imdb": "tt0000002"}}
    numbers = ann.watch([episode(BAD, 1, 1), episode(show({"tmdb": 5}), 1, 1)])
    asked, server = asked_of(ann, "tvmaze", TvMazeServer({169: other}))
    assert (asked.learned, asked.not_known, asked.without_id) == (0, 2, 2)
    assert [each.query for each in server.asked] == [{"imdb": "tt0903747"}, {"thetvdb": "81189"}, {"embed": "episodes"}]
    assert ann.store.read(lambda work: work.titles.said(numbers[0])) == {"tvmaze": {}}
    assert ann.store.read(lambda work: work.titles.said(numbers[1])) == {}


def test_it_is_asked_no_faster_than_it_takes(ann: Viewer) -> None:
    shows = {n: SERIES | {"id": n, "externals": {"imdb": f"tt{n:07}", "thetvdb": None}} for n in range(1, 16)}
    ann.watch([episode(show({"imdb": f"tt{n:07}"}), 1, 1) for n in shows])
    clock = Patient()
    begun = clock.at
    with serving(TvMazeServer(shows)) as server:
        asking(ann, source("tvmaze", server.url, clock=clock))
    assert len(server.asked) == 30
    assert (clock.at - begun).total_seconds() >= 14.5  # twenty in ten seconds
