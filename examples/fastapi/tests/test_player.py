"""A player that reports what it plays: whatever happens on the way, one viewing is one play."""

from __future__ import annotations

import json
from typing import Any

import pytest

from watchprint.testing import TestTrakt, TestUser

from .running import Browser

HEAT: dict[str, Any] = {"kind": "movie", "tmdb": 949}
PILOT: dict[str, Any] = {"kind": "episode", "show_tmdb": 1396, "season": 1, "number": 1}


def report(browser: Browser, what: str, progress_pct: float, item: dict[str, Any] = HEAT) -> dict[str, Any]:
    answer = browser.post(f"/player/{what}", {"item": item, "progress_pct": progress_pct})
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def test_a_film_to_the_end_is_one_play(browser: Browser, trakt: TestTrakt, trakt_user: TestUser) -> None:
    assert report(browser, "start", 0)["action"] == "start"
    assert trakt.state(trakt_user)["watching"] is not None
    assert browser.get("/profile").json()["watching"]["title"]["title"] == "Heat"
    trakt.advance(3600)
    assert report(browser, "pause", 35)["action"] == "pause"
    assert trakt.plays(trakt_user) == []
    trakt.advance(600)
    report(browser, "start", 35)
    before = len(trakt.requests)
    assert report(browser, "progress", 60)["action"] == "progress"
    assert len(trakt.requests) == before, "a report of progress is none of Trakt's business"
    trakt.advance(6600)
    ended = report(browser, "stop", 97.5)
    assert (ended["action"], ended["already"]) == ("scrobble", False)
    [play] = trakt.plays(trakt_user)
    assert (play["id"], play["action"]) == (ended["play_id"], "scrobble")
    again = report(browser, "stop", 97.5)
    assert (again["already"], again["play_id"]) == (True, ended["play_id"])
    assert len(trakt.plays(trakt_user)) == 1


def test_an_episode_by_the_id_of_its_show(browser: Browser, trakt: TestTrakt, trakt_user: TestUser) -> None:
    ended = report(browser, "stop", 90, PILOT)
    assert ended["title"] == {
        "kind": "episode", "title": "Pilot", "year": None, "show": "Breaking Bad", "season": 1, "number": 1,
        "tmdb": ended["title"]["tmdb"],
    }  # fmt: skip
    assert [play["type"] for play in trakt.plays(trakt_user)] == ["episode"]


def test_a_stop_whose_answer_is_lost_is_one_play(browser: Browser, trakt: TestTrakt, trakt_user: TestUser) -> None:
    trakt.fault("stored_504", method="POST", path="/scrobble/stop")
    ended = report(browser, "stop", 95)
    assert ended["already"] is True
    assert [play["id"] for play in trakt.plays(trakt_user)] == [ended["play_id"]]
    assert [row["status"] for row in trakt.requests if row["path"] == "/scrobble/stop"] == [504, 409]


def test_a_stop_that_never_arrived_is_one_play(browser: Browser, trakt: TestTrakt, trakt_user: TestUser) -> None:
    trakt.fault("502", method="POST", path="/scrobble/stop")
    assert report(browser, "stop", 95)["already"] is False
    assert len(trakt.plays(trakt_user)) == 1


def test_a_stop_without_any_answer_says_so_and_may_be_repeated(
    browser: Browser, trakt: TestTrakt, trakt_user: TestUser
) -> None:
    trakt.fault("stored_504", method="POST", path="/scrobble/stop", times=2)
    answer = browser.post("/player/stop", {"item": HEAT, "progress_pct": 95})
    assert (answer.status_code, answer.json()["error"]) == (202, "unsure")
    assert "Report the stop again" in answer.json()["words"]
    assert report(browser, "stop", 95)["already"] is True
    assert len(trakt.plays(trakt_user)) == 1


def test_a_peek_is_nothing(browser: Browser, trakt: TestTrakt, trakt_user: TestUser) -> None:
    before = len(trakt.requests)
    assert report(browser, "stop", 0.5)["action"] == "none"
    assert len(trakt.requests) == before


def test_whoever_looks_on_sees_it_as_it_comes(browser: Browser, trakt: TestTrakt) -> None:
    report(browser, "start", 0)
    with browser.http.stream("GET", "/player/live") as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        lines = stream.iter_lines()

        def told() -> dict[str, Any]:
            line = next(line for line in lines if line.startswith("data:"))
            body: dict[str, Any] = json.loads(line.removeprefix("data:"))
            return body

        assert told()["title"]["title"] == "Heat"
        report(browser, "progress", 12)
        assert (told_now := told())["action"] == "progress"
        assert told_now["progress_pct"] == 12
        report(browser, "pause", 13)
        assert told()["action"] == "pause"


@pytest.mark.parametrize(
    "body",
    [
        {"item": HEAT, "progress_pct": 101},
        {"item": HEAT, "progress_pct": -1},
        {"item": {"kind": "movie", "tmdb": 0}, "progress_pct": 5},
        {"item": {"kind": "show", "tmdb": 1396}, "progress_pct": 5},
        {"item": HEAT},
        {},
    ],
)
def test_what_cannot_be_is_refused_before_trakt_is_asked(
    browser: Browser, trakt: TestTrakt, body: dict[str, Any]
) -> None:
    before = len(trakt.requests)
    assert browser.post("/player/stop", body).status_code == 422
    assert len(trakt.requests) == before


@pytest.mark.trakt_user(connections={"mastodon": True})
def test_a_check_in_is_shared_and_becomes_a_play(browser: Browser, trakt: TestTrakt, trakt_user: TestUser) -> None:
    place = {"name": "Lichtspiel", "kind": "cinema", "share": True}
    wish = {"item": HEAT, "message": "At last", "networks": ["mastodon"], "place": place}
    made = browser.post("/checkin", wish)
    assert made.status_code == 201, made.text
    assert (made.json()["shared_to"], made.json()["place"]) == (["mastodon"], "Lichtspiel")
    said = next(row["body"] for row in trakt.requests if row["path"] == "/checkin")
    assert "At last" in said["message"]
    assert "Lichtspiel" in said["message"]
    again = browser.post("/checkin", {"item": PILOT})
    assert (again.status_code, again.json()["error"]) == (409, "already_active")
    assert again.json()["until"].startswith(made.json()["becomes_play_at"][:16])
    trakt.advance(4 * 3600)
    assert [play["action"] for play in trakt.plays(trakt_user)] == ["checkin"]
    assert browser.post("/checkin", {"item": PILOT}).status_code == 201
    assert browser.delete("/checkin").status_code == browser.delete("/checkin").status_code == 204
    trakt.advance(4 * 3600)
    assert len(trakt.plays(trakt_user)) == 1
