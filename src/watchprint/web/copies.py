"""Keeps the copies of this installation up to date while it serves: what is due is read, one account after another.

How an account is read is the business of `app.sync`; here is only when. Other processes may do the same: a sync is
one at a time an account, whoever asks.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from watchprint.app.core import AsyncWatchprint
from watchprint.identity.accounts import Account
from watchprint.web.callers import KNOWN_FOR, Callers

LOOK_S: Final = 2.0
"""Between two looks at what is due [s]."""
SWEEP_EVERY: Final = timedelta(minutes=1)
AT_ONCE: Final = 4
LONGEST_REST_S: Final = 3600.0
_LOG: Final = logging.getLogger("watchprint.web.copies")


class _Rest(NamedTuple):
    """An account that could not even be tried: until when it is left alone, unless it is made due anew."""

    failures: int
    until: datetime
    due_at: datetime | None


class Copies:
    """What keeps the copies; runs until it is closed."""

    def __init__(self, app: AsyncWatchprint, callers: Callers) -> None:
        self._app, self._callers = app, callers
        self._syncing: dict[int, asyncio.Task[None]] = {}
        self._resting: dict[int, _Rest] = {}
        self._swept_at: datetime | None = None

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[None]:
        """Within the block copies are kept."""
        looking = asyncio.ensure_future(self._look())
        try:
            yield
        finally:
            tasks = [looking, *self._syncing.values()]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _look(self) -> None:
        while True:
            try:
                await self._sweep()
                if not self._app.local:
                    await self._begin()
            except Exception:
                _LOG.exception("the copies could not be looked at; trying again")
            await asyncio.sleep(LOOK_S)

    async def _begin(self) -> None:
        for account in await self._app.store.aread(lambda work: work.accounts.due()):
            if len(self._syncing) >= AT_ONCE:
                return
            if account.id not in self._syncing and self._may(account):
                self._syncing[account.id] = asyncio.ensure_future(self._sync(account))

    def _may(self, account: Account) -> bool:
        link = account.link
        if link is None or link.trakt_url != self._app.reach.trakt_url:
            return False
        rest = self._resting.get(account.id)
        return rest is None or rest.due_at != account.sync_due_at or rest.until <= self._app.clock.now()

    async def _sync(self, account: Account) -> None:
        try:
            await self._read(account)
        finally:
            self._syncing.pop(account.id, None)

    async def _read(self, account: Account) -> None:
        try:
            await self._app.sync(account)
        except Exception as error:
            failed = self._resting.get(account.id)
            failures = 1 if failed is None else failed.failures + 1
            rest_s = min(LONGEST_REST_S, 30.0 * 2.0**failures)
            until = self._app.clock.now() + timedelta(seconds=rest_s)
            self._resting[account.id] = _Rest(failures, until, account.sync_due_at)
            _LOG.warning("account %d: the copy was not brought up to date (%s)", account.id, type(error).__name__)
        else:
            self._resting.pop(account.id, None)

    async def _sweep(self) -> None:
        """Let go of what has had its time, also of users who are not kept: hashes of tokens, budgets, answers."""
        now = self._app.clock.now()
        if self._swept_at is not None and self._swept_at <= now < self._swept_at + SWEEP_EVERY:
            return
        self._swept_at = now
        self._callers.forget()
        await self._app.store.awrite(lambda work: work.budgets.sweep(now - KNOWN_FOR))
        await self._app.store.awrite(lambda work: work.answers.sweep())
        await self._app.purge()
