"""What can be asked on the command line: each option once, and the command that takes them all.

The options are the fields of one dataclass; typer reads them from the signature that is made of it.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, get_type_hints

import typer

from watchprint.cli.service.options import AccountName, AsJson, Token

FINDINGS = "findings"
"""The name that asks for what stands out, over all insights."""
OF_INSIGHTS = (
    "period", "zone", "day_start", "kind", "by", "unit", "of", "counting", "limit", "gap_min", "on", "sort", "genre",
    "show", "country", "language", "network", "decade", "as_trakt_counts", "compare",
)  # fmt: skip
"""What goes to the insight as it is."""
NARROWING = frozenset(
    ["period", "kind", "genre", "show", "country", "language", "network", "decade", "as_trakt_counts"]
)
"""What asks of less than all: Trakt's own figures are of everything, so that they do not stand beside it."""


def _filter(example: str) -> Any:
    return typer.Option(metavar="NAME", help=f"Only this one, as in {example}; may be given several times.")


Texts = list[str] | None
Name = Annotated[
    str | None, typer.Argument(metavar="NAME", help="Which insight, or findings; without it, the list of all.")
]
ExportFile = Annotated[
    Path | None, typer.Option("--export", metavar="FILE.zip", help="Read a Trakt export; no server is asked.")
]
PeriodText = Annotated[
    str | None, typer.Option(metavar="WHEN", help="all, 2024, 2024-05, 'last 30 days', or 2024-01-01..2024-03-31.")
]
Zone = Annotated[
    str | None,
    typer.Option(metavar="ZONE", help="Time zone, as in Europe/Berlin; default: the account's, and UTC for an export."),
]
DayStart = Annotated[str | None, typer.Option(metavar="HH:MM", help="When a day begins; default 04:00.")]
Kind = Annotated[str | None, typer.Option(metavar="KIND", help="movie, episode or show; for ratings also season.")]
By = Annotated[str | None, typer.Option(metavar="WHAT", help="Count and rank by plays, time or titles.")]
Unit = Annotated[str | None, typer.Option(metavar="UNIT", help="For by: year, month or week.")]
Of = Annotated[
    str | None,
    typer.Option(
        metavar="WHAT",
        help="What the rows are: for top show, movie, genre, decade, country, language, network; also for critic, "
        "passport, premiere.",
    ),
]
Counting = Annotated[
    str | None,
    typer.Option(metavar="HOW", help="For top: whole (each genre gets the whole play) or fractional (they share it)."),
]
MostRows = Annotated[int | None, typer.Option(metavar="N", min=1, help="Most rows of a ranking.")]
Gap = Annotated[
    int | None, typer.Option("--gap-min", metavar="MIN", min=1, help="For sessions: the longest pause [min].")
]
On = Annotated[str | None, typer.Option(metavar="MM-DD", help="For on-this-day: which day; default today.")]
Sort = Annotated[
    str | None, typer.Option(metavar="HOW", help="For in-progress: recent, left, time or progress comes first.")
]
AsTraktCounts = Annotated[
    bool | None,
    typer.Option(
        "--as-trakt-counts/--as-watched",
        help="Every row, in days from midnight; or without duplicates and bulk marks, in days from 04:00.",
    ),
]
Compare = Annotated[
    bool | None, typer.Option("--compare/--no-compare", help="Beside the period before (of a period, not of all).")
]
PlaysBehind = Annotated[bool, typer.Option("--plays", help="With --json or --csv: the ids of the plays behind a row.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="Print the rows as CSV, a line each, exactly.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Everything that can be said after `watchprint insights`."""

    name: Name = None
    export: ExportFile = None
    period: PeriodText = None
    zone: Zone = None
    day_start: DayStart = None
    kind: Kind = None
    by: By = None
    unit: Unit = None
    of: Of = None
    counting: Counting = None
    limit: MostRows = None
    gap_min: Gap = None
    on: On = None
    sort: Sort = None
    genre: Annotated[Texts, _filter("crime")] = None
    show: Annotated[Texts, _filter("'Breaking Bad'")] = None
    country: Annotated[Texts, _filter("us")] = None
    language: Annotated[Texts, _filter("en")] = None
    network: Annotated[Texts, _filter("HBO")] = None
    decade: Annotated[Texts, _filter("1990s")] = None
    as_trakt_counts: AsTraktCounts = None
    compare: Compare = None
    plays_behind: PlaysBehind = False
    account: AccountName = None
    token: Token = None
    as_json: AsJson = False
    as_csv: AsCsv = False

    @property
    def said(self) -> dict[str, Any]:
        """What was said of the insight, as `insights.Asked` has it."""
        values = {name: getattr(self, name) for name in OF_INSIGHTS}
        return {name: value for name, value in values.items() if value is not None}


def command(run: Callable[[Question], None]) -> Callable[..., None]:
    """The function that typer calls: an option for each field of `Question`."""

    @wraps(run)
    def taken(**values: Any) -> None:
        run(Question(**values))

    hints = get_type_hints(Question, include_extras=True)
    parameters = [
        inspect.Parameter(
            each.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=None if each.default is MISSING else each.default,
            annotation=hints[each.name],
        )
        for each in fields(Question)
    ]
    del taken.__wrapped__  # typer would read the signature of what is wrapped
    signature = "__signature__"  # what typer asks for instead of the arguments in the code
    setattr(taken, signature, inspect.Signature(parameters))
    taken.__annotations__ = {each.name: hints[each.name] for each in fields(Question)}
    return taken
