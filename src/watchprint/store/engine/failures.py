"""What a database's own error means to whoever uses the store. Never repeats values: they may be secret."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from watchprint.store.errors import StoreBusy, StoreDamaged, StoreError, StoreUnreachable, StoreUnwritable

_BUSY: Final = {5, 6}
_UNWRITABLE: Final = {3, 8, 10, 13, 14, 23}
"""SQLite: no permission, read-only, input or output failed, full, cannot be opened, not authorised."""
_DAMAGED: Final = {11, 26}
RETRIED: Final = frozenset({"40001", "40P01", "23505", "23503"})
"""PostgreSQL: two transactions met (serialization, deadlock, the same new row, a row that went); work is done again."""


def of_sqlite(error: BaseException, where: str) -> StoreError | None:
    """The error in our words; None for one that is a mistake of ours."""
    original = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(original, "sqlite_errorcode", None)
    primary = None if code is None else code & 0xFF
    if primary in _BUSY:
        return StoreBusy(f"The store {where} is held by another program for too long. Try again; nothing was changed.")
    if primary in _UNWRITABLE:
        return StoreUnwritable(
            f"The store {where} cannot be written or read: the disk is full, a limit is reached, or the right is "
            f"missing ({original}). Free some space and check the folder; nothing of this step was kept."
        )
    if primary in _DAMAGED:
        return StoreDamaged(f"The file {where} is no store of Watchprint, or is damaged. Bring back a back-up.")
    if isinstance(original, sqlite3.OperationalError) and primary is None:
        return StoreUnwritable(f"The store {where} cannot be used: {original}.")
    return None


def of_postgres(error: BaseException, where: str) -> StoreError | None:
    """The error in our words; None for one that is a mistake of ours."""
    if isinstance(error, PoolTimeout):
        return StoreBusy(f"All connections to {where} are in use for too long. Try again; nothing was changed.")
    state = sqlstate(error)
    if state is None or state.startswith(("08", "28", "3D", "57P")):
        return StoreUnreachable(
            f"The database {where} does not answer or lets nobody in: check WATCHPRINT_DATABASE_URL."
        )
    if state in RETRIED or state == "55P03":
        return StoreBusy(f"Others were at the same rows of {where} again and again. Try again; nothing was changed.")
    if state.startswith("53") or state in {"25006", "58030"}:
        return StoreUnwritable(
            f"The database {where} has no space or no right to write ({state}). Nothing of this step was kept."
        )
    return None


def sqlstate(error: BaseException) -> str | None:
    """PostgreSQL's code of what happened; None when it never answered."""
    state = getattr(getattr(error, "orig", error), "sqlstate", None)
    return str(state) if state else None


@contextmanager
def in_our_words(kind: str, where: str) -> Generator[None]:
    """Errors of the database that is used inside come out as ours."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        ours = (of_postgres if kind == "postgresql" else of_sqlite)(error, where)
        if ours is None:
            raise
        raise ours from error
