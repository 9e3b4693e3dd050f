"""Reading, adding and removing plays (trakt-api.md 11.5), and the auto-removal from the watchlist (11.7)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sandbox.routes.asking import Asker
from tests.sandbox.routes.small import (
    ALIEN,
    BLANK,
    BOND,
    CODA,
    HEAT,
    NOW,
    WIRE,
    WIRE_S0,
    WIRE_S1,
    WIRE_S1E1,
    WIRE_S2,
    WIRE_S2E1,
    small_world,
)

AT = "2026-01-31T20:15:59.000Z"


def heat(**attrs: Any) -> dict[str, Any]:
    return {"movies": [{"ids": {"trakt": HEAT}, **attrs}]}


def watched_at(ada: Asker) -> list[str]:
    return [row["watched_at"] for row in ada.get("/sync/history")]


@pytest.mark.parametrize(
    ("attrs", "stored"),
    [
        ({}, "2026-03-10T20:15:00.000Z"),
        ({"watched_at": AT}, "2026-01-31T20:15:00.000Z"),
        ({"watched_at": "2026-01-31T20:15:59.999+02:00"}, "2026-01-31T18:15:00.000Z"),
        ({"watched_at": "released"}, "1995-12-15T02:50:00.000Z"),
        ({"watched_at": "unknown"}, "1970-01-01T00:00:00.000Z"),
        ({"watched_at": "2031-01-01T00:00:00Z"}, "2031-01-01T00:00:00.000Z"),
        ({"watched_at": 1700000000}, "2026-03-10T20:15:00.000Z"),
    ],
    ids=["now", "minute", "offset", "released", "unknown", "future", "epoch-is-now"],
)
def test_when_a_play_was(attrs: dict[str, Any], stored: str) -> None:
    ada = Asker()
    answer = ada.post("/sync/history", heat(**attrs))
    assert answer["added"] == {"movies": 1, "episodes": 0}
    assert answer["updated"] == {"movies": 0, "episodes": 0}
    assert watched_at(ada) == [stored]


def test_released_of_an_episode_is_its_airing_plus_runtime_and_of_an_undated_film_unknown() -> None:
    ada = Asker()
    body = {
        "episodes": [{"ids": {"trakt": WIRE_S1E1}, "watched_at": "released"}],
        "movies": [{"ids": {"trakt": BLANK}, "watched_at": "released"}],
    }
    ada.post("/sync/history", body)
    assert watched_at(ada) == ["2002-06-02T01:50:00.000Z", "1970-01-01T00:00:00.000Z"]


@pytest.mark.parametrize("value", [None, "yesterday", True, [], {}])
def test_a_time_that_is_none_is_400_and_nothing_is_written(value: Any) -> None:
    ada = Asker()
    body = {"movies": [{"ids": {"trakt": ALIEN}}, *heat(watched_at=value)["movies"]]}
    assert ada.ask("POST", "/sync/history", body).status == 400
    assert ada.get("/sync/history") == []


def test_null_says_which_type_was_expected() -> None:
    assert Asker().ask("POST", "/sync/history", heat(watched_at=None)).json == {
        "error": "Expected string, received null"
    }


@pytest.mark.parametrize("value", [1700000000, "2026-01-31", "2026-01-31T20:15:59", "2026-01-31T20:15:59+02:00"])
def test_strict_takes_only_full_utc_times(value: Any) -> None:
    strict = Asker(small_world(strict=True))
    assert strict.ask("POST", "/sync/history", heat(watched_at=value)).status == 400
    assert strict.ask("POST", "/sync/history", heat(watched_at=AT)).status == 201


def test_strict_refuses_unknown_fields() -> None:
    body = {"movies": [{"ids": {"trakt": HEAT}, "wathced_at": AT}]}
    assert Asker(small_world(strict=True)).ask("POST", "/sync/history", body).status == 400
    assert Asker().ask("POST", "/sync/history", body).status == 201


def test_seconds_are_kept_while_that_fault_lasts() -> None:
    ada = Asker()
    ada.world.keep_seconds = True
    ada.post("/sync/history", heat(watched_at=AT))
    assert watched_at(ada) == ["2026-01-31T20:15:59.000Z"]


def test_adding_never_looks_for_duplicates() -> None:
    ada = Asker()
    for _ in range(2):
        ada.post("/sync/history", heat(watched_at=AT))
    ada.post("/sync/history", {"movies": heat(watched_at=AT)["movies"] * 2})
    assert watched_at(ada) == ["2026-01-31T20:15:00.000Z"] * 4
    assert len({row["id"] for row in ada.get("/sync/history")}) == 4


def test_a_show_stands_for_its_aired_episodes_without_specials() -> None:
    ada = Asker()
    answer = ada.post("/sync/history", {"shows": [{"ids": {"trakt": WIRE}}]})
    assert answer["added"] == {"movies": 0, "episodes": 5}
    seen = {(row["episode"]["season"], row["episode"]["number"]) for row in ada.get("/sync/history")}
    assert seen == {(1, 1), (1, 2), (1, 3), (2, 1), (2, 2)}


@pytest.mark.parametrize("seasons", [[{"number": 0}], [{"number": 0, "episodes": []}]])
def test_a_named_season_is_meant_with_its_specials(seasons: list[Any]) -> None:
    ada = Asker()
    assert (
        ada.post("/sync/history", {"shows": [{"ids": {"trakt": WIRE}, "seasons": seasons}]})["added"]["episodes"] == 1
    )


def test_what_is_missing_in_a_show_is_echoed_alone() -> None:
    show = {
        "ids": {"trakt": WIRE},
        "seasons": [{"number": 1, "episodes": [{"number": 1}, {"number": 9}]}, {"number": 7}, {"number": 2}],
    }
    answer = Asker().post("/sync/history", {"shows": [show]})
    assert answer["added"]["episodes"] == 3
    assert answer["not_found"]["shows"] == [
        {"ids": {"trakt": WIRE}, "seasons": [{"number": 1, "episodes": [{"number": 9}]}, {"number": 7}]}
    ]


def test_unknown_titles_are_echoed_unchanged_and_the_answer_is_201() -> None:
    body = {
        "movies": [{"ids": {"trakt": 404}, "watched_at": AT}, {"title": "Nowhere", "year": 1900}],
        "shows": [{"ids": {"slug": "nothing"}}],
        "seasons": [{"ids": {"trakt": 404}}],
        "episodes": [{"ids": {"trakt": 404}}],
    }
    answer = Asker().post("/sync/history", body)
    assert answer["not_found"] == body
    assert answer["added"] == {"movies": 0, "episodes": 0}


def test_an_episode_s_time_goes_before_its_season_s_and_its_show_s() -> None:
    show = {
        "ids": {"trakt": WIRE},
        "watched_at": "2020-01-01T00:00:00Z",
        "seasons": [
            {
                "number": 1,
                "watched_at": "2021-01-01T00:00:00Z",
                "episodes": [{"number": 1, "watched_at": "2022-01-01T00:00:00Z"}, {"number": 2}],
            },
            {"number": 2, "episodes": [{"number": 1}]},
        ],
    }
    ada = Asker()
    ada.post("/sync/history", {"shows": [show]})
    assert [at[:4] for at in watched_at(ada)] == ["2022", "2021", "2020"]


def test_the_trakt_id_wins_over_the_others() -> None:
    ada = Asker()
    ada.post("/sync/history", {"movies": [{"ids": {"trakt": HEAT, "imdb": "tt0078748", "tmdb": 348}}]})
    assert ada.get("/sync/history")[0]["movie"]["title"] == "Heat"


def test_empty_bodies_are_fine() -> None:
    ada = Asker()
    assert ada.post("/sync/history", {})["added"] == {"movies": 0, "episodes": 0}
    assert ada.post("/sync/history", {"movies": []})["not_found"]["movies"] == []
    assert ada.user.revision == 0


def plays(ada: Asker) -> None:
    body = {
        "movies": [{"ids": {"trakt": HEAT}, "watched_at": at} for at in (AT, "2026-02-01T00:00:00Z", "unknown")],
        "episodes": [{"ids": {"trakt": trakt}, "watched_at": AT} for trakt in (WIRE_S1E1, WIRE_S2E1)],
    }
    ada.post("/sync/history", body)


def test_history_by_type_and_title() -> None:
    ada = Asker()
    plays(ada)
    counts = {
        "": 5,
        "/movies": 3,
        "/episodes": 2,
        "/shows": 2,
        "/seasons": 2,
        f"/movies/{HEAT}": 3,
        f"/movies/{ALIEN}": 0,
        f"/shows/{WIRE}": 2,
        f"/shows/{BOND}": 0,
        f"/seasons/{WIRE_S1}": 1,
        f"/seasons/{WIRE_S2}": 1,
        f"/seasons/{WIRE_S0}": 0,
        f"/episodes/{WIRE_S1E1}": 1,
    }
    for path, count in counts.items():
        assert len(ada.get(f"/sync/history{path}")) == count, path
        assert len(ada.get(f"/users/ada/history{path}")) == count, path
    assert {row["type"] for row in ada.get(f"/sync/history/shows/{WIRE}")} == {"episode"}


@pytest.mark.parametrize(
    "path", ["movies/999", "shows/999", "seasons/999", "episodes/999", "movies/heat-1995", "films"]
)
def test_an_unknown_title_or_type_is_404(path: str) -> None:
    Asker().get(f"/sync/history/{path}", 404)


def test_newest_first_and_undated_last() -> None:
    ada = Asker()
    plays(ada)
    times = watched_at(ada)
    assert times == sorted(times, reverse=True)
    assert times[-1] == "1970-01-01T00:00:00.000Z"


def test_history_forms() -> None:
    ada = Asker()
    plays(ada)
    assert set(ada.get("/sync/history")[0]["movie"]) == {"title", "year", "ids"}
    full = ada.get("/sync/history?extended=full")[0]["movie"]
    assert (full["runtime"], full["genres"]) == (170, ["crime", "drama"])
    assert full["images"]["poster"] == ["127.0.0.1:8177/images/poster/movie/28.svg"]
    assert set(ada.get("/sync/history?extended=images")[0]["movie"]) == {"title", "year", "ids", "images"}
    assert set(ada.get("/sync/history?extended=strange")[0]["movie"]) == {"title", "year", "ids"}
    show = ada.get("/sync/history/episodes?extended=full")[0]["show"]
    assert show["aired_episodes"] == 5, "specials, unaired and undated episodes do not count"


def test_a_kept_form_follows_the_clock() -> None:
    ada = Asker()
    plays(ada)
    address = "/sync/history/episodes?extended=full"
    assert ada.get(address)[0]["show"]["aired_episodes"] == 5
    ada.advance(days=3)
    assert ada.get(address)[0]["show"]["aired_episodes"] == 6
    ada.advance(days=-3)
    assert ada.get(address)[0]["show"]["aired_episodes"] == 5


def test_a_play_of_a_title_that_is_gone_is_a_row_with_null() -> None:
    ada = Asker()
    plays(ada)
    del ada.world.catalogue.movies[HEAT]
    del ada.world.catalogue.episodes[WIRE_S1E1]
    rows = {(row["type"], str(row.get("movie")), str(row.get("show"))[:6]) for row in ada.get("/sync/history")}
    assert ("movie", "None", "None") in rows
    assert ("episode", "None", "None") in rows
    assert len(ada.get("/sync/history")) == 5


@given(
    minutes=st.lists(st.integers(0, 60), max_size=30),
    bounds=st.tuples(st.none() | st.integers(-5, 65), st.none() | st.integers(-5, 65)),
    limit=st.integers(1, 9),
)
def test_every_window_is_a_filter_and_its_pages_are_a_partition(
    minutes: list[int], bounds: tuple[int | None, int | None], limit: int
) -> None:
    ada = Asker()
    at = [NOW.replace(second=0) - timedelta(minutes=n) for n in minutes]
    ada.post("/sync/history", {"movies": [{"ids": {"trakt": HEAT}, "watched_at": one.isoformat()} for one in at]})
    since, until = (None if n is None else NOW.replace(second=0) - timedelta(minutes=n) for n in bounds)
    query = "&".join(
        f"{name}={one:%Y-%m-%dT%H:%M:%SZ}" for name, one in (("start_at", since), ("end_at", until)) if one
    )
    floor, roof = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
    expected = sorted((one for one in at if (since or floor) <= one <= (until or roof)), reverse=True)
    rows = ada.walk(f"/sync/history?{query}", limit)
    assert [row["watched_at"] for row in rows] == [f"{one:%Y-%m-%dT%H:%M:%S}.000Z" for one in expected]
    assert len({row["id"] for row in rows}) == len(rows)


def test_dates_bound_the_history_too_and_garbage_is_400() -> None:
    ada = Asker()
    plays(ada)
    assert len(ada.get("/sync/history?start_at=2026-02-01")) == 1
    assert len(ada.get("/sync/history?end_at=2026-01-31T20:15:00%2B00:00")) == 4
    ada.get("/sync/history?start_at=soon", 400)


def test_removing_a_title_removes_all_its_plays() -> None:
    ada = Asker()
    plays(ada)
    answer = ada.post("/sync/history/remove", {"movies": [{"ids": {"trakt": HEAT}}, {"ids": {"trakt": 404}}]}, 200)
    assert answer["deleted"] == {"movies": 3, "episodes": 0}
    assert answer["not_found"]["movies"] == [{"ids": {"trakt": 404}}]
    assert ada.get("/sync/watched/movies") == []


def test_removing_a_show_removes_specials_and_unaired_episodes_too() -> None:
    ada = Asker()
    numbers = [{"number": 0}, {"number": 2, "episodes": [{"number": 3}]}]
    ada.post("/sync/history", {"shows": [{"ids": {"trakt": WIRE}, "seasons": numbers}]})
    assert ada.post("/sync/history/remove", {"shows": [{"ids": {"trakt": WIRE}}]}, 200)["deleted"]["episodes"] == 2
    assert ada.get("/sync/watched/shows") == []


def test_removing_by_play_id() -> None:
    ada = Asker()
    plays(ada)
    first, second = (row["id"] for row in ada.get("/sync/history?limit=2"))
    answer = ada.post("/sync/history/remove", {"ids": [first, second, 7, 7]}, 200)
    assert sum(answer["deleted"].values()) == 2
    assert answer["not_found"]["ids"] == [7]
    assert len(ada.get("/sync/history")) == 3
    assert ada.post("/sync/history/remove", {"ids": [first]}, 200)["not_found"]["ids"] == [first]


def test_removing_a_title_without_plays_is_no_error() -> None:
    ada = Asker()
    answer = ada.post("/sync/history/remove", {"movies": [{"ids": {"trakt": ALIEN}}]}, 200)
    assert answer["deleted"] == {"movies": 0, "episodes": 0}
    assert answer["not_found"]["movies"] == []


def listed(ada: Asker) -> set[tuple[str, int]]:
    return {(row["type"], row[row["type"]]["ids"]["trakt"]) for row in ada.get("/sync/watchlist")}


def test_what_was_watched_leaves_the_watchlist() -> None:
    ada = Asker()
    wanted = {
        "movies": [{"ids": {"trakt": HEAT}}, {"ids": {"trakt": ALIEN}}],
        "shows": [{"ids": {"trakt": WIRE}}, {"ids": {"trakt": BOND}}],
        "seasons": [{"ids": {"trakt": WIRE_S1}}, {"ids": {"trakt": WIRE_S2}}],
        "episodes": [{"ids": {"trakt": WIRE_S1E1}}, {"ids": {"trakt": WIRE_S2E1}}],
    }
    ada.post("/sync/watchlist", wanted)
    ada.post("/sync/history", heat())
    assert ("movie", HEAT) not in listed(ada)
    ada.post("/sync/history", {"episodes": [{"ids": {"trakt": WIRE_S1E1}}]})
    assert listed(ada) == {("movie", ALIEN), ("show", BOND), ("season", WIRE_S2), ("episode", WIRE_S2E1)}
    assert [row["rank"] for row in ada.get("/sync/watchlist")] == [1, 2, 3, 4]


@pytest.mark.parametrize("how", ["scrobble", "checkin"])
def test_scrobbles_and_matured_checkins_take_it_off_too(how: str) -> None:
    ada = Asker()
    ada.post("/sync/watchlist", heat())
    body = {"movie": {"ids": {"trakt": HEAT}}}
    if how == "scrobble":
        ada.post("/scrobble/stop", {**body, "progress": 100})
    else:
        ada.post("/checkin", body)
        assert listed(ada) == {("movie", HEAT)}, "not before it matures"
        ada.advance(hours=3)
    assert listed(ada) == set()


def test_favorites_and_lists_keep_what_was_watched() -> None:
    ada = Asker()
    ada.post("/sync/favorites", heat())
    ada.post("/users/me/lists", {"name": "Mine"})
    ada.post("/users/me/lists/mine/items", heat())
    ada.post("/sync/history", heat())
    assert len(ada.get("/sync/favorites")) == len(ada.get("/users/me/lists/mine/items")) == 1


def test_an_unaired_film_may_be_added_by_name_of_its_id() -> None:
    ada = Asker()
    assert ada.post("/sync/history", {"movies": [{"ids": {"trakt": CODA}}]})["added"]["movies"] == 1
