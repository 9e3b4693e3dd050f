"""Reading bodies: bytes in, Trakt's objects out, strict about what is there and lenient about what is new.

Fields that we do not know are ignored and counted, so that a change of Trakt's is noticed before it hurts; those
that a model names in `LEFT_OUT` are known and not wanted.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from types import GenericAlias
from typing import Any, TypeVar, get_args, get_origin

import msgspec

from watchprint.trakt.errors import Unreadable
from watchprint.trakt.wire import Reply

T = TypeVar("T")

_COUNTED_BYTES = 100_000
"""Only bodies up to this size, and the first page of a walk, are searched for unknown fields."""
unknown_fields: Counter[str] = Counter()
"""How often a field came that a model does not have, as "Model.field"."""
_counting = threading.Lock()


def typed(kind: type[T]) -> Callable[[Reply], T]:
    """A reader that gives the body as this type.

    Raises (when it reads):
        Unreadable: The body is empty, cut, HTML, or not of this form.
    """
    decode: Callable[[bytes], T] = body_of(kind)  # type: ignore[arg-type]
    return lambda reply: decode(reply.body)


@cache
def body_of(kind: Any) -> Callable[[bytes], Any]:
    """The same from the bare body."""
    decoder = msgspec.json.Decoder(kind)

    def read(body: bytes) -> Any:
        body = _without_empty_ids(body)
        try:
            value = decoder.decode(body)
        except msgspec.ValidationError as error:
            value = _mended(kind, body, error)
        except msgspec.DecodeError as error:
            raise _unreadable(body, error) from None
        if len(body) <= _COUNTED_BYTES:
            _count_unknown(kind, msgspec.json.decode(body))
        return value

    return read


def rows_of(kind: type[T]) -> Callable[[bytes], Sequence[T]]:
    """A reader of a body that is an array of this kind."""
    read: Callable[[bytes], Sequence[T]] = body_of(GenericAlias(list, (kind,)))
    return read


def nothing(reply: Reply) -> None:
    """For answers without a body (204, or anything we do not need)."""
    return


def _without_empty_ids(body: bytes) -> bytes:
    """Trakt writes "" where it has no IMDb id. (A quote inside text is escaped, so that no text is changed.)"""
    return body.replace(b'"imdb":""', b'"imdb":null') if b'"imdb":""' in body else body


def _mended(kind: Any, body: bytes, error: msgspec.ValidationError) -> Any:
    """The same read patiently: null counts as absent everywhere (rows of deleted titles), 5.0 as 5."""
    try:
        return msgspec.convert(_without_nulls(msgspec.json.decode(body)), kind, strict=False)
    except msgspec.DecodeError:
        raise _unreadable(body, error) from None


def _without_nulls(value: Any) -> Any:
    match value:
        case dict():
            return {name: _without_nulls(inner) for name, inner in value.items() if inner is not None}
        case list():
            return [_without_nulls(inner) for inner in value]
    return value


def _unreadable(body: bytes, error: msgspec.DecodeError) -> Unreadable:
    return Unreadable(f"Trakt's answer cannot be read ({_what(body)}; {error})")


def _what(body: bytes) -> str:
    if not body.strip():
        return "it is empty"
    start = body[:200].lstrip().lower()
    return "it is a web page" if start.startswith(b"<") else "it is cut or of another form"


def _count_unknown(kind: Any, value: Any) -> None:
    match value:
        case list():
            inner = next((a for a in get_args(kind) if a is not Ellipsis), None)
            for row in value[:3]:
                _count_unknown(inner, row)
        case dict():
            struct = _struct(kind)
            if struct is not None:
                _count_in(struct, value)


def _count_in(struct: type[msgspec.Struct], value: dict[str, Any]) -> None:
    known = _known(struct)
    for name, inner in value.items():
        if name in known:
            _count_unknown(known[name], inner)
        elif name not in getattr(struct, "LEFT_OUT", ()):
            with _counting:
                unknown_fields[f"{struct.__name__}.{name}"] += 1


@cache
def _known(struct: type[msgspec.Struct]) -> dict[str, Any]:
    return {f.encode_name: f.type for f in msgspec.structs.fields(struct)}


@cache
def _struct(kind: Any) -> type[msgspec.Struct] | None:
    """The Struct in `X`, `X | None`; None where there is none (maps, unions of several)."""
    options = get_args(kind) if get_origin(kind) is not None or get_args(kind) else (kind,)
    structs = [o for o in options if isinstance(o, type) and issubclass(o, msgspec.Struct)]
    return structs[0] if len(structs) == 1 and not isinstance(kind, dict) else None
