"""The body of a request: the right content type, JSON that can be read, the shape that the route declares."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from msgspec import DecodeError
from msgspec.json import decode

from watchprint.sandbox.kernel import Refusal, Route
from watchprint.sandbox.shapes import complaint
from watchprint.sandbox.wire import Incoming


def body_of(incoming: Incoming, route: Route, *, strict: bool) -> Any:
    """What the body says: an object ({} when there is none), a form for pages, None for GET and DELETE.

    Raises:
        Refusal: 412 no JSON content type; 400 text that is no JSON object, or not of the route's shape.
    """
    if route.method in ("GET", "DELETE"):
        return None
    if route.host == "page":
        return dict(parse_qsl(incoming.body.decode("utf-8", "replace"), keep_blank_values=True))
    if not incoming.body:
        return {}
    if not _is_json(incoming.headers.get("Content-Type", "")):
        raise Refusal(412)
    try:
        body = decode(incoming.body)
    except (DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Refusal(400, {"error": f"The body is not valid JSON: {error}"}) from error
    wrong = complaint(body, route.shape if route.shape is not None else {}, strict=_knows(route, strict))
    if wrong is not None:
        raise Refusal(400, {"error": wrong})
    return body


def _knows(route: Route, strict: bool) -> bool:
    """Only a route that declares its fields can refuse others."""
    return strict and route.shape is not None


def _is_json(content_type: str) -> bool:
    kind = content_type.partition(";")[0].strip().lower()
    return kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json"))
