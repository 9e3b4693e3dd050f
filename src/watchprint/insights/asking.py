"""Composes the statement of one question: which rows are asked of, which of them count, and the insight's own SQL.

Pure text and parameters; values are always bound, never written into the text. Runs nothing.
"""

from __future__ import annotations

from typing import Any

from watchprint.insights.insight import Reason
from watchprint.insights.question import Question

Bound = dict[str, Any]

_MARKED: dict[Reason, str] = {"duplicate": "v.is_duplicate", "bulk": "v.is_bulk"}
_OF_TITLE = {
    "genre": "list_contains(t.genres, {value})",
    "country": "t.country = {value}",
    "language": "t.language = {value}",
    "network": "t.network = {value}",
    "decade": "(t.year >= CAST({value} AS INTEGER) AND t.year < CAST({value} AS INTEGER) + 10)",
}
_OF_SHOW = "(lower(t.name) = lower({value}) OR t.slug = {value} OR t.key = {value} OR t.key = 'trakt:' || {value})"


def statement(question: Question, source: str, body: str) -> tuple[str, Bound]:
    """The body, with `v_asked` and `v_counted` put before it.

    Args:
        question: what is asked.
        source: the table that holds the view with the question's zone and start of day.
        body: a statement that reads `v_counted` or `v_asked`.
    """
    asked, bound = _asked(question, source)
    head = f"WITH v_asked AS (\n{asked}\n),\nv_counted AS (SELECT * FROM v_asked WHERE left_out IS NULL)"
    text = f"{head},\n{body[4:].lstrip()}" if body[:5].upper() == "WITH " else f"{head}\n{body}"
    bound |= {name: value for name, value in question.parameters.items() if f"${name}" in body}
    bound |= {"measure": question.measure} if "$measure" in body else {}
    return text, bound


def reasons(question: Question) -> tuple[Reason, ...]:
    """The marks that are not counted, the first that holds giving the reason."""
    undated: tuple[Reason, ...] = ()
    if question.insight.on_time_axis or not question.period.is_all:
        undated = ("undated",)
    if question.as_trakt_counts or question.insight.reads == "ratings":
        return undated
    return (*undated, *question.insight.leaves_out)


def _asked(question: Question, source: str) -> tuple[str, Bound]:
    at = "rated_at" if question.insight.reads == "ratings" else "watched_at"
    wheres, bound = ["v.account_id = $account_id"], {"account_id": question.account_id}
    for conditions, values in (_period(question, at), _kinds(question), _filters(question)):
        wheres += conditions
        bound |= values
    whens = [f"WHEN {_MARKED.get(each, f'v.{at} IS NULL')} THEN '{each}'" for each in reasons(question)]
    left_out = f"CASE {' '.join(whens)} END" if whens else "CAST(NULL AS VARCHAR)"
    text = f"SELECT v.*, {left_out} AS left_out\nFROM {source} AS v\nWHERE {' AND '.join(wheres)}"
    return text, bound


def _period(question: Question, at: str) -> tuple[list[str], Bound]:
    from_at, until_at = question.zones.instants(question.period, question.day_start_min)
    inside, bound = [], Bound()
    if from_at is not None:
        inside += [f"v.{at} >= $from_at", "v.local_day >= $from_on"]
        bound |= {"from_at": from_at, "from_on": question.period.from_on}
    if until_at is not None:
        inside += [f"v.{at} < $until_at", "v.local_day < $until_on"]
        bound |= {"until_at": until_at, "until_on": question.period.until_on}
    return ([f"(v.{at} IS NULL OR ({' AND '.join(inside)}))"], bound) if inside else ([], bound)


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
