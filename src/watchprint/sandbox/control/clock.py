"""The clock by hand: read, set, advanced, frozen. A move lets what is due happen at once."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from watchprint.sandbox.clock import ClockRefused, instant, stamp
from watchprint.sandbox.control.asking import Ask, ControlRefused
from watchprint.sandbox.serving.sandbox import Sandbox

LONGEST_WAIT_S = 60.0


class _Move(Struct, forbid_unknown_fields=True):
    now: str | None = None
    advance_s: float | None = None
    frozen: bool | None = None


def get_clock(sandbox: Sandbox, ask: Ask) -> dict[str, Any]:
    """The instant shown, the number of moves so far, and whether it stands still."""
    clock = sandbox.clock
    return {"now": stamp(clock.now()), "moves": clock.moves, "frozen": clock.frozen}


def post_clock(sandbox: Sandbox, ask: Ask) -> dict[str, Any]:
    """Set (`now`), advance (`advance_s`), freeze or release (`frozen`); answered like GET."""
    move = ask.wish(_Move)
    if (move.now is None) == (move.advance_s is None) and move.frozen is None:
        raise ControlRefused('Say either {"now": "2026-01-31T20:15:00Z"} or {"advance_s": 60}.')
    try:
        if move.frozen is not None:
            sandbox.clock.freeze(frozen=move.frozen)
        if move.now is not None:
            sandbox.clock.move_to(instant(move.now))
        if move.advance_s is not None:
            sandbox.clock.advance(move.advance_s)
    except ClockRefused as error:
        raise ControlRefused(str(error)) from error
    sandbox.dispatch.pass_time()
    return get_clock(sandbox, ask)


async def next_move(sandbox: Sandbox, ask: Ask) -> None:
    """Wait while the clock has not moved since `after` (a number of moves), at most `timeout_s` (30) seconds."""
    try:
        seen, wait_s = int(ask.query["after"]), float(ask.query.get("timeout_s", "30"))
    except ValueError as error:
        raise ControlRefused("after and timeout_s must be numbers.") from error
    if sandbox.clock.moves == seen and wait_s > 0:
        await sandbox.clock.next_move(min(wait_s, LONGEST_WAIT_S))
