"""What runs on the workers: one account's reduced table becomes its answer, by the code that answers one person.

Takes one table and gives one; opens nothing. The workers need this package and what the extra `insights` brings.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from operator import itemgetter
from typing import Any

import msgspec
import pyarrow as pa

from watchprint.insights.answer import Answer
from watchprint.insights.answering import answer
from watchprint.insights.catalogue import found
from watchprint.insights.fleet.columns import FIGURES, NTH, REASONS, figure
from watchprint.insights.fleet.schemas import EFFECT, answer_schema
from watchprint.insights.question import Asked, Question, question

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Finish:
    """Turns the table of one account into its answer; sent to the workers as it is.

    Args:
        name: the name that was asked.
        asked: what was asked, the same of everybody.
        ids: the type of the ids of plays, by its Arrow name.
    """

    name: str
    asked: Asked
    ids: str

    @property
    def schema(self) -> pa.Schema:
        """The columns of what comes out."""
        return answer_schema(found(self.name).row, pa.type_for_alias(self.ids))

    def function(self) -> Callable[[pa.Table], pa.Table]:
        """The same as a function of one argument, which is what Spark counts."""

        def finished(table: pa.Table) -> pa.Table:
            return self.finished(table)

        return finished

    def finished(self, table: pa.Table) -> pa.Table:
        """The answer, as a table of one row."""
        of = {name: table[name][0].as_py() for name in table.column_names if name.startswith("account_")}
        reduced = table.select([name for name in table.column_names if name not in of or name == "account_id"])
        rows = sorted((row for row in reduced.to_pylist() if row[NTH] is not None), key=itemgetter(NTH))
        made = answer(self._question(of), rows, _summary(of), _behind)
        return pa.Table.from_pylist([_plain(of["account_id"], made)], schema=self.schema)

    def _question(self, of: dict[str, Any]) -> Question:
        spans = [
            (None if span["from_us"] is None else _EPOCH + timedelta(microseconds=span["from_us"]), span["zone"])
            for span in of["account_spans"]
        ]
        start = of["account_start_min"]
        asked: Asked = {**self.asked, "zone": spans, "day_start": f"{start // 60:02d}:{start % 60:02d}"}
        return question(self.name, found(self.name), asked, account_id=of["account_id"], last_at=None)


def _summary(of: dict[str, Any]) -> list[dict[str, Any]]:
    rows = [{"left_out": reason, **{name: of[figure(reason, name)] for name in FIGURES}} for reason in REASONS]
    return [row for row in rows if row["plays"]]


def _behind(of: str, row: dict[str, Any]) -> list[int | str]:
    raise LookupError("The plays behind a row are named where one account is asked.")


def _plain(account_id: int, made: Answer) -> dict[str, Any]:
    return {
        "account_id": account_id,
        "n": made.n,
        "coverage": made.coverage,
        "left_out": [{"reason": each.reason, "plays": each.plays} for each in made.left_out],
        "facts": msgspec.json.encode(made.facts).decode(),
        "notes": [*made.notes],
        "effects": [{name: getattr(each, name) for name in EFFECT} for each in made.effects],
        "rows": [_value(row) for row in made.rows],
    }


def _value(value: Any) -> Any:
    """The value as Arrow takes it: a Struct, wherever it stands, is a dict."""
    if isinstance(value, msgspec.Struct):
        return {name: _value(getattr(value, name)) for name in value.__struct_fields__}
    return [_value(each) for each in value] if isinstance(value, list | tuple) else value
