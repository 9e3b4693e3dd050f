"""The ASGI application: the routes, the installation behind them, what an error becomes. This face's wiring."""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any, Final

from litestar import Litestar, Request, Response
from litestar.exceptions import HTTPException
from litestar.types import ASGIApp

from watchprint.app.core import AsyncWatchprint
from watchprint.settings import Settings
from watchprint.web import custody, health, insights
from watchprint.web.answering import handler_of, response
from watchprint.web.asking import request_id_in
from watchprint.web.callers import Callers
from watchprint.web.copies import Copies
from watchprint.web.idempotency import Sent
from watchprint.web.methods.table import METHODS
from watchprint.web.openapi.operations import OPERATIONS
from watchprint.web.outside import Outside
from watchprint.web.parts import Parts
from watchprint.web.problems.mapping import refusal_of
from watchprint.web.problems.problem import Refusal
from watchprint.web.routing import route

_LOG: Final = logging.getLogger("watchprint.web")


def make(settings: Settings | None = None) -> ASGIApp:
    """The application, which opens the installation when its server starts it.

    Args:
        settings: What is set; None: as the environment says.
    """

    @asynccontextmanager
    async def open_for(app: Litestar) -> AsyncGenerator[None]:
        async with await AsyncWatchprint.open(settings) as installation:
            callers = Callers(installation)
            parts = app.state.parts = Parts(installation, callers)
            async with Copies(installation, callers).running():
                yield
            await parts.settle()

    inside = Litestar(
        route_handlers=[
            *(route(method.verb, method.route, handler_of(method)) for method in METHODS),
            *custody.routes(),
            *insights.routes(),
            *health.routes(),
        ],
        lifespan=[open_for],
        exception_handlers={Exception: _refused},
        openapi_config=None,
        logging_config=None,
    )
    return Outside(inside)


def _refused(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """The problem that an error is answered with; what nobody foresaw is logged with its trace."""
    refusal = refusal_of(error) or _of_framework(error, _allowed(request))
    request_id = request_id_in(request)
    if refusal is None:
        _LOG.error("a fault of ours (%s)", request_id, exc_info=error)
        refusal = Refusal("internal", "Something went wrong here; nothing is known of what was done")
    status, headers, body = refusal.sent(request_id)
    return response(Sent(status, headers, body.decode()))


def _of_framework(error: Exception, allowed: str) -> Refusal | None:
    """What the framework refuses by itself."""
    if not isinstance(error, HTTPException):
        return None
    match error.status_code:
        case 404:
            return Refusal("no-such-route", "There is nothing at this address: the routes are in /api/v1/openapi.json")
        case 405:
            return Refusal("method-not-allowed", "This address is not asked in this way", headers={"allow": allowed})
        case 400:
            return Refusal("malformed", "The request cannot be read")
    return None


def _allowed(request: Request[Any, Any, Any]) -> str:
    """How the address can be asked."""
    path = request.url.path.rstrip("/")
    verbs = {each.verb for each in OPERATIONS if re.fullmatch(re.sub(r"{\w+}", "[^/]+", each.path), path)}
    return ", ".join(sorted({*verbs, "OPTIONS"}))
