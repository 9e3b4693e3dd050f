"""What can go wrong with the store; each text says what to do.

StoreError
├── StoreTooNew       a newer program has changed the store: this one must not touch it
├── StoreUnwritable   no space, no right to write, or the disk failed; nothing of the work was kept
├── StoreBusy         others held it for longer than anybody should wait
├── StoreUnreachable  the database server does not answer
├── StoreDamaged      the file is no database, or is broken
├── NotABackup        the file is no back-up of a store
├── WrongState        a play is not in a state that allows this
└── UnknownRow        nothing has that id
"""

from __future__ import annotations


class StoreError(Exception):
    """Something about the store."""


class StoreTooNew(StoreError):
    """The store was changed by a newer program.

    Attributes:
        needs_version: The version of Watchprint that can open it.
    """

    def __init__(self, message: str, needs_version: str) -> None:
        super().__init__(message)
        self.needs_version = needs_version


class StoreUnwritable(StoreError):
    """The store cannot be written; nothing of the work was kept."""


class StoreBusy(StoreError):
    """Others held the store for too long; nothing of the work was kept."""


class StoreUnreachable(StoreError):
    """The database server cannot be reached."""


class StoreDamaged(StoreError):
    """The file is no database, or is broken."""


class NotABackup(StoreError):
    """The file is no back-up of a store."""


class WrongState(StoreError):
    """A play is not in a state that allows this."""


class UnknownRow(StoreError):
    """Nothing has that id."""
