"""The library: adding, updating, removing, and its three readings (trakt-api.md 11.3)."""

from __future__ import annotations

from typing import Any

from tests.sandbox.routes.asking import Asker
from tests.sandbox.routes.small import ALIEN, BLANK, HEAT, NOW, WIRE, WIRE_S1, WIRE_S1E1, small_world

AT = "2020-05-05T05:05:05.000Z"


def heat(**attrs: Any) -> dict[str, Any]:
    return {"movies": [{"ids": {"trakt": HEAT}, **attrs}]}


def test_added_updated_existing() -> None:
    ada = Asker()
    first = ada.post("/sync/collection", heat(collected_at=AT, media_type="bluray"))
    assert first["added"]["movies"] == 1
    assert first["list"] == {"updated_at": "2026-03-10T20:15:42.000Z", "item_count": 1}
    ada.advance(minutes=1)
    again = ada.post("/sync/collection", heat(media_type="bluray"))
    assert (again["added"]["movies"], again["updated"]["movies"], again["existing"]["movies"]) == (0, 0, 1)
    better = ada.post("/sync/collection", heat(audio="dts_x"))
    assert (better["added"]["movies"], better["updated"]["movies"], better["existing"]["movies"]) == (0, 1, 0)
    (row,) = ada.get("/sync/collection/movies?extended=metadata")
    assert row["type"] == "movie"
    assert (row["collected_at"], row["updated_at"]) == (AT, "2026-03-10T20:16:42.000Z")
    assert row["metadata"] == {
        "media_type": "bluray",
        "resolution": None,
        "hdr": None,
        "audio": "dts_x",
        "audio_channels": None,
        "3d": None,
    }


def test_the_same_title_twice_in_a_request_is_added_once() -> None:
    answer = Asker().post("/sync/collection", {"movies": heat()["movies"] * 2})
    assert (answer["added"]["movies"], answer["existing"]["movies"]) == (1, 1)


def test_metadata_only_when_asked_for() -> None:
    ada = Asker()
    ada.post("/sync/collection", heat(**{"3d": True}))
    assert "metadata" not in ada.get("/sync/collection/movies")[0]
    assert ada.get("/sync/collection/movies?extended=metadata,available_on")[0]["available_on"] == []
    assert ada.get("/sync/collection/movies?extended=full,metadata")[0]["metadata"]["3d"] is True
    assert ada.get("/sync/collection/movies?available_on=plex") == []


def test_unknown_words_are_dropped_and_strictly_refused() -> None:
    ada = Asker()
    ada.post("/sync/collection", heat(media_type="wax cylinder"))
    assert ada.get("/sync/collection/movies?extended=metadata")[0]["metadata"] is None
    strict = Asker(small_world(strict=True))
    assert strict.ask("POST", "/sync/collection", heat(media_type="wax cylinder")).status == 400
    assert strict.get("/sync/collection/movies") == []


def test_released_is_the_release_date() -> None:
    ada = Asker()
    ada.post("/sync/collection", {"movies": [{"ids": {"trakt": n}, "collected_at": "released"} for n in (HEAT, BLANK)]})
    times = {row["movie"]["title"]: row["collected_at"] for row in ada.get("/sync/collection/movies")}
    assert times == {"Heat": "1995-12-15T00:00:00.000Z", "Blank": f"{NOW:%Y-%m-%dT%H:%M:%S}.000Z"}


def test_seconds_are_kept_here() -> None:
    ada = Asker()
    ada.post("/sync/collection", heat())
    assert ada.get("/sync/collection/movies")[0]["collected_at"] == "2026-03-10T20:15:42.000Z"


def test_shows_and_seasons_stand_for_their_aired_episodes() -> None:
    ada = Asker()
    answer = ada.post("/sync/collection", {"shows": [{"ids": {"trakt": WIRE}}], "seasons": [{"ids": {"trakt": 404}}]})
    assert answer["added"] == {"movies": 0, "shows": 0, "seasons": 0, "episodes": 5}
    assert answer["not_found"]["seasons"] == [{"ids": {"trakt": 404}}]
    answer = ada.post("/sync/collection", {"seasons": [{"ids": {"trakt": WIRE_S1}}]})
    assert answer["existing"]["episodes"] == 3


def test_the_readings_agree() -> None:
    ada = Asker()
    ada.post("/sync/collection", {**heat(collected_at=AT), "shows": [{"ids": {"trakt": WIRE}}]})
    episodes = ada.get("/sync/collection/episodes")
    assert {row["type"] for row in episodes} == {"episode"}
    (show,) = ada.get("/sync/collection/shows")
    assert show["show"]["title"] == "The Wire"
    numbers = [(season["number"], [e["number"] for e in season["episodes"]]) for season in show["seasons"]]
    assert numbers == [(1, [1, 2, 3]), (2, [1, 2])]
    assert [row["type"] for row in ada.get("/sync/collection/media")] == ["show", "movie"]
    minimal = ada.get("/sync/collection/minimal/episodes")
    assert minimal == {str(row["episode"]["ids"]["trakt"]): row["collected_at"] for row in episodes}
    assert ada.get("/sync/collection/minimal/movies") == {str(HEAT): AT}
    by_show = ada.get("/sync/collection/minimal/shows")[str(WIRE)]
    assert {e: at for season in by_show.values() for e, at in season.items()} == minimal
    assert ada.get("/users/ada/collection/media") == ada.get("/sync/collection/media")


def test_collections_are_paged_and_unknown_types_404() -> None:
    ada = Asker()
    ada.post("/sync/collection", {"shows": [{"ids": {"trakt": WIRE}}]})
    assert ada.walk("/sync/collection/episodes", 2) == ada.get("/sync/collection/episodes")
    assert len(ada.get("/sync/collection/minimal/episodes?limit=2")) == 2
    assert ada.ask("GET", "/sync/collection/episodes").headers["X-Pagination-Limit"] == "100"
    ada.get("/sync/collection/people", 404)
    ada.get("/sync/collection/minimal/media", 404)


def test_removing() -> None:
    ada = Asker()
    ada.post("/sync/collection", {**heat(), "shows": [{"ids": {"trakt": WIRE}}]})
    body = {"movies": [{"ids": {"trakt": ALIEN}}], "episodes": [{"ids": {"trakt": WIRE_S1E1}}]}
    answer = ada.post("/sync/collection/remove", body, 200)
    assert answer["deleted"] == {"movies": 0, "shows": 0, "seasons": 0, "episodes": 1}
    assert answer["list"]["item_count"] == 5
    answer = ada.post("/sync/collection/remove", {"shows": [{"ids": {"trakt": WIRE}}]}, 200)
    assert answer["deleted"]["episodes"] == 4
    assert ada.get("/sync/collection/shows") == []


def test_a_wrong_time_writes_nothing() -> None:
    ada = Asker()
    body = {"movies": [{"ids": {"trakt": ALIEN}}, *heat(collected_at="later")["movies"]]}
    assert ada.ask("POST", "/sync/collection", body).status == 400
    assert ada.get("/sync/collection/movies") == []
