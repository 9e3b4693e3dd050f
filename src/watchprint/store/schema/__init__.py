"""The tables as they are now. How a store of an older revision becomes this is said in `migrations`."""

from __future__ import annotations

from watchprint.store.schema.accounts import account_zones, accounts, credentials
from watchprint.store.schema.columns import metadata
from watchprint.store.schema.imports import import_changes, imports
from watchprint.store.schema.plays import play_sources, plays
from watchprint.store.schema.running import (
    budgets,
    counters,
    cursors,
    first_answers,
    kept_tables,
    leases,
    schema_versions,
    written_files,
)
from watchprint.store.schema.shelves import lists, playback, ratings, shelf_entries, watching
from watchprint.store.schema.titles import title_aliases, title_facts, title_ids, titles

__all__ = [
    "account_zones",
    "accounts",
    "budgets",
    "counters",
    "credentials",
    "cursors",
    "first_answers",
    "import_changes",
    "imports",
    "kept_tables",
    "leases",
    "lists",
    "metadata",
    "play_sources",
    "playback",
    "plays",
    "ratings",
    "schema_versions",
    "shelf_entries",
    "title_aliases",
    "title_facts",
    "title_ids",
    "titles",
    "watching",
    "written_files",
]
