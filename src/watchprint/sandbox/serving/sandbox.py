"""One sandbox without its sockets: world, clock, dispatch, and what a reset, snapshot or restart brings back.

The only place where the parts of the server meet. Used on the server's loop thread once it serves.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import count
from typing import Any

import msgspec

from watchprint.sandbox import catalogue as catalogues
from watchprint.sandbox import life, routes
from watchprint.sandbox.catalogue.catalogue import Catalogue
from watchprint.sandbox.clock import Clock
from watchprint.sandbox.kernel import Options, Route, World
from watchprint.sandbox.oauth import authorize, device, pages, tokens
from watchprint.sandbox.oauth.grants import grant, newest_of, settled_token
from watchprint.sandbox.serving import images
from watchprint.sandbox.serving.dispatch import Dispatch
from watchprint.sandbox.serving.options import ServerOptions, StartRefused
from watchprint.sandbox.serving.store import Saved
from watchprint.sandbox.state import App, Grant, State
from watchprint.sandbox.wire import Incoming, Outgoing

_READING = frozenset({"GET", "HEAD", "OPTIONS"})


class Sandbox:
    """Everything of one sandbox.

    Args:
        options: How it is to be.
        saved: What an earlier run left; None: it begins anew.
        extra_routes: Routes beside Trakt's.
    """

    def __init__(self, options: ServerOptions, saved: Saved | None = None, extra_routes: Sequence[Route] = ()) -> None:
        self._options = options
        self._snapshots: dict[str, tuple[bytes, datetime]] = {}
        self._ids = count(1)
        self._revisions = 0
        self.writes = 0
        """Moves with everything that may have changed the tables or the clock; the state file follows it."""
        self.clock = Clock(options.now)
        self.world = World(State(options.seed), _catalogue(options), _switches(options), self.clock.now(), "")
        self._start: bytes | None = None
        if saved is None:
            self.world.state = self._fresh(options.seed)
            self._start = msgspec.msgpack.encode(self.world.state)
        else:
            self.world.state = saved.state
            self.clock.resume(saved.ahead_s, saved.frozen_at)
        every = [
            *routes.ROUTES,
            *tokens.ROUTES.table,
            *device.ROUTES.table,
            *pages.ROUTES.table,
            *images.ROUTES.table,
            *extra_routes,
        ]
        self.dispatch = Dispatch(self.world, self.clock, every, routes.settle)
        self.dispatch.pass_time()

    def _fresh(self, seed: int) -> State:
        """The tables of a sandbox that begins: one application, and the demo user where there is one."""
        state = State(seed)
        uris = list(dict.fromkeys((*authorize.LOCAL_REDIRECTS, *self._options.redirect_uris)))
        client_id = settled_token("client", seed)
        state.apps.append(App(client_id, settled_token("secret", seed), "Watchprint sandbox", uris))
        if self._options.demo:
            user = life.demo_user(state, self.world.catalogue, seed=seed, now=self.world.now)
            state.grants.append(
                Grant(
                    settled_token("access", seed, user.slug),
                    settled_token("refresh", seed, user.slug),
                    user.slug,
                    client_id,
                    self.world.now,
                    self.world.options.expires_in,
                )
            )
        return state

    @property
    def app(self) -> App:
        """The application that the sandbox begins with."""
        return self.world.state.apps[0]

    def greeting(self) -> dict[str, Any]:
        """What a client needs: addresses, application, and each user's tokens (made anew where none is good)."""
        return {
            "base_url": self.world.origin,
            "auth_url": self.world.origin,
            "client_id": self.app.client_id,
            "client_secret": self.app.client_secret,
            "users": [self.tokens(slug) for slug in self.world.state.users],
        }

    def tokens(self, slug: str) -> dict[str, str]:
        """That user's slug and tokens."""
        pair = newest_of(self.world.state, slug, self.world.now)
        if pair is None:
            pair = grant(self.world, slug, self.app.client_id)
        return {"slug": slug, "access_token": pair.access_token, "refresh_token": pair.refresh_token}

    def serve(self, incoming: Incoming) -> Outgoing:
        """The answer to one request (control calls apart)."""
        self.writes += incoming.method not in _READING
        return self.dispatch.serve(incoming)

    def reset(self) -> None:
        """As at the start: tables, clock and switches; no fault, no request, no used-up window."""
        self.clock.rewind()
        self.world.now = self.clock.now()
        self.world.options = _switches(self._options)
        if self._start is None:
            self._start = msgspec.msgpack.encode(self._fresh(self.world.state.seed))
        state = msgspec.msgpack.decode(self._start, type=State)
        for pair in state.grants:
            pair.created_at = self.world.now
        self._replace(state)
        self.dispatch.faults.clear()
        self.dispatch.log.clear()

    def snapshot(self) -> str:
        """The name under which the tables and the clock's instant can be had back."""
        name = f"s{next(self._ids)}"
        self._snapshots[name] = (msgspec.msgpack.encode(self.world.state), self.world.now)
        return name

    def restore(self, name: str | None) -> bool:
        """Tables and clock as they were (None: in the newest snapshot); False: there is no such snapshot."""
        kept = self._snapshots.get(next(reversed(self._snapshots), "") if name is None else name)
        if kept is None:
            return False
        text, at = kept
        self._replace(msgspec.msgpack.decode(text, type=State))
        self.clock.move_to(at)
        self.dispatch.pass_time()
        return True

    def next_revision(self) -> int:
        """A revision that no user of this sandbox had before: old answers must not be mistaken for new ones."""
        users = self.world.state.users.values()
        self._revisions = 1 + max(self._revisions, *(user.revision for user in users), 0)
        return self._revisions

    def _replace(self, state: State) -> None:
        revision = self.next_revision()
        self.world.state = state
        for user in state.users.values():
            user.revision = revision
        self.world.memo.clear()
        self.dispatch.lag.clear()
        self.dispatch.gate.limits.clear()

    def saved(self) -> bytes:
        """Everything, as the state file keeps it."""
        frozen_at = self.clock.now() if self.clock.frozen else None
        return msgspec.json.encode(Saved(self.clock.ahead_s, self.world.state, frozen_at))


def _switches(options: ServerOptions) -> Options:
    return Options(options.strict, options.rate_limits, options.pause_leaves_watching)


def _catalogue(options: ServerOptions) -> Catalogue:
    if options.catalogue_dir is None:
        return catalogues.builtin()
    try:
        return catalogues.load_folder(options.catalogue_dir)
    except catalogues.CatalogueError as error:
        raise StartRefused(str(error)) from error
