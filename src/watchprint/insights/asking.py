"""Composes the statement of one question: which rows are asked of, which of them count, and the insight's own SQL.

Pure text and parameters; what comes from outside is always bound, never written into the text. Runs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from watchprint.insights.insight import Reason
from watchprint.insights.question import Question

Bound = dict[str, Any]

_MARKED: dict[Reason, str] = {"undated": "v.local_day IS NULL", "duplicate": "v.is_duplicate", "bulk": "v.is_bulk"}
_OF_TITLE = {
    "genre": "list_contains(t.genres, {value})",
    "country": "t.country = {value}",
    "language": "t.language = {value}",
    "network": "t.network = {value}",
    "decade": "(t.year >= CAST({value} AS INTEGER) AND t.year < CAST({value} AS INTEGER) + 10)",
}
_OF_SHOW = "(lower(t.name) = lower({value}) OR t.slug = {value} OR t.key = {value} OR t.key = 'trakt:' || {value})"


_OF_ONE = "v.account_id = $account_id"
_AND_BY_ACCOUNT = re.compile(r"PARTITION BY (?:\w+\.)?account_id, ")
_BY_ACCOUNT = re.compile(r"PARTITION BY (?:\w+\.)?account_id\b\s*")
_TALLIED = (
    "SELECT v.*, runtime_min IS NOT NULL AS timed, title_id IS NOT NULL AS named, 1 AS plays, "
    "COALESCE(runtime_min, 0) AS minutes FROM {view} AS v"
)


def statement(
    question: Question, source: str, body: str, *, instants: bool = True, whose: str = _OF_ONE
) -> tuple[str, Bound]:
    """The body, with the views that it reads put before it.

    Args:
        question: what is asked.
        source: the table that holds the view with the question's zone and start of day.
        body: a statement that reads `v_counted` (what is asked of and counts) or `v_asked` (all of it, with the
            reason why a row is left out).
        instants: False where the source has no instants, or local days alone are to decide.
        whose: the condition that picks the accounts: the question's own, or that of many at once.
    """
    wheres, bound = _asked(question, instants=instants, whose=whose)
    marks = [(_MARKED[each], each) for each in reasons(question)]
    views = []
    if "v_asked" in body:
        whens = " ".join(f"WHEN {mark} THEN '{reason}'" for mark, reason in marks)
        left_out = f"CASE {whens} END" if whens else "CAST(NULL AS VARCHAR)"
        where = " AND ".join(wheres)
        views.append(f"v_asked AS (SELECT v.*, {left_out} AS left_out FROM {source} AS v WHERE {where})")
    if "v_counted" in body:
        where = " AND ".join([*wheres, *(f"NOT ({mark})" for mark, _ in marks)])
        views.append(f"v_counted AS (SELECT v.* FROM {source} AS v WHERE {where})")
    head = "WITH " + ",\n".join(views)
    body = _without_partition(body) if whose == _OF_ONE else body
    text = f"{head},\n{body[4:].lstrip()}" if body[:5].upper() == "WITH " else f"{head}\n{body}"
    if "$today" in text:
        bound["today"] = question.last_on
    return _chosen(text, {**question.parameters, "measure": question.measure}), bound


def by_day(question: Question, plays: str, days: str) -> str:
    """The source of plays counted by day; where a filter needs the plays themselves, those with the same columns."""
    return f"({_TALLIED.format(view=plays)})" if question.filters else days


def _without_partition(body: str) -> str:
    """The body for rows of one account, whose windows need no partition by it: it costs a third of their time."""
    return _BY_ACCOUNT.sub("", _AND_BY_ACCOUNT.sub("PARTITION BY ", body))


def _chosen(text: str, parameters: Mapping[str, Any]) -> str:
    """The text with the parameters written into it, so that the planner can fold them.

    They are whole numbers, words of a declaration, or a day of the year: `question` lets nothing else through.
    """
    for name, value in parameters.items():
        said = "CAST(NULL AS VARCHAR)" if value is None else str(value) if isinstance(value, int) else f"'{value}'"
        text = re.sub(rf"\${name}\b", said, text)
    return text


def reasons(question: Question) -> tuple[Reason, ...]:
    """The marks that are not counted, the first that holds giving the reason."""
    undated: tuple[Reason, ...] = ()
    if question.insight.on_time_axis or not question.period.is_all:
        undated = ("undated",)
    if question.as_trakt_counts or question.insight.reads == "ratings":
        return undated
    return (*undated, *question.insight.leaves_out)


def _asked(question: Question, *, instants: bool, whose: str) -> tuple[list[str], Bound]:
    wheres, bound = [whose], {"account_id": question.account_id} if whose == _OF_ONE else Bound()
    for conditions, values in (_period(question, instants=instants), _kinds(question), _filters(question)):
        wheres += conditions
        bound |= values
    return wheres, bound


def _period(question: Question, *, instants: bool) -> tuple[list[str], Bound]:
    at = "rated_at" if question.insight.reads == "ratings" else "watched_at"
    from_at, until_at = question.zones.instants(question.period, question.day_start_min)
    inside, bound = [], Bound()
    if from_at is not None:
        inside += ["v.local_day >= $from_on", *([f"v.{at} >= $from_at"] if instants else [])]
        bound |= {"from_on": question.period.from_on, **({"from_at": from_at} if instants else {})}
    if until_at is not None:
        inside += ["v.local_day < $until_on", *([f"v.{at} < $until_at"] if instants else [])]
        bound |= {"until_on": question.period.until_on, **({"until_at": until_at} if instants else {})}
    return ([f"(v.local_day IS NULL OR ({' AND '.join(inside)}))"], bound) if inside else ([], bound)


def _kinds(question: Question) -> tuple[list[str], Bound]:
    if not question.kinds:
        return [], {}
    bound = {f"kind_{index}": kind for index, kind in enumerate(question.kinds)}
    return [f"v.kind IN ({', '.join('$' + name for name in bound)})"], bound


def _filters(question: Question) -> tuple[list[str], Bound]:
    wheres, bound = [], Bound()
    for name, values in question.filters.items():
        names = [f"{name}_{index}" for index in range(len(values))]
        bound |= dict(zip(names, values, strict=True))
        pattern = _OF_SHOW if name == "show" else _OF_TITLE[name]
        holds = " OR ".join(pattern.format(value="$" + each) for each in names) or "FALSE"
        key = "show_id" if name == "show" else "title_id"
        wheres.append(f"v.{key} IN (SELECT t.title_id FROM titles AS t WHERE {holds})")
    return wheres, bound
