"""Pages that the program itself can write: every insight, every exit code, and the public API with its docstrings.

Each is Markdown made from declarations and docstrings, so that no page repeats them by hand. Run, it writes them into
docs/ (or the folder given); a test holds those of the checkout against it.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import public_api

if TYPE_CHECKING:
    from watchprint.insights import Insight, Parameter


def pages() -> dict[str, str]:
    """Markdown by file name."""
    return {
        "insight-list.md": "\n\n".join([INSIGHTS, *_insights()]) + "\n",
        "exit-codes.md": "\n".join(["# Exit codes", "", "| code | meaning |", "|---|---|", *_exit_codes()]) + "\n",
        "exports.md": "\n\n".join([EXPORTS, *_tables()]) + "\n",
        "api.md": "\n\n".join(["# Public API", *_names()]) + "\n",
    }


def main(folder: Path) -> None:
    """Write the pages."""
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")


INSIGHTS = """# Every insight

What each asks, how it comes about, what it needs, and how it looks in a terminal: drawn from the history of the
sandbox's invented person (`places` from planted rows, because Trakt's rows do not say where they were watched).

Each is asked as `watchprint insights NAME`, as `insights.compute("NAME", …)` and as `GET /api/v1/insights/NAME`, with a
period, a zone, a start of day, a kind and filters, `compare` for the period before, and the parameters named here."""
FINDINGS = """## What stands out

![What stands out](images/insights/findings.svg)

`watchprint insights findings` asks every insight once and tells what is unusual, the most surprising first: how far a
figure is from what is usual, in standard errors that hold both how far people differ and how far chance moves a history
of this length. In words: how many people are as far off. From 3.2 standard errors on something stands out, as
follows from how many figures are looked at; where nothing does, it [says so](insights.md#what-stands-out)."""


def _insights() -> Iterator[str]:
    from watchprint.insights import catalogue

    yield "\n".join(f"- [{insight.name}](#{insight.name}): {insight.question}" for insight in catalogue())
    yield FINDINGS
    for insight in catalogue():
        also = f" (also: {', '.join(insight.names)})" if insight.names else ""
        yield f"## {insight.name}\n\n{insight.question}{also}"
        yield f"![{insight.question}](images/insights/{insight.name}.svg)"
        yield "\n".join(f"- {word}: {text}" for word, text in _facts(insight) if text)
        if insight.parameters:
            yield "\n".join(f"- {_parameter(each)}" for each in insight.parameters)


def _facts(insight: Insight) -> Iterator[tuple[str, str | None]]:
    yield "Rows", insight.shape
    yield "Unit", insight.unit
    yield "Counted or ranked by", ", ".join(insight.measures) if len(insight.measures) > 1 else None
    yield "Formula", insight.formula
    yield "Shown from", insight.guard
    yield "Counts", insight.described()["counts"]
    yield "Left out", ", ".join(insight.leaves_out)
    yield "Needs", ", ".join(insight.needs)
    yield "Power", insight.statistical
    yield "Can stand out", "; ".join(f"{words} (`{trait}`)" for trait, words in insight.traits.items())
    yield "Nothing stands out", insight.no_traits
    yield "Period unless asked", insight.period
    yield "Source", insight.source


def _parameter(each: Parameter) -> str:
    default = f" (default {each.default})" if each.default is not None else ""
    choices = f"; one of {', '.join(each.choices)}" if each.choices else ""
    return f"`--{each.name.replace('_', '-')}`{default}: {each.meaning}{choices}"


def _exit_codes() -> Iterator[str]:
    from watchprint.cli import exits

    meanings = [
        line.strip().strip('"') for line in inspect.getsource(exits.Exit).splitlines() if line.startswith('    """')
    ][1:]
    yield from (f"| {code.value} | {meaning} |" for code, meaning in zip(exits.Exit, meanings, strict=True))


EXPORTS = """# Exports

`watchprint export [FILE]` writes what is kept of an account into files; `Watchprint.export` does the same from Python.
A file appears whole or not at all, only you can read it, one that is there stays unless you say `--force`, and
`watchprint forget` names it. The format is what the name ends in:

| ending | format | holds |
|---|---|---|
| `.csv` | CSV (RFC 4180, UTF-8 with its mark) | one part |
| `.json` | one JSON object with a list a part | all parts |
| `.ndjson`, `.jsonl` | one JSON object a line | one part |
| `.parquet` | Parquet, with the types below and the meaning of each column in the file | one part |
| `.zip` | the layout of Trakt's own export | all parts |

A folder has a file a part (`watchprint export copy/ --format parquet`); `-` is stdout, for csv, json and ndjson.
`--part` chooses parts, `--period` plays of some local days; a ZIP in Trakt's layout is always whole.
`watchprint import` takes back the ZIP, and as CSV or JSON plays, ratings, watchlist, collection and favourites;
personal lists come back from the ZIP only, saved positions and places from none.

- What is unknown is empty in CSV and null elsewhere. A play of unknown date has no date: never 1970 (but in a ZIP in
  Trakt's layout, where Trakt writes 1970-01-01).
- In CSV a text that a spreadsheet would take for a formula (it begins with `=`, `+`, `-`, `@` or a tab) has an
  apostrophe before it, and so has a text that begins with one or is empty: take one apostrophe off the front of a
  text, and it is as it was. Lists are JSON in their cell.
- Rows come in the same order every time: the same data gives the same bytes.

| type | CSV, JSON | Parquet |
|---|---|---|
| text | text | string |
| integer | 7 | int64 |
| real | 0.5 | double |
| flag | true, false | bool |
| instant | 2024-05-01T21:30:00Z | timestamp[us, UTC] |
| wall_clock | 2024-05-01T23:30:00 | timestamp[us] |
| day | 2024-05-01 | date32 |
| texts | ["crime","drama"] | list of string |"""


def _tables() -> Iterator[str]:
    from watchprint.exporting.parts import ALL

    for part in ALL.values():
        yield f"## {part.table.name}\n\n{part.table.meaning[0].upper()}{part.table.meaning[1:]}."
        rows = [f"| {column.name} | {column.type} | {column.meaning} |" for column in part.table.columns]
        yield "\n".join(["| column | type | meaning |", "|---|---|---|", *rows])


def _names() -> Iterator[str]:
    import watchprint

    for name in sorted(watchprint.__all__):
        value = getattr(watchprint, name)
        words = inspect.getdoc(value) if callable(value) else None
        yield f"## {name}" + (f"\n\n{_fenced(words)}" if words else "")
        if inspect.isclass(value):
            yield _fenced("\n".join(public_api.of_class(name, value)))


def _fenced(text: str) -> str:
    return f"```text\n{text}\n```"


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[1] / "docs")
