"""What a JSON body may look like, and the sentence that refuses one that does not. Knows no endpoint's rules.

A shape is `str`, `int`, `float`, `bool`, `object` (anything but null), `[shape]` (a list of it),
`{"name": shape}` (an object of these fields, all optional) or `Nullable(shape)`. Fields that an endpoint
insists on are the endpoint's business (422 or its own 400).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Nullable:
    """A shape where null is allowed too."""

    shape: Shape


Shape = type[object] | list[Any] | dict[str, Any] | Nullable

_WORDS: Final[dict[type, str]] = {
    str: "string",
    int: "number",
    float: "number",
    bool: "boolean",
    list: "array",
    dict: "object",
    type(None): "null",
}


def complaint(body: Any, shape: Shape, *, strict: bool) -> str | None:
    """The first thing wrong with a body, in the words of Trakt's validator; None when it fits.

    Args:
        body: What the JSON text said.
        shape: What it may look like.
        strict: Fields that the shape does not know are a complaint as well.
    """
    return next(_complaints(body, shape, strict), None)


def _complaints(value: Any, shape: Shape, strict: bool) -> Iterator[str]:
    if isinstance(shape, Nullable):
        if value is not None:
            yield from _complaints(value, shape.shape, strict)
    elif isinstance(shape, dict):
        yield from _of_object(value, shape, strict)
    elif isinstance(shape, list):
        if not isinstance(value, list):
            yield _expected("array", value)
            return
        for item in value:
            yield from _complaints(item, shape[0], strict)
    elif not _is(value, shape):
        yield _expected(_WORDS.get(shape, "object"), value)


def _of_object(value: Any, shape: dict[str, Any], strict: bool) -> Iterator[str]:
    if not isinstance(value, dict):
        yield _expected("object", value)
        return
    for name, inner in value.items():
        if name in shape:
            yield from _complaints(inner, shape[name], strict)
        elif strict:
            yield f"Unrecognized key(s) in object: '{name}'"


def _is(value: Any, shape: Any) -> bool:
    if shape is object:
        return value is not None
    if shape is float:
        return type(value) in (int, float)
    return type(value) is shape


def _expected(wanted: str, value: Any) -> str:
    if wanted == "number" and type(value) is float:
        return "Expected integer, received float"
    return f"Expected {wanted}, received {_WORDS.get(type(value), 'unknown')}"
