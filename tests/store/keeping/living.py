"""An account with something of everything, and everything that a reader sees of a store."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from watchprint.domain.play import Arrival, Place, Source
from watchprint.domain.title import Facts, Title
from watchprint.identity import NewLink
from watchprint.store import Store, Work
from watchprint.store.shelves.values import EntrySeen, ListSeen, OnNow, Position, RatingSeen
from watchprint.trakt.tokens import Tokens

END = datetime(2024, 5, 1, 21, 30, tzinfo=UTC)
PAIR = Tokens("access-token-of-ann", "refresh-token-of-ann", datetime(2026, 1, 1, tzinfo=UTC), 86_400)


def filled(store: Store, name: str, word: str = "private") -> int:
    """The number of a new account that has something everywhere; `word` stands in all its texts."""

    def fill(work: Work) -> int:
        account = work.accounts.create(name, zone="Europe/Berlin").id
        work.accounts.link(account, NewLink(uuid=f"uuid-{name}", trakt_url="https://api.trakt.tv", slug=word))
        work.credentials.put(account, PAIR)
        show = Title(kind="show", ids={"tvdb": f"{name}9"}, facts=Facts(name=f"{word} show", genres=("drama",)))
        titles = [
            Title(kind="movie", ids={"tmdb": f"{name}1"}, facts=Facts(name=f"{word} film", runtime_min=90)),
            Title(kind="episode", show=show, season=1, number=1),
            Title(kind="movie", ids={"tmdb": "shared"}, facts=Facts(name="Everybody's film")),
        ]
        film, pilot, shared = (each or 0 for each in work.titles.resolve_all(titles, "plex"))
        number = work.imports.begin(account, "csv", file_name=f"{word}.csv")
        with work.imports.under(number):
            work.plays.arrive(account, [Arrival(title_id=film, watched_at=None, sources=(Source("import", "1"),))])
        rows = [
            Arrival(title_id=title, watched_at=END + timedelta(days=n), trakt_id=n + 1, place=Place(name=word))
            for n, title in enumerate((film, pilot, shared))
        ]
        work.plays.arrive(account, rows)
        work.ratings.put(account, [RatingSeen(title_id=film, rating=8), RatingSeen(title_id=shared, rating=9)])
        work.shelves.put(account, "watchlist", [EntrySeen(title_id=pilot, notes=word)])
        [list_id] = work.shelves.put_lists(account, [ListSeen(name=f"{word} list")]).added
        work.shelves.put(account, "list", [EntrySeen(title_id=film)], list_id=list_id)
        work.positions.put(account, [Position(title_id=film, progress_pct=50)])
        work.positions.set_now(account, OnNow(title_id=film))
        work.cursors.put(account, "last_activities", {"all": word})
        work.budgets.take(account, "write")
        work.leases.claim(f"sync {account}", word, 60)
        return account

    return store.write(fill)


def seen(store: Store, *, revisions: bool = False) -> Any:
    """Everything there is, account by account."""

    def of(work: Work, account: int) -> Any:
        plays = work.plays.page(account, limit=1000)
        titles = work.titles.get_all(play.title_id for play in plays if play.title_id is not None)
        return {
            "plays": [{**{n: getattr(p, n) for n in p.__slots__}, "revision": None} for p in plays],
            "titles": sorted((t.id, t.facts.name, sorted(t.ids.items())) for t in titles.values()),
            "ratings": work.ratings.all(account, gone=True),
            "shelves": [work.shelves.all(account, s, gone=True) for s in ("watchlist", "list")],
            "lists": work.shelves.lists(account, gone=True),
            "positions": (work.positions.all(account), work.positions.now(account)),
            "cursors": {name: value for name, value in work.cursors.all(account).items() if name != "titles"},
            "imports": work.imports.all(account),
            "tokens": work.credentials.get(account),
            "revision": work.accounts.revision(account) if revisions else None,
        }

    def read(work: Work) -> Any:
        people = work.accounts.all()
        return {p.id: (p.name, p.zones, p.link, p.is_default, of(work, p.id)) for p in people}

    return store.read(read)
