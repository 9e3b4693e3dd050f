"""What both runners know: the application, its clock corrected by Trakt's, its pacing, and the headers to send."""

from __future__ import annotations

import random
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from watchprint.trakt.clock import Clock, SystemClock
from watchprint.trakt.errors import Invalid, Throttled
from watchprint.trakt.flows import ABREAST
from watchprint.trakt.pacing import LONGEST_WAIT_S, Pacing, of_this_process
from watchprint.trakt.paging import READ_AHEAD
from watchprint.trakt.ports import Application
from watchprint.trakt.tokens import Tokens
from watchprint.trakt.wire import Call, Reply, Request, Send

MOST_NAMES = 10_000
"""Tokens of which it is remembered that they came after others of the same user."""
_PLAIN = re.compile(r"(?:[\w.-]+=[\w.-]*(?:&|$))*", re.ASCII)
"""A query that needs no quoting."""


@dataclass(slots=True)
class Session:
    """Shared by all users of one client.

    Attributes:
        abreast: Pages in flight at a time.
        draw: Random numbers from 0 to 1, for spreading waits.
        nobody: Whose budget requests without a user are counted in.
        pacing_blocks: Asking it takes as long as a commit does: never ask it on an event loop.
        left: Requests still on their way in threads, whose walk was given up: closing waits for them.
    """

    app: Application
    clock: Clock = field(default_factory=SystemClock)
    pacing: Pacing = field(default_factory=of_this_process)
    abreast: int = ABREAST
    draw: Callable[[], float] = field(default_factory=lambda: random.Random().random)
    left: set[Future[Any]] = field(default_factory=set)
    pacing_blocks: bool = field(init=False)
    _ahead: timedelta = timedelta()
    _date: str = ""
    nobody: str = field(init=False)
    _base: dict[str, str] = field(init=False)
    _signed: tuple[str | None, dict[str, str]] = field(init=False)
    _names: OrderedDict[str, str] = field(default_factory=OrderedDict)
    _naming: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        if not isinstance(self.abreast, int) or not 1 <= self.abreast <= READ_AHEAD:
            raise Invalid(f"abreast is how many pages are in flight at a time, 1 to {READ_AHEAD}, not {self.abreast!r}")
        self._base = {
            "Content-Type": "application/json",
            "Accept": "application/json",
            "User-Agent": self.app.user_agent,
            "trakt-api-version": "2",
            "trakt-api-key": self.app.client_id,
        }
        self._signed = None, self._base
        self.nobody = self.who(None)
        self.pacing_blocks = getattr(self.pacing, "blocks", False)

    def now(self) -> datetime:
        """The instant as Trakt's clock has it: ours, corrected by the last answer's Date."""
        return self.clock.now() + self._ahead

    def learn(self, headers: Mapping[str, str]) -> None:
        """Notice how far our clock is from Trakt's; within two seconds it is taken as right."""
        text = headers.get("date", "")
        if text == self._date:
            return
        self._date = text
        try:
            ahead = parsedate_to_datetime(text) - self.clock.now()
        except (ValueError, TypeError, OverflowError):
            return
        self._ahead = ahead if abs(ahead) > timedelta(seconds=2) else timedelta()

    def url(self, request: Request) -> str:
        base = self.app.auth_url if request.on_auth_host else self.app.api_url
        if not request.query:
            return base + request.path
        plain = "&".join([f"{name}={value}" for name, value in request.query.items()])
        query = plain if _PLAIN.fullmatch(plain) and plain.count("&") < len(request.query) else urlencode(request.query)
        return f"{base}{request.path}?{query}"

    def headers(self, send: Send) -> dict[str, str]:
        token, signed = self._signed
        if send.token != token:
            signed = self._base if send.token is None else {**self._base, "Authorization": f"Bearer {send.token}"}
            self._signed = send.token, signed
        return {**signed, **send.request.headers}

    def admit(self, who: str, send_to: Call[object]) -> float:
        """Seconds to wait for a place.

        Raises:
            Throttled: It would be longer than a minute.
        """
        return bearable(self.pacing.admit(who, send_to.bucket), send_to.request)

    def observe(self, who: str, send: Send, reply: Reply) -> None:
        """Learn from an answer: Trakt's time, and what is left of the user's budget."""
        self.learn(reply.headers)
        self.pacing.observe(who, send.bucket, reply.status, reply.headers)

    def who(self, tokens: Tokens | None) -> str:
        """Whose budget a request is counted in: the user behind a token, else this application."""
        name = self._name(tokens.access_token if tokens else self.app.client_id)
        return self._names.get(name, name) if self._names else name

    def same_user(self, old: str, new: str) -> None:
        """The new access token is of the old one's user, whose budget goes on."""
        before, after = self._name(old), self._name(new)
        with self._naming:
            root = self._names.get(before, before)
            if root == after:
                return
            self._names[after] = root
            self._names.move_to_end(after)
            if len(self._names) > MOST_NAMES:
                self._names.popitem(last=False)

    def _name(self, secret: str) -> str:
        return sha256(f"{self.app.api_url} {secret}".encode()).hexdigest()[:24]


def bearable(wait_s: float, request: Request) -> float:
    """The wait, if nobody minds it.

    Raises:
        Throttled: Nobody sleeps longer than a minute unseen.
    """
    if wait_s <= LONGEST_WAIT_S:
        return wait_s
    text = f"Trakt's limit for this user is used up: try again in {wait_s:.0f} s ({request.method} {request.path})"
    raise Throttled(text, retry_after_s=wait_s, request=request)
