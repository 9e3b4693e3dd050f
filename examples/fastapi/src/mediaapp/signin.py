"""Signing in with Trakt in the browser (authorisation code with PKCE), signing out, and being forgotten.

The browser that began a sign-in must be the one that ends it: its cookie holds the same random text as Trakt's answer.
Tokens never reach the browser; it keeps the secret of a session.
"""

from __future__ import annotations

import asyncio
import secrets
from typing import Annotated

from fastapi import APIRouter, Cookie, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from mediaapp.accounts import SESSION_S, SIGN_IN_S
from mediaapp.asked import App, SignedIn
from watchprint import Tokens, pkce

router = APIRouter(tags=["sign-in"])


@router.get("/signin", response_class=RedirectResponse, status_code=302)
async def begin(app: App, request: Request) -> Response:
    """Send the browser to Trakt."""
    if request.url.netloc != app.settings.host:  # cookies of another name would not come back with the browser
        return RedirectResponse(str(request.url.replace(netloc=app.settings.host)), 302)
    state, proof = secrets.token_urlsafe(24), pkce()
    await asyncio.to_thread(app.accounts.begin_sign_in, state, proof.verifier)
    there = app.trakt.trakt.oauth.authorize_url(state=state, code_challenge=proof.challenge)
    answer = RedirectResponse(there, 302)
    _set(answer, app, "signin", state, SIGN_IN_S, "/callback")
    return answer


@router.get("/callback", response_class=RedirectResponse, status_code=302)
async def end(
    app: App,
    state: str = "",
    code: str = "",
    error: str = "",
    signin: Annotated[str, Cookie()] = "",
) -> Response:
    """Trakt sends the browser back: exchange the code, and begin a session."""
    if not state or not secrets.compare_digest(state.encode(), signin.encode()):
        raise HTTPException(400, "this sign-in was not begun in this browser: open /signin")
    verifier = await asyncio.to_thread(app.accounts.end_sign_in, state)
    if verifier is None:
        raise HTTPException(400, "this sign-in took too long, or was ended before: open /signin")
    if error or not code:
        raise HTTPException(403, "you said no on Trakt: nothing was changed")
    tokens = await app.trakt.trakt.oauth.exchange_code(code, code_verifier=verifier)
    session = await _begun_session(app, tokens)
    answer = RedirectResponse("/", 302)
    answer.delete_cookie("signin", path="/callback")
    _set(answer, app, "session", session, SESSION_S, "/")
    return answer


async def _begun_session(app: App, tokens: Tokens) -> str:
    """Who that is, kept with the pair; and a session for this browser."""
    user = (await app.trakt.trakt.as_user(tokens.access_token).users.settings()).user
    slug = user.ids.slug or user.username or ""
    account = await asyncio.to_thread(
        app.accounts.signed_in, user.ids.uuid or f"slug:{slug}", slug, user.name or user.username or slug, tokens
    )
    return await asyncio.to_thread(app.accounts.new_session, account.id)


@router.post("/signout", response_class=RedirectResponse, status_code=303)
def sign_out(app: App, session: Annotated[str, Cookie()] = "") -> Response:
    """Sign this browser out; the account stays connected to Trakt."""
    app.accounts.end_session(session)
    answer = RedirectResponse("/", 303)
    answer.delete_cookie("session")
    return answer


@router.delete("/account", status_code=204)
async def forget(app: App, user: SignedIn) -> None:
    """Disconnect: the tokens are withdrawn at Trakt, and everything here is removed."""
    tokens = await asyncio.to_thread(user.tokens.current)
    await app.trakt.trakt.oauth.revoke(tokens.access_token)
    await asyncio.to_thread(app.accounts.forget, user.account.id)


def _set(answer: Response, app: App, name: str, value: str, life_s: int, path: str) -> None:
    """A cookie that no script reads, and no other site sends with a form."""
    answer.set_cookie(name, value, max_age=life_s, path=path, httponly=True, samesite="lax", secure=app.settings.https)
