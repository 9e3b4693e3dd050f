"""Accounts in custody: a token pair handed over, its access token lent, its copy told of, all of it forgotten.

An account is opened by an access token of its own user, which Trakt accepts from this installation: nothing else opens
it. What lends a token or deletes asks Trakt anew each time.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Final
from urllib.parse import quote

from litestar import Response
from litestar.handlers import HTTPRouteHandler

from watchprint.identity.accounts import Account
from watchprint.trakt.tokens import Tokens
from watchprint.web.answering import plain, response
from watchprint.web.asking import Asking, body_of, query_of, token_of
from watchprint.web.idempotency import Sent
from watchprint.web.methods.method import PREFIX
from watchprint.web.parts import Parts, parts_of
from watchprint.web.routing import route
from watchprint.web.shapes.accounts import AccessToken, ForgetQuery, Gone, NewAccountBody, account_of
from watchprint.web.shapes.queries import NoQuery

ACCOUNTS: Final = f"{PREFIX}/accounts"
ACCOUNT: Final = f"{ACCOUNTS}/{{name}}"


async def hand_over(request: Asking) -> Response[bytes]:
    """Keep the pair, and begin a copy."""
    parts = parts_of(request)
    query_of(request, NoQuery)
    body = await body_of(request, NewAccountBody)
    return response(await parts.finished(_linked(parts, body)))


async def _linked(parts: Parts, body: NewAccountBody) -> Sent:
    app = parts.app
    issued_at = body.created_at or app.clock.now()
    before = {account.id for account in await app.accounts()}
    pair = Tokens(body.access_token, body.refresh_token, issued_at, body.expires_in_s)
    account = await app.link(pair, name=body.name)
    where = f"{ACCOUNTS}/{quote(account.name, safe='')}"
    status = 200 if account.id in before else 201
    return plain(account_of(await app.status(account)), status, location=where)


async def told(request: Asking) -> Response[bytes]:
    """How the account stands."""
    parts = parts_of(request)
    query_of(request, NoQuery)
    account = await parts.callers.own_account(token_of(request), _name(request))
    return response(plain(account_of(await parts.app.status(account))))


async def lend(request: Asking) -> Response[bytes]:
    """An access token that Trakt accepts now."""
    parts = parts_of(request)
    query_of(request, NoQuery)
    account = await parts.callers.own_account(token_of(request), _name(request), fresh=True)
    access = await parts.finished(parts.app.access_token(account))
    pair = await asyncio.to_thread(parts.app.store.tokens(account.id).current)
    expires_at = None
    if pair.access_token == access and pair.created_at is not None and pair.expires_in_s is not None:
        expires_at = pair.created_at + timedelta(seconds=pair.expires_in_s)
    return response(plain(AccessToken(access_token=access, expires_at=expires_at)))


async def read_now(request: Asking) -> Response[bytes]:
    """Let the copy be read now."""
    parts = parts_of(request)
    query_of(request, NoQuery)
    account = await parts.callers.own_account(token_of(request), _name(request))
    parts.app.linked(account)
    await parts.app.store.awrite(lambda work: work.accounts.due_at(account.id, work.now, only_sooner=True))
    return response(plain(account_of(await parts.app.status(account)), 202))


async def forget(request: Asking) -> Response[bytes]:
    """Withdraw the tokens at Trakt, and delete."""
    parts = parts_of(request)
    query = query_of(request, ForgetQuery)
    account = await parts.callers.own_account(token_of(request), _name(request), fresh=True)
    return response(await parts.finished(_gone(parts, account, keep_copy=query.keep_copy)))


async def _gone(parts: Parts, account: Account, *, keep_copy: bool) -> Sent:
    if keep_copy:
        await parts.app.unlink(account)
        gone = Gone(name=account.name, plays=0, withdrawn=True, not_withdrawn_because=None, elsewhere=0)
    else:
        went = await parts.app.forget(account)
        gone = Gone(
            name=went.name,
            plays=went.plays,
            withdrawn=went.withdrawn,
            not_withdrawn_because=went.not_withdrawn_because,
            elsewhere=len(went.elsewhere),
        )
    return plain(gone)


def _name(request: Asking) -> str:
    name: str = request.path_params["name"]
    return name


def routes() -> list[HTTPRouteHandler]:
    """The routes."""
    return [
        route("POST", ACCOUNTS, hand_over),
        route("GET", ACCOUNT, told),
        route("DELETE", ACCOUNT, forget),
        route("GET", f"{ACCOUNT}/token", lend),
        route("POST", f"{ACCOUNT}/sync", read_now),
    ]
