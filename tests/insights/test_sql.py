"""Every statement stays in the subset of SQL that means the same on DuckDB and on Spark."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
import sqlglot
from sqlglot import exp

from watchprint.insights import asking
from watchprint.insights.catalogue import INSIGHTS
from watchprint.insights.insight import sql_text
from watchprint.insights.question import Asked, question

ROOT = Path(str(resources.files("watchprint.insights")))
FILES = sorted(ROOT.rglob("*.sql"))
INSTANTS = {"watched_at", "rated_at"}
PARTS = {"HOUR", "MINUTE", "MONTH", "DAY"}
FUNCTIONS = {
    "AND", "ARG_MIN", "ARRAY_CONTAINS", "CASE", "CAST", "COALESCE", "COUNT", "DATEDIFF", "DATE_TRUNC", "EXISTS",
    "EXPLODE", "EXTRACT", "FLOOR", "IF", "LAG", "LEAD", "LN", "LOWER", "MAX", "MIN", "OR", "RANK", "ROUND",
    "ROW_NUMBER", "SUBSTRING", "SUM", "TIMESTAMP_TRUNC", "UNNEST", "XOR",
}  # fmt: skip


def faults(text: str) -> list[str]:
    """What in a statement is outside the portable subset."""
    tree = sqlglot.parse_one(text, read="duckdb")
    found = [f"function {name}" for name in _functions(tree) - FUNCTIONS]
    for node in tree.find_all(exp.AtTimeZone):
        if not (isinstance(node.this, exp.Column) and node.this.name in INSTANTS):
            found.append("a local time turned into an instant")
    for source in [*tree.find_all(exp.From), *tree.find_all(exp.Join)]:
        if isinstance(source.this, exp.Unnest | exp.Table) and not source.this.name:
            found.append("a table function in FROM")
    found += ["ASOF" for join in tree.find_all(exp.Join) if join.args.get("method")]
    found += ["RECURSIVE" for each in tree.find_all(exp.With) if each.args.get("recursive")]
    found += ["list comprehension" for _ in tree.find_all(exp.Comprehension)]
    found += ["list literal" for _ in tree.find_all(exp.Array, exp.Lambda)]
    found += [f"extract {each.name}" for each in tree.find_all(exp.Extract) if each.name.upper() not in PARTS]
    found += [f"date_diff {each.sql()}" for each in tree.find_all(exp.DateDiff) if each.text("unit").upper() != "DAY"]
    found += [f"interval {each.sql()}" for each in tree.find_all(exp.Interval) if not _minute(each)]
    found += ["order without end" for each in tree.find_all(exp.Window) if _ranks(each) and not each.args["order"]]
    return found


def _functions(tree: Any) -> set[str]:
    return {
        each.name.upper() if isinstance(each, exp.Anonymous) else each.sql_name() for each in tree.find_all(exp.Func)
    }


def _minute(interval: exp.Interval) -> bool:
    return interval.this.name == "1" and str(interval.unit).upper() == "MINUTE"


def _ranks(window: exp.Window) -> bool:
    return isinstance(window.this, exp.RowNumber | exp.Rank | exp.Lag | exp.Lead)


def composed() -> list[tuple[str, str]]:
    """Each insight's whole statement, with every filter, and the statement that names the plays behind a row."""
    asked: Asked = {
        "period": "2024", "zone": "Europe/Berlin", "genre": ["drama", "crime"], "show": "x", "country": "us",
        "language": "en", "network": "n", "decade": 1990,
    }  # fmt: skip
    now = datetime(2024, 5, 1, tzinfo=UTC)
    made = []
    for insight in INSIGHTS:
        what = question(insight.name, insight, asked, account_id=0, last_at=now)
        for name in (insight.sql, *insight.sql_of.values()):
            made.append((name[1], asking.statement(what, "v_source", sql_text(*name))[0]))
        behind = f"SELECT 1 AS id FROM v_counted AS c WHERE {insight.behind}"
        made.append((f"{insight.name} behind", asking.statement(what, "v_source", behind)[0]))
    return made


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_files_are_portable(file: Path) -> None:
    package = ".".join(("watchprint.insights", *file.parent.relative_to(ROOT).parts))
    assert faults(sql_text(package, file.name)) == []


@pytest.mark.parametrize(("name", "text"), composed())
def test_whole_statements_are_portable(name: str, text: str) -> None:
    assert faults(text) == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_file_is_keyed_by_account(file: Path) -> None:
    tree: Any = sqlglot.parse_one(file.read_text(), read="duckdb")
    assert "account_id" in tree.named_selects
    windows = [each for each in tree.find_all(exp.Window) if each.find(exp.Order)]
    assert all("account_id" in each.sql() for each in windows)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT local_at AT TIME ZONE 'UTC' AS at FROM v",
        "SELECT timezone('UTC', local_at) AS at FROM v",
        "SELECT day FROM range(3) AS t(day)",
        "SELECT day FROM generate_series(1, 3) AS t(day)",
        "SELECT x FROM UNNEST([1, 2]) AS t(x)",
        "SELECT quantile_cont(x, 0.5) AS m FROM v",
        "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY x) AS m FROM v",
        "SELECT EXTRACT(isodow FROM local_day) AS d FROM v",
        "SELECT isodow(local_day) AS d FROM v",
        "SELECT date_diff('week', local_day, last_on) AS d FROM v",
        "SELECT a.x FROM a ASOF JOIN b ON a.at >= b.at",
        "WITH RECURSIVE t AS (SELECT 1 AS x UNION ALL SELECT x + 1 FROM t) SELECT x FROM t",
        "SELECT [y + 1 FOR y IN xs] AS z FROM v",
        "SELECT at + INTERVAL '3' HOUR AS x FROM v",
        "SELECT list_has_any(genres, other) AS x FROM v",
        "SELECT len(genres) AS x FROM v",
        "SELECT ROW_NUMBER() OVER (PARTITION BY account_id) AS x FROM v",
    ],
)
def test_what_is_not_portable_is_seen(text: str) -> None:
    assert faults(text)


def test_all_statements_are_looked_at() -> None:
    assert {insight.sql[1] for insight in INSIGHTS} | {"top_values.sql"} <= {file.name for file in FILES}
    assert len(FILES) == len(INSIGHTS) + 8
