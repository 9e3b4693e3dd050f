"""A store for each test, on both databases, and an account in it."""

from __future__ import annotations

import pytest

from tests.store.conftest import place, postgres, store, template
from watchprint.store import Store

__all__ = ["place", "postgres", "store", "template"]


@pytest.fixture
def ann(store: Store) -> int:
    """A local account in Berlin."""
    return store.write(lambda work: work.accounts.create("ann", zone="Europe/Berlin")).id
