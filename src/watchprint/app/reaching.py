"""Which Trakt an installation asks, and whose time it has: the settings in, the arguments of a client out.

Without TRAKT_CLIENT_ID there is none (local mode): nothing is asked of any Trakt. When Trakt is a sandbox, time is the
sandbox's time, and it is reached directly, whatever proxy leads to the rest of the world. Standard library and our own.
"""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from watchprint.service.where import Where, where
from watchprint.settings import SANDBOX, Settings

if TYPE_CHECKING:
    from watchprint.sandbox.following import FollowedClock


class Reach:
    """The way to Trakt, or the reason why there is none.

    Args:
        settings: What is set.
        lead: Waits move the sandbox's clock on instead of passing (for demonstrations).

    Attributes:
        clock: The sandbox's, where Trakt is one; None: the system's holds.

    Raises:
        NotConfigured: The home's sandbox cannot be started.
    """

    def __init__(self, settings: Settings, *, lead: bool = False) -> None:
        self.settings = settings
        self.local = settings.client_id is None and not settings.in_sandbox
        self.clock: FollowedClock | None = None
        self._where: Where | None = None
        self._leaving = ExitStack()
        if not self.local:
            self._where = where(settings)
            self._follow(self._where["api_url"], lead=lead)

    def _follow(self, url: str, *, lead: bool) -> None:
        from watchprint.sandbox.following import FollowedClock, clock_of

        self.clock = FollowedClock(url, lead=True) if lead else clock_of(url)
        if self.clock is not None:
            self._leaving.callback(self.clock.close)
            self._leaving.enter_context(no_proxy_to(url))

    @property
    def where(self) -> Where:
        """The application and the address.

        Raises:
            NotConfigured: There are none; the text says what to set.
        """
        return self._where or where(self.settings)

    @property
    def trakt_url(self) -> str:
        """By what a link remembers this Trakt: its address; of a home's sandbox, which has many, the word."""
        return SANDBOX if self.settings.in_sandbox else self.settings.api_url.rstrip("/")

    def close(self) -> None:
        """Follow the clock no more."""
        self._leaving.close()


@contextmanager
def no_proxy_to(url: str) -> Generator[None]:
    """Within the block, HTTP libraries go to a sandbox directly, whatever proxy leads to the rest of the world."""
    before = {name: os.environ.get(name) for name in ("no_proxy", "NO_PROXY")}
    host = urlsplit(url).hostname or ""
    os.environ.update({name: ",".join(filter(None, (value, host))) for name, value in before.items()})
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None) if value is None else os.environ.update({name: value})
