"""Insights over 100,000 plays, beside the shortest query a person would write for the same rows.

    python bench/insights.py [--plays 100000] [--rounds 9]

Interleaved in one run, medians; only the ratios mean anything across machines. The hand-written queries read the same
prepared view in the same DuckDB and give the same rows, without coverage, exclusions and the ids behind them.
Ours is warm: the view is made, calendar and streaks read its counts by day, and what stands behind a selection (n,
coverage, exclusions) is kept after the first answer about it. The first answer, marks included, is timed apart.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import duckdb
import msgspec
import pyarrow as pa

from watchprint import insights
from watchprint.insights.insight import sql_text
from watchprint.insights.loading.reading import tables

ZONE = "Europe/Berlin"
BAR = 1.5
COUNTED = "NOT is_duplicate AND watched_at IS NOT NULL"
MINUTES = "CAST(SUM(runtime_min) AS BIGINT) AS minutes"
BY_HAND = {
    "totals": f"SELECT kind, COUNT(*) AS plays, COUNT(DISTINCT title_id) AS watched, COUNT(DISTINCT show_id) AS shows, "
    f"{MINUTES} FROM v0 GROUP BY kind",
    "by-year": f"SELECT date_trunc('year', local_day) AS d, COUNT(*) AS plays, COUNT(DISTINCT title_id) AS titles, "
    f"{MINUTES} FROM v4 WHERE {COUNTED} GROUP BY d ORDER BY d",
    "by-month": f"SELECT date_trunc('month', local_day) AS d, COUNT(*) AS plays, COUNT(DISTINCT title_id) AS titles, "
    f"{MINUTES} FROM v4 WHERE {COUNTED} GROUP BY d ORDER BY d",
    "by-week": f"SELECT date_trunc('week', local_day) AS d, COUNT(*) AS plays, COUNT(DISTINCT title_id) AS titles, "
    f"{MINUTES} FROM v4 WHERE {COUNTED} GROUP BY d ORDER BY d",
    "calendar": f"SELECT local_day, COUNT(*) AS plays, {MINUTES} FROM v4 WHERE {COUNTED} "
    "AND local_day > (SELECT MAX(local_day) FROM v4) - 365 GROUP BY local_day ORDER BY local_day",
    "punch-card": f"SELECT isodow(local_day) AS w, hour(local_at) AS h, COUNT(*) AS plays, {MINUTES} FROM v4 "
    f"WHERE {COUNTED} AND NOT is_bulk GROUP BY w, h ORDER BY w, h",
    "top": "SELECT v4.show_id, ANY_VALUE(t.name) AS name, COUNT(*) AS plays, COUNT(DISTINCT v4.title_id) AS titles, "
    "CAST(SUM(v4.runtime_min) AS BIGINT) AS minutes, MIN(local_day) AS a, MAX(local_day) AS b FROM v4 "
    "JOIN titles AS t ON t.title_id = v4.show_id WHERE NOT is_duplicate GROUP BY v4.show_id "
    "ORDER BY minutes DESC LIMIT 10",
    "ratings": "SELECT rating, kind, COUNT(*) AS n FROM ratings GROUP BY rating, kind ORDER BY rating",
    "streaks": f"SELECT MIN(d) AS a, MAX(d) AS b, COUNT(*) AS days, SUM(n) AS plays FROM (SELECT local_day AS d, "
    f"COUNT(*) AS n, local_day - CAST(ROW_NUMBER() OVER (ORDER BY local_day) AS INTEGER) AS run FROM v4 "
    f"WHERE {COUNTED} AND NOT is_bulk GROUP BY local_day) GROUP BY run ORDER BY days DESC",
}


class Ids(msgspec.Struct):
    trakt: int


class Title(msgspec.Struct):
    title: str
    ids: Ids
    year: int | None = None
    runtime: int | None = None
    genres: list[str] | None = None
    season: int | None = None
    number: int | None = None


class Row(msgspec.Struct):
    id: int
    watched_at: datetime | None
    type: str
    action: str = "scrobble"
    movie: Title | None = None
    episode: Title | None = None
    show: Title | None = None


def history(plays: int) -> list[Row]:
    """Evenings of series with some films, rewatches and plays of unknown date; each row has titles of its own."""
    rng = random.Random(20260630)
    rows: list[Row] = []
    at = datetime(2012, 1, 1, 18, tzinfo=UTC)
    for number in range(plays):
        at += timedelta(minutes=rng.choice((23, 45, 45, 60, 90, 300)))
        when = None if rng.random() < 0.002 else at
        if rng.random() < 0.12:
            film = Title(f"Film {rng.randrange(3000)}", Ids(0), 1990, 100, ["drama", "crime"])
            film.ids.trakt = int(film.title[5:]) + 1
            rows.append(Row(number, when, "movie", movie=film))
            continue
        of, episode = rng.randrange(400), rng.randrange(120)
        show = Title(f"Show {of}", Ids(of + 1), 2010, 45, ["comedy"])
        part = Title("Episode", Ids(of * 1000 + episode + 1), None, 44, None, 1 + episode // 12, episode % 12)
        rows.append(Row(number, when, "episode", episode=part, show=show))
    return rows


def ratings(count: int) -> list[dict[str, Any]]:
    """Ratings of films."""
    at = datetime(2020, 1, 1, tzinfo=UTC)
    made = ({"rated_at": at, "rating": 1 + number % 10, "type": "movie"} for number in range(count))
    return list(made)


def by_hand(loaded: Any) -> duckdb.DuckDBPyConnection:
    """A DuckDB with the same rows and the views that the hand-written queries read."""
    connection = duckdb.connect(":memory:")
    connection.execute("SET TimeZone = 'UTC'")
    ever = [datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)]
    for name in ("plays", "titles", "ratings"):
        connection.register("arriving", getattr(loaded, name))
        connection.execute(f"CREATE TABLE {name} AS SELECT * FROM arriving")
        connection.unregister("arriving")
    for hours in (0, 4):
        instant = pa.timestamp("us", tz="UTC")
        zone = {"account_id": [0], "zone": [ZONE], "from_at": pa.array(ever[:1], instant)}
        zone |= {"until_at": pa.array(ever[1:], instant), "day_start_min": [hours * 60]}
        connection.register("zones", pa.table(zone))
        connection.execute(f"CREATE TABLE v{hours} AS {sql_text('watchprint.insights.views', 'plays.sql')}")
    return connection


def median_ms(calls: dict[str, Callable[[], Any]], rounds: int) -> dict[str, float]:
    """The median of each call, all calls taken in turn."""
    seen: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(rounds):
        for name, call in calls.items():
            start = time.perf_counter()
            call()
            seen[name].append((time.perf_counter() - start) * 1000)
    return {name: statistics.median(values) for name, values in seen.items()}


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plays", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=9)
    asked = parser.parse_args(arguments)
    rows, rated = history(asked.plays), ratings(2_000)
    start = time.perf_counter()
    loaded = tables(rows, None, rated)
    read_s = time.perf_counter() - start
    start = time.perf_counter()
    lens = insights.load(plays=rows, ratings=rated)
    load_s = time.perf_counter() - start
    start = time.perf_counter()
    lens.ask("by-year", zone=ZONE)
    first_s = time.perf_counter() - start
    connection = by_hand(loaded)
    print(f"{asked.plays:,} plays of {loaded.titles.num_rows:,} titles, {asked.rounds} rounds, medians")
    print(f"rows to Arrow {read_s:.2f} s, with DuckDB {load_s:.2f} s, first answer (marks made) {first_s:.2f} s\n")
    print(f"{'insight':<12}{'ours':>10}{'by hand':>10}{'ratio':>8}")
    over = []
    for name, query in BY_HAND.items():

        def ours(name: str = name) -> Any:
            lens._answers.clear()  # a lens keeps answers; here each is to be computed
            return lens.ask(name, zone=ZONE)

        def theirs(query: str = query) -> Any:
            return connection.cursor().sql(query).to_arrow_table().to_pylist()

        found = median_ms({"ours": ours, "theirs": theirs}, asked.rounds)
        ratio = found["ours"] / found["theirs"]
        over += [name] if ratio > BAR else []
        print(f"{name:<12}{found['ours']:>7.1f} ms{found['theirs']:>7.1f} ms{ratio:>7.2f}x")
    print(f"\nover {BAR}x: {', '.join(over) or 'none'}")


def run() -> None:
    """Measure with the defaults and print, as `python -m bench` does."""
    main([])


if __name__ == "__main__":
    main()
