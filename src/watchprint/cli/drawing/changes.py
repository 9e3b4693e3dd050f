"""The answer beside the one for the period before: what is more and what is less."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from watchprint.cli.drawing.marks.tables import figures, names, table
from watchprint.cli.drawing.paper import Paper
from watchprint.cli.drawing.words import figure, time_of, title_of
from watchprint.insights import Answer, Change

_MOST_ROWS = 15
_IN_WORDS = {"n": "all", "offset_shrunk": "offset", "hill1": "diversity (order 1)", "hill2": "diversity (order 2)"}


def drawn(answer: Answer, paper: Paper) -> Iterator[RenderableType]:
    """The whole and, where rows can be compared, each of them by its main figure."""
    before = answer.before
    if before is None:
        return
    column = _column(answer)
    rows = [_line(answer, change) for change in before.changes if not change.of or change.column == column]
    what = _IN_WORDS.get(column, column).replace("_", " ")
    yield Text("")
    yield paper.wrapped(f"Against the period before ({before.period}), by {what}:", style="bold")
    head = [names(""), *figures("now", "before", "change")]
    yield table(paper, head, rows[: _MOST_ROWS + 1])
    if len(rows) > _MOST_ROWS + 1:
        yield paper.wrapped(f"The first {_MOST_ROWS} of {len(rows) - 1:,}; --json gives all, and every figure.")


def _column(answer: Answer) -> str:
    """The figure that was asked for, where its change is told; else the first that is."""
    asked = {"time": "minutes"}.get(answer.measure, answer.measure)
    told = answer.insight.compares
    return asked if asked in told else told[0] if told else "ratings" if answer.insight.reads == "ratings" else "plays"


def _line(answer: Answer, change: Change) -> list[str]:
    name = _name(answer, change) if change.of else f"all {'ratings' if answer.insight.reads == 'ratings' else 'plays'}"
    shown = time_of if change.column.startswith("minutes") else figure
    return [name, *(shown(value) or "-" for value in (change.now, change.before)), difference(change)]


def difference(change: Change) -> str:
    """How much more or less, also as a share; where one of the two is missing, whether it is listed."""
    if change.now is None or change.before is None:
        return "not listed now" if change.now is None else "newly listed"
    more = change.now - change.before
    if not more:
        return "the same"
    if change.column.startswith("minutes"):
        said = f"{'+' if more > 0 else '-'}{time_of(abs(more))}"
    else:
        said = f"{more:+,.0f}" if more == int(more) else f"{more:+,.2f}"
    ratio = change.ratio
    return said if ratio is None or ratio <= 0 else f"{said} ({(ratio - 1) * 100:+,.0f} %)"


def _name(answer: Answer, change: Change) -> str:
    """What people call the row; its key where it has no name."""
    rows: list[Any] = [*answer.rows, *(answer.before.rows if answer.before else ())]
    key = answer.insight.key
    row = next((row for row in rows if all(getattr(row, each) == change.of[each] for each in key)), None)
    if row is not None and getattr(row, "name", None):
        return title_of(row)
    return " ".join(str(value) for value in change.of.values() if value is not None).replace("_", " ")
