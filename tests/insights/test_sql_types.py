"""Every column of every statement has one type, said where it does not follow: engines choose differently between two.

Types are those that Spark gives (a row number is an INT there). A whole number written out takes its neighbour's type.
"""

from __future__ import annotations

import re
from typing import Any

import pyarrow as pa
import pytest
import sqlglot
from sqlglot import exp
from sqlglot.optimizer.annotate_types import annotate_types
from sqlglot.optimizer.qualify import qualify

from watchprint.insights.catalogue import INSIGHTS
from watchprint.insights.insight import sql_text
from watchprint.insights.loading.tables import LOADED_RATINGS, TITLES, loaded_plays

_TYPES = {"int32": "INT", "int64": "BIGINT", "string": "STRING", "double": "DOUBLE", "bool": "BOOLEAN",
          "date32[day]": "DATE", "timestamp[us, tz=UTC]": "TIMESTAMP",
          "list<item: string>": "ARRAY<STRING>"}  # fmt: skip


def _columns(schema: pa.Schema) -> dict[str, str]:
    return {field.name: _TYPES[str(field.type)] for field in schema}


TITLES_HAVE = {**_columns(TITLES), "aired_s": "BIGINT"}
PLAYS = _columns(loaded_plays(pa.int64()))
COUNTED = {
    "plays": {**PLAYS, "local_at": "TIMESTAMP_NTZ", "local_day": "DATE", "runtime_min": "INT",
              "is_duplicate": "BOOLEAN", "is_bulk": "BOOLEAN"},
    "days": {"account_id": "BIGINT", "kind": "STRING", "local_day": "DATE", "is_duplicate": "BOOLEAN",
             "is_bulk": "BOOLEAN", "timed": "BOOLEAN", "named": "BOOLEAN", "plays": "BIGINT", "minutes": "BIGINT"},
    "ratings": {**_columns(LOADED_RATINGS), "local_day": "DATE"},
}  # fmt: skip
STATEMENTS = [
    (insight.reads, package, file)
    for insight in INSIGHTS
    for package, file in sorted({insight.sql, *insight.sql_of.values()})
]


def mixed(text: str, reads: str) -> list[str]:
    """The columns and branches of a statement whose types differ or are not known."""
    given = sqlglot.parse_one(re.sub(r"\$\w+", "'x'", text), read="duckdb").sql("spark")
    schema: Any = {"v_counted": COUNTED[reads], "titles": TITLES_HAVE}
    tree: Any = annotate_types(
        qualify(sqlglot.parse_one(given, read="spark"), schema=schema, dialect="spark"), schema=schema, dialect="spark"
    )
    found = [f"no type: {each.alias_or_name}" for each in tree.selects if _type(each) in {"UNKNOWN", "NULL", "VOID"}]
    for union in tree.find_all(exp.Union):
        for name, left, right in zip(union.named_selects, union.left.selects, union.right.selects, strict=True):
            if _type(left) != _type(right):
                found.append(f"union: {name} is {_type(left)} and {_type(right)}")
    for node in [*tree.find_all(exp.Case), *tree.find_all(exp.Coalesce)]:
        types = {_type(each) for each in _branches(node) if not isinstance(each, exp.Literal | exp.Null)}
        if len(types) > 1:
            found.append(f"branches: {sorted(types)} in {node.sql()}")
    return found


def _type(node: Any) -> str:
    return str(node.type.sql("spark")) if node.type else "UNKNOWN"


def _branches(node: Any) -> list[Any]:
    if isinstance(node, exp.Coalesce):
        return [node.this, *node.expressions]
    default = node.args.get("default")
    return [*(each.args["true"] for each in node.args["ifs"]), *([default] if default else [])]


@pytest.mark.parametrize(("reads", "package", "file"), STATEMENTS, ids=[file for *_, file in STATEMENTS])
def test_every_column_has_one_type(reads: str, package: str, file: str) -> None:
    assert mixed(sql_text(package, file), reads) == []


@pytest.mark.parametrize(
    "text",
    [
        "SELECT account_id, NULL AS year FROM v_counted",
        "SELECT account_id, play_id FROM v_counted UNION ALL SELECT account_id, runtime_min FROM v_counted",
        "SELECT account_id, CASE WHEN is_bulk THEN play_id ELSE runtime_min END AS x FROM v_counted",
        "SELECT account_id, COALESCE(runtime_min, title_id) AS x FROM v_counted",
        "SELECT account_id, ROW_NUMBER() OVER (PARTITION BY account_id ORDER BY play_id) AS x FROM v_counted "
        "UNION ALL SELECT account_id, title_id AS x FROM v_counted",
    ],
)
def test_two_types_are_seen(text: str) -> None:
    assert mixed(text, "plays")


def test_a_number_written_out_takes_the_type_beside_it() -> None:
    assert mixed("SELECT account_id, COALESCE(SUM(runtime_min), 0) AS x FROM v_counted GROUP BY 1", "plays") == []
