"""Reading bodies: bytes in, Trakt's objects out, strict about what is there and lenient about what is new.

Fields that we do not know are ignored and counted, so that a change of Trakt's is noticed before it hurts; those
that a model names in `LEFT_OUT` are known and not wanted.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache, partial
from types import GenericAlias, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

import msgspec

from watchprint.trakt.errors import Unreadable
from watchprint.trakt.wire import Reply

T = TypeVar("T")

_COUNTED_BYTES = 100_000
"""Single answers up to this size are searched for unknown fields, of walks the first page: it means decoding twice."""
_MOST_NAMES = 1_000
_RAW_ROWS = msgspec.json.Decoder(list[msgspec.Raw])
_BROKEN = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
unknown_fields: Counter[str] = Counter()
"""How often a field came that a model does not have, as "Model.field"."""
_counting = threading.Lock()


def typed(kind: type[T]) -> Callable[[Reply], T]:
    """A reader that gives the body as this type.

    Raises (when it reads):
        Unreadable: The body is empty, cut, HTML, or not of this form.
    """
    decode: Callable[[bytes], T] = body_of(kind)  # type: ignore[arg-type]

    def read(reply: Reply) -> T:
        value = decode(reply.body)
        if len(reply.body) <= _COUNTED_BYTES:
            notice(kind, reply.body)
        return value

    return read


@cache
def body_of(kind: Any) -> Callable[[bytes], Any]:
    """The same from the bare body."""
    decoder = msgspec.json.Decoder(kind)

    def read(body: bytes) -> Any:
        try:
            value = decoder.decode(body)
        except msgspec.ValidationError as error:
            value = _mended(kind, body, error)
        except _BROKEN as error:
            raise _unreadable(body, error) from None
        return value

    return read


def rows_of(kind: type[T]) -> Callable[[bytes], Sequence[T]]:
    """A reader of a body that is an array of this kind."""
    read: Callable[[bytes], Sequence[T]] = body_of(GenericAlias(list, (kind,)))
    return read


def glance_at(kind: type[T]) -> Callable[[bytes], None]:
    """Looks at the first rows of a body that is an array of this kind, for fields that the kind does not have."""
    return partial(_notice_rows, kind)


def _notice_rows(kind: Any, body: bytes) -> None:
    """Rows are alike: three are looked at, the others only skipped."""
    for row in _RAW_ROWS.decode(body)[:3]:
        notice(kind, bytes(row))


def notice(kind: Any, body: bytes) -> None:
    """Count the fields of a body, already read as this kind, that the kind does not have."""
    try:
        value = msgspec.json.decode(body)
    except _BROKEN:
        return
    _count_unknown(kind, value)


def nothing(reply: Reply) -> None:
    """For answers without a body (204, or anything we do not need)."""
    return


def _mended(kind: Any, body: bytes, error: msgspec.ValidationError) -> Any:
    """The same read patiently: null and an empty IMDb id count as absent (deleted titles), 5.0 as 5."""
    try:
        return msgspec.convert(_without_blanks(msgspec.json.decode(body)), kind, strict=False)
    except _BROKEN:
        raise _unreadable(body, error) from None


def _without_blanks(value: Any) -> Any:
    match value:
        case dict():
            kept = {name: inner for name, inner in value.items() if inner is not None}
            return {name: _without_blanks(inner) for name, inner in kept.items() if (name, inner) != ("imdb", "")}
        case list():
            return [_without_blanks(inner) for inner in value]
    return value


def _unreadable(body: bytes, error: Exception) -> Unreadable:
    why = str(error) if isinstance(error, msgspec.DecodeError) else "it is not text"
    return Unreadable(f"Trakt's answer cannot be read ({_what(body)}; {why})")


def _what(body: bytes) -> str:
    if not body.strip():
        return "it is empty"
    start = body[:200].lstrip().lower()
    return "it is a web page" if start.startswith(b"<") else "it is cut or of another form"


def _count_unknown(kind: Any, value: Any) -> None:
    """Of arrays and maps the first three members are looked at: the others are alike."""
    match value:
        case list():
            inner = _member(kind, list)
            for row in value[:3] if inner is not None else ():
                _count_unknown(inner, row)
        case dict() if (struct := _struct(kind)) is not None:
            _count_in(struct, value)
        case dict() if (inner := _member(kind, dict)) is not None:
            for row in list(value.values())[:3]:
                _count_unknown(inner, row)


def _count_in(struct: type[msgspec.Struct], value: dict[str, Any]) -> None:
    known = _known(struct)
    for name, inner in value.items():
        if name in known:
            _count_unknown(known[name], inner)
        elif name not in getattr(struct, "LEFT_OUT", ()):
            _count(f"{struct.__name__}.{name}")


def _count(name: str) -> None:
    with _counting:
        if name in unknown_fields or len(unknown_fields) < _MOST_NAMES:
            unknown_fields[name] += 1


@cache
def _known(struct: type[msgspec.Struct]) -> dict[str, Any]:
    return {f.encode_name: f.type for f in msgspec.structs.fields(struct)}


@cache
def _options(kind: Any) -> tuple[Any, ...]:
    """The members of a union; a kind that is none, alone."""
    return get_args(kind) if get_origin(kind) in (Union, UnionType) else (kind,)


@cache
def _struct(kind: Any) -> type[msgspec.Struct] | None:
    """The Struct in `X` or `X | None`; None where there is none, or several."""
    origins = [get_origin(option) or option for option in _options(kind)]
    structs = [o for o in origins if isinstance(o, type) and issubclass(o, msgspec.Struct)]
    return structs[0] if len(structs) == 1 else None


@cache
def _member(kind: Any, outer: type) -> Any:
    """What a list or a map in this kind holds (`list[X] | None` holds X); None where there is none."""
    for option in _options(kind):
        origin = get_origin(option)
        if isinstance(origin, type) and issubclass(origin, (outer, tuple) if outer is list else outer):
            inner = get_args(option)
            return (inner[0] if outer is list else inner[-1]) if inner else None
    return None
