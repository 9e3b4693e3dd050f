"""The app's database: accounts with their token pair, sessions of browsers, and sign-ins that were begun.

Plain SQLite. Every call opens its own connection, so that threads and processes share nothing but the file; async code
calls them in a worker thread. Tokens leave this module to Trakt only, and sessions are kept as hashes: who reads the
file cannot take one over.
"""

from __future__ import annotations

import secrets
import sqlite3
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from mediaapp.tokens import AccountTokens
from watchprint import Tokens

SESSION_S: Final = 30 * 86_400
SIGN_IN_S: Final = 600
_TABLES: Final = """
CREATE TABLE IF NOT EXISTS accounts (
    id INTEGER PRIMARY KEY, trakt_uuid TEXT NOT NULL UNIQUE, slug TEXT NOT NULL, name TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS tokens (
    account_id INTEGER PRIMARY KEY REFERENCES accounts ON DELETE CASCADE,
    access_token TEXT NOT NULL, refresh_token TEXT, created_at TEXT, expires_in_s INTEGER
);
CREATE TABLE IF NOT EXISTS sessions (
    hash TEXT PRIMARY KEY, account_id INTEGER NOT NULL REFERENCES accounts ON DELETE CASCADE, ends_at_s REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS sign_ins (state_hash TEXT PRIMARY KEY, verifier TEXT NOT NULL, ends_at_s REAL NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who signed in.

    Attributes:
        id: This app's own id.
        slug: Their name in Trakt's addresses; they may change it.
        name: What to call them.
    """

    id: int
    slug: str
    name: str


class Accounts:
    """Everybody who signed in.

    Args:
        file: The database; made, for its owner alone, where it is not there.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        file.touch(mode=0o600)
        with self._open() as db:
            db.execute("PRAGMA journal_mode = WAL")
            db.executescript(_TABLES)

    # --- accounts and their tokens

    def signed_in(self, trakt_uuid: str, slug: str, name: str, tokens: Tokens) -> Account:
        """The account of this Trakt user, new or known, with the pair that this sign-in brought."""
        with self._open() as db:
            [account_id] = db.execute(
                "INSERT INTO accounts (trakt_uuid, slug, name) VALUES (?, ?, ?)"
                " ON CONFLICT (trakt_uuid) DO UPDATE SET slug = excluded.slug, name = excluded.name RETURNING id",
                (trakt_uuid, slug, name),
            ).fetchone()
        source = self.tokens(account_id)
        with source.lock():  # a renewal that is under way must not write its pair over this one
            source.keep(tokens)
        return Account(account_id, slug, name)

    def tokens(self, account_id: int) -> AccountTokens:
        """The source of that account's tokens."""
        return AccountTokens(self._file, account_id)

    def forget(self, account_id: int) -> None:
        """Remove the account, its tokens and its sessions."""
        with self._open() as db:
            db.execute("DELETE FROM accounts WHERE id = ?", (account_id,))
        self.tokens(account_id).forget()

    # --- sessions

    def new_session(self, account_id: int) -> str:
        """The secret that the browser keeps."""
        session = secrets.token_urlsafe(32)
        with self._open() as db:
            db.execute("DELETE FROM sessions WHERE ends_at_s < ?", (time.time(),))
            db.execute("INSERT INTO sessions VALUES (?, ?, ?)", (_hash(session), account_id, time.time() + SESSION_S))
        return session

    def of_session(self, session: str) -> Account | None:
        """Whose session this is; None: it ended, or never was."""
        with self._open() as db:
            row = db.execute(
                "SELECT id, slug, name FROM sessions JOIN accounts ON id = account_id WHERE hash = ? AND ends_at_s > ?",
                (_hash(session), time.time()),
            ).fetchone()
        return Account(*row) if row else None

    def end_session(self, session: str) -> None:
        """Sign this browser out."""
        with self._open() as db:
            db.execute("DELETE FROM sessions WHERE hash = ?", (_hash(session),))

    # --- sign-ins

    def begin_sign_in(self, state: str, verifier: str) -> None:
        """Remember the proof of a sign-in until its browser comes back."""
        with self._open() as db:
            db.execute("DELETE FROM sign_ins WHERE ends_at_s < ?", (time.time(),))
            db.execute("INSERT INTO sign_ins VALUES (?, ?, ?)", (_hash(state), verifier, time.time() + SIGN_IN_S))

    def end_sign_in(self, state: str) -> str | None:
        """The proof, once; None: there is no such sign-in, or it took too long."""
        with self._open() as db:
            row = db.execute(
                "DELETE FROM sign_ins WHERE state_hash = ? RETURNING verifier, ends_at_s", (_hash(state),)
            ).fetchone()
        return row[0] if row and row[1] > time.time() else None

    @contextmanager
    def _open(self) -> Generator[sqlite3.Connection]:
        """A connection; what is done with it is committed at the end, or not at all."""
        db = sqlite3.connect(self._file, timeout=30)
        try:
            db.execute("PRAGMA foreign_keys = ON")
            with db:
                yield db
        finally:
            db.close()


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
