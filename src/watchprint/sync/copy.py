"""The copy of an account: what has changed at Trakt is read and stored, exactly, at the price of the changes.

`last_activities` is the only request when nothing has changed. Each field of it is taken in with what it stands for,
in one transaction, and never before. One process copies an account at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Final

from watchprint.store import Store, Work
from watchprint.store.running.budgets import TRAKTS, Limits
from watchprint.sync.activities import (
    FRESH_S,
    KINDS,
    SETTLED_S,
    Fields,
    Kind,
    fields_of,
    moved,
    plays_field,
    unsettled,
    youngest_s,
)
from watchprint.sync.closing import closed, signed_out
from watchprint.sync.copying import Copying
from watchprint.sync.cursor import Cursor
from watchprint.sync.errors import NotLinked, TakenOver
from watchprint.sync.outcome import BEHIND, Verdict, verdict
from watchprint.sync.plays import renewing
from watchprint.sync.plays.settling import Settling
from watchprint.sync.plays.walking import Walked, under_way, walk
from watchprint.sync.report import Counts, Progress, SyncReport
from watchprint.sync.states import PARTS, AnotherUser, Part, Told, air_dates
from watchprint.trakt import AsyncTrakt
from watchprint.trakt.errors import Invalid, NotFound, TraktError, Unreadable, VipOnly

BEGUN_AGAIN_S: Final = 300.0
"""A sync whose process dies is due again after so long."""
FEW: Final = 6
"""Requests within which an ordinary sync with one change stays; what is left of them goes to air dates."""
AIR_DATES_AFTER_A_WALK: Final = 20
_RELEVANT: Final = frozenset(map(plays_field, KINDS)).union(*(part.fields for part in PARTS))


class Copy:
    """Copies one account.

    Args:
        store: Where its copy is.
        trakt: A client of the account's own, with its tokens, its pacing (of a copy's share) and the store's clock.
        account_id: Whose copy.
        on_progress: Told how far it is, in the event loop's thread.
        limits: Of the client's pacing, for an honest time to go.
    """

    def __init__(
        self, store: Store, trakt: AsyncTrakt, account_id: int, *,
        on_progress: Callable[[Progress], None] | None = None, limits: Limits = TRAKTS,
    ) -> None:  # fmt: skip
        self.store, self.trakt, self.account_id = store, trakt, account_id
        self._on_progress, self._limits = on_progress, limits

    async def sync(self, *, whole: bool = False) -> SyncReport:
        """Bring the copy up to date; what happened, whatever Trakt has answered.

        Args:
            whole: Walk the whole history and read everything else anew, whatever has changed.

        Raises:
            NoSuchAccount: There is no such account.
            NotLinked: It is a local account.
            StoreError: The store cannot be read or written; what was stored before stays.
        """
        began_at, sent = self.store.clock.now(), self.trakt.runner.sent
        account = await self.store.aread(lambda work: work.accounts.get(self.account_id))
        if account.link is None:
            raise NotLinked(
                f"The account {account.name!r} is not linked to Trakt, so that there is nothing to copy. "
                f"Link it with: watchprint login --account {account.name}"
            )
        copying = Copying(self.store, self.trakt, self.account_id, self._on_progress, self._limits)
        doing_until = began_at + timedelta(seconds=BEGUN_AGAIN_S)
        async with copying.leased(lambda work: work.accounts.due_at(self.account_id, doing_until)) as ours:
            made = await self._led(copying, doing_until, whole=whole) if ours else None
        outcome, due_at = made or (None, account.sync_due_at)
        elsewhere = "This account is not copied here any more." if ours else "Another process is copying this account."
        return SyncReport(
            outcome="elsewhere" if outcome is None else outcome.outcome,
            reason=elsewhere if outcome is None else outcome.reason,
            requests=self.trakt.runner.sent - sent,
            plays=copying.plays,
            states=copying.states,
            whole=copying.whole,
            took_s=(self.store.clock.now() - began_at).total_seconds(),
            next_due_at=due_at,
        )

    async def renew(self, trakt_ids: Collection[int]) -> dict[int, int | None]:
        """The history ids by which Trakt has these plays now: for ids that a call has answered with not_found.

        Returns:
            Old id to new id; None: the play is gone, and is marked so. Ids of no play here are left out.

        Raises:
            TraktError: Trakt could not be read; nothing is changed then.
        """
        return await renewing.renew(self.store, self.trakt, self.account_id, trakt_ids)

    async def _led(self, copying: Copying, doing_until: datetime, *, whole: bool) -> tuple[Verdict, datetime] | None:
        """The work under the lease, and its end; None where another process took it over."""
        runner, account_id = self.trakt.runner, self.account_id
        runner.patience = copying.wait
        try:
            try:
                outcome = await _Sitting(copying).copied(whole=whole)
            except (TraktError, AnotherUser) as error:
                outcome = verdict(error, withdrawn=not await copying.read(lambda work: signed_out(work, account_id)))
            return outcome, await copying.close(lambda work: closed(work, account_id, outcome, doing_until))
        except TakenOver:
            return None
        finally:
            runner.patience = None


class _Sitting:
    """One synchronisation, from the first question to the last part."""

    def __init__(self, copying: Copying) -> None:
        self._copying, self._trakt = copying, copying.trakt
        self._sent = copying.trakt.runner.sent
        self._fields: Fields = {}
        self._moved: frozenset[str] = frozenset()
        self._again: frozenset[str] = frozenset()
        self._trouble: Verdict | None = None

    async def copied(self, *, whole: bool) -> Verdict:
        """What it came to.

        Raises:
            TraktError, AnotherUser: It could not be finished; what was stored stays.
        """
        copying = self._copying
        copying.tell("Asking Trakt what has changed")
        cursor = await copying.read(lambda work: Cursor.of(work, copying.account_id))
        cut_off = await under_way(copying)
        await self._ask(cursor)
        kinds = self._to_walk(cursor, whole=whole)
        if not (self._moved or kinds or cut_off):
            return Verdict("nothing")
        whole = await self._plays(kinds, whole=whole)
        for part in PARTS:
            if whole or not part.fields.isdisjoint(self._moved):
                await self._part(part)
        await self._air_dates()
        return self._trouble or Verdict("changed")

    async def _ask(self, cursor: Cursor) -> None:
        """Which fields have moved. What has only just moved is given a moment, and looked at once more."""
        await self._look(cursor)
        age_s = youngest_s(self._moved, self._fields, self._trakt.runner.now())
        if age_s is not None and age_s < FRESH_S:
            if (wait_s := min(SETTLED_S - age_s, SETTLED_S)) > 0:
                await self._copying.store.clock.asleep(wait_s)
            await self._look(cursor)
            self._again = unsettled(self._moved, self._fields, self._trakt.runner.now())

    async def _look(self, cursor: Cursor) -> None:
        everything = fields_of(await self._trakt.sync.last_activities())
        self._fields = {field: text for field, text in everything.items() if field in _RELEVANT}
        self._moved = moved(cursor.fields, self._fields, cursor.again)

    def _to_walk(self, cursor: Cursor, *, whole: bool) -> list[Kind]:
        """Kinds to be walked whole: never walked yet, a week ago and changed since then, or asked for."""
        if whole:
            return list(KINDS)
        due = cursor.whole_due(self._copying.store.clock.now())
        return [k for k in KINDS if k not in cursor.whole_at or (k in due and plays_field(k) in self._moved)]

    # --- plays

    async def _plays(self, kinds: list[Kind], *, whole: bool) -> bool:
        """Bring the plays up to date; True where everything else is to be read anew too."""
        walks: dict[Kind, Walked] = {}
        while await under_way(self._copying) or not set(kinds) <= walks.keys():
            done = await walk(self._copying, kinds or KINDS, self._fields, whole=whole)
            walks |= dict.fromkeys(done.kinds, done)
            whole = whole or done.whole
        for kind in KINDS:
            if kind in walks or plays_field(kind) in self._moved:
                await self._settle(kind, walks.get(kind))
        return whole

    async def _settle(self, kind: Kind, walked: Walked | None) -> None:
        """Bring the plays of a kind up to date; if it is not certain, a whole walk decides."""
        if await self._certain(kind, walked):
            return
        if walked is None:
            walked = await walk(self._copying, [kind], self._fields)
            if await self._certain(kind, walked):
                return
        self._trouble = BEHIND

    async def _certain(self, kind: Kind, walked: Walked | None) -> bool:
        now_at = self._trakt.runner.now()
        age_s = youngest_s([field for field in [plays_field(kind)] if field in self._fields], self._fields, now_at)
        believed = walked.fields if walked is not None and walked.certain else None
        settling = Settling(
            self._copying, kind, self._fields, self._again, float("inf") if age_s is None else age_s, believed
        )
        return await settling.certain()

    # --- everything else

    async def _part(self, part: Part) -> None:
        """Read a part and store it with its fields; one that cannot be read keeps the others from nothing."""
        copying = self._copying
        copying.tell(f"Reading your {part.name.replace('_', ' ')}")
        try:
            keep = await part.read(self._trakt, copying.store, copying.account_id)
        except (Unreadable, NotFound, VipOnly, Invalid) as error:
            self._trouble = self._trouble or Verdict("behind", str(error), least_s=BEHIND.least_s)
            return
        mine = {field: self._fields[field] for field in part.fields if field in self._fields}

        def kept(work: Work) -> Told:
            told = keep(work)
            cursor = Cursor.of(work, copying.account_id)
            cursor.take_in(mine, mine.keys() if told.doubtful else self._again & mine.keys())
            cursor.keep(work, copying.account_id)
            return told

        told = await copying.write(kept)
        counts = Counts(added=len(told.added), changed=len(told.changed), removed=len(told.gone))
        copying.states[part.name] = counts
        if told.doubtful:
            reason = f"Rows of your {part.name} name no title. Nothing was removed; they are read again soon."
            self._trouble = self._trouble or Verdict("behind", reason, least_s=BEHIND.least_s)

    async def _air_dates(self) -> None:
        """With the requests that are left to a small sync, learn of episodes that were not watched yet."""
        spent = self._trakt.runner.sent - self._sent
        at_most = AIR_DATES_AFTER_A_WALK if self._copying.whole else FEW - spent
        if at_most > 0 and self._trouble is None:
            self._copying.tell("Looking up when episodes are aired")
            await air_dates(self._trakt, self._copying.store, self._copying.account_id, at_most=at_most)
