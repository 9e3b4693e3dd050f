"""The tables by hand: shown, reset, kept, brought back; and the requests that were seen."""

from __future__ import annotations

import os
from typing import Any

import msgspec
from msgspec import Struct

from watchprint.sandbox.clock import stamp
from watchprint.sandbox.control.asking import Ask, ControlRefused
from watchprint.sandbox.control.users import user_named
from watchprint.sandbox.serving.sandbox import Sandbox


class _Restore(Struct, forbid_unknown_fields=True):
    id: str | None = None


def get_state(sandbox: Sandbox, ask: Ask) -> Any:
    """All tables; with `?user=slug` that user's rows alone."""
    sandbox.dispatch.pass_time()
    slug = ask.query.get("user")
    if slug is not None:
        return user_named(sandbox, slug)
    tables = msgspec.to_builtins(sandbox.world.state, builtin_types=(), str_keys=True)
    return {"now": stamp(sandbox.world.now), "moves": sandbox.clock.moves, **tables}


def post_reset(sandbox: Sandbox, ask: Ask) -> dict[str, Any]:
    """As at the start; the answer is the greeting."""
    sandbox.reset()
    return sandbox.greeting()


def post_snapshot(sandbox: Sandbox, ask: Ask) -> dict[str, str]:
    """Keep tables and clock; the answer's `id` brings them back."""
    sandbox.dispatch.pass_time()
    return {"id": sandbox.snapshot()}


def post_restore(sandbox: Sandbox, ask: Ask) -> dict[str, Any]:
    """Tables and clock as they were in the snapshot `id` (the newest if unnamed); it can be restored again."""
    wanted = ask.wish(_Restore).id
    if not sandbox.restore(wanted):
        raise ControlRefused("There is no snapshot" + (" yet." if wanted is None else f" {wanted!r}."), 404)
    return sandbox.greeting()


def get_requests(sandbox: Sandbox, ask: Ask) -> list[dict[str, Any]]:
    """Every request seen, oldest first, control calls excluded; with `?clear=1` they are forgotten then."""
    rows = sandbox.dispatch.log.rows()
    if ask.query.get("clear") in ("1", "true"):
        sandbox.dispatch.log.clear()
    return rows


def delete_requests(sandbox: Sandbox, ask: Ask) -> dict[str, Any]:
    """Forget the requests seen so far."""
    sandbox.dispatch.log.clear()
    return {}


def get_greeting(sandbox: Sandbox, ask: Ask) -> dict[str, Any]:
    """What the first line of stdout said, as of now, and the process that answers."""
    sandbox.dispatch.pass_time()
    return {**sandbox.greeting(), "pid": os.getpid()}
