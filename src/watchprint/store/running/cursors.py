"""How far an account has been read: small values by name, stored together with what they led to."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select

from watchprint.store.schema import cursors
from watchprint.store.unit import Unit


class Cursors:
    """The cursors, within one transaction. They are no part of an account's data: its revision does not move."""

    def __init__(self, unit: Unit) -> None:
        self._unit, self._connection = unit, unit.connection

    def get(self, account_id: int, name: str) -> Any:
        """A value (lists, mappings, texts, numbers); None: there is none."""
        mine = (cursors.c.account_id == account_id) & (cursors.c.name == name)
        return self._connection.execute(select(cursors.c.value).where(mine)).scalar()

    def all(self, account_id: int) -> dict[str, Any]:
        """Every value of the account, by name."""
        rows = self._connection.execute(select(cursors).where(cursors.c.account_id == account_id))
        return {row.name: row.value for row in rows}

    def put(self, account_id: int, name: str, value: Any) -> None:
        """Keep a value; None forgets it."""
        if value is None:
            mine = (cursors.c.account_id == account_id) & (cursors.c.name == name)
            self._connection.execute(delete(cursors).where(mine))
            return
        self._unit.lock(account_id)
        row = self._unit.upsert(cursors).values(account_id=account_id, name=name, value=value)
        keys = [cursors.c.account_id, cursors.c.name]
        self._connection.execute(row.on_conflict_do_update(index_elements=keys, set_={"value": row.excluded.value}))
