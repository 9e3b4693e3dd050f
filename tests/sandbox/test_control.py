"""Control calls: the clock and its moves, users, states, requests, applications, switches."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime

import pytest

from tests.sandbox.desk import Desk


def clock_of(desk: Desk) -> dict[str, object]:
    clock: dict[str, object] = desk.obey("GET", "clock")
    return clock


def test_the_clock_is_set_and_advanced_and_counts_its_moves(desk: Desk) -> None:
    moves = desk.obey("GET", "clock")["moves"]
    first = desk.obey("POST", "clock", {"now": "2026-03-01T21:15:00.250+01:00"})
    assert first["now"].startswith("2026-03-01T20:15:00.")
    assert first["moves"] == moves + 1
    second = desk.obey("POST", "clock", {"advance_s": 3600})
    assert second["now"].startswith("2026-03-01T21:15:00.")
    assert (second["moves"], second["frozen"]) == (moves + 2, False)
    desk.obey("POST", "clock", {"now": "2020-01-01T00:00:00Z", "frozen": True})
    time.sleep(0.01)
    assert clock_of(desk)["now"] == "2020-01-01T00:00:00.000Z"


def test_the_clock_runs(desk: Desk) -> None:
    before = clock_of(desk)["now"]
    time.sleep(0.01)
    assert str(before) < str(clock_of(desk)["now"])


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"now": "2026-03-01T20:15:00"},
        {"now": "yesterday"},
        {"now": 5},
        {"advance_s": -1},
        {"advance_s": "5"},
        {"now": "2026-03-01T20:15:00Z", "advance_s": 5},
        {"later": 5},
        {"now": "2300-01-01T00:00:00Z"},
        [],
    ],
)
def test_a_move_that_makes_no_sense_is_refused_and_moves_nothing(desk: Desk, body: object) -> None:
    moves = clock_of(desk)["moves"]
    reply = desk.control("POST", "clock", body)
    assert reply.status == 400
    assert reply.json["error"]
    assert clock_of(desk)["moves"] == moves


def test_moves_are_pushed_to_who_waits(desk: Desk) -> None:
    moves = desk.obey("GET", "clock")["moves"]
    told: list[dict[str, object]] = []
    other = Desk(desk.server)
    waiting = threading.Thread(target=lambda: told.append(other.obey("GET", f"clock?after={moves}&timeout_s=5")))
    waiting.start()
    time.sleep(0.05)
    assert told == []
    desk.obey("POST", "clock", {"now": "2026-03-01T20:15:00Z"})
    waiting.join(2)
    assert not waiting.is_alive()
    assert told[0]["moves"] == moves + 1
    assert str(told[0]["now"]).startswith("2026-03-01T20:15:00")
    other.close()


def test_who_missed_a_move_does_not_wait_and_waiting_ends(desk: Desk) -> None:
    moves = desk.obey("GET", "clock")["moves"]
    began = time.monotonic()
    assert desk.obey("GET", f"clock?after={moves - 1}&timeout_s=5")["moves"] == moves
    assert desk.obey("GET", f"clock?after={moves}&timeout_s=0.1")["moves"] == moves
    assert 0.1 <= time.monotonic() - began < 5
    assert desk.control("GET", "clock?after=soon").status == 400


def test_a_move_lets_check_ins_mature(desk: Desk) -> None:
    ann = desk.user()
    desk.freeze("2026-03-01T20:00:00Z")
    state = desk.server.run(lambda sandbox: next(iter(sandbox.world.catalogue.movies)))
    made = desk.post("/checkin", {"movie": {"ids": {"trakt": state}}}, ann)
    assert made.status == 201
    assert desk.obey("GET", "state?user=ann")["history"] == []
    desk.obey("POST", "clock", {"advance_s": 86_400})
    history = desk.obey("GET", "state?user=ann")["history"]
    assert [(play["id"], play["action"]) for play in history] == [(made.json["id"], "checkin")]


def test_a_new_user_has_tokens_plays_and_traits(desk: Desk) -> None:
    made = desk.obey(
        "POST",
        "users",
        {
            "slug": "zoe",
            "vip": True,
            "limits": {"lists": 2},
            "zone": "Europe/Paris",
            "plays": 120,
            "seed": 3,
            "private": True,
            "name": "Zoë",
            "connections": {"twitter": True},
        },
    )
    assert made.keys() == {"slug", "access_token", "refresh_token"}
    user = desk.obey("GET", "users/zoe")
    assert (user["slug"], user["vip"], user["zone"], user["private"]) == ("zoe", True, "Europe/Paris", True)
    assert (user["name"], user["connections"]["twitter"]) == ("Zoë", True)
    assert (user["limits"]["lists"], user["limits"]["watchlist_items"]) == (2, 5_000)
    assert len(user["history"]) == 120
    assert desk.get("/probe/mine", made["access_token"]).json["slug"] == "zoe"


def test_the_same_seed_gives_the_same_plays(desk: Desk) -> None:
    desk.freeze()
    for slug, seed in (("one", 5), ("two", 6)):
        desk.user(slug, plays=50, seed=seed)
    first = {slug: desk.obey("GET", f"users/{slug}")["history"] for slug in ("one", "two")}
    desk.obey("POST", "reset")
    desk.freeze()
    desk.user("one", plays=50, seed=5)
    assert desk.obey("GET", "users/one")["history"] == first["one"]
    assert [p["trakt"] for p in first["one"]] != [p["trakt"] for p in first["two"]]


def test_a_hundred_thousand_plays_come_at_once(desk: Desk) -> None:
    desk.user("big", plays=100_000)
    assert len(desk.server.run(lambda sandbox: sandbox.world.state.users["big"].history)) == 100_000


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"slug": ""}, 400),
        ({"slug": "me"}, 400),
        ({"slug": "a b"}, 400),
        ({"slug": "../x"}, 400),
        ({"slug": "x", "plays": -1}, 400),
        ({"slug": "x", "plays": 10**7}, 400),
        ({"slug": "x", "zone": "Mars/Base"}, 400),
        ({"slug": "x", "zone": "../../etc/passwd"}, 400),
        ({"slug": "x", "limits": {"film": 3}}, 400),
        ({"slug": "x", "limits": {"watchlist": {"count": 3}}}, 400),
        ({"slug": "x", "limits": {"lists": {"count": 3}}}, 400),
        ({"slug": "x", "expires_in": 0}, 400),
        ({"slug": "x", "vip": "yes"}, 400),
        ({"slug": "x", "colour": "red"}, 400),
        ({"slug": "ann"}, 409),
    ],
)
def test_a_user_that_makes_no_sense_is_refused(desk: Desk, body: dict[str, object], status: int) -> None:
    desk.user("ann")
    reply = desk.control("POST", "users", body)
    assert (reply.status, bool(reply.json["error"])) == (status, True)
    assert list(desk.obey("GET", "state")["users"]) == ["ann"]


def test_nobody_can_have_watched_what_was_not_out_yet(desk: Desk) -> None:
    """So many plays before 1990 would begin before the oldest film."""
    desk.freeze("1990-01-02T00:00:00Z")
    reply = desk.control("POST", "users", {"slug": "ann", "plays": 900_000})
    assert (reply.status, "later day" in reply.json["error"]) == (400, True)
    assert desk.obey("GET", "state")["users"] == {}


@pytest.mark.parametrize(
    "wish",
    [
        {"lists": 2, "items_per_list": 3, "watchlist_items": 4},
        {"list": {"count": 2, "item_count": 3}, "watchlist": {"item_count": 4}},
        {"lists": 2, "list": {"item_count": 3}, "watchlist": 4},
    ],
)
def test_limits_are_named_as_ours_or_as_in_the_settings(desk: Desk, wish: dict[str, object]) -> None:
    desk.user(limits=wish)
    limits = desk.obey("GET", "users/ann")["limits"]
    assert (limits["lists"], limits["items_per_list"], limits["watchlist_items"]) == (2, 3, 4)


@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_a_user_can_be_changed(desk: Desk, method: str) -> None:
    ann = desk.user(limits={"lists": 1})
    same = desk.obey(method, "users/ann", {"zone": "Asia/Tokyo", "private": True, "limits": {"notes": 3}})
    assert same["access_token"] == ann.access
    user = desk.obey("GET", "users/ann")
    assert (user["zone"], user["private"], user["vip"]) == ("Asia/Tokyo", True, False)
    assert (user["limits"]["lists"], user["limits"]["notes"]) == (1, 3)
    desk.obey(method, "users/ann", {"vip": True, "private": False})
    user = desk.obey("GET", "users/ann")
    assert (user["private"], user["vip"], user["limits"]["lists"]) == (False, True, 100)
    assert desk.control(method, "users/nobody", {}).status == 404
    assert desk.control(method, "users/ann", {"plays": 5}).status == 400


def test_the_state_shows_all_or_one_user(desk: Desk) -> None:
    desk.user("ann")
    desk.user("ben")
    state = desk.obey("GET", "state")
    assert list(state["users"]) == ["ann", "ben"]
    assert {"now", "moves", "seed", "apps", "grants", "device_codes", "auth_codes"} <= state.keys()
    assert desk.obey("GET", "state?user=ben") == state["users"]["ben"]
    assert desk.control("GET", "state?user=nobody").status == 404


def test_a_reset_forgets_everything_and_keeps_the_application(desk: Desk) -> None:
    before = desk.obey("POST", "reset")
    ann = desk.user()
    desk.obey("POST", "apps", {"name": "Other"})
    desk.obey("POST", "settings", {"strict": True, "expires_in": 60})
    desk.freeze("2019-01-01T00:00:00Z")
    desk.get("/probe/mine", ann)
    after = desk.obey("POST", "reset")
    assert after == before == {**desk.server.greeting, "users": []}
    state = desk.obey("GET", "state")
    assert (state["users"], state["grants"], len(state["apps"])) == ({}, [], 1)
    assert desk.requests() == []
    assert desk.get("/probe/mine", ann).status == 401
    assert desk.obey("GET", "settings") == {
        "strict": False,
        "rate_limits": True,
        "pause_leaves_watching": False,
        "expires_in": 604_800,
    }
    shown = datetime.fromisoformat(str(clock_of(desk)["now"]))
    assert abs((datetime.now(UTC) - shown).total_seconds()) < 5


def test_a_snapshot_brings_back_tables_and_clock_as_often_as_wanted(desk: Desk) -> None:
    ann = desk.user(plays=5)
    desk.freeze("2026-03-01T20:15:00Z")
    desk.post("/probe/note", {"text": "kept"}, ann)
    before = desk.obey("GET", "users/ann")
    snapshot = desk.obey("POST", "snapshot")["id"]
    for _ in range(2):
        desk.advance(5000)
        desk.post("/probe/note", {"text": "forgotten"}, ann)
        desk.user(f"ben{desk.obey('GET', 'clock')['moves']}")
        greeting = desk.obey("POST", "restore", {"id": snapshot})
        assert [user["slug"] for user in greeting["users"]] == ["ann"]
        assert clock_of(desk)["now"] == "2026-03-01T20:15:00.000Z"
        after = desk.obey("GET", "users/ann")
        assert {**after, "revision": 0} == {**before, "revision": 0}
        assert desk.get("/probe/mine", ann).json["note"] == "kept"
    assert desk.control("POST", "restore", {"id": "s0"}).status == 404


def test_the_newest_snapshot_is_restored_unless_one_is_named(desk: Desk) -> None:
    for slug in ("ann", "ben", "cleo"):
        desk.user(slug)
        if slug != "cleo":
            desk.obey("POST", "snapshot")
    bodies: tuple[dict[str, str] | None, ...] = (None, {})
    for body in bodies:
        assert [user["slug"] for user in desk.obey("POST", "restore", body)["users"]] == ["ann", "ben"]


def test_a_restored_user_never_has_a_revision_again_that_it_had_with_other_rows(desk: Desk) -> None:
    """Answers are cached by revision: the same number must not come to mean two things."""
    ann, seen = desk.user(), set()
    desk.obey("POST", "settings", {"rate_limits": False})
    snapshot = desk.obey("POST", "snapshot")["id"]
    for text in ("one", "two", "three"):
        desk.post("/probe/note", {"text": text}, ann)
        revision = desk.obey("GET", "users/ann")["revision"]
        assert revision not in seen
        seen.add(revision)
        desk.obey("POST", "restore", {"id": snapshot})


def test_requests_are_told_in_order_without_secrets(desk: Desk) -> None:
    ann = desk.user()
    desk.freeze("2026-03-01T20:15:00Z")
    desk.get("/probe/rows?page=2&limit=1")
    desk.post("/probe/note", {"text": "x"}, ann)
    desk.ask("DELETE", "/probe/rows")
    first, second, third = desk.requests()
    assert (first["method"], first["path"], first["status"]) == ("GET", "/probe/rows", 200)
    assert first["query"] == {"page": "2", "limit": "1"}
    assert first["at"] == "2026-03-01T20:15:00.000Z"
    assert first["headers"]["trakt-api-version"] == "2"
    assert (second["body"], second["status"]) == ({"text": "x"}, 201)
    assert second["headers"]["authorization"] == "***"
    assert ann.access not in str(second)
    assert third["status"] == 405


def test_requests_can_be_cleared(desk: Desk) -> None:
    for _ in range(2):
        desk.get("/probe/rows")
    assert len(desk.obey("GET", "requests?clear=1")) == 2
    desk.get("/probe/rows")
    assert len(desk.requests()) == len(desk.requests()) == 1
    desk.obey("DELETE", "requests")
    assert desk.requests() == []


def test_an_application_can_be_registered_and_given_addresses(desk: Desk) -> None:
    app = desk.obey("POST", "apps", {"name": "Mine", "redirect_uris": ["https://app.example/back"]})
    assert "https://app.example/back" in app["redirect_uris"]
    assert desk.ask("GET", "/probe/rows", headers={"trakt-api-key": app["client_id"]}).status == 200
    more = {"client_id": app["client_id"], "redirect_uris": ["myapp://back", "https://app.example/back"]}
    assert desk.obey("POST", "apps", more)["redirect_uris"] == [*app["redirect_uris"], "myapp://back"]
    assert desk.control("POST", "apps", {"client_id": "nobody"}).status == 404
    assert desk.control("POST", "apps", {"redirect_uris": ["https://a.example/\r\nX: y"]}).status == 400


def test_switches_are_checked(desk: Desk) -> None:
    assert desk.obey("POST", "settings", {"expires_in": 86_400})["expires_in"] == 86_400
    assert desk.control("POST", "settings", {"expires_in": 0}).status == 400
    assert desk.control("POST", "settings", {"strickt": True}).status == 400


def test_an_unknown_call_says_what_there_is(desk: Desk) -> None:
    unknown = desk.control("GET", "clocks")
    assert unknown.status == 404
    assert all(word in unknown.json["error"] for word in ("clock", "faults", "users", "snapshot"))
    wrong = desk.control("DELETE", "clock")
    assert (wrong.status, wrong.json["error"]) == (405, "clock answers GET, POST.")
    for body in (b"{now}", b"[" * 9999 + b"]" * 9999):
        text = desk.send("POST", "/__sandbox__/clock", body)
        assert (text.status, "not valid JSON" in text.json["error"]) == (400, True)


def test_pages_of_other_sites_cannot_move_the_sandbox(desk: Desk) -> None:
    reply = desk.send("POST", "/__sandbox__/reset", None, {"Origin": "https://evil.example"})
    assert reply.status == 403
    assert reply.headers["Access-Control-Allow-Origin"] is None
    assert desk.send("GET", "/__sandbox__/state", None, {"Origin": "https://evil.example"}).status == 403


def test_the_greeting_can_be_asked_for(desk: Desk) -> None:
    ann = desk.user()
    greeting = desk.obey("GET", "greeting")
    assert greeting["base_url"] == greeting["auth_url"] == desk.server.base_url
    assert not greeting["base_url"].endswith("/")
    assert greeting["users"] == [{"slug": "ann", "access_token": ann.access, "refresh_token": ann.refresh}]
