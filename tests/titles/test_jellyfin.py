"""The library of a Jellyfin, and of an Emby, which speaks the same with another key."""

from __future__ import annotations

from datetime import date

import pytest

from tests.titles.running import asked_of
from tests.titles.services import TOKEN, JellyfinServer, Row, jellyfin_row
from tests.titles.shelf import Viewer, episode, movie, show
from tests.trakt.servers import told
from watchprint.domain.title import Facts

BAD = show({"tvdb": 81189})
HEAT = jellyfin_row(
    "a1", "Movie", {"Imdb": "tt0113277", "Tmdb": "949", "Official Website": "x"}, Name="Heat", ProductionYear=1995,
    RunTimeTicks=102_290_000_000, PremiereDate="1995-12-14T23:00:00.0000000Z", OfficialRating="R", CommunityRating=8.3,
    Genres=["Crime", "Thriller", "Krimi"], ProductionLocations=["USA"], Studios=[{"Name": "Warner Bros.", "Id": "1"}],
)  # fmt: skip
SERIES = jellyfin_row(
    "s1", "Series", {"Tvdb": "81189", "TMDB": "1396"}, Name="Breaking Bad", ProductionYear=2008,
    PremiereDate="2008-01-20T05:00:00.0000000Z", OfficialRating="TV-MA", Genres=["Drama"], RunTimeTicks=28_200_000_000,
    Studios=[{"Name": "AMC"}, {"Name": "Sony"}], ProductionLocations=None,
)  # fmt: skip


def leaf(key: str, season: int | None, number: int | None, ids: dict[str, str], **more: object) -> Row:
    return jellyfin_row(key, "Episode", ids, SeriesId="s1", ParentIndexNumber=season, IndexNumber=number, **more)


LEAVES = [
    leaf("e1", 1, 1, {"Tvdb": "349232"}, Name="Pilot", RunTimeTicks=34_800_000_000, ProductionYear=2008),
    leaf("e2", 1, 2, {"Tmdb": "1396"}, RunTimeTicks=28_800_000_000, PremiereDate="2008-01-27T00:00:00.0000000Z"),
    leaf("e3", None, None, {}, RunTimeTicks=1),
]


@pytest.mark.parametrize("name", ["jellyfin", "emby"])
def test_films_series_and_episodes_are_told_of(ann: Viewer, name: str) -> None:
    heat, first, second = ann.watch([movie({"tmdb": 949}), episode(BAD, 1, 1), episode(BAD, 1, 2)])
    server = JellyfinServer([HEAT, SERIES, *LEAVES], emby=name == "emby")
    asked, seen = asked_of(ann, name, server)
    assert (asked.learned, asked.not_known, asked.stopped) == (4, 0, None)
    kept = ann.kept(heat)
    assert kept.facts == Facts(
        name="Heat", year=1995, runtime_min=170, genres=("crime", "thriller"), country="us", certification="R",
        released_on=date(1995, 12, 15),
    )  # fmt: skip
    assert set(kept.sources.values()) == {name}
    assert kept.ids["imdb"] == ("tt0113277",)
    episodes = [ann.kept(first), ann.kept(second)]
    assert [each.facts.runtime_min for each in episodes] == [58, 48]
    assert episodes[1].ids == {}  # the id that the episode has is its show's
    assert episodes[1].facts.released_on == date(2008, 1, 27)
    assert episodes[0].show_id is not None
    series = ann.kept(episodes[0].show_id).facts
    assert (series.network, series.certification, series.released_on) == ("AMC", "TV-MA", date(2008, 1, 20))
    assert not any(TOKEN in each.target for each in seen.asked)


def test_only_kinds_that_are_wanted_are_read(ann: Viewer) -> None:
    ann.watch([movie({"tmdb": 949})])
    _, seen = asked_of(ann, "jellyfin", JellyfinServer([HEAT, SERIES, *LEAVES]))
    assert [each.query["IncludeItemTypes"] for each in seen.asked] == ["Movie"]


@pytest.mark.parametrize("counts", [True, False])
def test_every_page_is_read_whether_the_server_counts_or_not(ann: Viewer, counts: bool) -> None:
    numbers = ann.watch([movie({"tmdb": n}) for n in range(1, 24)])
    films = [jellyfin_row(f"i{n}", "Movie", {"Tmdb": str(n)}, RunTimeTicks=n * 600_000_000) for n in range(1, 24)]
    asked, _ = asked_of(ann, "jellyfin", JellyfinServer(films, counts=counts, most=5))
    assert asked.learned == 23
    assert [ann.kept(number).facts.runtime_min for number in numbers] == list(range(1, 24))


def test_a_server_that_ignores_where_a_page_begins_is_left(ann: Viewer) -> None:
    ann.watch([movie({"tmdb": 949}), movie({"tmdb": 1})])
    same = {"Items": [HEAT], "TotalRecordCount": 900}
    asked, seen = asked_of(ann, "jellyfin", lambda asked: told(200, same))
    assert asked.stopped is not None
    assert "same page" in asked.stopped
    assert len(seen.asked) == 2


def test_odd_rows_say_what_can_be_read(ann: Viewer) -> None:
    numbers = ann.watch([movie({"tmdb": n}) for n in (1, 2)])
    rows: list[Row] = [
        {"Id": "1", "Type": "Movie", "ProviderIds": {"tmdb": 1, "Imdb": "nm0000001"}, "RunTimeTicks": "600000000"},
        {"Id": "2", "Type": "Movie", "ProviderIds": {"TMDB": "2"}, "RunTimeTicks": 1e40, "Genres": [1, "Drama", None],
         "PremiereDate": "0001-01-01T00:00:00Z", "ProductionYear": 0, "Studios": "x", "ProductionLocations": ["Mars"]},
        {"Id": ["3"], "Type": ["Movie"]},
    ]  # fmt: skip
    asked, _ = asked_of(
        ann,
        "jellyfin",
        lambda asked: (
            told(200, {"Items": [None, *rows]}) if asked.query["StartIndex"] == "0" else told(200, {"Items": []})
        ),
    )
    assert asked.stopped is None
    assert [ann.kept(number).facts for number in numbers] == [Facts(runtime_min=1), Facts(genres=("drama",))]
