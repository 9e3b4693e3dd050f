"""The store: the one truth of what is kept, on SQLite or PostgreSQL. Values in and out; it never asks Trakt."""

from __future__ import annotations

from watchprint.store.errors import (
    NotABackup,
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreTooNew,
    StoreUnreachable,
    StoreUnwritable,
    UnknownRow,
    WrongState,
)
from watchprint.store.store import Store
from watchprint.store.work import Work

__all__ = [
    "NotABackup",
    "Store",
    "StoreBusy",
    "StoreDamaged",
    "StoreError",
    "StoreTooNew",
    "StoreUnreachable",
    "StoreUnwritable",
    "UnknownRow",
    "Work",
    "WrongState",
]
