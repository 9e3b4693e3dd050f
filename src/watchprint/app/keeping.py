"""Keeping what is kept, as long as it may be: back-ups while others work, bringing one back, new keys, purging."""

from __future__ import annotations

import asyncio
import uuid
from contextlib import suppress
from pathlib import Path
from typing import Final

from watchprint.app.wiring import Wiring
from watchprint.identity.errors import NoSuchAccount
from watchprint.store.errors import StoreError
from watchprint.store.store import Store
from watchprint.store.work import Work

PURGED_EVERY_S: Final = 86_400.0
KEPT_FROM: Final = 5_000
"""Fewer plays are read as fast from their rows as from tables that are kept ready."""


class Keeping(Wiring):
    """Back-ups, keys, and letting go of what has had its time."""

    async def purge(self) -> None:
        """Let go of what has had its time, such as plays that were removed thirty days ago, if nobody did so today.

        Raises:
            StoreError: It cannot be done now.
        """
        await purged(self.store)

    async def backup(self, file: Path | str) -> None:
        """Write a back-up of the whole store, while others go on; keys are never in it.

        Raises:
            StoreUnwritable: The file cannot be written; nothing is left of it.
        """
        await asyncio.to_thread(self.store.backup, Path(file))

    async def restore(self, file: Path | str) -> None:
        """Let the store hold what a back-up holds, at once, while others go on; tokens that are newer stay.

        Raises:
            NotABackup, StoreTooNew: The file is not for this program; nothing is changed.
        """
        await asyncio.to_thread(self.store.restore, Path(file))

    async def rotate_keys(self, *, drop_old: bool = False) -> int:
        """Seal every pair of tokens with a new key; how many there are.

        Args:
            drop_old: Forget the older keys; back-ups sealed with them give their tokens no more.

        Raises:
            KeysUnusable, TokensUnreadable: It cannot be done; nothing is changed.
        """
        return await asyncio.to_thread(lambda: self.store.rotate_keys(drop_old=drop_old))


async def purged(store: Store) -> None:
    """Let go of what has had its time, once a day, whichever process comes first: a lease says that it is done.

    Raises:
        StoreError: It cannot be done now.
    """

    def gone(work: Work) -> None:
        if work.leases.claim(_PURGED, uuid.uuid4().hex, PURGED_EVERY_S):
            work.purge()

    if await store.aread(lambda work: work.leases.holder(_PURGED)) is None:
        await store.awrite(gone)


async def kept_ready(store: Store, account_id: int) -> None:
    """Keep a large account's tables ready for whoever asks next, where changes alone no longer bring them up to date.

    Done by whoever has changed the account. Where it cannot be done, whoever asks reads the rows.
    """

    def keep() -> None:
        if store.read(lambda work: work.plays.count(account_id)) < KEPT_FROM:
            return
        ready = store.kept_tables(account_id)
        if ready is None or store.changes(account_id, since=ready.revision, known=ready.known) is None:
            store.keep_tables(account_id, store.tables(account_id))

    with suppress(StoreError, NoSuchAccount):
        await asyncio.to_thread(keep)


_PURGED: Final = "purged"
