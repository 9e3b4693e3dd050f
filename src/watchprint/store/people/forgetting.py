"""Forgetting an account: every row of it, here and in the back-ups of this home; what is out of reach is named.

Whoever calls this withdraws the tokens at Trakt first. It leaves other accounts as they are.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, func, select, update

from watchprint.store.engine.sqlite import Sqlite
from watchprint.store.errors import StoreError
from watchprint.store.keeping.backup import alone
from watchprint.store.keeping.purging import forget_titles
from watchprint.store.schema import accounts, budgets, first_answers, leases, plays
from watchprint.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What is gone.

    Attributes:
        plays: How many plays there were.
        cleaned: Back-ups in the home that the account was taken out of.
        elsewhere: Files that this program wrote and cannot reach or clean; whoever has them removes them by hand.
    """

    plays: int
    cleaned: tuple[Path, ...] = ()
    elsewhere: tuple[Path, ...] = ()


def forget(unit: Unit, account_id: int) -> tuple[int, datetime]:
    """Delete every row of the account; how many plays there were, and when the account was made.

    Raises:
        NoSuchAccount: There is none.
    """
    connection = unit.connection
    unit.lock(account_id)
    made_at = connection.execute(select(accounts.c.created_at).where(accounts.c.id == account_id)).scalar_one()
    counted = select(func.count()).select_from(plays).where(plays.c.account_id == account_id)
    count: int = connection.execute(counted).scalar_one()
    connection.execute(delete(plays).where(plays.c.account_id == account_id))
    connection.execute(delete(accounts).where(accounts.c.id == account_id))
    connection.execute(delete(first_answers).where(first_answers.c.account_id == account_id))
    connection.execute(delete(budgets).where(budgets.c.account == f"account {account_id}"))
    connection.execute(delete(leases).where(leases.c.name.like(f"% {account_id}")))
    _another_default(unit)
    forget_titles(unit)
    return count, made_at


def _another_default(unit: Unit) -> None:
    connection = unit.connection
    if connection.execute(select(accounts.c.id).where(accounts.c.is_default)).first() is None:
        first = select(func.min(accounts.c.id)).scalar_subquery()
        connection.execute(update(accounts).where(accounts.c.id == first).values(is_default=True))


def cleaned(file: Path, account_id: int, made_at: datetime, now: datetime) -> bool:
    """Take the account out of a back-up; False where that cannot be done."""
    try:
        with alone(file) as backup:
            backup.write(lambda connection: _forgotten_there(Unit(connection, now), account_id, made_at))
    except StoreError:
        return False
    return True


def _forgotten_there(unit: Unit, account_id: int, made_at: datetime) -> None:
    """The account, if it is the same one there: a number alone may be another installation's."""
    same = select(accounts.c.id).where(accounts.c.id == account_id, accounts.c.created_at == made_at)
    if unit.connection.execute(same).first() is not None:
        forget(unit, account_id)


def emptied_log(database: Sqlite) -> None:
    """Leave nothing of what was deleted in SQLite's log."""
    with closing(sqlite3.connect(database.path, isolation_level=None, timeout=30)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
