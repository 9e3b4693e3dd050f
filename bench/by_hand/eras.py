"""By hand: eras of taste. Minutes by month and value out of a query; the cuts by numpy, scipy and ruptures."""

from __future__ import annotations

from calendar import monthrange
from typing import Any

import numpy as np
import polars as pl

from bench.by_hand.peer import Frames, Peer, Prepared, Rows, of

UNITS = """
SELECT CAST(date_trunc('month', local_day) AS DATE) AS month, COALESCE(u.show_id, title_id) AS i, COUNT(*) AS n,
    CAST(SUM(runtime_min) AS BIGINT) AS m, MIN(watched_s) AS s FROM u GROUP BY ALL
"""
VALUES = """
SELECT title_id AS i, 'genre' AS a, UNNEST(genres) AS v, 1 / len(genres) AS share FROM titles
UNION ALL SELECT title_id, 'decade', CAST(year // 10 * 10 AS VARCHAR), 1 FROM titles WHERE year IS NOT NULL
UNION ALL SELECT title_id, 'country', country, 1 FROM titles WHERE country IS NOT NULL
UNION ALL SELECT title_id, 'network', network, 1 FROM titles WHERE network IS NOT NULL
"""
SPENT = f"""
WITH spent AS (SELECT month, a, v, SUM(m * share) AS m FROM ({UNITS}) JOIN ({VALUES}) USING (i) GROUP BY ALL),
kept AS (SELECT a, v FROM spent GROUP BY a, v QUALIFY ROW_NUMBER() OVER (PARTITION BY a ORDER BY SUM(m) DESC) <= 10)
SELECT month, a, k.v, SUM(m) FROM spent LEFT JOIN kept AS k USING (a, v) GROUP BY ALL
"""
MONTHS = f"SELECT month, CAST(SUM(n) AS BIGINT), CAST(SUM(m) AS BIGINT) FROM ({UNITS}) GROUP BY month ORDER BY month"
OPENED = f"""
SELECT t.name FROM (SELECT i, MIN(s) AS s, MIN(month) AS month FROM ({UNITS}) GROUP BY i)
JOIN ({VALUES}) USING (i) JOIN titles AS t ON t.title_id = i
WHERE a = '{{}}' AND v = '{{}}' AND month >= DATE '{{}}' ORDER BY s LIMIT 1
"""


def shares(spent: Rows, months: Rows) -> tuple[Any, list[tuple[str, str | None]]]:
    """One row a month, one column an attribute's value, ten hours of the usual added."""
    columns = sorted({(row[1], row[2]) for row in spent}, key=lambda each: (each[0], each[1] is None, each[1] or ""))
    place, at = {each: n for n, each in enumerate(columns)}, {row[0]: n for n, row in enumerate(months)}
    table = np.zeros((len(months), len(columns)))
    for month, attribute, value, minutes in spent:
        table[at[month], place[attribute, value]] += minutes
    parts = []
    for attribute in sorted({each[0] for each in columns}):
        part = table[:, [place[each] for each in columns if each[0] == attribute]]
        parts.append((part + 600 * part.sum(axis=0) / part.sum()) / (part.sum(axis=1, keepdims=True) + 600))
    return np.hstack(parts) / len(parts), columns


def gain(table: Any) -> float:
    """What the best single cut gains, by Jensen and Shannon."""
    from scipy.special import entr

    n, sums, left = len(table), np.cumsum(table, axis=0), np.arange(6, len(table) - 5)[:, None]
    before = sums[6 - 1 : n - 6]
    two = left * entr(before / left) + (n - left) * entr(np.maximum(sums[-1] - before, 0) / (n - left))
    return float((n * entr(sums[-1] / n).sum() - two.sum(axis=1)).max())


def cuts(table: Any) -> list[int]:
    """Where each era ends: PELT, with the penalty that 199 random orders of blocks give."""
    from ruptures import Pelt
    from ruptures.base import BaseCost
    from scipy.special import entr

    n = len(table)
    dice, size, at_random = np.random.default_rng(20260630), max(3, n // 12), []
    for _ in range(199):
        blocks = np.split(np.arange(n), range(int(dice.integers(1, size + 1)), n, size))
        at_random.append(gain(table[np.concatenate([blocks[place] for place in dice.permutation(len(blocks))])]))
    sums = np.vstack([np.zeros(table.shape[1]), np.cumsum(table, axis=0)])
    own = np.concatenate([[0.0], np.cumsum(entr(table).sum(axis=1))])

    class Divergence(BaseCost):  # type: ignore[misc]
        model, min_size = "divergence", 6

        def fit(self, signal: Any) -> Any:
            self.signal = signal
            return self

        def error(self, start: int, end: int) -> float:
            mean = (sums[end] - sums[start]) / (end - start)
            return float((end - start) * entr(np.maximum(mean, 0)).sum() - own[end] + own[start])

    search = Pelt(custom_cost=Divergence(), min_size=6, jump=1).fit(table)
    return list(search.predict(pen=float(np.quantile(at_random, 0.985))))


def marked(spent: Rows, columns: list[tuple[str, str | None]], first: Any, last: Any) -> tuple[str, str | None]:
    """The value with the highest log-odds in these months, with a prior of 20 hours."""
    place = {each: n for n, each in enumerate(columns)}
    part, rest = np.zeros(len(columns)), np.zeros(len(columns))
    for month, attribute, value, minutes in spent:
        (part if first <= month <= last else rest)[place[attribute, value]] += minutes / 60
    best: list[tuple[float, tuple[str, str | None]]] = []
    for attribute in {each[0] for each in columns}:
        own = [place[each] for each in columns if each[0] == attribute]
        prior = 20 * (part[own] + rest[own]) / (part[own] + rest[own]).sum()
        here, there = part[own] + prior, rest[own] + prior
        odds = np.log(here / (part[own].sum() + 20 - here)) - np.log(there / (rest[own].sum() + 20 - there))
        z = odds / np.sqrt(1 / here + 1 / there)
        best += [(float(z[n]), columns[at]) for n, at in enumerate(own) if columns[at][1] is not None]
    return max(best)[1]


def eras(spent: Rows, months: Rows, opened: Any) -> Rows:
    """From, to, months, plays, minutes, mark, and the title that opened it."""
    table, columns = shares(spent, months)
    ends = cuts(table)
    found = []
    for start, end in zip([0, *ends[:-1]], ends, strict=True):
        own = months[start:end]
        first, last = own[0][0], own[-1][0]
        attribute, value = marked(spent, columns, first, last)
        to_on = last.replace(day=monthrange(last.year, last.month)[1])
        sums = sum(row[1] for row in own), sum(row[2] for row in own)
        found.append((first, to_on, len(own), *sums, attribute, value, opened(attribute, value, first)))
    return found


def eras_by_duck(prepared: Prepared) -> Rows:
    """By DuckDB and those libraries."""

    def opened(*of_era: Any) -> Any:
        return prepared.rows(OPENED.format(*of_era))[0][0]

    return eras(prepared.rows(SPENT), prepared.rows(MONTHS), opened)


def eras_by_polars(f: Frames) -> Rows:
    """By Polars and those libraries."""
    unit, month = pl.coalesce("show_id", "title_id").alias("i"), pl.col("local_day").dt.truncate("1mo").alias("month")
    units = f.u.group_by(month, unit).agg(n=pl.len(), m=pl.col("runtime_min").sum(), s=pl.col("watched_s").min())
    units = units.collect().lazy()
    share = pl.lit(1.0).alias("share")
    decade = (pl.col("year") // 10 * 10).cast(pl.String)
    singles = [("decade", decade), ("country", pl.col("country")), ("network", pl.col("network"))]
    genres = f.titles.select(i="title_id", a=pl.lit("genre"), v="genres", share=1 / pl.col("genres").list.len())
    values = pl.concat(
        [genres.drop_nulls("v").explode("v")]
        + [f.titles.select(share, i="title_id", a=pl.lit(name), v=value).drop_nulls("v").select("i", "a", "v", "share")
           for name, value in singles]
    )  # fmt: skip
    bearing = units.join(values, on="i").collect().lazy()
    spent = bearing.group_by("month", "a", "v").agg(m=(pl.col("m") * pl.col("share")).sum())
    most = spent.group_by("a", "v").agg(pl.col("m").sum()).sort("m", descending=True).group_by("a").head(10)
    kept = spent.join(most.select("a", "v", w="v"), on=["a", "v"], how="left").group_by("month", "a", "w")
    months = units.group_by("month").agg(pl.col("n").sum(), pl.col("m").sum()).sort("month")

    def opened(attribute: str, value: str, first: Any) -> Any:
        met = bearing.filter((pl.col("a") == attribute) & (pl.col("v") == value))
        new = met.group_by("i").agg(pl.col("s").min(), pl.col("month").min()).filter(pl.col("month") >= first)
        title = new.sort("s").head(1).join(f.titles.select("title_id", "name"), left_on="i", right_on="title_id")
        return title.select("name").collect().item()

    return eras(kept.agg(pl.col("m").sum()).collect().rows(), months.collect().rows(), opened)


PEERS = (
    Peer("eras", of("from_on to_on months plays minutes of value opened_by"), eras_by_duck, eras_by_polars),
)  # fmt: skip
