"""Sign-ins answered without a browser, applications registered, and the sandbox's switches."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlsplit

import msgspec
from msgspec import Struct

from watchprint.sandbox.control.asking import Ask, ControlRefused
from watchprint.sandbox.control.users import user_named
from watchprint.sandbox.oauth.authorize import LOCAL_REDIRECTS, NotAsked, answer_address, approved, asked
from watchprint.sandbox.oauth.device import by_user_code, decide
from watchprint.sandbox.oauth.grants import app_of, token
from watchprint.sandbox.serving.sandbox import Sandbox
from watchprint.sandbox.state import App


class _Decision(Struct, forbid_unknown_fields=True):
    user_code: str | None = None
    authorize_url: str | None = None
    user: str | None = None
    deny: bool = False


class _App(Struct, forbid_unknown_fields=True):
    client_id: str | None = None
    name: str = "An application"
    redirect_uris: list[str] = []


class _Settings(Struct, forbid_unknown_fields=True):
    strict: bool | None = None
    rate_limits: bool | None = None
    pause_leaves_watching: bool | None = None
    expires_in: int | None = None


def post_approve(sandbox: Sandbox, ask: Ask) -> dict[str, Any]:
    """Approve or deny a device code (`user_code`) or an authorisation request (`authorize_url`, whole).

    The answer to the latter has `redirect_url`: where a browser would be sent. `user` is the first one if unnamed.
    """
    wish = ask.wish(_Decision)
    sandbox.dispatch.pass_time()
    slug = "" if wish.deny else user_named(sandbox, wish.user or _first(sandbox)).slug
    if wish.user_code is not None:
        return _decide_device(sandbox, wish.user_code, slug, approve=not wish.deny)
    if wish.authorize_url is not None:
        return _decide_request(sandbox, wish.authorize_url, slug, approve=not wish.deny)
    raise ControlRefused('Say {"user_code": "5055CC52"} or {"authorize_url": "http://…/oauth/authorize?…"}.')


def _first(sandbox: Sandbox) -> str:
    return next(iter(sandbox.world.state.users), "")


def _decide_device(sandbox: Sandbox, user_code: str, slug: str, *, approve: bool) -> dict[str, Any]:
    code = by_user_code(sandbox.world.state, user_code)
    if code is None:
        raise ControlRefused(f"There is no device code {user_code!r}.", 404)
    problem = decide(code, slug, sandbox.world.now, approve=approve)
    if problem is not None:
        raise ControlRefused(problem, 409)
    return {"user_code": code.user_code, "status": code.status, "user": code.user}


def _decide_request(sandbox: Sandbox, url: str, slug: str, *, approve: bool) -> dict[str, Any]:
    query = dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))
    try:
        request = asked(sandbox.world, query)
    except NotAsked as error:
        raise ControlRefused(str(error)) from error
    code = approved(sandbox.world, request, slug) if approve and request.error is None else None
    return {"redirect_url": answer_address(request, code), "code": code.code if code else None}


def post_apps(sandbox: Sandbox, ask: Ask) -> dict[str, Any]:
    """Register an application, or (with `client_id`) more redirect addresses of one; the application."""
    wish = ask.wish(_App)
    if any(not uri or not uri.isprintable() or " " in uri for uri in wish.redirect_uris):
        raise ControlRefused("A redirect address must be a URL without blanks.")
    apps = sandbox.world.state.apps
    if wish.client_id is None:
        apps.append(App(token(), token(), wish.name, [*LOCAL_REDIRECTS, *wish.redirect_uris]))
        return dict(msgspec.to_builtins(apps[-1]))
    app = app_of(sandbox.world.state, wish.client_id)
    if app is None:
        raise ControlRefused("There is no application with this client_id.", 404)
    app.redirect_uris = list(dict.fromkeys([*app.redirect_uris, *wish.redirect_uris]))
    return dict(msgspec.to_builtins(app))


def get_settings(sandbox: Sandbox, ask: Ask) -> dict[str, Any]:
    """The switches, and the lifetime of new access tokens [s]."""
    options = sandbox.world.options
    return {name: getattr(options, name) for name in _Settings.__struct_fields__}


def post_settings(sandbox: Sandbox, ask: Ask) -> dict[str, Any]:
    """Turn switches; answered like GET. A reset turns them back."""
    wish = ask.wish(_Settings)
    if wish.expires_in is not None and wish.expires_in < 1:
        raise ControlRefused("expires_in must be 1 or more seconds.")
    for name in _Settings.__struct_fields__:
        value = getattr(wish, name)
        if value is not None:
            setattr(sandbox.world.options, name, value)
    return get_settings(sandbox, ask)
