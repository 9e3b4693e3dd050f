"""What the doctor asks Trakt, and of the tokens for it: is it there, does it accept us, what time has it.

Only reads, with what is signed in; nothing is renewed, and no sandbox is started.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from watchprint.cli.doctor import Finding
from watchprint.cli.doctor.store import SignedIn
from watchprint.cli.home import token_file
from watchprint.settings import SANDBOX, Settings
from watchprint.trakt.errors import (
    AppRefused,
    Invalid,
    NoAnswer,
    NotConfigured,
    TokenExpired,
    TraktBroken,
    TraktError,
)
from watchprint.trakt.tokens import FileTokens, Tokens, checked

TIMEOUT_S = 5.0
NOTED_S = 60
MOST_ASKED = 5
"""Accounts that Trakt is asked about; of more, each would cost a request."""
WRONG_S = 3600
LOGIN = "run `watchprint login`"
REGISTER = "create an application at https://trakt.tv/oauth/applications and set TRAKT_CLIENT_ID"


def at_trakt(settings: Settings, signed_in: list[SignedIn]) -> Iterator[Finding]:
    """Findings about the application, Trakt itself, the clocks and the sign-in.

    Args:
        signed_in: Who is, by the store.
    """
    trakt_url = SANDBOX if settings.in_sandbox else settings.api_url.rstrip("/")
    signed_in = [each for each in signed_in if each.account.link and each.account.link.trakt_url == trakt_url]
    if settings.in_sandbox:
        yield from _own_sandbox(settings, signed_in)
        return
    if settings.client_id is None:
        yield Finding(
            "wrong",
            "TRAKT_CLIENT_ID is not set: nothing that asks Trakt works (local mode)",
            f"{REGISTER}, or set TRAKT_API_URL=sandbox to try everything without one",
        )
        yield from _kept(settings, signed_in, None, None)
        return
    if settings.client_secret is None:
        mend = "set it, or use `watchprint login --token`"
        yield Finding("note", "TRAKT_CLIENT_SECRET is not set: no sign-in by device, no renewal of tokens", mend)
    where: dict[str, Any] = {
        "client_id": settings.client_id,
        "client_secret": settings.client_secret,
        "api_url": settings.api_url,
    }
    yield from _reached(settings, signed_in, where)


def _own_sandbox(settings: Settings, signed_in: list[SignedIn]) -> Iterator[Finding]:
    """This home's sandbox, if it runs; it is not started to look."""
    from watchprint.sandbox import background

    yield Finding("note", "Trakt is this home's sandbox: invented data", "unset TRAKT_API_URL for the real Trakt")
    greeting = background.running(settings.home)
    if greeting is None:
        yield Finding("ok", "the sandbox does not run; it starts when it is first needed")
        yield from _kept(settings, signed_in, None, None)
        return
    where: dict[str, Any] = {
        "client_id": greeting["client_id"],
        "client_secret": greeting["client_secret"],
        "api_url": greeting["base_url"],
    }
    yield from _reached(settings, signed_in, where)


def _reached(settings: Settings, signed_in: list[SignedIn], where: dict[str, Any]) -> Iterator[Finding]:
    """Whether Trakt answers, accepts the application, and agrees with this machine's clock."""
    from watchprint.sandbox.following import clock_of
    from watchprint.trakt.clients import Trakt

    url = where["api_url"]
    try:
        with Trakt(**where, timeout_s=TIMEOUT_S) as trakt:
            trakt.lookups.genres("movies")
            ahead = datetime.now(UTC) - trakt.runner.now()
            yield Finding("ok", f"Trakt at {url} answers and accepts the application")
            clock = clock_of(url)
            if clock is not None:
                clock.close()
            yield from _clocks(ahead, followed=clock is not None)
            yield from _kept(settings, signed_in, trakt, trakt.runner.now())
    except TraktError as error:
        yield Finding("wrong", f"Trakt at {url}: {error}", _mend(error))
        yield from _kept(settings, signed_in, None, None)


def _mend(error: TraktError) -> str:
    """What to do when Trakt itself cannot be used."""
    match error:
        case AppRefused():
            return "check TRAKT_CLIENT_ID, and that TRAKT_API_URL is the Trakt it belongs to"
        case NoAnswer():
            return "check the network, and TRAKT_API_URL if it is set"
        case TraktBroken():
            return "try again later; nothing here can mend it"
        case NotConfigured():
            return "set it right, or unset it for the real Trakt"
    return "check TRAKT_API_URL: what answers there may be no Trakt"


def _clocks(ahead: timedelta, *, followed: bool) -> Iterator[Finding]:
    """How this machine's clock and Trakt's differ."""
    differ_s = abs(ahead.total_seconds())
    if differ_s < NOTED_S:
        return
    said = f"this machine's clock is {_long(differ_s)} {'ahead of' if ahead > timedelta() else 'behind'} Trakt's"
    if followed:
        yield Finding("note", f"{said}: a sandbox, whose time is followed", "POST /__sandbox__/clock moves it")
    else:
        said = f"{said}; times that are shown and begun here are off"
        yield Finding("wrong" if differ_s >= WRONG_S else "note", said, "set this machine's clock")


def _long(seconds: float) -> str:
    days, rest_s = divmod(round(seconds), 86_400)
    hours, rest_s = divmod(rest_s, 3600)
    parts = ((days, "d"), (hours, "h"), (rest_s // 60, "min"))
    return " ".join(f"{number} {unit}" for number, unit in parts if number) or f"{rest_s} s"


def _kept(settings: Settings, signed_in: list[SignedIn], trakt: Any, now: datetime | None) -> Iterator[Finding]:
    """The tokens that commands would use, and what Trakt says of them, where it can be asked."""
    given = settings["WATCHPRINT_TOKEN"].value
    if given is not None:
        yield from _given(given, trakt)
        return
    for each in signed_in[:MOST_ASKED]:
        yield _life(each.tokens, now) or (_accepted(each.tokens, trakt) if trakt else _unasked(each.tokens))
    kept = FileTokens(token_file(settings))
    if not kept.path.exists():
        if not signed_in:
            yield Finding("note", "nobody is signed in", LOGIN)
        return
    try:
        tokens = kept.current()
    except NotConfigured as error:
        yield Finding("wrong", str(error), f"{LOGIN} (it writes the file anew)")
        return
    if kept.path.stat().st_mode & 0o077:
        yield Finding("wrong", f"others can read {kept.path}", f"chmod 600 {kept.path}")
    yield _life(tokens, now) or (_accepted(tokens, trakt) if trakt is not None else _unasked(tokens))


def _given(given: str, trakt: Any) -> Iterator[Finding]:
    try:
        tokens = Tokens(checked(given))
    except Invalid as error:
        yield Finding("wrong", f"WATCHPRINT_TOKEN: {error}", "set it to an access token, or unset it")
        return
    if trakt is None:
        yield Finding("ok", "WATCHPRINT_TOKEN is set; Trakt was not asked about it")
    else:
        yield _accepted(tokens, trakt)


def _life(tokens: Tokens, now: datetime | None) -> Finding | None:
    """What is to be said of a token whose life is over; None: it is not."""
    if not tokens.expired(now or datetime.now(UTC)):
        return None
    if tokens.refresh_token is None:
        return Finding("wrong", "the access token has expired and cannot be renewed", LOGIN)
    return Finding("note", "the access token has expired; the next command renews it", f"if that fails, {LOGIN}")


def _unasked(tokens: Tokens) -> Finding:
    return Finding("ok", f"signed in; {_renewal(tokens)}; Trakt was not asked about it")


def _renewal(tokens: Tokens) -> str:
    return "the token is renewed by itself" if tokens.refresh_token else "the token cannot be renewed when it expires"


def _accepted(tokens: Tokens, trakt: Any) -> Finding:
    """Whose the token is, as Trakt says."""
    try:
        settings = trakt.as_user(tokens.access_token).users.settings()
    except TokenExpired:
        return Finding("wrong", "Trakt does not accept the access token: it was revoked, or is of another Trakt", LOGIN)
    except TraktError as error:
        return Finding("wrong", f"the account cannot be read: {error}", "see the message; it names the reason")
    name = (settings.user.username if settings.user else None) or "a user without a name"
    return Finding("ok", f"signed in as {name}; {_renewal(tokens)}")
