"""Insights over HTTP: which there are, and their answers for users of whom a copy is kept."""

from __future__ import annotations

from typing import Any, Final

import msgspec
from litestar import Response
from litestar.handlers import HTTPRouteHandler

from watchprint.app.core import AsyncWatchprint
from watchprint.identity.accounts import Account
from watchprint.insights import catalogue, findings
from watchprint.web.answering import plain, response
from watchprint.web.asking import Asking, query_of, token_of
from watchprint.web.methods.method import PREFIX
from watchprint.web.parts import parts_of
from watchprint.web.problems.problem import Refusal
from watchprint.web.routing import route
from watchprint.web.shapes.insights import FindingsQuery, InsightQuery
from watchprint.web.shapes.queries import NoQuery

INSIGHTS: Final = f"{PREFIX}/insights"
FINDINGS: Final = f"{PREFIX}/findings"


async def known(request: Asking) -> Response[bytes]:
    """Which insights there are."""
    query_of(request, NoQuery)
    return response(plain([declaration.described() for declaration in catalogue()]))


async def answer(request: Asking) -> Response[bytes]:
    """The answer to one."""
    query = query_of(request, InsightQuery)
    app, account = await _copied(request)
    asked: dict[str, Any] = msgspec.structs.asdict(query)
    plays_behind = asked.pop("plays")
    given = await app.insight(request.path_params["name"], account=account, **asked)
    return response(plain(given.to_json_dict(plays_behind=plays_behind)))


async def standing_out(request: Asking) -> Response[bytes]:
    """What stands out in all of them."""
    query = query_of(request, FindingsQuery)
    app, account = await _copied(request)
    asked: dict[str, Any] = msgspec.structs.asdict(query)
    return response(plain(findings.plain(await app.findings(account, **asked))))


async def _copied(request: Asking) -> tuple[AsyncWatchprint, Account]:
    """The installation and the account that insights are read from.

    Raises:
        Refusal: nothing is kept of the user, or not yet.
    """
    parts, token = parts_of(request), token_of(request)
    account = await parts.callers.account(token)
    if account is None:
        raise Refusal(
            "no-copy",
            "Nothing is kept of this user, and insights are read from a copy: hand the user's tokens over with "
            "POST /api/v1/accounts, wait until the copy is read, then ask again",
        )
    status = await parts.app.status(account)
    if status.last_sync_at is None and (status.syncing_until is not None or not status.movies + status.episodes):
        raise Refusal("copy-not-read", "The copy of this user is being read for the first time: ask again later")
    return parts.app, account


def routes() -> list[HTTPRouteHandler]:
    """The routes."""
    return [
        route("GET", INSIGHTS, known),
        route("GET", f"{INSIGHTS}/{{name}}", answer),
        route("GET", FINDINGS, standing_out),
    ]
