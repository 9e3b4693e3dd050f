"""One lens an account: its rows in memory, of one revision, ready for questions; dropped when nobody asks any more."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from watchprint.insights import prepared

if TYPE_CHECKING:
    from watchprint.insights.engine import Lens
    from watchprint.store.lens.loading import AccountTables
    from watchprint.store.store import Store

IDLE_S: Final = 600.0
"""A lens that nobody has asked for so long is dropped."""


@dataclass(slots=True)
class _Kept:
    revision: int
    lens: Lens
    known: int
    dropping: asyncio.TimerHandle | None = None


class Lenses:
    """The lenses of a process.

    Args:
        store: Where the rows are.
        idle_s: How long one stays unasked [s].
    """

    def __init__(self, store: Store, idle_s: float = IDLE_S) -> None:
        self._store, self._idle_s = store, idle_s
        self._kept: dict[int, _Kept] = {}
        self._loading: dict[int, asyncio.Lock] = {}

    async def of(self, account_id: int) -> Lens:
        """The lens of the account as it is now.

        Raises:
            NoSuchAccount: There is none.
        """
        async with self._loading.setdefault(account_id, asyncio.Lock()):
            revision = await self._store.aread(lambda work: work.accounts.revision(account_id))
            kept = self._kept.get(account_id)
            current = kept is not None and kept.revision == revision
            if kept is not None and not current:
                current = await asyncio.to_thread(self._amended, account_id, kept)
            if kept is None or not current:
                self.drop(account_id)
                kept = self._kept[account_id] = await asyncio.to_thread(self._opened, account_id)
            self._touch(account_id, kept)
            return kept.lens

    def _opened(self, account_id: int) -> _Kept:
        """The lens of the tables that are kept ready, brought up to date; else of the rows.

        Nothing is written for whoever asks: they would have to wait for whoever writes.
        """
        ready = self._store.kept_tables(account_id)
        if ready is not None:
            kept = _lens(ready)
            now = self._store.read(lambda work: work.accounts.revision(account_id))
            if now == kept.revision or self._amended(account_id, kept):
                return kept
            kept.lens.close()
        return _lens(self._store.tables(account_id))

    def _amended(self, account_id: int, kept: _Kept) -> bool:
        """Bring a lens up to date by what has changed; False where it has to be loaded anew."""
        new = self._store.changes(account_id, since=kept.revision, known=kept.known)
        if new is None:
            return False
        now = new.now
        if not kept.lens.amend(plays=now.plays, titles=now.titles, ratings=now.ratings, gone=new.gone):
            return False
        kept.revision = now.revision
        kept.known = max(kept.known, now.known)
        return True

    def drop(self, account_id: int) -> None:
        """Let go of an account's rows. Whoever has its lens in hand finishes the question."""
        kept = self._kept.pop(account_id, None)
        if kept is None:
            return
        kept.lens.forget_answers()  # they know the lens by which they name plays, and would keep it
        if kept.dropping is not None:
            kept.dropping.cancel()

    def close(self) -> None:
        """Let go of all."""
        for account_id in list(self._kept):
            self.drop(account_id)
        self._loading.clear()

    def __contains__(self, account_id: int) -> bool:
        return account_id in self._kept

    def _touch(self, account_id: int, kept: _Kept) -> None:
        if kept.dropping is not None:
            kept.dropping.cancel()
        kept.dropping = asyncio.get_running_loop().call_later(self._idle_s, self.drop, account_id)


def _lens(tables: AccountTables) -> _Kept:
    lens = prepared(plays=tables.plays, titles=tables.titles, ratings=tables.ratings)
    return _Kept(tables.revision, lens, tables.known)
