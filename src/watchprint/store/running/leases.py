"""Leases: who does a thing now, among processes that share nothing but the store. A dead holder's lease runs out."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import Executable, bindparam, delete, select, update

from watchprint.store.schema import leases
from watchprint.store.unit import Unit, upsert


@cache
def _claim(kind: str) -> Executable:
    """The statement, made once: leases are claimed all the time."""
    columns = {name: bindparam(f"b_{name}", type_=leases.c[name].type) for name in ("name", "holder", "until_at")}
    taken = upsert(kind, leases).values(columns)
    free = (leases.c.until_at <= bindparam("b_now")) | (leases.c.holder == columns["holder"])
    set_ = {"holder": taken.excluded.holder, "until_at": taken.excluded.until_at}
    mine = taken.on_conflict_do_update(index_elements=[leases.c.name], set_=set_, where=free)
    return mine.returning(leases.c.holder)


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
        until_at = self._unit.now + timedelta(seconds=for_s)
        values = {"b_name": name, "b_holder": holder, "b_until_at": until_at, "b_now": self._unit.now}
        return self._connection.execute(_claim(self._unit.kind), values).first() is not None

    def renew(self, name: str, holder: str, for_s: float) -> bool:
        """Go on with one's own lease, also with one that has run out; False where it is another's by now, or gone.

        Args:
            for_s: How long it holds from now [s].
        """
        mine = update(leases).where(leases.c.name == name, leases.c.holder == holder)
        until_at = self._unit.now + timedelta(seconds=for_s)
        return self._connection.execute(mine.values(until_at=until_at)).rowcount == 1

    def drop(self, name: str) -> None:
        """Let nobody hold a lease any more: whoever goes on with it is told."""
        self._connection.execute(delete(leases).where(leases.c.name == name))

    def release(self, name: str, holder: str) -> None:
        """Let a lease go, if it is still one's own."""
        self._connection.execute(delete(leases).where(leases.c.name == name, leases.c.holder == holder))

    def holder(self, name: str) -> tuple[str, datetime] | None:
        """Who holds a lease, and until when; None: nobody."""
        where = (leases.c.name == name) & (leases.c.until_at > self._unit.now)
        found = self._connection.execute(select(leases.c.holder, leases.c.until_at).where(where)).first()
        return None if found is None else (found.holder, found.until_at)
