"""What was answered to writes that may be sent again."""

from __future__ import annotations

from watchprint.store.migrations import frozen

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table."""
    frozen.run("r0002_first_answers")
