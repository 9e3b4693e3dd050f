"""`watchprint titles`: how much is known of what was watched; `fill` asks sources of facts for what is lacking.

Keys and tokens are never printed. Sources are asked only when they are named.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from watchprint.cli.service.options import AccountName, AsJson

if TYPE_CHECKING:
    from watchprint.app import Coverage, Enriched, Source, SourceAsked, SourceProgress

HELP = "How much is known of what you watched, and where more can be had."
_CREDITS: Final = {
    "tmdb": "Facts from TMDB. This product uses the TMDB API but is not endorsed or certified by TMDB.",
    "tvmaze": "Facts from TVmaze (https://www.tvmaze.com), licensed under CC BY-SA 4.0.",
}
_NOT_ECHOED = "; better in the environment, where no other process sees it."


def register(app: typer.Typer, section: str) -> None:
    """Add the commands."""
    group = typer.Typer(invoke_without_command=True, rich_markup_mode=None, help=HELP)
    group.callback()(covered)
    group.command()(fill)
    app.add_typer(group, name="titles", rich_help_panel=section, short_help="How much is known of what you watched.")


def _secret(option: str, variable: str, what: str) -> Any:
    return typer.Option(option, metavar="KEY", envvar=variable, show_envvar=True, help=what + _NOT_ECHOED)


def _server(option: str, name: str, port: int) -> Any:
    example = f"http://192.168.1.10:{port}"
    return typer.Option(option, metavar="URL", help=f"Read the library of your {name} server, as in {example}.")


def covered(context: typer.Context, account: AccountName = None, as_json: AsJson = False) -> None:
    """How much is known of what an account watched, and what would raise it. Asks nobody."""
    if context.invoked_subcommand is not None:
        return
    from watchprint.cli.home import opened
    from watchprint.cli.narrate import emit_json

    with opened() as app:
        who = app.account(account)
        found = app.coverage(who)
    if as_json:
        emit_json({"account": who.name} | _coverage_data(found))
        return
    _draw(who.name, found)


def fill(
    plex: Annotated[str | None, _server("--plex", "Plex", 32400)] = None,
    plex_token: Annotated[str | None, _secret("--plex-token", "PLEX_TOKEN", "Its token")] = None,
    jellyfin: Annotated[str | None, _server("--jellyfin", "Jellyfin", 8096)] = None,
    jellyfin_key: Annotated[str | None, _secret("--jellyfin-api-key", "JELLYFIN_API_KEY", "Its API key")] = None,
    emby: Annotated[str | None, _server("--emby", "Emby", 8096)] = None,
    emby_key: Annotated[str | None, _secret("--emby-api-key", "EMBY_API_KEY", "Its API key")] = None,
    tmdb: Annotated[bool, typer.Option("--tmdb", help="Ask TMDB, with a key of your own.")] = False,
    tmdb_key: Annotated[
        str | None, _secret("--tmdb-api-key", "TMDB_API_KEY", "TMDB's API Read Access Token, or API key")
    ] = None,
    tvmaze: Annotated[bool, typer.Option("--tvmaze", help="Ask TVmaze about series; no key is needed.")] = False,
    tmdb_url: Annotated[
        str | None, typer.Option("--tmdb-url", metavar="URL", help="Where TMDB's API is, if elsewhere.")
    ] = None,
    tvmaze_url: Annotated[
        str | None, typer.Option("--tvmaze-url", metavar="URL", help="Where TVmaze's API is, if elsewhere.")
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Ask also of titles that were asked of within thirty days.")
    ] = False,
    account: AccountName = None,
    as_json: AsJson = False,
) -> None:
    """Ask your media server, TMDB or TVmaze for what is lacking. Only those that are named are asked.

    Only titles that the account refers to are asked for. May be ended at any time, and goes on where it was.
    """
    from watchprint.cli.home import opened

    sources = _sources(
        libraries={"plex": (plex, plex_token), "jellyfin": (jellyfin, jellyfin_key), "emby": (emby, emby_key)},
        tmdb=(tmdb_key or "", tmdb_url) if tmdb else None,
        tvmaze=(tvmaze_url,) if tvmaze else None,
    )
    with opened() as app:
        who = app.account(account)
        before = app.coverage(who)
        with _shown_progress() as on_progress:
            done = app.enrich(sources, who, again=again, on_progress=on_progress)
        after = app.coverage(who)
    _told(who.name, done, before, after, as_json=as_json)
    _end(done)


def _sources(
    *,
    libraries: dict[str, tuple[str | None, str | None]],
    tmdb: tuple[str, str | None] | None,
    tvmaze: tuple[str | None] | None,
) -> list[Source]:
    """The sources that were named.

    Raises:
        BadParameter: None was.
        BadAddress, KeyMissing: What is needed to ask one is missing.
    """
    from watchprint.app import Emby, Jellyfin, Plex, Tmdb, TvMaze

    kinds: dict[str, type[Plex] | type[Jellyfin]] = {"plex": Plex, "jellyfin": Jellyfin, "emby": Emby}
    sources: list[Source] = [kinds[name](url, key or "") for name, (url, key) in libraries.items() if url is not None]
    if tmdb is not None:
        sources.append(Tmdb(tmdb[0], url=tmdb[1]) if tmdb[1] else Tmdb(tmdb[0]))
    if tvmaze is not None:
        sources.append(TvMaze(url=tvmaze[0]) if tvmaze[0] else TvMaze())
    if not sources:
        raise typer.BadParameter("name whom to ask: --plex URL, --jellyfin URL, --emby URL, --tmdb or --tvmaze")
    return sources


@contextmanager
def _shown_progress() -> Generator[Callable[[SourceProgress], None]]:
    """A bar over all sources (stderr); nothing where stderr is no terminal."""
    from watchprint.cli.narrate import counting

    with counting("Asking about titles") as bar:
        at: dict[str, tuple[int, int]] = {}

        def on_progress(now: SourceProgress) -> None:
            done, total = at.get(now.source, (0, 0))
            if now.total is not None and now.total != total:
                at[now.source] = done, now.total
                bar.total(sum(each for _, each in at.values()))
            bar.advance(max(0, now.done - done))
            at[now.source] = now.done, now.total or total

        yield on_progress


def _told(name: str, done: Enriched, before: Coverage, after: Coverage, *, as_json: bool) -> None:
    from watchprint.cli.copy.telling import counted, percent
    from watchprint.cli.narrate import draw_table, emit_json, say

    if as_json:
        sources = [_asked_data(each) for each in done.sources]
        emit_json({"account": name, "sources": sources, "coverage": _coverage_data(after)})
    else:
        columns = ("source", "asked", "learned", "not known", "no id", "failed", "requests")
        rows = [
            (each.source, each.asked, each.learned, each.not_known, each.without_id, each.failed, each.requests)
            for each in done.sources
        ]
        draw_table(columns, rows, title="Asked about titles")
        shares = {each.field: percent(each.share) for each in before.fields}
        changed = [(each.words, shares[each.field], percent(each.share)) for each in after.fields]
        draw_table(("fact", "before", "now"), changed, title=f"Known of {counted(after.plays, 'play')} of {name}")
    for each in done.sources:
        if each.asked == 0:
            say(
                f"{each.source}: nothing to ask. What it could say is known, or was asked within thirty days (--again)."
            )
        for reason in [*each.reasons, *([each.stopped] if each.stopped else [])]:
            say(f"{each.source}: {reason}")
        if each.learned and each.source in _CREDITS:
            say(_CREDITS[each.source])


def _end(done: Enriched) -> None:
    """End with the code of the first source that stopped."""
    from watchprint.cli.exits import exit_code

    error = next((each.error for each in done.sources if each.error is not None), None)
    if error is not None:
        raise typer.Exit(exit_code(error) or 1)


def _draw(name: str, found: Coverage) -> None:
    from watchprint.cli.copy.telling import counted, fact_rows, percent
    from watchprint.cli.narrate import draw_table, say

    rows = [
        (*row, ", ".join(f"{source} {plays:,}" for source, plays in each.by_source.items()))
        for row, each in zip(fact_rows(found), found.fields, strict=True)
    ]
    draw_table(
        ("fact", "known", "plays", "from"), rows, title=f"What is known of {counted(found.plays, 'play')} of {name}"
    )
    if not found.plays:
        say(f"Nothing is kept of {name} yet: take a file in with `watchprint import FILE`, or sync.")
    lacking = [each for each in found.insights if each.share is not None and each.share < 1]
    if lacking:
        words = {each.field: each.words for each in found.fields}
        insights = [(each.insight, words.get(each.field, each.field), percent(each.share)) for each in lacking]
        draw_table(("insight", "rests on", "known"), insights, title="Insights that would gain")
    for each in found.raise_by:
        say(each.words)


def _coverage_data(found: Coverage) -> dict[str, Any]:
    return {
        "plays": found.plays,
        "fields": [asdict(each) | {"share": each.share} for each in found.fields],
        "insights": [asdict(each) for each in found.insights],
        "raise_by": [asdict(each) for each in found.raise_by],
    }


def _asked_data(asked: SourceAsked) -> dict[str, Any]:
    return {name: getattr(asked, name) for name in asked.__dataclass_fields__ if name != "error"}
