"""The rows of a lens in DuckDB, and the views of them with their marks: made once per (zones, start of day), kept for
the latest few. Answers nothing; nothing is stored, nothing is fetched.

Ids of 36 characters are held as UUIDs, and texts that repeat as numbers of a list; both read and sort as texts do.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import duckdb
import pyarrow as pa

from watchprint.insights.errors import BadQuestion
from watchprint.insights.insight import sql_text
from watchprint.insights.loading.tables import Tables
from watchprint.insights.question import Question

_EVER: Final = (datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC))
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_VIEWS: Final = "watchprint.insights.views"
_KEPT_VIEWS: Final = 4
_USUAL_START_MIN: Final = 240
# DuckDB 2.0.1 believes that the sums of groups are smaller than they are where it splits a statement into several, and
# then cuts 135 to -121 or drops the rows with more than 0: nothing may be concluded from what it believes of values.
_CONFIG: Final[dict[str, str | bool | int | float | list[str]]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "disabled_optimizers": "statistics_propagation",
    "preserve_insertion_order": False,
    "threads": 2,
}
_KNOWN: Final = {"kind": ("episode", "movie", "season", "show"), "action": ("checkin", "scrobble", "watch")}
"""Words that may come later, whether or not they are there now."""
_MOST_WORDS: Final = 200
_LAST: Final = """
SELECT account_id, epoch_us(MAX(ended_at)) AS last_us FROM (
    SELECT account_id, watched_at AS ended_at FROM plays UNION ALL SELECT account_id, rated_at AS ended_at FROM ratings
) GROUP BY account_id
"""
Key = tuple[Any, ...]


class Marked:
    """Plays, titles and ratings in DuckDB, with their views.

    Args:
        tables: the rows.
    """

    def __init__(self, tables: Tables) -> None:
        self.connection = duckdb.connect(":memory:", config=_CONFIG)
        self.connection.execute("SET GLOBAL TimeZone = 'UTC'")
        self.views: dict[Key, str] = {}
        self._seen_through: dict[Key, tuple[str, str]] = {}
        self._made = 0
        self._load_plays(tables.plays)
        self.create("titles", tables.loaded_titles)
        self.create("ratings", tables.ratings)
        self.look_at_accounts()

    def rows(self, text: str, bound: dict[str, Any] | None = None) -> list[dict[str, Any]]:
        """The rows of a statement."""
        cursor = self.connection.cursor().execute(text, bound)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def view(self, what: Question) -> str:
        """The table that holds the view of plays or ratings for this zone and start of day; that of plays has a second
        one beside it, `_days`, with its rows counted by day.

        Raises:
            BadQuestion: DuckDB does not know the zone.
        """
        key = (what.insight.reads == "ratings", what.zones, what.day_start_min)
        if key in self.views:
            return self.views[key]
        if what.as_trakt_counts and not key[0]:
            return self._shifted(what)
        self.views[key] = self._make_view(key)
        if len(self.views) > _KEPT_VIEWS:
            self.drop_view(next(iter(self.views)))
        return self.views[key]

    def drop_view(self, key: Key) -> None:
        """Let go of a view; it is made anew when it is asked for."""
        name = self.views.pop(key)
        self.drop_shifted(name)
        for each in (name, f"{name}_days"):
            self.connection.cursor().execute(f"DROP TABLE IF EXISTS {each}")

    def drop_shifted(self, view: str) -> None:
        """Let go of what is seen through a view; it is made anew when it is asked for."""
        for name in [name for name, through in self._seen_through.values() if through == view]:
            self.connection.cursor().execute(f"DROP VIEW IF EXISTS {name}")
            for each in (f"{name}_days", f"{name}_crowded"):
                self.connection.cursor().execute(f"DROP TABLE IF EXISTS {each}")
        self._seen_through = {key: each for key, each in self._seen_through.items() if each[1] != view}

    def create(self, name: str, table: pa.Table, columns: str = "*") -> None:
        """A table of these rows."""
        cursor = self.connection.cursor()
        cursor.register("arriving", table)
        cursor.execute(f"CREATE TABLE {name} AS SELECT {columns} FROM arriving")
        cursor.unregister("arriving")

    def zones(self, key: Key) -> str:
        """A statement of whose clocks hold when, for a view."""
        _, zones, day_start_min = key
        rows = [
            f"({account_id}, {_text(zone)}, {_instant(from_at or _EVER[0])}, {_instant(until_at or _EVER[1])}, "
            f"CAST({day_start_min} AS INTEGER))"
            for account_id in self.accounts
            for from_at, until_at, zone in zones.bounds()
        ] or [f"(-1, 'UTC', {_instant(_EVER[0])}, {_instant(_EVER[1])}, 0)"]
        return (
            "SELECT CAST(a AS BIGINT) AS account_id, z AS zone, f AS from_at, u AS until_at, d AS day_start_min "
            f"FROM (VALUES {', '.join(rows)}) AS v(a, z, f, u, d)"
        )

    def _shifted(self, what: Question) -> str:
        """The view with days that begin as Trakt's do, seen through one of the same zones that is there, since as Trakt
        counts little is asked; nothing is held twice for it.
        """
        key = (False, what.zones, what.day_start_min)
        if key not in self._seen_through:
            there = next((each for each in self.views if not each[0] and each[1] == what.zones), None)
            if there is None:
                there = (False, what.zones, _USUAL_START_MIN)
                self.views[there] = self._make_view(there)
            self._made += 1
            view, name = self.views[there], f"v_plays_{self._made}"
            tables = {"v_plays": view, "crowded_days": f"{name}_crowded", "$day_start_min": str(what.day_start_min)}
            cursor = self.connection.cursor()
            cursor.execute(f"CREATE TABLE {name}_crowded AS {_of('crowded_days.sql', tables)}")
            cursor.execute(f"CREATE VIEW {name} AS {_of('shifted.sql', tables)}")
            cursor.execute(f"CREATE TABLE {name}_days AS {_of('days.sql', {'v_plays': name})}")
            self._seen_through[key] = (name, view)
        return self._seen_through[key][0]

    def _make_view(self, key: Key) -> str:
        self._made += 1
        of = "ratings" if key[0] else "plays"
        name = f"v_{of}_{self._made}"
        cursor = self.connection.cursor()
        try:
            cursor.execute(f"CREATE OR REPLACE TABLE zones AS {self.zones(key)}")
            cursor.execute(f"CREATE TABLE {name} AS {sql_text(_VIEWS, f'{of}.sql')}")
            if of == "plays":
                cursor.execute(f"CREATE TABLE {name}_days AS {_of('days.sql', {'v_plays': name})}")
        except duckdb.Error as error:
            if "timezone" in str(error).lower():
                raise BadQuestion(f"The time zone {key[1]} is not known to DuckDB.") from error
            raise
        return name

    def _load_plays(self, plays: pa.Table) -> None:
        """Plays in as little room as they need."""
        cursor = self.connection.cursor()
        cursor.register("told", plays)
        held = []
        for name in ("kind", "action", "place", "place_kind"):
            words = {*_KNOWN.get(name, ()), *_words(cursor, name)}
            if len(words) <= _MOST_WORDS:
                listed = ", ".join(_text(word) for word in sorted(words) or [""])
                cursor.execute(f"CREATE TYPE {name}s AS ENUM ({listed})")
                held.append(f"CAST({name} AS {name}s) AS {name}")
        id_type = plays.schema.field("play_id").type
        ids_are_uuids = id_type == pa.uuid()
        if pa.types.is_string(id_type):
            odd = "length(play_id) <> 36 OR TRY_CAST(play_id AS UUID) IS NULL"
            odd = f"SELECT 1 FROM told WHERE {odd} OR CAST(TRY_CAST(play_id AS UUID) AS VARCHAR) <> play_id LIMIT 1"
            ids_are_uuids = bool(len(plays)) and not cursor.execute(odd).fetchall()
        held += ["CAST(play_id AS UUID) AS play_id"] if ids_are_uuids else []
        self.id_type = "UUID" if ids_are_uuids else "BIGINT" if pa.types.is_integer(id_type) else "VARCHAR"
        self.columns = f"* REPLACE ({', '.join(held)})" if held else "*"
        cursor.unregister("told")
        self.create("plays", plays, self.columns)

    def replace_ratings(self, ratings: pa.Table) -> None:
        """Hold these ratings and no others."""
        for key in [key for key in self.views if key[0]]:
            self.drop_view(key)
        self.connection.cursor().execute("DROP TABLE ratings")
        self.create("ratings", ratings)

    def look_at_accounts(self) -> None:
        """Whose rows there are, and when each account's last one was."""
        found = {row["account_id"]: row["last_us"] for row in self.rows(_LAST)}
        self.accounts = sorted(found)
        self.last_at = {
            account_id: _EPOCH + timedelta(microseconds=last_us)
            for account_id, last_us in found.items()
            if last_us is not None
        }


def _of(name: str, tables: dict[str, str]) -> str:
    """One of our statements, of tables by these names."""
    text = sql_text(_VIEWS, name)
    for ours, theirs in tables.items():
        text = re.sub(rf"{re.escape(ours)}\b", theirs, text)
    return text


def _words(cursor: duckdb.DuckDBPyConnection, name: str) -> list[str]:
    several = f"SELECT DISTINCT {name} FROM told WHERE {name} IS NOT NULL LIMIT {_MOST_WORDS + 1}"
    return [row[0] for row in cursor.execute(several).fetchall()]


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _instant(at: datetime) -> str:
    return f"make_timestamptz({(at - _EPOCH) // timedelta(microseconds=1)})"
