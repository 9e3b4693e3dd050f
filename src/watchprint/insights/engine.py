"""The lens: rows in memory, seen through DuckDB. One cursor a query; nothing is stored, nothing is fetched.

The views with their marks are made once per (zones, start of day) and kept for the latest few. A lens answers
several questions of the same rows; from several threads they are answered one after the other.
"""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Unpack

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from watchprint.domain.period import before
from watchprint.insights import asking
from watchprint.insights.answer import Answer
from watchprint.insights.answering import answer, beside_before
from watchprint.insights.catalogue import found, spelled
from watchprint.insights.errors import BadQuestion
from watchprint.insights.insight import sql_text
from watchprint.insights.loading.tables import Tables
from watchprint.insights.question import Asked, Question, question

_EVER = (datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC))
_VIEWS = "watchprint.insights.views"
_KEPT_VIEWS = 4
_KEPT_SUMMARIES = 256
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


class Lens:
    """Rows in memory, ready for questions; what `insights.load` gives.

    Args:
        tables: the rows, as `reading.tables` makes them.
    """

    def __init__(self, tables: Tables) -> None:
        self._connection = duckdb.connect(":memory:", config=_CONFIG)
        self._connection.execute("SET GLOBAL TimeZone = 'UTC'")
        self._lock = threading.RLock()
        self._marked: dict[tuple[Any, ...], str] = {}
        self._summaries: dict[tuple[str, ...], list[dict[str, Any]]] = {}
        self._made = 0
        for name, table in (("plays", tables.plays), ("titles", tables.loaded_titles), ("ratings", tables.ratings)):
            self._load(name, table)
        self._accounts = sorted(
            {*pc.unique(tables.plays["account_id"]).to_pylist(), *tables.ratings["account_id"].to_pylist()}
        )
        self._last_at = self._last(tables)

    def ask(self, name: str, **asked: Unpack[Asked]) -> Answer:
        """The answer to one question of these rows.

        Args:
            name: one of `insights.NAMES`; blanks, underscores and capitals do not matter.
            asked: period, zone, filters and parameters, as `question.Asked` says.

        Raises:
            UnknownInsight: no insight has this name.
            BadQuestion: something asked for cannot be answered.
        """
        name = spelled(name)
        account_id = self._account(asked.get("account_id"))
        what = question(name, found(name), asked, account_id=account_id, last_at=self._last_at.get(account_id))
        now = self._answered(what)
        compare = asked.get("compare")
        if (
            not (what.insight.beside_before if compare is None else compare)
            or (earlier := before(what.period, today=what.today)) is None
        ):
            return now
        return beside_before(now, self._answered(replace(what, period=earlier)))

    def _answered(self, what: Question) -> Answer:
        with self._lock:
            rows, summary = self._run(what, what.insight.statement(what.parameters)), self._summary(what)
        return answer(what, rows, summary, lambda of, row: self._ids(what, of, row))

    def close(self) -> None:
        """Lets go of the rows; answers given before keep theirs but can no longer name the plays behind them."""
        self._connection.close()

    def _load(self, name: str, table: pa.Table) -> None:
        cursor = self._connection.cursor()
        cursor.register("arriving", table)
        cursor.execute(f"CREATE TABLE {name} AS SELECT * FROM arriving")
        cursor.unregister("arriving")

    def _last(self, tables: Tables) -> dict[int, datetime]:
        found: dict[int, datetime] = {}
        for table, at in ((tables.ratings, "rated_at"), (tables.plays, "watched_at")):
            for row in table.group_by("account_id").aggregate([(at, "max")]).to_pylist():
                if last_at := row[f"{at}_max"]:
                    found[row["account_id"]] = last_at
        return found

    def _account(self, asked: int | None) -> int:
        if asked is not None:
            return asked
        if len(self._accounts) > 1:
            raise BadQuestion(f"The rows hold {len(self._accounts)} accounts. Say which one: account_id=…")
        return int(self._accounts[0]) if self._accounts else 0

    def _run(self, what: Question, body: str) -> list[dict[str, Any]]:
        if what.insight.reads == "days":
            return self._rows(*asking.statement(what, self._days(what), body, instants=False))
        return self._rows(*asking.statement(what, self._view(what), body))

    def _days(self, what: Question) -> str:
        view = self._view(what)
        return asking.by_day(what, view, f"{view}_days")

    def _summary(self, what: Question) -> list[dict[str, Any]]:
        """What stands behind an answer; kept, because many answers have the same."""
        ratings = what.insight.reads == "ratings"
        body = sql_text(_VIEWS, "summary_ratings.sql" if ratings else "summary.sql")
        source = self._view(what) if ratings else self._days(what)
        text, bound = asking.statement(what, source, body, instants=ratings)
        key = (text, *map(str, bound.values()))
        if key not in self._summaries:
            if len(self._summaries) >= _KEPT_SUMMARIES:
                self._summaries.clear()
            self._summaries[key] = self._rows(text, bound)
        return self._summaries[key]

    def _rows(self, text: str, bound: dict[str, Any]) -> list[dict[str, Any]]:
        cursor = self._connection.cursor().execute(text, bound)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def _view(self, what: Question) -> str:
        """The table that holds the view of plays or ratings for this zone and start of day."""
        key = (what.insight.reads == "ratings", what.zones, what.day_start_min)
        if key not in self._marked:
            self._marked[key] = self._make_view(what)
            if len(self._marked) > _KEPT_VIEWS:
                self._drop(self._marked.pop(next(iter(self._marked))))
        return self._marked[key]

    def _drop(self, view: str) -> None:
        for name in (view, f"{view}_days"):
            self._connection.cursor().execute(f"DROP TABLE IF EXISTS {name}")

    def _make_view(self, what: Question) -> str:
        self._made += 1
        of = "ratings" if what.insight.reads == "ratings" else "plays"
        name = f"v_{of}_{self._made}"
        cursor = self._connection.cursor()
        cursor.register("zones", self._zones(what))
        try:
            cursor.execute(f"CREATE TABLE {name} AS {sql_text(_VIEWS, f'{of}.sql')}")
            if of == "plays":
                days = sql_text(_VIEWS, "days.sql").replace("v_plays", name)
                cursor.execute(f"CREATE TABLE {name}_days AS {days}")
        except duckdb.Error as error:
            if "timezone" in str(error).lower():
                raise BadQuestion(f"The time zone {what.zones} is not known to DuckDB.") from error
            raise
        finally:
            cursor.unregister("zones")
        return name

    def _zones(self, what: Question) -> pa.Table:
        rows = [
            {
                "account_id": account_id,
                "zone": zone,
                "from_at": from_at or _EVER[0],
                "until_at": until_at or _EVER[1],
                "day_start_min": what.day_start_min,
            }
            for account_id in self._accounts
            for from_at, until_at, zone in what.zones.bounds()
        ]
        instant = pa.timestamp("us", tz="UTC")
        fields = [("account_id", pa.int64()), ("zone", pa.string()), ("from_at", instant), ("until_at", instant)]
        return pa.Table.from_pylist(rows, schema=pa.schema([*fields, ("day_start_min", pa.int32())]))

    def _ids(self, what: Question, of: str, row: dict[str, Any]) -> list[int | str]:
        if of == "row":
            source, condition = "v_counted", what.insight.behind
        else:
            source, condition = "v_asked", "left_out = $row_reason"
        if what.insight.reads == "ratings":
            body = (
                f"SELECT t.kind || ' ' || t.key AS id FROM {source} AS c JOIN titles AS t USING (title_id) "
                f"WHERE {condition} ORDER BY c.rated_at NULLS LAST, t.title_id"
            )
        else:
            body = f"SELECT play_id AS id FROM {source} AS c WHERE {condition} ORDER BY watched_at NULLS LAST, id"
        with self._lock:
            text, bound = asking.statement(what, self._view(what), body)
            of_row = {f"row_{name}": value for name, value in row.items() if f"$row_{name}" in condition}
            return [each["id"] for each in self._rows(text, bound | of_row)]
