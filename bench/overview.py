"""What an overview of an account with 100,000 plays costs, from a store on SQLite.

    python -m bench overview

Cold: in fresh processes, imports done, from opening the store to the last answer. Warm: the same questions again, and
one that was not asked before. After one new play: what has changed is read and amended, and all is asked again. Memory:
what a process grows by. Beside it the bare loop: sqlite3 into DuckDB, and the shortest statements with the same rows
from the marked plays, without coverage, exclusions and ids. Only the ratios mean anything across machines.
"""

from __future__ import annotations

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
from typing import Any

from bench.life import ZONE, filled

ROUNDS = 5
OVERVIEW = ("totals", "by-month", "calendar", "punch-card", "top", "streaks", "screen-time")
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
    with tempfile.TemporaryDirectory(prefix="watchprint-bench-") as folder:
        filled(Path(folder))
        seen: dict[str, list[dict[str, float]]] = {"ours": [], "bare": []}
        for turn in range(ROUNDS):
            for name, found in seen.items():
                command = [sys.executable, "-m", "bench.overview", name, folder, str(turn)]
                found.append(json.loads(subprocess.run(command, check=True, capture_output=True).stdout))
    ours, bare = ({each: statistics.median(row[each] for row in rows) for each in rows[0]} for rows in seen.values())
    bars = {"cold_ms": 400, "again_ms": 10, "other_ms": 10, "new_play_ms": 100, "memory_mb": 60}
    for name, value in ours.items():
        bar = f"   bar {bars[name]}" if name in bars else ""
        beside = f"   bare {bare[name]:8.1f}   {value / bare[name]:5.2f}×" if name in bare else ""
        print(f"  {name:14}{value:8.1f}{bar}{beside}")


def ours(home: Path, turn: int) -> dict[str, float]:
    """What it costs us, in this process."""
    import duckdb
    import pyarrow.compute

    import watchprint.insights.engine
    from watchprint import insights
    from watchprint.domain.play import Arrival
    from watchprint.store import Store
    from watchprint.store.lens import asking, changes

    assert all((duckdb, pyarrow.compute, watchprint.insights.engine, asking, changes))
    before_mb, began = _memory_mb(), (time.perf_counter(), time.process_time())
    store = Store.open(home=home)
    rows = store.tables(1)
    lens = insights.prepared(plays=rows.plays, titles=rows.titles, ratings=rows.ratings)
    _asked(lens)
    found = _since("cold", began)
    revision, known = rows.revision, max(rows.titles.column("title_id").to_pylist())
    del rows
    found["memory_mb"] = _memory_mb() - before_mb
    began = (time.perf_counter(), time.process_time())
    _asked(lens)
    found |= _since("again", began)
    began = (time.perf_counter(), time.process_time())
    lens.ask("by-week", zone=ZONE)
    found |= _since("other", began)
    title = store.read(lambda work: work.plays.page(1, limit=1))[0].title_id
    new = Arrival(title_id=title, watched_at=NEW_AT, trakt_id=10_000_000 + turn, action="scrobble")
    store.write(lambda work: work.plays.arrive(1, [new]))
    began = (time.perf_counter(), time.process_time())
    changed = store.changes(1, since=revision, known=known)
    assert changed is not None
    now = changed.now
    assert lens.amend(plays=now.plays, titles=now.titles, ratings=now.ratings, gone=changed.gone)
    _asked(lens)
    found |= _since("new_play", began)
    store.close()
    return found


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
    return _since("cold", began)


def _asked(lens: Any) -> None:
    for name in OVERVIEW:
        lens.ask(name, zone=ZONE)


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


if __name__ == "__main__":
    print(json.dumps({"ours": ours, "bare": bare}[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))))
