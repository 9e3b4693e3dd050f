"""Custody: a pair handed over is owned here, lent renewed, counted in its own budget, and gone when it is forgotten."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from tests.sandbox.desk import Desk, Person
from tests.web.running import Served, in_time
from tests.web.test_tokens import handed_over

HEAT = {"type": "movie", "ids": {"tmdb": 949}}


def account(served: Served, token: str) -> Any:
    answer = served.ask("GET", "/api/v1/accounts/ann", token=token)
    assert answer.status == 200, answer
    return answer.json


def test_an_account_is_handed_over_once(own: Served, desk: Desk, ann: Person) -> None:
    first = handed_over(own, ann)
    assert (first.status, first.headers["Location"], first.json["name"]) == (201, "/api/v1/accounts/ann", "ann")
    assert first.json["link"]["status"] == "linked"
    again = handed_over(own, ann)
    assert (again.status, again.json["created_at"]) == (200, first.json["created_at"])
    assert ann.access not in own.logged()
    assert ann.refresh not in own.logged()


def test_the_token_that_is_lent_is_renewed_at_half_of_its_life(own: Served, desk: Desk, ann: Person) -> None:
    assert handed_over(own, ann).status == 201
    lent = own.ask("GET", "/api/v1/accounts/ann/token", token=ann.access).json
    assert (lent["access_token"], lent["expires_at"]) == (ann.access, "2026-03-08T20:15:30Z")
    desk.advance(4 * 86400)

    def lend() -> Any:
        return own.ask("GET", "/api/v1/accounts/ann/token", token=ann.access).json

    renewed = in_time(lend, lambda pair: pair["access_token"] != ann.access)
    assert desk.get("/users/settings", renewed["access_token"]).status == 200
    assert own.ask("GET", "/api/v1/accounts/ann/token", token=renewed["access_token"]).json == renewed


def test_a_write_passed_through_counts_in_the_accounts_budget_and_makes_its_sync_due(
    own: Served, desk: Desk, ann: Person
) -> None:
    assert handed_over(own, ann).status == 201
    copied = in_time(
        lambda: account(own, ann.access)["copy"], lambda copy: copy["last_sync_at"] and not copy["syncing"]
    )
    assert copied["next_sync_at"] > "2026-03-01T20:15:30Z"  # and the clock stands still: nothing else makes it due
    reads = account(own, ann.access)["budget"]["reads"]
    assert own.ask("GET", "/api/v1/stats", token=ann.access).status == 200
    assert account(own, ann.access)["budget"]["reads"] <= reads - 1
    assert own.ask("POST", "/api/v1/watchlist", {"items": [HEAT]}, ann.access).status == 200
    assert account(own, ann.access)["budget"]["next_write_at"] > "2026-03-01T20:15:30Z"
    in_time(lambda: account(own, ann.access)["copy"]["revision"], lambda revision: revision > copied["revision"])


def test_the_copy_is_read_and_insights_open(own: Served, desk: Desk, ann: Person) -> None:
    seen = {"items": [HEAT | {"at": "2024-05-01T20:15:33Z"}]}
    assert own.ask("POST", "/api/v1/history", seen, ann.access).json["added"] == 1
    assert own.ask("GET", "/api/v1/insights/totals", token=ann.access).problem == "no-copy"
    assert handed_over(own, ann).status == 201
    until_s = time.monotonic() + 120
    while (answer := own.ask("GET", "/api/v1/insights/totals", token=ann.access)).status != 200:
        assert answer.problem == "copy-not-read"
        assert time.monotonic() < until_s, own.logged()
        time.sleep(0.2)
    assert answer.json["rows"][0]["plays"] == 1
    assert own.ask("GET", "/api/v1/insights/totals?period=nonsense", token=ann.access).problem == "invalid"
    assert own.ask("GET", "/api/v1/insights/nonsense", token=ann.access).problem == "no-such-insight"
    assert own.ask("POST", "/api/v1/accounts/ann/sync", token=ann.access).status == 202


def test_what_stands_out_is_asked_like_an_insight(own: Served, desk: Desk, ann: Person) -> None:
    assert own.ask("GET", "/api/v1/findings").problem == "token-missing"
    assert own.ask("GET", "/api/v1/findings", token=ann.access).problem == "no-copy"
    nights = [HEAT | {"at": f"2024-{month:02d}-{day:02d}T02:30:00Z"} for month in range(1, 11) for day in range(1, 28)]
    for part in (nights[:100], nights[100:200], nights[200:]):
        assert own.ask("POST", "/api/v1/history", {"items": part}, ann.access).json["added"] == len(part)
        desk.advance(60)
    assert handed_over(own, ann).status == 201
    until_s = time.monotonic() + 120
    while (answer := own.ask("GET", "/api/v1/findings?zone=UTC", token=ann.access)).status != 200:
        assert answer.problem == "copy-not-read"
        assert time.monotonic() < until_s, own.logged()
        time.sleep(0.2)
    at_night = {each["effect"]["trait"]: each for each in answer.json["standing_out"]}["night-owl"]
    assert at_night["insight"] == "punch-card"
    assert at_night["effect"]["z"] > answer.json["threshold_z"]
    assert at_night["effect"]["sentence"].startswith("You watch at night: 100 %")
    assert answer.json["sentence"] == answer.json["standing_out"][0]["effect"]["sentence"]
    by_day = own.ask("GET", "/api/v1/findings?zone=Asia/Tokyo", token=ann.access).json
    assert "night-owl" not in {each["effect"]["trait"] for each in by_day["standing_out"]}
    empty = own.ask("GET", "/api/v1/findings?period=2011", token=ann.access).json
    assert (empty["standing_out"], empty["sentence"][:19]) == ([], "Nothing stands out:")
    assert own.ask("GET", "/api/v1/findings?period=nonsense", token=ann.access).problem == "invalid"
    assert own.ask("GET", "/api/v1/findings?of=genre", token=ann.access).problem == "invalid"


def test_what_is_forgotten_is_gone_here_and_its_tokens_at_trakt(own: Served, desk: Desk, ann: Person) -> None:
    assert handed_over(own, ann).status == 201
    gone = own.ask("DELETE", "/api/v1/accounts/ann", token=ann.access)
    assert (gone.status, gone.json["withdrawn"]) == (200, True)
    assert desk.get("/users/settings", ann.access).status == 401
    fresh = desk.obey("POST", "tokens", {"user": "ann"})["access_token"]
    assert own.ask("GET", "/api/v1/accounts/ann", token=fresh).problem == "no-such-account"


def test_the_tokens_alone_can_go(own: Served, desk: Desk, ann: Person) -> None:
    assert handed_over(own, ann).status == 201
    assert own.ask("DELETE", "/api/v1/accounts/ann?keep_copy=true", token=ann.access).status == 200
    assert desk.get("/users/settings", ann.access).status == 401
    fresh = desk.obey("POST", "tokens", {"user": "ann"})["access_token"]
    assert own.ask("GET", "/api/v1/accounts/ann", token=fresh).problem == "no-such-account"


def test_tokens_are_sealed_on_the_disk(own: Served, ann: Person) -> None:
    assert handed_over(own, ann).status == 201
    for file in Path(own.env["WATCHPRINT_HOME"]).rglob("*"):
        if file.is_file():
            assert ann.access.encode() not in file.read_bytes(), file
            assert ann.refresh.encode() not in file.read_bytes(), file
