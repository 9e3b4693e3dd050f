"""Who asks, and whether they may pass: API key, version, token, lock, rate limit. In that order, before any body.

A token opens the API only together with the client id that it was issued to. A token that is not good is 401 on
public endpoints too: an application must notice.
"""

from __future__ import annotations

from msgspec import DecodeError
from msgspec.json import decode

from watchprint.sandbox.faults import answers
from watchprint.sandbox.kernel import Refusal, Route, World
from watchprint.sandbox.oauth.grants import Access, app_of, by_refresh_token, good
from watchprint.sandbox.rate_limits import OPEN_READS, READS, WRITES, RateLimits, Verdict
from watchprint.sandbox.state import Grant, User
from watchprint.sandbox.wire import Incoming


class Gate:
    """The checks in front of the routes of one sandbox."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._access = Access()
        self.limits = RateLimits()

    def bearer(self, incoming: Incoming) -> Grant | None:
        """The pair of the token that a request carries, good or not; None without a known token."""
        text = _token_in(incoming)
        return self._access.find(self._world.state, text) if text else None

    def check_key(self, incoming: Incoming) -> None:
        """Insist on the headers that every call of the API carries.

        Raises:
            Refusal: 403 unknown API key; 400 no version (strict mode).
        """
        if app_of(self._world.state, incoming.headers.get("trakt-api-key")) is None:
            raise Refusal(403)
        if self._world.options.strict and incoming.headers.get("trakt-api-version") != "2":
            raise Refusal(400, {"error": "The header trakt-api-version must be 2."})

    def user(self, incoming: Incoming, route: Route, pair: Grant | None) -> User | None:
        """The signed-in user.

        Raises:
            Refusal: 401 a token is missing where one is needed, or is not good; 423 the account is locked.
        """
        world = self._world
        if _token_in(incoming) is None:
            if route.auth or route.method != "GET":
                raise _refusal_401()
            return None
        user = world.state.users.get(pair.user) if pair else None
        if pair is None or user is None or not good(pair, world.now):
            raise _refusal_401()
        if pair.client_id != incoming.headers.get("trakt-api-key"):
            raise _refusal_401()
        if user.locked:
            refusal = Refusal(423)
            refusal.answer = answers.locked()
            raise refusal
        return user

    def admit(self, incoming: Incoming, route: Route, user: User | None) -> Verdict | None:
        """Count the request in its window; None where no limit is kept.

        Raises:
            Refusal: 429; the window is used up.
        """
        if not self._world.options.rate_limits or route.host in ("page", "image"):
            return None
        verdict = self._verdict(incoming, route, user)
        if verdict is not None and not verdict.allowed:
            refusal = Refusal(429)
            refusal.answer = answers.limited(verdict)
            raise refusal
        return verdict

    def _verdict(self, incoming: Incoming, route: Route, user: User | None) -> Verdict | None:
        now = self._world.now
        if route.host == "auth":
            whose = self._asker(incoming)
            return None if whose is None else self.limits.admit(WRITES, "auth", whose, now)
        if route.method != "GET":
            return self.limits.admit(WRITES, "api", user.slug if user else "", now)
        if user is not None:
            return self.limits.admit(READS, "api", user.slug, now)
        whose = f"{incoming.headers.get('trakt-api-key')} {incoming.address}"
        return self.limits.admit(OPEN_READS, "api", whose, now)

    def _asker(self, incoming: Incoming) -> str | None:
        """Whom a call of the sign-in host counts for: the user where a token says so, else client and address.

        A device that polls is held to the interval of its code instead.
        """
        if incoming.path.rstrip("/") == "/oauth/device/token":
            return None
        try:
            body = decode(incoming.body)
        except (DecodeError, UnicodeDecodeError, RecursionError):
            body = None
        body = body if isinstance(body, dict) else {}
        known = by_refresh_token(self._world.state, str(body.get("refresh_token") or body.get("token")))
        code = next((c for c in self._world.state.auth_codes if c.code == body.get("code")), None)
        slug = known.user if known else code.user if code else None
        return slug or f"{body.get('client_id')} {incoming.address}"


def _token_in(incoming: Incoming) -> str | None:
    """The text after Bearer ("" is a token too: a bad one); None without such a header."""
    header = incoming.headers.get("Authorization")
    if header is None:
        return None
    scheme, _, text = header.partition(" ")
    return text.strip() if scheme.lower() == "bearer" else ""


def _refusal_401() -> Refusal:
    refusal = Refusal(401)
    refusal.answer = answers.unauthorized()
    return refusal
