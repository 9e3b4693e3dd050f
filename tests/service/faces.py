"""Both faces of the service behind one word: `call` gives the value, or all rows, of a method."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from datetime import UTC, datetime
from typing import Any, Protocol

from tests.sandbox.desk import Desk
from watchprint import AsyncPages, AsyncTraktService, Pages, TokenSource, TraktService
from watchprint.trakt.pacing import InProcess, Pacing

REDIRECT_URI = "http://127.0.0.1:8000/callback"


class NoWaiting:
    """A clock that lets no time pass: waits are noted, and over at once."""

    def __init__(self) -> None:
        self.waits_s: list[float] = []

    def now(self) -> datetime:
        return datetime.now(UTC)

    def sleep(self, seconds: float) -> None:
        self.waits_s.append(seconds)

    async def asleep(self, seconds: float) -> None:
        self.waits_s.append(seconds)
        await asyncio.sleep(0)


def unpaced() -> InProcess:
    """A pacing without gaps, for a sandbox without rate limits."""
    return InProcess(write_gap_s=0, get_limit=10**9)


class Face(Protocol):
    """One face at one sandbox."""

    name: str
    desk: Desk

    def call(self, method: str, token: str | TokenSource, *args: Any, **kwargs: Any) -> Any:
        """The value of a method, or its rows in a list."""
        ...

    def at(self, api_url: str) -> Face:
        """The same face, for a Trakt elsewhere."""
        ...

    def close(self) -> None: ...


class Blocking:
    """TraktService."""

    name = "blocking"

    def __init__(
        self,
        desk: Desk,
        api_url: str | None = None,
        pacing: Pacing | None = None,
        clock: NoWaiting | None = None,
    ) -> None:
        self.desk, self.clock = desk, clock or NoWaiting()
        self.service = TraktService(
            desk.client_id,
            desk.client_secret,
            api_url=api_url or desk.server.base_url,
            redirect_uri=REDIRECT_URI,
            pacing=pacing or unpaced(),
            clock=self.clock,
        )

    def call(self, method: str, token: str | TokenSource, *args: Any, **kwargs: Any) -> Any:
        answer = getattr(self.service, method)(token, *args, **kwargs)
        return answer.all() if isinstance(answer, Pages) else answer

    def at(self, api_url: str) -> Blocking:
        return Blocking(self.desk, api_url)

    def close(self) -> None:
        self.service.close()


class Async:
    """AsyncTraktService, on a loop of its own."""

    name = "async"

    def __init__(self, desk: Desk, api_url: str | None = None) -> None:
        self.desk, self._runner = desk, asyncio.Runner()
        self.service = self._run(self._made(api_url or desk.server.base_url))

    async def _made(self, api_url: str) -> AsyncTraktService:
        return AsyncTraktService(
            self.desk.client_id,
            self.desk.client_secret,
            api_url=api_url,
            redirect_uri=REDIRECT_URI,
            pacing=unpaced(),
            clock=NoWaiting(),
        )

    def call(self, method: str, token: str | TokenSource, *args: Any, **kwargs: Any) -> Any:
        async def asked() -> Any:
            answer = getattr(self.service, method)(token, *args, **kwargs)
            return await answer.all() if isinstance(answer, AsyncPages) else await answer

        return self._run(asked())

    def at(self, api_url: str) -> Async:
        return Async(self.desk, api_url)

    def close(self) -> None:
        self._run(self.service.aclose())
        self._runner.close()

    def _run(self, coroutine: Coroutine[Any, Any, Any]) -> Any:
        return self._runner.run(coroutine)
