"""The runner that blocks: carries out conversations, flows and walks in the calling thread (pages in a few more)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from functools import partial
from time import monotonic
from typing import Any, Self, TypeVar

from watchprint.trakt import grants
from watchprint.trakt.converse import converse
from watchprint.trakt.errors import NotConfigured, TraktError
from watchprint.trakt.flows import Ask, Flow, Now
from watchprint.trakt.paging import PageOf, Rows, Ticket, Walk
from watchprint.trakt.ports import Blocking, BlockingHttp
from watchprint.trakt.renewal import renew
from watchprint.trakt.runners.session import RENEWAL_PAUSE_S, Session
from watchprint.trakt.tokens import Tokens, TokenSource
from watchprint.trakt.wire import Admit, Call, NoReply, Renew, Reply, Send, Step, Wait

T = TypeVar("T")


class BlockingRunner(Blocking):
    """One client's way to Trakt, for one user or for none.

    Args:
        session: What all users of the client share.
        http: The HTTP library.
        source: The user's tokens; None = no user.
    """

    def __init__(self, session: Session, http: BlockingHttp, source: TokenSource | None = None) -> None:
        self.app = session.app
        self._session, self._http, self._source = session, http, source
        self._quiet_until = 0.0

    def as_user(self, source: TokenSource | None) -> Self:
        return type(self)(self._session, self._http, source)

    def close(self) -> None:
        self._http.close()

    def run(self, call: Call[T]) -> T:
        tokens = self._tokens(call)
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
            outcome = self._do(step, call, who)

    def _do(self, step: Step, call: Call[Any], who: str) -> Reply | NoReply | str | None:
        match step:
            case Admit():
                self._pause(self._session.admit(who, call))
            case Wait(seconds=seconds):
                self._pause(seconds)
            case Send():
                return self._send(step, who)
            case Renew(refused=refused):
                return self.renewed(refused).access_token
        return None

    def _pause(self, seconds: float) -> None:
        if seconds > 0:
            self._session.clock.sleep(seconds)

    def _send(self, send: Send, who: str) -> Reply | NoReply:
        request = send.request
        session = self._session
        outcome = self._http.send(request.method, session.url(request), session.headers(send), request.body)
        if isinstance(outcome, Reply):
            session.learn(outcome.headers)
            session.pacing.observe(who, send.bucket, outcome.status, outcome.headers)
        return outcome

    # --- tokens

    def _tokens(self, call: Call[Any]) -> Tokens | None:
        if self._source is None or call.bucket == "auth":
            if call.needs_user:
                raise NotConfigured("this needs a user: pass the user's Trakt access token, or sign in first")
            return None
        held = self._source.current()
        early = held.refresh_token is not None and held.due(self._session.now())
        return self._renewed_early(held) if early and monotonic() >= self._quiet_until else held

    def _renewed_early(self, held: Tokens) -> Tokens:
        """A new pair at half of the life; should that fail, the old access token still serves."""
        try:
            return self.renewed(held.access_token)
        except TraktError:
            self._quiet_until = monotonic() + RENEWAL_PAUSE_S
            return held

    def renewed(self, refused: str) -> Tokens:
        """A pair whose access token is not the refused one; see renewal.py."""
        assert self._source is not None, "only a user's token is renewed"
        return renew(self._source, refused, lambda token: self.run(grants.refresh(self.app, token)))

    # --- flows and walks

    def perform(self, flow: Flow[T]) -> T:
        answer: Any = None
        error: TraktError | None = None
        while True:
            try:
                step = flow.throw(error) if error else flow.send(answer)
            except StopIteration as done:
                result: T = done.value
                return result
            try:
                answer, error = self._answer(step), None
            except TraktError as raised:
                error = raised

    def _answer(self, step: Ask | Now) -> Any:
        if isinstance(step, Now):
            return self._session.now()
        if len(step.calls) == 1:
            return [self.run(step.calls[0])]
        with ThreadPoolExecutor(step.abreast) as pool:
            return list(pool.map(self.run, step.calls))

    def read(self, plan: Flow[Sequence[Rows[T]]], limit: int | None, *, whole: bool) -> Iterator[T]:
        for rows in self.perform(plan):
            walk = Walk(rows.listing, limit, whole=whole)
            for row in self._walked(walk):
                if limit is not None:
                    limit -= 1
                yield rows.convert(row)

    def _walked(self, walk: Walk[T]) -> Iterator[T]:
        """The first page alone, so that a caller who wants little asks for little; then several abreast."""
        for ticket, call in walk.take(1):
            walk.put(ticket, self.run(call))
        yield from walk.rows()
        if walk.done:
            return
        pool = ThreadPoolExecutor(self._session.abreast, thread_name_prefix="trakt-pages")
        flying: dict[Future[PageOf[T]], Ticket] = {}
        try:
            while not walk.done:
                for ticket, call in walk.take(self._session.abreast - len(flying)):
                    future: Future[PageOf[T]] = pool.submit(partial(self.run, call))
                    flying[future] = ticket
                landed, _ = wait(flying, return_when=FIRST_COMPLETED)
                for page in landed:
                    walk.put(flying.pop(page), page.result())
                yield from walk.rows()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
