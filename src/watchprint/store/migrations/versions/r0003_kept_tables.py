"""The rows of large accounts as insights load them, kept ready."""

from __future__ import annotations

from watchprint.store.migrations import frozen

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the table."""
    frozen.run("r0003_kept_tables")
