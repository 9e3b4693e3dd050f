"""By hand: totals, by year, month and week, calendar, screen time, places, trust."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import polars as pl

from bench.by_hand.peer import Frames, Peer, Rows, of

MINUTES = "CAST(SUM(runtime_min) AS BIGINT)"


def totals_of(answer: Any) -> Rows:
    """The rows of movies and episodes, each with its distinct shows."""
    by_kind = {row.kind: row for row in answer.rows}
    return [
        (kind, row.plays, row.watched, by_kind["show"].watched if kind == "episode" else 0, row.minutes)
        for kind, row in by_kind.items()
        if kind in ("movie", "episode")
    ]


def totals(f: Frames) -> Rows:
    """By Polars."""
    distinct = (pl.col(name).drop_nulls().n_unique() for name in ("title_id", "show_id"))
    return f.v0.group_by("kind").agg(pl.len(), *distinct, pl.col("runtime_min").sum()).collect().rows()


def by(unit: str, step: str) -> Peer:
    """A peer of by-year, by-month or by-week."""

    def polars(f: Frames) -> Rows:
        day = pl.col("local_day").dt.truncate(step)
        titles = pl.col("title_id").drop_nulls().n_unique()
        return f.c.group_by(day).agg(pl.len(), titles, pl.col("runtime_min").sum()).sort("local_day").collect().rows()

    return Peer(
        f"by-{unit}",
        of("from_on plays titles minutes", without="plays"),
        f"SELECT CAST(date_trunc('{unit}', local_day) AS DATE) AS d, COUNT(*), COUNT(DISTINCT title_id), {MINUTES} "
        "FROM c GROUP BY d ORDER BY d",
        polars,
    )


def calendar(f: Frames) -> Rows:
    """By Polars."""
    year = f.c.filter(pl.col("local_day") > f.last_on - timedelta(365))
    return year.group_by("local_day").agg(pl.len(), pl.col("runtime_min").sum()).sort("local_day").collect().rows()


def screen_time_of(answer: Any) -> Rows:
    """Both periods."""
    read = of("kind minutes plays active_days")
    return [(now, *row) for now, rows in ((True, answer), (False, answer.before)) for row in read(rows)]


SCREEN_TIME = f"""
SELECT local_day > $today - 30 AS now, COALESCE(CAST(kind AS VARCHAR), 'all'), {MINUTES}, COUNT(*),
    COUNT(DISTINCT local_day)
FROM c WHERE local_day > $today - 60 GROUP BY GROUPING SETS ((now, kind), (now))
"""


def screen_time(f: Frames) -> Rows:
    """By Polars."""
    both = f.c.filter(pl.col("local_day") > f.last_on - timedelta(60))
    now = (pl.col("local_day") > f.last_on - timedelta(30)).alias("now")
    sums = (pl.col("runtime_min").sum(), pl.len(), pl.col("local_day").n_unique())
    whole = both.group_by(now).agg(pl.lit("all").first().alias("kind"), *sums)
    parts = both.with_columns(pl.col("kind").cast(pl.String)).group_by(now, "kind").agg(*sums)
    return pl.concat([whole, parts]).collect().rows()


PLACES = f"""
SELECT place_kind, place, COUNT(*) AS n, COUNT(DISTINCT title_id), {MINUTES}, MIN(local_day), MAX(local_day)
FROM w WHERE place_kind IS NOT NULL OR place IS NOT NULL GROUP BY ALL ORDER BY n DESC LIMIT 20
"""


def places(f: Frames) -> Rows:
    """By Polars."""
    placed = f.w.filter(pl.col("place_kind").is_not_null() | pl.col("place").is_not_null())
    day = pl.col("local_day")
    sums = (pl.col("title_id").n_unique(), pl.col("runtime_min").sum(), day.min(), day.max().alias("last"))
    return placed.group_by("place_kind", "place").agg(pl.len(), *sums).sort("len").tail(20).collect().rows()


ODD = """
SELECT '{reason}' AS reason, {named} AS named, {on_day} AS on_day, COUNT(*) AS n FROM v4 WHERE {holds} GROUP BY ALL
"""
NAMED = "COALESCE(show_id, title_id)"
UNTIMED = "runtime_min IS NULL AND title_id IS NOT NULL"
TRUST = f"""
SELECT reason, t.key, on_day, n FROM (
    {ODD.format(reason="undated", named=NAMED, on_day="NULL::DATE", holds="local_day IS NULL")}
    UNION ALL {ODD.format(reason="bulk", named="NULL", on_day="local_day", holds="is_bulk")}
    UNION ALL {ODD.format(reason="duplicate", named=NAMED, on_day="local_day", holds="is_duplicate")}
    UNION ALL {ODD.format(reason="unmatched", named="NULL", on_day="NULL", holds="title_id IS NULL")}
    UNION ALL {ODD.format(reason="untimed", named=NAMED, on_day="NULL", holds=UNTIMED)}
) LEFT JOIN titles AS t ON t.title_id = named
QUALIFY ROW_NUMBER() OVER (PARTITION BY reason ORDER BY n DESC, on_day, COALESCE(t.name, t.key)) <= 20
"""


def trust(f: Frames) -> Rows:
    """By Polars."""
    named, none = pl.coalesce("show_id", "title_id"), pl.lit(None)
    day, untimed = pl.col("local_day"), pl.col("runtime_min").is_null() & pl.col("title_id").is_not_null()
    parts = (
        ("undated", day.is_null(), named, none), ("bulk", pl.col("is_bulk"), none, day),
        ("duplicate", pl.col("is_duplicate"), named, day), ("unmatched", pl.col("title_id").is_null(), none, none),
        ("untimed", untimed, named, none),
    )  # fmt: skip
    odd = pl.concat(
        f.v4.filter(holds)
        .select("play_id", reason=pl.lit(reason), named=of_title.cast(pl.Int64), on=on_day.cast(pl.Date))
        .group_by("reason", "named", "on")
        .len()
        for reason, holds, of_title, on_day in parts
    )
    told = odd.join(f.titles.select("title_id", "key", "name"), left_on="named", right_on="title_id", how="left")
    ranked = told.sort("len", "on", pl.coalesce("name", "key"), descending=[True, False, False], nulls_last=True)
    return ranked.group_by("reason", maintain_order=True).head(20).select("reason", "key", "on", "len").collect().rows()


PEERS = (
    Peer(
        "totals", totals_of,
        f"SELECT kind, COUNT(*), COUNT(DISTINCT title_id), COUNT(DISTINCT show_id), {MINUTES} FROM v0 GROUP BY kind",
        totals,
    ),
    Peer("screen-time", screen_time_of, SCREEN_TIME, screen_time),
    by("year", "1y"),
    by("month", "1mo"),
    by("week", "1w"),
    Peer(
        "calendar", of("day plays minutes", without="plays"),
        f"SELECT local_day, COUNT(*), {MINUTES} FROM c WHERE local_day > $today - 365 GROUP BY local_day "
        "ORDER BY local_day",
        calendar,
    ),
    Peer("places", of("kind name plays titles minutes first_on last_on"), PLACES, places),
    Peer("trust", of("reason key on plays"), TRUST, trust),
)  # fmt: skip
