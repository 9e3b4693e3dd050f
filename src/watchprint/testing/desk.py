"""What the fixtures give: a Trakt that a test can move, break and look into, and a user of it.

Everything goes through the sandbox's control calls over HTTP, as any test in any language would do it.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


class SandboxRefused(Exception):
    """The sandbox does not do what the test asks; the text says why."""


@dataclass(frozen=True, slots=True)
class TestUser:
    """A user of the sandbox.

    Attributes:
        slug: The user's name in paths.
        access_token: What requests carry.
        refresh_token: Good for one exchange.
    """

    __test__ = False

    slug: str
    access_token: str
    refresh_token: str


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
        }

    # --- time

    @property
    def now(self) -> datetime:
        """What its clock shows (UTC)."""
        return datetime.fromisoformat(self._control("GET", "clock")["now"])

    def advance(self, seconds: float) -> datetime:
        """Let time pass: check-ins mature, tokens expire, windows end.

        Args:
            seconds: How much [s].

        Returns:
            What the clock shows then (UTC).
        """
        return datetime.fromisoformat(self._control("POST", "clock", {"advance_s": seconds})["now"])

    # --- faults

    def fault(self, kind: str, *, method: str = "*", path: str = "*", times: int = 1, **more: Any) -> None:
        """Break the next matching requests.

        Args:
            kind: "429", "503", "stored_504", "reset", "slow", "truncated", "expired_token", ...
            method: GET, POST, ... or * for all.
            path: An exact path, or a prefix that ends in *.
            times: How many requests.
            more: What the kind takes, e.g. delay_s for "slow", skip to let some pass first.

        Raises:
            SandboxRefused: There is no such kind; the text names them.
        """
        match = {name: value for name, value in (("method", method), ("path", path)) if value != "*"}
        self._control("POST", "faults", {"kind": kind, "match": match, "times": times, **more})

    def clear_faults(self) -> None:
        """Everything works again."""
        self._control("DELETE", "faults")

    # --- what happened

    @property
    def requests(self) -> list[dict[str, Any]]:
        """Every request of this test, oldest first: method, path, query, status, at, ... (no tokens)."""
        rows: list[dict[str, Any]] = self._control("GET", "requests")
        return rows

    def plays(self, user: TestUser | str) -> list[dict[str, Any]]:
        """The user's history as it is stored, newest first: id, watched_at, action, type, trakt."""
        return list(self.state(user)["history"])

    def state(self, user: TestUser | str) -> dict[str, Any]:
        """Everything stored of a user: history, playback, watching, collection, ratings, watchlist, lists, ..."""
        slug = user if isinstance(user, str) else user.slug
        rows: dict[str, Any] = self._control("GET", f"users/{slug}")
        return rows

    # --- users

    def user(self, slug: str, **traits: Any) -> TestUser:
        """A new user.

        Args:
            slug: The user's name, not used before.
            traits: vip, limits, zone, plays, seed, private, locked, connections, expires_in, name.
        """
        return TestUser(**self._control("POST", "users", {"slug": slug, **traits}))

    def change(self, user: TestUser | str, **traits: Any) -> None:
        """Give a user other traits: vip, limits, zone, private, locked, connections, expires_in, name."""
        slug = user if isinstance(user, str) else user.slug
        self._control("PATCH", f"users/{slug}", traits)

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
