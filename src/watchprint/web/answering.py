"""From a call to an answer: a handler for each declaration. It reads, calls and writes, and knows no method by name."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote, urlencode

import msgspec
from litestar import Response
from msgspec import Struct

from watchprint.trakt.parts import Part
from watchprint.trakt.ports import AsyncPages
from watchprint.web.asking import Asking, body_of, key_of, query_of, request_id_in, token_of
from watchprint.web.idempotency import Sent, Write, once
from watchprint.web.methods.method import Asked, Method
from watchprint.web.parts import Parts, parts_of
from watchprint.web.problems.mapping import STORED_PERHAPS, refusal_of
from watchprint.web.problems.problem import Refusal
from watchprint.web.shapes.answers import told
from watchprint.web.shapes.queries import Paged

JSON = "application/json"


def handler_of(method: Method) -> Callable[[Asking], Awaitable[Response[bytes]]]:
    """What answers requests for this method."""

    async def handle(request: Asking) -> Response[bytes]:
        parts, token = parts_of(request), token_of(request)
        asked = Asked(
            list=request.path_params.get("list", ""),
            query=query_of(request, method.query),
            body=None if method.body is None else await body_of(request, method.body),
        )
        if not method.writes:
            return response(await _read(parts, token, method, asked))
        key = key_of(request)
        return response(await parts.finished(_written(parts, token, method, asked, key, request_id_in(request))))

    return handle


def response(sent: Sent) -> Response[bytes]:
    """The answer, as the framework takes it."""
    media_type = sent.headers.get("content-type", JSON)
    headers = {name: value for name, value in sent.headers.items() if name != "content-type"}
    return Response(sent.body.encode(), status_code=sent.status, media_type=media_type, headers=headers)


def plain(value: Any, status: int = 200, **headers: str) -> Sent:
    """A value as an answer."""
    return Sent(status, {"content-type": JSON, **headers}, msgspec.json.encode(value).decode())


async def _read(parts: Parts, token: str, method: Method, asked: Asked) -> Sent:
    user, _ = await parts.callers.service(token)
    called = method.call(user, asked)
    if isinstance(called, AsyncPages):
        query = asked.query
        return _page(method, asked, await called.part((query.page - 1) * query.limit, query.limit))
    return plain(told(await called))


async def _written(parts: Parts, token: str, method: Method, asked: Asked, key: str | None, request_id: str) -> Sent:
    """The answer to a write; with a key the errors that leave something stored are kept, too."""
    user, account_id = await parts.callers.service(token)

    async def act() -> Sent:
        called = method.call(user, asked)
        assert not isinstance(called, AsyncPages), "no write gives pages"
        answer = await called
        return Sent(204, {}) if method.answer is None else plain(told(answer), method.status)

    if key is None:
        return await act()
    whose = parts.app.reach.trakt_url, await parts.callers.user(token)
    body = b"" if asked.body is None else msgspec.json.encode(asked.body)
    write = Write(whose, (method.name, asked.list), key, body, account_id)
    return await once(parts.app.store, write, lambda: _any_end(act, request_id))


async def _any_end(act: Callable[[], Awaitable[Sent]], request_id: str) -> Sent:
    """The answer, also where it is a problem."""
    try:
        return await act()
    except Exception as error:
        refusal = refusal_of(error)
        if refusal is None:
            raise
        status, headers, body = refusal.sent(request_id)
        return Sent(status, headers, body.decode(), refusal.kind.word in STORED_PERHAPS)


def _page(method: Method, asked: Asked, part: Part[Any]) -> Sent:
    query: Paged = asked.query
    if query.of is not None and query.of != part.total:
        raise Refusal(
            "rows-moved", f"There were {query.of} rows on page 1, and now there are {part.total}: begin again there"
        )
    following = None if part.is_last else _address(method, asked, query.page + 1, part.total)
    links = {"next": following, "first": _address(method, asked, 1, None)}
    link = ", ".join(f'<{address}>; rel="{name}"' for name, address in links.items() if address)
    page = {"rows": told(part.rows), "page": query.page, "limit": query.limit, "total": part.total, "next": following}
    return plain(page, link=link)


def _address(method: Method, asked: Asked, page: int, total: int | None) -> str:
    """Where another page of the same is."""
    query: Struct = asked.query
    said: dict[str, Any] = {**msgspec.structs.asdict(query), "page": page, "of": total}
    words = urlencode({name: value for name, value in said.items() if value is not None})
    return f"{method.route.replace('{list}', quote(asked.list, safe=''))}?{words}"
