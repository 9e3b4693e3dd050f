"""Token pairs: made, found, spent, revoked. The only place that knows when a token is good. No HTTP."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from watchprint.sandbox.kernel import World
from watchprint.sandbox.state import App, Grant, State


def token() -> str:
    """A new token: 64 hexadecimal digits."""
    return secrets.token_hex(32)


def settled_token(*words: object) -> str:
    """The token that belongs to these words, for what must be the same at every start with one seed."""
    return hashlib.sha256("\n".join(str(word) for word in words).encode()).hexdigest()


def grant(world: World, slug: str, client_id: str) -> Grant:
    """A new pair for that user and application, already good.

    Args:
        world: Where it is kept; its clock says when it begins.
        slug: The user; the access token lives as long as theirs do, else as long as the sandbox's.
        client_id: The application; the token works with no other.
    """
    user = world.state.users.get(slug)
    own = user.expires_in if user else None
    made = Grant(
        access_token=token(),
        refresh_token=token(),
        user=slug,
        client_id=client_id,
        created_at=world.now,
        expires_in=own or world.options.expires_in,
    )
    world.state.grants.append(made)
    return made


def told(pair: Grant) -> dict[str, Any]:
    """The token object as the sign-in host answers it."""
    return {
        "access_token": pair.access_token,
        "token_type": "bearer",
        "expires_in": pair.expires_in,
        "refresh_token": pair.refresh_token,
        "scope": "public",
        "created_at": int(pair.created_at.timestamp()),
    }


def good(pair: Grant, now: datetime) -> bool:
    """Whether the access token still opens the API."""
    return not pair.access_revoked and now < pair.created_at + timedelta(seconds=pair.expires_in)


def by_refresh_token(state: State, text: str) -> Grant | None:
    """The pair with that refresh token, spent or not."""
    return next((pair for pair in reversed(state.grants) if pair.refresh_token == text), None)


def by_either_token(state: State, text: str) -> Grant | None:
    """The pair with that access or refresh token."""
    return next((g for g in reversed(state.grants) if text in (g.access_token, g.refresh_token)), None)


def revoke(pair: Grant) -> None:
    """Neither token of the pair works any more."""
    pair.access_revoked = pair.refresh_spent = True


def newest_of(state: State, slug: str, now: datetime) -> Grant | None:
    """The user's newest pair whose tokens both work."""
    fitting = (g for g in reversed(state.grants) if g.user == slug and not g.refresh_spent and good(g, now))
    return next(fitting, None)


def app_of(state: State, client_id: object) -> App | None:
    """The application with that client id."""
    return next((app for app in state.apps if app.client_id == client_id), None)


class Access:
    """Finds pairs by access token, in one step for tokens it has seen."""

    def __init__(self) -> None:
        self._grants: list[Grant] = []
        self._count = 0
        self._by_token: dict[str, Grant] = {}

    def find(self, state: State, text: str) -> Grant | None:
        """The pair with that access token, good or not."""
        if state.grants is not self._grants or len(state.grants) != self._count:
            self._grants, self._count = state.grants, len(state.grants)
            self._by_token = {pair.access_token: pair for pair in state.grants}
        return self._by_token.get(text)
