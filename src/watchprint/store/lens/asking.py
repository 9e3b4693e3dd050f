"""How each database is asked for an account's rows: SQLite over its own connection, PostgreSQL over a driver."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

import pyarrow as pa
from sqlalchemy import URL, Connection, select

from watchprint.identity.errors import NoSuchAccount
from watchprint.store.errors import StoreUnreachable
from watchprint.store.lens.changes import AccountChanges
from watchprint.store.lens.columns import Form, of_postgres, of_sqlite
from watchprint.store.lens.loading import AccountRows, AccountTables, Ask
from watchprint.store.schema import accounts

Made = TypeVar("Made", AccountRows, AccountTables, AccountChanges | None)
Make = Callable[[Ask, int, int], Made]


def from_sqlite(connection: Connection, account_id: int, make: Make[Made]) -> Made:
    """The account's rows, over a connection that has its snapshot."""
    revision = connection.execute(select(accounts.c.revision).where(accounts.c.id == account_id)).scalar()
    if revision is None:
        raise _nobody(account_id)

    def ask(columns: Mapping[str, Form], rest: str, *, head: str = "") -> pa.Table:
        return of_sqlite(connection, columns, rest, head=head, account=account_id)

    return make(ask, account_id, revision)


def from_postgres(url: URL, account_id: int, make: Make[Made]) -> Made:
    """The account's rows, in one read-only transaction of the driver's."""
    import adbc_driver_manager
    from adbc_driver_postgresql import dbapi

    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    try:
        with dbapi.connect(address) as connection, connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute(f"SELECT revision FROM accounts WHERE id = {int(account_id)}")
            found = cursor.fetchone()
            if found is None:
                raise _nobody(account_id)

            def ask(columns: Mapping[str, Form], rest: str, *, head: str = "") -> pa.Table:
                return of_postgres(cursor, columns, rest, head=head, account=account_id)

            return make(ask, account_id, found[0])
    except adbc_driver_manager.Error as error:
        raise StoreUnreachable("The database does not answer. Check WATCHPRINT_DATABASE_URL.") from error


def _nobody(account_id: int) -> NoSuchAccount:
    return NoSuchAccount(f"There is no account number {account_id}; it may have been forgotten.")
