"""The OpenAPI 3.1 document of the HTTP face, made once of the operations, the Structs and the kinds of problems."""

from __future__ import annotations

import re
from functools import cache
from importlib.metadata import version
from itertools import groupby
from typing import Any, Final

import msgspec

from watchprint.web.openapi.operations import OPERATIONS, Operation
from watchprint.web.openapi.schemas import Health, Schema, components, parameters, tidy
from watchprint.web.problems.kinds import KINDS, Kind
from watchprint.web.problems.problem import MEDIA_TYPE, Refusal

JSON: Final = "application/json"
_ABOUT: Final = (
    "Watchprint over HTTP: Trakt for an application and its users, in 27 methods over the ids that the application "
    "has. Every call carries the user's Trakt access token, which is passed through and never kept; tokens can also be "
    "handed over (accounts), which begins a copy and opens insights. Problems are RFC 9457; `may_retry` and "
    "`retry_after_s` say what to do. Rows come in pages: `next` leads on, and where rows were added or removed "
    "meanwhile the answer is 409 and never a short page."
)
_IN_PATH: Final = {
    "list": ("A list, by its Trakt id or slug", "to-show-anna"),
    "name": ("Its name", "ann"),
}
_HEADERS: Final[dict[str, Schema]] = {
    "Link": {"description": "Where the next page and the first are (RFC 8288)", "schema": {"type": "string"}},
    "Location": {"description": "Where the account is", "schema": {"type": "string"}},
    "Retry-After": {"description": "When to send it again [s]", "schema": {"type": "integer", "minimum": 0}},
    "X-Request-Id": {"description": "By this the log knows it", "schema": {"type": "string"}},
    "WWW-Authenticate": {"description": "Bearer", "schema": {"type": "string"}},
    "Idempotency-Replayed": {"description": "true: it is the first answer again", "schema": {"type": "string"}},
}
_KEY: Final[Schema] = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "A name of this write, such as a UUID: the same within 24 h gives the first answer again",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": r"^[\x21-\x7E]+$"},
}


@cache
def document() -> Schema:
    """The document."""
    types = [each for each in _types() if not isinstance(each, str)]
    schemas, named = components(types)
    by_type = dict(zip(map(str, types), map(tidy, schemas), strict=True))
    paths: dict[str, Schema] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.verb.lower()] = _operation(operation, by_type)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Watchprint", "version": version("watchprint"), "description": _ABOUT,
                 "license": {"name": "MIT", "identifier": "MIT"}},
        "servers": [{"url": "/"}],
        "tags": [{"name": name} for name in dict.fromkeys(each.tag for each in OPERATIONS)],
        "paths": paths,
        "components": {
            "schemas": named,
            "headers": _HEADERS,
            "examples": {word: _example(kind) for word, kind in KINDS.items()},
            "securitySchemes": {"trakt": {"type": "http", "scheme": "bearer", "description": "The user's Trakt access "
                                          "token, issued to this installation's application"}},
        },
    }  # fmt: skip


@cache
def encoded() -> str:
    """The document as JSON."""
    return msgspec.json.encode(document()).decode()


def _types() -> list[Any]:
    asked = [operation.body for operation in OPERATIONS if operation.body is not None]
    given = [each for operation in OPERATIONS for each in operation.answers.values() if each is not None]
    return [*asked, *given, Health]


def _operation(operation: Operation, by_type: dict[str, Schema]) -> Schema:
    said: Schema = {
        "operationId": operation.name,
        "summary": operation.says,
        "tags": [operation.tag],
        "parameters": [*_in_path(operation.path), *parameters(operation.query), *([_KEY] if operation.keyed else [])],
        "responses": {str(status): _answer(operation, status, by_type) for status in operation.answers},
        "security": [{"trakt": []}] if operation.secured else [],
    }
    if operation.body is not None:
        content: Schema = {"schema": by_type[str(operation.body)], "example": operation.example}
        said["requestBody"] = {"required": True, "content": {JSON: content}}
    said["responses"] |= _problems(operation)
    return said


def _in_path(path: str) -> list[Schema]:
    return [
        {"name": name, "in": "path", "required": True, "description": _IN_PATH[name][0], "example": _IN_PATH[name][1],
         "schema": {"type": "string", "minLength": 1}}
        for name in re.findall(r"{(\w+)}", path)
    ]  # fmt: skip


def _answer(operation: Operation, status: int, by_type: dict[str, Schema]) -> Schema:
    given = operation.answers[status]
    names = ["X-Request-Id", *sorted(operation.links), *(["Idempotency-Replayed"] if operation.keyed else [])]
    said: Schema = {"description": operation.says, "headers": _headers(names)}
    if given == "health":
        said["content"] = {JSON: {"schema": by_type[str(Health)]}}
    elif isinstance(given, str):
        kind = {"type": "string"} if given == "text/plain" else {"type": "object", "additionalProperties": True}
        said["content"] = {given: {"schema": kind}}
    elif given is not None:
        said["content"] = {JSON: {"schema": by_type[str(given)]}}
    return said


def _problems(operation: Operation) -> Schema:
    """A response for each status, with an example for each kind of problem that has it."""
    kinds = sorted({KINDS[word] for word in operation.problems}, key=lambda kind: (kind.status, kind.word))
    said: Schema = {}
    for status, group in groupby(kinds, key=lambda kind: kind.status):
        of_status = list(group)
        examples = {kind.word: {"$ref": f"#/components/examples/{kind.word}"} for kind in of_status}
        names = ["X-Request-Id", *(["Retry-After"] if any(kind.may_retry for kind in of_status) else []),
                 *(["WWW-Authenticate"] if status == 401 else [])]  # fmt: skip
        said[str(status)] = {
            "description": "; ".join(f"{kind.word}: {kind.title}" for kind in of_status),
            "headers": _headers(names),
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}, "examples": examples}},
        }
    return said


def _example(kind: Kind) -> Schema:
    problem = Refusal(kind.word, kind.means).problem("f3a1b0c2d4e5f607")
    return {"summary": kind.title, "value": msgspec.to_builtins(problem)}


def _headers(names: list[str]) -> Schema:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}
