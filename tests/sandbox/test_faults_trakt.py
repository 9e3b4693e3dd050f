"""Faults on Trakt's own endpoints: what a viewer's account looks like after each."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.desk import Desk, Person


@pytest.fixture
def ann(desk: Desk) -> Person:
    """A user without plays; the clock stands still, rate limits are off."""
    desk.freeze("2026-02-28T12:00:00Z")
    ann = desk.user()
    desk.obey("POST", "settings", {"rate_limits": False})
    desk.freeze("2026-03-01T20:15:42Z")
    return ann


def film(desk: Desk) -> dict[str, Any]:
    trakt = desk.server.run(lambda sandbox: next(iter(sandbox.world.catalogue.movies)))
    return {"ids": {"trakt": trakt}}


def add(desk: Desk, who: Person) -> int:
    return desk.post("/sync/history", {"movies": [film(desk)]}, who).status


def times(desk: Desk, who: Person) -> list[str]:
    return [row["watched_at"] for row in desk.get("/sync/history?page=1&limit=100", who).json]


def test_a_stored_504_leaves_exactly_one_play(desk: Desk, ann: Person) -> None:
    desk.fault("stored_504", "/sync/history", match={"method": "POST"})
    assert add(desk, ann) == 504
    assert times(desk, ann) == ["2026-03-01T20:15:00.000Z"]
    assert add(desk, ann) == 201
    assert len(times(desk, ann)) == 2


@pytest.mark.parametrize("kind", ["503", "429", "empty_420", "500", "423"])
def test_a_refused_write_leaves_nothing(desk: Desk, ann: Person, kind: str) -> None:
    desk.fault(kind, "/sync/history", match={"method": "POST"})
    assert add(desk, ann) == int(kind.removeprefix("empty_"))
    assert times(desk, ann) == []


def test_history_keeps_seconds_under_that_fault_and_cuts_them_after(desk: Desk, ann: Person) -> None:
    desk.fault("seconds_kept", "/sync/history", match={"method": "POST"})
    assert (add(desk, ann), add(desk, ann)) == (201, 201)
    assert sorted(times(desk, ann)) == ["2026-03-01T20:15:00.000Z", "2026-03-01T20:15:42.000Z"]


def test_rows_without_titles_keep_their_id_and_time(desk: Desk, ann: Person) -> None:
    add(desk, ann)
    whole = desk.get("/sync/history", ann).json
    desk.fault("null_rows", "/sync/history")
    assert desk.get("/sync/history", ann).json == [{**whole[0], "movie": None}]


def test_a_wrong_count_beside_right_rows(desk: Desk, ann: Person) -> None:
    add(desk, ann)
    desk.fault("bad_count", "/sync/history", delta=4)
    reply = desk.get("/sync/history", ann)
    assert (len(reply.json), reply.headers["X-Pagination-Item-Count"]) == (1, "5")


def test_a_lagging_play_shows_late_everywhere_at_once(desk: Desk, ann: Person) -> None:
    def seen() -> tuple[int, int, int]:
        stats = desk.get("/users/ann/stats", ann).json
        return len(times(desk, ann)), len(desk.get("/sync/watched/movies", ann).json), stats["movies"]["plays"]

    desk.fault("lag", "/sync/history", lag_s=1.5)
    before = desk.get("/sync/last_activities", ann).json
    assert add(desk, ann) == 201
    assert seen() == (0, 0, 0)
    assert desk.get("/sync/last_activities", ann).json == before
    desk.advance(1.5)
    assert seen() == (1, 1, 1)
    assert desk.get("/sync/last_activities", ann).json != before


def test_an_etag_changes_with_the_history(desk: Desk, ann: Person) -> None:
    empty = desk.get("/sync/history", ann).headers["ETag"]
    same = desk.ask("GET", "/sync/history", token=ann, headers={"If-None-Match": empty})
    assert same.status == 304
    add(desk, ann)
    assert desk.ask("GET", "/sync/history", token=ann, headers={"If-None-Match": empty}).status == 200


def test_a_restored_history_is_not_served_from_what_was_kept(desk: Desk, ann: Person) -> None:
    """The same play ids come to mean other plays after a restore."""
    snapshot = desk.obey("POST", "snapshot")["id"]
    shown = []
    for hour in ("10", "11"):
        desk.post("/sync/history", {"movies": [{**film(desk), "watched_at": f"2026-02-01T{hour}:00:00Z"}]}, ann)
        shown.append((desk.get("/sync/history", ann).json[0]["id"], times(desk, ann)))
        desk.obey("POST", "restore", {"id": snapshot})
    assert shown[0][0] == shown[1][0]
    assert [at for _, at in shown] == [["2026-02-01T10:00:00.000Z"], ["2026-02-01T11:00:00.000Z"]]
