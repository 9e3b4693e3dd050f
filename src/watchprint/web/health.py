"""What operators and programs ask beside the API: is it alive, is it ready, what does a problem mean."""

from __future__ import annotations

from litestar import Response
from litestar.handlers import HTTPRouteHandler

from watchprint.web.answering import plain, response
from watchprint.web.asking import Asking
from watchprint.web.idempotency import Sent
from watchprint.web.openapi.document import encoded
from watchprint.web.parts import parts_of
from watchprint.web.problems.kinds import KINDS
from watchprint.web.problems.problem import Refusal
from watchprint.web.routing import route


async def alive(request: Asking) -> Response[bytes]:
    """The process answers."""
    return response(plain({"status": "alive"}))


async def ready(request: Asking) -> Response[bytes]:
    """The store can be read, and no stop is under way."""
    parts = parts_of(request)
    await parts.app.store.aread(lambda work: work.accounts.any_linked())
    return response(plain({"status": "ready", "trakt": "none" if parts.app.local else parts.app.reach.trakt_url}))


async def explained(request: Asking) -> Response[bytes]:
    """What a kind of problem means."""
    kind = KINDS.get(request.path_params["name"])
    if kind is None:
        raise Refusal("no-such-route", "There is no such kind of problem")
    again = "The same request may be sent again." if kind.may_retry else "The same request is not sent again as it is."
    text = f"{kind.title} (HTTP {kind.status})\n\n{kind.means}\n{again}\n"
    return response(Sent(200, {"content-type": "text/plain"}, text))


async def document(request: Asking) -> Response[bytes]:
    """The OpenAPI document."""
    return response(Sent(200, {"content-type": "application/json"}, encoded()))


def routes() -> list[HTTPRouteHandler]:
    """The routes."""
    return [
        route("GET", "/healthz", alive),
        route("GET", "/readyz", ready),
        route("GET", "/problems/{name}", explained),
        route("GET", "/api/v1/openapi.json", document),
    ]
