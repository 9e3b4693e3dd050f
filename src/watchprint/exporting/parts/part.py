"""What a part of an export is, and what its rows are made from: one snapshot of the store, one account."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from watchprint.domain.period import ALL, Period
from watchprint.exchange.tables import Row, Table
from watchprint.exporting.parts.named import Named
from watchprint.identity.accounts import Account
from watchprint.store.work import Work


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What is exported, within one transaction.

    Attributes:
        work: The store.
        account: Whose.
        named: The titles, as rows name them.
        period: Which local days of plays; other parts are always whole.
    """

    work: Work
    account: Account
    named: Named
    period: Period = ALL

    def instants(self) -> tuple[datetime | None, datetime | None]:
        """From when on, and before when, plays may be in the period; `holds` decides."""
        return self.account.zones.instants(self.period, self.account.day_start_min)

    def holds(self, watched_at: datetime | None) -> bool:
        """A play of that time is in the period; one of unknown date only where no day bounds it."""
        if self.period.is_all or watched_at is None:
            return self.period.is_all
        day = self.account.zones.day_of(watched_at, self.account.day_start_min)
        from_on, until_on = self.period.from_on, self.period.until_on
        return (from_on is None or day >= from_on) and (until_on is None or day < until_on)


@dataclass(frozen=True, slots=True)
class Part:
    """A part.

    Args:
        table: Its columns.
        count: How many rows there may be, for the progress.
        rows: The rows, some at a time, always in the same order.
    """

    table: Table
    count: Callable[[Snapshot], int]
    rows: Callable[[Snapshot], Iterator[list[Row]]]
