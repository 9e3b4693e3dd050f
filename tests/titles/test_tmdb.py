"""TMDB, asked of films, series and seasons with a key of the user's own."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.titles.running import asked_of, asking, source
from tests.titles.services import TOKEN, Row, TmdbServer, serving
from tests.titles.shelf import Viewer, episode, movie, show
from tests.trakt.servers import Asked, Told, told
from watchprint.domain.title import Facts, rank
from watchprint.titles import KeyMissing, Tmdb

HEAT: Row = {
    "id": 949, "title": "Heat", "imdb_id": "tt0113277", "release_date": "1995-12-15", "runtime": 170,
    "genres": [{"id": 28, "name": "Action"}, {"id": 80, "name": "Crime"}, {"id": 10770, "name": "TV Movie"}],
    "original_language": "en", "origin_country": ["US"], "production_countries": [{"iso_3166_1": "GB", "name": "x"}],
    "vote_average": 7.92, "vote_count": 7001, "status": "Released", "external_ids": {"imdb_id": "tt0113277"},
    "release_dates": {"results": [
        {"iso_3166_1": "DE", "release_dates": [{"certification": "16", "type": 3}]},
        {"iso_3166_1": "US", "release_dates": [
            {"certification": "NR", "type": 1}, {"certification": "", "type": 3}, {"certification": "R", "type": 3},
        ]},
    ]},
}  # fmt: skip
BAD = show({"tvdb": 81189})
SERIES: Row = {
    "id": 1396, "name": "Breaking Bad", "first_air_date": "2008-01-20", "episode_run_time": [], "status": "Ended",
    "genres": [{"name": "Drama"}, {"name": "Action & Adventure"}], "original_language": "cn",
    "origin_country": ["SU", "US"],
    "networks": [{"name": "AMC"}], "vote_average": 8.9, "vote_count": 12000,
    "external_ids": {"imdb_id": "tt0903747", "tvdb_id": 81189},
    "content_ratings": {"results": [{"iso_3166_1": "US", "rating": "TV-MA"}, {"iso_3166_1": "DE", "rating": "16"}]},
}  # fmt: skip
FOUND = {
    ("tvdb_id", "81189"): {"tv_results": [{"id": 1396}]},
    ("imdb_id", "tt0113277"): {"movie_results": [{"id": 949}]},
}


def aired(number: int, runtime: int | None, id: int = 0, on: str | None = "2008-01-20") -> Row:
    return {"id": id or 62000 + number, "episode_number": number, "season_number": 1, "name": f"E{number}",
            "runtime": runtime, "air_date": on, "vote_average": 8.0, "vote_count": 3}  # fmt: skip


def test_a_film_is_asked_by_its_id_in_one_request(ann: Viewer) -> None:
    [heat] = ann.watch([movie({"tmdb": 949})])
    asked, server = asked_of(ann, "tmdb", TmdbServer(movies={949: HEAT}))
    kept = ann.kept(heat)
    assert kept.facts == Facts(
        name="Heat", year=1995, runtime_min=170, genres=("action", "crime"), country="us", language="en",
        certification="R", released_on=date(1995, 12, 15), status="released",
    )  # fmt: skip
    assert kept.ids["imdb"] == ("tt0113277",)
    assert ann.store.read(lambda work: work.titles.said(heat))["tmdb"]["votes"] == 7001
    assert (len(server.asked), server.asked[0].token) == (1, TOKEN)
    assert asked.learned == 1


def test_titles_are_found_by_other_services_ids(ann: Viewer) -> None:
    numbers = ann.watch(
        [movie({"imdb": "tt0113277"}), episode(BAD, 1, 1), movie({"imdb": "tt9999999"}), movie({"slug": "x"})]
    )
    seasons = {(1396, 1): [aired(1, 58), aired(2, 48), aired(3, 47)]}
    tmdb = TmdbServer(movies={949: HEAT}, shows={1396: SERIES}, seasons=seasons, found=FOUND)
    asked, server = asked_of(ann, "tmdb", tmdb)
    assert ann.kept(numbers[0]).facts.runtime_min == 170
    pilot = ann.kept(numbers[1])
    assert pilot.facts == Facts(name="E1", runtime_min=58, released_on=date(2008, 1, 20))
    assert pilot.ids == {"tmdb": ("62001",)}
    assert pilot.show_id is not None
    series = ann.kept(pilot.show_id)
    assert series.facts == Facts(
        name="Breaking Bad", year=2008, runtime_min=48, genres=("drama", "action", "adventure"), country="us",
        language="cn", network="AMC", certification="TV-MA", released_on=date(2008, 1, 20), status="ended",
    )  # fmt: skip
    assert series.ids["tmdb"] == ("1396",)
    assert (asked.asked, asked.learned, asked.not_known, asked.without_id) == (5, 3, 1, 1)
    assert len(server.asked) == 2 + 3 + 1


def test_an_answer_that_names_other_ids_is_of_another_title(ann: Viewer) -> None:
    heat, first = ann.watch([movie({"tmdb": 949, "imdb": "tt0000001"}), episode(show({"tmdb": 1396, "tvdb": 1}), 1, 1)])
    tmdb = TmdbServer(movies={949: HEAT}, shows={1396: SERIES}, seasons={(1396, 1): [aired(1, 58)]})
    asked, _ = asked_of(ann, "tmdb", tmdb)
    assert ann.kept(heat).facts == Facts()
    assert ann.kept(first).facts == Facts()
    assert (asked.learned, asked.not_known) == (0, 3)


def test_episodes_are_told_apart_by_their_ids_before_their_numbers(ann: Viewer) -> None:
    known = show({"tmdb": 1396})
    first, second, third = ann.watch(
        [episode(known, 1, 1, {"tmdb": 502}), episode(known, 1, 2, {"tmdb": 999}), episode(known, 1, 3)]
    )
    rows = [aired(1, 41, 501), aired(2, 42, 502), aired(3, None, 503, None), {"episode_number": "x"}, aired(4, 0)]
    asked, _ = asked_of(ann, "tmdb", TmdbServer(shows={1396: {"id": 1396}}, seasons={(1396, 1): rows}))
    assert [ann.kept(each).facts.runtime_min for each in (first, second, third)] == [42, None, None]
    assert ann.kept(third).facts.name == "E3"
    assert asked.not_known == 2  # the second episode, and the show of which nothing is said


def test_titles_that_lack_nothing_are_not_asked_of(ann: Viewer) -> None:
    facts: dict[str, Any] = {
        "name": "Heat", "year": 1995, "runtime_min": 170, "genres": ("crime",), "country": "us", "language": "en",
        "certification": "R", "released_on": date(1995, 12, 15),
    }  # fmt: skip
    ann.watch([movie({"tmdb": 949}, **facts)], "trakt")
    asked, server = asked_of(ann, "tmdb", TmdbServer(movies={949: HEAT}))
    assert (asked.asked, asked.requests, server.asked) == (0, 0, [])


def test_a_key_of_the_third_version_travels_in_the_address_and_nowhere_else(
    ann: Viewer, caplog: pytest.LogCaptureFixture
) -> None:
    key = "0123456789abcdef" * 2
    ann.watch([movie({"tmdb": 949}), movie({"tmdb": 950})])

    def answer(asked: Asked) -> Told:
        if asked.query.get("api_key") != key:
            return told(401, {})
        if "sent_on" not in asked.query:
            return told(307, location=f"{asked.target}&sent_on=1")
        return told(500, b"boom " + key.encode())

    with caplog.at_level("INFO"), serving(answer) as server:
        result = asking(ann, source("tmdb", server.url, key))
        other = asking(ann, source("tmdb", server.url, "f" * 32))
    assert {each.query.get("api_key") for each in server.asked} == {key, "f" * 32}
    assert caplog.records
    assert key not in caplog.text
    assert key not in repr(result)
    assert "f" * 32 not in caplog.text + repr(other)
    assert other.sources[0].stopped == "TMDB does not accept the key or token (401). Check it, or make a new one."


def test_a_film_with_a_broken_answer_holds_up_no_other(ann: Viewer) -> None:
    broken, heat = ann.watch([movie({"tmdb": 1}), movie({"tmdb": 949})])
    tmdb = TmdbServer(movies={949: HEAT})

    def answer(asked: Asked) -> Told:
        return told(200, b"{") if asked.path == "/3/movie/1" else tmdb(asked)

    asked, _ = asked_of(ann, "tmdb", answer)
    assert (asked.learned, asked.failed, asked.stopped) == (1, 1, None)
    assert "other than JSON" in asked.reasons[0]
    assert ann.kept(heat).facts.runtime_min == 170
    again, server = asked_of(ann, "tmdb", TmdbServer(movies={1: {"id": 1, "runtime": 5}}))
    assert (again.asked, len(server.asked)) == (1, 1)
    assert ann.kept(broken).facts.runtime_min == 5


def test_a_blank_key_is_missed_before_anything_is_asked() -> None:
    with pytest.raises(KeyMissing, match="TMDB_API_KEY"):
        Tmdb("  ")
    with pytest.raises(KeyMissing):
        Tmdb("a\nb: c")
    assert rank("plex") < rank("jellyfin") < rank("emby") < rank("tmdb") < rank("tvmaze")
