"""The one page of this app: the profile as plain HTML. Every value is escaped; there is no script."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from mediaapp.asked import Perhaps, Trakt
from mediaapp.profile import Entry, Profile, profile
from watchprint import TokenExpired

router = APIRouter(include_in_schema=False)
_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
}
_PAGE: Final = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><style>
:root {{ color-scheme: light dark }}
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }}
main {{ display: grid; grid-template-columns: repeat(auto-fit, minmax(16rem, 1fr)); gap: 1rem }}
section {{ border: 1px solid #8886; border-radius: .5rem; padding: .5rem 1rem }}
small {{ opacity: .7 }}
</style></head><body><h1>{title}</h1>{content}</body></html>
"""
_WELCOME: Final = '<p>See what you watch, and keep it at Trakt.</p><p><a href="/signin">Sign in with Trakt</a></p>'
_OUT: Final = '<form method="post" action="/signout"><button>Sign out</button></form>'


@router.get("/", response_class=HTMLResponse)
async def home(trakt: Trakt, user: Perhaps) -> HTMLResponse:
    """The profile of who is signed in, else a way to sign in."""
    if user is None:
        return _page("A small media app", _WELCOME)
    try:
        return _page(user.account.name, _profile(await profile(trakt, user, rows=10)) + _OUT)
    except TokenExpired:
        return _page("Please sign in again", "<p>Trakt does not let this app in any more.</p>" + _WELCOME, status=401)


def _page(title: str, content: str, *, status: int = 200) -> HTMLResponse:
    return HTMLResponse(_PAGE.format(title=escape(title), content=content), status, _HEADERS)


def _profile(whole: Profile) -> str:
    stats, now = whole.stats, whole.watching
    watching = f"<p>Watching now: <strong>{escape(str(now.title))}</strong></p>" if now else ""
    lists = "".join(f"<li>{escape(one.name)} <small>{one.items_n}</small></li>" for one in whole.lists)
    shelves = {
        "Watched": whole.history,
        "Library": whole.collection,
        "Watchlist": whole.watchlist,
        "Favourites": whole.favorites,
    }
    return (
        f"{watching}<p>{stats.plays} plays, {stats.minutes // 60} hours, {stats.movies} films, {stats.shows} shows</p>"
        f"<main>{''.join(_section(name, entries) for name, entries in shelves.items())}"
        f"<section><h2>Lists</h2><ul>{lists}</ul></section></main>"
    )


def _section(name: str, entries: Sequence[Entry]) -> str:
    rows = "".join(
        f"<li>{escape(str(entry.title))} <small>{escape(f'{entry.at:%d %b %Y}' if entry.at else '')}</small></li>"
        for entry in entries
    )
    return f"<section><h2>{escape(name)}</h2><ul>{rows}</ul></section>"
