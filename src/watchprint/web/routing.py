"""A route of the framework for a handler that takes the request and gives the whole answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from litestar import Request, Response
from litestar.handlers import HTTPRouteHandler

from watchprint.web.methods.method import Verb


def route(
    verb: Verb, path: str, handle: Callable[[Request[Any, Any, Any]], Awaitable[Response[bytes]]]
) -> HTTPRouteHandler:
    """The route. What the path names in braces is text.

    The framework reads nothing else of the request: bodies, queries and their faults are `asking`'s.
    """

    async def answered(request: Request[Any, Any, Any]) -> Response[bytes]:
        return await handle(request)

    framework_path = path.replace("{list}", "{list:str}").replace("{name}", "{name:str}")
    made = HTTPRouteHandler(framework_path, http_method=verb, status_code=200, request_max_body_size=None)
    return made(answered)
