"""Which control call a method and a path mean, and its answer as bytes. The calls themselves stand beside it."""

from __future__ import annotations

from typing import Final

from msgspec import DecodeError
from msgspec.json import decode, encode

from watchprint.sandbox.control import clock, faults, signing, states, users
from watchprint.sandbox.control.asking import Ask, ControlRefused, Deed
from watchprint.sandbox.serving.dispatch import from_elsewhere
from watchprint.sandbox.serving.sandbox import Sandbox
from watchprint.sandbox.wire import Incoming, Outgoing

PREFIX: Final = "/__sandbox__/"
_DEEDS: Final[dict[tuple[str, str], Deed]] = {
    ("GET", "clock"): clock.get_clock,
    ("POST", "clock"): clock.post_clock,
    ("GET", "faults"): faults.get_faults,
    ("POST", "faults"): faults.post_faults,
    ("DELETE", "faults"): faults.delete_faults,
    ("POST", "users"): users.post_users,
    ("POST", "tokens"): users.post_tokens,
    ("GET", "state"): states.get_state,
    ("POST", "reset"): states.post_reset,
    ("POST", "snapshot"): states.post_snapshot,
    ("POST", "restore"): states.post_restore,
    ("GET", "requests"): states.get_requests,
    ("DELETE", "requests"): states.delete_requests,
    ("GET", "greeting"): states.get_greeting,
    ("POST", "approve"): signing.post_approve,
    ("POST", "apps"): signing.post_apps,
    ("GET", "settings"): signing.get_settings,
    ("POST", "settings"): signing.post_settings,
}
_NAMED: Final[dict[tuple[str, str], Deed]] = {
    ("GET", "users"): users.get_user,
    ("POST", "users"): users.change_user,
    ("PATCH", "users"): users.change_user,
}
"""Calls with a name after the first word: `users/{slug}`."""


async def control(sandbox: Sandbox, incoming: Incoming) -> Outgoing:
    """Do what a control call asks, and answer with JSON; `{"error": sentence}` when it cannot be done."""
    try:
        if from_elsewhere(incoming):
            raise ControlRefused("Pages of other sites must not move this sandbox.", 403)
        return _answer(200, await _do(sandbox, incoming))
    except ControlRefused as error:
        return _answer(error.status, {"error": str(error)})


async def _do(sandbox: Sandbox, incoming: Incoming) -> object:
    word, _, name = incoming.path.removeprefix(PREFIX).strip("/").partition("/")
    deeds = _NAMED if name else _DEEDS
    deed = deeds.get((incoming.method, word))
    if deed is None:
        known = sorted(method for method, other in deeds if other == word)
        if known:
            raise ControlRefused(f"{word} answers {', '.join(known)}.", 405)
        words = ", ".join(sorted({other for _, other in _DEEDS}))
        raise ControlRefused(f"There is no control call {word!r}; there are {words}.", 404)
    ask = Ask(name or None, incoming.query, _body(incoming))
    if deed is clock.get_clock and "after" in ask.query:
        await clock.next_move(sandbox, ask)
    sandbox.writes += incoming.method != "GET"
    return deed(sandbox, ask)


def _body(incoming: Incoming) -> object:
    if not incoming.body:
        return {}
    try:
        body = decode(incoming.body)
    except (DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ControlRefused(f"The body is not valid JSON: {error}.") from error
    if not isinstance(body, dict):
        raise ControlRefused("The body must be a JSON object.")
    return body


def _answer(status: int, body: object) -> Outgoing:
    return Outgoing(status, encode(body), {"Content-Type": "application/json", "Cache-Control": "no-store"})
