"""Our statements as Spark reads them: parameters written in as literals, tables under the names of the job.

Pure text. It knows the portable subset that the statements are written in and no more: a test holds every file to it,
because a translation that does not complain proves nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlglot
from sqlglot import exp

from watchprint.insights.fleet.columns import NTH


def spark_sql(text: str, bound: Mapping[str, Any], tables: Mapping[str, str]) -> str:
    """The statement in Spark's words.

    Args:
        text: a statement in the portable subset of DuckDB's SQL.
        bound: the values of its parameters; texts are quoted as literals, never pasted.
        tables: the names in the job of the tables that it reads.
    """
    return _translated(sqlglot.parse_one(text, read="duckdb"), bound, tables).sql("spark")


def numbered(text: str, bound: Mapping[str, Any], tables: Mapping[str, str]) -> tuple[str, list[str]]:
    """The statement with its order as a column: rows of an account numbered from 1 in `NTH`; and its other columns.

    An order does not outlive a join or a shuffle, a number does.
    """
    tree: Any = _translated(sqlglot.parse_one(text, read="duckdb"), bound, tables)
    columns = [*tree.named_selects]
    order = tree.args["order"].expressions
    tree.set("order", None)
    by = ", ".join(_of_outputs(each, columns).sql("spark") for each in order)
    number = f"ROW_NUMBER() OVER (PARTITION BY account_id ORDER BY {by}) AS {NTH}"
    return f"SELECT {', '.join(columns)}, {number} FROM ({tree.sql('spark')}) AS in_order", columns


def _of_outputs(ordered: exp.Expr, columns: list[str]) -> exp.Expr:
    """An order by what comes out: `t.name` and the position 2 are columns of the result."""
    if isinstance(ordered.this, exp.Literal):
        ordered.set("this", exp.column(columns[int(ordered.this.name) - 1]))
    for column in ordered.find_all(exp.Column):
        if column.name not in columns:
            raise ValueError(f"a statement is ordered by {column.sql()}, which is not among its columns")
        column.set("table", None)
    return ordered


def _translated(tree: exp.Expr, bound: Mapping[str, Any], tables: Mapping[str, str]) -> exp.Expr:
    own = {cte.alias for cte in tree.find_all(exp.CTE)}

    def changed(node: exp.Expr) -> exp.Expr:
        if isinstance(node, exp.Placeholder | exp.Parameter):
            return _literal(bound[node.name])
        if isinstance(node, exp.AtTimeZone):
            wall = exp.Anonymous(this="FROM_UTC_TIMESTAMP", expressions=[node.this, node.args["zone"]])
            return exp.cast(wall, exp.DType.TIMESTAMPNTZ)
        if isinstance(node, exp.Table) and node.name in tables and node.name not in own:
            return exp.alias_(exp.to_table(tables[node.name]), node.alias or node.name, table=True)
        return node

    return tree.transform(changed)


def _literal(value: Any) -> exp.Expr:
    if isinstance(value, date):
        return exp.cast(exp.Literal.string(value.isoformat()), exp.DType.DATE)
    return exp.convert(value)
