"""One statement an insight for all accounts: what its SQL reduces, beside what is said of each account. Pure text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from watchprint.insights import asking
from watchprint.insights.fleet.columns import FIGURES, NTH, REASONS, figure
from watchprint.insights.fleet.dialect import numbered, spark_sql
from watchprint.insights.insight import sql_text
from watchprint.insights.question import Question

_VIEWS = "watchprint.insights.views"


def statements(asked_on: Callable[[date], Question], tables: Mapping[str, str], todays: Sequence[date]) -> list[str]:
    """The statements that together give every account's reduced rows, with its summary on each.

    There is one, unless what is asked depends on the day: then one for each day that it is now somewhere.

    Args:
        asked_on: the question as it is asked on a day; whose it is does not matter.
        tables: the names in the job of the tables.
        todays: the local days that it is now.
    """
    groups: dict[str, list[date]] = {}
    for today in todays:
        groups.setdefault(_composed(asked_on(today), tables, ()), []).append(today)
    if len(groups) <= 1:
        return [*groups]
    return [_composed(asked_on(days[0]), tables, days) for days in groups.values()]


def _composed(what: Question, tables: Mapping[str, str], days: Sequence[date]) -> str:
    """An account of which nothing is counted has one row without a number."""
    listed = ", ".join(f"CAST('{day}' AS DATE)" for day in days)
    among = f"IN ({listed})"
    whose = f"v.account_id IN (SELECT a.account_id FROM accounts AS a WHERE a.today {among})" if days else "TRUE"
    rows, columns = reduced(what, tables, whose)
    said = ["a.account_id", "a.day_start_min AS account_start_min", "a.spans AS account_spans"]
    said += [f"COALESCE(s.{name}, 0) AS {name}" for name in (figure(of, name) for of in REASONS for name in FIGURES)]
    said += [f"r.{name}" for name in (*columns, NTH) if name != "account_id"]
    return (
        f"SELECT {', '.join(said)} FROM {tables['accounts']} AS a "
        f"LEFT JOIN ({_summary(what, tables, whose)}) AS s ON s.account_id = a.account_id "
        f"LEFT JOIN ({rows}) AS r ON r.account_id = a.account_id" + (f" WHERE a.today {among}" if days else "")
    )


def reduced(what: Question, tables: Mapping[str, str], whose: str) -> tuple[str, list[str]]:
    """The insight's own statement for the accounts that `whose` picks, and the columns beside the number of a row."""
    source = {"plays": "v_plays", "days": asking.by_day(what, "v_plays", "v_days"), "ratings": "v_ratings"}
    body = what.insight.statement(what.parameters)
    text, bound = asking.statement(what, source[what.insight.reads], body, instants=False, whose=whose)
    return numbered(text, bound, tables)


def _summary(what: Question, tables: Mapping[str, str], whose: str) -> str:
    """The summary, one row an account instead of one a reason."""
    ratings = what.insight.reads == "ratings"
    body = sql_text(_VIEWS, "summary_ratings.sql" if ratings else "summary.sql")
    source = "v_ratings" if ratings else asking.by_day(what, "v_plays", "v_days")
    text, bound = asking.statement(what, source, body, instants=False, whose=whose)
    sums = []
    for reason in REASONS:
        holds = "left_out IS NULL" if reason is None else f"left_out = '{reason}'"
        sums += [f"SUM(CASE WHEN {holds} THEN {name} ELSE 0 END) AS {figure(reason, name)}" for name in FIGURES]
    return f"SELECT account_id, {', '.join(sums)} FROM ({spark_sql(text, bound, tables)}) AS why GROUP BY account_id"
