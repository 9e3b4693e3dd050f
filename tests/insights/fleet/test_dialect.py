"""Statements in Spark's words: values stay values, tables get the job's names, and the order becomes a number."""

from __future__ import annotations

from datetime import date

import pytest
import sqlglot

from watchprint.insights.catalogue import INSIGHTS
from watchprint.insights.fleet.columns import NTH
from watchprint.insights.fleet.dialect import numbered, spark_sql
from watchprint.insights.insight import Insight, sql_text

TABLES = {"plays": "job_plays", "titles": "job_titles", "v_plays": "job_v_plays"}


@pytest.mark.parametrize("value", ["it's", "back\\slash", "'; DROP TABLE plays --", "\\' OR 1 = 1 --", 'say "so"', ""])
def test_a_text_stays_one_literal(value: str) -> None:
    text = spark_sql("SELECT * FROM titles AS t WHERE t.name = $x", {"x": value}, TABLES)
    tree = sqlglot.parse_one(text, read="spark")
    assert [each.this for each in tree.find_all(sqlglot.exp.Literal)] == [value]


def test_values_have_their_types() -> None:
    text = spark_sql(
        "SELECT $day AS a, $n AS b, $none AS c FROM plays", {"day": date(2024, 2, 29), "n": 3, "none": None}, {}
    )
    assert text == "SELECT CAST('2024-02-29' AS DATE) AS a, 3 AS b, NULL AS c FROM plays"


def test_tables_are_renamed_and_what_is_named_after_them_is_not() -> None:
    text = spark_sql("WITH titles AS (SELECT plays.x FROM plays) SELECT p.x FROM titles AS p, v_plays", {}, TABLES)
    assert text == (
        "WITH titles AS (SELECT plays.x FROM job_plays AS plays) SELECT p.x FROM titles AS p, job_v_plays AS v_plays"
    )


def test_instants_become_local_times_without_a_zone() -> None:
    text = spark_sql("SELECT watched_at AT TIME ZONE z.zone AS local_at FROM plays", {}, {})
    assert text == "SELECT CAST(FROM_UTC_TIMESTAMP(watched_at, z.zone) AS TIMESTAMP_NTZ) AS local_at FROM plays"


def test_the_order_is_a_number_of_the_account() -> None:
    text, columns = numbered(
        "SELECT t.account_id, t.x, t.y FROM t ORDER BY t.account_id, 3 DESC, COALESCE(t.x, t.y)", {}, {}
    )
    assert columns == ["account_id", "x", "y"]
    assert text == (
        "SELECT account_id, x, y, ROW_NUMBER() OVER (PARTITION BY account_id ORDER BY account_id NULLS LAST, "
        f"y DESC, COALESCE(x, y) NULLS LAST) AS {NTH} FROM (SELECT t.account_id, t.x, t.y FROM t) AS in_order"
    )


def test_an_order_by_what_does_not_come_out_is_refused() -> None:
    with pytest.raises(ValueError, match="not among its columns"):
        numbered("SELECT account_id FROM t ORDER BY account_id, z", {}, {})


@pytest.mark.parametrize("insight", INSIGHTS, ids=lambda insight: insight.name)
def test_every_order_is_of_what_comes_out(insight: Insight) -> None:
    for package, file in {insight.sql, *insight.sql_of.values()}:
        bound = {"today": date(2024, 1, 1), "of": "x", "limit": 1, "unit": "x", "measure": "x", "counting": "x"}
        _, columns = numbered(sql_text(package, file), {**bound, "gap_min": 1, "on": "x", "sort": "x"}, {})
        assert "account_id" in columns
        assert NTH not in columns
        assert len({*columns}) == len(columns)
