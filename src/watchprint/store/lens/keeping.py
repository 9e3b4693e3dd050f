"""An account's tables as they are loaded, kept ready in the store: Arrow's own form, compressed, of one revision.

They are a copy of what the store holds in rows, good only together with what has changed since; whoever cannot use them
reads the rows. Never the only place of anything.
"""

from __future__ import annotations

from typing import Final

import pyarrow as pa
from sqlalchemy import select

from watchprint.store.lens.columns import uuids
from watchprint.store.lens.loading import AccountTables
from watchprint.store.schema import accounts, kept_tables
from watchprint.store.unit import Unit

FORM: Final = "1"
"""Moves with every change of the columns, so that no program reads another one's tables."""


def packed(tables: AccountTables) -> bytes:
    """The three tables as bytes; the ids of plays in 16 bytes each."""
    ids = uuids(tables.plays.column("play_id").combine_chunks())
    plays = tables.plays.set_column(tables.plays.column_names.index("play_id"), "play_id", ids)
    options = pa.ipc.IpcWriteOptions(compression="lz4")
    sink = pa.BufferOutputStream()
    for table in (plays, tables.titles, tables.ratings):
        with pa.ipc.new_stream(sink, table.schema, options=options) as stream:
            stream.write_table(table.combine_chunks())
    return bytes(sink.getvalue())


def unpacked(content: bytes, revision: int) -> AccountTables:
    """The tables out of their bytes."""
    source, alone = pa.BufferReader(content), pa.ipc.IpcReadOptions(use_threads=False)
    # The system gets back at once what was taken of it; Arrow's own pool would keep it for itself.
    pool = pa.system_memory_pool()
    plays, titles, ratings = (pa.ipc.open_stream(source, options=alone, memory_pool=pool).read_all() for _ in range(3))
    return AccountTables(revision, plays, titles, ratings)


def keep(unit: Unit, account_id: int, revision: int, content: bytes) -> bool:
    """Keep an account's tables, unless the account has moved on; whether they are kept."""
    unit.lock(account_id)
    now = unit.connection.execute(select(accounts.c.revision).where(accounts.c.id == account_id)).scalar_one()
    if now != revision:
        return False
    row = unit.upsert(kept_tables).values(account_id=account_id, revision=revision, form=FORM, content=content)
    moved = {name: row.excluded[name] for name in ("revision", "form", "content")}
    unit.connection.execute(row.on_conflict_do_update(index_elements=["account_id"], set_=moved))
    return True


def kept(unit: Unit, account_id: int) -> AccountTables | None:
    """The account's tables as they were kept; None where there are none that this program can read."""
    asked = select(kept_tables.c.revision, kept_tables.c.content)
    mine = asked.where(kept_tables.c.account_id == account_id, kept_tables.c.form == FORM)
    found = unit.connection.execute(mine).first()
    return None if found is None else unpacked(found.content, found.revision)
