"""An account with everything that can be kept of one, on both databases."""

from __future__ import annotations

import pytest

from tests.exporting.person import a_full_account
from tests.store.conftest import place, postgres, store, template
from watchprint.store import Store

__all__ = ["place", "postgres", "store", "template"]


@pytest.fixture
def ann(store: Store) -> int:
    """A person who has something of everything."""
    return a_full_account(store)
