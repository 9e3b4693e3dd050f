"""One account's token pair, kept in the app's own row: what Watchprint calls a TokenSource.

Trakt's refresh tokens are good for one exchange, so that only one task of one process may renew a pair. SQLite's write
lock decides who: `BEGIN IMMEDIATE` on a small file of that account, since the write lock of the database itself would
keep all other accounts waiting while Trakt answers. A process that dies lets go of it. On PostgreSQL or MySQL the row
itself is the lock: `SELECT ... FOR UPDATE`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

from watchprint import TokenExpired, Tokens

LOCK_S: Final = 120
"""Longer than a renewal takes that Trakt answers slowly [s]."""


class AccountTokens:
    """The pair of one account. Its methods block: Watchprint calls them in worker threads.

    Args:
        file: The app's database.
        account_id: Whose.
    """

    def __init__(self, file: Path, account_id: int) -> None:
        self._file, self._id = file, account_id
        self._lock_file = file.with_name(f"{file.name}.account-{account_id}.lock")

    def current(self) -> Tokens:
        """The pair as it is kept now.

        Raises:
            TokenExpired: The account is gone.
        """
        with self._open() as db:
            row = db.execute(
                "SELECT access_token, refresh_token, created_at, expires_in_s FROM tokens WHERE account_id = ?",
                (self._id,),
            ).fetchone()
        if row is None:
            raise TokenExpired("this account is not here any more: sign in again")
        access_token, refresh_token, created_at, expires_in_s = row
        return Tokens(
            access_token, refresh_token, datetime.fromisoformat(created_at) if created_at else None, expires_in_s
        )

    def renewed(self, old: Tokens, new: Tokens) -> None:
        """Keep the new pair, if the old one is still what is kept. It is on the disk when this returns."""
        with self._open() as db:
            db.execute(
                "UPDATE tokens SET access_token = ?, refresh_token = ?, created_at = ?, expires_in_s = ?"
                " WHERE account_id = ? AND access_token = ?",
                (*_row(new), self._id, old.access_token),
            )

    def keep(self, tokens: Tokens) -> None:
        """Keep this pair, whatever was kept before (a sign-in)."""
        with self._open() as db:
            db.execute(
                "INSERT INTO tokens (access_token, refresh_token, created_at, expires_in_s, account_id)"
                " VALUES (?, ?, ?, ?, ?) ON CONFLICT (account_id) DO UPDATE SET"
                " (access_token, refresh_token, created_at, expires_in_s)"
                " = (excluded.access_token, excluded.refresh_token, excluded.created_at, excluded.expires_in_s)",
                (*_row(tokens), self._id),
            )

    @contextmanager
    def lock(self) -> Generator[None]:
        """Exclude everybody else who would renew this pair: tasks, threads, processes."""
        db = sqlite3.connect(self._lock_file, timeout=LOCK_S, isolation_level=None)
        try:
            db.execute("BEGIN IMMEDIATE")
            yield
        finally:
            db.close()

    def forget(self) -> None:
        """Remove what is beside the database."""
        self._lock_file.unlink(missing_ok=True)

    @contextmanager
    def _open(self) -> Generator[sqlite3.Connection]:
        db = sqlite3.connect(self._file, timeout=30)
        try:
            with db:
                yield db
        finally:
            db.close()


def _row(tokens: Tokens) -> tuple[str, str | None, str | None, int | None]:
    at = tokens.created_at
    return tokens.access_token, tokens.refresh_token, at.isoformat() if at else None, tokens.expires_in_s
