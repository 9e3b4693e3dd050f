"""Leases: who does a thing now, among processes that share nothing but the store. A dead holder's lease runs out."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from watchprint.store.schema import leases
from watchprint.store.unit import Unit


class Leases:
    """The leases, within one transaction."""

    def __init__(self, unit: Unit) -> None:
        self._unit, self._connection = unit, unit.connection

    def claim(self, name: str, holder: str, for_s: float) -> bool:
        """Take a lease, or go on with one's own; False where another holds it.

        Args:
            name: What is done, such as "sync 7".
            holder: Who does it; unique among processes.
            for_s: How long it holds unless it is renewed [s].
        """
        now, until_at = self._unit.now, self._unit.now + timedelta(seconds=for_s)
        taken = self._unit.upsert(leases).values(name=name, holder=holder, until_at=until_at)
        free = (leases.c.until_at <= now) | (leases.c.holder == holder)
        mine = taken.on_conflict_do_update(
            index_elements=[leases.c.name],
            set_={"holder": taken.excluded.holder, "until_at": taken.excluded.until_at},
            where=free,
        ).returning(leases.c.holder)
        return self._connection.execute(mine).first() is not None

    def release(self, name: str, holder: str) -> None:
        """Let a lease go, if it is still one's own."""
        self._connection.execute(delete(leases).where(leases.c.name == name, leases.c.holder == holder))

    def holder(self, name: str) -> tuple[str, datetime] | None:
        """Who holds a lease, and until when; None: nobody."""
        where = (leases.c.name == name) & (leases.c.until_at > self._unit.now)
        found = self._connection.execute(select(leases.c.holder, leases.c.until_at).where(where)).first()
        return None if found is None else (found.holder, found.until_at)
