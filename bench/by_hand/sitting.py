"""By hand: sittings, and grip."""

from __future__ import annotations

import polars as pl

from bench.by_hand.peer import Frames, Peer, Prepared, Rows, of

SESSIONS = """
WITH v AS (
    SELECT *, COALESCE(runtime_min, 0) AS m, watched_s - m * 60 AS began,
        CAST(began > LAG(watched_s) OVER (ORDER BY watched_s, play_id) + 2700 AS INTEGER) AS new
    FROM u
), s AS (
    SELECT *, SUM(new) OVER (ORDER BY watched_s, play_id ROWS UNBOUNDED PRECEDING) AS session FROM v
), longest AS (
    SELECT session, MIN(local_day), MIN(watched_at) AS a, MAX(watched_at), MAX(local_at), COUNT(*) AS n,
        COUNT(DISTINCT title_id), CAST(SUM(m) AS BIGINT) AS m, (MAX(watched_s) - MIN(began)) // 60
    FROM s GROUP BY session ORDER BY m DESC, n DESC, a LIMIT 10
)
SELECT longest.* EXCLUDE (session), t.name, t.key, COALESCE(e.n, 0)
FROM longest LEFT JOIN (
    SELECT session, show_id, COUNT(DISTINCT title_id) AS n FROM s WHERE show_id IS NOT NULL
    GROUP BY session, show_id
    QUALIFY ROW_NUMBER() OVER (PARTITION BY session ORDER BY COUNT(DISTINCT title_id) DESC, show_id) = 1
) AS e USING (session) LEFT JOIN titles AS t ON t.title_id = e.show_id
"""


def sessions(f: Frames) -> Rows:
    """By Polars."""
    at, length = pl.col("watched_s"), pl.col("m")
    rows = f.u.sort("watched_s", "play_id").with_columns(m=pl.col("runtime_min").fill_null(0).cast(pl.Int64))
    rows = rows.with_columns(began=at - length * 60).with_columns(
        session=(pl.col("began") > at.shift(1) + 2700).fill_null(value=False).cum_sum()
    )
    cut = rows.collect().lazy()
    longest = cut.group_by("session").agg(
        day=pl.col("local_day").min(), a=pl.col("watched_at").min(), b=pl.col("watched_at").max(),
        ended=pl.col("local_at").max(), n=pl.len(), titles=pl.col("title_id").drop_nulls().n_unique(), m=length.sum(),
        span=(at.max() - pl.col("began").min()) // 60,
    ).sort("m", "n", "a", descending=[True, True, False]).head(10)  # fmt: skip
    of_show = cut.filter(pl.col("show_id").is_not_null()).join(longest.select("session"), on="session", how="semi")
    most = of_show.group_by("session", "show_id").agg(e=pl.col("title_id").drop_nulls().n_unique())
    most = most.sort("e", "show_id", descending=[True, False]).unique("session", keep="first", maintain_order=True)
    names = f.titles.select("title_id", "name", "key")
    told = longest.join(most, on="session", how="left").join(names, left_on="show_id", right_on="title_id", how="left")
    columns = ("day", "a", "b", "ended", "n", "titles", "m", "span", "name", "key")
    return told.select(*columns, pl.col("e").fill_null(0)).collect().rows()


BANDS = """
SELECT CASE WHEN hour(local_at) < 5 OR hour(local_at) >= 23 THEN 'night' WHEN hour(local_at) < 12 THEN 'morning'
    WHEN hour(local_at) < 18 THEN 'afternoon' ELSE 'evening' END AS band, COUNT(*), COUNT(*) FILTER (WHERE goes_on)
FROM (
    SELECT show_id, title_id, local_at, LEAD(show_id) OVER o = show_id AND LEAD(title_id) OVER o <> title_id
        AND LEAD(watched_s - COALESCE(runtime_min, 0) * 60) OVER o <= watched_s + 1800 AS goes_on
    FROM u WINDOW o AS (ORDER BY watched_s, play_id)
) WHERE show_id IS NOT NULL AND title_id IS NOT NULL GROUP BY band
"""


def gripped(bands: Rows) -> Rows:
    """The share of each part of the day, drawn towards the whole, and its interval."""
    from scipy.special import betaincinv

    whole = sum(goes_on for _, _, goes_on in bands) / sum(n for _, n, _ in bands)
    found = []
    for band, n, goes_on in bands:
        more, less = goes_on + 20 * whole, n - goes_on + 20 * (1 - whole)
        low, high = (float(betaincinv(more, less, at)) for at in (0.05, 0.95))
        found.append((band, n, goes_on, more / (more + less), low, high))
    return found


def grip_by_duck(prepared: Prepared) -> Rows:
    """By DuckDB and scipy."""
    return gripped(prepared.rows(BANDS))


def grip(f: Frames) -> Rows:
    """By Polars and scipy."""
    hour, at, title = pl.col("local_at").dt.hour(), pl.col("watched_s"), pl.col("title_id")
    began = at - pl.col("runtime_min").fill_null(0).cast(pl.Int64) * 60
    same = (pl.col("show_id").shift(-1) == pl.col("show_id")) & (title.shift(-1) != title)
    band = pl.when((hour < 5) | (hour >= 23)).then(pl.lit("night")).when(hour < 12).then(pl.lit("morning"))
    rows = (
        f.u.sort("watched_s", "play_id")
        .with_columns(goes_on=(same & (began.shift(-1) <= at + 1800)).fill_null(value=False))
        .filter(pl.col("show_id").is_not_null() & title.is_not_null())
        .group_by(band.when(hour < 18).then(pl.lit("afternoon")).otherwise(pl.lit("evening")).alias("band"))
        .agg(pl.len(), pl.col("goes_on").sum())
    )
    return gripped(rows.collect().rows())


PEERS = (
    Peer(
        "sessions",
        of("on first_at last_at ended_local_at plays titles minutes span_min show show_key episodes"),
        SESSIONS,
        sessions,
    ),
    Peer("grip", of("band episodes continued grip low high"), grip_by_duck, grip),
)
