"""Which commands there are, in the sections of the help. No command of its own."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import typer
from typer.core import TyperGroup

START = "Start"
KEPT = "Accounts and their copies"
STATISTICS = "What the watching says"
DESK = "A Trakt on your desk"
RECORD = "Record what is watched"
HAVE = "Library, watchlist, favourites"
LISTS = "Lists"
USER = "The user, and titles"
SECTIONS = (START, KEPT, STATISTICS, DESK, RECORD, HAVE, LISTS, USER)


class InSections(TyperGroup):
    """A group whose help lists its commands under the sections that they name (`rich_help_panel`)."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        commands = [(name, self.commands[name]) for name in self.list_commands(ctx)]
        widest = max(len(name) for name, _ in commands)
        room = formatter.width - 6 - widest
        for section, members in groupby(sorted(commands, key=_place), lambda each: _section(each[1])):
            with formatter.section(section or "Commands"):
                formatter.write_dl([(f"{name:<{widest}}", one.get_short_help_str(room)) for name, one in members])


def _section(command: Any) -> str | None:
    return getattr(command, "rich_help_panel", None)


def _place(named: tuple[str, Any]) -> int:
    """Where the section stands; within it, commands stay in their order."""
    section = _section(named[1])
    return SECTIONS.index(section) if section in SECTIONS else len(SECTIONS)


def register(app: typer.Typer) -> None:
    """Add all commands to the tree."""
    from watchprint.cli import demo, doctor, insights, login, sandbox, serve
    from watchprint.cli.copy import accounts, exports, imports, keeping, sending, status, sync, titles
    from watchprint.cli.service import library, profile, shelves, tracking

    for module, section in (
        (demo, START),
        (login, START),
        (doctor, START),
        (accounts, KEPT),
        (status, KEPT),
        (sync, KEPT),
        (exports, KEPT),
        (sending, KEPT),
        (keeping, KEPT),
        (imports, KEPT),
        (titles, KEPT),
        (serve, KEPT),
        (insights, STATISTICS),
        (sandbox, DESK),
        (tracking, RECORD),
        (library, HAVE),
        (shelves, LISTS),
        (profile, USER),
    ):
        module.register(app, section)
