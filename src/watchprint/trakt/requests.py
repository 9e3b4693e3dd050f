"""Building calls: what every endpoint definition is made of. Pure; requests never carry a null."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Sequence, Sized
from datetime import UTC, datetime
from itertools import takewhile
from typing import Any, TypeVar
from urllib.parse import quote

import msgspec

from watchprint.trakt.conversation.reading import glance_at, nothing, rows_of, typed
from watchprint.trakt.errors import Invalid
from watchprint.trakt.paging import PAGE_SIZE, Listing
from watchprint.trakt.wire import Call, Reply, Request

T = TypeVar("T")


def get(kind: type[T], path: str, *, needs_user: bool = True, **query: Any) -> Call[T]:
    """A read of one object."""
    request = Request("GET", path, query_of(query))
    return Call(request, typed(kind), repeatable=True, bucket="get", needs_user=needs_user)


def listing(
    kind: type[T],
    path: str,
    key: Callable[[T], Hashable | None],
    *,
    page_size: int = PAGE_SIZE,
    stamp: Callable[[T], datetime | None] | None = None,
    needs_user: bool = True,
    **query: Any,
) -> Listing[T]:
    """A paged read of rows of this kind; see `Listing`."""
    read: Callable[[bytes], Sequence[T]] = rows_of(kind)
    request = Request("GET", path, query_of(query))
    return Listing(request, read, key, page_size, stamp, needs_user, glance_at(kind))


def post(kind: type[T], path: str, body: Any = None, *, repeatable: bool, method: str = "POST") -> Call[T]:
    """A write whose answer is an object."""
    return Call(_request(method, path, body), typed(kind), repeatable=repeatable, bucket="write")


def bulk(kind: type[T], path: str, items: Sized, *, repeatable: bool) -> Call[T]:
    """A write of many titles.

    Raises:
        Invalid: There are none.
    """
    if not len(items):
        raise Invalid("there is nothing to send: give at least one item")
    return post(kind, path, items, repeatable=repeatable)


def rank_of(ids: Sequence[int]) -> dict[str, list[int]]:
    """The body of a new order.

    Raises:
        Invalid: It names nothing.
    """
    if not ids:
        raise Invalid("there is nothing to reorder: give the ids in their new order")
    return {"rank": list(ids)}


def set_values(**values: Any) -> dict[str, Any]:
    """The body of a change: what is None stays as it is.

    Raises:
        Invalid: Nothing changes.
    """
    body = {name: value for name, value in values.items() if value is not None}
    if not body:
        raise Invalid(f"nothing changes: give at least one of {', '.join(values)}")
    return body


def send(method: str, path: str, body: Any = None, *, repeatable: bool) -> Call[None]:
    """A write whose answer does not matter."""
    return Call(_request(method, path, body), nothing, repeatable=repeatable, bucket="write")


def maybe(kind: type[T], path: str, *, needs_user: bool = True, **query: Any) -> Call[T | None]:
    """A read that is answered 204 where there is nothing."""
    read = typed(kind)

    def read_or_none(reply: Reply) -> T | None:
        return None if reply.status == 204 else read(reply)

    request = Request("GET", path, query_of(query))
    return Call(request, read_or_none, repeatable=True, bucket="get", needs_user=needs_user)


def path_of(*parts: object) -> str:
    """A path of these parts, each quoted (slashes too; commas stay).

    Raises:
        Invalid: A part is missing or blank; the path would mean something else.
    """
    texts = ["" if part is None else str(part) for part in parts]
    for text in texts:
        if not text.strip() or text in (".", ".."):
            raise Invalid(f"an id, slug or kind is blank or not one: {text!r}")
    return "".join("/" + quote(text, safe=",") for text in texts)


def given(*parts: object) -> tuple[object, ...]:
    """The path's optional last parts, up to the first that is not given."""
    return tuple(takewhile(lambda part: part is not None, parts))


def query_of(values: dict[str, Any]) -> dict[str, str]:
    """Query parameters as text; None is left out."""
    return {name.rstrip("_"): _text(value) for name, value in values.items() if value is not None}


def utc_text(at: datetime) -> str:
    """An instant as Trakt writes it.

    Raises:
        Invalid: It has no time zone.
    """
    if at.tzinfo is None:
        raise Invalid(f"{at.isoformat()} has no time zone: give an aware datetime, e.g. datetime.now(UTC)")
    try:
        utc = at.astimezone(UTC)
    except OverflowError:
        raise Invalid(f"{at.isoformat()} lies outside of the years 1 to 9999 in UTC") from None
    return utc.replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return utc_text(value)
    if isinstance(value, list | tuple):
        return ",".join(_text(v) for v in value)
    return str(value)


def _request(method: str, path: str, body: Any) -> Request:
    return Request(method, path, body=None if body is None else msgspec.json.encode(_sendable(body)))


def _sendable(body: Any) -> Any:
    """The body as plain values, without nulls: Trakt refuses them."""
    return _without_nulls(msgspec.to_builtins(body))


def _without_nulls(value: Any) -> Any:
    match value:
        case dict():
            return {name: _without_nulls(inner) for name, inner in value.items() if inner is not None}
        case list() | tuple():
            return [_without_nulls(inner) for inner in value if inner is not None]
        case float() if not math.isfinite(value):
            raise Invalid(f"{value} is no number that can be sent")
    return value
