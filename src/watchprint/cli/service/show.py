"""Answers of the service as plain data and as tables. No lookups; the same for every command."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from typing import Any, TypeAlias

import msgspec
import typer

from watchprint.cli.exits import Exit
from watchprint.cli.narrate import draw_facts, draw_table, emit_json, fail
from watchprint.cli.service.itemtext import name_of, text_of
from watchprint.trakt.items import Episode, Item, Movie, Person, Season, Show

Columns: TypeAlias = Mapping[str, str | Callable[[Any], object]]
"""Heading to the field of a row, as in "ids.slug", or to what is made of it."""
ITEMS = (Movie, Show, Season, Episode, Person)


def plain(value: Any) -> Any:
    """A value as JSON has it: items as type, title and ids; instants in UTC; no fields that are only ours."""
    match value:
        case Movie() | Show() | Season() | Episode() | Person():
            return _plain_item(value)
        case Enum():
            return value.value
        case datetime():
            return value.isoformat().replace("+00:00", "Z")
        case msgspec.Struct():
            return {f: plain(getattr(value, f)) for f in value.__struct_fields__ if not f.startswith("_")}
        case Mapping():
            return {str(k): plain(v) for k, v in value.items()}
        case list() | tuple() | set() | frozenset():
            return [plain(v) for v in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value) if f.repr}
    return value


def _plain_item(item: Item) -> dict[str, Any]:
    known: dict[str, Any] = {"type": item.kind}
    for name in ("title", "name", "year", "season", "number"):
        if getattr(item, name, None) is not None:
            known[name] = getattr(item, name)
    known["ids"] = item.known_ids
    show = getattr(item, "show", None)
    return known | ({"show": _plain_item(show)} if show is not None else {})


def show_answer(answer: Any, *, as_json: bool, done: str) -> None:
    """One answer: JSON, or its facts under a sentence that says what was done.

    Raises:
        Exit: 4, after what Trakt did not know was said.
    """
    if as_json:
        emit_json(plain(answer))
    else:
        draw_facts({name: _short(value) for name, value in _facts(answer).items()}, title=done)
    missing = getattr(answer, "not_found", ())
    if missing:
        fail(f"Trakt does not know {', '.join(_typed(one) for one in missing)}: check the id, or search for the title")
        raise typer.Exit(Exit.NOT_FOUND)


def _typed(missing: Any) -> str:
    """An item as it was typed, or a play by its id."""
    return text_of(missing) or name_of(missing) if isinstance(missing, ITEMS) else f"play {missing}"


def _facts(answer: Any) -> dict[str, Any]:
    """What an answer says, without what it leaves open."""
    if answer is None:
        return {}
    if isinstance(answer, msgspec.Struct):
        facts = {f: getattr(answer, f) for f in answer.__struct_fields__ if not f.startswith("_")}
    else:
        facts = {f.name: getattr(answer, f.name) for f in fields(answer) if f.repr}
    return {name: value for name, value in facts.items() if value is not None and value != ()}


def show_rows(rows: Iterable[Any], columns: Columns, *, as_json: bool, title: str) -> None:
    """Many answers: a JSON array, or a table.

    Args:
        rows: The answers, read to their end.
        columns: Heading to the field of a row that stands under it, or to what is made of the row.
    """
    whole = list(rows)
    if as_json:
        emit_json([plain(row) for row in whole])
        return
    cells = ([_short(_of(row, what)) for what in columns.values()] for row in whole)
    draw_table(list(columns), cells, title=title)


def _of(row: Any, what: Any) -> Any:
    """A field of a row, of a field of it, or what a function makes of the row."""
    if callable(what):
        return what(row)
    for name in what.split("."):
        row = getattr(row, name, None)
    return row


def _short(value: Any) -> str:
    """A value in a cell."""
    match value:
        case None:
            return "-"
        case bool():
            return "yes" if value else "no"
        case Movie() | Show() | Season() | Episode() | Person():
            return name_of(value)
        case datetime():
            return f"{value.astimezone():%Y-%m-%d %H:%M}"
        case Enum():
            return str(value.value)
        case int():
            return str(value)
        case float():
            return f"{value:g}"
        case (Movie() | Show() as item, int() | None as was):
            return f"{name_of(item)} ({'not rated' if was is None else f'rated {was}'})"
        case list() | tuple():
            return ", ".join(_short(v) for v in value) or "none"
        case Mapping():
            return ", ".join(f"{key}: {_short(v)}" for key, v in value.items())
    if isinstance(value, msgspec.Struct) or is_dataclass(value):
        return ", ".join(f"{name} {_short(v)}" for name, v in _facts(value).items())
    return str(value)
