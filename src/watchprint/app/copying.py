"""The copy of an account: brought up to date, read, asked; and how it stands. `sync` and `insights` do the work."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Unpack

from watchprint.app.keeping import kept_ready, purged
from watchprint.app.lenses import Lenses
from watchprint.app.standing import Queue, Status
from watchprint.app.wiring import Whose, Wiring, found
from watchprint.identity.accounts import Account
from watchprint.store.errors import StoreError
from watchprint.store.work import Work

if TYPE_CHECKING:
    import pyarrow as pa

    from watchprint.insights import Answer, Asked
    from watchprint.insights.engine import Lens
    from watchprint.insights.findings import Findings
    from watchprint.store.shelves.values import OnNow
    from watchprint.sync.report import Progress, SyncReport

NOTED_EVERY: Final = timedelta(minutes=5)
"""How often it is noted that somebody looks at an account."""


class Copying(Wiring):
    """Copies: sync, rows, insights, status."""

    @cached_property
    def _lenses(self) -> Lenses:
        return Lenses(self.store)

    @cached_property
    def _looked_at(self) -> dict[int, datetime]:
        return {}

    async def sync(
        self, account: Whose = None, *, whole: bool = False, on_progress: Callable[[Progress], None] | None = None
    ) -> SyncReport:
        """What was read and what it changed, or why it could not be (`outcome`); the next sync goes on from there.

        One sync of an account runs at a time, whoever asks.

        Args:
            whole: Read everything anew, whatever Trakt says has changed.
            on_progress: Told how far it is, in the event loop's thread.

        Raises:
            NoSuchAccount: There is none.
            NotConfigured: The account is not linked to the Trakt that is asked, or nobody is signed in with it.
        """
        from watchprint.sync import Copy

        whose = await self.account(account)
        copy = Copy(self.store, self.trakt_to_copy(whose), whose.id, on_progress=on_progress)
        report = await copy.sync(whole=whole)
        await purged(self.store)
        if report.went_well:
            await kept_ready(self.store, whose.id)
        return report

    async def plays(self, account: Whose = None) -> pa.Table:
        """Every play of the account as an Arrow table, in the columns of `insights.PlayRow`; removed ones left out.

        Raises:
            NoSuchAccount: There is none.
        """
        return (await self.store.arows((await self.account(account)).id)).plays

    async def ratings(self, account: Whose = None) -> pa.Table:
        """Every rating of the account as an Arrow table, in the columns of `insights.RatingRow`.

        Raises:
            NoSuchAccount: There is none.
        """
        return (await self.store.arows((await self.account(account)).id)).ratings

    async def insight(self, name: str, *, account: Whose = None, **asked: Unpack[Asked]) -> Answer:
        """The answer to one insight over the account's copy, in its zones and days unless others are asked for.

        Args:
            name: One of `insights.NAMES`.
            asked: See `insights.Asked`.

        Raises:
            NoSuchAccount: There is none.
            UnknownInsight, BadQuestion: It cannot be answered.
        """
        lens, own = await self._asking(account, asked)
        return await asyncio.to_thread(lambda: lens.ask(name, **own))

    async def findings(self, account: Whose = None, **asked: Unpack[Asked]) -> Findings:
        """What stands out in the account's copy, the most surprising first.

        Args:
            asked: Period, zone, day_start and filters; see `insights.Asked`.

        Raises:
            NoSuchAccount: There is none.
            BadQuestion: It cannot be answered.
        """
        from watchprint.insights.findings import findings

        lens, own = await self._asking(account, asked)
        return await asyncio.to_thread(lambda: findings(lens, **own))

    async def on_now(self, account: Whose = None) -> OnNow | None:
        """What the account's user watches now, asked of Trakt in one request and kept; None: nothing.

        Raises:
            NoSuchAccount: There is none.
            NotConfigured: The account is not linked.
            TraktError: It could not be read; what was last known stays.
        """
        from watchprint.sync.states import on_now

        whose = await self.account(account)
        return await on_now(self.trakt(whose), self.store, whose.id)

    async def _asking(self, account: Whose, asked: Asked) -> tuple[Lens, Asked]:
        """The account's rows, and what is asked of them, in its zones and days unless others are."""
        whose = await self.account(account)
        await self._looked(whose)
        lens = await self._lenses.of(whose.id)
        start = whose.day_start_min
        own: Asked = {
            "zone": whose.zones.spans,
            "day_start": f"{start // 60:02}:{start % 60:02}",
            "now": self.clock.now(),
            "account_id": whose.id,
        }
        said: Any = {key: value for key, value in asked.items() if value is not None}
        return lens, {**own, **said}

    async def _looked(self, account: Account) -> None:
        """Note now and then that somebody looks at the account; who cannot write may look all the same."""
        from watchprint.sync import looked

        now, last = self.clock.now(), self._looked_at.get(account.id)
        if account.link is None or (last is not None and last <= now < last + NOTED_EVERY):
            return
        self._looked_at[account.id] = now
        with suppress(StoreError):
            await self.store.awrite(lambda work: looked(work, account.id))

    async def status(self, account: Whose = None) -> Status:
        """How the account stands.

        Raises:
            NoSuchAccount: There is none.
        """
        return await self.store.aread(lambda work: standing(work, account))


def standing(work: Work, name: Whose) -> Status:
    """The same, within one snapshot."""
    from watchprint.sync import last_read, lease_of
    from watchprint.sync.states import told_of_zone

    account = found(work, name)

    def plays(**of: Any) -> int:
        return work.plays.count(account.id, **of)

    read, held = last_read(work, account.id), work.leases.holder(lease_of(account.id))
    return Status(
        account=account,
        signed_in=work.credentials.known(account.id),
        movies=plays(kind="movie"),
        episodes=plays(kind="episode"),
        ratings=len(work.ratings.all(account.id)),
        queue=Queue(*(plays(states=(state,)) for state in ("owed", "sending", "unsure"))),
        last_sync_at=read.sync_at,
        last_whole_at=read.whole_at,
        syncing_until=None if held is None else held[1],
        left=work.budgets.left(account.id),
        zone_note=told_of_zone(work, account.id),
    )
