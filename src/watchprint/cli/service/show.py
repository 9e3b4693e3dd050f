"""Answers of the service as plain data and as tables. No lookups; the same for every command."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from typing import Any

import msgspec

from watchprint.cli.narrate import draw_facts, draw_table, emit_json
from watchprint.cli.service.itemtext import name_of
from watchprint.trakt.items import Episode, Item, Movie, Person, Season, Show

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
    """One answer: JSON, or its facts under a sentence that says what was done."""
    if as_json:
        emit_json(plain(answer))
        return
    facts = {name: _short(value) for name, value in _facts(answer).items()}
    draw_facts({"": done, **facts} if facts else {"": done})


def _facts(answer: Any) -> dict[str, Any]:
    if answer is None:
        return {}
    if isinstance(answer, msgspec.Struct):
        return {f: getattr(answer, f) for f in answer.__struct_fields__}
    if is_dataclass(answer):
        return {f.name: getattr(answer, f.name) for f in fields(answer) if f.repr}
    return {"answer": answer}


def show_rows(rows: Iterable[Any], columns: Mapping[str, str], *, as_json: bool, title: str) -> None:
    """Many answers: a JSON array, or a table.

    Args:
        rows: The answers, read to their end.
        columns: Heading to the field of a row that stands under it.
    """
    whole = list(rows)
    if as_json:
        emit_json([plain(row) for row in whole])
        return
    draw_table(list(columns), ([_short(getattr(row, f, None)) for f in columns.values()] for row in whole), title=title)


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
        case tuple() if len(value) == 2 and isinstance(value[0], ITEMS):
            return f"{name_of(value[0])} (was {value[1]})"
        case list() | tuple():
            return ", ".join(_short(v) for v in value) or "none"
        case msgspec.Struct():
            facts = ((f, getattr(value, f)) for f in value.__struct_fields__)
            return ", ".join(f"{name} {_short(v)}" for name, v in facts if v is not None)
    return str(value)
