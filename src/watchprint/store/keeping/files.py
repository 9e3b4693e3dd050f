"""Files that this program wrote outside of the store: back-ups, exports. So that forgetting can name them."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from sqlalchemy import delete, select

from watchprint.store.schema import written_files
from watchprint.store.unit import Unit

FileKind = Literal["backup", "export"]


class Files:
    """The files, within one transaction."""

    def __init__(self, unit: Unit) -> None:
        self._unit, self._connection = unit, unit.connection

    def note(self, path: Path, kind: FileKind) -> None:
        """Remember that a file was written."""
        row = {"path": str(path.resolve()), "kind": kind, "written_at": self._unit.now}
        insert = self._unit.upsert(written_files).values(row)
        known = {"kind": kind, "written_at": self._unit.now}
        self._connection.execute(insert.on_conflict_do_update(index_elements=[written_files.c.path], set_=known))

    def all(self) -> list[tuple[Path, FileKind]]:
        """The files that were written, oldest first; some may be gone."""
        rows = self._connection.execute(
            select(written_files).order_by(written_files.c.written_at, written_files.c.path)
        )
        return [(Path(row.path), row.kind) for row in rows]

    def drop(self, path: Path) -> None:
        """Forget a file that is gone."""
        self._connection.execute(delete(written_files).where(written_files.c.path == str(path)))
