"""Exports of 100,000 plays beside a bare writer of the same rows: seconds, peak memory, and how many times as long.

    python -m bench exporting

Each format runs in a process of its own (so that its peak is its own), ours and the bare one in turn, medians. The bare
one has the rows in memory already and only writes them: csv.writer, json, pyarrow. Ours reads them from the store.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from watchprint.domain.play import Arrival
from watchprint.domain.title import Facts, Title
from watchprint.store import Store, Work

PLAYS, PAGE, SHOWS, ROUNDS = 100_000, 5_000, 400, 3
FORMATS = ("csv", "json", "ndjson", "parquet", "trakt-zip")
BEGAN = datetime(2016, 1, 1, tzinfo=UTC)
OURS = """
import json, resource, sys, time
from pathlib import Path
from watchprint import exporting
from watchprint.store import Store
home, target, format = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
with Store.open(home=home) as store:
    account = store.read(lambda work: work.accounts.all())[0].id
    parts = ["plays", "titles"] if format == "trakt-zip" else ["plays"]
    began = time.perf_counter()
    done = exporting.write(store, account, target, format=format, parts=parts, force=True)
    took_s = time.perf_counter() - began
print(json.dumps([took_s, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, done.rows["plays"]]))
"""
BARE = """
import csv, json, resource, sys, time, zipfile
import pyarrow as pa, pyarrow.parquet as pq
rows = pq.read_table(sys.argv[1])
target, format = sys.argv[2], sys.argv[3]
told = rows.to_pylist() if format != "parquet" else []
began = time.perf_counter()
if format == "csv":
    with open(target, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(rows.column_names)
        writer.writerows(list(row.values()) for row in told)
elif format == "json":
    with open(target, "w", encoding="utf-8") as file:
        json.dump(told, file, default=str)
elif format == "ndjson":
    with open(target, "w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, default=str) + "\\n" for row in told)
elif format == "parquet":
    pq.write_table(rows, target, compression="zstd", row_group_size=20_000)
else:
    names = ("trakt_play_id", "watched_at", "action", "kind", "title", "season", "number", "trakt", "show_trakt")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for page in range(0, len(told), 250):
            some = [{name: row[name] for name in names} for row in told[page : page + 250]]
            archive.writestr(f"watched-history-{page // 250 + 1}.json", json.dumps(some, default=str))
took_s = time.perf_counter() - began
print(json.dumps([took_s, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, len(rows)]))
"""


def run() -> None:
    """Print seconds, peak memory and ratios."""
    with tempfile.TemporaryDirectory(prefix="watchprint-bench-") as folder:
        home, rows = Path(folder) / "home", Path(folder) / "rows.parquet"
        with Store.open(home=home) as store:
            filled(store)
        timed(OURS, str(home), str(rows), "parquet")
        for name in FORMATS:
            target = str(Path(folder) / "out.file")
            pairs = [
                (timed(OURS, str(home), target, name), timed(BARE, str(rows), target, name)) for _ in range(ROUNDS)
            ]
            ours, bare = (statistics.median(pair[side][0] for pair in pairs) for side in (0, 1))
            peaks = [max(pair[side][1] for pair in pairs) for side in (0, 1)]
            print(
                f"{name:10} ours {ours:6.2f} s, {peaks[0]:4.0f} MB   bare {bare:6.2f} s, {peaks[1]:4.0f} MB   "
                f"{ours / bare:5.1f}×"
            )


def timed(program: str, *arguments: str) -> tuple[float, float]:
    """Seconds and the peak of the process [MB]."""
    done = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True)
    took_s, peak_mb, count = json.loads(done.stdout)
    if count != PLAYS:
        raise AssertionError(f"{count} plays were written, not {PLAYS}")
    return took_s, peak_mb


def filled(store: Store) -> None:
    """An account of a heavy viewer: episodes of some hundred shows, each with its facts."""
    ann = store.write(lambda work: work.accounts.create("ann", zone="Europe/Berlin")).id
    for begin in range(0, PLAYS, PAGE):
        store.write(partial(page, account_id=ann, begin=begin))


def page(work: Work, account_id: int, begin: int) -> None:
    """Some thousand plays, and their titles."""
    numbers = range(begin, begin + PAGE)
    titles = work.titles.resolve_all([episode(n) for n in numbers], "trakt")
    rows = [
        Arrival(
            title_id=title, watched_at=BEGAN + timedelta(minutes=50 * n), trakt_id=7_000_000_000 + n, action="watch"
        )
        for n, title in zip(numbers, titles, strict=True)
    ]
    work.plays.arrive(account_id, rows)


def episode(n: int) -> Title:
    """The title of the n-th play; every second one was watched before."""
    n //= 2
    show_number, place = n % SHOWS, n // SHOWS
    facts = Facts(name=f"Show {show_number}", year=2010, runtime_min=45, genres=("drama", "crime"), network="HBO")
    show = Title(kind="show", ids={"trakt": 1 + show_number, "tmdb": 1_000 + show_number}, facts=facts)
    said = Facts(name=f"Episode {place}", runtime_min=44, first_aired_at=BEGAN)
    return Title(
        kind="episode", ids={"trakt": 100_000 + n, "tvdb": 500_000 + n}, facts=said, show=show, season=1 + place // 20,
        number=1 + place % 20,
    )  # fmt: skip
