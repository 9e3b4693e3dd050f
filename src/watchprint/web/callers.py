"""Who asks: from a token to Trakt's user, and to the account that is kept of them, if there is one.

Whose a token is says Trakt, asked with this installation's key: a token issued to another application is refused
there, and so it opens nothing here. Kept in memory for ten minutes: the token's hash and the user. Never the token.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from watchprint.app.core import AsyncWatchprint
from watchprint.identity.accounts import Account, name_key
from watchprint.service.faces import AsyncUserService, UserService
from watchprint.trakt.errors import TokenExpired, TraktError, Unreadable
from watchprint.trakt.ports import Awaiting
from watchprint.web.problems.problem import Refusal

KNOWN_FOR: Final = timedelta(minutes=10)
MOST_KNOWN: Final = 100_000


class Callers:
    """Who asks, for all requests of a process."""

    def __init__(self, app: AsyncWatchprint) -> None:
        self._app = app
        self._known: OrderedDict[str, tuple[str, datetime]] = OrderedDict()
        self._asking: dict[str, asyncio.Task[str]] = {}

    async def user(self, token: str, *, fresh: bool = False) -> str:
        """Trakt's id of the token's user.

        Args:
            fresh: Ask Trakt now, whatever is known.

        Raises:
            TraktError: Trakt does not accept the token, or does not answer.
        """
        digest = sha256(token.encode()).hexdigest()
        known = self._known.get(digest)
        if known is not None and not fresh and self._app.clock.now() < known[1]:
            return known[0]
        asking = self._asking.get(digest)
        if asking is None:
            asking = self._asking[digest] = asyncio.ensure_future(self._asked(token, digest))
            asking.add_done_callback(lambda _: self._asking.pop(digest, None))
        return await asyncio.shield(asking)

    async def _asked(self, token: str, digest: str) -> str:
        self._known.pop(digest, None)
        settings = await self._app.trakt_for(token).users.settings()
        uuid = settings.user.ids.uuid
        if not uuid:
            raise Unreadable("Trakt does not say which user this is: its settings have no ids.uuid")
        self._known[digest] = uuid, self._app.clock.now() + KNOWN_FOR
        if len(self._known) > MOST_KNOWN:
            self._known.popitem(last=False)
        return uuid

    async def account(self, token: str, *, fresh: bool = False) -> Account | None:
        """The account that is kept of the token's user here; None: there is none.

        Raises:
            TraktError: See `user`.
        """
        uuid, trakt_url = await self.user(token, fresh=fresh), self._app.reach.trakt_url
        return await self._app.store.aread(lambda work: work.accounts.of_trakt_user(trakt_url, uuid))

    async def own_account(self, token: str, name: str, *, fresh: bool = False) -> Account:
        """The account of this name, if it is the token's user's.

        Raises:
            Refusal: There is none, or it is another's: the two look the same.
        """
        account = await self.account(token, fresh=fresh)
        if account is None or name_key(account.name) != name_key(name):
            raise Refusal("no-such-account", "There is no account of this name that is this user's")
        return account

    async def service(self, token: str) -> tuple[AsyncUserService, int | None]:
        """The 27 methods for the token's user, and the number of the account that is kept of them.

        The token alone is used, never one that is kept. Where an account is kept, requests count in its budget and a
        write makes its sync due.

        Raises:
            NotConfigured: This installation asks no Trakt.
            TokenExpired: Trakt does not accept the token.
        """
        account = await self._counted_in(token)
        if account is None:
            return self._app.service_for(token), None
        return UserService[Awaiting](self._app.trakt(account).as_user(token).runner), account.id

    async def _counted_in(self, token: str) -> Account | None:
        if self._app.local or not await self._app.store.aread(lambda work: work.accounts.any_linked()):
            return None
        try:
            return await self.account(token)
        except TokenExpired:
            raise
        except TraktError:
            return None  # the call itself will say what is wrong with Trakt

    def forget(self) -> None:
        """Let go of those whose ten minutes are over."""
        now = self._app.clock.now()
        for digest in [digest for digest, (_, until) in self._known.items() if until <= now]:
            del self._known[digest]
