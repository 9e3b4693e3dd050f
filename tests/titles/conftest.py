"""A store for each test, once on SQLite and once on PostgreSQL, and in it an account to which plays can be given."""

from __future__ import annotations

import pytest

from tests.store.conftest import place, postgres, store, template
from tests.titles.shelf import Viewer
from watchprint.store import Store

__all__ = ["place", "postgres", "store", "template"]


@pytest.fixture
def ann(store: Store) -> Viewer:
    """An account without plays."""
    return Viewer(store, store.write(lambda work: work.accounts.create("ann")).id)
