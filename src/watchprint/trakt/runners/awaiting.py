"""The runner that awaits: carries out conversations, flows and walks in the calling task."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import AsyncExitStack, aclosing, closing
from datetime import datetime
from typing import Any, Self, TypeVar

from watchprint.trakt.conversation.converse import converse
from watchprint.trakt.errors import Throttled, TraktError
from watchprint.trakt.flows import Alone, Flow, FlowStep, Now, Pause
from watchprint.trakt.paging import PageOf, Rows, Ticket, Walk, unchanged
from watchprint.trakt.ports import Awaiting, AwaitingHttp
from watchprint.trakt.runners.blocking import ATTEMPTS, BlockingRunner
from watchprint.trakt.runners.held import Held
from watchprint.trakt.runners.session import Session
from watchprint.trakt.runners.turns import of_this_process
from watchprint.trakt.tokens import FileTokens, FixedToken, MemoryTokens, Tokens, TokenSource
from watchprint.trakt.wire import Admit, Call, NoReply, Renew, Reply, Send, Step, Wait

T = TypeVar("T")

_QUICK = (FixedToken, MemoryTokens, FileTokens)
"""Sources that tell their pair without keeping the loop waiting; a host's own is asked in a worker thread."""


class AwaitingRunner(Awaiting):
    """One client's way to Trakt, for one user or for none; see `BlockingRunner`.

    A renewal runs in a worker thread with the library's blocking face: the host's lock may belong to a thread.
    """

    def __init__(self, session: Session, http: AwaitingHttp, source: TokenSource | None = None) -> None:
        self.app = session.app
        self._session, self._http = session, http
        self._held = Held(session, source)
        self._renewing: dict[str, asyncio.Task[Tokens]] = {}

    def as_user(self, source: TokenSource | None) -> Self:
        return type(self)(self._session, self._http, source)

    async def aclose(self) -> None:
        await self._http.aclose()

    def now(self) -> datetime:
        return self._session.now()

    async def run(self, call: Call[T]) -> T:
        while True:
            try:
                return await self._conversed(call)
            except Throttled as throttled:
                if self.patience is None:
                    raise
                wait_s = throttled.retry_after_s
            await self.patience(wait_s)

    async def _conversed(self, call: Call[T]) -> T:
        tokens = await self._tokens(call)
        conversation = converse(
            call,
            tokens.access_token if tokens else None,
            renewable=tokens is not None and tokens.refresh_token is not None,
            attempts=ATTEMPTS,
            draw=self._session.draw,
        )
        who, outcome = self._held.who if tokens else self._session.nobody, None
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
                await self._pause(await self._admitted(who, call))
            case Wait(seconds=seconds):
                await self._pause(seconds)
            case Send():
                return await self._send(step, who)
            case Renew(refused=refused):
                return (await self._renewed(refused, ATTEMPTS)).access_token
        return None

    async def _admitted(self, who: str, call: Call[Any]) -> float:
        """Seconds to wait for a place. A pacing that blocks is asked in a worker thread, by one task at a time, so
        that places are taken in the order in which they were asked for."""
        if not self._session.pacing_blocks:
            return self._session.admit(who, call)
        async with of_this_process().awaiting((self.app.api_url, who, "a place")):
            return await asyncio.to_thread(self._session.admit, who, call)

    async def _pause(self, seconds: float) -> None:
        if seconds > 0:
            await self._session.clock.asleep(seconds)

    async def _send(self, send: Send, who: str) -> Reply | NoReply:
        request = send.request
        session = self._session
        self.sent += 1
        outcome = await self._http.send(request.method, session.url(request), session.headers(send), request.body)
        if isinstance(outcome, Reply):
            if session.pacing_blocks:
                await asyncio.to_thread(session.observe, who, send, outcome)
            else:
                session.observe(who, send, outcome)
        return outcome

    # --- tokens

    async def _tokens(self, call: Call[Any]) -> Tokens | None:
        source = self._held.for_call(call)
        if source is None:
            return None
        tokens = await self._known(source)
        return await self._renewed_early(tokens) if self._held.due(tokens) else tokens

    async def _known(self, source: TokenSource) -> Tokens:
        """The tokens as they are kept now; from then on it is known whose they are."""
        quick = type(source) in _QUICK
        return self._held.noted(source.current() if quick else await asyncio.to_thread(source.current))

    async def _renewed_early(self, tokens: Tokens) -> Tokens:
        try:
            return await self._renewed(tokens.access_token, attempts=1)
        except TraktError as error:
            self._held.rest(error)
            return tokens

    async def _renewed(self, refused: str, attempts: int) -> Tokens:
        """One renewal for all tasks that ask. Once begun it is finished even if they are cancelled: its refresh
        token is single-use."""
        renewing = self._renewing.get(refused)
        if renewing is None:
            renewing = asyncio.ensure_future(asyncio.to_thread(self._renewed_in_a_thread, refused, attempts))
            self._renewing[refused] = renewing
            renewing.add_done_callback(lambda _: self._renewing.pop(refused, None))
        return self._held.noted(await asyncio.shield(renewing))

    def _renewed_in_a_thread(self, refused: str, attempts: int) -> Tokens:
        http = self._http.blocking()
        try:
            return BlockingRunner(self._session, http, self._held.source).renewed(refused, attempts=attempts)
        finally:
            http.close()

    # --- flows and walks

    async def perform(self, flow: Flow[T]) -> T:
        answer: Any = None
        error: TraktError | None = None
        async with AsyncExitStack() as until_its_end:
            until_its_end.enter_context(closing(flow))
            while True:
                try:
                    step = flow.throw(error) if error else flow.send(answer)
                except StopIteration as done:
                    result: T = done.value
                    return result
                try:
                    answer, error = await self._answer(step, until_its_end), None
                except TraktError as raised:
                    error = raised

    async def _answer(self, step: FlowStep, until_its_end: AsyncExitStack) -> Any:
        match step:
            case Now():
                return self._session.now()
            case Pause(seconds=seconds):
                return await self._pause(seconds)
            case Alone(what=what):
                if self._held.source is not None:
                    await self._known(self._held.source)
                turn = of_this_process().awaiting(self._held.in_turn(what))
                return await until_its_end.enter_async_context(turn)
        if len(step.calls) == 1 or step.abreast == 1:
            return [await self.run(call) for call in step.calls]
        gate = asyncio.Semaphore(step.abreast)

        async def one(call: Call[Any]) -> Any:
            async with gate:
                return await self.run(call)

        tasks = [asyncio.ensure_future(one(call)) for call in step.calls]
        try:
            return await asyncio.gather(*tasks)
        finally:
            await _end(tasks)

    async def batches(
        self, plan: Flow[Sequence[Rows[T]]], limit: int | None, *, whole: bool
    ) -> AsyncGenerator[list[T]]:
        for rows in await self.perform(plan):
            async with aclosing(self._walked(Walk(rows.listing, limit, whole=whole))) as batches:
                async for batch in batches:
                    if limit is not None:
                        limit -= len(batch)
                    yield batch if rows.convert is unchanged else list(map(rows.convert, batch))

    async def _walked(self, walk: Walk[T]) -> AsyncGenerator[list[T]]:
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
                try:
                    for task in landed:
                        error = task.exception()
                        walk.put(flying.pop(task), error if isinstance(error, Exception) else task.result())
                except Exception:
                    yield walk.rows()  # what came before the error
                    raise
                yield walk.rows()
        finally:
            await _end(flying)


async def _end(tasks: Iterable[asyncio.Task[Any]]) -> None:
    """Cancel what is still on its way, and wait until it is gone."""
    left = list(tasks)
    for task in left:
        task.cancel()
    if left:
        await asyncio.gather(*left, return_exceptions=True)
