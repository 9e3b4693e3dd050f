"""Scrobbling against the table of trakt-api.md 9 written out the slow way, and what a client reads afterwards."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sandbox.routes.asking import Asker
from tests.sandbox.routes.small import ALIEN, HEAT, WIRE_S1E1

SUBJECTS: dict[int, tuple[dict[str, Any], int]] = {
    HEAT: ({"movie": {"ids": {"trakt": HEAT}}}, 170),
    ALIEN: ({"movie": {"ids": {"trakt": ALIEN}}}, 117),
    WIRE_S1E1: ({"episode": {"ids": {"trakt": WIRE_S1E1}}}, 50),
}
"""Bodies by Trakt id, and how long each title runs [min]."""


class Table:
    """The rows of the table, one `if` each."""

    def __init__(self) -> None:
        self.watching: tuple[int, datetime] | None = None
        self.positions: dict[int, float] = {}
        self.plays: list[int] = []
        self.last: tuple[int, datetime] | None = None

    def call(self, act: str, title: int, progress: float, now: datetime) -> tuple[int, str]:
        """Status and action of the answer."""
        length = timedelta(minutes=SUBJECTS[title][1])
        if act == "start":
            self.watching = (title, now + length - length * (progress / 100))
            self.positions.pop(title, None)
            return 201, "start"
        if progress < 1 or (act == "pause" and progress >= 80):
            return 422, ""
        if progress < 80:
            self.positions[title] = progress
            self.watching = None
            return 201, "pause"
        if self.last is not None and self.last[0] == title and now < self.last[1] + max(length, timedelta(hours=1)):
            return 409, ""
        self.plays.append(title)
        self.last = (title, now.replace(second=0))
        self.watching = None
        self.positions.pop(title, None)
        return 201, "scrobble"


steps = st.tuples(
    st.sampled_from(["start", "pause", "stop"]),
    st.sampled_from(list(SUBJECTS)),
    st.sampled_from([0.0, 0.99, 1.0, 79.99, 80.0, 100.0]) | st.floats(0, 100),
    st.sampled_from([0, 59, 3_000, 3_599, 3_600, 7_200, 20_000]),
)


@settings(max_examples=200)
@given(st.lists(steps, max_size=12))
def test_every_call_does_what_the_table_says(calls: list[tuple[str, int, float, int]]) -> None:
    ada, table = Asker(), Table()
    for act, title, progress, seconds in calls:
        ada.advance(seconds=seconds)
        said = ada.ask("POST", f"/scrobble/{act}", {**SUBJECTS[title][0], "progress": progress})
        status, action = table.call(act, title, progress, ada.world.now)
        assert said.status == status
        if status == 201:
            assert (said.json["action"], said.json["progress"]) == (action, progress)
        assert_state(ada, table)


def assert_state(ada: Asker, table: Table) -> None:
    """What the account shows is what the table left."""
    rows = ada.get("/sync/playback")
    assert {row[row["type"]]["ids"]["trakt"]: row["progress"] for row in rows} == table.positions
    plays = sorted(ada.get("/sync/history"), key=lambda row: row["id"])
    assert [row[row["type"]]["ids"]["trakt"] for row in plays] == table.plays
    said = ada.ask("GET", "/users/me/watching")
    expected = table.watching if table.watching and table.watching[1] > ada.world.now else None
    shown = said.json and (said.json[said.json["type"]]["ids"]["trakt"])
    ends_soon = expected is not None and expected[1] - ada.world.now < timedelta(seconds=1)
    assert shown == (expected and expected[0]) or ends_soon, "to the second"


@pytest.mark.parametrize("progress", [0, 50, 80, 100])
def test_a_start_is_taken_at_any_progress(progress: int) -> None:
    said = Asker().ask("POST", "/scrobble/start", {**SUBJECTS[HEAT][0], "progress": progress})
    assert (said.status, said.json["id"], said.json["action"]) == (201, 0, "start")


@pytest.mark.parametrize(("title", "blocked_min"), [(HEAT, 170), (WIRE_S1E1, 60)])
def test_409_says_when_it_was_watched_and_until_when_it_is_refused(title: int, blocked_min: int) -> None:
    ada = Asker()
    body = {**SUBJECTS[title][0], "progress": 90}
    ada.post("/scrobble/stop", body)
    said = ada.ask("POST", "/scrobble/stop", body)
    watched_at = ada.world.now.replace(second=0)
    until = watched_at + timedelta(minutes=blocked_min)
    assert said.json == {
        "watched_at": f"{watched_at:%Y-%m-%dT%H:%M:%S}.000Z",
        "expires_at": f"{until:%Y-%m-%dT%H:%M:%S}.000Z",
    }


def test_a_stored_stop_is_found_in_the_history_of_its_title() -> None:
    ada = Asker()
    began = f"{ada.world.now.replace(second=0):%Y-%m-%dT%H:%M:%S}Z"
    address = f"/sync/history/episodes/{WIRE_S1E1}?start_at={began}"
    assert ada.get(address) == []
    play = ada.post("/scrobble/stop", {**SUBJECTS[WIRE_S1E1][0], "progress": 90})["id"]
    assert [row["id"] for row in ada.get(address)] == [play]
