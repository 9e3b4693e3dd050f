"""Which commands there are: every module's `register`, in the order of the help."""

from __future__ import annotations

import typer


def register(app: typer.Typer) -> None:
    """Add all commands to the tree."""
    from watchprint.cli import demo, doctor, insights, login, sandbox
    from watchprint.cli.service import library, profile, shelves, tracking

    for module in (demo, login, doctor, insights, sandbox, tracking, library, shelves, profile):
        module.register(app)
