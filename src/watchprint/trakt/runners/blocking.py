"""The runner that blocks: carries out conversations, flows and walks in the calling thread (pages in a few more)."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack, closing
from datetime import datetime
from functools import partial
from queue import SimpleQueue
from typing import Any, Self, TypeVar

from watchprint.trakt.conversation import grants
from watchprint.trakt.conversation.converse import converse
from watchprint.trakt.conversation.renewal import renew
from watchprint.trakt.errors import TraktError
from watchprint.trakt.flows import Alone, Flow, FlowStep, Now, Pause
from watchprint.trakt.paging import PageOf, Rows, Ticket, Walk, unchanged
from watchprint.trakt.ports import Blocking, BlockingHttp
from watchprint.trakt.runners.held import Held
from watchprint.trakt.runners.session import Session
from watchprint.trakt.runners.turns import of_this_process
from watchprint.trakt.tokens import Tokens, TokenSource
from watchprint.trakt.wire import Admit, Call, NoReply, Renew, Reply, Send, Step, Wait

T = TypeVar("T")

ATTEMPTS = 4
PATIENCE_S = 0.25
"""How soon a thread notices that nobody waits for its page any more."""


class BlockingRunner(Blocking):
    """One client's way to Trakt, for one user or for none.

    Args:
        session: What all users of the client share.
        http: The HTTP library.
        source: The user's tokens; None = no user.
    """

    def __init__(self, session: Session, http: BlockingHttp, source: TokenSource | None = None) -> None:
        self.app = session.app
        self._session, self._http = session, http
        self._held = Held(session, source)

    def as_user(self, source: TokenSource | None) -> Self:
        return type(self)(self._session, self._http, source)

    def close(self) -> None:
        wait(list(self._session.left))
        self._http.close()

    def now(self) -> datetime:
        return self._session.now()

    def run(self, call: Call[T]) -> T:
        return self._run(call, ATTEMPTS)

    def _run(self, call: Call[T], attempts: int, given_up: threading.Event | None = None) -> T:
        tokens = self._tokens(call)
        conversation = converse(
            call,
            tokens.access_token if tokens else None,
            renewable=tokens is not None and tokens.refresh_token is not None,
            attempts=attempts,
            draw=self._session.draw,
        )
        who, outcome = self._held.who if tokens else self._session.nobody, None
        while True:
            try:
                step = conversation.send(outcome)
            except StopIteration as done:
                result: T = done.value
                return result
            if given_up is not None and given_up.is_set():
                raise CancelledError
            outcome = self._do(step, call, who, given_up)

    def _do(
        self, step: Step, call: Call[Any], who: str, given_up: threading.Event | None
    ) -> Reply | NoReply | str | None:
        match step:
            case Admit():
                self._pause(self._session.admit(who, call), given_up)
            case Wait(seconds=seconds):
                self._pause(seconds, given_up)
            case Send():
                return self._send(step, who)
            case Renew(refused=refused):
                return self.renewed(refused).access_token
        return None

    def _pause(self, seconds: float, given_up: threading.Event | None = None) -> None:
        """Wait; in small steps where somebody may lose interest, since the end of a program waits for its threads."""
        while seconds > 0 and not (given_up is not None and given_up.is_set()):
            step_s = seconds if given_up is None else min(seconds, PATIENCE_S)
            self._session.clock.sleep(step_s)
            seconds -= step_s

    def _send(self, send: Send, who: str) -> Reply | NoReply:
        request = send.request
        session = self._session
        outcome = self._http.send(request.method, session.url(request), session.headers(send), request.body)
        if isinstance(outcome, Reply):
            session.observe(who, send, outcome)
        return outcome

    # --- tokens

    def _tokens(self, call: Call[Any]) -> Tokens | None:
        source = self._held.for_call(call)
        if source is None:
            return None
        tokens = self._held.noted(source.current())
        return self._renewed_early(tokens) if self._held.due(tokens) else tokens

    def _renewed_early(self, tokens: Tokens) -> Tokens:
        """A new pair at half of the life, tried once; should that fail, the old access token still serves."""
        try:
            return self.renewed(tokens.access_token, attempts=1)
        except TraktError as error:
            self._held.rest(error)
            return tokens

    def renewed(self, refused: str, *, attempts: int = ATTEMPTS) -> Tokens:
        """A pair whose access token is not the refused one; see renewal.py."""
        source = self._held.source
        assert source is not None, "only a user's token is renewed"
        return self._held.noted(renew(source, refused, partial(self._exchanged, attempts)))

    def _exchanged(self, attempts: int, refresh_token: str) -> Tokens:
        return self._run(grants.refresh(self.app, refresh_token), attempts)

    # --- flows and walks

    def perform(self, flow: Flow[T]) -> T:
        answer: Any = None
        error: TraktError | None = None
        with ExitStack() as until_its_end:
            until_its_end.enter_context(closing(flow))
            while True:
                try:
                    step = flow.throw(error) if error else flow.send(answer)
                except StopIteration as done:
                    result: T = done.value
                    return result
                try:
                    answer, error = self._answer(step, until_its_end), None
                except TraktError as raised:
                    error = raised

    def _answer(self, step: FlowStep, until_its_end: ExitStack) -> Any:
        match step:
            case Now():
                return self._session.now()
            case Pause(seconds=seconds):
                return self._pause(seconds)
            case Alone(what=what):
                if self._held.source is not None:
                    self._held.noted(self._held.source.current())
                return until_its_end.enter_context(of_this_process().blocking(self._held.in_turn(what)))
        if len(step.calls) == 1 or step.abreast == 1:
            return [self.run(call) for call in step.calls]
        with ThreadPoolExecutor(step.abreast) as pool:
            return list(pool.map(self.run, step.calls))

    def batches(self, plan: Flow[Sequence[Rows[T]]], limit: int | None, *, whole: bool) -> Iterator[list[T]]:
        for rows in self.perform(plan):
            walk = Walk(rows.listing, limit, whole=whole)
            for batch in self._walked(walk):
                if limit is not None:
                    limit -= len(batch)
                yield batch if rows.convert is unchanged else list(map(rows.convert, batch))

    def _walked(self, walk: Walk[T]) -> Iterator[list[T]]:
        """The first page alone, so that a caller who wants little asks for little; then several abreast."""
        alone = self._session.abreast == 1
        while not walk.done and (alone or walk.fresh):
            for ticket, call in walk.take(1):
                walk.put(ticket, self.run(call))
            yield walk.rows()
        if not walk.done:
            yield from self._walked_abreast(walk)

    def _walked_abreast(self, walk: Walk[T]) -> Iterator[list[T]]:
        pool = ThreadPoolExecutor(self._session.abreast, thread_name_prefix="trakt-pages")
        flying: dict[Future[PageOf[T]], Ticket] = {}
        landed: SimpleQueue[Future[PageOf[T]]] = SimpleQueue()
        given_up = threading.Event()
        try:
            while not walk.done:
                for ticket, call in walk.take(self._session.abreast - len(flying)):
                    future: Future[PageOf[T]] = pool.submit(partial(self._run, call, ATTEMPTS, given_up))
                    flying[future] = ticket
                    future.add_done_callback(landed.put)
                page = landed.get()
                error = page.exception()
                try:
                    walk.put(flying.pop(page), error if isinstance(error, Exception) else page.result())
                except Exception:
                    yield walk.rows()  # what came before the error
                    raise
                if rows := walk.rows():
                    yield rows
        finally:
            given_up.set()
            pool.shutdown(wait=False, cancel_futures=True)
            self._leave(flying)

    def _leave(self, flying: Iterable[Future[Any]]) -> None:
        """Nobody waits for these any more, except `close`: their connections are in use."""
        for future in flying:
            self._session.left.add(future)
            future.add_done_callback(self._session.left.discard)
