"""Writes that may be sent again: the same Idempotency-Key of a user on a route gives the first answer again, for 24 h.

The key is taken in the store before the write leaves, so that it holds across processes and restarts. An answer that
says that nothing was stored frees it. Whoever loses the connection loses nothing: a write is finished once begun.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass
from hashlib import sha256
from secrets import token_hex
from typing import Final

import msgspec
from msgspec import Struct

from watchprint.store.running.answers import Begun, CutOff, InFlight, Kept, OtherBody
from watchprint.store.store import Store
from watchprint.web.problems.problem import Refusal

HELD_S: Final = 30.0
"""How long a key is held unless it is renewed: after the death of a process its writes are known to be cut off then."""
RENEWED_S: Final = 10.0


class Sent(Struct, frozen=True):
    """An answer, as bytes go out."""

    status: int
    headers: dict[str, str]
    body: str = ""
    stored_perhaps: bool = True


@dataclass(frozen=True, slots=True)
class Write:
    """Which write: whose, where, and under which key.

    Attributes:
        whose: Trakt's address and its id of the user.
        route: The method, and the list that it is about.
        key: The Idempotency-Key.
        body: What was sent, in one form whatever its spaces.
        account_id: The account that is kept of the user.
    """

    whose: tuple[str, str]
    route: tuple[str, str]
    key: str
    body: bytes
    account_id: int | None

    @property
    def name(self) -> str:
        """A digest of who, where and the key."""
        return sha256(msgspec.json.encode((self.whose, self.route, self.key))).hexdigest()

    @property
    def fingerprint(self) -> str:
        """A digest of the body."""
        return sha256(self.body).hexdigest()


async def once(store: Store, write: Write, act: Callable[[], Awaitable[Sent]]) -> Sent:
    """The answer to the write: the first one, if it was made before.

    Raises:
        Refusal: Another body came with the key, or it is in flight, or was cut off.
    """
    holder, name = token_hex(16), write.name
    claim = await store.awrite(
        lambda work: work.answers.claim(name, write.fingerprint, holder, HELD_S, write.account_id)
    )
    match claim:
        case Kept(answer=answer):
            first = msgspec.json.decode(answer, type=Sent)
            return msgspec.structs.replace(first, headers={**first.headers, "idempotency-replayed": "true"})
        case OtherBody():
            raise Refusal("key-used", "This Idempotency-Key came with another body: a new write takes a new key")
        case InFlight():
            raise Refusal("key-in-flight", "The same write is under way: ask again for its answer")
        case CutOff():
            raise Refusal(
                "unknown-outcome",
                "The first request with this Idempotency-Key was cut off before its answer was kept: look whether it "
                "was stored before you send it again, with another key",
            )
        case Begun():
            return await _kept(store, name, holder, act)


async def _kept(store: Store, name: str, holder: str, act: Callable[[], Awaitable[Sent]]) -> Sent:
    async with _held(store, name, holder):
        sent = await act()
        if sent.stored_perhaps:
            kept = msgspec.json.encode(sent).decode()
            await store.awrite(lambda work: work.answers.keep(name, holder, kept))
        else:
            await store.awrite(lambda work: work.answers.free(name, holder))
        return sent


@contextlib.asynccontextmanager
async def _held(store: Store, name: str, holder: str) -> AsyncGenerator[None]:
    """Within the block the key stays taken, however long it takes."""

    async def renew() -> None:
        while True:
            await asyncio.sleep(RENEWED_S)
            await store.awrite(lambda work: work.answers.renew(name, holder, HELD_S))

    renewing = asyncio.ensure_future(renew())
    try:
        yield
    finally:
        renewing.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await renewing
