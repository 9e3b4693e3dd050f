"""By hand: rankings of titles and of values, ratings, first and last, on this day, what was watched again."""

from __future__ import annotations

import polars as pl

from bench.by_hand.peer import Frames, Peer, Rows, of

MINUTES = "CAST(SUM(c.runtime_min) AS BIGINT)"
DAY, MIN = pl.col("local_day"), pl.col("runtime_min")
SUMS = (pl.len().alias("n"), pl.col("title_id").n_unique().alias("titles"), MIN.sum().alias("m"))
SPAN = (DAY.min().alias("first"), DAY.max().alias("last"))


TOP = f"""
SELECT t.key, t.name, COUNT(*), COUNT(DISTINCT c.title_id), {MINUTES} AS m, MIN(local_day), MAX(local_day)
FROM w AS c JOIN titles AS t ON t.title_id = c.show_id GROUP BY ALL ORDER BY m DESC LIMIT 10
"""


def top(f: Frames) -> Rows:
    """By Polars."""
    shows = f.w.filter(pl.col("show_id").is_not_null()).group_by("show_id").agg(*SUMS, *SPAN).top_k(10, by="m")
    told = shows.join(f.titles.select("title_id", "key", "name"), left_on="show_id", right_on="title_id")
    return told.select("key", "name", "n", "titles", "m", "first", "last").collect().rows()


def values(name: str, column: str) -> Peer:
    """A peer of the ranking of a field's values."""

    def polars(f: Frames) -> Rows:
        said = f.titles.select("title_id", (pl.col("year") // 10 * 10).cast(pl.String).alias("decade"), "country",
                               "language", "network")  # fmt: skip
        rows = f.w.join(said.select("title_id", pl.col(column).alias("value")), on="title_id")
        best = rows.filter(pl.col("value").is_not_null()).group_by("value").agg(*SUMS, *SPAN)
        return best.top_k(10, by="m").collect().rows()

    value = "CAST(year // 10 * 10 AS VARCHAR)" if column == "decade" else column
    return Peer(
        name, of("key plays titles minutes first_on last_on"),
        f"SELECT {value} AS v, COUNT(*), COUNT(DISTINCT title_id), {MINUTES} AS m, MIN(local_day), MAX(local_day) "
        "FROM w AS c JOIN titles AS t USING (title_id) WHERE v IS NOT NULL GROUP BY v ORDER BY m DESC LIMIT 10",
        polars,
    )  # fmt: skip


GENRES = """
SELECT g, COUNT(*), COUNT(DISTINCT title_id), ROUND(SUM(m), 6) AS m, MIN(local_day), MAX(local_day) FROM (
    SELECT title_id, local_day, c.runtime_min / len(genres) AS m, UNNEST(genres) AS g
    FROM w AS c JOIN titles AS t USING (title_id)
) GROUP BY g ORDER BY m DESC LIMIT 10
"""


def genres(f: Frames) -> Rows:
    """By Polars."""
    said = f.titles.select("title_id", "genres").filter(pl.col("genres").is_not_null())
    rows = f.w.select("title_id", "local_day", "runtime_min").join(said, on="title_id")
    each = rows.with_columns(MIN / pl.col("genres").list.len()).explode("genres")
    return each.group_by("genres").agg(*SUMS, *SPAN).top_k(10, by="m").collect().rows()


RATINGS = "SELECT rating, COUNT(*), " + ", ".join(
    f"COUNT(*) FILTER (WHERE kind = '{kind}')" for kind in ("movie", "show", "season", "episode")
)


def ratings(f: Frames) -> Rows:
    """By Polars."""
    kinds = [(pl.col("kind") == kind).sum().alias(kind) for kind in ("movie", "show", "season", "episode")]
    return f.vr.group_by("rating").agg(pl.len(), *kinds).collect().rows()


TOP_RATED = """
SELECT t.key, t.name, rating, local_day, r.community_rating, r.community_votes
FROM vr AS r JOIN titles AS t USING (title_id)
ORDER BY rating DESC, r.community_rating DESC, rated_at DESC LIMIT 20
"""


def top_rated(f: Frames) -> Rows:
    """By Polars."""
    best = f.vr.sort("rating", "community_rating", "rated_at", descending=True, nulls_last=True).head(20)
    told = best.join(f.titles.select("title_id", "key", "name"), on="title_id", how="left")
    names = ("key", "name", "rating", "local_day", "community_rating", "community_votes")
    return told.select(names).collect().rows()


FIRST_LAST = """
SELECT COALESCE(CAST(e.kind AS VARCHAR), 'all'), local_at, t.name, s.name, t.season, t.number FROM (
    SELECT kind, UNNEST([arg_min(play_id, watched_s), arg_max(play_id, watched_s)]) AS play_id
    FROM c GROUP BY GROUPING SETS ((kind), ())
) AS e JOIN c USING (play_id) LEFT JOIN titles AS t USING (title_id) LEFT JOIN titles AS s ON s.title_id = c.show_id
"""


def first_last(f: Frames) -> Rows:
    """By Polars."""
    rows = f.c.select("watched_s", "local_at", "title_id", "show_id", pl.col("kind").cast(pl.String))
    both = pl.concat([rows.with_columns(kind=pl.lit("all")), rows])
    at = pl.col("watched_s")
    ends = both.group_by("kind").agg(pl.all().gather(pl.concat_list(at.arg_min(), at.arg_max()).explode()))
    names = f.titles.select("title_id", "name", "season", "number")
    told = ends.explode("watched_s", "local_at", "title_id", "show_id").join(names, on="title_id", how="left").join(
        names.select("title_id", show="name"), left_on="show_id", right_on="title_id", how="left"
    )  # fmt: skip
    return told.select("kind", "local_at", "name", "show", "season", "number").collect().rows()


ON_THIS_DAY = """
SELECT local_day, t.key, t.name, s.name, t.season, t.number, COUNT(*), CAST(SUM(c.runtime_min) AS BIGINT)
FROM c LEFT JOIN titles AS t USING (title_id) LEFT JOIN titles AS s ON s.title_id = c.show_id
WHERE month(local_day) = month($today) AND day(local_day) = day($today)
GROUP BY ALL ORDER BY local_day DESC, MAX(watched_at) DESC LIMIT 50
"""


def on_this_day(f: Frames) -> Rows:
    """By Polars."""
    same = (DAY.dt.month() == f.last_on.month) & (DAY.dt.day() == f.last_on.day)
    rows = f.c.filter(same).group_by("local_day", "title_id", "show_id").agg(n=pl.len(), m=MIN.sum(),
                                                                            at=pl.col("watched_s").max())  # fmt: skip
    names = f.titles.select("title_id", "key", "name", "season", "number")
    told = rows.sort("local_day", "at", descending=True).head(50).join(names, on="title_id", how="left").join(
        names.select("title_id", show="name"), left_on="show_id", right_on="title_id", how="left"
    )  # fmt: skip
    return told.select("local_day", "key", "name", "show", "season", "number", "n", "m").collect().rows()


REWATCHES = """
SELECT t.kind, t.key, t.name, CAST(SUM(p) AS BIGINT) AS plays, COUNT(*) AS titles, plays - titles AS repeats,
    COUNT(*) FILTER (WHERE p > 1), MAX(p), CAST(SUM(m) AS BIGINT), MIN(a), MAX(b)
FROM (
    SELECT COALESCE(show_id, title_id) AS named, title_id, COUNT(*) AS p, SUM(runtime_min) AS m, MIN(local_day) AS a,
        MAX(local_day) AS b FROM w WHERE title_id IS NOT NULL GROUP BY ALL
) JOIN titles AS t ON t.title_id = named GROUP BY ALL ORDER BY repeats DESC, plays DESC, t.name LIMIT 20
"""


def rewatches(f: Frames) -> Rows:
    """By Polars."""
    named, p = pl.coalesce("show_id", "title_id").alias("named"), pl.col("p")
    each = f.w.filter(pl.col("title_id").is_not_null()).group_by(named, "title_id").agg(*SPAN, p=pl.len(), m=MIN.sum())
    sums = {
        "plays": p.sum(),
        "titles": pl.len(),
        "repeats": p.sum() - pl.len(),
        "repeated": (p > 1).sum(),
        "most": p.max(),
        "m": pl.col("m").sum(),
        "first": pl.col("first").min(),
        "last": pl.col("last").max(),
    }
    names = f.titles.select("title_id", "kind", "key", "name")
    shows = each.group_by("named").agg(**sums).filter(pl.col("repeats") > 0)
    told = shows.join(names, left_on="named", right_on="title_id").sort(
        "repeats", "plays", "name", descending=[True, True, False]
    )  # fmt: skip
    return told.head(20).select("kind", "key", "name", *sums).collect().rows()


PEERS = (
    Peer("top", of("key name plays titles minutes first_on last_on"), TOP, top),
    Peer("genres", of("key plays titles minutes first_on last_on"), GENRES, genres),
    values("decades", "decade"),
    values("countries", "country"),
    values("languages", "language"),
    values("networks", "network"),
    Peer("ratings", of("rating ratings movies shows seasons episodes", without="ratings"),
         f"{RATINGS} FROM vr GROUP BY rating ORDER BY rating", ratings),
    Peer("top-rated", of("key name rating rated_on community_rating community_votes"), TOP_RATED, top_rated),
    Peer("first-last", of("kind local_at name show_name season number"), FIRST_LAST, first_last),
    Peer("on-this-day", of("on key name show_name season number plays minutes"), ON_THIS_DAY, on_this_day),
    Peer("rewatches", of("kind key name plays titles repeats repeated most minutes first_on last_on"), REWATCHES,
         rewatches),
)  # fmt: skip
