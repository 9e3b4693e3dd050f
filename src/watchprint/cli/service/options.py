"""Options and arguments that several commands share."""

from __future__ import annotations

from typing import Annotated

import typer

from watchprint.cli.service.forms import FORMS

AsJson = Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")]
Token = Annotated[
    str | None,
    typer.Option(
        "--token",
        metavar="TOKEN",
        envvar="WATCHPRINT_TOKEN",
        show_envvar=True,
        help="The user's Trakt access token ('-' reads it from stdin, where no other process sees it); "
        "without it, who is signed in.",
    ),
]
AccountName = Annotated[
    str | None, typer.Option("--account", metavar="NAME", help="The account; without it, the default one.")
]
OneItem = Annotated[str, typer.Argument(metavar="ITEM", help=f"For example {FORMS}.")]
Items = Annotated[list[str], typer.Argument(metavar="ITEM", help=f"One or several, for example {FORMS}.")]
Kind = Annotated[str | None, typer.Option(metavar="KIND", help="Only this kind: movie, show, season or episode.")]
Limit = Annotated[int | None, typer.Option(metavar="N", min=0, help="Most rows in all.")]
ListName = Annotated[str, typer.Argument(metavar="LIST", help="The list's id or slug.")]
Notes = Annotated[str | None, typer.Option(metavar="TEXT", help="Words that stand beside it (VIP).")]
PROGRESS = "How far it was watched [%], 0 to 100."
Sharing = Annotated[
    list[str] | None,
    typer.Option(
        "--share", metavar="NETWORK", help="Post it: twitter, mastodon or tumblr; may be given several times."
    ),
]
