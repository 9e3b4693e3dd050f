"""`watchprint insights`: what the watching says, from an account's copy, an export ZIP, or straight from Trakt.

With --export, or from a copy, no server is asked; with --token nothing is stored. Every number comes from
`watchprint.insights`.
"""

from __future__ import annotations

import typer

from watchprint.cli.insights.asked import FINDINGS, Question, command


def register(app: typer.Typer, section: str) -> None:
    """Add the command."""
    app.command(name="insights", rich_help_panel=section)(command(answered))


def answered(question: Question) -> None:
    """What your watching says about you.

    From the copy of the account, as it was last synced; with --export from a file, with --token straight from Trakt.
    Without a name: the list. `findings`: what stands out in all of them. --csv prints a line a row, exactly, in the
    columns of the insight; lists in a cell are JSON.
    """
    from watchprint.cli.insights import showing, sources

    if question.as_json and question.as_csv:
        raise typer.BadParameter("one of the two: JSON or CSV", param_hint="--csv")
    if question.name is None:
        showing.show_list(question)
    elif question.name == FINDINGS:
        found = sources.findings_of(question)
        showing.show_findings(found, question)
    else:
        answer, stats = sources.answer_of(question.name, question)
        showing.show_answer(answer, stats, question)
