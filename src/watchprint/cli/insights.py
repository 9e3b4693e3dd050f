"""`watchprint insights`: what the watching says, from an account's copy, an export ZIP, or straight from Trakt.

With --export, or from a copy, no server is asked; with --token nothing is stored. Every number comes from
`watchprint.insights`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from watchprint.cli.service.options import AccountName, AsJson, Token

if TYPE_CHECKING:
    from watchprint.insights import Answer


def register(app: typer.Typer, section: str) -> None:
    """Add the command."""
    app.command(rich_help_panel=section)(insights)


def _filter(example: str) -> Any:
    return typer.Option(metavar="NAME", help=f"Only this one, as in {example}; may be given several times.")


Name = Annotated[str | None, typer.Argument(metavar="NAME", help="Which insight; without it, the list of all.")]
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
    str | None, typer.Option(metavar="WHAT", help="For top: show, movie, genre, decade, country, language or network.")
]
Counting = Annotated[
    str | None,
    typer.Option(metavar="HOW", help="For top: whole (each genre gets the whole play) or fractional (they share it)."),
]
MostRows = Annotated[int | None, typer.Option(metavar="N", min=1, help="Most rows of a ranking.")]
AsTraktCounts = Annotated[
    bool | None,
    typer.Option(
        "--as-trakt-counts/--as-watched",
        help="Every row, in days from midnight; or without duplicates and bulk marks, in days from 04:00.",
    ),
]
PlaysBehind = Annotated[bool, typer.Option("--plays", help="With --json: the ids of the plays behind each row.")]
NARROWING = frozenset(
    ["period", "kind", "genre", "show", "country", "language", "network", "decade", "as_trakt_counts"]
)
"""What asks of less than all: Trakt's own figures are of everything, so that they do not stand beside it."""


def insights(
    name: Name = None,
    export: ExportFile = None,
    period: PeriodText = None,
    zone: Zone = None,
    day_start: DayStart = None,
    kind: Kind = None,
    by: By = None,
    unit: Unit = None,
    of: Of = None,
    counting: Counting = None,
    limit: MostRows = None,
    genre: Annotated[list[str] | None, _filter("crime")] = None,
    show: Annotated[list[str] | None, _filter("'Breaking Bad'")] = None,
    country: Annotated[list[str] | None, _filter("us")] = None,
    language: Annotated[list[str] | None, _filter("en")] = None,
    network: Annotated[list[str] | None, _filter("HBO")] = None,
    decade: Annotated[list[str] | None, _filter("1990s")] = None,
    as_trakt_counts: AsTraktCounts = None,
    plays_behind: PlaysBehind = False,
    account: AccountName = None,
    token: Token = None,
    as_json: AsJson = False,
) -> None:
    """What your watching says about you.

    From the copy of the account, as it was last synced; with --export from a file, with --token straight from Trakt.
    """
    if name is None:
        _list(as_json=as_json)
        return
    from watchprint.insights.catalogue import spelled

    name = spelled(name)
    asked: dict[str, Any] = {
        "period": period,
        "zone": zone,
        "day_start": day_start,
        "kind": kind,
        "by": by,
        "unit": unit,
        "of": of,
        "counting": counting,
        "limit": limit,
        "genre": genre,
        "show": show,
        "country": country,
        "language": language,
        "network": network,
        "decade": decade,
        "as_trakt_counts": as_trakt_counts,
    }
    said = {each: value for each, value in asked.items() if value is not None}
    source = _Source(export, account, token)
    _answered(name, said, source, as_json=as_json, plays_behind=plays_behind)


@dataclass(frozen=True, slots=True)
class _Source:
    """Where the rows are: a file, an account's copy, or Trakt with a token."""

    export: Path | None
    account: str | None
    token: str | None


def _answered(name: str, said: dict[str, Any], source: _Source, *, as_json: bool, plays_behind: bool) -> None:
    from watchprint.cli.home import has_store

    if source.export is not None:
        _one_source(source.account, "--export")
        rows, stats, facts = _from_export(source.export)
    else:
        _computed(name, {"plays": []}, said)
        if source.token is None and has_store():
            _show(_from_copy(name, source.account, said), None, as_json=as_json, plays_behind=plays_behind)
            return
        _one_source(source.account, "--token or WATCHPRINT_TOKEN")
        rows, stats, facts = _from_trakt(name, source.token)
    answer = _computed(name, rows, facts | said)
    stats = None if said.keys() & NARROWING else stats
    _show(answer, stats, as_json=as_json, plays_behind=plays_behind)


def _one_source(account: str | None, other: str) -> None:
    if account is not None:
        raise typer.BadParameter(f"the copy of an account, or {other}: not both", param_hint="--account")


def _list(*, as_json: bool) -> None:
    from watchprint import insights as known
    from watchprint.cli.narrate import draw_table, emit_json

    if as_json:
        emit_json([declaration.described() for declaration in known.catalogue()])
        return
    draw_table(["name", "question"], ((d.name, d.question) for d in known.catalogue()), title="Insights")


def _computed(name: str, rows: dict[str, Any], asked: dict[str, Any]) -> Answer:
    """The answer; of no rows, whether the question can be answered at all, before a whole history is read for it."""
    from watchprint import insights as known

    return known.compute(name, **rows, **asked)


def _from_copy(name: str, account: str | None, said: dict[str, Any]) -> Answer:
    """The answer of an account's copy; says where that is not what Trakt has."""
    from watchprint.cli.home import opened, take_over
    from watchprint.cli.narrate import say
    from watchprint.service.where import where
    from watchprint.settings import Settings
    from watchprint.store.keeping.looking import look
    from watchprint.trakt.errors import NotConfigured

    settings = Settings.from_env()
    if look(home=settings.home, url=settings.database_url).revision is None:
        where(settings)  # what is not set is told before a store is made
    with opened() as app:
        if not app.accounts():
            take_over(app)
        if not app.accounts():
            raise NotConfigured(
                "no account is kept here: run `watchprint login`, take a file in with `watchprint import`, "
                "or name one with --export"
            )
        status = app.status(account)
        whose = status.account
        if whose.link is not None and status.last_sync_at is None:
            say(f"The account {whose.name!r} was never copied whole from Trakt: run `watchprint sync` first.")
        elif whose.link is not None and whose.link.status != "linked":
            say(f"The copy of {whose.name!r} is as of {status.last_sync_at:%Y-%m-%d %H:%M} UTC: {whose.link.status}.")
        return app.insight(name, account=whose, **said)


def _from_export(path: Path) -> tuple[dict[str, Any], Any, dict[str, Any]]:
    """Rows, Trakt's own figures and what to ask by default, from a ZIP."""
    from watchprint.cli.narrate import say
    from watchprint.exchange import trakt_zip

    export = trakt_zip.read(path)
    for part, why in export.missing.items():
        say(f"{part}: {why}")
    for note in export.notes:
        say(note)
    return {**export.rows()}, export.stats, {}


def _from_trakt(name: str, token: str | None) -> tuple[dict[str, Any], Any, dict[str, Any]]:
    """The same, read from Trakt with the user's token."""
    from watchprint.cli.reading import read_account
    from watchprint.cli.service.reach import trakt_of
    from watchprint.insights.catalogue import found

    with trakt_of(token) as trakt:
        account = read_account(trakt, ratings=found(name).reads == "ratings")
    return account.rows(), account.stats, {"zone": account.zone, "now": account.read_at}


def _show(answer: Answer, stats: Any, *, as_json: bool, plays_behind: bool) -> None:
    if as_json:
        from watchprint.cli.narrate import emit_json

        emit_json(answer.to_json_dict(plays_behind=plays_behind))
        return
    from watchprint.cli.narrate import draw
    from watchprint.cli.plots import render

    draw(render(answer, stats=stats))
