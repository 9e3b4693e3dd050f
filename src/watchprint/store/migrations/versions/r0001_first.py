"""The first tables."""

from __future__ import annotations

from watchprint.store.migrations import frozen

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make them."""
    frozen.run("r0001_first")
