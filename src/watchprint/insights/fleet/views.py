"""The tables of a fleet and the views over them, by names of the job's own in its Spark session.

`views/*.sql` are the same for one account and for all. What is written here, in Spark's words, only brings tables into
the shape that those read: blank texts that say nothing, instants in seconds, whose zone holds from when until when.
"""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, cast

from watchprint.insights.errors import BadRows
from watchprint.insights.fleet.dialect import spark_sql
from watchprint.insights.insight import sql_text
from watchprint.insights.loading.tables import LOADED_RATINGS, TITLES, loaded_plays

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

_VIEWS = "watchprint.insights.views"
_TYPES = {"int32": "INT", "int64": "BIGINT", "string": "STRING", "double": "DOUBLE", "bool": "BOOLEAN",
          "date32[day]": "DATE", "timestamp[us, tz=UTC]": "TIMESTAMP",
          "list<item: string>": "ARRAY<STRING>"}  # fmt: skip
_BLANK = {"runtime_min": "> 0", "year": "> 0", "name": "<> ''", "country": "<> ''", "language": "<> ''",
          "network": "<> ''", "status": "<> ''"}  # fmt: skip
_ZONES = """
SELECT
    account_id, zone,
    CASE WHEN nth = 1 THEN TIMESTAMP '0001-01-02 00:00:00' ELSE from_at END AS from_at,
    COALESCE(next_at, TIMESTAMP '9999-01-01 00:00:00') AS until_at,
    day_start_min, nth
FROM (
    SELECT
        account_id, zone, from_at, {start} AS day_start_min,
        ROW_NUMBER() OVER (PARTITION BY account_id ORDER BY from_at ASC NULLS FIRST) AS nth,
        LEAD(from_at) OVER (PARTITION BY account_id ORDER BY from_at ASC NULLS FIRST) AS next_at
    FROM (
        SELECT account_id, zone, from_at, day_start_min FROM {said}
        UNION ALL
        SELECT a.account_id, 'UTC' AS zone, CAST(NULL AS TIMESTAMP) AS from_at, CAST(NULL AS INT) AS day_start_min
        FROM (SELECT account_id FROM {plays} UNION SELECT account_id FROM {ratings}) AS a
        LEFT ANTI JOIN {said} AS z ON z.account_id = a.account_id
    ) AS everyone
) AS in_order
"""
_ACCOUNTS = """
SELECT
    account_id,
    MAX(day_start_min) AS day_start_min,
    COLLECT_LIST(NAMED_STRUCT('from_us', CASE WHEN nth > 1 THEN UNIX_MICROS(from_at) END, 'zone', zone)) AS spans,
    MAX(
        CASE WHEN TIMESTAMP_MICROS({now_us}) >= from_at AND TIMESTAMP_MICROS({now_us}) < until_at THEN CAST(
            FROM_UTC_TIMESTAMP(TIMESTAMP_MICROS({now_us}), zone) - day_start_min * INTERVAL '1' MINUTE AS DATE
        ) END
    ) AS today
FROM {zones}
GROUP BY account_id
"""


class FleetViews:
    """The tables of one job; each view is made when it is first read.

    Args:
        session: where the job runs.
        tables: plays, titles, ratings and zones: data frames, Arrow tables, or where Parquet files of them are.
        now: the present moment.
        kept_in: a folder that the workers can write to: the view of plays is then computed once, and read from there.
    """

    def __init__(self, session: SparkSession, tables: dict[str, Any], now: datetime, kept_in: str | None) -> None:
        self._session = session
        self._now = now
        self._kept_in = kept_in
        self._job = f"watchprint_{uuid.uuid4().hex[:12]}"
        self._made: set[str] = set()
        self._todays: dict[str, list[date]] = {}
        said = {name: self._given(tables[name]) for name in ("plays", "titles", "ratings", "zones")}
        for name, frame in said.items():
            self._shown(f"said_{name}", frame)
        ids = "string" if dict(said["plays"].dtypes)["play_id"] == "string" else "int64"
        self.ids = ids
        self._named("plays", _typed(said["plays"], loaded_plays(_alias(ids)), f"{self._job}_said_plays"))
        self._named("titles", _titles(said["titles"], f"{self._job}_said_titles"))
        self._named("ratings", _typed(said["ratings"], LOADED_RATINGS, f"{self._job}_said_ratings"))

    def sql(self, text: str) -> DataFrame:
        """What a statement gives that is in Spark's words already."""
        return self._session.sql(text)

    def names(self, *, from_midnight: bool) -> dict[str, str]:
        """The names in the session of every table that a statement may read.

        Args:
            from_midnight: True where days begin at 00:00 for everybody, as Trakt counts.
        """
        of = "midnight" if from_midnight else "own"
        own = {name: f"{self._job}_{name}" for name in ("plays", "titles", "ratings")}
        own |= {name: f"{self._job}_{name}_{of}" for name in ("zones", "accounts", "v_plays", "v_days", "v_ratings")}
        if of not in self._made:
            self._made.add(of)
            self._make(own, "0" if from_midnight else "COALESCE(day_start_min, 240)")
        return own

    def todays(self, *, from_midnight: bool) -> list[date]:
        """The local days that it is now somewhere in the fleet."""
        accounts = self.names(from_midnight=from_midnight)["accounts"]
        if accounts not in self._todays:
            days = self.sql(f"SELECT DISTINCT today FROM {accounts} ORDER BY today").collect()
            self._todays[accounts] = [row[0] for row in days]
        return self._todays[accounts]

    def _make(self, own: dict[str, str], start: str) -> None:
        said = {"said": f"{self._job}_said_zones", "plays": own["plays"], "ratings": own["ratings"]}
        self._view(own["zones"], _ZONES.format(start=f"CAST({start} AS INT)", **said))
        self._view(own["accounts"], _ACCOUNTS.format(now_us=_micros(self._now), zones=own["zones"]))
        self._view(own["v_plays"], spark_sql(sql_text(_VIEWS, "plays.sql"), {}, own), keep=True)
        self._view(own["v_days"], spark_sql(sql_text(_VIEWS, "days.sql"), {}, own))
        self._view(own["v_ratings"], spark_sql(sql_text(_VIEWS, "ratings.sql"), {}, own))

    def _view(self, name: str, text: str, *, keep: bool = False) -> None:
        frame = self.sql(text)
        if keep and self._kept_in is not None:
            folder = f"{self._kept_in.rstrip('/')}/{name}"
            frame.write.parquet(folder)
            frame = self._session.read.parquet(folder)
        frame.createOrReplaceTempView(name)

    def _named(self, name: str, text: str) -> None:
        self._view(f"{self._job}_{name}", text)

    def _shown(self, name: str, frame: DataFrame) -> None:
        frame.createOrReplaceTempView(f"{self._job}_{name}")

    def _given(self, table: Any) -> DataFrame:
        if isinstance(table, str):
            return self._session.read.parquet(table)
        if hasattr(table, "createOrReplaceTempView"):
            return cast("DataFrame", table)
        from pyspark.sql.pandas.types import from_arrow_schema

        # A table without rows is taken with its schema only.
        return self._session.createDataFrame(table, from_arrow_schema(table.schema, prefer_timestamp_ntz=True))


def _alias(name: str) -> pa.DataType:
    import pyarrow as pa

    return pa.type_for_alias(name)


def _micros(at: datetime) -> int:
    return int((at - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds()) * 1_000_000 + at.microsecond


def _typed(frame: DataFrame, schema: pa.Schema, source: str) -> str:
    """The columns of a table in their types; seconds are made of instants where they are not there."""
    columns = []
    for field in schema:
        if field.name in frame.columns:
            columns.append(f"CAST({field.name} AS {_TYPES[str(field.type)]}) AS {field.name}")
        elif field.name == "watched_s":
            columns.append("UNIX_SECONDS(CAST(watched_at AS TIMESTAMP)) AS watched_s")
        else:
            raise BadRows(f"A table of the fleet lacks the column {field.name}.")
    return f"SELECT {', '.join(columns)} FROM {source}"


def _titles(frame: DataFrame, source: str) -> str:
    """Titles whose blank texts and lengths of 0 say nothing, and when they aired in seconds."""
    said = [f"CASE WHEN {name} {holds} THEN {name} END AS {name}" for name, holds in _BLANK.items()]
    said += ["CASE WHEN SIZE(genres) > 0 THEN genres END AS genres"]
    rest = [name for name in TITLES.names if name not in {*_BLANK, "genres"}]
    seconds = "UNIX_SECONDS(first_aired_at) AS aired_s"
    return f"SELECT {', '.join([*rest, *said, seconds])} FROM ({_typed(frame, TITLES, source)}) AS titles"
