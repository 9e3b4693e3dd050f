"""The runner that awaits: carries out conversations, flows and walks in the calling task."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from time import monotonic
from typing import Any, Self, TypeVar

from watchprint.trakt.converse import converse
from watchprint.trakt.errors import NotConfigured, TraktError
from watchprint.trakt.flows import Ask, Flow, Now
from watchprint.trakt.paging import PageOf, Rows, Ticket, Walk
from watchprint.trakt.ports import Awaiting, AwaitingHttp
from watchprint.trakt.runners.blocking import BlockingRunner
from watchprint.trakt.runners.session import RENEWAL_PAUSE_S, Session
from watchprint.trakt.tokens import FixedToken, MemoryTokens, Tokens, TokenSource
from watchprint.trakt.wire import Admit, Call, NoReply, Renew, Reply, Send, Step, Wait

T = TypeVar("T")


class AwaitingRunner(Awaiting):
    """One client's way to Trakt, for one user or for none; see `BlockingRunner`.

    A renewal runs in a worker thread with the library's blocking face: the host's lock may belong to a thread.
    """

    def __init__(self, session: Session, http: AwaitingHttp, source: TokenSource | None = None) -> None:
        self.app = session.app
        self._session, self._http, self._source = session, http, source
        self._quiet_until = 0.0

    def as_user(self, source: TokenSource | None) -> Self:
        return type(self)(self._session, self._http, source)

    async def aclose(self) -> None:
        await self._http.aclose()

    async def run(self, call: Call[T]) -> T:
        tokens = await self._tokens(call)
        renewable = tokens is not None and tokens.refresh_token is not None
        who = self._session.who(tokens)
        conversation = converse(
            call, tokens.access_token if tokens else None, renewable=renewable, draw=self._session.draw
        )
        outcome: Reply | NoReply | str | None = None
        while True:
            try:
                step = conversation.send(outcome)
            except StopIteration as done:
                result: T = done.value
                return result
            outcome = await self._do(step, call, who)

    async def _do(self, step: Step, call: Call[Any], who: str) -> Reply | NoReply | str | None:
        match step:
            case Admit():
                await self._pause(self._session.admit(who, call))
            case Wait(seconds=seconds):
                await self._pause(seconds)
            case Send():
                return await self._send(step, who)
            case Renew(refused=refused):
                return (await self._renewed(refused)).access_token
        return None

    async def _pause(self, seconds: float) -> None:
        if seconds > 0:
            await self._session.clock.asleep(seconds)

    async def _send(self, send: Send, who: str) -> Reply | NoReply:
        request = send.request
        session = self._session
        outcome = await self._http.send(request.method, session.url(request), session.headers(send), request.body)
        if isinstance(outcome, Reply):
            session.learn(outcome.headers)
            session.pacing.observe(who, send.bucket, outcome.status, outcome.headers)
        return outcome

    # --- tokens

    async def _tokens(self, call: Call[Any]) -> Tokens | None:
        if self._source is None or call.bucket == "auth":
            if call.needs_user:
                raise NotConfigured("this needs a user: pass the user's Trakt access token, or sign in first")
            return None
        in_memory = isinstance(self._source, FixedToken | MemoryTokens)
        held = self._source.current() if in_memory else await asyncio.to_thread(self._source.current)
        early = held.refresh_token is not None and held.due(self._session.now())
        return await self._renewed_early(held) if early and monotonic() >= self._quiet_until else held

    async def _renewed_early(self, held: Tokens) -> Tokens:
        try:
            return await self._renewed(held.access_token)
        except TraktError:
            self._quiet_until = monotonic() + RENEWAL_PAUSE_S
            return held

    async def _renewed(self, refused: str) -> Tokens:
        def in_a_thread() -> Tokens:
            http = self._http.blocking()
            try:
                return BlockingRunner(self._session, http, self._source).renewed(refused)
            finally:
                http.close()

        # A refresh that has begun is finished even if the caller is cancelled: its token is single-use.
        return await asyncio.shield(asyncio.to_thread(in_a_thread))

    # --- flows and walks

    async def perform(self, flow: Flow[T]) -> T:
        answer: Any = None
        error: TraktError | None = None
        while True:
            try:
                step = flow.throw(error) if error else flow.send(answer)
            except StopIteration as done:
                result: T = done.value
                return result
            try:
                answer, error = await self._answer(step), None
            except TraktError as raised:
                error = raised

    async def _answer(self, step: Ask | Now) -> Any:
        if isinstance(step, Now):
            return self._session.now()
        gate = asyncio.Semaphore(step.abreast)

        async def one(call: Call[Any]) -> Any:
            async with gate:
                return await self.run(call)

        tasks = [asyncio.ensure_future(one(call)) for call in step.calls]
        try:
            return await asyncio.gather(*tasks)
        finally:
            await _end(tasks)

    async def read(self, plan: Flow[Sequence[Rows[T]]], limit: int | None, *, whole: bool) -> AsyncIterator[T]:
        for rows in await self.perform(plan):
            walk = Walk(rows.listing, limit, whole=whole)
            async for batch in self._walked(walk):
                for row in batch:
                    if limit is not None:
                        limit -= 1
                    yield rows.convert(row)

    async def _walked(self, walk: Walk[T]) -> AsyncIterator[list[T]]:
        """The first page alone, so that a caller who wants little asks for little; then several abreast."""
        for ticket, call in walk.take(1):
            walk.put(ticket, await self.run(call))
        yield walk.rows()
        flying: dict[asyncio.Task[PageOf[T]], Ticket] = {}
        try:
            while not walk.done:
                for ticket, call in walk.take(self._session.abreast - len(flying)):
                    flying[asyncio.ensure_future(self.run(call))] = ticket
                landed, _ = await asyncio.wait(flying, return_when=asyncio.FIRST_COMPLETED)
                for task in landed:
                    walk.put(flying.pop(task), task.result())
                yield walk.rows()
        finally:
            await _end(flying)


async def _end(tasks: Sequence[asyncio.Task[Any]] | dict[asyncio.Task[Any], Any]) -> None:
    """Cancel what is still on its way, and wait until it is gone."""
    for task in tasks:
        task.cancel()
    if tasks:
        await asyncio.gather(*tasks, return_exceptions=True)
