"""Schemas of the Structs as msgspec gives them, and what it cannot know put right.

A problem's `written` is what one of the writes answers; rows of an insight are those of its declaration; optional
parameters are left out rather than sent as null.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import msgspec
from msgspec import Struct

from watchprint.insights import catalogue
from watchprint.web.problems.problem import Problem
from watchprint.web.shapes import answers, items
from watchprint.web.shapes.insights import InsightAnswer

_AT: Final = "#/components/schemas/{name}"
_WRITTEN: Final = (answers.Written, answers.Removed, answers.Favorited, answers.Unfavorited)
Schema = dict[str, Any]


class Health(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How the server is."""

    status: str
    trakt: str | None = None


def components(types: Iterable[Any]) -> tuple[list[Schema], dict[str, Schema]]:
    """A schema for each type, and those that they refer to."""
    rows = [declaration.row for declaration in catalogue()]
    beside = [Problem, InsightAnswer, *_WRITTEN, items.Item, *rows]
    wanted = [*types]
    schemas, named = msgspec.json.schema_components([*wanted, *beside], ref_template=_AT)
    of_rows = list({schema["$ref"]: schema for schema in schemas[-len(rows) :]}.values())
    item = schemas[len(wanted) + len(beside) - len(rows) - 1]
    written = schemas[len(wanted) + 2 : len(wanted) + 2 + len(_WRITTEN)]
    problem, answer = named["Problem"]["properties"], named["InsightAnswer"]["properties"]
    problem["written"] = {"description": problem["written"]["description"], "anyOf": list(written)}
    problem["left"]["items"] = {"anyOf": [item, {"type": "integer"}]}
    answer["rows"]["items"] = {"anyOf": of_rows}
    return list(schemas[: len(wanted)]), {_name(name): _tidy(schema) for name, schema in named.items()}


def parameters(query: type[Struct]) -> list[Schema]:
    """The parameters of a query."""
    (reference,), named = msgspec.json.schema_components([query], ref_template=_AT)
    schema = named[reference["$ref"].rpartition("/")[2]]
    required = schema.get("required", ())
    return [_parameter(name, each, name in required) for name, each in schema["properties"].items()]


def _parameter(name: str, schema: Schema, required: bool) -> Schema:
    schema = dict(schema)
    if schema.get("default", "") is None:
        del schema["default"]
        left = [each for each in schema.pop("anyOf", ()) if each != {"type": "null"}]
        schema |= left[0] if len(left) == 1 else {"anyOf": left} if left else {}
        if None in schema.get("enum", ()):
            schema["enum"] = [each for each in schema["enum"] if each is not None]
    said: Schema = {"name": name, "in": "query", "required": required, "schema": _tidy(schema)}
    return said | ({"description": schema.pop("description")} if "description" in schema else {})


def _name(name: str) -> str:
    """`Page_Play_` is a page of plays."""
    return name.removesuffix("_").replace("Page_", "PageOf") if name.startswith("Page_") else name


def _reference(at: str) -> str:
    folder, _, name = at.rpartition("/")
    return f"{folder}/{_name(name)}"


def _tidy(value: Any) -> Any:
    """References by the names that are shown; the first paragraph of each description."""
    if isinstance(value, list):
        return [_tidy(each) for each in value]
    if not isinstance(value, dict):
        return value
    tidied = {key: _tidy(each) for key, each in value.items()}
    if isinstance(tidied.get("description"), str):
        tidied["description"] = " ".join(tidied["description"].split("\n\n")[0].split())
    if isinstance(reference := tidied.get("$ref"), str):
        tidied["$ref"] = _reference(reference)
    if isinstance(mapping := tidied.get("mapping"), dict):
        tidied["mapping"] = {key: _reference(at) for key, at in mapping.items()}
    return tidied


def tidy(schema: Schema) -> Schema:
    """A schema as the document shows it."""
    shown: Schema = _tidy(schema)
    return shown
