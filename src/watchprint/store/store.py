"""The store: opened by address or home, asked and changed by pieces of work, from any thread, task or process.

    store = Store.open(home=home)
    ann = store.write(lambda work: work.accounts.create("ann", zone="Europe/Berlin"))
    everybody = await store.aread(lambda work: work.accounts.all())

Work that writes is one transaction, durable when its result is there; with an error nothing of it is kept. Work may
be run more than once, so that it changes nothing outside the store. No object of the database leaves it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

from watchprint.identity.keys import KeyRing
from watchprint.store.engine.opening import database
from watchprint.store.engine.room import Room
from watchprint.store.engine.sqlite import Sqlite
from watchprint.store.keeping import backup, restore
from watchprint.store.migrations import migrating
from watchprint.store.people import forgetting
from watchprint.store.people.forgetting import Forgotten
from watchprint.store.people.tokens import StoredTokens
from watchprint.store.running.budgets import TRAKTS, Limits, Share
from watchprint.store.running.pacing import StorePacing
from watchprint.store.unit import Unit
from watchprint.store.work import Work, done
from watchprint.trakt.clock import Clock, SystemClock

if TYPE_CHECKING:
    from watchprint.store.engine.postgres import Postgres
    from watchprint.store.lens.changes import AccountChanges
    from watchprint.store.lens.loading import AccountRows, AccountTables, Ask

T = TypeVar("T")


class Store:
    """Everything that is kept, on SQLite or PostgreSQL. Opened by the process that uses it, not before a fork."""

    def __init__(self, database: Sqlite | Postgres, home: Path, clock: Clock, keys: KeyRing | None) -> None:
        self._database, self.home, self.clock, self._keys = database, home, clock, keys

    @classmethod
    def open(
        cls, *, home: Path, url: str | None = None, keys: KeyRing | None = None, clock: Clock | None = None
    ) -> Self:
        """The store, brought to this program's revision; other processes may have it open.

        Args:
            home: WATCHPRINT_HOME: where the keys are, and the file of a store on SQLite.
            url: WATCHPRINT_DATABASE_URL; None: a file in the home.
            keys: WATCHPRINT_KEYS; None: the file `keys` in the home, made when it is first needed.
            clock: Tells the time; a sandbox brings its own.

        Raises:
            StoreTooNew: A newer program has changed it.
            StoreUnwritable, StoreUnreachable, StoreDamaged, StoreBusy: It cannot be used now.
        """
        opened = database(url, home)
        try:
            migrating.ready(opened)
        except BaseException:
            opened.close()
            raise
        return cls(opened, home, clock or SystemClock(), keys)

    @property
    def where(self) -> str:
        """The file or the address, without secrets."""
        return self._database.where

    @property
    def kind(self) -> str:
        """sqlite or postgresql."""
        return self._database.kind

    def read(self, work: Callable[[Work], T]) -> T:
        """The result of reading one snapshot."""
        return self._database.read(done(work, self.clock.now(), self.keys))

    def write(self, work: Callable[[Work], T]) -> T:
        """The result of one transaction, once it is durable.

        Raises:
            StoreError: It could not be; nothing of it was kept.
        """
        return self._database.write(done(work, self.clock.now(), self.keys))

    async def aread(self, work: Callable[[Work], T]) -> T:
        """`read`, without blocking the event loop."""
        return await self._database.aread(done(work, self.clock.now(), self.keys))

    async def awrite(self, work: Callable[[Work], T]) -> T:
        """`write`, without blocking the event loop. Once begun it is finished, though nobody may wait any more."""
        return await self._database.awrite(done(work, self.clock.now(), self.keys))

    def rows(self, account_id: int) -> AccountRows:
        """The account's plays and ratings as Arrow tables, in the columns that insights read; one snapshot.

        Raises:
            NoSuchAccount: There is none.
        """
        from watchprint.store.lens import asking, loading  # Arrow is slow to load, and most commands need none

        if isinstance(self._database, Sqlite):
            return self._database.read(lambda connection: asking.from_sqlite(connection, account_id, loading.rows))
        return asking.from_postgres(self._database.url, account_id, loading.rows)

    def tables(self, account_id: int) -> AccountTables:
        """The same with titles apart, as `insights.prepared` takes them: the quick way to many insights.

        Raises:
            NoSuchAccount: There is none.
        """
        from watchprint.store.lens import asking, loading

        if isinstance(self._database, Sqlite):
            return self._database.read(lambda connection: asking.from_sqlite(connection, account_id, loading.tables))
        return asking.from_postgres(self._database.url, account_id, loading.tables)

    def kept_tables(self, account_id: int) -> AccountTables | None:
        """The account's tables as `keep_tables` kept them, of the revision that they name; None: there are none."""
        from watchprint.store.lens import keeping

        return self._database.read(lambda connection: keeping.kept(Unit(connection, self.clock.now()), account_id))

    def keep_tables(self, account_id: int, tables: AccountTables) -> bool:
        """Keep tables ready for whoever opens the account next, if it has not moved on; whether they are kept.

        Raises:
            NoSuchAccount: There is none.
            StoreError: It could not be done.
        """
        from watchprint.store.lens import keeping

        content, now = keeping.packed(tables), self.clock.now()
        return self._database.write(
            lambda connection: keeping.keep(Unit(connection, now), account_id, tables.revision, content)
        )

    def changes(self, account_id: int, *, since: int, known: int) -> AccountChanges | None:
        """What has changed of `tables` since the account had a revision; None where all have to be loaded anew.

        Args:
            since: The revision of the tables in hand.
            known: The highest `title_id` in them.

        Raises:
            NoSuchAccount: There is none.
        """
        from watchprint.store.lens import asking, changes

        def make(ask: Ask, account_id: int, revision: int) -> AccountChanges | None:
            return changes.changes(ask, account_id, revision, since=since, known=known)

        if isinstance(self._database, Sqlite):
            return self._database.read(lambda connection: asking.from_sqlite(connection, account_id, make))
        return asking.from_postgres(self._database.url, account_id, make)

    async def arows(self, account_id: int) -> AccountRows:
        """`rows`, without blocking the event loop."""
        return await asyncio.to_thread(self.rows, account_id)

    def tokens(self, account_id: int) -> StoredTokens:
        """The account's token pair, for a client: renewed once at a time, whoever asks."""
        return StoredTokens(self, account_id)

    def pacing(self, account_id: int | None = None, *, share: Share = "people", limits: Limits = TRAKTS) -> StorePacing:
        """The pacing of a client, counted for all processes together.

        Args:
            account_id: The account it acts for; None: each user by the client's own name for them.
            share: "copy" for a client that copies an account: at most half of the reads are its.
        """
        return StorePacing(self, account_id, share=share, limits=limits)

    def rotate_keys(self, *, drop_old: bool = False) -> int:
        """Seal every pair with a new key; how many pairs there are.

        Args:
            drop_old: Forget the older keys; back-ups sealed with them give their tokens no more.

        Raises:
            KeysUnusable: The ring cannot be written.
            TokensUnreadable: A pair does not open; nothing is changed.
        """
        ring = self.keys() if self.keys().file is None else self.keys().grown()
        count = self.write(lambda work: work.credentials.seal_anew(ring))
        self._keys = ring.only_current() if drop_old else ring
        return count

    def backup(self, file: Path) -> None:
        """Write a back-up while others go on; one SQLite file, whichever database the store is on.

        Raises:
            StoreUnwritable: The file cannot be written; nothing is left of it.
        """
        backup.write(self._database, file)
        self.write(lambda work: work.files.note(file, "backup"))

    def restore(self, file: Path) -> None:
        """Let the store hold what a back-up holds, in one transaction; revisions move, so that caches are emptied.

        Raises:
            NotABackup, StoreTooNew: The file is not for this program; nothing is changed.
        """
        restore.bring_back(self._database, file)

    def forget(self, account_id: int) -> Forgotten:
        """Delete everything of an account: in the store, and in the back-ups in the home.

        The tokens are withdrawn at Trakt by whoever calls this, before.

        Raises:
            NoSuchAccount: There is none.
        """
        now = self.clock.now()
        plays, made_at = self._database.write(lambda connection: forgetting.forget(Unit(connection, now), account_id))
        if isinstance(self._database, Sqlite):
            forgetting.emptied_log(self._database)
        files = [(path, kind) for path, kind in self.read(lambda work: work.files.all()) if path.exists()]
        home = self.home.resolve()
        done = tuple(
            path
            for path, kind in files
            if kind == "backup" and path.is_relative_to(home) and forgetting.cleaned(path, account_id, made_at, now)
        )
        return Forgotten(plays, done, tuple(path for path, _ in files if path not in done))

    def keys(self) -> KeyRing:
        """The key ring, read or made when it is first needed.

        Raises:
            KeysUnusable: It cannot be used.
        """
        if self._keys is None:
            self._keys = KeyRing.of_home(self.home)
        return self._keys

    def holding(self, name: str) -> AbstractContextManager[object]:
        """A lock by name across all processes, that may be held while a request is out; see `Database.holding`."""
        return self._database.holding(name)

    def room(self, name: str) -> Room | None:
        """Space beside the database, to take before something is spent; see `Database.room`."""
        return self._database.room(name)

    def close(self) -> None:
        """Finish what was handed in, and let go of the database."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
