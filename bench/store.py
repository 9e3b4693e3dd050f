"""The store beside the bare database: commits, taking in 100,000 plays, and their way to Arrow.

    python -m bench store

Interleaved in one run, medians; only the ratios mean anything across machines. Both sides write the same rows in WAL
mode with synchronous=FULL, on the same disk. "together" is what 64 callers get who all wait for their own commit.
"""

from __future__ import annotations

import asyncio
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pyarrow as pa
from sqlalchemy import Connection

from watchprint.domain.play import Arrival
from watchprint.domain.title import Facts, Title
from watchprint.store import Store, Work
from watchprint.store.engine.sqlite import Sqlite

PLAYS, PAGE, ROUNDS = 100_000, 1000, 5
COMMITS, CALLERS = 300, 64
UPSERT = (
    "INSERT INTO leases (name, holder, until_at) VALUES (?, ?, ?) "
    "ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until_at = excluded.until_at"
)
_TICKS = count()
BEGAN = datetime(2016, 1, 1, tzinfo=UTC)


def run() -> None:
    """Print the rates and the ratios."""
    with tempfile.TemporaryDirectory(prefix="watchprint-bench-") as folder, Store.open(home=Path(folder)) as store:
        commits(store, Path(folder))
        ann = store.write(lambda work: work.accounts.create("ann")).id
        taking_in(store, ann)
        to_arrow(store, ann)
    opening()


def commits(store: Store, folder: Path) -> None:
    """Commits a second: alone, and together; the same statement, and a piece of work as the program does it."""
    many = COMMITS * 20
    engine = Sqlite(folder / "watchprint.db")
    with closing(sqlite3.connect(folder / "watchprint.db", isolation_level=None)) as bare:
        bare.execute("PRAGMA synchronous=FULL")
        alone = interleaved(
            {
                "bare": lambda: bare_alone(bare, COMMITS),
                "ours": lambda: [engine.write(upserting(n)) for n in range(COMMITS)],
                "work": lambda: [store.write(claiming(n)) for n in range(COMMITS)],
            },
            COMMITS,
        )
        together = interleaved(
            {
                "bare": lambda: bare_together(bare, many),
                "ours": lambda: asyncio.run(together_(lambda n: engine.awrite(upserting(n)), many)),
                "work": lambda: asyncio.run(together_(lambda n: store.awrite(claiming(n)), many)),
            },
            many,
        )
    engine.close()
    for name, rates in (("one by one", alone), (f"{CALLERS} together", together)):
        told = f"bare {rates['bare']:8,.0f}/s   ours {rates['ours']:8,.0f}/s {ratio(rates):.2f}×"
        print(f"commits, {name:12} {told}   a lease claimed {rates['work']:8,.0f}/s")
    print(
        f"together against one by one, ours: {together['ours'] / alone['ours']:.1f}×   (bare together: no caller waits)"
    )


def upserting(n: int) -> Callable[[Connection], object]:
    return lambda connection: connection.exec_driver_sql(UPSERT, (f"lease {n}", "ours", next(_TICKS)))


def bare_alone(bare: sqlite3.Connection, many: int) -> None:
    for n in range(many):
        bare.execute("BEGIN IMMEDIATE")
        bare.execute(UPSERT, (f"lease {n}", "bare", next(_TICKS)))
        bare.execute("COMMIT")


def bare_together(bare: sqlite3.Connection, many: int) -> None:
    for first in range(0, many, CALLERS):
        bare.execute("BEGIN IMMEDIATE")
        for n in range(first, min(first + CALLERS, many)):
            bare.execute(UPSERT, (f"lease {n}", "bare", next(_TICKS)))
        bare.execute("COMMIT")


def claiming(n: int) -> Callable[[Work], bool]:
    return lambda work: work.leases.claim(f"ours {n}", "ours", 60)


async def together_(write: Callable[[int], Awaitable[object]], many: int) -> None:
    async def caller(first: int) -> None:
        for n in range(first, many, CALLERS):
            await write(n)

    await asyncio.gather(*(caller(first) for first in range(CALLERS)))


def pages() -> Iterator[tuple[list[Title], list[datetime]]]:
    """A life of viewing: 2,000 shows and 5,000 films, in pages as Trakt gives them."""
    draw = random.Random(8)
    shows = [
        Title(
            kind="show", ids={"trakt": n, "slug": f"show-{n}", "tmdb": n}, facts=Facts(name=f"Show {n}", runtime_min=45)
        )
        for n in range(1, 2001)
    ]
    for first in range(0, PLAYS, PAGE):
        titles = [one(draw, shows) for _ in range(PAGE)]
        yield titles, [BEGAN + timedelta(minutes=47 * (first + n)) for n in range(PAGE)]


def one(draw: random.Random, shows: list[Title]) -> Title:
    if draw.random() < 0.1:
        n = draw.randrange(1, 5001)
        facts = Facts(name=f"Film {n}", year=2000, runtime_min=110, genres=("drama",), country="us")
        return Title(kind="movie", ids={"trakt": n, "imdb": f"tt{n}", "tmdb": n, "slug": f"film-{n}"}, facts=facts)
    show, place = draw.choice(shows), draw.randrange(40)
    trakt = int(show.ids["trakt"] or 0) * 100 + place
    return Title(
        kind="episode", ids={"trakt": trakt, "tvdb": trakt, "tmdb": trakt}, show=show, season=place // 10 + 1,
        number=place % 10 + 1, facts=Facts(name=f"Episode {place}"),
    )  # fmt: skip


def taking_in(store: Store, account: int) -> None:
    """Pages of history into the store, titles and all."""
    took_s, trakt_id, known = 0.0, 1, set[tuple[str, object]]()
    for titles, at in pages():
        began = time.perf_counter()
        store.write(page(account, titles, at, trakt_id))
        took_s += time.perf_counter() - began
        trakt_id += len(titles)
        known |= {(title.kind, title.ids["trakt"]) for title in titles}
    print(f"taking in {PLAYS:,} plays of {len(known):,} titles, {PAGE} a commit: {took_s:.1f} s")
    began = time.perf_counter()
    store.write(page(account, titles, at, trakt_id - PAGE))
    print(f"the last page again, nothing new: {(time.perf_counter() - began) * 1000:.0f} ms")


def page(account: int, titles: list[Title], at: list[datetime], first: int) -> Callable[[Work], None]:
    def work(work: Work) -> None:
        found = work.titles.resolve_all(titles, "trakt")
        rows = [
            Arrival(title_id=title, watched_at=when, trakt_id=first + n, action="scrobble")
            for n, (title, when) in enumerate(zip(found, at, strict=True))
        ]
        work.plays.arrive(account, rows)

    return work


def to_arrow(store: Store, account: int) -> None:
    """The account's rows as Arrow, beside fetching the same columns row by row."""
    file = store.where

    def bare() -> None:
        with closing(sqlite3.connect(file)) as connection:
            asked = (
                "SELECT id, watched_at, kind, action, title_id FROM plays WHERE account_id = ? AND removed_at IS NULL"
            )
            columns = list(zip(*connection.execute(asked, (account,)), strict=True))
            pa.table([pa.array(column) for column in columns], names=["id", "watched_at", "kind", "action", "title"])

    rates = interleaved({"bare": bare, "ours": lambda: store.rows(account)}, PLAYS)
    took_ms = {name: PLAYS / rate * 1000 for name, rate in rates.items()}
    print(
        f"{PLAYS:,} plays to Arrow   bare, five columns without titles {took_ms['bare']:.0f} ms   "
        f"ours, all columns with titles {took_ms['ours']:.0f} ms   {ratio(rates):.2f}×"
    )


def opening() -> None:
    """A store that is there already, opened by a process that has loaded the program."""
    with tempfile.TemporaryDirectory(prefix="watchprint-bench-") as folder:
        Store.open(home=Path(folder)).close()
        took_s = []
        for _ in range(9):
            began = time.perf_counter()
            Store.open(home=Path(folder)).close()
            took_s.append(time.perf_counter() - began)
    print(f"opening a store and closing it: {statistics.median(took_s) * 1000:.1f} ms")


def interleaved(contenders: dict[str, Callable[[], object]], many: int) -> dict[str, float]:
    """Things a second of each, medians of rounds in which they take turns."""
    took_s: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(ROUNDS):
        for name, contender in contenders.items():
            began = time.perf_counter()
            contender()
            took_s[name].append(time.perf_counter() - began)
    return {name: many / statistics.median(times) for name, times in took_s.items()}


def ratio(rates: dict[str, float]) -> float:
    return rates["ours"] / rates["bare"]


if __name__ == "__main__":
    run()
