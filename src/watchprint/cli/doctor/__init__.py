"""`watchprint doctor`: each setting, where it comes from, and what is wrong; secrets as dots."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import typer

from watchprint.cli.service.options import AsJson


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        state: "ok"; "note" (works, but know it); "wrong" (something will not work).
        what: What was looked at, and what was found.
        mend: What to do.
    """

    state: Literal["ok", "note", "wrong"]
    what: str
    mend: str = ""


def register(app: typer.Typer, section: str) -> None:
    """Add the command."""
    app.command(rich_help_panel=section)(doctor)


def doctor(as_json: AsJson = False) -> None:
    """Say what is set, and what is wrong.

    Looks at settings, store, sign-ins and Trakt; changes and starts nothing. Ends with 3 when something is wrong.
    """
    import os

    from watchprint.cli.doctor.examining import examine, known_settings
    from watchprint.cli.exits import Exit
    from watchprint.cli.narrate import draw_table, emit_json
    from watchprint.settings import Settings

    as_set = Settings.from_env()
    settings = known_settings(as_set, os.environ)
    findings = examine(settings, as_set)
    wrong = any(finding.state == "wrong" for finding in findings)
    if as_json:
        known = [
            {"name": s.name, "value": s.shown or None, "origin": s.origin, "meaning": s.meaning} for s in settings.all
        ]
        told = [{"state": f.state, "what": f.what, "mend": f.mend or None} for f in findings]
        emit_json({"settings": known, "findings": told, "well": not wrong})
    else:
        rows = [(s.name, s.origin, s.shown or "-") for s in settings.all]
        draw_table(("setting", "from", "value"), rows, title="Settings")
        draw_table(("", "found", "what to do"), ((f.state, f.what, f.mend) for f in findings), title="Findings")
    raise typer.Exit(Exit.NOT_CONFIGURED if wrong else Exit.OK)
