"""Which commands there are, in the sections of the help. No command of its own."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import typer
from typer.core import TyperGroup

START = "Start"
STATISTICS = "What the watching says"
DESK = "A Trakt on your desk"
RECORD = "Record what is watched"
HAVE = "Library, watchlist, favourites"
LISTS = "Lists"
USER = "The user, and titles"


class InSections(TyperGroup):
    """A group whose help lists its commands under the sections that they name (`rich_help_panel`)."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        commands = [(name, self.commands[name]) for name in self.list_commands(ctx)]
        widest = max(len(name) for name, _ in commands)
        room = formatter.width - 6 - widest
        for section, members in groupby(commands, lambda each: getattr(each[1], "rich_help_panel", None)):
            with formatter.section(section or "Commands"):
                formatter.write_dl([(f"{name:<{widest}}", one.get_short_help_str(room)) for name, one in members])


def register(app: typer.Typer) -> None:
    """Add all commands to the tree."""
    from watchprint.cli import demo, doctor, insights, login, sandbox
    from watchprint.cli.service import library, profile, shelves, tracking

    for module, section in (
        (demo, START),
        (login, START),
        (doctor, START),
        (insights, STATISTICS),
        (sandbox, DESK),
        (tracking, RECORD),
        (library, HAVE),
        (shelves, LISTS),
        (profile, USER),
    ):
        module.register(app, section)
