"""Looking at a store from outside: is there one, and whose revision has it. Makes nothing and migrates nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from watchprint.store.engine.opening import database, place_of
from watchprint.store.migrations import migrating
from watchprint.store.migrations.revisions import HEAD


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen.

    Attributes:
        kind: sqlite or postgresql.
        where: The file or the address, without secrets.
        revision: The newest revision it has; None: there is no store yet.
    """

    kind: str
    where: str
    revision: str | None

    @property
    def current(self) -> bool:
        """It is of this program's revision, so that opening it changes nothing."""
        return self.revision == HEAD


def look(*, home: Path, url: str | None = None) -> Look:
    """What is to be seen of the store of a home or an address.

    Raises:
        StoreTooNew, StoreDamaged, StoreUnreachable, StoreUnwritable, StoreBusy: It cannot be used by this program.
    """
    file = place_of(url, home)
    if file is not None and not file.exists():
        return Look("sqlite", str(file), None)
    opened = database(url, home)
    try:
        return Look(opened.kind, opened.where, opened.read(migrating.revision))
    finally:
        opened.close()
