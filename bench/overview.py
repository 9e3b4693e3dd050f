"""What an overview of an account with 100,000 plays costs, from a store on SQLite.

    python -m bench overview

In fresh processes, imports done, from opening the store to the last answer: rows, from the account's rows alone;
cold, from the tables that an import or a sync keeps ready, with the plays that came since. Warm: the same questions
again, and one that was not asked before. After one new play: what has changed is read and amended, and all is asked
again. Memory: what a process that has answered the same of a small account grows by (the libraries' code is in it
already), and what is left of it when the account is let go. Beside it the bare loop: sqlite3 into DuckDB, and the
shortest statements with the same rows from the marked plays, without coverage, exclusions and ids. Only ratios mean
anything across machines.
"""

from __future__ import annotations

import asyncio
import ctypes
import json
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from bench.life import ZONE, filled

ROUNDS = 5
OVERVIEW = ("totals", "by-month", "calendar", "punch-card", "top", "streaks", "screen-time")
BARS: Final = {"cold_ms": 400, "again_ms": 10, "other_ms": 10, "new_play_ms": 100, "memory_mb": 60}
NEW_AT = datetime(2027, 1, 1, 20, tzinfo=UTC)
SELECT = "SELECT id, watched_at, title_id FROM plays WHERE account_id = ? AND removed_at IS NULL"
OF_TITLES = "SELECT id, show_id, kind, name, runtime_min FROM titles"
MARKED = f"""
CREATE TABLE p AS
SELECT p.*, t.kind, t.show_id, t.runtime_min, l AS local_at, CAST(l - INTERVAL 4 HOUR AS DATE) AS day
FROM (SELECT *, make_timestamptz(watched_at) AT TIME ZONE '{ZONE}' AS l FROM plays) AS p
LEFT JOIN titles AS t ON t.id = p.title_id
"""
BARE = (
    "SELECT kind, COUNT(*), COUNT(DISTINCT title_id), SUM(runtime_min) FROM p GROUP BY 1",
    "SELECT date_trunc('month', day) AS m, COUNT(*), COUNT(DISTINCT title_id), SUM(runtime_min) FROM p GROUP BY m",
    "SELECT day, COUNT(*), SUM(runtime_min) FROM p GROUP BY day ORDER BY day DESC LIMIT 365",
    "SELECT isodow(day), hour(local_at), COUNT(*), SUM(runtime_min) FROM p GROUP BY 1, 2",
    "SELECT show_id, COUNT(*), COUNT(DISTINCT title_id), SUM(runtime_min) AS m FROM p GROUP BY 1 "
    "ORDER BY m DESC LIMIT 9",
    "SELECT MIN(day), MAX(day), COUNT(*) FROM (SELECT DISTINCT day, day - "
    "CAST(DENSE_RANK() OVER (ORDER BY day) AS INT) AS run FROM p) GROUP BY run ORDER BY 3 DESC",
    "SELECT kind, COUNT(*), SUM(runtime_min), COUNT(DISTINCT day), MIN(day), MAX(day) FROM p GROUP BY kind",
)


def run() -> None:
    """Measure and print."""
    seen: dict[str, list[dict[str, float]]] = {}
    with tempfile.TemporaryDirectory(prefix="watchprint-bench-") as folder:
        home = Path(folder)
        filled(home)
        _small(home)
        for turn in range(ROUNDS):
            for name in WAYS:
                if name == "rows":
                    _drop_kept(home)
                if name == "cold":
                    _keep(home)
                command = [sys.executable, "-m", "bench.overview", name, folder, str(turn)]
                done = subprocess.run(command, check=True, capture_output=True)
                seen.setdefault(name, []).append(json.loads(done.stdout))
    found = {
        way: {each: statistics.median(row[each] for row in measured) for each in measured[0]}
        for way, measured in seen.items()
    }
    bare_ms = found.pop("bare")["bare_ms"]
    for name, value in (pair for each in found.values() for pair in each.items()):
        bar = f"   bar {BARS[name]}" if name in BARS else ""
        beside = f"   bare {bare_ms:6.1f}   {value / bare_ms:5.2f}×" if name in ("rows_ms", "cold_ms") else ""
        print(f"  {name:18}{value:8.1f}{bar}{beside}")


def rows(home: Path, turn: int) -> dict[str, float]:
    """From the rows of the store alone, as after facts of many titles have changed."""
    return asyncio.run(_opened(home, "rows"))


def cold(home: Path, turn: int) -> dict[str, float]:
    """From the tables that are kept ready; then warm, and after one new play."""
    return asyncio.run(_opened(home, "cold", new=10_000_000 + turn))


def memory(home: Path, turn: int) -> dict[str, float]:
    """What an account holds while it is asked, and what is left of it afterwards."""
    return asyncio.run(_held(home))


async def _opened(home: Path, name: str, new: int | None = None) -> dict[str, float]:
    import scipy.stats  # a trend needs it, and loading it is an import

    from watchprint.app.lenses import Lenses
    from watchprint.domain.play import Arrival
    from watchprint.store import Store
    from watchprint.store.lens import asking, changes, keeping

    assert all((scipy.stats, asking, changes, keeping, _imported()))
    began = _now()
    store = Store.open(home=home)
    lenses = Lenses(store)
    _asked(await lenses.of(1))
    found = _since(name, began)
    if new is not None:
        began = _now()
        _asked(await lenses.of(1))
        found |= _since("again", began)
        lens, began = await lenses.of(1), _now()
        lens.ask("by-week", zone=ZONE)
        found |= _since("other", began)
        title = store.read(lambda work: work.plays.page(1, limit=1))[0].title_id
        play = Arrival(title_id=title, watched_at=NEW_AT, trakt_id=new, action="scrobble")
        store.write(lambda work: work.plays.arrive(1, [play]))
        began = _now()
        _asked(await lenses.of(1))
        found |= _since("new_play", began)
    lenses.close()
    store.close()
    return found


async def _held(home: Path) -> dict[str, float]:
    from watchprint.app.lenses import Lenses
    from watchprint.store import Store

    with Store.open(home=home) as store:
        lenses = Lenses(store)
        for _ in range(2):
            _asked(await lenses.of(2))
        before_mb = _memory_mb()
        _asked(await lenses.of(1))
        held_mb = _memory_mb()
        lenses.drop(1)
        await asyncio.sleep(0.01)
        found = {"memory_mb": held_mb - before_mb, "left_mb": _memory_mb() - before_mb}
        lenses.close()
    return found


def _imported() -> bool:
    import duckdb
    import pyarrow.compute

    import watchprint.insights.engine

    return all((duckdb, pyarrow.compute, watchprint.insights.engine))


def _small(home: Path) -> None:
    """A second account, with thirty plays of what the first watches."""
    from watchprint.domain.play import Arrival
    from watchprint.store import Store

    def made(work: Any) -> None:
        account_id = work.accounts.create("small", zone=ZONE).id
        plays = work.plays.page(1, limit=30)
        ids = [(place, play) for place, play in enumerate(plays)]
        work.plays.arrive(
            account_id,
            [Arrival(title_id=each.title_id, watched_at=each.watched_at, trakt_id=20_000_000 + n) for n, each in ids],
        )

    with Store.open(home=home) as store:
        store.write(made)


def _keep(home: Path) -> None:
    from watchprint.app.keeping import kept_ready
    from watchprint.store import Store

    with Store.open(home=home) as store:
        asyncio.run(kept_ready(store, 1))


def _drop_kept(home: Path) -> None:
    with sqlite3.connect(home / "watchprint.db") as store:
        store.execute("DELETE FROM kept_tables")


def bare(home: Path, turn: int) -> dict[str, float]:
    """What a person would write who needs neither marks nor coverage."""
    import duckdb
    import pyarrow as pa

    pa.array([1])  # which loads pandas where that is installed
    began = (time.perf_counter(), time.process_time())
    connection = duckdb.connect(":memory:", config={"threads": 2})
    with sqlite3.connect(home / "watchprint.db") as store:
        for name, asked, values in (("plays", SELECT, (1,)), ("titles", OF_TITLES, ())):
            cursor = store.execute(asked, values)
            columns = [each[0] for each in cursor.description]
            table: Any = pa.table(dict(zip(columns, map(list, zip(*cursor, strict=True)), strict=True)))
            connection.register("arriving", table)
            connection.execute(f"CREATE TABLE {name} AS SELECT * FROM arriving")
    connection.execute(MARKED)
    for query in BARE:
        connection.execute(query).fetchall()
    return _since("bare", began)


def _asked(lens: Any) -> None:
    for name in OVERVIEW:
        lens.ask(name, zone=ZONE)


def _now() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def _since(name: str, began: tuple[float, float]) -> dict[str, float]:
    wall_s, cpu_s = time.perf_counter() - began[0], time.process_time() - began[1]
    return {f"{name}_ms": wall_s * 1000, f"{name}_cpu_ms": cpu_s * 1000}


def _memory_mb() -> float:
    """What the process holds, after what is free was given back."""
    import pyarrow as pa

    pa.default_memory_pool().release_unused()
    with suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").malloc_trim(0)
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


WAYS: Final = {"rows": rows, "cold": cold, "memory": memory, "bare": bare}

if __name__ == "__main__":
    print(json.dumps(WAYS[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))))
