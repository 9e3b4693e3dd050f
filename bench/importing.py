"""A ZIP of 100,000 plays taken in by a fresh process, beside a bare loop that unzips, decodes, inserts the same rows.

    python -m bench importing

The bar is 30 s and 300 MB; the ratio is what compares across machines. Both write WAL with synchronous=FULL, in one
transaction: the bare loop a row a play, a title and an id, and nothing of what makes an import one that can be undone.
"""

from __future__ import annotations

import json
import random
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

PLAYS, PAGE, SHOWS, EPISODES, FILMS, ROUNDS = 100_000, 250, 1200, 60, 6000, 3
NOW = datetime(2026, 6, 1, 21, 0, tzinfo=UTC)
BAR_S, BAR_MB = 30, 300


def run() -> None:
    """Print seconds, megabytes and the ratio."""
    with tempfile.TemporaryDirectory(prefix="watchprint-bench-") as folder:
        path = Path(folder) / "export.zip"
        subprocess.run([sys.executable, "-m", "bench.importing", "make", str(path)], check=True)
        print(f"an export of {PLAYS:,} plays, {path.stat().st_size / 1e6:.1f} MB")
        told: dict[str, list[tuple[float, float]]] = {"ours": [], "bare": []}
        for number in range(ROUNDS):
            for name, measured in told.items():
                measured.append(_child(name, path, Path(folder) / f"{name}{number}"))
        again = _child("again", path, Path(folder) / "ours0")
    middle = {name: statistics.median(took_s for took_s, _ in measured) for name, measured in told.items()}
    most_mb = {name: max(peak_mb for _, peak_mb in measured) for name, measured in told.items()}
    for name in told:
        print(f"{name:6} {middle[name]:6.1f} s   {PLAYS / middle[name]:9,.0f} plays/s   peak {most_mb[name]:5.0f} MB")
    slower, larger = middle["ours"] / middle["bare"], most_mb["ours"] / most_mb["bare"]
    print(f"ours / bare: {slower:.1f}x the time, {larger:.1f}x the peak")
    print(f"the same file again: {again[0]:.1f} s, peak {again[1]:.0f} MB")
    for what, value, bar, unit in (("time", middle["ours"], BAR_S, "s"), ("peak", most_mb["ours"], BAR_MB, "MB")):
        print(f"{what}: {value:.0f} {unit}, bar {bar} {unit}: {'kept' if value <= bar else 'MISSED'}")


def _child(name: str, path: Path, home: Path) -> tuple[float, float]:
    arguments = [sys.executable, "-m", "bench.importing", name, str(path), str(home)]
    said = subprocess.run(arguments, check=True, capture_output=True, text=True).stdout.split()
    return float(said[0]), float(said[1])


def ours(path: Path, home: Path) -> None:
    """Take it in, as the command does."""
    from watchprint.importing import take_in
    from watchprint.store import Store

    with Store.open(home=home) as store:
        found = store.read(lambda work: work.accounts.all())
        account = found[0] if found else store.write(lambda work: work.accounts.create("ann"))
        report = take_in(store, account.id, path)
    assert report.parts["plays"].rows == PLAYS


def bare(path: Path, home: Path) -> None:
    """Unzip, decode, insert: the least that could be done."""
    import msgspec

    home.mkdir()
    with sqlite3.connect(home / "bare.db") as database, zipfile.ZipFile(path) as opened:
        database.executescript(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
            "CREATE TABLE plays (id INTEGER PRIMARY KEY, title TEXT, watched_at TEXT, action TEXT);"
            "CREATE TABLE titles (key TEXT PRIMARY KEY, name TEXT, said TEXT);"
            "CREATE TABLE ids (scheme TEXT, value TEXT, title TEXT, PRIMARY KEY (scheme, value, title));"
        )
        for name in opened.namelist():
            if name.startswith("watched-"):
                _bare_page(database, msgspec.json.decode(opened.read(name)))


def _bare_page(database: sqlite3.Connection, rows: list[dict[str, Any]]) -> None:
    said = [(row, each) for row in rows for each in ("movie", "episode", "show") if each in row]
    keyed = [(row[each], f"{each}:{row[each]['ids']['trakt']}") for row, each in said]
    database.executemany(
        "INSERT OR IGNORE INTO titles VALUES (?, ?, ?)", [(key, t.get("title"), json.dumps(t)) for t, key in keyed]
    )
    ids = [(scheme, str(value), key) for title, key in keyed for scheme, value in title["ids"].items()]
    database.executemany("INSERT OR IGNORE INTO ids VALUES (?, ?, ?)", ids)
    plays = [row for row in rows if "id" in row]
    told = [(p["id"], f"{p['type']}:{p[p['type']]['ids']['trakt']}", p["watched_at"], p["action"]) for p in plays]
    database.executemany("INSERT INTO plays VALUES (?, ?, ?, ?)", told)


def make(path: Path) -> None:
    """Write the export: shows watched from beginning to end, again and again, films between."""
    draw = random.Random(26)
    plays = list(_plays(draw))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for number, first in enumerate(range(0, len(plays), PAGE), 1):
            made.writestr(f"watched-history-{number}.json", json.dumps(plays[first : first + PAGE]))
        counted: dict[tuple[str, int], int] = {}
        for play in plays:
            kind = "movie" if play["type"] == "movie" else "show"
            key = kind, play[kind]["ids"]["trakt"]
            counted[key] = counted.get(key, 0) + 1
        for kind, full in (("movie", film), ("show", show)):
            rows = [{"plays": n, kind: full(trakt) | FULL} for (each, trakt), n in counted.items() if each == kind]
            for number, first in enumerate(range(0, len(rows), PAGE), 1):
                made.writestr(f"watched-{kind}s-{number}.json", json.dumps(rows[first : first + PAGE]))
        made.writestr("user-profile.json", json.dumps({"username": "ann", "ids": {"slug": "ann"}}))
        made.writestr("user-stats.json", json.dumps({"movies": {"plays": 0}, "episodes": {"plays": PLAYS}}))


FULL = {
    "runtime": 45, "genres": ["drama", "crime"], "country": "us", "language": "en", "network": "HBO", "rating": 7.9,
    "votes": 1234, "status": "ended", "certification": "TV-MA", "aired_episodes": EPISODES,
}  # fmt: skip


def film(trakt: int) -> dict[str, Any]:
    ids = {"trakt": trakt, "slug": f"film-{trakt}", "imdb": f"tt{trakt:07}", "tmdb": trakt}
    return {"title": f"A film of number {trakt}", "year": 1950 + trakt % 75, "ids": ids}


def show(trakt: int) -> dict[str, Any]:
    ids = {"trakt": trakt, "slug": f"show-{trakt}", "imdb": f"tt9{trakt:06}", "tmdb": trakt, "tvdb": trakt}
    return {"title": f"A show of number {trakt}", "year": 1980 + trakt % 45, "ids": ids}


def _plays(draw: random.Random) -> Iterator[dict[str, Any]]:
    at, number, place = NOW, 10_000_000_000, dict[int, int]()
    left = PLAYS
    while left:
        trakt = draw.randrange(1, SHOWS + 1)
        for _ in range(draw.randrange(1, 6)):
            if not left:
                return
            left, number = left - 1, number - draw.randrange(1, 90)
            at -= timedelta(minutes=draw.choice((46, 47, 48, 900)))
            stamp = {"id": number, "watched_at": at.strftime("%Y-%m-%dT%H:%M:00.000Z"), "action": "scrobble"}
            if draw.random() < 0.1:
                yield stamp | {"type": "movie", "movie": film(draw.randrange(1, FILMS + 1))}
                continue
            n = place[trakt] = (place.get(trakt, 0) + 1) % EPISODES
            own = trakt * 1000 + n
            ids = {"trakt": own, "tvdb": own, "imdb": f"tt8{own:07}", "tmdb": own}
            episode = {"season": n // 10 + 1, "number": n % 10 + 1, "title": f"The one of number {own}", "ids": ids}
            yield stamp | {"type": "episode", "episode": episode, "show": show(trakt)}


if __name__ == "__main__":
    what, *paths = sys.argv[1:]
    if what == "make":
        make(Path(paths[0]))
    else:
        began = time.perf_counter()
        (bare if what == "bare" else ours)(*map(Path, paths))
        peak_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(time.perf_counter() - began, peak_kb / 1024)
