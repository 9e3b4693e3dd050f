"""Device sign-in: codes are made, polled for, approved and denied. The page that people see is in pages.py."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Final

from watchprint.sandbox.kernel import Answer, Call, Refusal, Routes
from watchprint.sandbox.oauth.grants import grant, token, told
from watchprint.sandbox.oauth.refusals import check_secret, client, needed
from watchprint.sandbox.state import DeviceCode, State

ROUTES = Routes(host="auth")
LIFETIME_S: Final = 600
INTERVAL_S: Final = 5
_JITTER_S: Final = 0.5
"""A poll this much early is still in time: the interval is kept by the sender's clock, not on arrival."""


@ROUTES.post("/oauth/device/code", auth=False, shape={"client_id": str})
def post_code(call: Call) -> Answer:
    """A new code for that application, waiting for somebody to approve it."""
    app, world = client(call, status=403), call.world
    taken = {code.user_code for code in world.state.device_codes}
    user_code = next(code for code in iter(lambda: secrets.token_hex(4).upper(), "") if code not in taken)
    made = DeviceCode(token(), user_code, app.client_id, world.now)
    world.state.device_codes.append(made)
    answer = {
        "device_code": made.device_code,
        "user_code": made.user_code,
        "verification_url": f"{world.origin}/activate",
        "expires_in": LIFETIME_S,
        "interval": INTERVAL_S,
    }
    return Answer(200, answer)


@ROUTES.post("/oauth/device/token", auth=False, shape={"code": str, "client_id": str, "client_secret": str})
def post_token(call: Call) -> Answer:
    """The token pair once approved; else the status that says what the device should do (no body)."""
    app, world = client(call, status=403), call.world
    check_secret(call, app, status=403)
    text = needed(call.body, "code")
    code = next((c for c in world.state.device_codes if c.device_code == text), None)
    if code is None or code.client_id != app.client_id:
        raise Refusal(404)
    if code.status == "used":
        raise Refusal(409)
    if code.status == "denied":
        raise Refusal(418)
    if expired(code, world.now):
        raise Refusal(410)
    last_at, code.polled_at = code.polled_at, world.now
    if world.options.rate_limits and _too_soon(last_at, world.now):
        raise Refusal(429, None, {"Retry-After": str(INTERVAL_S)})
    if code.status == "pending" or code.user is None:
        raise Refusal(400)
    code.status = "used"
    return Answer(200, told(grant(world, code.user, app.client_id)))


def expired(code: DeviceCode, now: datetime) -> bool:
    """Whether nobody can use the code any more."""
    return now >= code.created_at + timedelta(seconds=LIFETIME_S)


def _too_soon(last_at: datetime | None, now: datetime) -> bool:
    if last_at is None or last_at > now:
        return False
    return now < last_at + timedelta(seconds=INTERVAL_S - _JITTER_S)


def by_user_code(state: State, text: str) -> DeviceCode | None:
    """The code that somebody typed: case and blanks do not matter."""
    wanted = "".join(text.split()).upper()
    return next((code for code in reversed(state.device_codes) if code.user_code == wanted), None)


def decide(code: DeviceCode, slug: str, now: datetime, *, approve: bool) -> str | None:
    """Approve or deny; returns why it cannot be done (any more), None when it is done."""
    if code.status != "pending":
        return f"The code {code.user_code} was {code.status} already."
    if expired(code, now):
        return f"The code {code.user_code} has expired; start the sign-in again on the device."
    code.status, code.user = ("approved", slug) if approve else ("denied", None)
    return None
