"""One account's token pair in the app's own row: what Watchprint calls a TokenSource.

Trakt's refresh tokens are good for one exchange, so that only one thread of one process may renew a pair. The row
decides who: `SELECT ... FOR UPDATE`, held while Trakt answers. SQLite has no row locks; there the transaction begins
with the database's write lock (`transaction_mode` in settings.py), which keeps other writers waiting, not readers.
"""

from __future__ import annotations

import threading
from collections.abc import Generator
from contextlib import contextmanager

from django.db import connection, transaction

from watchdiary.accounts.models import TraktAccount
from watchprint import TokenExpired, Tokens


class RowTokens:
    """The pair of one account, for any number of threads.

    Args:
        account_id: Whose.
    """

    def __init__(self, account_id: int) -> None:
        self._id = account_id
        self._here = threading.local()

    @property
    def _locked(self) -> TraktAccount | None:
        """The row that this thread has locked."""
        row: TraktAccount | None = getattr(self._here, "row", None)
        return row

    def current(self) -> Tokens:
        """The pair as it is kept now.

        Raises:
            TokenExpired: There is none: the user signed out, or is gone.
        """
        if (locked := self._locked) is not None:
            return locked.tokens
        with _own_connection():
            row = TraktAccount.objects.filter(pk=self._id).first()
        if row is None:
            raise TokenExpired("this account is not here any more: sign in again")
        return row.tokens

    def renewed(self, old: Tokens, new: Tokens) -> None:
        """Keep the new pair in the row that `lock` holds. It is on the disk when the lock is left."""
        self.keep(new)

    def keep(self, tokens: Tokens | None) -> None:
        """Keep this pair, inside `lock`, whatever was kept before (a sign-in); None: no pair (signed out)."""
        locked = self._locked
        assert locked is not None, "a pair is kept inside lock()"
        locked.keep(tokens)

    @contextmanager
    def lock(self) -> Generator[None]:
        """Exclude everybody else who would renew this pair: threads, processes, machines.

        `durable`: never inside a larger transaction, whose failure would take the new pair with it (so no
        ATOMIC_REQUESTS). And an error inside rolls nothing back: what Trakt has taken is spent.

        Raises:
            TokenExpired: The account is gone.
        """
        failed: BaseException | None = None
        with _own_connection(), transaction.atomic(durable=True):
            self._here.row = TraktAccount.objects.select_for_update().filter(pk=self._id).first()
            if self._here.row is None:
                raise TokenExpired("this account is not here any more: sign in again")
            try:
                yield
            except BaseException as error:
                failed = error
            finally:
                self._here.row = None
        if failed is not None:
            raise failed


@contextmanager
def _own_connection() -> Generator[None]:
    """Who opens a connection closes it.

    Django does so at the end of a request, in the request's own thread; Watchprint reads pages in threads of its own.
    """
    opened_before = connection.connection is not None
    try:
        yield
    finally:
        if not opened_before:
            connection.close()
