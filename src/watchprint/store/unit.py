"""One transaction: its connection, its instant, and which accounts it changes.

Every repository works through one of these. It never begins or ends a transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, TypeVar

import msgspec
from sqlalchemy import ARRAY, ColumnElement, Connection, Table, any_, cast, func, select, tuple_, union, update

from watchprint.identity.errors import NoSuchAccount
from watchprint.store.engine.many import changing, inserting, write_many
from watchprint.store.schema import accounts, cursors, playback, plays, ratings, shelf_entries, titles

if TYPE_CHECKING:
    from sqlalchemy.dialects.postgresql import Insert as PostgresInsert
    from sqlalchemy.dialects.sqlite import Insert as SqliteInsert

T = TypeVar("T")

AT_ONCE: Final = 1000
"""Values in one statement."""


@dataclass(slots=True)
class Unit:
    """A transaction at work.

    Args:
        connection: Where it happens.
        now: The instant it counts as, by the store's clock.

    Attributes:
        import_id: The import that changes are noted under, so that they can be undone.
        merged: The titles into which others were merged here.
        touched: The rows that imports before this one have noted, by account and kind, where that was asked.
        unheard: The titles that are new here and of which nobody has said anything yet.
        made_titles: The titles that are new here, to which nothing referred before.
    """

    connection: Connection
    now: datetime
    import_id: int | None = None
    merged: list[int] = field(default_factory=list)
    made_titles: set[int] = field(default_factory=set)
    unheard: set[int] = field(default_factory=set)
    touched: dict[tuple[int, str], set[str]] = field(default_factory=dict)
    _revisions: dict[int, int] = field(default_factory=dict)
    _locked: set[int] = field(default_factory=set)
    _titles: set[int] = field(default_factory=set)

    @property
    def kind(self) -> str:
        """sqlite or postgresql."""
        return self.connection.dialect.name

    def lock(self, account_id: int) -> None:
        """Exclude other transactions that change this account, until this one ends.

        Raises:
            NoSuchAccount: There is none.
        """
        if account_id in self._locked:
            return
        found = self.connection.execute(select(accounts.c.id).where(accounts.c.id == account_id).with_for_update())
        if found.first() is None:
            raise NoSuchAccount(f"There is no account number {account_id}; it may have been forgotten.")
        self._locked.add(account_id)

    def changing(self, account_id: int) -> int:
        """The account's new revision, which the rows changed here carry; it moves once a transaction."""
        if account_id not in self._revisions:
            self.lock(account_id)
            moved = (
                update(accounts)
                .where(accounts.c.id == account_id)
                .values(revision=accounts.c.revision + 1)
                .returning(accounts.c.revision)
            )
            self._revisions[account_id] = self.connection.execute(moved).scalar_one()
        return self._revisions[account_id]

    def title_changed(self, title_ids: Iterable[int]) -> None:
        """What is known of these titles has changed, and so have the accounts that refer to them."""
        self._titles.update(title_ids)

    @property
    def changed_titles(self) -> set[int]:
        """The titles of which something else is known than before the transaction, new ones among them."""
        return self._titles

    def finish(self) -> None:
        """Move the revisions of the accounts whose titles have changed, and note there that it was because of titles.

        Those of accounts that refer to another episode of the same show move too: what is left of it has changed.
        """
        touched: set[int] = set()
        for some in chunks(sorted(self._titles - self.made_titles)):
            these = (
                select(titles.c.id)
                .where(
                    self.among(titles.c.id, some)
                    | self.among(titles.c.show_id, some)
                    | titles.c.show_id.in_(select(titles.c.show_id).where(self.among(titles.c.id, some)))
                )
                .scalar_subquery()
            )
            referring = [
                select(table.c.account_id).where(table.c.title_id.in_(these))
                for table in (plays, ratings, shelf_entries, playback)
            ]
            touched.update(self.connection.execute(union(*referring)).scalars())
        for account_id in sorted(touched):
            self._note_titles(account_id, self.changing(account_id))

    def _note_titles(self, account_id: int, revision: int) -> None:
        row = self.upsert(cursors).values(account_id=account_id, name="titles", value=revision)
        keys = [cursors.c.account_id, cursors.c.name]
        self.connection.execute(row.on_conflict_do_update(index_elements=keys, set_={"value": row.excluded.value}))

    def upsert(self, table: Table) -> SqliteInsert | PostgresInsert:
        """An insert that can say what to do with a row that is there already."""
        return upsert(self.kind, table)

    def among(self, column: ColumnElement[Any], values: Collection[int] | Collection[str]) -> ColumnElement[bool]:
        """The column has one of these values: for many of them, as one parameter where that is faster."""
        if self.kind != "sqlite":
            return column == any_(cast(list(values), ARRAY(column.type)))
        listed = func.json_each(msgspec.json.encode(list(values)).decode()).table_valued("value")
        return column.in_(select(listed.c.value))

    def among_rows(
        self, columns: Sequence[ColumnElement[Any]], rows: Sequence[Sequence[int | str | None]]
    ) -> ColumnElement[bool]:
        """The columns together have one of these rows of values."""
        if self.kind == "sqlite":
            return tuple_(*columns).in_(rows)
        arrays = [cast(list(each), ARRAY(of.type)) for each, of in zip(zip(*rows, strict=True), columns, strict=True)]
        names = [f"c{n}" for n in range(len(columns))]
        table = func.unnest(*arrays).table_valued(*names).render_derived()
        return tuple_(*columns).in_(select(*(table.c[name] for name in names)))

    def insert(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Add the rows, which all name the same columns."""
        if rows:
            write_many(self.connection, inserting(self.kind, table, tuple(rows[0])), table, rows)

    def change(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Change the rows of these ids, which all name the same columns."""
        if rows:
            names = (*(name for name in rows[0] if name != "id"), "id")
            write_many(self.connection, changing(self.kind, table, names), table, rows)


def upsert(kind: str, table: Table) -> SqliteInsert | PostgresInsert:
    """An insert for a kind of database, that can say what to do with a row that is there already."""
    if kind == "sqlite":
        from sqlalchemy.dialects import sqlite

        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # slow to load, and of no use on SQLite

    return postgresql.insert(table)


def chunks(values: Iterable[T], size: int = AT_ONCE) -> Iterator[list[T]]:
    """The values, some at a time."""
    rest = iter(values)
    while some := list(islice(rest, size)):
        yield some
