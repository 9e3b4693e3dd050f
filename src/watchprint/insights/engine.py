"""The lens: rows in memory, seen through DuckDB. One cursor a query; nothing is stored, nothing is fetched.

A lens answers several questions of the same rows, and keeps the answers for those who ask the same again; from several
threads they are answered one after the other. The rows and their marks are held by `holding`.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Unpack
from uuid import UUID

from watchprint.domain.period import before
from watchprint.insights import asking
from watchprint.insights.answer import Answer
from watchprint.insights.answering import answer, beside_before
from watchprint.insights.catalogue import found, spelled
from watchprint.insights.errors import BadQuestion
from watchprint.insights.holding.amending import amended
from watchprint.insights.holding.marked import Marked
from watchprint.insights.insight import sql_text
from watchprint.insights.loading.tables import Tables, prepared
from watchprint.insights.question import Asked, Question, question

_VIEWS = "watchprint.insights.views"
_KEPT_SUMMARIES = 256
_KEPT_ANSWERS = 256


class Lens:
    """Rows in memory, ready for questions; what `insights.load` gives.

    Args:
        tables: the rows, as `reading.tables` makes them.
    """

    def __init__(self, tables: Tables) -> None:
        self._lock = threading.RLock()
        self._held = Marked(tables)
        self._summaries: dict[tuple[str, ...], list[dict[str, Any]]] = {}
        self._answers: dict[tuple[Any, ...], Answer] = {}

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
        what = question(name, found(name), asked, account_id=account_id, last_at=self._held.last_at.get(account_id))
        now = self._answered(what)
        compare = asked.get("compare")
        if (
            not (what.insight.beside_before if compare is None else compare)
            or (earlier := before(what.period, today=what.today)) is None
        ):
            return now
        return beside_before(now, self._answered(replace(what, period=earlier)))

    def amend(self, *, plays: Any, titles: Any, ratings: Any, gone: Sequence[int | str] = ()) -> bool:
        """Brings the rows up to date where few have changed, as if all were loaded anew; False where they have to be.

        Args:
            plays: the plays that are new or other than before, as `insights.prepared` takes them; each has its own id.
            titles: the titles likewise.
            ratings: all ratings.
            gone: the ids of plays that are no more.

        Raises:
            BadRows: a column is missing or of another type.
        """
        new = prepared(plays, titles, ratings)
        with self._lock:
            self._summaries.clear()
            self._answers.clear()
            return amended(self._held, new, gone)

    def _answered(self, what: Question) -> Answer:
        """The answer, kept for whoever asks the same again."""
        key = _key(what)
        with self._lock:
            if key not in self._answers:
                rows, summary = self._run(what, what.insight.statement(what.parameters)), self._summary(what)
                if len(self._answers) >= _KEPT_ANSWERS:
                    self._answers.clear()
                self._answers[key] = answer(what, rows, summary, lambda of, row: self._ids(what, of, row))
            return self._answers[key]

    def forget_answers(self) -> None:
        """Lets go of the answers that are kept, so that the next question is computed; the rows and marks stay."""
        with self._lock:
            self._answers.clear()

    def close(self) -> None:
        """Lets go of the rows; answers given before keep theirs but can no longer name the plays behind them."""
        self._held.connection.close()

    def _account(self, asked: int | None) -> int:
        if asked is not None:
            return asked
        if len(self._held.accounts) > 1:
            raise BadQuestion(f"The rows hold {len(self._held.accounts)} accounts. Say which one: account_id=…")
        return int(self._held.accounts[0]) if self._held.accounts else 0

    def _run(self, what: Question, body: str) -> list[dict[str, Any]]:
        if what.insight.reads == "days":
            return self._held.rows(*asking.statement(what, self._days(what), body, instants=False))
        return self._held.rows(*asking.statement(what, self._held.view(what), body))

    def _days(self, what: Question) -> str:
        view = self._held.view(what)
        return asking.by_day(what, view, f"{view}_days")

    def _summary(self, what: Question) -> list[dict[str, Any]]:
        """What stands behind an answer; kept, because many answers have the same."""
        ratings = what.insight.reads == "ratings"
        body = sql_text(_VIEWS, "summary_ratings.sql" if ratings else "summary.sql")
        source = self._held.view(what) if ratings else self._days(what)
        text, bound = asking.statement(what, source, body, instants=ratings)
        key = (text, *map(str, bound.values()))
        if key not in self._summaries:
            if len(self._summaries) >= _KEPT_SUMMARIES:
                self._summaries.clear()
            self._summaries[key] = self._held.rows(text, bound)
        return self._summaries[key]

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
            text, bound = asking.statement(what, self._held.view(what), body)
            of_row = {f"row_{name}": value for name, value in row.items() if f"$row_{name}" in condition}
            return [_plain(each["id"]) for each in self._held.rows(text, bound | of_row)]


def _key(what: Question) -> tuple[Any, ...]:
    """What tells questions apart."""
    mappings = (tuple(sorted(each.items(), key=str)) for each in (what.filters, what.parameters))
    return (
        what.name, what.insight.name, what.account_id, what.period, what.zones, what.day_start_min, what.today,
        what.last_on, what.kinds, what.as_trakt_counts, what.measure, repr(sorted(what.asked.items())), *mappings,
    )  # fmt: skip


def _plain(play_id: int | str | UUID) -> int | str:
    return str(play_id) if isinstance(play_id, UUID) else play_id
