"""What an insight is: declared once, read by the library, the command line, the HTTP face and the docs.

A declaration is data: the question, the formula in words, the SQL beside it, and a pure finisher for what SQL is
not for. It opens nothing and computes nothing by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from watchprint.insights.question import Question

Reason = Literal["undated", "duplicate", "bulk"]

WHY: Mapping[str, str] = {
    "undated": "their date is unknown, so they have no place in time",
    "duplicate": "the same title ended less than its own runtime before, which is one viewing",
    "bulk": "marked in bulk: four or more plays in one minute, or over 24 hours of runtime on one local day",
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """What may be asked of one insight beyond period, zone, start of day, kind and filters.

    Args:
        name: its name in every face.
        meaning: what it changes, in words.
        default: what holds when it is not given.
        choices: the words it takes; empty where it has another form.
        form: what it takes without choices: a whole number of at least 1, or a day of the year like 05-24 (of which the
            present day is the default).
    """

    name: str
    meaning: str
    default: str | int | None
    choices: tuple[str, ...] = ()
    form: Literal["whole", "day"] = "whole"


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """Something that stands out, in its own standard errors.

    Args:
        trait: what stands out, a short name such as night-owl; one insight may look at several.
        sentence: it, in words for the person.
        estimate: what was found; `expected`: what it is held against.
        error: the standard error of the difference, with the spread between people in it.
        n: how many plays (or ratings, shows, …) it rests on.
    """

    trait: str
    sentence: str
    estimate: float
    expected: float
    error: float
    n: int

    @property
    def z(self) -> float:
        """How many standard errors it is away from what is expected; 0 where there is no error to measure by."""
        return (self.estimate - self.expected) / self.error if self.error > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Finished:
    """What a finisher gives: the rows, and statements about them by name.

    `lacking` counts the plays, and those of known runtime, that lack the field the rows are made of; it lowers the
    coverage. None where there is no such field. `effects` is what stands out, before it is known whether much does.
    `notes` are sentences for the reader, such as why nothing is shown.
    """

    rows: list[Any]
    facts: dict[str, Any] = field(default_factory=dict)
    lacking: tuple[int, int] | None = None
    effects: tuple[Effect, ...] = ()
    notes: tuple[str, ...] = ()


Settle = Callable[[dict[str, Any], tuple[str, ...]], tuple[dict[str, Any], tuple[str, ...]]]
Finisher = Callable[[list[dict[str, Any]], "Question"], Finished]


@dataclass(frozen=True, slots=True, kw_only=True)
class Insight:
    """One insight.

    Args:
        name: its name; `names` holds the others that it answers to, each with the parameters that name sets.
        question: what it answers, as a person would ask.
        unit: what its numbers count.
        shape: the rows, in words.
        row: the type of a row.
        formula: how the numbers come about, in words.
        guard: below how many rows what is not shown, in words.
        source: where the formula comes from.
        sql: the package and file of its SQL, which reads `v_counted`.
        sql_of: other SQL, with the same columns, for some values of the parameter `of`.
        behind: the condition that picks the plays behind a row; `$row_name` is the row's field `name`.
        finish: turns the reduced table into rows.
        settle: lets parameters and kinds follow from each other.
        reads: plays, days (plays counted by day, where that is enough) or ratings.
        on_time_axis: True when a play of unknown date has no place in it.
        leaves_out: the marks that are not counted as watched.
        measures: what it can show or rank by, its default first.
        parameters: what else can be asked.
        period: the period when none is asked.
        counts_as_trakt: True when it counts every row as Trakt does unless asked otherwise.
        key: the columns that name a row, where rows of two periods can be compared one by one.
        compares: the columns whose change against the period before is told.
        beside_before: True where the period before stands beside the answer unless asked otherwise.
        needs: the facts of titles and plays that it is made of, by the names of `rows.PlayRow`.
        statistical: where it infers more than it counts, its power in words: which effect it finds how often.
        traits: what can stand out in it, by the short names of its effects, in words.
        no_traits: where nothing can, why not; exactly one of the two is given.
        looks: the names under which it is asked for what stands out; none: its own.
    """

    name: str
    question: str
    unit: str
    shape: str
    row: type[Any]
    formula: str
    guard: str
    source: str
    sql: tuple[str, str]
    behind: str
    finish: Finisher
    names: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    settle: Settle | None = None
    sql_of: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    reads: Literal["plays", "days", "ratings"] = "plays"
    on_time_axis: bool = True
    leaves_out: tuple[Reason, ...] = ("duplicate",)
    measures: tuple[str, ...] = ("plays", "time")
    parameters: tuple[Parameter, ...] = ()
    period: str = "all"
    counts_as_trakt: bool = False
    key: tuple[str, ...] = ()
    compares: tuple[str, ...] = ()
    beside_before: bool = False
    needs: tuple[str, ...] = ()
    statistical: str | None = None
    traits: Mapping[str, str] = field(default_factory=dict)
    no_traits: str | None = None
    looks: tuple[str, ...] = ()

    def statement(self, parameters: Mapping[str, Any]) -> str:
        """The text of its SQL, for these parameters."""
        return sql_text(*self.sql_of.get(parameters.get("of", ""), self.sql))

    def described(self) -> dict[str, Any]:
        """The declaration as plain data, for `--json`, the HTTP face and the docs."""
        return {
            "name": self.name,
            "names": [self.name, *self.names],
            "question": self.question,
            "unit": self.unit,
            "shape": self.shape,
            "columns": list(self.row.__struct_fields__),
            "formula": self.formula,
            "guard": self.guard,
            "measures": list(self.measures),
            "parameters": [
                {
                    "name": each.name,
                    "meaning": each.meaning,
                    "default": each.default,
                    "choices": [*each.choices],
                    "form": "word" if each.choices else each.form,
                }
                for each in self.parameters
            ],
            "period": self.period,
            "counts": "as Trakt counts" if self.counts_as_trakt else "as watched",
            "leaves_out": list(self.leaves_out),
            "needs": list(self.needs),
            "power": self.statistical,
            "stands_out": dict(self.traits),
            "nothing_stands_out": self.no_traits,
            "source": self.source,
        }


@cache
def sql_text(package: str, name: str) -> str:
    """The SQL in a file of one of our packages, without its comments' lines."""
    text = resources.files(package).joinpath(name).read_text(encoding="utf-8")
    return "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("--")).strip()
