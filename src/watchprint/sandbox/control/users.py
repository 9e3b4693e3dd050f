"""Users by hand: added with a life of their own, changed, given new tokens."""

from __future__ import annotations

import re
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from msgspec import Struct

from watchprint.sandbox import life
from watchprint.sandbox.catalogue.catalogue import Catalogue
from watchprint.sandbox.control.asking import Ask, ControlRefused
from watchprint.sandbox.life.steady import NothingToWatch
from watchprint.sandbox.oauth.grants import grant
from watchprint.sandbox.rules.limits import limits_named
from watchprint.sandbox.serving.sandbox import Sandbox
from watchprint.sandbox.state import Limits, State, User

MOST_PLAYS: Final = 1_000_000
_SLUG: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


class _Traits(Struct, forbid_unknown_fields=True):
    """What can be said of a new user and of an old one; unset stays as it is."""

    vip: bool | None = None
    limits: dict[str, int | dict[str, int]] | None = None
    zone: str | None = None
    private: bool | None = None
    locked: bool | None = None
    name: str | None = None
    connections: dict[str, bool] | None = None
    expires_in: int | None = None


class _NewUser(_Traits, forbid_unknown_fields=True, kw_only=True):
    slug: str
    plays: int = 0
    seed: int | None = None


class _ForUser(Struct, forbid_unknown_fields=True):
    user: str


def post_users(sandbox: Sandbox, ask: Ask) -> dict[str, str]:
    """A new user with so many plays; slug and tokens."""
    wish = ask.wish(_NewUser)
    state = sandbox.world.state
    if not _SLUG.fullmatch(wish.slug) or wish.slug == "me":
        raise ControlRefused("slug must be 1 to 64 letters, digits, - or _, and not me.")
    if wish.slug in state.users:
        raise ControlRefused(f"There is a user {wish.slug!r} already; POST users/{wish.slug} changes it.", 409)
    if not 0 <= wish.plays <= MOST_PLAYS:
        raise ControlRefused(f"plays must be 0 to {MOST_PLAYS}.")
    _check(wish)
    vip = bool(wish.vip)
    sandbox.dispatch.pass_time()
    user = _lived(
        state,
        sandbox.world.catalogue,
        slug=wish.slug,
        plays=wish.plays,
        seed=state.seed if wish.seed is None else wish.seed,
        now=sandbox.world.now,
        vip=vip,
        limits=_limits(life.limits_of(vip=vip), wish.limits),
        zone=wish.zone or "UTC",
    )
    _apply(user, wish)
    user.revision = sandbox.next_revision()
    return sandbox.tokens(user.slug)


def _lived(state: State, catalogue: Catalogue, *, slug: str, **how: Any) -> User:
    """The new user; one whose plays cannot be leaves nothing behind."""
    try:
        return life.add_user(state, catalogue, slug=slug, **how)
    except NothingToWatch as error:
        state.users.pop(slug, None)
        raise ControlRefused(str(error)) from error


def change_user(sandbox: Sandbox, ask: Ask) -> dict[str, Any]:
    """The user with the traits that were named; slug and tokens."""
    user = user_named(sandbox, ask.name or "")
    wish = ask.wish(_Traits)
    _check(wish)
    if wish.vip is not None and wish.vip != user.vip:
        user.vip, user.limits = wish.vip, life.limits_of(vip=wish.vip)
    user.limits = _limits(user.limits, wish.limits)
    user.zone = wish.zone or user.zone
    _apply(user, wish)
    user.revision = sandbox.next_revision()
    return sandbox.tokens(user.slug)


def get_user(sandbox: Sandbox, ask: Ask) -> User:
    """One user's rows."""
    sandbox.dispatch.pass_time()
    return user_named(sandbox, ask.name or "")


def post_tokens(sandbox: Sandbox, ask: Ask) -> dict[str, str]:
    """A new token pair for a user; the old ones stay as they are."""
    sandbox.dispatch.pass_time()
    user = user_named(sandbox, ask.wish(_ForUser).user)
    grant(sandbox.world, user.slug, sandbox.app.client_id)
    return sandbox.tokens(user.slug)


def user_named(sandbox: Sandbox, slug: str) -> User:
    """That user.

    Raises:
        ControlRefused: There is none.
    """
    user = sandbox.world.state.users.get(slug)
    if user is None:
        known = ", ".join(sandbox.world.state.users) or "nobody"
        raise ControlRefused(f"There is no user {slug!r}; there is {known}.", 404)
    return user


def _check(wish: _Traits) -> None:
    try:
        limits_named(wish.limits or {})
    except KeyError as error:
        known = ", ".join(Limits.__struct_fields__)
        raise ControlRefused(f"There is no limit {error.args[0]!r}; there are {known}.") from error
    if wish.expires_in is not None and wish.expires_in < 1:
        raise ControlRefused("expires_in must be 1 or more seconds.")
    try:
        ZoneInfo(wish.zone or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ControlRefused(f"{wish.zone!r} is no zone; write it as in Europe/Paris.") from error


def _limits(base: Limits, wish: dict[str, int | dict[str, int]] | None) -> Limits:
    return msgspec.structs.replace(base, **limits_named(wish or {}))


def _apply(user: User, wish: _Traits) -> None:
    """The traits that need no thought."""
    for name in ("private", "locked", "name", "expires_in"):
        value = getattr(wish, name)
        if value is not None:
            setattr(user, name, value)
    if wish.connections is not None:
        user.connections = {**user.connections, **wish.connections}
