"""Reading a request: the token, the query, the body, the key. Every fault is a refusal that names the field.

A token is taken from the Authorization header and nowhere else, and is part of no message.
"""

from __future__ import annotations

import re
from typing import Any, Final, TypeVar, cast
from urllib.parse import parse_qsl

import msgspec
from litestar import Request
from msgspec import Struct

from watchprint.web.problems.problem import FieldError, Refusal
from watchprint.web.shapes.checking import faults

S = TypeVar("S", bound=Struct)
Asking = Request[Any, Any, Any]
LARGEST_BODY: Final = 4 * 1024 * 1024
"""Bytes; ten thousand items are about one million."""
HEARD_OUT: Final = 8 * LARGEST_BODY
_WHERE: Final = re.compile(r"(.*) - at `(.*)`", re.DOTALL)
_KEY: Final = re.compile(r"[\x21-\x7e]{1,255}")
_REQUEST_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")


def token_of(request: Asking) -> str:
    """The user's access token.

    Raises:
        Refusal: There is none.
    """
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    token = token.strip()
    if scheme.lower() != "bearer" or not token:
        raise Refusal("token-missing", "Send the user's Trakt access token: Authorization: Bearer TOKEN")
    if not token.isascii() or not token.isprintable() or " " in token:
        raise Refusal("token-expired", "The access token has characters that no token has: send it as Trakt gave it")
    return token


def key_of(request: Asking) -> str | None:
    """The Idempotency-Key, if one came.

    Raises:
        Refusal: It cannot be one.
    """
    key = request.headers.get("idempotency-key")
    if key is None or _KEY.fullmatch(key):
        return key
    raise _invalid("Idempotency-Key", "it is 1 to 255 printable ASCII characters without spaces, such as a UUID")


def query_of(request: Asking, shape: type[S]) -> S:
    """What stands behind the question mark.

    Raises:
        Refusal: It is not of this shape.
    """
    many = {field.name for field in msgspec.structs.fields(shape) if "list" in str(field.type)}
    values: dict[str, Any] = {}
    for name, value in parse_qsl(request.scope["query_string"].decode("latin-1"), keep_blank_values=True):
        if name in many:
            values.setdefault(name, []).append(value)
        elif name in values:
            raise _invalid(f"?{name}", "it is given twice")
        else:
            values[name] = value
    try:
        return msgspec.convert(values, shape, strict=False)
    except msgspec.ValidationError as error:
        field, detail = _told(error)
        raise _invalid("?" + field.removeprefix("$.").removeprefix("$"), detail) from None


async def body_of(request: Asking, shape: type[S]) -> S:
    """What was sent.

    Raises:
        Refusal: It is no JSON, or not of this shape.
    """
    media_type, _, charset = request.headers.get("content-type", "").partition(";")
    if media_type.strip().lower() != "application/json" or ("charset" in charset and "utf-8" not in charset.lower()):
        raise Refusal("not-json", "The body must be JSON in UTF-8, with the header Content-Type: application/json")
    try:
        body = msgspec.json.decode(await _bytes_of(request), type=shape)
    except msgspec.ValidationError as error:
        raise _invalid(*_told(error)) from None
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise Refusal("malformed", f"The body is no JSON that can be read: {error}") from None
    if wrong := faults(body):
        raise _refused([FieldError(*each) for each in wrong[:20]])
    return body


async def _bytes_of(request: Asking) -> bytes:
    """The body's bytes. Of one that is too large the rest is heard out for a while, so that the refusal is heard, too.

    Raises:
        Refusal: It is too large.
    """
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size <= LARGEST_BODY:
            chunks.append(chunk)
        elif size > HEARD_OUT:
            break
    if size > LARGEST_BODY:
        raise Refusal("too-large", f"The body is larger than {LARGEST_BODY // 2**20} MiB: send fewer items at once")
    return b"".join(chunks)


def request_id_of(headers: dict[bytes, bytes], fresh: str) -> str:
    """The id by which the client knows its request, if that is one; else a fresh one."""
    said = headers.get(b"x-request-id", b"").decode("latin-1")
    return said if _REQUEST_ID.fullmatch(said) else fresh


def request_id_in(request: Asking) -> str:
    """The id that this request goes by."""
    return cast(dict[str, str], request.scope)["request_id"]


def _told(error: msgspec.ValidationError) -> tuple[str, str]:
    """Where, and what."""
    found = _WHERE.fullmatch(str(error))
    return (found[2], found[1]) if found else ("$", str(error))


def _invalid(field: str, detail: str) -> Refusal:
    return _refused([FieldError(field, detail)])


def _refused(errors: list[FieldError]) -> Refusal:
    first = errors[0]
    return Refusal("invalid", f"{first.field}: {first.detail}", errors=errors)
