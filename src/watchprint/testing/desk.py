"""What the fixtures give: a Trakt that a test can move, break and look into, and a user of it.

Everything goes through the sandbox's control calls over HTTP, as any test in any language would do it.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

LOCAL_REDIRECT = "http://127.0.0.1:8000/callback"
"""An address that every sandbox lets sign-ins come back to."""


class SandboxRefused(Exception):
    """The sandbox does not do what the test asks; the text says why."""


@dataclass(frozen=True, slots=True)
class TestUser:
    """A user of the sandbox. Its repr shows no token.

    Attributes:
        slug: The user's name in paths.
        access_token: What requests carry.
        refresh_token: Good for one exchange.
    """

    __test__ = False

    slug: str
    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)


class TestTrakt:
    """A running sandbox.

    Args:
        greeting: What the sandbox says of itself: addresses and the application's keys.
    """

    __test__ = False

    def __init__(self, greeting: Mapping[str, Any]) -> None:
        self.base_url: str = greeting["base_url"]
        self.auth_url: str = greeting["auth_url"]
        self.client_id: str = greeting["client_id"]
        self.client_secret: str = greeting["client_secret"]

    @property
    def env(self) -> dict[str, str]:
        """The settings that point an application here; the fixture has put them into the environment."""
        return {
            "TRAKT_CLIENT_ID": self.client_id,
            "TRAKT_CLIENT_SECRET": self.client_secret,
            "TRAKT_API_URL": self.base_url,
            "TRAKT_REDIRECT_URI": LOCAL_REDIRECT,
        }

    # --- time

    @property
    def now(self) -> datetime:
        """What its clock shows (UTC)."""
        return datetime.fromisoformat(self._control("GET", "clock")["now"])

    def advance(
        self, seconds: float | timedelta = 0.0, *, minutes: float = 0.0, hours: float = 0.0, days: float = 0.0
    ) -> datetime:
        """Let time pass: check-ins mature, tokens expire, windows end.

        Args:
            seconds: How much [s], or a timedelta; minutes, hours and days are added to it.

        Returns:
            What the clock shows then (UTC).
        """
        by = seconds if isinstance(seconds, timedelta) else timedelta(seconds=seconds)
        by += timedelta(minutes=minutes, hours=hours, days=days)
        return datetime.fromisoformat(self._control("POST", "clock", {"advance_s": by.total_seconds()})["now"])

    # --- faults

    def fault(
        self,
        kind: str | int,
        *,
        method: str = "*",
        path: str = "*",
        user: TestUser | str | None = None,
        times: int | None = 1,
        **more: Any,
    ) -> None:
        """Break the next matching requests.

        Args:
            kind: 429, 503, "stored_504", "reset", "slow", "truncated", "expired_token", ...
            method: GET, POST, ... or * for all.
            path: An exact path, or a prefix that ends in *.
            user: Only requests with this user's token.
            times: How many requests; None: all, until `clear_faults`.
            more: What the kind takes, e.g. delay_s for "slow", retry_after_s for "429", skip to let some pass first.

        Raises:
            SandboxRefused: There is no such kind, or it does not take that; the text says what there is.
        """
        match = {name: value for name, value in (("method", method), ("path", path)) if value != "*"}
        if user is not None:
            match["user"] = _slug(user)
        self._control("POST", "faults", {"kind": str(kind), "match": match, "times": times, **more})

    def clear_faults(self) -> None:
        """Everything works again."""
        self._control("DELETE", "faults")

    # --- what happened

    @property
    def requests(self) -> list[dict[str, Any]]:
        """Every request of this test, oldest first: method, path, query, headers, body, status, at.

        Tokens, and bodies of sign-in calls, are left out; a status of None is a connection that was cut.
        """
        rows: list[dict[str, Any]] = self._control("GET", "requests")
        return rows

    def plays(self, user: TestUser | str) -> list[dict[str, Any]]:
        """The user's history as it is stored, newest first: id, watched_at, action, type, trakt."""
        return list(self.state(user)["history"])

    def state(self, user: TestUser | str) -> dict[str, Any]:
        """Everything stored of a user: history, playback, watching, collection, ratings, watchlist, lists, ..."""
        rows: dict[str, Any] = self._control("GET", f"users/{_slug(user)}")
        return rows

    # --- users

    def user(self, slug: str, **traits: Any) -> TestUser:
        """A new user.

        Args:
            slug: The user's name, not used before.
            traits: vip, limits, zone, plays, seed, private, locked, connections, expires_in [s], name.

        Raises:
            SandboxRefused: The slug is taken, or there is no such trait or value; the text says what there is.
        """
        return TestUser(**self._control("POST", "users", {"slug": slug, **traits}))

    def change(self, user: TestUser | str, **traits: Any) -> None:
        """Give a user other traits: vip, limits, zone, private, locked, connections, expires_in, name."""
        self._control("PATCH", f"users/{_slug(user)}", traits)

    # --- signing in

    def allow_redirect(self, uri: str) -> None:
        """Register an address that sign-ins in a browser may come back to (TRAKT_REDIRECT_URI of an application)."""
        self._control("POST", "apps", {"client_id": self.client_id, "redirect_uris": [uri]})

    def approve(
        self,
        *,
        user: TestUser | str,
        authorize_url: str | None = None,
        user_code: str | None = None,
        deny: bool = False,
    ) -> str | None:
        """Answer a sign-in as its user would, without a browser.

        Args:
            user: Who signs in.
            authorize_url: The address that a browser was to be sent to; or
            user_code: the code that a device shows.
            deny: Say no.

        Returns:
            Where the browser is sent back to; None for a device.

        Raises:
            SandboxRefused: There is no such request or code, or it was answered before.
        """
        asked = {"authorize_url": authorize_url, "user_code": user_code}
        wish = {name: value for name, value in asked.items() if value is not None}
        answer = self._control("POST", "approve", {"user": _slug(user), "deny": deny, **wish})
        back: str | None = answer.get("redirect_url")
        return back

    # --- the sandbox itself

    def switch(self, **switches: Any) -> None:
        """Turn strict, rate_limits, pause_leaves_watching or expires_in [s], for this test."""
        self._control("POST", "settings", switches)

    def reset(self) -> None:
        """As at the start: no users, no faults, no requests, the machine's time."""
        self._control("POST", "reset")

    def _control(self, method: str, call: str, body: Mapping[str, Any] | None = None) -> Any:
        request = urllib.request.Request(
            f"{self.base_url}/__sandbox__/{call}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=60) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                raise SandboxRefused(json.load(error)["error"]) from None


def _slug(user: TestUser | str) -> str:
    return user if isinstance(user, str) else user.slug
