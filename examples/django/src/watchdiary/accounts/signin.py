"""Signing in with Trakt (authorisation code with PKCE), signing out, and being forgotten.

The browser that began a sign-in must be the one that ends it: its session holds the random text that Trakt's answer
repeats, and the proof that goes with it. Tokens never reach the browser; codes never stay in its address bar.
"""

from __future__ import annotations

import logging
import secrets
import time
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from watchdiary.accounts.keeping import account_with
from watchdiary.accounts.models import TraktAccount, account_in, account_of
from watchdiary.accounts.tokens import RowTokens
from watchdiary.refusals import refusal_of
from watchdiary.trakt import service
from watchprint import TokenExpired, TraktError, pkce

SIGN_IN_S: Final = 600
MOST_SIGN_INS: Final = 5
"""Begun in one browser and not ended (tabs); the oldest are forgotten."""
_BEGUN: Final = "trakt_sign_ins"
_LOG: Final = logging.getLogger("watchdiary")


@login_not_required
@require_http_methods(["GET", "HEAD"])
def signin(request: HttpRequest) -> HttpResponse:
    """What this app is, and the way to Trakt."""
    return render(request, "signin.html", {"next": safe_next(request, request.GET.get("next"))})


@login_not_required
@require_http_methods(["GET", "HEAD"])
def begin(request: HttpRequest) -> HttpResponse:
    """Send the browser to Trakt."""
    if _host_is_another(request):
        return redirect(f"{settings.HOME_ORIGIN}{request.get_full_path()}")
    state, proof = secrets.token_urlsafe(24), pkce()
    there = service().trakt.oauth.authorize_url(state=state, code_challenge=proof.challenge)
    kept = {"verifier": proof.verifier, "at_s": time.time(), "next": safe_next(request, request.GET.get("next"))}
    begun: dict[str, Any] = request.session.get(_BEGUN, {})
    request.session[_BEGUN] = dict([*begun.items(), (state, kept)][-MOST_SIGN_INS:])
    return redirect(there)


@login_not_required
@require_http_methods(["GET", "HEAD"])
def end(request: HttpRequest) -> HttpResponse:
    """Trakt sends the browser back: exchange the code, and begin a session. Its address leads on in any case."""
    begun: dict[str, Any] = request.session.get(_BEGUN, {})
    kept = begun.pop(request.GET.get("state", ""), None)
    request.session[_BEGUN] = begun
    if kept is None:
        return _not_signed_in(request, "That sign-in was not begun in this browser, or was ended before.")
    if time.time() - kept["at_s"] > SIGN_IN_S:
        return _not_signed_in(request, "That sign-in took too long.")
    if request.GET.get("error") or not request.GET.get("code"):
        return _not_signed_in(request, "You said no on Trakt: nothing was changed.")
    try:
        account = _account(request.GET["code"], kept["verifier"])
    except TraktError as error:
        _LOG.warning("sign-in: %s", error)
        refusal = refusal_of(error)
        return _not_signed_in(request, f"{refusal.title}. {refusal.words}")
    login(request, account.user, backend="django.contrib.auth.backends.ModelBackend")
    request.session.pop(_BEGUN, None)
    messages.success(request, f"Welcome, {account.name}.")
    return redirect(kept["next"])


def _account(code: str, verifier: str) -> TraktAccount:
    """Whose code this is, kept with the pair that it brings."""
    trakt = service().trakt
    tokens = trakt.oauth.exchange_code(code, code_verifier=verifier)
    said = trakt.as_user(tokens.access_token).users.settings()
    slug = said.user.ids.slug or said.user.username or ""
    return account_with(
        tokens,
        trakt_uuid=said.user.ids.uuid or f"slug:{slug}",
        slug=slug,
        name=said.user.name or said.user.username or slug,
        zone=said.account.timezone or "UTC",
    )


def _not_signed_in(request: HttpRequest, words: str) -> HttpResponse:
    messages.error(request, f"{words} You are not signed in.")
    return redirect("signin")


@require_http_methods(["POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session, and withdraw this app's tokens at Trakt."""
    account = account_of(request.user)
    told = account is None or _withdrawn(account)
    logout(request)
    _say_goodbye(request, "You are signed out.", told=told)
    return redirect("signin")


@require_http_methods(["POST"])
def forget(request: HttpRequest) -> HttpResponse:
    """Sign out, and remove everything that is kept here. What is at Trakt stays there."""
    account = account_in(request)
    told, user = _withdrawn(account), account.user
    logout(request)
    user.delete()
    _say_goodbye(request, "You are signed out, and nothing of you is kept here any more.", told=told)
    return redirect("signin")


def _withdrawn(account: TraktAccount) -> bool:
    """Remove the pair here and at Trakt; whether Trakt was told. Under the lock, so that no renewal brings it back."""
    source = RowTokens(account.pk)
    with source.lock():
        try:
            service().trakt.oauth.revoke(source.current().access_token)
        except TokenExpired:  # there is nothing to withdraw
            told = True
        except TraktError as error:
            _LOG.warning("sign-out: %s", error)
            told = False
        else:
            told = True
        source.keep(None)
    return told


def _say_goodbye(request: HttpRequest, words: str, *, told: bool) -> None:
    messages.success(request, words)
    if not told:
        messages.warning(request, "Trakt could not be told: remove this app in the settings of your Trakt account.")


def safe_next(request: HttpRequest, asked: str | None) -> str:
    """Where to go on, if that is a page of this app; else its first page."""
    if asked and url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure()):
        return asked
    return "/"


def _host_is_another(request: HttpRequest) -> bool:
    """Cookies of another name would not come back with the browser."""
    home: str = settings.HOME_ORIGIN
    return request.get_host() != home.partition("://")[2]
