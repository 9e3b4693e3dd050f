"""What Alembic runs for every command: the revisions, in the transaction that was handed in and in no other."""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
