"""An import's plays sent on to Trakt: a batch at a time, looked for before, written down around, looked up after.

    sent = await send_on(store, trakt, account.id, import_id)

Called again it goes on where it stopped, however it stopped. Nothing is sent again that may have been stored.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Final

from watchprint.sending import keeping
from watchprint.sending.alone import alone_in
from watchprint.sending.asking import Answer, looked_up, sent
from watchprint.sending.keeping import Landing, Where
from watchprint.sending.report import Outcome, Progress, Sent
from watchprint.sending.waiting import Waiting, batches
from watchprint.store import Store
from watchprint.trakt.clients import AsyncTrakt
from watchprint.trakt.errors import (
    AccountLimit,
    AccountLocked,
    AppRefused,
    NotConfigured,
    Refused,
    Throttled,
    TokenExpired,
    TraktBroken,
    TraktError,
    Unreachable,
)
from watchprint.trakt.flows import pause
from watchprint.trakt.pacing import WRITE_GAP_S

BATCH: Final = 100
QUIET_S: Final = 10.0
"""So long after a request left whose answer is lost nothing of it is still on its way (Trakt's own lag: 0.5–1.5 s)."""
LOOKS_S: Final = (0.0, 2.0, 4.0, 8.0)
"""The waits before each look for what Trakt said it has stored."""
FAILURES: Final = 4
"""So often in a row Trakt may not answer before sending stops."""
_UNKNOWN: Final = "Trakt does not know its title"


async def send_on(
    store: Store, trakt: AsyncTrakt, account_id: int, import_id: int, *,
    on_progress: Callable[[Progress], None] | None = None, cancelled: Callable[[], bool] | None = None,
) -> Sent:  # fmt: skip
    """What became of the plays that an import brought to a linked account and that Trakt does not have.

    One sender of an account works at a time; another one is waited for.

    Args:
        trakt: Trakt as this account's user; its pacing decides how fast it goes.
        on_progress: Told after each batch.
        cancelled: Asked before each batch; True ends it there.

    Returns:
        Also where it stopped half-way: `outcome` and `reason` say why.

    Raises:
        SendingRefused: The account is local, or the import is another account's, or undone.
        UnknownRow: There is no such import.
    """
    await store.aread(lambda work: keeping.meant(work, account_id, import_id))
    async with alone_in(store, f"sending-{account_id}"):
        return await _Sending(store, trakt, account_id, import_id, on_progress, cancelled).run()


class _Stop(Exception):
    """Sending stops here."""

    def __init__(self, outcome: Outcome, reason: str | None = None) -> None:
        super().__init__(reason)
        self.outcome, self.reason = outcome, reason


class _Sending:
    """One run."""

    def __init__(
        self, store: Store, trakt: AsyncTrakt, account_id: int, import_id: int,
        on_progress: Callable[[Progress], None] | None, cancelled: Callable[[], bool] | None,
    ) -> None:  # fmt: skip
        self._store, self._trakt, self._account_id, self._import_id = store, trakt, account_id, import_id
        self._on_progress, self._cancelled = on_progress, cancelled
        self._report = Sent(import_id)
        self._queue: deque[list[Waiting]] = deque()
        self._doubled: set[str] = set()
        self._began_at, self._done, self._total, self._failures = store.clock.now(), 0, 0, 0

    async def run(self) -> Sent:
        """Send all that waits."""
        try:
            await self._begin()
            while self._queue:
                self._check()
                await self._batch(self._queue.popleft())
                self._tell()
        except _Stop as stop:
            outcome, reason = self._report.outcome, self._report.reason = stop.outcome, stop.reason
            await self._store.awrite(lambda work: keeping.stopped(work, self._account_id, outcome, reason))
        return await self._finished()

    async def _begin(self) -> None:
        """Look up what another run has left open; then see what waits."""
        account_id, import_id = self._account_id, self._import_id
        open_, memo = await self._store.awrite(lambda work: keeping.unsure(work, account_id, import_id))
        if open_:
            acknowledged = frozenset(memo.acknowledged)
            if memo.left_at is not None and any(each.id not in acknowledged for each in open_):
                await self._pause(QUIET_S - (self._store.clock.now() - memo.left_at).total_seconds())
            await self._look_up(open_, acknowledged, looks_s=LOOKS_S if acknowledged else (0.0,))
        everything = await self._store.aread(lambda work: keeping.meant(work, account_id, import_id))
        self._report.cannot = [each.told() for each in everything if each.item is None]
        able = [each for each in everything if each.item is not None]
        self._queue.extend(batches(able, BATCH))
        self._total = len(able)

    async def _batch(self, plays: list[Waiting]) -> None:
        """Send one batch, and write down what became of it."""
        account_id = self._account_id
        leaving, around = await self._store.awrite(lambda work: keeping.begun(work, account_id, plays))
        try:
            answer = await self._trakt.runner.perform(sent(leaving, around.taken, around.occupied))
        except TraktError as error:  # of a read: nothing has left
            await self._land(Landing({}, {each.id: "owed" for each in leaving}))
            await self._failed(error, leaving, of_write=False)
        except BaseException:  # called off in the middle: nobody knows
            await asyncio.shield(self._land(Landing({}, {each.id: "unsure" for each in leaving})))
            raise
        else:
            await self._answered(answer)

    async def _answered(self, answer: Answer) -> None:
        decision, to, refused = answer.decision, dict[str, Where](), dict[str, str]()
        to |= {each.id: "none" for each in decision.doubled}
        again = self._by_place(answer.unknown)
        to |= {each.id: "owed" for each in again}
        for each in answer.unknown:
            if each.id not in to:
                to[each.id], refused[each.id] = "refused", _UNKNOWN
        error, open_ = answer.error, list[Waiting]()
        if error is not None:
            where = _after(error, len(decision.send))
            to |= {each.id: where for each in decision.send}
            refused |= {each.id: str(error) for each in decision.send} if where == "refused" else {}
            open_ = decision.send if where == "unsure" else []
        to |= {each.id: "unsure" for each in answer.stored}
        stored = frozenset(each.id for each in answer.stored)
        await self._land(Landing(decision.found, to, stored, refused))
        self._report.existing += len(decision.found)
        self._doubled |= {each.id for each in decision.doubled}
        self._report.doubled = len(self._doubled)
        self._report.sent += len(stored)
        said = {each.id: each for each in (*answer.unknown, *decision.send) if each.id in refused}
        self._report.refused += [each.told(refused[play_id]) for play_id, each in said.items()]
        self._done += len(decision.found) + len(decision.doubled) + len(stored) + len(refused)
        if again:
            self._queue.appendleft(again)
        if stored:
            self._failures = 0
            await self._look_up(answer.stored, stored, looks_s=LOOKS_S, counted=True)
        if open_:
            await self._pause(QUIET_S)
            await self._look_up(open_, frozenset(), looks_s=(0.0,))
        if error is not None:
            await self._failed(error, await self._still_owed(decision.send), of_write=True)

    async def _look_up(
        self, plays: list[Waiting], acknowledged: frozenset[str], *, looks_s: tuple[float, ...], counted: bool = False
    ) -> None:
        """Look for plays whose history ids are not known; what nobody has stored waits again.

        Args:
            acknowledged: Those that Trakt said it has stored: they are looked for several times, and never sent again.
            counted: They are in the report already.
        """
        missing = [each for each in plays if each.item is not None]
        for wait_s in looks_s:
            await self._pause(wait_s)
            account_id, looking = self._account_id, missing
            around = await self._store.aread(lambda work: keeping.around(work, account_id, looking))  # noqa: B023
            try:
                decision = await self._trakt.runner.perform(looked_up(missing, around.taken))
            except TraktError as error:
                self._stop_for(error)
                if counted:  # Trakt has them: the next run, or a sync, finds their ids
                    return
                raise _Stop("unreachable", str(error)) from error
            missing = [each for each in missing if each.id not in decision.found]
            last = wait_s == looks_s[-1]
            to: dict[str, Where] = {each.id: "owed" for each in missing if last and each.id not in acknowledged}
            if decision.found or to:
                await self._land(Landing(decision.found, to))
                self._report.sent += 0 if counted else len(decision.found)
                self._done += 0 if counted else len(decision.found)
            if not missing:
                break

    async def _failed(self, error: TraktError, plays: list[Waiting], *, of_write: bool) -> None:
        """After an error: stop, or wait and try these again."""
        self._stop_for(error)
        if of_write and _is_no(error):
            if len(plays) > 1:  # one of them is what Trakt does not take: the halves tell which
                half = len(plays) // 2
                self._queue.extendleft([plays[half:], plays[:half]])
            return
        self._failures += 1
        if plays:
            self._queue.appendleft(plays)
        if self._failures >= FAILURES:
            raise _Stop("unreachable", str(error))
        await self._pause(error.retry_after_s if isinstance(error, Throttled) else 2.0**self._failures)

    def _stop_for(self, error: TraktError) -> None:
        match error:
            case TokenExpired() | NotConfigured():
                raise _Stop("sign_in_again", str(error))
            case AccountLocked():
                raise _Stop("locked", str(error))
            case AppRefused():
                raise _Stop("refused", str(error))
            case AccountLimit():
                raise _Stop("limited", str(error))

    def _by_place(self, unknown: list[Waiting]) -> list[Waiting]:
        """Episodes whose own ids Trakt does not know, named by their places instead, once."""
        placed = [each.placed() for each in unknown]
        return [each for each in placed if each is not None]

    async def _still_owed(self, plays: list[Waiting]) -> list[Waiting]:
        account_id, ids = self._account_id, [each.id for each in plays]
        now = await self._store.aread(lambda work: work.plays.get_all(account_id, ids))
        return [each for each in plays if each.id in now and now[each.id].state == "owed"]

    async def _land(self, landing: Landing) -> None:
        account_id = self._account_id
        await self._store.awrite(lambda work: keeping.landed(work, account_id, landing))

    async def _pause(self, seconds: float) -> None:
        if seconds > 0:
            await self._trakt.runner.perform(pause(seconds))

    def _check(self) -> None:
        if self._cancelled is not None and self._cancelled():
            raise _Stop("cancelled", "It was called off; what was sent stays, and the rest waits.")

    def _tell(self) -> None:
        if self._on_progress is None:
            return
        passed_s = (self._store.clock.now() - self._began_at).total_seconds()
        left = max(0, self._total - self._done)
        by_pace_s = passed_s / self._done * left if self._done else 0.0
        self._on_progress(Progress(self._done, self._total, max(by_pace_s, -(-left // BATCH) * WRITE_GAP_S)))

    async def _finished(self) -> Sent:
        """The report, with what is open as the store has it."""
        account_id, import_id, report = self._account_id, self._import_id, self._report
        waiting, open_ = await self._store.aread(
            lambda work: (
                work.plays.of_import(account_id, import_id, ["none", "owed"]),
                work.plays.of_import(account_id, import_id, ["unsure", "sending"]),
            )
        )
        settled = {told.play_id for told in report.cannot} | self._doubled
        report.left, report.unsure = sum(play.id not in settled for play in waiting), len(open_)
        report.took_s = (self._store.clock.now() - self._began_at).total_seconds()
        return report


def _after(error: TraktError, count: int) -> Where:
    """Where plays go whose write went wrong: nothing that may have been stored is sent again without a look.

    Args:
        count: How many were sent together.
    """
    match error:
        case TokenExpired() | AppRefused() | AccountLocked() | Throttled() | Unreachable() | NotConfigured():
            return "owed"
        case AccountLimit():  # whether it stores a part of a batch is not documented
            return "unsure"
    if _is_no(error):
        return "refused" if count == 1 else "owed"
    return "unsure"


def _is_no(error: TraktError) -> bool:
    """Trakt has said no to what was sent, and will say it again."""
    others = (TokenExpired, AppRefused, AccountLocked, AccountLimit, Throttled, TraktBroken)
    return isinstance(error, Refused) and not isinstance(error, others)
