"""Killed (kill -9) at any step and started again: nothing is there twice, nothing is missing. Counted at Trakt."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.sending.desk import EVENING, HEAT, Row, SendingDesk, episode
from tests.store.places import Place

THOROUGH = int(os.environ.get("WATCHPRINT_EXAMPLES", "100")) > 100
"""Every step is tried; else every third one, on PostgreSQL every fifth."""
FAULTS: dict[str, dict[str, Any]] = {
    "none": {},
    "stored_504": {"kind": "stored_504"},
    "lag": {"kind": "lag", "lag_s": 5},
}


def dying(desk: SendingDesk, place: Place, number: int, at: int) -> int:
    """How the program ended that kills itself at this step."""
    arguments = [
        str(place.home), place.url or "-", desk.trakt.base_url, desk.trakt.client_id, desk.user.access_token,
        str(desk.account_id), str(number), str(at),
    ]  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "tests.sending.dying", *arguments],
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return done.returncode


def rows(n: int) -> list[Row]:
    """Plays of their own time: two dated, one twice at one minute, one without a date."""
    at = EVENING + timedelta(days=n)
    return [(HEAT, at), (episode(1), at), (episode(1), at), (episode(1 + n % 7, season=1 + n // 7), None)]


@pytest.mark.parametrize("fault", FAULTS)
def test_killed_at_any_step_and_started_again(desk: SendingDesk, place: Place, fault: str) -> None:
    killed, at = 0, 1
    while True:
        number = desk.imported(rows(at), file=f"f{at}")
        before = len(desk.minutes())
        if FAULTS[fault]:
            desk.trakt.fault(method="POST", path="/sync/history", **FAULTS[fault])
        ended = dying(desk, place, number, at)
        sent = desk.send(number)
        desk.trakt.clear_faults()
        assert (sent.outcome, sent.left, sent.unsure) == ("done", 0, 0), f"killed at step {at}: {sent}"
        assert len(desk.minutes()) == before + 3, f"killed at step {at}: {desk.at_trakt()}"
        assert set(desk.at_trakt().values()) == {1}, f"killed at step {at}: {desk.at_trakt()}"
        if ended == 0:
            break
        killed += 1
        at += 1 if THOROUGH else 3 if place.kind == "sqlite" else 5
    assert killed >= 3
    states = desk.states()
    assert set(states) == {"there", "none"}
    assert states["there"] == 3 * states["none"]


def test_killed_twice_in_a_row(desk: SendingDesk, place: Place) -> None:
    """The program that looks up what the first left behind is killed too."""
    for n, (first, second) in enumerate([(6, 4), (8, 5)]):
        number = desk.imported(rows(n), file=f"f{n}")
        dying(desk, place, number, first)
        dying(desk, place, number, second)
        sent = desk.send(number)
        assert (sent.outcome, sent.left, sent.unsure) == ("done", 0, 0)
        assert set(desk.at_trakt().values()) == {1}
        assert len(desk.minutes()) == 3 * (n + 1)
