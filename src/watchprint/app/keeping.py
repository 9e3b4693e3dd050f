"""Keeping what is kept: back-ups while others work, bringing one back, new keys."""

from __future__ import annotations

import asyncio
from pathlib import Path

from watchprint.app.wiring import Wiring


class Keeping(Wiring):
    """Back-ups and keys."""

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
