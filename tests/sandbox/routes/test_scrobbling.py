"""Scrobbles, check-ins, saved positions, and what a user watches now (trakt-api.md 9, 10, 11.2)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.routes.asking import Asker
from tests.sandbox.routes.small import ALIEN, ANIME, BLANK, BOND, HEAT, WIRE, WIRE_S1E1, small_world

HEAT_BODY = {"movie": {"ids": {"tmdb": 949}}}
WIRE_BODY = {"show": {"ids": {"tmdb": 1438}}, "episode": {"season": 1, "number": 1}}


def scrobble(ada: Asker, act: str, progress: Any, body: dict[str, Any] = HEAT_BODY) -> Any:
    return ada.ask("POST", f"/scrobble/{act}", {**body, "progress": progress})


@pytest.mark.parametrize(
    ("body", "trakt"),
    [
        ({"movie": {"ids": {"trakt": HEAT}}}, HEAT),
        ({"movie": {"title": "Heat", "year": 1995}}, HEAT),
        ({"episode": {"ids": {"trakt": WIRE_S1E1}}}, WIRE_S1E1),
        ({"show": {"title": "The Wire"}, "episode": {"season": 1, "number": 1}}, WIRE_S1E1),
        ({"show": {"ids": {"trakt": ANIME}}, "episode": {"number_abs": 3}}, 71201),
    ],
)
def test_each_of_the_four_forms_names_one_title(body: dict[str, Any], trakt: int) -> None:
    said = scrobble(Asker(), "start", 0, body)
    assert said.status == 201
    assert (said.json.get("movie") or said.json["episode"])["ids"]["trakt"] == trakt


@pytest.mark.parametrize(
    "body",
    [
        {"movie": {"ids": {"trakt": 999}}},
        {"episode": {"ids": {"trakt": 999}}},
        {"show": {"ids": {"trakt": WIRE}}, "episode": {"season": 9, "number": 1}},
        {"show": {"ids": {"trakt": 999}}, "episode": {"season": 1, "number": 1}},
        {"show": {"ids": {"trakt": ANIME}}, "episode": {"number_abs": 99}},
    ],
)
def test_an_unknown_title_is_404(body: dict[str, Any]) -> None:
    assert scrobble(Asker(), "start", 0, body).status == 404
    assert Asker().ask("POST", "/checkin", body).status == 404


def test_a_body_that_names_nothing_is_400() -> None:
    assert scrobble(Asker(), "start", 0, {}).status == 400
    assert Asker().ask("POST", "/checkin", {}).status == 400


@pytest.mark.parametrize("progress", [None, -1, 100.5, "50", True, float("inf")])
@pytest.mark.parametrize("act", ["start", "pause", "stop"])
def test_progress_outside_0_to_100_is_422(act: str, progress: Any) -> None:
    body = {**HEAT_BODY, "progress": progress}
    if progress is None:
        del body["progress"]
    assert Asker().ask("POST", f"/scrobble/{act}", body).status == 422


@pytest.mark.parametrize("name", ["app_version", "app_date"])
def test_null_in_an_optional_string_is_400(name: str) -> None:
    said = Asker().ask("POST", "/scrobble/start", {**HEAT_BODY, "progress": 1, name: None})
    assert (said.status, said.json) == (400, {"error": "Expected string, received null"})


def test_start_sets_watching_until_the_remaining_runtime_is_over() -> None:
    ada = Asker()
    said = scrobble(ada, "start", 50)
    assert (said.json["id"], said.json["action"], said.json["progress"]) == (0, "start", 50.0)
    watching = ada.get("/users/me/watching")
    assert watching["action"] == "scrobble"
    assert watching["type"] == "movie"
    assert watching["expires_at"] == "2026-03-10T21:40:42.000Z", "85 of 170 minutes are left"
    ada.advance(minutes=84, seconds=59)
    assert ada.get("/users/me/watching")["movie"]["ids"]["trakt"] == HEAT
    ada.advance(seconds=1)
    ada.get("/users/me/watching", 204)
    assert ada.get("/sync/history") == [], "a start that ran out is no play"


def test_start_of_a_title_without_runtime_still_ends() -> None:
    ada = Asker()
    scrobble(ada, "start", 0, {"movie": {"ids": {"trakt": BLANK}}})
    ada.advance(minutes=101)
    ada.get("/users/me/watching", 204)


def test_start_deletes_the_saved_position_of_that_title_only() -> None:
    ada = Asker()
    scrobble(ada, "pause", 30)
    scrobble(ada, "pause", 40, WIRE_BODY)
    scrobble(ada, "start", 30)
    assert [row["type"] for row in ada.get("/sync/playback")] == ["episode"]


@pytest.mark.parametrize("act", ["pause", "stop"])
@pytest.mark.parametrize("progress", [1, 79.9])
def test_pause_and_early_stop_save_the_position_and_clear_watching(act: str, progress: float) -> None:
    ada = Asker()
    scrobble(ada, "start", 0)
    said = scrobble(ada, act, progress)
    assert (said.status, said.json["action"]) == (201, "pause")
    ada.get("/users/me/watching", 204)
    (row,) = ada.get("/sync/playback/movies")
    assert (row["id"], row["progress"], row["paused_at"]) == (said.json["id"], progress, "2026-03-10T20:15:42.000Z")
    assert ada.get("/sync/history") == []


def test_pause_may_leave_watching_by_option() -> None:
    ada = Asker(small_world(pause_leaves_watching=True))
    scrobble(ada, "start", 0)
    scrobble(ada, "pause", 30)
    assert ada.get("/users/me/watching")["movie"]["title"] == "Heat"
    scrobble(ada, "stop", 30)
    ada.get("/users/me/watching", 204)


@pytest.mark.parametrize(("act", "progress"), [("pause", 80), ("pause", 99), ("pause", 0.9), ("stop", 0.9)])
def test_what_is_refused_changes_nothing(act: str, progress: float) -> None:
    ada = Asker()
    scrobble(ada, "start", 0)
    assert scrobble(ada, act, progress).status == 422
    assert ada.get("/sync/playback") == []
    assert ada.get("/users/me/watching")["movie"]["title"] == "Heat"


def test_a_new_pause_replaces_the_saved_position() -> None:
    ada = Asker()
    scrobble(ada, "pause", 30)
    ada.advance(minutes=1)
    scrobble(ada, "pause", 31)
    assert [row["progress"] for row in ada.get("/sync/playback")] == [31.0]


def test_stop_from_80_on_is_a_play_of_this_minute() -> None:
    ada = Asker()
    scrobble(ada, "start", 10)
    scrobble(ada, "pause", 20)
    said = scrobble(ada, "stop", 80)
    assert (said.status, said.json["action"]) == (201, "scrobble")
    (row,) = ada.get("/sync/history")
    assert (row["id"], row["action"], row["watched_at"]) == (said.json["id"], "scrobble", "2026-03-10T20:15:00.000Z")
    assert ada.get("/sync/playback") == []
    ada.get("/users/me/watching", 204)


@pytest.mark.parametrize(
    ("body", "minutes"),
    [(HEAT_BODY, 170), (WIRE_BODY, 60), ({"movie": {"ids": {"trakt": ALIEN}}}, 117)],
)
def test_the_title_just_scrobbled_is_409_until_its_time_is_over(body: dict[str, Any], minutes: int) -> None:
    ada = Asker()
    ada.world.now = ada.world.now.replace(second=0)
    scrobble(ada, "stop", 90, body)
    ada.advance(minutes=minutes - 1)
    again = scrobble(ada, "stop", 90, body)
    assert again.status == 409
    assert again.json["watched_at"] == "2026-03-10T20:15:00.000Z"
    assert again.json["expires_at"] > "2026-03-10T20:15:00.000Z"
    assert len(ada.get("/sync/history")) == 1
    ada.advance(minutes=1)
    assert scrobble(ada, "stop", 90, body).status == 201
    assert len(ada.get("/sync/history")) == 2


def test_409_is_about_the_last_scrobble_only() -> None:
    ada = Asker()
    scrobble(ada, "stop", 90)
    assert scrobble(ada, "stop", 90, WIRE_BODY).status == 201
    assert scrobble(ada, "stop", 90).status == 201, "another title came in between"


def test_a_removed_scrobble_may_be_scrobbled_again() -> None:
    ada = Asker()
    said = scrobble(ada, "stop", 90)
    ada.post("/sync/history/remove", {"ids": [said.json["id"]]}, 200)
    assert scrobble(ada, "stop", 90).status == 201


def test_sharing_goes_to_connected_networks_only() -> None:
    body = {**HEAT_BODY, "sharing": {"mastodon": True, "twitter": True}}
    said = scrobble(Asker(), "start", 1, body)
    assert said.json["sharing"] == {"twitter": False, "mastodon": True, "tumblr": False}
    said = Asker().ask("POST", "/checkin", body)
    assert said.json["sharing"] == {"twitter": False, "mastodon": True, "tumblr": False}


def test_a_checkin_becomes_a_play_when_its_runtime_is_over() -> None:
    ada = Asker()
    made = ada.post("/checkin", {**HEAT_BODY, "message": "hello", "venue_id": "4", "venue_name": "Home"})
    assert made["watched_at"] == "2026-03-10T23:05:42.000Z"
    assert ada.get("/users/me/watching")["action"] == "checkin"
    ada.advance(minutes=169)
    assert ada.get("/sync/history") == []
    ada.advance(minutes=1)
    (row,) = ada.get("/sync/history")
    assert (row["id"], row["action"], row["watched_at"]) == (made["id"], "checkin", "2026-03-10T23:05:00.000Z")
    ada.get("/users/me/watching", 204)


def test_a_checkin_matures_however_late_somebody_looks() -> None:
    ada = Asker()
    ada.post("/checkin", WIRE_BODY)
    ada.advance(days=3)
    assert [row["watched_at"] for row in ada.get("/sync/history")] == ["2026-03-10T21:05:00.000Z"]
    assert ada.get("/sync/last_activities")["episodes"]["watched_at"] == "2026-03-10T21:05:42.000Z"


def test_checkins_of_others_mature_too() -> None:
    ada = Asker()
    ada.as_("vic").post("/checkin", WIRE_BODY)
    ada.advance(hours=2)
    assert len(ada.get("/users/vic/history")) == 1


def test_a_second_checkin_is_409_with_the_end_of_the_first() -> None:
    ada = Asker()
    ada.post("/checkin", HEAT_BODY)
    assert ada.ask("POST", "/checkin", WIRE_BODY).json == {"expires_at": "2026-03-10T23:05:42.000Z"}
    assert ada.ask("POST", "/checkin", WIRE_BODY).status == 409
    ada.advance(minutes=170)
    assert ada.ask("POST", "/checkin", WIRE_BODY).status == 201


def test_deleting_a_checkin_drops_its_play_and_is_always_204() -> None:
    ada = Asker()
    assert ada.ask("DELETE", "/checkin").status == 204
    ada.post("/checkin", HEAT_BODY)
    assert ada.ask("DELETE", "/checkin").status == 204
    ada.get("/users/me/watching", 204)
    ada.advance(days=1)
    assert ada.get("/sync/history") == []


def test_deleting_a_checkin_leaves_a_scrobble_alone() -> None:
    ada = Asker()
    scrobble(ada, "start", 0)
    ada.ask("DELETE", "/checkin")
    assert ada.get("/users/me/watching")["action"] == "scrobble"


def test_a_stop_of_another_title_leaves_the_checkin_alone() -> None:
    ada = Asker()
    ada.post("/checkin", HEAT_BODY)
    scrobble(ada, "stop", 90, WIRE_BODY)
    assert ada.get("/users/me/watching")["action"] == "checkin"
    scrobble(ada, "stop", 90)
    ada.get("/users/me/watching", 204)
    ada.advance(days=1)
    assert len(ada.get("/sync/history")) == 2, "the film that was stopped is no second play by its check-in"


def test_playback_is_newest_first_and_filtered_by_paused_at() -> None:
    ada = Asker()
    scrobble(ada, "pause", 30)
    ada.advance(hours=1)
    scrobble(ada, "pause", 40, WIRE_BODY)
    assert [row["progress"] for row in ada.get("/sync/playback")] == [40.0, 30.0]
    assert [row["progress"] for row in ada.get("/sync/playback?end_at=2026-03-10T20:30:00Z")] == [30.0]
    assert [row["progress"] for row in ada.get("/sync/playback?start_at=2026-03-10T20:30:00Z")] == [40.0]
    assert [row["show"]["title"] for row in ada.get("/sync/playback/episodes")] == ["The Wire"]
    assert len(ada.get("/sync/playback?limit=1")) == 1
    ada.get("/sync/playback/shows", 404)


def test_a_saved_position_can_be_deleted_once() -> None:
    ada = Asker()
    saved = scrobble(ada, "pause", 30).json["id"]
    assert ada.ask("DELETE", "/sync/playback/1").status == 404
    assert ada.ask("DELETE", f"/sync/playback/{saved}").status == 204
    assert ada.ask("DELETE", f"/sync/playback/{saved}").status == 404


def test_a_saved_position_is_kept_for_six_months() -> None:
    ada = Asker()
    saved = scrobble(ada, "pause", 30).json["id"]
    ada.advance(days=182)
    assert len(ada.get("/sync/playback")) == 1
    ada.advance(days=2)
    assert ada.get("/sync/playback") == []
    assert ada.ask("DELETE", f"/sync/playback/{saved}").status == 404


def test_progress_of_null_is_422() -> None:
    assert Asker().ask("POST", "/scrobble/start", {**HEAT_BODY, "progress": None}).status == 422


def test_an_episode_of_a_show_without_own_runtime_takes_its_show_s() -> None:
    ada = Asker()
    ada.post("/checkin", {"show": {"ids": {"trakt": BOND}}, "episode": {"season": 1, "number": 2}})
    assert ada.get("/users/me/watching")["expires_at"] == "2026-03-10T20:45:42.000Z"
